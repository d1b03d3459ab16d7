"""Papers in Markdown, as a forge and a converter read it."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from tracker.model.dates import long_day
from tracker.renderers.base import Screen
from tracker.renderers.layout import cell_lines, headed, value_lines
from tracker.renderers.markdown import inert
from tracker.renderers.papers.document import (
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Value,
)

# What at the start of a line would make it a list, a rule or the heading of the line before.
_STARTS_A_BLOCK: Final = re.compile(r"[-+=]|[0-9]+(?=[.)])")


def markdown_document(document: Document, screen: Screen) -> Iterator[str]:
    """The whole paper, piece by piece; the marking stands at its top and at its end."""
    marking = f"{_strong(document.marking)}\n" if document.marking else ""
    yield f"{marking}\n" if marking else ""
    yield f"# {inert(document.title)}\n"
    if document.facts:
        yield "\n" + _facts(document.facts)
    for block, named in headed(document.blocks):
        yield "\n"
        yield from _block(block, screen, captioned=not named)
    for remark in document.foot:
        yield f"\n{_line(remark)}\n"
    yield f"\n{marking}" if marking else ""


def _block(block: Block, screen: Screen, *, captioned: bool) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {inert(block.text)}\n"
        case Paragraph():
            yield f"{_line(block.text)}\n"
        case Facts():
            yield _facts(block.pairs)
        case Bullets():
            yield _bullets(map(_line, block.entries))
        case Table():
            yield _caption(block.caption, captioned)
            yield from _table(block, screen)
        case Bars():
            yield _caption(block.caption, captioned)
            yield _bullets(f"{_line(bar.label)}: {inert(bar.words)}" for bar in block.bars)
        case _:
            assert_never(block)


def _line(text: str) -> str:
    """The text on a line of its own, where it begins no block."""
    line = inert(text.strip())
    start = _STARTS_A_BLOCK.match(line)
    if start is None:
        return line
    number = start[0] if start[0].isdigit() else ""
    return f"{number}\\{line[len(number):]}"


def _strong(text: str) -> str:
    return f"**{inert(text.strip())}**"


def _caption(caption: str, wanted: bool) -> str:
    return f"{_strong(caption)}\n\n" if wanted and caption.strip() else ""


def _facts(pairs: Iterable[tuple[str, Value]]) -> str:
    return _bullets(f"{_line(label)}: {_values(value)}" for label, value in pairs)


def _values(value: Value) -> str:
    return "<br>".join(map(inert, value_lines(value, long_day)))


def _bullets(entries: Iterable[str]) -> str:
    return "".join(f"- {entry}\n" for entry in entries)


def _table(table: Table, screen: Screen) -> Iterator[str]:
    if not table.rows:
        yield "There are none.\n"
        return
    yield _row(inert(column.heading) for column in table.columns)
    yield _row(map(_rule, table.columns))
    for row in screen.watch(table.rows):
        yield _row(map(_cell, row))


def _rule(column: Column) -> str:
    return "---:" if column.kind == "number" else "---"


def _cell(cell: Cell) -> str:
    first, *more = cell_lines(cell, long_day)
    shown = _strong(first) if cell.strong and first.strip() else inert(first)
    return "<br>".join([shown, *map(inert, more)])


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
