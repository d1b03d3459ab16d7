"""Pages: how they are built, and that no text becomes anything but text."""

import re
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any, overload

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.renderers.pages import COLUMNS, PAPER, hostile, row, table
from tests.renderers.samples import DAY, LIFE, REGISTER, every_report
from tests.renderers.test_changes import a_log
from tests.renderers.test_changes import report as a_diff
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.html import html_document, render
from tracker.renderers.papers.document import Bar, Bars, Cell, Document, Facts, Heading, Paragraph, Table
from tracker.reports.details import action_detail, board_detail, meeting_detail
from tracker.reports.findings import findings_report
from tracker.reports.listing import list_actions, overdue

VOID = {"meta", "link", "rect"}


class Element:
    """An element of a page: its name, its attributes, the elements and texts in it."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name = name
        self.attributes = attributes
        self.inside: list[Element | str] = []

    def all(self, *names: str) -> "list[Element]":
        """All elements below of these names, or simply all, in order."""
        found: list[Element] = []
        for one in self.inside:
            if isinstance(one, Element):
                found += [*([one] if not names or one.name in names else []), *one.all(*names)]
        return found

    @property
    def text(self) -> str:
        return "".join(one if isinstance(one, str) else one.text for one in self.inside)


class Reader(HTMLParser):
    """Reads a page; what is not closed as it was opened is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        assert len(element.attributes) == len(attrs), "an attribute twice"
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def laid_out(paper: Document, screen: Screen = Screen()) -> str:
    return "".join(html_document(paper, screen))


def read(page: str) -> Element:
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert len(reader.open) == 1, "something is left open"
    return reader.open[0]


def only(page: Element, name: str) -> Element:
    (found,) = page.all(name)
    return found


def test_a_page_has_its_landmarks_and_says_its_language_and_title() -> None:
    page = read(laid_out(PAPER))
    assert only(page, "html").attributes["lang"] == "en-GB"
    assert only(page, "head").all("title")[0].text == only(page, "h1").text == PAPER.title
    assert [one.name for one in only(page, "body").inside if isinstance(one, Element)] == ["a", "header", "main", "footer"]
    assert only(page, "main").attributes["id"] == page.all("a")[0].attributes["href"][1:]  # type: ignore[index]


def test_the_marking_stands_at_the_top_and_at_the_bottom_and_on_each_sheet() -> None:
    page = read(laid_out(PAPER))
    marks = [one for one in page.all("p") if one.attributes.get("class") == "marking"]
    assert [mark.text for mark in marks] == [PAPER.marking] * 2
    assert page.all("header")[0].all("p")[0] is marks[0] and page.all("footer")[0].all("p")[-1] is marks[1]
    assert only(page, "style").text.count('content: "OFFICIAL \\2013  SENSITIVE"') == 2


def test_a_paper_without_marking_and_foot_has_neither() -> None:
    page = laid_out(PAPER._replace(marking=None, foot=()))
    assert 'class="marking"' not in page and "<footer" not in page and "@top-center { content: \"" not in page


@pytest.mark.parametrize("levels", [(2, 3, 2), (3, 3, 2), (3,), (2, 3, 3, 3)])
def test_no_level_of_heading_is_left_out(levels: Sequence[int]) -> None:
    page = read(laid_out(Document("Title", blocks=tuple(Heading("x", level) for level in levels))))
    found = [int(one.name[1]) for one in page.all("h1", "h2", "h3")]
    assert found[0] == 1 and all(here <= above + 1 for above, here in zip(found, found[1:]))


