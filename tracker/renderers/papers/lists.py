"""Words for every report that is no paper: the lists, what is overdue, one record, what changed, what was found."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from tracker.model.dates import long_day
from tracker.renderers.columns import is_reference
from tracker.renderers.papers.document import Block, Cell, Column, Document, Heading, Kind, Paragraph, Table
from tracker.renderers.papers.lists_data import data
from tracker.renderers.sheets import Detail, Grid, Sheet, sheet_of
from tracker.renderers.words import (
    SayDay,
    cell_words,
    count_words,
    latest_words,
    nothing_overdue,
    overdue_title,
    status_words,
    times_words,
    without_due_words,
)
from tracker.reports import details
from tracker.reports.changes import Changes, Log
from tracker.reports.details import ActionDetail, BoardDetail, MeetingDetail
from tracker.reports.findings import Findings
from tracker.reports.listing import ActionList, OverdueReport
from tracker.reports.rows import ActionRow

if TYPE_CHECKING:
    from tracker.errors import Problem
    from tracker.renderers.base import Report

__all__ = ["data", "document"]

# What is no longer than this is a few words, and needs no room of its own.
_FEW_WORDS: Final = 18

_REFERENCE: Final = Column("ref", "Reference", "reference")
_ACTION: Final = Column("text", "Action")
_OWNER: Final = Column("owners", "Owner", "short")
_DUE: Final = Column("due", "Due", "day")
_STATUS: Final = Column("status", "Status", "short")
_OVERDUE: Final = Column("days_overdue", "Overdue", "short")
_LATEST: Final = Column("latest", "Latest word")
_LISTED: Final = (_REFERENCE, _ACTION, _OWNER, _DUE, _STATUS)
_LATE: Final = (_REFERENCE, _ACTION, _OWNER, _DUE, _OVERDUE, _LATEST)


def document(report: "Report", say_day: SayDay) -> Document:
    """The report as a document; days inside sentences are written by `say_day`."""
    if isinstance(report, ActionList):
        return _action_list(report, say_day)
    if isinstance(report, OverdueReport):
        return _overdue(report, say_day)
    if isinstance(report, Findings):
        return _findings(report)
    detail = cast(Detail, report)
    return _sheet(detail, sheet_of(detail, say_day), say_day)


def _action_list(report: ActionList, say_day: SayDay) -> Document:
    if not report.rows:
        return Document(report.title, (("As at", report.as_of),), (Paragraph("There are none.", "lead"),))
    lead = Paragraph(f"{count_words(len(report.rows), 'action')}, by due day.", "lead")
    return Document(report.title, (("As at", report.as_of),), (lead, _listed(report.title, report.rows, say_day)))


def _overdue(report: OverdueReport, say_day: SayDay) -> Document:
    blocks: list[Block] = [Paragraph(_sentence(report), "lead")]
    groups = report.groups if report.groups is not None else (("", report.rows),)
    for owner, rows in groups if report.rows else ():
        heading = f"{owner}: {count_words(len(rows), 'action')}"
        blocks += [Heading(heading)] if owner else []
        caption = heading if owner else f"Overdue as at {say_day(report.as_of)}, longest first"
        blocks.append(Table(caption, _LATE, [_late_cells(row, say_day) for row in rows]))
    facts = (("Board", report.board), ("As at", report.as_of))
    return Document("Overdue actions", facts, tuple(blocks), (without_due_words(report.without_due),))


def _sentence(report: OverdueReport) -> str:
    return f"{overdue_title(report)}." if report.rows else nothing_overdue(report)


def _listed(caption: str, rows: Sequence[ActionRow], say_day: SayDay) -> Table:
    return Table(caption, _LISTED, [(*_named(row), Cell(status_words(row, say_day))) for row in rows])


def _late_cells(row: ActionRow, say_day: SayDay) -> tuple[Cell, ...]:
    slips = times_words(row.state.times_carried)
    late = Cell(count_words(row.days_overdue, "day"), (f"carried {slips}",) if slips else (), strong=True)
    return (*_named(row), late, Cell(latest_words(row.state, say_day)))


def _named(row: ActionRow) -> tuple[Cell, ...]:
    """Which action it is, whose, and due when."""
    state = row.state
    said = (state.due_said,) if state.due_said else ()
    due = Cell(state.due, said) if state.due else Cell(state.due_said or "no due day")
    owners = ", ".join(state.owners) or "no owner"
    return (Cell(str(row.ref)), Cell(state.text), Cell(owners), due)


def _findings(report: Findings) -> Document:
    """Where, how bad and what, and below it what to do."""
    if not report.problems:
        return Document("What the check found", blocks=(Paragraph("Nothing is wrong with the register.", "lead"),))
    columns = (Column("path", "File"), Column("line", "Line", "number"), Column("severity", "Severity", "short"))
    rows = [_finding(problem) for problem in report.problems]
    table = Table("What is wrong, and what to do", (*columns, Column("message", "What is wrong")), rows)
    return Document("What the check found", blocks=(table,))


def _finding(problem: "Problem") -> tuple[Cell, ...]:
    severity = Cell(problem.severity, strong=problem.severity == "error")
    return (Cell(problem.path), Cell(problem.line), severity, Cell(problem.message, (problem.advice,)))


def _sheet(detail: Detail, sheet: Sheet, say_day: SayDay) -> Document:
    facts = tuple((label, _value(value)) for label, value in sheet.fields)
    lead = (Paragraph(sheet.title, "lead"),) if isinstance(detail, Changes) else ()
    blocks: list[Block] = [*lead]
    for grid in sheet.grids:
        blocks += [Heading(grid.title)] if grid.title else []
        blocks.append(_grid_table(grid, grid.title or _title(detail, sheet), say_day))
    if sheet.actions:
        blocks += [Heading("Actions raised"), _listed("Actions raised", sheet.actions, say_day)]
    return Document(_title(detail, sheet), facts, tuple(blocks))


def _title(detail: Detail, sheet: Sheet) -> str:
    if isinstance(detail, Changes):
        return "What changed in the register"
    if isinstance(detail, Log):
        return f"What happened: {sheet.title}" if detail.of else "What happened in the register"
    kinds = {ActionDetail: "Action", MeetingDetail: "Meeting", BoardDetail: "Board"}
    kind = kinds.get(type(detail))
    return f"{kind} {sheet.title}" if kind else sheet.title


def _grid_table(grid: Grid, caption: str, say_day: SayDay) -> Table:
    columns = tuple(
        Column(heading.lower().replace(" ", "_"), heading, _kind([row[index] for row in grid.rows], say_day))
        for index, heading in enumerate(grid.headings)
    )
    return Table(caption, columns, [tuple(Cell(_value(value)) for value in row) for row in grid.rows])


def _value(value: details.Cell) -> str | int | float | date | None:
    """A value as a document holds it: a truth and a list are said in words."""
    return cell_words(value, long_day) if isinstance(value, bool | tuple) else value


def _kind(values: Iterable[details.Cell], say_day: SayDay) -> Kind:
    """What a column holds, by what stands in it."""
    held = [value for value in values if value is not None and value != ""]
    if held and all(isinstance(value, date) for value in held):
        return "day"
    if held and all(isinstance(value, int | float) for value in held):
        return "number"
    words = [cell_words(value, say_day) for value in held]
    if words and all(map(is_reference, words)):
        return "reference"
    return "short" if max(map(len, words), default=0) <= _FEW_WORDS else "text"
