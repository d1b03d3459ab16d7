"""Comma-separated lines with a header, quoted as RFC 4180 says, safe to open in a spreadsheet."""

from collections.abc import Iterator
from typing import Final

from tracker.renderers.base import Report, Screen
from tracker.renderers.clean import clean
from tracker.renderers.lines import headings, lines

# A spreadsheet takes a cell that begins so for a formula, the full-width signs included.
# Source: OWASP, "CSV Injection".
_FORMULA: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: Report, screen: Screen = Screen()) -> Iterator[str]:
    """The header, then a line each; line breaks in a text become spaces.

    A text that a spreadsheet would run as a formula gets an apostrophe in front. Lines end as the
    stream ends them: CRLF on Windows, where RFC 4180 is at home.
    """
    import csv

    line = _Line()
    writer = csv.writer(line, lineterminator="\n")
    header = headings(report)
    if header is not None:
        writer.writerow(header)
        yield line.text
    for cells in lines(report):
        writer.writerow([_safe(cell) for cell in cells])
        yield line.text


class _Line:
    """Keeps what the csv module writes, which is one line at a time."""

    text = ""

    def write(self, text: str) -> None:
        self.text = text


def _safe(cell: str) -> str:
    cell = clean(cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell
