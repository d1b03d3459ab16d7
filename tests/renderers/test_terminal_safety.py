"""No text of a record can do anything to a terminal, through any report and any format."""

import io
import re
from itertools import islice, product
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.renderers.samples import LIST_FORMATS, REGISTER, TEXT_FORMATS, drawn, every_report, said, said_everywhere
from tracker.renderers.base import Screen, write_out
from tracker.renderers.registry import text_renderer

HOSTILE = [
    "[bold red]x[/bold red]",
    "[/]",
    "[link=http://example.org]x",
    ":smile:",
    "\x1b[8m\x1b[2J\x1b[1;1H",
    "\x1b]0;title\x07",
    "\x1b]8;;http://example.org\x1b\\x\x1b]8;;\x1b\\",
    "\x1b]52;c;YWJj\x07",
    "\x9b5m\x9d0;t\x9c\x85\x90",
    "\u202egnp.exe\u202c\u2066\u2069\u200e\u200f\u061c",
    "zero\u200bwidth\u200c\u200d\u2060\ufeff\xad",
    "\x00nul",
    "lines\nand\r\nmore\rand\ttab\x0b\x0c\u2028\u2029",
    "=cmd|'/C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    '"quotes", \'and\' commas;',
    "\ud800lone\udfff",
    "\U000e0041\U000e0042\u3164\u2800",
    "Z" + "\u0300" * 50,
    "会議の記録" * 10,
    "\x7f\x08\x08\x08",
    " ",
]
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe0e\ufe0f")
OUR_COLOURS = re.compile(r"\x1b\[(?:0|1|2|31|2;31)m")


def assert_harmless(text: str, colour: bool = False) -> None:
    if colour:
        text = OUR_COLOURS.sub("", text)
    bad = {c for c in text if c != "\n" and (category(c) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") or c in BLANK)}
    assert not bad, sorted(map(ascii, bad))


@pytest.mark.parametrize(("width", "colour", "encoding"), [*product((20, 40, 80, 200), (False, True), ("utf-8", "ascii"))])
def test_a_terminal_of_any_kind(width: int, colour: bool, encoding: str) -> None:
    for text in ("".join(HOSTILE), "[/]"):
        for report in every_report(said_everywhere(text)):
            out = drawn(report, "table", width, colour, encoding)
            assert_harmless(out, colour)
            assert out.isascii() or encoding == "utf-8"


@pytest.mark.parametrize("form", TEXT_FORMATS)
@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_each_hostile_text_through_each_format(form: str, text: str) -> None:
    for report in every_report(said_everywhere(text)):
        out = drawn(report, form)
        assert_harmless(out.replace("\t", "") if form == "tsv" else out)


@pytest.mark.parametrize(("form", "width"), [("table", 20), ("table", 200), ("tsv", 80), ("csv", 80), ("json", 80)])
def test_a_very_long_text(form: str, width: int) -> None:
    for report in islice(every_report(said_everywhere("x" * 10_000)), 4):
        assert drawn(report, form, width).count("x") >= 10_000


@given(
    st.text(st.characters(), max_size=60),
    st.integers(1, 250),
    st.booleans(),
    st.sampled_from(["utf-8", "ascii", "cp1252"]),
    st.sampled_from(TEXT_FORMATS),
)
@settings(deadline=None, derandomize=True, max_examples=40)
def test_any_text_on_any_screen(text: str, width: int, colour: bool, encoding: str, form: str) -> None:
    for report in every_report(said_everywhere(text)):
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
        write_out(stream, text_renderer(form).render(report, Screen(width, colour, encoding)))
        out = raw.getvalue().decode(encoding)
        assert_harmless(out.replace("\t", "") if form == "tsv" else out, colour)


@pytest.mark.parametrize("form", sorted({*LIST_FORMATS} - {*TEXT_FORMATS}))
def test_all_hostile_texts_in_files_for_an_office(form: str) -> None:
    for report in every_report(said_everywhere("".join(HOSTILE))):
        assert_harmless(said(report, form))


def test_colour_is_only_where_it_was_asked_for() -> None:
    for report in every_report(REGISTER):
        assert "\x1b" not in drawn(report, colour=False)
        coloured = drawn(report, colour=True)
        assert re.sub(" +\n", "\n", OUR_COLOURS.sub("", coloured)) == drawn(report, colour=False)
        assert coloured != drawn(report, colour=False)
