"""Hostile words in every argument of every command, and in every report: nothing raw comes out, nothing crashes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import Office, Ran

HOSTILE = {
    "markup": "[/] [bold red]x[/bold red] [link=file:///etc]",
    "escape": "a\x1b[31mred\x1b[0m\x1b]0;title\x07 \x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\ \x1b]52;c;ZXZpbA==\x07",
    "unseen": "a\x9b31mb\x9d0;t\x9c\x85c \u202edef\u2066ghi\u2069\u200f\u061c zero\u200bwidth\u200d\u2060\ufeff\u00ad\U000e0041",
    "lines": "a\nb\r\nc\rd\u2028e\u2029f\tg\x0bh",
    "yaml": "- a: b #c 'd' \"e\" {f} [g] &h *i !j |k >l %m @n `o \"'\\'\"\\n${x}$(x)`x`; rm -rf /",
    "long": "x" * 500 + " z" + "\u0301\u0489" * 40,
}
# What no terminal may ever get: C0 but tab and newline, DEL, C1, and what is hidden or turns the line round.
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e0fff]")


def typed(text: str) -> Iterator[tuple[str, ...]]:
    """Every command with this text in each of its arguments that takes words, days or references."""
    yield "board", "add", "jat", "--title", text, "--chair", text, "--note", text, "--member", f"{text[:9]}; r; o"
    yield "board", "add", text, "--title", "x"
    yield "owner", "add", "Fire", "--name", text, "--email", text
    yield "owner", "add", text, "--name", "x"
    yield "owner", "alias", "OPCC", f"{text} too"
    yield "owner", "alias", text, "x"
    yield "meeting", "add", "pdb", "2026-09-16", "--venue", text, "--item", f"9 {text}"
    yield "meeting", "add", "pdb", text
    yield "meeting", "add", text, "2026-09-16"
    yield "meeting", "add", "pdb", "2026-09-17", "--time", text
    yield "meeting", "held", "25/2", "--attendee", f"{text[:20]}; {text[:20]}; x", "--venue", text
    yield "meeting", "held", "25/2", "--apologies", text
    yield "meeting", "held", text
    yield "meeting", "postpone", "25/2", "--to", text
    yield "meeting", "move", "25/2", "--to", text
    yield "meeting", "cancel", text
    yield "item", "add", "25/2", text, "--lead", "Force"
    yield "item", "add", "25/2", "x", "--number", text
    yield "item", "add", "25/2", "x", "--lead", text
    yield "add", text, "--meeting", "25/2", "--owner", "Force", "--tag", text
    yield "add", "x", "--meeting", text, "--owner", "Force"
    for option in ("--owner", "--item", "--due", "--by", "--follows"):
        yield "add", "x", "--meeting", "25/2", "--owner", "Force", option, text
    yield "add", "x", "--meeting", "25/2", "--owner", "Force", "--due", text, "--by", "2026-12-01"
    yield "add", "--from", text, "--meeting", "25/2"
    yield "update", "26/1", "--note", text
    yield "propose", "26/2", "--outcome", text
    yield "correct", "26/2", "--outcome", text
    yield "carry", "26/2", "--to", "2026-06-10", "--reason", text
    yield "redate", "26/2", "--to", text
    yield "redate", "26/2", "--to", "none", "--reason", text
    yield "reassign", "26/1", "--owner", "OPCC", "--reason", text
    yield "reassign", "26/1", "--owner", text
    yield "reword", "26/1", "--text", text, "--reason", text
    yield "tag", "26/1", f"+{text}"
    yield "tag", "26/1", f"-{text}"
    yield "discharge", "26/3", "--outcome", text, "--at", "25/2", "--follow-up", text
    yield "discharge", "26/1", "--outcome", "x", "--route", text
    yield "reopen", "26/3", "--reason", text
    yield "withdraw", "26/5", "--reason", text
    for name in ("update", "propose", "discharge", "reword", "withdraw", "edit", "show", "restrict"):
        yield name, text
    yield "update", "26/1", "--note", "x", "--at", text
    yield "update", "26/1", "--note", "x", "--date", text
    for option in ("--owner", "--meeting", "--item", "--tag", "--due-by", "--text", "--board", "--as-of", "--status"):
        yield "list", option, text
    yield "overdue", "--by", text
    yield (text,)


REPORTS: list[tuple[str, ...]] = [
    ("list", "--status", "all"), ("overdue",), ("overdue", "--by", "owner"), ("show", "pdb"), ("show", "25/2"),
    ("show", "26/1"), ("show", "26/2"), ("show", "26/3"), ("show", "PDB/2026-02-25"), ("meeting", "list"), ("board", "list"),
    ("owner", "list"), ("check",), ("show", "2026-09-16"), ("show", "jat"),
]  # fmt: skip


def must_be_safe(ran: Ran, words: tuple[str, ...]) -> None:
    assert ran.status in (0, 1, 2), (words, ran)
    # A csv begins with the mark by which Excel knows its encoding; no text of the records may hold one.
    said = ran.out.removeprefix("\ufeff") + ran.err
    assert not RAW.search(said), (words, RAW.search(said), said)
    assert "defect of the program" not in said and "Traceback" not in said, (words, said)


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_every_argument_and_report(office: Office, kind: str) -> None:
    for words in typed(HOSTILE[kind]):
        must_be_safe(office.run(*words), words)
    for words in REPORTS:
        forms = ("table", "tsv", "csv", "json") if words != ("check",) else ("table", "tsv")
        for form in forms:
            must_be_safe(office.run(*words, "--format", form), words)
    assert office.run("check").status == 0, office.run("check")


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_the_diff_of_a_dry_run(office: Office, kind: str) -> None:
    for words in (
        ("--dry-run", "reword", "26/1", "--text", HOSTILE[kind]),
        ("--dry-run", "add", "--meeting", "25/2", "--owner", "CC", "--", HOSTILE[kind]),
    ):
        ran = office.run(*words)
        must_be_safe(ran, words)
        assert ran.status == 0 and "+text: " in ran.out


def test_hostile_words_through_the_process(office: Office) -> None:
    text = "".join(HOSTILE[kind] for kind in ("escape", "unseen", "markup"))
    for words in (
        ("reword", "26/1", "--text", text), ("show", "26/1"), ("list",), ("list", "--format", "table"), ("show", text),
        ("list", "--records", text), (f"--{text}",),
    ):  # fmt: skip
        must_be_safe(office.process(*words), words)
        must_be_safe(office.process(*words, PYTHONIOENCODING="ascii", LC_ALL="C"), words)


def test_bytes_that_are_no_text_are_refused_in_words(office: Office) -> None:
    before = office.files()
    for words in typed("a\udcffb"):
        ran = office.run(*words)
        assert ran.status in (0, 1, 2) and "defect" not in ran.err, (words, ran)
        assert ran.status or words[0] in ("list",), (words, ran)
    assert office.files() == before


REFS = ["../../x", "/etc/passwd", "-rf", "CON", "pdb/../../x/1", "pdb/2025-11-26/../../../x", "..", ".", "/", "~", "nul",
        "C:\\x", "pdb\\2025-11-26\\01", "pdb/2025-11-26/01.yaml", "PDB/2025-11-26/1e1", "PDB/2025-13-45/01", "％", "26/１",
        ".tracker/lock", "register.yaml", "26/1,", ",", "26/1-999999999", "26/-1", "26/1-", "*", "%00", "26/1;ls"]  # fmt: skip


@pytest.mark.parametrize("ref", REFS)
def test_paths_and_nonsense_for_references_are_refused(office: Office, tmp_path: Path, ref: str) -> None:
    outside = tmp_path / "x"
    outside.mkdir()
    for words in (
        ("show", ref), ("edit", ref), ("update", ref, "--note", "x"), ("discharge", ref, "--outcome", "x"),
        ("add", "x", "--meeting", ref, "--owner", "Force"), ("meeting", "held", ref), ("meeting", "cancel", ref),
        ("update", "26/1", "--note", "x", "--at", ref), ("list", "--meeting", ref), ("tag", ref, "+x"),
        ("add", "x", "--meeting", "25/2", "--owner", "Force", "--follows", ref), ("meeting", "move", ref, "--to", "2026-02-24"),
        ("board", "add", ref, "--title", "x"), ("meeting", "add", ref, "2026-09-16"),
    ):  # fmt: skip
        before = office.files()
        ran = office.run(*words, EDITOR="true")
        assert ran.status in (1, 2) and ran.out == "", (words, ran)
        must_be_safe(ran, words)
        assert office.files() == before
    assert list(outside.iterdir()) == []
