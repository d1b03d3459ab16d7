"""Documents at a terminal and in Markdown: every kind of block, at every width, and nothing in it comes alive."""

import re
from datetime import date

import pytest
from rich.cells import cell_len

from tests.renderers.test_markdown import ALIVE, CELL
from tests.renderers.test_terminal_safety import HOSTILE, assert_harmless
from tracker.model.dates import long_day, short_day
from tracker.renderers.base import Screen
from tracker.renderers.columns import is_reference
from tracker.renderers.layout import cell_lines, value_lines, value_words
from tracker.renderers.markdown_document import markdown_document
from tracker.renderers.papers.document import (
    Bar,
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
)
from tracker.renderers.table_document import table_document

COLUMNS = (
    Column("ref", "Reference", "reference"),
    Column("text", "Action"),
    Column("due", "Due date", "day"),
    Column("days", "Days", "number"),
    Column("closed", "Closed", "day"),
    Column("word", "Latest word"),
)
REF = "PDB/2025-11-26B/123"


def a_row(text: str = "Explore a rural crime update in context", word: str = "Draft with the OPCC for comment") -> tuple[Cell, ...]:
    due = Cell(date(2026, 2, 25), ("first due 26 Nov 2025",))
    return (Cell(REF), Cell(text, ("Raised 26 Nov 2025",)), due, Cell(2163, strong=True), Cell(None), Cell(word, ("10 Jan 2026",)))


DOCUMENT = Document(
    "A paper",
    (("Board", "Performance and Delivery Board"), ("Day", date(2026, 2, 25)), ("Present", ("Ann", "Bob"))),
    (
        Paragraph("2 actions are live.", "lead"),
        Heading("Overdue"),
        Heading("Force", 3),
        Table("Said above", COLUMNS, [a_row()]),
        Facts((("Items", 3),)),
        Table("Said nowhere else", COLUMNS[:2], [a_row()[:2]]),
        Table("Nothing", COLUMNS, []),
        Bullets(("one", "two")),
        Bars("Raised", (Bar("April to June 2023", 4, "4 actions"), Bar("July", 1, "1 action"), Bar("August", 0, "none"))),
    ),
    ("A remark at the foot.",),
    "OFFICIAL",
)


def at_a_terminal(document: Document = DOCUMENT, width: int = 100, encoding: str = "utf-8") -> str:
    return "".join(table_document(document, Screen(width, encoding=encoding)))


def in_markdown(document: Document = DOCUMENT) -> str:
    return "".join(markdown_document(document, Screen()))


def one(block: Block) -> Document:
    return Document("T", blocks=(block,))


def everywhere(text: str) -> Document:
    """A document that has this text in every place that can hold one."""
    cells = tuple(Cell(text, (text, text)) for _ in COLUMNS)
    columns = tuple(column._replace(heading=text) for column in COLUMNS)
    return Document(
        text,
        ((text, text), (text, (text, text))),
        (
            Heading(text), Heading(text, 3), Paragraph(text), Paragraph(text, "small"), Facts(((text, text),)), Bullets((text,)),
            Table(text, columns, [cells, cells]), Table(text, columns, [cells]), Bars(text, (Bar(text, 1, text), Bar(text, 0, text))),
        ),
        (text,),
        text,
    )  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 100, 160])
def test_at_a_terminal_it_looks_as_agreed(width: int, golden) -> None:  # type: ignore[no-untyped-def]
    golden(f"papers/blocks_{width}.txt", at_a_terminal(width=width))


def test_in_markdown_it_looks_as_agreed(golden) -> None:  # type: ignore[no-untyped-def]
    golden("papers/blocks.md", in_markdown())


@pytest.mark.parametrize("width", range(30, 170, 11))
def test_references_are_whole_and_nothing_else_goes_over_the_edge(width: int) -> None:
    out = at_a_terminal(width=width)
    assert re.search(rf"(^| ){REF}( |$)", out, re.MULTILINE)
    assert all(cell_len(line) <= width or is_reference(line.strip()) for line in out.splitlines())
    words = "Explore a rural crime update in context Raised Draft with the OPCC for comment 2,163".split()
    assert all(word in out for word in words)


def test_a_window_too_narrow_for_all_has_the_further_texts_under_the_first() -> None:
    assert "Latest word: Draft" not in at_a_terminal(width=160)
    folded = " ".join(at_a_terminal(width=90).split())
    assert "Latest word: Draft with the OPCC" in folded and "comment (10 Jan 2026)" in folded


FIGURES = (
    Column("group", "Owner"),
    *(Column(name.lower(), name, "number") for name in ("Raised", "Discharged", "Withdrawn", "Live", "Overdue", "Meetings", "Slips")),
)


