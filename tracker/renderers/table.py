"""Reports at a terminal: tables that fit the width, in words, with days as `25 Feb 2026`."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from tracker.model.dates import long_day, short_day
from tracker.renderers.base import Screen
from tracker.renderers.columns import folded_overdue_table, grid_table, live_table, overdue_table
from tracker.renderers.paint import Painter
from tracker.renderers.papers.making import document_of, is_paper
from tracker.renderers.sheets import Detail, Grid, Sheet, sheet_of
from tracker.renderers.words import cell_words, count_words, nothing_overdue, overdue_title, without_due_words
from tracker.reports.findings import Findings, place
from tracker.reports.listing import ActionList, OverdueReport

if TYPE_CHECKING:
    from tracker.renderers.base import Report


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """The report for a person. A report without rows says so in a sentence."""
    painter = Painter(screen)
    if is_paper(report):
        from tracker.renderers.table_document import table_document

        yield from table_document(document_of(report, short_day), screen)
    elif isinstance(report, OverdueReport):
        yield from _overdue(report, painter)
    elif isinstance(report, ActionList):
        yield from _action_list(report, painter)
    elif isinstance(report, Findings):
        yield from _findings(report, painter)
    else:
        yield from _sheet(sheet_of(cast(Detail, report)), painter)


def _overdue(report: OverdueReport, painter: Painter) -> Iterator[str]:
    if not report.rows:
        yield painter.sentence(nothing_overdue(report))
    else:
        yield painter.heading(overdue_title(report)) + "\n"
        groups = report.groups if report.groups is not None else (("", report.rows),)
        for owner, rows in groups:
            if owner:
                yield painter.heading(f"{owner}: {count_words(len(rows), 'action')}")
            yield from painter.table(overdue_table(rows), folded_overdue_table(rows))
            yield "\n"
    yield painter.sentence(without_due_words(report.without_due))


def _action_list(report: ActionList, painter: Painter) -> Iterator[str]:
    yield painter.heading(report.title) + "\n"
    if not report.rows:
        yield painter.sentence(f"There are none as at {long_day(report.as_of)}.")
        return
    yield from painter.table(live_table(report.rows))
    yield "\n" + painter.sentence(f"{count_words(len(report.rows), 'action')} as at {long_day(report.as_of)}.")


def _findings(report: Findings, painter: Painter) -> Iterator[str]:
    """Where, what, and below it what to type: in lines of their own, to be copied whole."""
    for number, problem in enumerate(report.problems):
        yield "\n" if number else ""
        yield painter.heading(place(problem))
        yield painter.labelled([(problem.severity, (problem.message,)), ("to do", (problem.advice,))])


def _sheet(sheet: Sheet, painter: Painter) -> Iterator[str]:
    yield painter.heading(sheet.title)
    yield painter.labelled([(label, (cell_words(value, short_day),)) for label, value in sheet.fields])
    for grid in sheet.grids:
        yield "\n"
        yield from _grid(grid, painter)
    if sheet.actions:
        yield "\n" + painter.heading("Actions raised")
        yield from painter.table(live_table(sheet.actions))


def _grid(grid: Grid, painter: Painter) -> Iterator[str]:
    if grid.title:
        yield painter.heading(grid.title)
    if grid.rows:
        yield from painter.table(grid_table(grid))
    else:
        yield painter.sentence("There are none yet.")
