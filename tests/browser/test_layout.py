"""How a page behaves: by keyboard, on a phone, printed."""

import io
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Opens
from tests.renderers.pages import PAPER, hostile, table
from tracker.renderers.html import html_document
from tracker.renderers.papers.document import Cell, Column, Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONG = Document("Actions", blocks=(Heading("Overdue"), table(40)), marking="OFFICIAL \N{EN DASH} SENSITIVE (\N{POUND SIGN}5)")


def laid_out(paper: Document) -> str:
    return "".join(html_document(paper))


def sheets(page: "Page") -> list[str]:
    """The text of each sheet, as printed."""
    from pypdf import PdfReader

    printed = page.pdf(prefer_css_page_size=True)
    return [sheet.extract_text() for sheet in PdfReader(io.BytesIO(printed)).pages]


def test_each_sheet_repeats_the_headings_and_is_numbered_and_marked(opens: Opens) -> None:
    printed = sheets(opens(laid_out(LONG)))
    assert len(printed) > 2
    for number, text in enumerate(printed, start=1):
        assert "Days overdue" in text and "Latest word" in text
        assert f"Page {number} of {len(printed)}" in text
        assert text.count("OFFICIAL \N{EN DASH} SENSITIVE (\N{POUND SIGN}5)") >= 2
    whole = "\n".join(printed)
    assert all(f"PDB/2025-11-26/{number:02}" in whole for number in range(1, 41))


def test_paper_is_white_whatever_the_screen_is(opens: Opens) -> None:
    page = opens(laid_out(PAPER), colours="dark")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) != "rgb(255, 255, 255)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_no_row_is_torn_between_two_sheets(opens: Opens) -> None:
    lines = ("first of it", *["and on"] * 9, "last of it")
    rows = [(ref, text._replace(beneath=lines), *rest) for ref, text, *rest in table(12).rows]
    paper = LONG._replace(blocks=(table()._replace(rows=rows),))
    for text in sheets(opens(laid_out(paper))):
        assert text.count("first of it") == text.count("last of it") > 0


def test_the_headings_of_a_table_never_stand_alone_at_the_foot_of_a_sheet(opens: Opens) -> None:
    high = [(ref, text._replace(beneath=("and on",) * 8), *rest) for ref, text, *rest in table(2).rows]
    for lines in range(8, 20):
        before = [Paragraph(f"Line {number}") for number in range(lines)]
        paper = Document("Actions", blocks=(*before, Heading("Overdue"), table()._replace(rows=high)))
        for text in sheets(opens(laid_out(paper))):
            assert "Latest word" not in text or "PDB/2025-11-26/" in text


def test_a_letter_begins_a_sheet(opens: Opens) -> None:
    paper = Document("Letters", blocks=(Heading("To one"), Paragraph("Dear one,"), Heading("To another", new_page=True)))
    assert [("To one" in text, "To another" in text) for text in sheets(opens(laid_out(paper)))] == [(True, False), (False, True)]


def test_a_wide_table_is_printed_on_its_side_and_a_narrow_one_upright(opens: Opens) -> None:
    from pypdf import PdfReader

    for columns, upright in ((7, False), (4, True)):
        narrow = table(3)._replace(columns=table().columns[:columns], rows=[row[:columns] for row in table(3).rows])
        page = opens(laid_out(PAPER._replace(blocks=(narrow,))))
        sheet = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].mediabox
        assert (sheet.height > sheet.width) is upright


def test_the_first_key_leads_past_the_head(opens: Opens) -> None:
    page = opens(laid_out(PAPER))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0  # type: ignore[index]
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "paper"


def test_a_table_too_wide_for_the_window_is_scrolled_by_keyboard_in_its_frame(opens: Opens) -> None:
    ref = "A-BOARD-WITH-THE-LONGEST-KEY-THERE-CAN/2025-11-26B/123456"
    rows = [(row[0]._replace(value=ref), *row[1:]) for row in table(2).rows]
    page = opens(laid_out(PAPER._replace(blocks=(table(2)._replace(rows=rows),))), 900)
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    frame = page.locator(".frame")
    assert frame.evaluate("it => it.scrollWidth > it.clientWidth")
    frame.focus()
    assert frame.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert frame.evaluate("it => it.scrollLeft") > 0


def test_on_a_phone_each_value_stands_beside_its_heading(opens: Opens) -> None:
    page = opens(laid_out(PAPER), 320)
    cell = page.locator("td[data-label='Owner']").first
    assert cell.evaluate("it => getComputedStyle(it, '::before').content") == '"Owner"'
    assert cell.evaluate("it => getComputedStyle(it).display") == "grid"
    assert page.get_by_role("table").count() == 3
    assert page.get_by_role("rowheader", name="PDB/2025-11-26/01").count() == 1
    assert page.get_by_role("columnheader", name="Days overdue").count() == 1
    assert not page.locator("td:empty").first.is_visible()


def test_a_table_of_two_columns_stays_one_on_a_phone(opens: Opens) -> None:
    figures = Table("Figures", (Column("figure", "Figure"), Column("number", "Number")), [(Cell("Raised"), Cell(10))])
    page = opens(laid_out(Document("Actions", blocks=(figures,))), 320)
    tops = page.evaluate("[...document.querySelectorAll('tbody tr > *')].map(one => one.getBoundingClientRect().top)")
    assert tops[0] == tops[1]
    assert page.evaluate("getComputedStyle(document.querySelector('td'), '::before').content") in ("none", "normal")
    reference = Table("Notes", (Column("ref", "Reference", "reference"), Column("note", "Note")), [(Cell("A" * 60), Cell("Words"))])
    frame = opens(laid_out(Document("Actions", blocks=(reference,))), 320).locator(".frame")
    assert frame.evaluate("it => it.scrollWidth <= it.clientWidth")


@pytest.mark.parametrize("text", ["x" * 200, "x / " * 100, "\N{ARABIC LETTER ALEF}" * 200])
def test_the_longest_word_does_not_widen_the_page(opens: Opens, text: str) -> None:
    page = opens(laid_out(hostile(text)))
    for width in (320, 700, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), width


def test_the_page_is_made_of_one_file() -> None:
    text = laid_out(PAPER)
    assert "src=" not in text and "url(" not in text and text.count("href=") == 2