def test_tables_have_captions_and_headers_with_their_scope() -> None:
    page = read(laid_out(PAPER))
    ids = [one.attributes["id"] for one in page.all() if "id" in one.attributes]
    assert len(set(ids)) == len(ids)
    for frame in (one for one in page.all("div") if one.attributes.get("role") == "region"):
        assert only(frame, "caption").attributes["id"] == frame.attributes["aria-labelledby"]
        assert [one.attributes["scope"] for one in only(frame, "thead").all("th")] == ["col"] * len(only(frame, "thead").all("th"))
        for line in only(frame, "tbody").all("tr"):
            assert [one.attributes["scope"] for one in line.all("th")] == ["row"]
            assert len(line.all("th", "td")) == len(only(frame, "thead").all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 3


def test_a_caption_that_the_heading_has_said_is_not_seen_twice() -> None:
    captions = {one.text: one.attributes.get("class") for one in read(laid_out(PAPER)).all("caption")}
    assert captions["With the board"] == "unseen"
    assert captions["Overdue at this meeting, longest first"] is None


def test_only_a_wide_table_is_a_stop_of_the_keyboard() -> None:
    frames = [one for one in read(laid_out(PAPER)).all("div") if one.attributes.get("role") == "region"]
    assert [one.attributes.get("tabindex") for one in frames] == ["0", None]


def test_a_table_and_a_plot_of_nothing_say_so() -> None:
    page = read(laid_out(Document("Paper", blocks=(Heading("Overdue"), Table("Overdue", COLUMNS, ()), Bars("On time", ())))))
    assert [one.text for one in page.all("p")] == ["None.", "On time: none."]
    assert not page.all("table")


def test_days_are_dates_to_programs_and_written_out_for_people() -> None:
    page = read(laid_out(PAPER))
    assert {(one.attributes["datetime"], one.text) for one in page.all("time")} == {("2026-02-25", "25 February 2026")}


def test_facts_without_a_value_are_left_out_and_several_values_are_lines() -> None:
    facts = Facts((("Venue", None), ("Time", ""), ("Owners", ("Force", "OPCC")), ("Nobody", ()), ("Number", 0)))
    shown = only(read(laid_out(Document("Paper", blocks=(facts,)))), "dl")
    assert [(one.name, one.text) for one in shown.all("dt", "dd")] == [
        ("dt", "Owners"), ("dd", "Force"), ("dd", "OPCC"), ("dt", "Number"), ("dd", "0"),
    ]  # fmt: skip


def test_a_cell_says_its_value_and_what_goes_with_it() -> None:
    cells = only(read(laid_out(PAPER)).all("table")[0], "tbody").all("tr")[1].all("th", "td")
    assert [one.text for one in cells] == [
        "PDB/2025-11-26/02carried a third time",
        "Explore a rural crime update in context for inclusion in the report",
        "Force, OPCC", "26 Nov 2025item 3i", "25 February 2026first due 26 November 2025", "1,105", "",
    ]  # fmt: skip
    assert cells[5].all("strong") and not cells[-1].inside
    assert [one.attributes["data-label"] for one in cells[1:]] == [column.heading for column in COLUMNS[1:]]


def test_a_plot_is_drawn_and_said() -> None:
    plot = read(laid_out(PAPER)).all("table")[-1]
    assert [one.attributes["width"] for one in plot.all("rect")] == ["62", "100"]
    assert [one.text for one in plot.all("td")[1::2]] == ["62 per cent, 21 of 34", "100 per cent, 4 of 4"]
    assert [one.text for one in plot.all("title")] == ["Force", "OPCC"]
    assert [one.text for one in plot.all("desc")] == ["62 per cent, 21 of 34", "100 per cent, 4 of 4"]


def test_a_plot_of_zeros_divides_by_nothing() -> None:
    page = read(laid_out(Document("Paper", blocks=(Bars("None yet", (Bar("Force", 0, "0"), Bar("OPCC", 0.0, "0"))),))))
    assert [one.attributes["width"] for one in page.all("rect")] == ["0", "0"]


def test_the_policy_allows_this_style_and_nothing_else() -> None:
    for paper in (PAPER, PAPER._replace(marking=None), hostile("</style>"), hostile("\N{POUND SIGN}\r\n\N{GRINNING FACE}")):
        page = read(laid_out(paper))
        policy = next(one for one in page.all("meta") if one.attributes.get("http-equiv") == "Content-Security-Policy")
        digest = b64encode(sha256(only(page, "style").text.encode()).digest()).decode()
        assert policy.attributes["content"] == (
            f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
        )
        assert not any("style" in one.attributes for one in page.all())
        assert not page.all("script", "img", "iframe", "object", "form", "base")


def test_the_policy_stands_before_all_that_it_governs() -> None:
    first = [one.name for one in only(read(laid_out(PAPER)), "head").all()][:3]
    assert first == ["meta", "meta", "meta"] and laid_out(PAPER).index("Content-Security-Policy") < laid_out(PAPER).index("<link")


def skeleton(page: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, tuple(one.attributes)) for one in page.all()]


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.text(max_size=30) | st.text("<>&\"'/-!\\{}%#;@ \r\n=\0\x1b\u202e\u200b]", max_size=30))
def test_any_text_is_read_as_it_is_shown_and_changes_nothing_around_it(text: str) -> None:
    text = f"x{text}x"
    page = read(laid_out(hostile(text)))
    assert skeleton(page) == skeleton(read(laid_out(hostile("x"))))
    shown = clean(text)
    texts = [one.text for one in page.all("h1", "h2", "dt", "dd", "li", "caption", "title", "desc")]
    assert texts and set(texts) == {shown}
    assert {one.text for one in page.all("tbody")[0].all("th", "td")} == {shown * 3}
    assert {one.attributes["data-label"] for one in page.all("td") if "data-label" in one.attributes} == {shown}


