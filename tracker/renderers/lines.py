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
from tracker.reports.changes import Changes, Log
from tracker.reports.details import ActionDetail, Columns
from tracker.reports.findings import Findings, as_columns
from tracker.reports.listing import ActionList, OverdueReport

if TYPE_CHECKING:
    from tracker.renderers.base import Report


def headings(report: "Report") -> Line | None:
    """The names of the columns; None for what `show` prints, whose lines differ in kind."""
    if is_paper(report):
        return tuple(column.key for column in data_of(report).columns)
    if isinstance(report, ActionList | OverdueReport):
        return ACTION_COLUMNS
    if isinstance(report, Changes | Log):
        return next((grid.headings for grid in sheet_of(report).grids), None)
    report = as_columns(report) if isinstance(report, Findings) else report
    return report.headings if isinstance(report, Columns) else None


def lines(report: "Report") -> Iterator[Line]:
    """The report's lines, without headings."""
    if is_paper(report):
        yield from (tuple(cell_words(cell, write_day) for cell in row) for row in data_of(report).rows)
    elif isinstance(report, ActionList | OverdueReport):
        yield from map(action_line, report.rows)
    elif isinstance(report, Findings):
        yield from lines(as_columns(report))
    elif isinstance(report, Columns | Changes | Log):
        for grid in sheet_of(report, write_day).grids:
            yield from (tuple(cell_words(cell, write_day) for cell in row) for row in grid.rows)
    else:
        if isinstance(report, ActionDetail):
            yield action_line(report.row)
        yield from _sheet_lines(sheet_of(cast(Detail, report), write_day))


def _sheet_lines(sheet: Sheet) -> Iterator[Line]:
    for label, value in sheet.fields:
        words = cell_words(value, write_day)
        if words:
            yield (label.lower(), words)
    for grid in sheet.grids:
        for row in grid.rows:
            yield (grid.name, *(cell_words(cell, write_day) for cell in row))
    yield from map(action_line, sheet.actions)
