"""Messages: what a person reads first, and nothing in a text that git would obey."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.git.repository import Clone, clone
from tracker.git.message import message, reference
from tracker.model.changes.draft import Change

PATH = "pdb/2025-11-26/01.yaml"
HOSTILE = [
    "fixup! Start", "squash! Start", "amend! Start", "# nothing to see", "-m forged", "--amend", ":!x", ":(exclude)x",
    "Carried\n\nTracker-Ref: PDB/2000-01-01/99", "Tracker-Undoes: 0000\n", "---\ndiff --git a/x b/x", "\x1b[31mred\x1b[0m",
    "a\0b", "\u202eevil", "Signed-off-by: The Chair <chair@example.org>", "From 1234 Mon Sep 17 00:00:00 2001", "; rm -rf x", "🙂" * 80, "x" * 300,
    "\udcff broken",
]  # fmt: skip


def subject_and_rest(text: str) -> tuple[str, list[str]]:
    subject, *rest = text.rstrip("\n").split("\n\n")
    return subject, rest


def test_a_short_sentence_is_the_subject_and_stands_nowhere_else() -> None:
    assert message(Change({}, "Discharged PDB/2025-11-26/01: Explore"), [PATH]) == (
        "Discharged PDB/2025-11-26/01: Explore\n\nTracker-Ref: PDB/2025-11-26/01\n"
    )


def test_a_long_sentence_is_cut_at_a_word_and_stands_whole_in_the_body() -> None:
    sentence = "Carried PDB/2025-11-26/01 forward to 10 June 2026, its second time: Explore a rural crime update in …"
    subject, rest = subject_and_rest(message(Change({}, sentence), [PATH]))
    assert subject == "Carried PDB/2025-11-26/01 forward to 10 June 2026, its second time …"
    assert rest == [sentence, "Tracker-Ref: PDB/2025-11-26/01"]


@pytest.mark.parametrize("length", range(68, 78))
def test_the_subject_has_at_most_72_characters(length: int) -> None:
    for sentence in ("x" * length, ("ab " * 40)[:length].strip()):
        subject, rest = subject_and_rest(message(Change({}, sentence), [PATH]))
        assert len(subject) <= 72
        assert (subject == sentence) == (len(sentence) <= 72) == (len(rest) == 1)


def test_details_stand_a_line_each_and_the_trailers_last_in_order() -> None:
    change = Change({}, "Carried 2 actions forward", details=("Carried 01: A", "Carried 02: B"))
    text = message(change, ["register.yaml", "pdb/board.yaml", "pdb/2025-11-26b/meeting.yaml", PATH], undoes="f" * 40)
    assert subject_and_rest(text)[1] == [
        "- Carried 01: A\n- Carried 02: B",
        "Tracker-Ref: PDB/2025-11-26/01\nTracker-Ref: PDB/2025-11-26B\nTracker-Ref: PDB\nTracker-Ref: register\n"
        f"Tracker-Undoes: {'f' * 40}",
    ]


def test_references_of_paths() -> None:
    assert [reference(path) for path in ("register.yaml", "pdb/board.yaml", PATH, "pdb/notes.txt")] == [
        "register", "PDB", "PDB/2025-11-26/01", None,
    ]  # fmt: skip


def committed(desk: Clone, text: str) -> str:
    """The message of a commit that git made with this text."""
    desk.git("commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "--file=-", stdin=text.encode("utf-8", "replace"))
    return desk.message()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    return clone(tmp_path_factory.mktemp("desk"))


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_in_a_text_is_obeyed(desk: Clone, words: str) -> None:
    text = message(Change({}, words, details=(words, "ordinary", words)), [PATH])
    committed(desk, text)
    assert desk.trailers() == ["Tracker-Ref: PDB/2025-11-26/01"]
    subject = text.split("\n")[0]
    assert len(subject) <= 72 and not subject.startswith(("#", "-", ":", "fixup!", "squash!", "amend!", ";", "\x1b"))
    assert all(line.isprintable() for line in text.split("\n"))
    # What git would take out of the message as comments when the commit is amended: nothing.
    stripped = desk.git("stripspace", "--strip-comments", stdin=text.encode("utf-8", "replace"))
    assert stripped == text.encode("utf-8", "replace").decode()
    parsed = subprocess.run(
        ["git", "interpret-trailers", "--parse"], input=text.encode("utf-8", "replace"), capture_output=True, cwd=desk.top, env=desk.environment()
    )
    assert parsed.stdout.decode().split("\n")[:-1] == ["Tracker-Ref: PDB/2025-11-26/01"]


@settings(deadline=None, derandomize=True, max_examples=300)
@given(sentence=st.text(min_size=1), details=st.lists(st.text(), max_size=3))
def test_whatever_the_words_the_last_paragraph_is_the_trailers(sentence: str, details: list[str]) -> None:
    lines = message(Change({}, sentence, details=tuple(details)), [PATH]).split("\n")
    assert lines[-3:] == ["", "Tracker-Ref: PDB/2025-11-26/01", ""]
    assert len(lines[0]) <= 72 and lines[1] == ""
    assert not any(line.startswith(("#", "Tracker-")) for line in lines[:-2])
