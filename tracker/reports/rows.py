"""The row that every report on actions is made of."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from tracker.model.holding import live_or_later
from tracker.model.records import Action
from tracker.model.references import ActionRef
from tracker.model.state import State, as_at


class ActionRow:
    """An action as at the day of a report. `days_overdue` is 0 when it is not overdue.

    A row cannot be changed, nor be a key. `fetch` gives the action, which may be packed until somebody asks for it.
    """

    __slots__ = ("ref", "state", "days_overdue", "_fetch", "_action")

    def __init__(self, ref: ActionRef, state: State, days_overdue: int, fetch: Callable[[], Action]) -> None:
        self.ref = ref
        self.state = state
        self.days_overdue = days_overdue
        self._fetch = fetch
        self._action: Action | None = None

    @property
    def action(self) -> Action:
        """The action."""
        if self._action is None:
            self._action = self._fetch()
        return self._action

    @property
    def overdue(self) -> bool:
        """Whether it is overdue."""
        return self.days_overdue > 0

    def changed(self, *, action: Action | None = None, days_overdue: int | None = None) -> "ActionRow":
        """The row with these in the place of its own."""
        days = self.days_overdue if days_overdue is None else days_overdue
        if action is None:
            return ActionRow(self.ref, self.state, days, self._fetch)
        return ActionRow(action.ref, self.state, days, lambda: action)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ActionRow) and self._values() == other._values()

    def __repr__(self) -> str:
        return f"ActionRow{self._values()}"

    def _values(self) -> tuple[State, int, Action]:
        return self.state, self.days_overdue, self.action


def row_of(action: Action, day: date) -> ActionRow | None:
    """The row of this action as at this day; None if it had not been raised yet."""
    state = as_at(action, day)
    return None if state is None else row_with(action, state, day)


def row_with(action: Action, state: State, day: date) -> ActionRow:
    """The row of an action with this state, overdue or not as at this day."""
    return ActionRow(action.ref, state, state.overdue_days(day), lambda: action)


def rows_of(actions: Iterable[Action], day: date) -> Iterator[ActionRow]:
    """The rows of those of these actions that had been raised by this day."""
    rows = (row_of(action, day) for action in actions)
    return (row for row in rows if row is not None)


def live_rows(
    actions: Mapping[ActionRef, Action], day: date, due_before: date | None = None
) -> Iterator[ActionRow]:
    """The rows of all that is live as at this day, and of some other actions.

    With `due_before` of what is due before that day or has no due day.
    """
    for ref, state, fetch in live_or_later(actions, day, due_before):
        yield ActionRow(ref, state, state.overdue_days(day), fetch)
