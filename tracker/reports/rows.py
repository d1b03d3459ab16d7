"""The row that every report on actions is made of."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tracker.model.records import Action
from tracker.model.state import State, as_at


class ActionRow(NamedTuple):
    """An action as at the day of a report. `days_overdue` is 0 when it is not overdue."""

    action: Action
    state: State
    overdue: bool
    days_overdue: int


def row_of(action: Action, day: date) -> ActionRow | None:
    """The row of this action as at this day; None if it had not been raised yet."""
    state = as_at(action, day)
    if state is None:
        return None
    days = state.overdue_days(day)
    return ActionRow(action, state, days > 0, days)


def rows_of(actions: Iterable[Action], day: date) -> Iterator[ActionRow]:
    """The rows of those of these actions that had been raised by this day."""
    for action in actions:
        row = row_of(action, day)
        if row is not None:
            yield row
