"""Texts that other programs would obey: they are inert in every format, and read again as they were."""

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.renderers.samples import DAY, LIST_FORMATS, a_register, an_action, drawn, made, said
from tracker.renderers.clean import clean
from tracker.reports.listing import list_actions

TEXTS = [
    "=cmd|'/C calc'!A0", "+1", "-1", "@SUM(1)", "a|b|c", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "javascript:alert(1)", "{{ 7*7 }}{% raw %}", "\x00\x07\x1b[2J", "one\r\ntwo\rthree\nfour", "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
    "\u202egnp.exe\u202c", "zero\u200bwidth\ufeff", "Zoë, 会議 – “quoted”", "\N{GRINNING FACE}\N{ZERO WIDTH JOINER}\N{ROCKET}",
    "y" * 40_000, "<w:p/>]]>&lt;", "_x0041_", "<r>x</r>", 'a "quoted", comma; and \ttab', "\\", "\ud800",
]  # fmt: skip
LONGEST_CELL = 32_767


def report(text: str):  # type: ignore[no-untyped-def]
    return list_actions(a_register(an_action(1, text)), DAY)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:30])
def test_json_gives_back_every_character(text: str) -> None:
    assert json.loads(drawn(report(text), "json"))[0]["text"] == text


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:30])
def test_csv_gives_back_the_words(text: str) -> None:
    cell = list(csv.reader(io.StringIO(drawn(report(text), "csv"), newline="")))[1][-1]
    assert cell.removeprefix("'") == clean(text)
    assert cell.startswith("'") == clean(text).startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:30])
def test_a_workbook_gives_back_the_words(text: str) -> None:
    cell = load_workbook(io.BytesIO(made(report(text), "xlsx"))).worksheets[0]["G2"]
    assert cell.data_type == "s" and cell.hyperlink is None
    words = cell.value.replace("_x005F_", "_").rstrip(" ")
    assert words == clean(text).rstrip(" ") or (len(text) > LONGEST_CELL and words.startswith(text[:32_000]))


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text)[:30])
def test_a_word_document_gives_back_the_words(text: str) -> None:
    assert clean(text) in said(report(text), "docx").splitlines()


@given(st.text(st.characters(), max_size=80))
@settings(deadline=None, derandomize=True, max_examples=25)
def test_any_text_can_be_written_in_every_format_and_read_from_data(text: str) -> None:
    made_of = report(text)
    for form in LIST_FORMATS:
        assert "PDB/2025-11-26/01" in said(made_of, form)
    assert json.loads(drawn(made_of, "json"))[0]["text"] == text
    assert list(csv.reader(io.StringIO(drawn(made_of, "csv"), newline="")))[1][-1].removeprefix("'") in (clean(text), clean(text)[1:])
