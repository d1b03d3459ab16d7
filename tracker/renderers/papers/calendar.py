"""The calendar of meetings and due days: as a document, as rows, as an object."""

from typing import Final

from tracker.model.dates import write_day
from tracker.renderers.base import Json
from tracker.renderers.json import action_object
from tracker.renderers.papers.common import (
    due_cell,
    head_object,
    meeting_object,
    owner_cell,
    reference_cell,
    time_words,
    withheld_words,
)
from tracker.renderers.papers.document import Block, Cell, Column, Data, Document, Heading, Paragraph, Table, Value
from tracker.renderers.words import SayDay, count_words, status_words
from tracker.reports.papers.calendar import Calendar, DueDay, Sitting

_MEETING_COLUMNS: Final = (
    Column("ref", "Meeting", "reference"),
    Column("date", "Day", "day"),
    Column("time", "Time", "short"),
    Column("title", "Board"),
    Column("venue", "Venue"),
    Column("status", "Status", "short"),
)
_DUE_COLUMNS: Final = (
    Column("ref", "Reference", "reference"),
    Column("date", "Due", "day"),
    Column("title", "Action"),
    Column("owners", "Owner", "short"),
    Column("status", "Status", "short"),
)
_DATA_COLUMNS: Final = (
    Column("ref", "Reference", "reference"),
    Column("date", "Day", "day"),
    Column("kind", "Kind", "short"),
    Column("time", "Time", "short"),
    Column("ends", "Ends", "short"),
    Column("title", "What"),
    Column("venue", "Venue"),
    Column("owners", "Owner", "short"),
    Column("status", "Status", "short"),
    Column("board", "Board", "short"),
)


def document(report: Calendar, say_day: SayDay) -> Document:
    """What is to come first, then what has passed."""
    today = report.head.as_of
    coming = [sitting for sitting in report.sittings if sitting.meeting.ref.day >= today]
    past = [sitting for sitting in report.sittings if sitting.meeting.ref.day < today]
    overdue = [due for due in report.due_days if due.row.overdue]
    due = [due for due in report.due_days if not due.row.overdue]
    blocks = (
        *_meetings("Meetings to come", coming, say_day),
        *_due("Due days", due, say_day),
        *_due("Overdue", overdue, say_day),
        *_meetings("Meetings before this day", past, say_day),
    )
    empty = () if blocks else (Paragraph("There is nothing in the calendar.", "lead"),)
    foot = (*_unplaced_words(report), *withheld_words(report.withheld))
    told = notes(report)
    facts: tuple[tuple[str, Value], ...] = (("As at", today), *((("Note", told),) if told else ()))
    return Document(calendar_title(report), facts, blocks or empty, foot, report.head.classification)


def notes(report: Calendar) -> tuple[str, ...]:
    """What stands on every paper of the boards in the calendar."""
    boards = [*(sitting.board for sitting in report.sittings), *(due.board for due in report.due_days)]
    return tuple(dict.fromkeys(board.note for board in boards if board.note))


def calendar_title(report: Calendar) -> str:
    """`Performance and Delivery Board: calendar`, or that of the whole register."""
    whose = report.head.board.title if report.head.board else report.head.register_title
    return f"{whose}: calendar" if whose else "Calendar"


def data(report: Calendar) -> Data:
    """A row for each meeting and each due day, by day."""
    rows = [*map(_sitting_values, report.sittings), *map(_due_values, report.due_days)]
    return Data("Calendar", _DATA_COLUMNS, sorted(rows, key=lambda row: (str(row[1]), str(row[0]))))


def json_object(report: Calendar) -> dict[str, Json]:
    """The meetings, and the live actions that have a due day."""
    return {
        **head_object("calendar", report.head, report.withheld),
        "without_day": report.unplaced,
        "meetings": [_sitting_object(sitting) for sitting in report.sittings],
        "due": [action_object(due.row) for due in report.due_days],
    }


def meeting_status(sitting: Sitting, say_day: SayDay) -> str:
    """`scheduled`, `postponed to 25 March 2020`."""
    meeting = sitting.meeting
    return f"{meeting.status} to {say_day(meeting.postponed_to)}" if meeting.postponed_to else meeting.status


def _meetings(title: str, sittings: list[Sitting], say_day: SayDay) -> tuple[Block, ...]:
    rows = [
        (
            Cell(str(sitting.meeting.ref)),
            Cell(sitting.meeting.ref.day),
            Cell(time_words(sitting.meeting)),
            Cell(sitting.board.title),
            Cell(sitting.meeting.venue),
            Cell(meeting_status(sitting, say_day), strong=not sitting.meeting.stands),
        )
        for sitting in sittings
    ]
    return (Heading(title), Table(title, _MEETING_COLUMNS, rows)) if rows else ()


def _due(title: str, due_days: list[DueDay], say_day: SayDay) -> tuple[Block, ...]:
    rows = [
        (
            reference_cell(due.row),
            due_cell(due.row.state),
            Cell(due.row.state.text),
            owner_cell(due.row.state),
            Cell(status_words(due.row, say_day), strong=due.row.overdue),
        )
        for due in due_days
    ]
    return (Heading(title), Table(title, _DUE_COLUMNS, rows)) if rows else ()


def _unplaced_words(report: Calendar) -> tuple[str, ...]:
    if not report.unplaced:
        return ()
    have, are = ("has", "is") if report.unplaced == 1 else ("have", "are")
    return (f"{count_words(report.unplaced, 'live action')} {have} no day yet and {are} not in this calendar.",)


def _sitting_values(sitting: Sitting) -> tuple[Value, ...]:
    meeting = sitting.meeting
    status = meeting_status(sitting, write_day)
    key = meeting.ref.board.upper()
    return (
        str(meeting.ref), meeting.ref.day, "meeting", meeting.time, meeting.ends, sitting.board.title,
        meeting.venue, None, status, key,
    )  # fmt: skip


def _due_values(due: DueDay) -> tuple[Value, ...]:
    state = due.row.state
    key = due.board.key.upper()
    ref = str(due.row.ref)
    return (ref, due.day, "due", None, None, state.text, None, state.owners, state.status, key)


def _sitting_object(sitting: Sitting) -> dict[str, Json]:
    items: list[Json] = [
        {"number": item.number, "title": item.title, "lead": item.lead} for item in sitting.items
    ]
    board: dict[str, Json] = {"board": sitting.board.key.upper(), "board_title": sitting.board.title}
    return meeting_object(sitting.meeting) | board | {"items": items}
