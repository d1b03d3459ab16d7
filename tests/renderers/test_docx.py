"""Word documents, read back with python-docx and, where it is installed, with LibreOffice."""

import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document as opened
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm

from tests.renderers.office import converted, needs_office, outline
from tests.renderers.pages import COLUMNS, PAPER, hostile, row, table
from tests.renderers.samples import DAY, REGISTER, made, words_of_docx
from tests.renderers.test_changes import a_log
from tests.renderers.test_changes import report as a_diff
from tests.renderers.test_terminal_safety import HOSTILE, assert_harmless
from tracker.renderers.base import Screen
from tracker.renderers.docx import write_document
from tracker.renderers.docx_body import body_of
from tracker.renderers.docx_widths import CELL_PADDING, widths
from tracker.renderers.office_file import Properties, properties_of
from tracker.renderers.papers.document import Bar, Bars, Cell, Column, Document, Facts, Heading, Table
from tracker.renderers.papers.making import document_of
from tracker.reports.listing import overdue
from tracker.reports.papers.head import Head

PROPERTIES = Properties("Actions: Performance and Delivery Board", "A. Officer", datetime(2026, 2, 25))
ROOM = 9978


def written(document: Document, screen: Screen = Screen()) -> bytes:
    file = io.BytesIO()
    write_document(document, PROPERTIES, file, screen)
    return file.getvalue()


def read(document: Document) -> Any:
    return opened(io.BytesIO(written(document)))


def styles_of(package: Any) -> list[tuple[str, str]]:
    return [(one.style.name, one.text) for one in package.paragraphs]


