from datetime import date
from itertools import product
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tracker.errors import TrackerError
from tracker.storage.yaml_align import plain
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_scalars import BadValue, Fields, write_key, write_record, write_scalar
from tracker.storage.yaml_text import MAX_KEY, check_characters

DAY = date(2026, 6, 10)

HOSTILE = [
    "NO", "no", "yes", "Yes", "on", "OFF", "y", "N", "true", "False", "null", "Null", "~", "", " ", "10:00", "1:2:3", "3.10",
    "010", "0o17", "0x1F", "0b101", "1_000", "1e3", "1E3", "+1", "-1", ".5", ".inf", "-.INF", ".nan", "NaN", "2026-06-10",
    "2026-06-10T10:00:00Z", "3i", "4", "#3", "a #3", "a#3", ": ", ":", "a: b", "a:", "a:b", "a :b", "http://x.y/z?a=b,c", "- a",
    "-", "--", "---", "--- a", "...", "-a", "? a", "?", "?a", "=", "<<", "<", ">", "|", "|-", "> a", "%", "%YAML 1.1", "@a",
    "`a`", "!x", "!!str", "&a", "*a", "&", "*", "[", "]", "[a]", "{", "}", "{a: b}", ",", "a, b", "a,b", "a]", "a}", "'", '"',
    "''", "it's", "'a'", '"a"', 'he said "x"', 'it\'s "x"', "a\\b", "\\", "C:\\new", " a", "a ", "  ", "a  b", "a\tb", "\ta", "a\t",
    "a\n", "\na", "a\nb", "a\n\n  b\n", "a\r\nb", "a\rb", "\x00", "\x07\x1b[31m", "\x7f", "\x80\x9b", "a\x85b", "a\u2028b",
    "a\u2029b", "\ufeffa", "a\ufeff", "a\u200bb", "\u202eabc", "\u2066a\u2069", "\ud7ff", "\ue000", "\ufffd", "\ufffe", "\uffff",
    "🚓", "👨‍👩‍👧", "\U0010ffff", "\U000e0001", "Zoë", "é", "漢字", "مرحبا", "a\xa0b", "\xa0", "a\u3000", "\u3164", "\xad", "£5m", "(a)", "½",
    "a" * 10_000, "a b " * 2_500, "\x1b" * 10_000, '"' * 10_000, "[/]", "[red]x[/red]", "\x1b]8;;http://x\x07y", "next meeting",
    "PDB/2026-06-10", "business as usual", "<<<<<<< HEAD", "=======", "a\n=======\nb", "none", "None", "a ? b", "a | b", "a > b",
]  # fmt: skip

TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30) | st.text("ab:-# \n\t'\"[]{},&*!|>%@`<?\\0189.=~é\x85\u2028", max_size=20)


def readings(text: str) -> list[Any]:
    """What our reader, a YAML 1.2 reader and a YAML 1.1 reader make of a text."""
    check_characters(text)
    return [plain(read_tree(text)), YAML(typ="safe", pure=True).load(text), yaml.safe_load(text)]


