"""Workbooks, read back with openpyxl and, where it is installed, with LibreOffice."""

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.renderers.office import converted, needs_office
from tests.renderers.pages import COLUMNS, PAPER, hostile
from tests.renderers.samples import DAY, EVERY_STATUS, LIFE, MEETING, REGISTER, every_report, made, said_everywhere, words_of_xlsx
from tests.renderers.test_terminal_safety import HOSTILE, assert_harmless
from tracker.errors import Refused
from tracker.model.dates import write_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.lines import lines
from tracker.renderers.office_file import Properties
from tracker.renderers.papers.document import Column, Data, Document, Value
from tracker.renderers.papers.lists_data import data
from tracker.renderers.words import cell_words
from tracker.renderers.xlsx import write_workbook
from tracker.reports.details import board_list, meeting_detail
from tracker.reports.listing import list_actions

PROPERTIES = Properties("Actions: Performance and Delivery Board", "A. Officer", datetime(2026, 2, 25))
ROW: tuple[Value, ...] = ("PDB/2025-11-26/01", "Explore it", ("Force", "OPCC"), None, date(2026, 2, 25), 1105, "")
DATA = Data("Actions", COLUMNS, [ROW, ROW])


def written(data: Data = DATA, document: Document = PAPER, screen: Screen = Screen()) -> bytes:
    file = io.BytesIO()
    write_workbook(data, document, PROPERTIES, file, screen)
    return file.getvalue()


