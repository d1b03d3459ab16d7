"""The lists of actions: what is live, what was asked for, and what is overdue."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import Final, NamedTuple

from tracker.model.holding import actions_at
from tracker.model.records import LIVE, NEXT_MEETING, Register
from tracker.model.references import MeetingRef
from tracker.reports.rows import ActionRow, live_rows, rows_of


class ActionList(NamedTuple):
    """Actions as at a day, by due day."""

    rows: tuple[ActionRow, ...]
    as_of: date
    title: str


class OverdueReport(NamedTuple):
    """What is overdue as at a day, longest first. `without_due` counts the live actions without a due day.

    `board` is in capitals, None for all boards; `groups` holds the same rows by leading owner where that
    was asked for.
    """

    as_of: date
    board: str | None
    rows: tuple[ActionRow, ...]
    without_due: int
    groups: tuple[tuple[str, tuple[ActionRow, ...]], ...] | None = None


class Wanted(NamedTuple):
    """Which actions a list takes; None and empty mean that it makes no difference.

    `owner` is a key, any of an action's owners. `text` is looked for in text and tags, in any case.
    `no_due` asks for those without a due day, `next meeting` not counting as one.
    """

    board: str | None = None
    meeting: MeetingRef | None = None
    owner: str | None = None
    tag: str | None = None
    item: str | None = None
    due_by: date | None = None
    text: str | None = None
    no_due: bool = False
    statuses: frozenset[str] = LIVE


_ANYTHING: Final = Wanted()


def list_actions(register: Register, day: date, wanted: Wanted = _ANYTHING) -> ActionList:
    """The actions wanted as at this day, by due day; those without one come last."""
    rows = sorted((row for row in _candidates(register, day, wanted) if _matches(row, wanted)), key=_by_due)
    return ActionList(tuple(rows), day, _title(wanted))


def overdue(
    register: Register, day: date, board: str | None = None, owner: str | None = None, *, by_owner: bool = False
) -> OverdueReport:
    """What is open and was due before this day; each action counts once, under its leading owner when grouped."""
    wanted = Wanted(board=board, owner=owner)
    live = (row for row in live_rows(register.actions, day, due_before=day) if _matches(row, wanted))
    late: list[ActionRow] = []
    without = 0
    for row in live:
        if row.overdue:
            late.append(row)
        without += row.state.due is None
    # in two steps, each of which compares little: they come nearly in the order of their references
    late.sort(key=attrgetter("ref"))
    late.sort(key=attrgetter("days_overdue"), reverse=True)
    groups = tuple(_grouped(late)) if by_owner else None
    return OverdueReport(day, board.upper() if board else None, tuple(late), without, groups)


def _candidates(register: Register, day: date, wanted: Wanted) -> Iterable[ActionRow]:
    """The rows among which those that are wanted must be."""
    if wanted.meeting is not None:
        return rows_of(actions_at(register.actions, wanted.meeting), day)
    if wanted.statuses <= LIVE:
        return live_rows(register.actions, day)
    return rows_of(register.actions.values(), day)


def _matches(row: ActionRow, wanted: Wanted) -> bool:
    state = row.state
    return (
        state.status in wanted.statuses
        and (wanted.board is None or wanted.board == row.ref.meeting.board)
        and (wanted.meeting is None or wanted.meeting == row.ref.meeting)
        and (wanted.owner is None or wanted.owner in state.owners)
        and (wanted.tag is None or wanted.tag in row.action.tags)
        and (wanted.item is None or wanted.item == row.action.item)
        and (wanted.due_by is None or (isinstance(state.due, date) and state.due <= wanted.due_by))
        and not (wanted.no_due and state.due is not None)
        and (wanted.text is None or _mentions(row, wanted.text))
    )


def _mentions(row: ActionRow, text: str) -> bool:
    return text.casefold() in " ".join([row.state.text, *row.action.tags]).casefold()


def _by_due(row: ActionRow) -> tuple[int, date, object]:
    due = row.state.due
    if isinstance(due, date):
        return (0, due, row.ref)
    return (1 if due == NEXT_MEETING else 2, date.max, row.ref)


def _grouped(rows: Iterable[ActionRow]) -> Iterator[tuple[str, tuple[ActionRow, ...]]]:
    leaders: dict[str, list[ActionRow]] = {}
    for row in rows:
        leaders.setdefault(row.state.owners[0] if row.state.owners else "", []).append(row)
    for owner in sorted(leaders):
        yield owner or "no owner", tuple(leaders[owner])


def _title(wanted: Wanted) -> str:
    kind = "Live actions" if wanted.statuses == LIVE else "Actions"
    where = wanted.meeting or (wanted.board.upper() if wanted.board else None)
    return f"{kind} of {where}" if where else kind
