"""A paper as a document: what the formats for people lay out, each in its own way.

Whoever makes a document writes no mark-up, and no format knows what a paper is about. Texts are data
from the records; each format makes them inert where it writes them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

Value = str | int | float | date | None | tuple[str, ...]

Kind = Literal["text", "reference", "day", "number", "short"]
"""What a column holds: `text` takes the room that the others leave; `short` is a few words."""


class Cell(NamedTuple):
    """A value in a table, with what goes with it below in smaller letters, line by line.

    `strong` marks what must catch the eye; what it means must also stand there in words.
    """

    value: Value
    beneath: tuple[str, ...] = ()
    strong: bool = False


class Column(NamedTuple):
    """`key` names the column to programs and never changes; `heading` is what people read.

    What is `aside` may stand beneath the first text where there is too little room for a column of its own.
    """

    key: str
    heading: str
    kind: Kind = "text"
    aside: bool = False


class Table(NamedTuple):
    """Rows under headings. The first column names its row. `caption` says what the table shows."""

    caption: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]


class Heading(NamedTuple):
    """Level 2 is a section, level 3 a part of one; the title of the document is level 1.

    `new_page` begins a page where the format has pages.
    """

    text: str
    level: int = 2
    new_page: bool = False


class Paragraph(NamedTuple):
    """`lead` is the summary at the top, `small` a remark."""

    text: str
    tone: Literal["plain", "lead", "small"] = "plain"


class Facts(NamedTuple):
    """Labels with their values; several values under one label are lines of their own."""

    pairs: tuple[tuple[str, Value], ...]


class Bullets(NamedTuple):
    """A list without an order."""

    entries: tuple[str, ...]


class Bar(NamedTuple):
    """`words` say the amount as a reader reads it (`62 per cent, 21 of 34`)."""

    label: str
    amount: float
    words: str


class Bars(NamedTuple):
    """A plot of amounts of one kind, 0 or more."""

    caption: str
    bars: tuple[Bar, ...]


Block = Heading | Paragraph | Facts | Bullets | Table | Bars


class Document(NamedTuple):
    """A whole paper. `marking` is its classification; `foot` are the remarks at its end."""

    title: str
    facts: tuple[tuple[str, Value], ...] = ()
    blocks: tuple[Block, ...] = ()
    foot: tuple[str, ...] = ()
    marking: str | None = None


class Data(NamedTuple):
    """A paper as programs and spreadsheets read it: one kind of row, each complete in itself.

    `name` is that of the worksheet, in 31 characters at most.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]
