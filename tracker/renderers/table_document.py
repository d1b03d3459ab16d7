"""Papers at a terminal: every kind of block, fitted to the width."""

from collections.abc import Iterator
from typing import Final, assert_never

from tracker.model.dates import short_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import encodable
from tracker.renderers.columns import GAP, LONGEST_REFERENCE, CellLines
from tracker.renderers.columns import Column as Drawn
from tracker.renderers.columns import Table as DrawnTable
from tracker.renderers.layout import cell_lines, headed, value_lines
from tracker.renderers.paint import Painter
from tracker.renderers.papers.document import (
    Bars,
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Kind,
    Paragraph,
    Table,
    Value,
)

# The widest that a column of this kind gets, and in a small window; what has no bounds shares the rest.
_BOUNDS: Final[dict[Kind, tuple[int | None, int | None]]] = {
    "text": (None, None),
    "reference": (LONGEST_REFERENCE, None),
    "day": (21, 12),
    "number": (10, 8),
    "short": (16, 10),
}
_LONGEST_BAR: Final = 30


def table_document(document: Document, screen: Screen) -> Iterator[str]:
    """The whole paper, piece by piece; the marking stands at its top and at its end."""
    painter = Painter(screen)
    if document.marking:
        yield painter.sentence(document.marking) + "\n"
    yield painter.heading(document.title)
    if document.facts:
        yield painter.labelled(_labelled(document.facts))
    before: Block | None = None
    for block, named in headed(document.blocks):
        yield "" if _belongs(block, before) else "\n"
        yield from _block(block, painter, screen, captioned=not named)
        before = block
    if document.foot:
        yield "\n" + "".join(map(painter.sentence, document.foot))
    if document.marking:
        yield "\n" + painter.sentence(document.marking)


def _belongs(block: Block, before: Block | None) -> bool:
    """Whether the block stands right below the heading before it, as its content or a part of its section."""
    if not isinstance(before, Heading):
        return False
    return not isinstance(block, Heading) or block.level > before.level


def _block(block: Block, painter: Painter, screen: Screen, *, captioned: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield painter.heading(block.text)
        case Paragraph():
            yield painter.sentence(block.text)
        case Facts():
            yield painter.labelled(_labelled(block.pairs))
        case Bullets():
            yield painter.labelled([("-", (entry,)) for entry in block.entries])
        case Table():
            yield painter.heading(block.caption) if captioned and block.caption else ""
            yield from _table(block, painter, screen)
        case Bars():
            yield painter.heading(block.caption) if captioned and block.caption else ""
            yield painter.labelled([(bar.label, (_bar(bar.amount, block, screen) + bar.words,)) for bar in block.bars])
        case _:
            assert_never(block)


def _labelled(pairs: tuple[tuple[str, Value], ...]) -> list[tuple[str, CellLines]]:
    return [(label, value_lines(value, short_day)) for label, value in pairs]


def _table(table: Table, painter: Painter, screen: Screen) -> Iterator[str]:
    rows = [tuple(cell_lines(cell, short_day) for cell in row) for row in screen.watch(table.rows)]
    if not rows:
        yield painter.sentence("There are none.")
        return
    columns, rows = _filled(table.columns, rows)
    whole = DrawnTable(tuple(map(_drawn, columns)), rows)
    yield from painter.table(whole, *_folded(columns, rows))


def _filled(
    columns: tuple[Column, ...], rows: list[tuple[CellLines, ...]]
) -> tuple[tuple[Column, ...], list[tuple[CellLines, ...]]]:
    """The table without columns in which nothing stands."""
    kept = [index for index in range(len(columns)) if index == 0 or any(any(row[index]) for row in rows)]
    if len(kept) == len(columns):
        return columns, rows
    return tuple(columns[index] for index in kept), [tuple(row[index] for index in kept) for row in rows]


def _drawn(column: Column) -> Drawn:
    most, squeezed = _BOUNDS[column.kind]
    # A heading may wrap, but none of its words may break.
    word = max(map(len, column.heading.split()), default=0)
    most, squeezed = (bound and max(bound, word) for bound in (most, squeezed))
    return Drawn(column.heading, most, squeezed, "bold" if column.kind == "reference" else "")


def _folded(columns: tuple[Column, ...], rows: list[tuple[CellLines, ...]]) -> Iterator[DrawnTable]:
    """The table for usual windows: further columns of text stand under the first one, then those aside, too."""
    texts = [index for index, column in enumerate(columns) if column.kind == "text"]
    aside = [index for index, column in enumerate(columns) if column.aside]
    if len(texts) > 1:
        yield _under(texts[0], texts[1:], columns, rows)
    if texts and aside:
        yield _under(texts[0], sorted({*texts[1:], *aside}), columns, rows)


def _under(
    home: int, moved: list[int], columns: tuple[Column, ...], rows: list[tuple[CellLines, ...]]
) -> DrawnTable:
    """The table with these columns under another one, line by line."""
    kept = [index for index in range(len(columns)) if index not in moved]
    return DrawnTable(
        tuple(_drawn(columns[index]) for index in kept),
        [tuple(_with(row, home, moved, columns) if index == home else row[index] for index in kept) for row in rows],
    )


def _with(row: tuple[CellLines, ...], home: int, moved: list[int], columns: tuple[Column, ...]) -> CellLines:
    below = [f"{columns[index].heading}: {_joined(row[index])}" for index in moved if any(row[index])]
    return (*row[home], *below)


def _joined(lines: CellLines) -> str:
    first, *more = lines
    return f"{first} ({', '.join(more)})" if more else first


def _bar(amount: float, block: Bars, screen: Screen) -> str:
    """A bar and the blanks up to the words; the longest of the plot is as long as there is room for."""
    most = max(bar.amount for bar in block.bars)
    sign = "\u2588" if encodable("\u2588", screen.encoding) == "\u2588" else "#"
    room = min(_LONGEST_BAR, max(screen.width // 3, 1))
    length = max(round(room * amount / most), 1) if amount > 0 else 0
    return (sign * length).ljust(room + GAP)
