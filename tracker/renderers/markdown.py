"""Reports in Markdown, fit for the comment of a pull request or a page on a forge.

Text from the records is data there too: no mark-up, link, mention or picture in it comes alive, on
GitHub or GitLab. A table cell cannot hold a line break, so nothing in it can begin a block.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, cast

from tracker.model.dates import long_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.papers.making import document_of, is_paper
from tracker.renderers.sheets import Detail, Sheet, sheet_of
from tracker.renderers.words import (
    cell_words,
    due_words,
    latest_words,
    nothing_overdue,
    overdue_title,
    status_words,
    times_words,
    without_due_words,
)
from tracker.reports.changes import Changes
from tracker.reports.findings import Findings, as_columns
from tracker.reports.listing import ActionList, OverdueReport
from tracker.reports.rows import ActionRow

if TYPE_CHECKING:
    from tracker.renderers.base import Report

_ENTITIES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# What starts a mention, a reference to an issue or the like, a formula, an address or an emoji. A forge looks
# for these in the text after Markdown has been read, so a backslash does not stop it; a tag in the middle does.
_ALIVE: Final = re.compile(
    r"[@$]|[#!%~&^](?=[\w\"'{])|:(?=//|[\w+-]+:)|(?<=www)\.|(?<=\bGH)-(?=\d)|(?<=mailto):|(?<=xmpp):", re.IGNORECASE
)
_MARKS: Final = re.compile(r"[\\`*_{}\[\]|~#&<>]")


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """The report as Markdown: of a comparison the summary comes first, in one line."""
    if is_paper(report):
        from tracker.renderers.markdown_document import markdown_document

        yield from markdown_document(document_of(report, long_day), screen)
    elif isinstance(report, ActionList | OverdueReport):
        yield from _list(report)
    else:
        detail = as_columns(report) if isinstance(report, Findings) else cast(Detail, report)
        yield from _sheet(sheet_of(detail, long_day), lead=isinstance(report, Changes))


def inert(text: str) -> str:
    """The text on one line, as it is read and nothing else."""
    pieces = []
    place = 0
    text = clean(text)
    for match in _ALIVE.finditer(text):
        pieces += [_escaped(text[place : match.start()]), f"<span>{_escaped(match[0])}</span>"]
        place = match.end()
    return "".join([*pieces, _escaped(text[place:])])


def _escaped(text: str) -> str:
    return _MARKS.sub(lambda mark: _ENTITIES.get(mark[0]) or f"\\{mark[0]}", text)


def _sheet(sheet: Sheet, *, lead: bool) -> Iterator[str]:
    yield f"**{inert(sheet.title)}**\n" if lead else f"### {inert(sheet.title)}\n"
    fields = [(label, words) for label, value in sheet.fields if (words := cell_words(value, long_day))]
    if fields:
        yield "\n" + "".join(f"- {label}: {inert(words)}\n" for label, words in fields)
    for grid in sheet.grids:
        yield f"\n#### {grid.title}\n" if grid.title else ""
        yield from _table(grid.headings, [[cell_words(cell, long_day) for cell in row] for row in grid.rows])
    if sheet.actions:
        yield "\n#### Actions raised\n"
        yield from _actions(sheet.actions)


def _list(report: ActionList | OverdueReport) -> Iterator[str]:
    if isinstance(report, ActionList):
        yield f"### {inert(report.title)} as at {long_day(report.as_of)}\n"
        yield from _actions(report.rows)
        return
    yield f"**{inert(overdue_title(report) if report.rows else nothing_overdue(report))}**\n"
    for owner, rows in report.groups if report.groups is not None else (("", report.rows),):
        yield f"\n#### {inert(owner)}\n" if owner else ""
        yield from _actions(rows, overdue=True)
    yield f"\n{inert(without_due_words(report.without_due))}\n"


def _actions(rows: Iterable[ActionRow], *, overdue: bool = False) -> Iterator[str]:
    headings = ["Reference", "Action", "Owner", "Due", "Status"]
    lines = [
        [str(row.ref), row.state.text, ", ".join(row.state.owners), due_words(row.state, long_day),
         status_words(row, long_day)]
        for row in rows
    ]  # fmt: skip
    if overdue:
        headings += ["Carried", "Latest word"]
        for row, line in zip(rows, lines, strict=True):
            line += [times_words(row.state.times_carried), latest_words(row.state, long_day)]
    yield from _table(headings, lines)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    if not rows:
        yield "\nThere are none.\n"
        return
    yield "\n" + _line(headings) + _line(["---"] * len(headings), rule=True)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str], *, rule: bool = False) -> str:
    return "| " + " | ".join(cell if rule else inert(cell) for cell in cells) + " |\n"