@pytest.mark.parametrize("width", range(40, 140, 7))
def test_no_word_of_a_heading_breaks(width: int) -> None:
    cells = tuple(map(Cell, ("Office of the Kent Police and Crime Commissioner", *range(7))))
    out = at_a_terminal(one(Table("T", FIGURES, [cells])), width)
    assert all(re.search(rf"\b{column.heading}\b", out) for column in FIGURES[1:])


def test_columns_aside_go_under_the_first_text_before_the_rows_are_stacked() -> None:
    aside = [column._replace(aside=column.key == "closed") for column in COLUMNS]
    rows = [(*a_row()[:4], Cell(date(2026, 1, 1)), a_row()[5])]
    wide, usual = (at_a_terminal(one(Table("T", tuple(aside), rows)), width) for width in (170, 80))
    assert "Closed:" not in wide and re.search(r"Days +Closed", wide)
    assert "Closed: 1 Jan 2026" in usual and re.search(r"^Reference .*Due date +Days$", usual, re.MULTILINE)


def test_sections_stand_apart_and_parts_follow_their_section() -> None:
    blocks = (Heading("One"), Heading("Two"), Heading("Part", 3), Paragraph("Words"), Heading("Other part", 3), Heading("Three"))
    assert at_a_terminal(Document("T", blocks=blocks)).splitlines() == [
        "T", "", "One", "", "Two", "Part", "Words", "", "Other part", "", "Three"
    ]  # fmt: skip


def test_what_stands_in_no_row_has_no_column_at_a_terminal() -> None:
    assert "Closed" not in at_a_terminal(width=160)
    filled = one(Table("T", COLUMNS, [a_row(), (*a_row()[:4], Cell(date(2026, 1, 1)), Cell(""))]))
    assert "Closed" in at_a_terminal(filled, 160)


def test_ascii_screens_get_ascii() -> None:
    assert at_a_terminal(everywhere("会議 – é"), encoding="ascii").isascii()


def test_the_longest_bar_is_as_long_as_there_is_room_and_none_is_for_nothing() -> None:
    lines = [line for line in at_a_terminal().splitlines() if "April" in line or "July" in line or "August" in line]
    assert [line.count("\u2588") for line in lines] == [30, 8, 0]
    assert [line.rsplit("  ", 1)[1] for line in lines] == ["4 actions", "1 action", "none"]
    nothing = one(Bars("Raised", (Bar("July", 0, "none"),)))
    assert "\u2588" not in at_a_terminal(nothing)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("width", [40, 120])
def test_no_text_does_anything_to_a_terminal_or_a_reader(text: str, width: int) -> None:
    assert_harmless(at_a_terminal(everywhere(text), width))
    assert_harmless(in_markdown(everywhere(text)))


@pytest.mark.parametrize("text", [*ALIVE, *filter(str.strip, HOSTILE), "- item", "1. item", "12) item", "+ item", "= x", "---", "    code", "> quote", "# head"])
def test_nothing_comes_alive_in_markdown(text: str) -> None:
    plain = in_markdown(everywhere("plain"))
    out = in_markdown(everywhere(text))
    assert [shape(line) for line in out.splitlines()] == [shape(line) for line in plain.splitlines()]


def shape(line: str) -> tuple[str, int]:
    """What Markdown takes the line for: its opening, how many cells it has."""
    opening = re.match(r"#+ |- |\| |\*\*(?=\S)|\+ |=|\d+[.)]|>|\s+|", line)
    assert opening
    return opening[0] if line else "", len(CELL.findall(line.replace("\\\\", "")))


def test_a_strong_value_is_bold_and_a_number_stands_right() -> None:
    out = in_markdown()
    assert "| **2,163** |" in out and "| --- | --- | --- | ---: | --- | --- |" in out


def test_values_as_people_write_them() -> None:
    assert [value_words(value, short_day) for value in (None, 2353, 1.5, "x", date(2026, 2, 5), ("a", "b"))] == [
        "", "2,353", "1.5", "x", "5 Feb 2026", "a, b"
    ]  # fmt: skip
    assert value_lines(("a", "b"), long_day) == ("a", "b")
    assert cell_lines(Cell(None), long_day) == ("",)
    assert cell_lines(Cell(None, ("beneath",)), long_day) == ("beneath",)


def test_a_long_table_comes_bit_by_bit_and_its_rows_are_watched() -> None:
    seen: list[int] = []

    def watch(rows):  # type: ignore[no-untyped-def]
        for place, row in enumerate(rows):
            seen.append(place)
            yield row

    rows = [a_row() for _ in range(450)]
    pieces = table_document(one(Table("T", COLUMNS, rows)), Screen(120, watch=watch))
    assert "".join(pieces).count(REF) == 450 and len(seen) == 450
    lines = markdown_document(one(Table("T", COLUMNS, rows)), Screen(watch=watch))
    while REF not in next(lines):
        pass
    assert len(seen) == 451
    assert sum(REF in line for line in lines) == 449
