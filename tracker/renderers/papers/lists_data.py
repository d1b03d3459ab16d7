"""The reports that are no papers as rows for a spreadsheet, each value as what it is: days stay days, numbers numbers.

The rows are those of `tracker.renderers.lines`, in the same order.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from tracker.model.dates import write_day
from tracker.renderers.papers.common import ACTION_COLUMNS, action_values
from tracker.renderers.papers.document import Column, Data, Kind, Value
from tracker.renderers.sheets import Detail, Sheet, sheet_of
from tracker.reports.changes import Changes, Log
from tracker.reports.details import ActionDetail, Columns
from tracker.reports.findings import Findings, as_columns
from tracker.reports.listing import ActionList, OverdueReport

if TYPE_CHECKING:
    from tracker.renderers.base import Report

_Row = tuple[Value, ...]

_SHORT: Final = 24
"""A column whose longest text has no more characters than this is `short`."""


def data(report: "Report") -> Data:
    """The rows of any report that is no paper.

    What `show` prints differs in kind from line to line: the first column then says what a line is.
    """
    if isinstance(report, ActionList):
        return Data("Actions", ACTION_COLUMNS, tuple(map(action_values, report.rows)))
    if isinstance(report, OverdueReport):
        return Data("Overdue", ACTION_COLUMNS, tuple(map(action_values, report.rows)))
    if isinstance(report, Findings | Columns):
        columns = as_columns(report) if isinstance(report, Findings) else report
        return _grid_data(columns.title, columns.keys, columns.headings, columns.rows)
    if isinstance(report, Changes | Log):
        return _history_data(report)
    return _detail_data(cast(Detail, report))


def _history_data(report: Changes | Log) -> Data:
    name = "Changes" if isinstance(report, Changes) else "Log"
    for grid in sheet_of(report, write_day).grids:
        keys = tuple(heading.lower().replace(" ", "_") for heading in grid.headings)
        return _grid_data(name, keys, grid.headings, grid.rows)
    return Data(name, (), ())


def _grid_data(name: str, keys: tuple[str, ...], headings: tuple[str, ...], rows: tuple[_Row, ...]) -> Data:
    columns = tuple(
        Column(key, heading, _kind(heading, [row[index] for row in rows]))
        for index, (key, heading) in enumerate(zip(keys, headings, strict=True))
    )
    return Data(name, columns, rows)


def _detail_data(detail: Detail) -> Data:
    own = [action_values(detail.row)] if isinstance(detail, ActionDetail) else []
    rows = [*own, *_sheet_rows(sheet_of(detail, write_day))]
    width = max(map(len, rows), default=1)
    whole = tuple((*row, *(None,) * (width - len(row))) for row in rows)
    keys = ("what", *(f"value_{number}" for number in range(1, width)))
    headings = ("What", "Value", *(f"Value {number}" for number in range(2, width)))[:width]
    return _grid_data("Record", keys, headings, whole)


def _sheet_rows(sheet: Sheet) -> Iterator[_Row]:
    yield from ((label.lower(), value) for label, value in sheet.fields if value not in (None, "", ()))
    for grid in sheet.grids:
        yield from ((grid.name, *row) for row in grid.rows)
    yield from map(action_values, sheet.actions)


def _kind(heading: str, values: list[Value]) -> Kind:
    present = [value for value in values if value not in (None, "")]
    if heading == "Reference":
        return "reference"
    if present and all(isinstance(value, date) for value in present):
        return "day"
    if present and all(isinstance(value, int | float) for value in present):
        return "number"
    longest = max((len(", ".join(v) if isinstance(v, tuple) else str(v)) for v in present), default=0)
    return "short" if longest <= _SHORT else "text"
