"""Reports as lines of cells, for the formats that scripts and spreadsheets read.

A list of actions is a line each, in the order of `ACTION_COLUMNS`, which scripts depend on (design,
section 6). What `show` prints has besides a line for each of its other values, which starts with a
word in small letters saying what it is; a reference is in capitals, so the two cannot be confused.
Days are ISO. Cells are not cleaned here.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from tracker.model.dates import write_day
from tracker.renderers.action_lines import ACTION_COLUMNS, Line, action_line
from tracker.renderers.papers.making import data_of, is_paper
from tracker.renderers.sheets import Detail, Sheet, sheet_of
from tracker.renderers.words import cell_words
from tracker.reports.details import ActionDetail, BoardDetail, Columns, MeetingDetail
from tracker.reports.listing import ActionList, OverdueReport

if TYPE_CHECKING:
    from tracker.renderers.base import Report


def headings(report: "Report") -> Line | None:
    """The names of the columns; None for what `show` prints, whose lines differ in kind."""
    if is_paper(report):
        return tuple(column.key for column in data_of(report).columns)
    if isinstance(report, ActionList | OverdueReport):
        return ACTION_COLUMNS
    if isinstance(report, ActionDetail | MeetingDetail | BoardDetail):
        return None
    if isinstance(report, Columns):
        return report.headings
    return next((grid.headings for grid in _seldom(report).grids), None)


def lines(report: "Report") -> Iterator[Line]:
    """The report's lines, without headings."""
    if is_paper(report):
        yield from (tuple(cell_words(cell, write_day) for cell in row) for row in data_of(report).rows)
    elif isinstance(report, ActionList | OverdueReport):
        yield from map(action_line, report.rows)
    elif isinstance(report, ActionDetail | MeetingDetail | BoardDetail):
        if isinstance(report, ActionDetail):
            yield action_line(report.row)
        yield from _sheet_lines(sheet_of(report, write_day))
    else:
        for grid in _seldom(report).grids:
            yield from (tuple(cell_words(cell, write_day) for cell in row) for row in grid.rows)


def _seldom(report: "Report") -> Sheet:
    """The page of a list, of what `check` found or of what changed, with the modules that only these need."""
    from tracker.reports.findings import Findings, as_columns

    return sheet_of(as_columns(report) if isinstance(report, Findings) else cast(Detail, report), write_day)


def _sheet_lines(sheet: Sheet) -> Iterator[Line]:
    for label, value in sheet.fields:
        words = cell_words(value, write_day)
        if words:
            yield (label.lower(), words)
    for grid in sheet.grids:
        for row in grid.rows:
            yield (grid.name, *(cell_words(cell, write_day) for cell in row))
    yield from map(action_line, sheet.actions)
