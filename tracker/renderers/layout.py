"""How the text formats write the values of a document."""

from collections.abc import Iterable, Iterator

from tracker.renderers.papers.document import Bars, Block, Cell, Heading, Table, Value
from tracker.renderers.words import SayDay, cell_words


def value_words(value: Value, say_day: SayDay) -> str:
    """A value on one line: numbers with commas (`2,353`), several values joined by commas, nothing for None."""
    if isinstance(value, int | float):
        return f"{value:,}"
    return cell_words(value, say_day)


def value_lines(value: Value, say_day: SayDay) -> tuple[str, ...]:
    """The same with each of several values on a line of its own."""
    return value if isinstance(value, tuple) else (value_words(value, say_day),)


def cell_lines(cell: Cell, say_day: SayDay) -> tuple[str, ...]:
    """What stands in the cell, then what goes with it beneath; at least one line, which may be empty."""
    lines = [value_words(cell.value, say_day), *cell.beneath]
    return tuple(line for line in lines if line) or ("",)


def headed(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether a heading above it says what a caption of its own would say again."""
    named = False
    for block in blocks:
        named = named or isinstance(block, Heading)
        yield block, named
        if isinstance(block, Table | Bars):
            named = False