def test_the_texts_at_the_edges_of_a_sheet_cannot_leave_their_string() -> None:
    ends = '"; } body { display: none } </style><script>/*\\'
    edges = laid_out(hostile(ends)).rpartition("@page { size")[2].partition("\n")[0]
    strings = re.findall(r"content: (.*?); }", edges)
    assert len(strings) == 4
    assert all(re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"', one) for one in strings if "counter" not in one)
    assert re.sub(r'".*?"', "", edges).count("}") == 5


class Counted(Sequence[tuple[Cell, ...]]):
    """Rows that are made when they are asked for, and counted."""

    def __init__(self, length: int) -> None:
        self.length = length
        self.made = 0

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...

    def __getitem__(self, index: Any) -> Any:
        if index >= self.length:
            raise IndexError(index)
        self.made += 1
        return row(index)


def test_rows_are_taken_as_the_page_is_handed_on() -> None:
    rows = Counted(10_000)
    pieces = html_document(Document("Actions", blocks=(Table("All", COLUMNS, rows),)))
    next(pieces)
    assert rows.made < 100
    made, longest = [], 0
    for piece in pieces:
        made.append(rows.made)
        longest = max(longest, len(piece))
    assert longest < 50_000 and len(made) > 100
    assert rows.made == 10_000


def test_rows_are_taken_through_the_screen() -> None:
    seen: list[int] = []

    def watch(rows: Sequence[Any]) -> Iterator[Any]:
        seen.append(len(rows))
        yield from rows

    laid_out(Document("Actions", blocks=(table(3), table(5))), Screen(watch=watch))
    assert seen == [3, 5]


def test_a_stream_without_the_letters_gets_them_by_number() -> None:
    report = overdue(REGISTER, DAY, "pdb")._replace(board="B\N{LATIN SMALL LETTER E WITH ACUTE}")
    plain = "".join(render(report, Screen(encoding="cp1252")))
    assert plain.isascii() and "B&#233;" in plain
    assert skeleton(read(plain)) == skeleton(read("".join(render(report))))


@pytest.mark.parametrize("report", list(every_report(REGISTER)), ids=lambda report: type(report).__name__)
def test_every_report_is_a_page(report: Any) -> None:
    page = read("".join(render(report)))
    assert len(page.all("h1")) == 1
    for ref in {str(found.action.ref) for found in getattr(report, "rows", ()) if hasattr(found, "action")}:
        assert any(one.text.startswith(ref) for one in page.all("th"))


def test_an_overdue_page_ends_with_what_has_no_due_day() -> None:
    page = read("".join(render(overdue(REGISTER, DAY, by_owner=True))))
    assert [one.text for one in page.all("h2")] == ["Force: 2 actions"]
    assert only(page, "footer").text.strip() == "1 live action has no due day: see tracker list --no-due."


def test_what_begins_a_page_says_so_to_the_printer() -> None:
    page = read("".join(html_document(Document("Letters", blocks=(Heading("To one"), Heading("To another", new_page=True))))))
    assert [one.attributes.get("class") for one in page.all("h2")] == [None, "new-page"]


def test_nothing_overdue_and_nothing_wrong_are_said() -> None:
    assert "Nothing is overdue" in "".join(render(overdue(REGISTER, DAY, "none")))
    assert "Nothing is wrong with the register." in "".join(render(findings_report(())))
    assert "There are none." in "".join(render(list_actions(REGISTER, DAY)._replace(rows=())))


@pytest.mark.parametrize("name", ["overdue", "overdue_by_owner", "list", "action", "meeting", "board", "diff", "log"])
def test_golden(golden: Callable[[str, str], None], name: str) -> None:
    meeting, board = next(iter(REGISTER.meetings.values())), REGISTER.boards["pdb"]
    reports: dict[str, Any] = {
        "overdue": overdue(REGISTER, DAY, "pdb"),
        "overdue_by_owner": overdue(REGISTER, DAY, by_owner=True),
        "list": list_actions(REGISTER, DAY),
        "action": action_detail(REGISTER, LIFE[1], DAY),
        "meeting": meeting_detail(REGISTER, meeting, DAY),
        "board": board_detail(REGISTER, board, DAY),
        "diff": a_diff(),
        "log": a_log(),
    }
    golden(f"page_{name}.html", "".join(render(reports[name])))


def test_a_paragraph_says_its_weight() -> None:
    page = read(laid_out(Document("P", blocks=(Paragraph("a", "lead"), Paragraph("b"), Paragraph("c", "small")))))
    assert [one.attributes.get("class") for one in page.all("p")] == ["lead", None, "small"]