def everywhere(text: str) -> Fields:
    """The text in every place in which a record may hold it."""
    return {
        "text": text,
        "list": [text, "Force", text],
        "map": {"name": text, "aliases": [text]},
        "history": [{"note": text, "from": [text], "to": text}, {"date": "later", "note": text}],
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_back_equal_from_every_reader(text: str) -> None:
    fields = everywhere(text)
    if len(text) > 5000:
        fields = {key: fields[key] for key in ("text",)} | ({"list": [text]} if len(text.encode()) * 4 < 40_000 else {})
    assert readings(write_record(fields)) == [fields] * 3


@settings(deadline=None, derandomize=True, max_examples=300)
@given(TEXTS)
@example("a\x00")
def test_any_text_comes_back_equal_from_every_reader(text: str) -> None:
    fields: Fields = {"text": text, "list": [text], "map": [{"note": text}]}
    assert readings(write_record(fields)) == [fields] * 3


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stands_on_one_line_and_shows_what_it_holds(text: str) -> None:
    for like, flow in product(("plain", "'", '"', "|"), (False, True)):
        written = write_scalar(text, like=like, flow=flow)
        assert "\n" not in written and "\r" not in written
        assert not any(unseen in written for unseen in "\x00\x1b\x85\u2028\u2029\ufeff\u200b\u202e\u2066\xad\u3164\x9b\x7f\t")
        if len(text) < 5000:
            around = f"a: [{written}]" if flow else f"a: {written}"
            assert readings(around) == [{"a": [text] if flow else text}] * 3


def test_a_key_may_be_any_short_visible_text() -> None:
    for key in ("NO", "Kent Police", "10:00", "a: b", "y", "#", "Zoë", "-", "a" * MAX_KEY, "<<", "x_1", "[", '"'):
        fields: Fields = {key: {"name": "a"}}
        assert readings(write_record(fields)) == [fields] * 3
    for bad in ("", " ", "a\nb", "a" * (MAX_KEY + 1), "\u200b", "\ud800"):
        with pytest.raises(BadValue):
            write_key(bad)


@pytest.mark.parametrize(
    ("value", "flow", "like", "written"),
    [
        ("Draft with the OPCC, for comment", False, "plain", "Draft with the OPCC, for comment"),
        ("Draft, later", True, "plain", '"Draft, later"'),
        ("3i", False, "plain", '"3i"'),
        ("10:00", False, "plain", '"10:00"'),
        ("PDB/2026-06-10", False, "plain", "PDB/2026-06-10"),
        (DAY, False, "plain", "2026-06-10"),
        (DAY, True, "'", "'2026-06-10'"),
        ("2026-06-10", False, "plain", '"2026-06-10"'),
        (True, False, "plain", "true"),
        (False, True, "plain", "false"),
        ("open", False, "'", "'open'"),
        ("open", False, '"', '"open"'),
        ("it's", False, "'", "'it''s'"),
        ("a\nb", False, "'", '"a\\nb"'),
        ('"Done"', False, "plain", "'\"Done\"'"),
        ("\x1b\u200b\U000e0001", False, "plain", '"\\x1B\\u200B\\U000E0001"'),
    ],
)  # fmt: skip
def test_how_a_value_is_written(value: str | date | bool, flow: bool, like: str, written: str) -> None:
    assert write_scalar(value, flow=flow, like=like) == written


@pytest.mark.parametrize("text", ["\ud800", "a\udfffb", "\ud83d\ude93"])
def test_half_a_character_is_refused_in_words(text: str) -> None:
    for fields in ({"text": text}, {"tags": [text]}, {"history": [{"note": text}]}):
        with pytest.raises(TrackerError, match="half of a character"):
            write_record(fields)  # type: ignore[arg-type]


def test_a_record_larger_than_the_reader_takes_is_refused() -> None:
    with pytest.raises(BadValue, match="KiB"):
        write_record({"text": "a" * 200_000})


def test_a_new_record_looks_like_those_of_the_contract() -> None:
    fields: Fields = {
        "text": "Explore a rural crime update in context",
        "item": "3i",
        "owners": ["Force", "OPCC"],
        "due": DAY,
        "due_said": None,
        "status": "discharged",
        "tags": [],
        "restricted": True,
        "map": {"Force": {"name": "Kent Police", "aliases": ["CC"]}, "NO": {}},
        "history": [
            {"date": DAY, "event": "reassigned", "from": ["Force"], "to": ["OPCC"], "note": None},
            {"date": DAY, "event": "update", "note": "Reported: all"},
        ],
    }
    assert write_record(fields) == """\
text: Explore a rural crime update in context
item: "3i"
owners: [Force, OPCC]
due: 2026-06-10
status: discharged
tags: []
restricted: true
map:
  Force:
    name: Kent Police
    aliases: [CC]
  "NO": {}
history:
  - date: 2026-06-10
    event: reassigned
    from: [Force]
    to: [OPCC]
  - date: 2026-06-10
    event: update
    note: "Reported: all"
"""
    assert yaml.safe_load(write_record(fields))["due"] == DAY


def test_a_long_text_is_never_folded() -> None:
    assert write_record({"text": "word " * 400 + "end"}).count("\n") == 1
