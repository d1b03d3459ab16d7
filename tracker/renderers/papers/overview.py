"""The overview of actions in words."""

from collections.abc import Iterable
from typing import Final

from tracker.renderers.base import Json
from tracker.renderers.json import action_object, json_value
from tracker.renderers.papers.common import (
    ACTION,
    ACTION_COLUMNS,
    DUE,
    OWNER,
    REFERENCE,
    STATUS,
    action_values,
    due_cell,
    fallen_words,
    head_facts,
    head_object,
    head_title,
    owner_cell,
    published_status,
    reference_cell,
    withheld_words,
)
from tracker.renderers.papers.document import Block, Cell, Column, Data, Document, Paragraph, Table, Value
from tracker.renderers.words import SayDay, count_words, times_words
from tracker.reports.papers.overview import Overview, OverviewRow

_RAISED: Final = Column("raised", "Raised", "day", aside=True)
_ORIGINAL: Final = Column("original_due", "First due", "day", aside=True)
_CARRIED: Final = Column("times_carried", "Carried", "short", aside=True)
_CLOSED: Final = Column("closed", "Closed", "day")

_CLOSING: Final = (ACTION, STATUS, OWNER, DUE)
_LOG: Final = (REFERENCE, ACTION, STATUS, OWNER, _RAISED, _ORIGINAL, DUE, _CARRIED)
_DATA: Final = (*ACTION_COLUMNS, _RAISED, _ORIGINAL, Column("due_said", "Due in words"), _CLOSED)


def document(report: Overview, say_day: SayDay) -> Document:
    """The closing table as the notes have it, or the rolling log."""
    title = head_title(report.head, "rolling log of actions" if report.all_live else "overview of actions", say_day)
    return Document(
        title,
        head_facts(report.head),
        tuple(_blocks(report, say_day)),
        withheld_words(report.withheld),
        report.head.classification,
    )


def data(report: Overview) -> Data:
    """A line for each action."""
    rows = [(*action_values(line.row), *_more_values(line)) for line in report.rows]
    return Data("Overview", _DATA, rows)


def _more_values(line: OverviewRow) -> tuple[Value, ...]:
    state = line.row.state
    return (line.row.action.raised, state.original_due, state.due_said, line.closed)


def json_object(report: Overview) -> dict[str, Json]:
    """The head, then the actions, each as `list` has it with the day on which it was closed."""
    actions: list[Json] = [action_object(line.row) | {"closed": json_value(line.closed)} for line in report.rows]
    return head_object("overview", report.head, report.withheld) | {
        "all_live": report.all_live,
        "since": json_value(report.since),
        "count": len(actions),
        "actions": actions,
    }


def closing_table(rows: Iterable[OverviewRow], caption: str) -> Table:
    """Action, Status, Owner, Due date, as the published notes end."""
    return Table(caption, _CLOSING, [_closing_row(line) for line in rows])


def _blocks(report: Overview, say_day: SayDay) -> Iterable[Block]:
    meeting = report.head.meeting
    fallen = fallen_words(meeting, say_day) if meeting else None
    if fallen:
        yield Paragraph(fallen)
    if not report.rows:
        yield Paragraph(_nothing(report))
    elif report.all_live:
        yield Paragraph(_log_words(report, say_day), "lead")
        yield Table("Rolling log of actions", _LOG, [_log_row(line, say_day) for line in report.rows])
    else:
        yield closing_table(report.rows, "Overview of actions")


def _nothing(report: Overview) -> str:
    meeting = report.head.meeting
    if report.withheld.actions:
        return "This public paper has no action to show."
    if report.all_live:
        return "No action of this board is live, and none was closed since its last meeting."
    if meeting and meeting.status == "scheduled":
        return "No action has been raised at this meeting yet."
    return "No actions were raised at this meeting."


def _log_words(report: Overview, say_day: SayDay) -> str:
    live = sum(line.row.state.live for line in report.rows)
    closed = len(report.rows) - live
    since = f" since the meeting of {say_day(report.since)}" if report.since else ""
    are = "is" if live == 1 else "are"
    left = f"{count_words(live, 'action')} {are} live" if live else "No action is live"
    were = "was" if closed < 2 else "were"
    return f"{left}; {f'{closed:,}' if closed else 'none'} {were} closed{since}."


def _closing_row(line: OverviewRow) -> tuple[Cell, ...]:
    state = line.row.state
    return (Cell(state.text), Cell(published_status(state)), owner_cell(state), due_cell(state))


def _log_row(line: OverviewRow, say_day: SayDay) -> tuple[Cell, ...]:
    state = line.row.state
    closed = (say_day(line.closed),) if line.closed else ()
    return (
        reference_cell(line.row),
        Cell(state.text),
        Cell(published_status(state), closed),
        owner_cell(state),
        Cell(line.row.action.raised),
        Cell(state.original_due),
        due_cell(state),
        Cell(times_words(state.times_carried), strong=state.times_carried >= 3),
    )