def book(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def first_column(*values: Value) -> Data:
    return Data("Actions", (Column("text", "Action"),), [(value,) for value in values])


def test_values_are_what_they_are() -> None:
    sheet = book(written())["Actions"]
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    assert [cell.value for cell in sheet[2]] == [
        "PDB/2025-11-26/01", "Explore it", "Force, OPCC", None, datetime(2026, 2, 25), 1105, None,
    ]  # fmt: skip
    assert (sheet["E2"].is_date, sheet["E2"].number_format, sheet["F2"].data_type) == (True, "dd mmm yyyy", "n")


def test_a_day_that_excel_does_not_know_is_its_words() -> None:
    assert [row[0] for row in book(written(first_column(date(1900, 2, 28), date(1901, 1, 1))))["Actions"].values] == [
        "Action", "1900-02-28", datetime(1901, 1, 1),
    ]  # fmt: skip


def test_the_header_row_stays_and_filters() -> None:
    sheet = book(written())["Actions"]
    assert sheet.freeze_panes == "B2" and sheet.auto_filter.ref == "A1:G3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.column_dimensions["A"].width > 18 and sheet["B2"].alignment.wrap_text


def test_the_title_the_marking_and_the_page_are_printed() -> None:
    sheet = book(written(document=PAPER._replace(title="Fire & Rescue &D", marking="OFFICIAL")))["Actions"]
    assert sheet.oddHeader.left.text == "Fire && Rescue &&D"
    assert (sheet.oddHeader.right.text, sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("OFFICIAL", "OFFICIAL", "Page &P of &N")


@pytest.mark.parametrize("title", ["&" * 400, "\N{GRINNING FACE}" * 400, "x" * 400])
def test_a_title_that_no_header_could_hold(title: str) -> None:
    sheet = book(written(document=PAPER._replace(title=title, marking=title)))["Actions"]
    left = sheet.oddHeader.left.text
    assert left.startswith(title[:50]) and left.endswith("…")
    assert len(f"&L{left}&R{sheet.oddHeader.right.text}".encode("utf-16-le")) // 2 <= 255


@pytest.mark.parametrize("title", ["P&G", "&[Picture]"])
def test_a_title_that_means_a_picture_in_a_header(title: str) -> None:
    sheet = book(written(document=PAPER._replace(title=title)))["Actions"]
    assert sheet.oddHeader.left.text == title.replace("&", "&& ")


def test_few_columns_fit_the_page_and_many_take_several_with_the_first_on_each() -> None:
    few = book(written())["Actions"]
    assert few.sheet_properties.pageSetUpPr.fitToPage and few.page_setup.fitToHeight == 0
    columns = tuple(Column(f"c{n}", "Action") for n in range(12))
    many = book(written(Data("Actions", columns, [("word " * 20,) * 12])))["Actions"]
    assert many.page_setup.scale == 60 and many.print_title_cols == "$A:$A"


def test_a_second_sheet_says_what_the_rows_are() -> None:
    about = [tuple(row) for row in book(written())["About"].iter_rows(values_only=True)]
    assert about[0] == (PAPER.title, None)
    assert ("Marking", PAPER.marking) in about
    assert ("Day", datetime(2026, 2, 25)) in about
    place = about.index(("Attendees", "Matthew Scott, Police and Crime Commissioner"))
    assert about[place + 1] == (None, "Tim Smith, Chief Constable")
    assert about[-2:] == [(None, "9 actions are overdue, 2 are with the board."), (None, PAPER.foot[0])]


def test_the_properties() -> None:
    read = book(written())
    core = read.properties
    assert (core.title, core.creator, core.created) == (PROPERTIES.title, "A. Officer", PROPERTIES.made)
    assert [(one.name, one.value) for one in read.custom_doc_props.props] == [("Language", "en-GB")]


def test_equal_reports_are_equal_bytes_whatever_the_clock() -> None:
    code = "import sys\nfrom tests.renderers.test_xlsx import *\nsys.stdout.buffer.write(written())"
    env = {**os.environ, "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"}
    assert subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=True).stdout == written()


UTF8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"
FORMULAS = [
    "=1+1", "+1", "-1", "@SUM(1)", "=HYPERLINK(\"http://example.org\")", "{=1}", "http://example.org", "mailto:a@b.org",
    "internal:Sheet1!A1", "12", "1e9", "25/02/2026", "TRUE", "#N/A", "'quoted", "_x000D_", "_x0041_", "<r>bold</r>",
    "<r><t>x</t></r>", "</t></is>", "<script>alert(1)</script>", "]]>", "&amp;", "a|b", "\N{GRINNING FACE}",
]  # fmt: skip


def test_a_text_is_a_text_whatever_it_begins_with() -> None:
    content = written(first_column(*FORMULAS))
    cells = [cell[0] for cell in list(book(content)["Actions"].iter_rows())[1:]]
    assert {cell.data_type for cell in cells} == {"s"} and [cell.hyperlink for cell in cells] == [None] * len(cells)
    xml = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in xml and "<hyperlink" not in xml and "<r>" not in xml
    assert [unescaped(cell.value).rstrip(" ") for cell in cells] == FORMULAS


def unescaped(text: str) -> str:
    """As Excel reads it; openpyxl leaves this to others. Source: ECMA-376-1, 22.9.2.19."""
    return re.sub("_x005F_", "_", text)


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_texts_are_words_and_nothing_else(text: str) -> None:
    content = written(first_column(text), hostile(text))
    assert_harmless(words_of_xlsx(content))
    assert (book(content)["Actions"]["A2"].value or "").strip() == clean(text).strip()


@pytest.mark.parametrize(("letter", "times"), [("y", 40_000), ("\N{GRINNING FACE}", 20_000)])
def test_a_text_too_long_for_a_cell_is_cut_where_one_sees_it(letter: str, times: int) -> None:
    cell = book(written(first_column(letter * times)))["Actions"]["A2"].value
    assert len(cell.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert cell.startswith(letter * 1000) and cell.endswith("csv have the whole text)")
    fits = "y" * 32_767
    assert book(written(first_column(fits)))["Actions"]["A2"].value == fits


class Endless(Sequence[tuple[Value, ...]]):
    """More rows than a sheet takes."""

    def __len__(self) -> int:
        return 1_048_576

    def __getitem__(self, index: Any) -> Any:
        raise AssertionError("no row may be taken")


def test_more_rows_than_a_sheet_takes_are_refused_rather_than_left_out() -> None:
    with pytest.raises(Refused, match="takes 1,048,575 rows, and there are 1,048,576. Say --format csv."):
        written(Data("Actions", COLUMNS, Endless()))


@pytest.mark.parametrize(("name", "sheet"), [
    ("Actions of PDB/2025-11-26", "Actions of PDB 2025-11-26"), ("about", "Rows"), ("History", "Rows"), ("", "Rows"),
    ("x" * 40, "x" * 31), ("'[a]:*?/\\'", "a"), ("\x1b", "x1b"),
])  # fmt: skip
def test_names_of_sheets(name: str, sheet: str) -> None:
    assert book(written(Data(name, COLUMNS, [ROW]))).sheetnames == [sheet, "About"]


def test_no_rows_and_no_columns() -> None:
    assert [list(row) for row in book(written(Data("Log", (), ())))["Log"].values] == [["There are none."]]
    assert len(list(book(written(Data("Actions", COLUMNS, ())))["Actions"].values)) == 1


def test_rows_are_watched() -> None:
    seen = []

    def watch(rows: Sequence[Any]) -> Iterator[Any]:
        for row in rows:
            seen.append(row)
            yield row

    written(screen=Screen(watch=watch))
    assert seen == [ROW, ROW]


def test_every_report_that_is_no_paper_has_the_rows_of_its_lines() -> None:
    for report in every_report(REGISTER):
        found = data(report)
        worded = [tuple(cell_words(value, write_day) for value in row) for row in found.rows]
        trimmed = [row[: len(line)] for row, line in zip(worded, lines(report), strict=True)]
        assert trimmed == list(lines(report))
        assert {len(row) for row in found.rows} <= {len(found.columns)}
        assert len({column.key for column in found.columns}) == len(found.columns)


def test_lists_keep_days_and_numbers() -> None:
    found = data(list_actions(REGISTER, DAY, EVERY_STATUS))
    assert [column.key for column in found.columns] == ["ref", "due", "status", "owners", "days_overdue", "times_carried", "text"]
    assert found.rows[1] == ("PDB/2025-11-26/01", date(2026, 2, 25), "open", ("Force", "OPCC"), 1, 0, LIFE[0].text)
    kinds = {column.key: column.kind for column in data(board_list(REGISTER, DAY)).columns}
    assert kinds == {"ref": "reference", "title": "text", "chair": "text", "meetings": "number", "live": "number"}
    detail = data(meeting_detail(REGISTER, REGISTER.meetings[MEETING], DAY))
    assert ("day", date(2025, 11, 26)) in [row[:2] for row in detail.rows]
    assert [column.heading for column in detail.columns[:3]] == ["What", "Value", "Value 2"]


def test_every_report_opens() -> None:
    for report in every_report(said_everywhere("=x")):
        assert len(book(made(report, "xlsx")).sheetnames) == 2


@needs_office
def test_libreoffice_opens_it_and_reads_the_same(tmp_path: Path) -> None:
    texts = [*FORMULAS, *HOSTILE]
    (tmp_path / "actions.xlsx").write_bytes(written(first_column(*texts)))
    (tmp_path / "paper.xlsx").write_bytes(written(DATA, hostile("".join(HOSTILE))))
    (tmp_path / "list.xlsx").write_bytes(made(list_actions(REGISTER, DAY), "xlsx"))
    assert all(pdf.exists() for pdf in converted(tmp_path, "pdf", "actions.xlsx", "paper.xlsx", "list.xlsx"))
    sheet = converted(tmp_path, UTF8_CSV, "actions.xlsx")[0].read_text("utf-8")
    rows = [row[0] if row else "" for row in csv.reader(io.StringIO(sheet))][1:]
    assert [row.rstrip(" ") for row in rows] == [clean(text).rstrip(" ") for text in texts][: len(rows)]
    assert len(rows) >= len(texts) - 1
