"""Comma-separated lines with a header, quoted as RFC 4180 says, safe to open in a spreadsheet.

The byte order mark, by which Excel knows a file of UTF-8, is put before it where it becomes a file or goes into
a pipe: at a terminal it would be in the way.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tracker.model.dates import write_day
from tracker.renderers.action_lines import Line
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.lines import headings, lines
from tracker.renderers.papers.making import data_of, is_paper
from tracker.renderers.words import cell_words

if TYPE_CHECKING:
    from tracker.renderers.base import Report

# A spreadsheet takes a cell that begins so for a formula, the full-width signs included.
# Source: OWASP, "CSV Injection".
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """The header, then a line each; line breaks in a text become spaces.

    A text that a spreadsheet would run as a formula gets an apostrophe in front. Lines end as the
    stream ends them: CRLF on Windows, where RFC 4180 is at home.
    """
    import csv

    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    header, rows = _table(report, screen)
    if header is not None:
        writer.writerow(header)
        yield line.text
    for cells in rows:
        writer.writerow([_safe(cell) for cell in cells])
        yield line.text


def _table(report: "Report", screen: Screen) -> tuple[Line | None, Iterator[Line]]:
    if not is_paper(report):
        return headings(report), lines(report)
    data = data_of(report)
    rows = (tuple(cell_words(cell, write_day) for cell in row) for row in screen.watch(data.rows))
    return tuple(column.key for column in data.columns), rows


class _Line:
    """Keeps what the csv module writes, which is one line at a time."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _safe(cell: str) -> str:
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
