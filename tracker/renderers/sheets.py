"""What `show` and the small lists print, before any format: a head of labelled values, then grids.

One shape for an action, a meeting, a board and a plain list, so that each format lays it out once.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple, Union

from tracker.model.dates import short_day
from tracker.model.records import Action, Item, Meeting, Person
from tracker.renderers.words import SayDay, count_words, due_words, event_words, status_words, times_words
from tracker.reports.details import ActionDetail, BoardDetail, Cell, Columns, MeetingDetail
from tracker.reports.rows import ActionRow

if TYPE_CHECKING:
    from tracker.reports.changes import Changes, Log


class Grid(NamedTuple):
    """Rows under headings; `name` is what one row is (`event`, `member`)."""

    title: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Sheet(NamedTuple):
    """A record on one page: what it is, its fields with their labels, and what belongs to it."""

    title: str
    fields: tuple[tuple[str, Cell], ...] = ()
    grids: tuple[Grid, ...] = ()
    actions: tuple[ActionRow, ...] = ()


Detail = Union[ActionDetail, MeetingDetail, BoardDetail, Columns, "Changes", "Log"]


def sheet_of(detail: Detail, say_day: SayDay = short_day) -> Sheet:
    """The page of this record; days inside sentences are written by `say_day`."""
    if isinstance(detail, ActionDetail):
        return _action_sheet(detail, say_day)
    if isinstance(detail, MeetingDetail):
        return _meeting_sheet(detail)
    if isinstance(detail, BoardDetail):
        return _board_sheet(detail)
    if isinstance(detail, Columns):
        return Sheet(detail.title, grids=(Grid("", "", detail.headings, detail.rows),))
    return _history_sheet(detail, say_day)


def _history_sheet(report: "Changes | Log", say_day: SayDay) -> Sheet:
    # only `diff` and `log` need the words for all that can change
    from tracker.renderers.change_sheets import changes_sheet, log_sheet
    from tracker.reports.changes import Changes

    if isinstance(report, Changes):
        return changes_sheet(report, say_day)
    return log_sheet(report, say_day)


def _action_sheet(detail: ActionDetail, say_day: SayDay) -> Sheet:
    action, state = detail.row.action, detail.row.state
    moved = state.original_due if state.original_due != state.due else None
    fields: tuple[tuple[str, Cell], ...] = (
        ("Action", state.text),
        ("Owner", state.owners),
        ("Due", due_words(state, say_day) or "no due day"),
        ("First due", moved),
        ("Carried", times_words(state.times_carried)),
        ("Status", status_words(detail.row, say_day)),
        ("Outcome", state.outcome),
        ("Raised", action.raised),
        ("Board", detail.board_title),
        ("Item", action.item),
        ("Tags", action.tags),
        ("Restricted", action.restricted or None),
        ("Follows", str(action.follows) if action.follows else None),
        ("Formerly", tuple(map(str, action.formerly))),
        ("This number", _formerly_others(detail)),
    )
    return Sheet(str(action.ref), fields, _history_grid(action, say_day))


def _formerly_others(detail: ActionDetail) -> str | None:
    """Whose number this once was, for whoever finds it in old minutes."""
    others = ", ".join(map(str, detail.formerly_others))
    return f"was formerly that of {others}" if others else None


def _history_grid(action: Action, say_day: SayDay) -> tuple[Grid, ...]:
    if not action.history:
        return ()
    rows = tuple(
        (event.date, event_words(event, say_day), str(event.meeting) if event.meeting else None, event.note)
        for event in action.history
    )
    return (Grid("History", "event", ("Day", "What happened", "Meeting", "Note"), rows),)


def _meeting_sheet(detail: MeetingDetail) -> Sheet:
    meeting = detail.meeting
    fields: tuple[tuple[str, Cell], ...] = (
        ("Board", detail.board_title),
        ("Day", meeting.ref.day),
        ("Status", meeting.status),
        ("Postponed to", meeting.postponed_to),
        ("Time", _time_words(meeting)),
        ("Venue", meeting.venue),
        ("Raised", count_words(len(detail.rows), "action")),
    )
    grids = (
        _people_grid("Attendees", "attendee", meeting.attendees),
        _people_grid("Apologies", "apologies", meeting.apologies),
        _items_grid("Items", meeting.items),
    )
    return Sheet(str(meeting.ref), fields, _filled(grids), detail.rows)


def _board_sheet(detail: BoardDetail) -> Sheet:
    board = detail.board
    fields: tuple[tuple[str, Cell], ...] = (
        ("Board", board.title),
        ("Chair", board.chair),
        ("Note", board.note),
    )
    meetings = tuple(
        (str(line.meeting.ref), line.meeting.ref.day, line.meeting.status, line.raised, line.live)
        for line in detail.meetings
    )
    grids = (
        _people_grid("Members", "member", board.members),
        _items_grid("Agenda", board.agenda),
        Grid("Meetings", "meeting", ("Reference", "Day", "Status", "Raised", "Still live"), meetings),
    )
    return Sheet(board.key.upper(), fields, _filled(grids))


def _time_words(meeting: Meeting) -> str | None:
    return f"{meeting.time} to {meeting.ends}" if meeting.time and meeting.ends else meeting.time


def _people_grid(title: str, name: str, people: Iterable[Person]) -> Grid:
    """The people by organisation, in the order in which the organisations first appear."""
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    for person in people:
        organisation = person.organisation or ""
        groups.setdefault(organisation, []).append((person.name, person.role, organisation))
    rows = tuple(row for group in groups.values() for row in group)
    return Grid(title, name, ("Name", "Role", "Organisation"), rows)


def _items_grid(title: str, items: Iterable[Item]) -> Grid:
    rows = tuple((item.number, item.title, item.lead) for item in items)
    return Grid(title, "item", ("Item", "Title", "Lead"), rows)


def _filled(grids: Iterable[Grid]) -> tuple[Grid, ...]:
    return tuple(grid for grid in grids if grid.rows)