def part(content: bytes, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read(name).decode()


def test_titles_and_headings_are_real_ones() -> None:
    found = styles_of(read(PAPER))
    assert found[0] == ("Title", PAPER.title)
    assert [(style, text) for style, text in found if style.startswith("Heading")] == [
        ("Heading 1", "Overdue"), ("Heading 1", "With the board"), ("Heading 2", "Notes of the previous meeting"),
        ("Heading 1", "On time"), ("Heading 1", "Without a day"),
    ]  # fmt: skip
    assert ("Lead", "9 actions are overdue, 2 are with the board.") in found
    assert ("Remark", "No record since 25 March 2020 means that we know nothing.") in found
    assert found[-1] == ("Remark", PAPER.foot[0])
    assert [text for style, text in found if style == "List Bullet"] == ["Welcome", "Apologies from Peter Ayling"]


def test_what_begins_a_page_does_so() -> None:
    found = read(Document("Letters", blocks=(Heading("To one"), Heading("To another", new_page=True)))).paragraphs
    assert [bool(one.paragraph_format.page_break_before) for one in found if one.style.name == "Heading 1"] == [False, True]


def test_facts_stand_beside_their_labels_and_what_is_absent_is_left_out() -> None:
    facts = [text for style, text in styles_of(read(PAPER)) if style == "Fact"]
    assert facts[:3] == [
        "Board\tPerformance and Delivery Board",
        "Day\t25 February 2026",
        "Attendees\tMatthew Scott, Police and Crime Commissioner\nTim Smith, Chief Constable",
    ]
    assert not any("Agenda item" in fact for fact in facts)


def test_values_stand_below_labels_that_are_long() -> None:
    long = "Office of the Kent Police and Crime Commissioner"
    document = Document("Notes", (), (Facts(((long, ("Matthew Scott", "Adrian Harper")), ("Force", "Tim Smith"))),))
    assert [text for style, text in styles_of(read(document)) if style == "Fact"] == [
        f"{long}\nMatthew Scott\nAdrian Harper", "Force\nTim Smith",
    ]  # fmt: skip


def test_a_table_has_a_header_row_that_repeats_and_rows_that_stay_whole() -> None:
    made_table = read(PAPER).tables[0]
    head, *rows = made_table._tbl.tr_lst
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert [row.trPr.find(qn("w:tblHeader")) for row in rows] == [None] * 3
    assert all(row.trPr.find(qn("w:cantSplit")) is not None for row in (head, *rows))
    look = made_table._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert made_table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Overdue at this meeting, longest first"
    cells = [[cell.text for cell in row.cells] for row in made_table.rows]
    assert cells[0] == [column.heading for column in COLUMNS]
    assert cells[1] == [
        "PDB/2025-11-26/01\ncarried a third time", "Explore a rural crime update in context for inclusion in the report",
        "Force, OPCC", "26 Nov 2025\nitem 3i", "25 February 2026\nfirst due 26 November 2025", "1,105", "no update received",
    ]  # fmt: skip
    assert cells[2][-1] == ""


def test_what_is_strong_is_bold() -> None:
    cell = read(PAPER).tables[0].rows[1].cells
    assert [bool(one.paragraphs[0].runs[0].bold) for one in cell] == [False] * 5 + [True, False]


def test_a_row_longer_than_a_page_may_be_divided() -> None:
    document = Document("x", (), (Table("x", COLUMNS[:2], [(Cell("PDB/2025-11-26/01"), Cell("word " * 2000))]),))
    assert read(document).tables[0]._tbl.tr_lst[1].trPr is None


def test_a_caption_is_printed_unless_the_heading_says_it() -> None:
    captions = [text for style, text in styles_of(read(PAPER)) if style == "Caption"]
    assert captions == ["Overdue at this meeting, longest first", "Discharged on time"]
    assert "There are none." in [text for style, text in styles_of(read(PAPER))]


def test_between_tables_there_is_a_paragraph() -> None:
    body = read(Document("x", (), (table(1, "a"), table(1, "b")))).element.body
    names = [element.tag.rpartition("}")[2] for element in body]
    assert "tbl tbl" not in " ".join(names) and names.count("tbl") == 2
    assert names[-2:] == ["p", "sectPr"]


def test_many_columns_take_the_long_side_of_the_page() -> None:
    wide, upright = read(PAPER).sections[0], read(PAPER._replace(blocks=(Table("x", COLUMNS[:5], [row(1)[:5]]),))).sections[0]
    assert wide.orientation == WD_ORIENT.LANDSCAPE and upright.orientation == WD_ORIENT.PORTRAIT
    assert [round(side / Mm(1)) for side in (wide.page_width, wide.page_height)] == [297, 210]
    assert [round(side / Mm(1)) for side in (upright.page_width, upright.page_height)] == [210, 297]


def test_the_marking_and_the_number_of_the_page_are_on_every_page() -> None:
    content = written(PAPER)
    package = opened(io.BytesIO(content))
    section = package.sections[0]
    assert [one.text for one in section.header.paragraphs] == [PAPER.marking]
    assert section.footer.paragraphs[1].text == PAPER.marking
    foot = section.footer._element.xml
    assert re.findall(r'w:instr="(\w+)"', foot) == ["PAGE", "NUMPAGES"]
    assert section.footer.paragraphs[0].text.startswith(f"{PAPER.title}\tPage ")
    assert [one.text for one in read(PAPER._replace(marking=None)).sections[0].header.paragraphs] in ([], [""])


def test_the_properties() -> None:
    core = read(PAPER).core_properties
    assert (core.title, core.author, core.language) == (PROPERTIES.title, "A. Officer", "en-GB")
    assert [moment.replace(tzinfo=None) for moment in (core.created, core.modified)] == [PROPERTIES.made] * 2
    assert (core.last_modified_by, core.comments, core.revision) == ("A. Officer", "", 1)


def test_the_properties_of_a_report() -> None:
    report = overdue(REGISTER, DAY)
    assert properties_of(report, document_of(report, str)) == ("Overdue actions", "", datetime(2026, 2, 26))

    class Given:
        head = Head("Office", DAY, author="A. Officer")

    assert properties_of(Given(), PAPER)[1:] == ("A. Officer", datetime(2026, 2, 26))  # type: ignore[arg-type]
    Given.head = Head("Office", DAY)
    assert properties_of(Given(), PAPER).author == "Office"  # type: ignore[arg-type]


def test_the_language_is_british_english_and_no_other() -> None:
    content = written(PAPER)
    for name in ("word/styles.xml", "word/settings.xml"):
        assert set(re.findall(r'<w:(?:lang|themeFontLang)[^>]* w:val="([^"]+)"', part(content, name))) == {"en-GB"}


def test_nothing_of_the_template_comes_along() -> None:
    names = zipfile.ZipFile(io.BytesIO(written(PAPER))).namelist()
    assert [name for name in names if "thumbnail" in name or "customXml" in name or "WithEffects" in name] == []
    assert len(written(PAPER)) < 40_000


def test_equal_documents_are_equal_bytes_whatever_the_clock() -> None:
    code = "import sys\nfrom tests.renderers.test_docx import *\nsys.stdout.buffer.write(written(PAPER))"
    env = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    other = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout
    assert other == written(PAPER)


def test_bars_are_as_long_as_their_amounts() -> None:
    bars = Bars("On time", tuple(Bar(str(n), n, f"{n} of 40") for n in (40, 20, 0)))
    made_table = read(Document("x", (), (bars,))).tables[0]
    assert [[cell.text for cell in row.cells] for row in made_table.rows] == [["40", "40 of 40", ""], ["20", "20 of 40", ""], ["0", "0 of 40", ""]]
    shaded = [row.cells[2].paragraphs[0]._p.pPr for row in made_table.rows]
    assert [one.find(qn("w:shd")) is not None for one in shaded] == [True, True, False]
    rests = [int(one.find(qn("w:ind")).get(qn("w:right"))) for one in shaded[:2]]
    room = int(made_table.rows[0].cells[2]._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) - 160
    assert rests[0] == 0 and rests[1] == pytest.approx(room / 2, abs=2)


def test_all_amounts_may_be_nothing() -> None:
    assert len(read(Document("x", (), (Bars("y", (Bar("a", 0, "0"),)), Bars("z", ())))).tables) == 1


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_texts_are_words_and_nothing_else(text: str) -> None:
    content = written(hostile(text))
    assert_harmless(words_of_docx(content))
    plain = set(re.findall(r"<(/?w:\w+)", part(written(hostile("x")), "word/document.xml")))
    assert set(re.findall(r"<(/?[\w:]+)", part(content, "word/document.xml"))) <= plain | {"w:document", "w:body", "/w:document", "/w:body"}


@pytest.mark.parametrize("text", ["<w:p>", "]]>", "</w:t><w:br/>", "&amp;", '"', "'", "a|b", "</script>", "\N{GRINNING FACE}", "{ DATE }"])
def test_marks_of_xml_are_read_again_as_they_were(text: str) -> None:
    assert words_of_docx(written(hostile(text))).splitlines()[0] == text


def test_forty_thousand_characters() -> None:
    assert "y" * 40_000 in words_of_docx(written(hostile("y" * 40_000)))


class Counted(Sequence[tuple[Cell, ...]]):
    """Many rows, of which it is known how many were taken one by one."""

    def __init__(self, many: int) -> None:
        self.many = many
        self.taken = 0

    def __len__(self) -> int:
        return self.many

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("rows are taken in order")

    def __iter__(self) -> Iterator[tuple[Cell, ...]]:
        return (row(1) for _ in range(self.many))


def test_rows_are_watched_and_written_one_by_one() -> None:
    rows = Counted(500)

    def watch(given: Sequence[Any]) -> Iterator[Any]:
        for one in given:
            rows.taken += 1
            yield one

    pieces = body_of(Document("x", (), (Table("y", COLUMNS, rows),)), ROOM, watch)
    before = [rows.taken for piece in pieces if piece.startswith("<w:tr>")]
    assert before == list(range(501))


def test_a_stream_that_cannot_seek() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.held = b""

        def writable(self) -> bool:
            return True

        def write(self, content: Any) -> int:
            self.held += bytes(content)
            return len(content)

    pipe = Pipe()
    write_document(PAPER, PROPERTIES, pipe)  # type: ignore[arg-type]
    assert pipe.held == written(PAPER)


def test_columns_fill_the_page_and_references_have_room() -> None:
    found = widths(table(), 15000)
    assert 14900 < sum(found) <= 15000
    by_kind = dict(zip([column.key for column in COLUMNS], found, strict=True))
    assert by_kind["ref"] > 1700 and by_kind["text"] > by_kind["latest"] > by_kind["days"]


def test_a_day_stays_on_one_line_unless_the_text_needs_its_room() -> None:
    days = tuple(Column(str(n), "Due", "day") for n in range(4))
    cells = (Cell("word"), *(Cell(date(2026, 9, 26), ("first due 25 September 2025",)),) * 4)
    whole, broken = (widths(Table("x", (Column("text", "Action"), *days), [cells]), room) for room in (15000, 8000))
    assert all(width - CELL_PADDING >= 1640 for width in whole[1:])
    assert all(width - CELL_PADDING < 1640 for width in broken[1:]) and broken[0] >= 2000
    said = Table("x", (Column("text", "Action"), days[0]), [(Cell("word"), Cell("no due day"))])
    assert widths(said, ROOM)[1] < 1400


def test_a_very_long_reference_leaves_room_for_the_text() -> None:
    columns = (Column("ref", "Reference", "reference"), Column("text", "Action"))
    found = widths(Table("x", columns, [(Cell("A" * 300), Cell("word"))]), ROOM)
    assert found[1] > ROOM // 2 and sum(found) <= ROOM


def test_columns_that_ask_for_too_much_become_narrower_alike() -> None:
    columns = tuple(Column(str(n), "Recommendations", "short") for n in range(20))
    assert sum(widths(Table("x", columns, [(Cell("y" * 50),) * 20]), ROOM)) <= ROOM
    assert widths(Table("x", (), ()), ROOM) == ()


@pytest.mark.parametrize("name", ["diff", "log"])
def test_changes_look_as_agreed(golden: Callable[[str, str], None], name: str) -> None:
    golden(f"{name}.docx.txt", outline(made(a_diff() if name == "diff" else a_log(), "docx"), "docx"))


@needs_office
def test_libreoffice_opens_it_and_repeats_the_header_row(tmp_path: Path) -> None:
    paper = PAPER._replace(blocks=(Heading("Overdue"), table(60)))
    (tmp_path / "paper.docx").write_bytes(written(paper))
    (tmp_path / "hostile.docx").write_bytes(written(hostile("".join(HOSTILE))))
    (tmp_path / "list.docx").write_bytes(made(overdue(REGISTER, DAY), "docx"))
    pdfs = converted(tmp_path, "pdf", "paper.docx", "hostile.docx", "list.docx")
    assert all(pdf.read_bytes().startswith(b"%PDF") for pdf in pdfs)
    text = subprocess.run(["pdftotext", "-layout", str(pdfs[0]), "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) > 2
    assert all("Reference" in page and f"Page {number} of {len(pages)}" in page for number, page in enumerate(pages, 1))
    assert all(page.count("OFFICIAL") == 2 for page in pages)
