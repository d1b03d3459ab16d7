"""Drawing at a terminal with Rich: text as data, tables in columns, and stacked lines for narrow windows.

Every text passes through `Painter.fit`, and becomes a Rich `Text`, never markup: Rich itself lets escape
sequences and bidirectional characters through, and raises on a stray `[/]`.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from tracker.renderers.base import Screen
from tracker.renderers.clean import clean, encodable
from tracker.renderers.columns import GAP, CellLines, Measure, Table, is_reference, widths

if TYPE_CHECKING:
    from rich.table import Table as RichTable
    from rich.text import Text

# Narrower windows exist only by accident; laying out for them would cut everything into letters.
_NARROWEST: Final = 20
# So many rows are drawn at a time: a long report starts to print at once and needs no room for all of it.
_ROWS_AT_A_TIME: Final = 200
_TRAILING_SPACE: Final = re.compile(r" +$", re.MULTILINE)
_INDENT: Final = 2
_LABEL: Final = "dim"


class Painter:
    """Turns texts and tables into pieces of output for one screen."""

    def __init__(self, screen: Screen) -> None:
        from rich.console import Console

        self._encoding = screen.encoding
        self._width = max(screen.width, _NARROWEST)
        self._rule = "\u2500" if encodable("\u2500", screen.encoding) == "\u2500" else "-"
        self._console = Console(
            file=io.StringIO(),
            width=self._width,
            height=25,
            color_system="standard" if screen.colour else None,
            force_terminal=screen.colour,
            no_color=not screen.colour,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )

    def fit(self, text: str) -> str:
        """The text on one line, safe, in characters that the stream can take."""
        return encodable(clean(text), self._encoding)

    def heading(self, text: str) -> str:
        """A line of its own in bold; it may wrap, unless it is a reference."""
        return self._paragraph(text, "bold")

    def sentence(self, text: str) -> str:
        """A sentence, wrapped."""
        return self._paragraph(text, "")

    def labelled(self, pairs: Sequence[tuple[str, CellLines]]) -> str:
        """Indented lines, each value beside its label; what has no value is left out."""
        shown = [(self.fit(label), [line for line in map(self.fit, lines) if line]) for label, lines in pairs]
        shown = [(label, lines) for label, lines in shown if lines]
        longest = max((len(label) for label, _ in shown), default=0)
        beside = _INDENT + longest + GAP <= self._width // 3
        pieces: list[Text] = []
        for label, lines in shown:
            pieces.extend(self._beside(label, lines, longest) if beside else self._beneath(label, lines))
        return self._print(pieces)

    def table(self, *tables: Table) -> Iterator[str]:
        """The first of these tables that fits the width; else the last one squeezed; else the first one stacked."""
        fitted = [self._fitted(table) for table in tables]
        for table, squeeze in [*((table, False) for table in fitted), (fitted[-1], True)]:
            columns = widths(table, self._width, self._measure, squeeze)
            if columns is not None:
                yield from self._columns(table, columns)
                return
        yield from self._stacked(fitted[0])

    def _fitted(self, table: Table) -> Table:
        columns = tuple(column._replace(heading=self.fit(column.heading)) for column in table.columns)
        return Table(columns, [tuple(tuple(map(self.fit, lines)) for lines in row) for row in table.rows])

    def _columns(self, table: Table, columns: list[int]) -> Iterator[str]:
        spaced = any(_wraps(row, columns, self._measure) for row in table.rows)
        head = self._grid(columns, spaced=False)
        head.add_row(*(self._text(column.heading, "bold") for column in table.columns))
        rule = self._rule * (sum(columns) + GAP * (len(columns) - 1))
        yield self._print([head, self._text(rule, _LABEL)])
        styles = [column.style for column in table.columns]
        for start in range(0, len(table.rows), _ROWS_AT_A_TIME):
            body = self._grid(columns, spaced)
            for row in table.rows[start : start + _ROWS_AT_A_TIME]:
                body.add_row(*map(self._cell, row, styles))
            yield ("\n" if spaced and start else "") + self._print([body])

    def _grid(self, columns: list[int], spaced: bool) -> "RichTable":
        from rich.table import Table as RichTable

        grid = RichTable.grid(padding=(0, GAP, 1 if spaced else 0, 0), collapse_padding=False)
        for width in columns:
            grid.add_column(width=width, overflow="fold")
        return grid

    def _stacked(self, table: Table) -> Iterator[str]:
        labels = [column.heading for column in table.columns[1:]]
        for place, row in enumerate(table.rows):
            name = self.heading(" ".join(row[0]))
            yield ("\n" if place else "") + name + self.labelled(list(zip(labels, row[1:], strict=True)))

    def _beside(self, label: str, lines: Sequence[str], longest: int) -> "Iterator[Text]":
        start = " " * _INDENT + label.ljust(longest + GAP)
        for line in self._wrapped(lines, self._width - len(start)):
            yield self._text(start, _LABEL).append_text(line)
            start = " " * len(start)

    def _beneath(self, label: str, lines: Sequence[str]) -> "Iterator[Text]":
        yield self._text(" " * _INDENT + label, _LABEL)
        indent = " " * (2 * _INDENT)
        for line in self._wrapped(lines, self._width - len(indent)):
            yield self._text(indent, "").append_text(line)

    def _wrapped(self, lines: Sequence[str], width: int) -> "Iterator[Text]":
        for line in lines:
            text = self._text(line, "")
            yield from [text] if is_reference(line) else text.wrap(self._console, width, overflow="fold")

    def _paragraph(self, text: str, style: str) -> str:
        text = self.fit(text)
        drawn = self._text(text, style)
        return self._print([drawn] if is_reference(text) else drawn.wrap(self._console, self._width, overflow="fold"))

    def _cell(self, lines: CellLines, style: str) -> "Text":
        from rich.text import Text

        first, *more = lines
        return Text.assemble((first, style), *((f"\n{line}", _LABEL) for line in more))

    def _text(self, text: str, style: str) -> "Text":
        from rich.text import Text

        # a style of the whole Text would colour the blanks that fill up its line, too
        return Text.assemble((text, style))

    def _measure(self, text: str) -> int:
        from rich.cells import cell_len

        return cell_len(text)

    def _print(self, pieces: "Iterable[Text | RichTable]") -> str:
        """What Rich draws. Lines may be longer than the width only where a reference is: it is never cut."""
        with self._console.capture() as capture:
            for piece in pieces:
                self._console.print(piece, no_wrap=True, overflow="ignore", crop=False)
        return _TRAILING_SPACE.sub("", capture.get())


def _wraps(row: Sequence[CellLines], columns: Sequence[int], measure: Measure) -> bool:
    return any(len(cell) > 1 or measure(cell[0]) > width for cell, width in zip(row, columns, strict=True))
