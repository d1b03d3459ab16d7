"""One bad reference among good ones, a dry run, a cut pipe of words: not a byte of the register changes."""

import pytest

from tests.cli.program import Office

# Every command that takes several references, ready but for them.
SEVERAL = [
    ("update", "--note", "x"),
    ("propose", "--outcome", "x"),
    ("discharge", "--outcome", "x"),
    ("carry", "--to", "2026-06-10"),
    ("redate", "--to", "2026-06-10"),
    ("reassign", "--owner", "OPCC"),
    ("withdraw", "--reason", "x"),
    ("tag", "+x"),
    ("restrict",),
]

# One working call of every command that changes something.
CHANGES = [
    *((name, "26/1-2", *rest) for name, *rest in SEVERAL),
    ("add", "Report it", "--meeting", "25/2", "--owner", "Force"),
    ("board", "add", "jat", "--title", "Joint Audit"),
    ("owner", "add", "Fire", "--name", "Kent Fire and Rescue"),
    ("owner", "alias", "Force", "Police"),
    ("meeting", "add", "pdb", "2026-09-16"),
    ("meeting", "held", "25/2"),
    ("meeting", "postpone", "25/2", "--to", "tbc"),
    ("meeting", "cancel", "25/2"),
    ("meeting", "move", "25/2", "--to", "2026-02-24"),
    ("item", "add", "25/2", "Prevention"),
    ("discharge", "--proposed", "--at", "25/2"),
    ("discharge", "26/1", "--outcome", "x", "--at", "25/2", "--follow-up", "More"),
    ("carry", "--all", "--at", "25/2"),
    ("correct", "26/4", "--outcome", "x"),
    ("reopen", "26/4"),
    ("reword", "26/1", "--text", "x"),
]


def named(words: tuple[str, ...]) -> str:
    return " ".join(words[:3])


@pytest.mark.parametrize("words", SEVERAL, ids=named)
@pytest.mark.parametrize("bad", ["26/9", "27/1", "26/0", "x", "../x", "26/2,9", "26/9-2", "26/1-x"])
def test_one_bad_reference_among_three_and_nothing_changes(office: Office, words: tuple[str, ...], bad: str) -> None:
    name, *rest = words
    before = office.files()
    ran = office.run(name, "26/1", bad, "26/2", *rest)
    assert ran.status in (1, 2) and ran.out == "" and ran.err.startswith("Error: "), ran
    assert office.files() == before


@pytest.mark.parametrize("words", SEVERAL, ids=named)
def test_one_that_the_rules_refuse_and_nothing_changes(office: Office, words: tuple[str, ...]) -> None:
    """The last action is closed, owned already, restricted already, or not yet raised on the day."""
    name, *rest = words
    if name in ("update", "reassign"):
        rest = [*rest, "--date", "2025-11-26" if name == "reassign" else "2025-11-25"]
    if name == "restrict":
        office.done("restrict", "26/4")
    if name == "tag":
        office.done("tag", "26/4", "+x")
    sentence = office.refused(name, "26/1", "26/2", "26/4", *rest)
    assert sentence.startswith("Error: ")


def test_the_process_itself_changes_nothing_either(office: Office) -> None:
    before = office.files()
    ran = office.process("discharge", "26/1", "26/2", "26/9", "--outcome", "x")
    assert ran == (1, "", "Error: There is no action PDB/2025-11-26/09. PDB/2025-11-26 has 01, 02, 03, 04, 05.\n")
    assert office.files() == before


@pytest.mark.parametrize("words", CHANGES, ids=named)
def test_a_dry_run_shows_the_change_and_makes_none(office: Office, words: tuple[str, ...]) -> None:
    before = office.files()
    shown = office.run(*words, "--dry-run")
    assert shown.status == 0, shown
    assert "Nothing is changed" in shown.err
    assert office.files() == before
    assert not (office.root / ".tracker/journal.json").exists()
    done = office.done(*words)
    assert shown.out.startswith(done.out)
    assert "\n+++ " in shown.out and "\n@@ " in shown.out
    assert [path for path in office.changed(before) if f"+++ {path}" not in shown.out
            and f"--- {path}" not in shown.out] == []  # fmt: skip


def test_a_dry_run_is_refused_like_the_change(office: Office) -> None:
    assert "There is no action" in office.refused("discharge", "26/9", "--outcome", "x", "--dry-run")


def test_a_file_that_cannot_be_read_stops_only_what_needs_it(office: Office) -> None:
    (office.root / "pdb/2025-11-26/02.yaml").write_text("text: [torn\n")
    sentence = office.refused("update", "26/1", "26/2", "--note", "x")
    assert "pdb/2025-11-26/02.yaml:1: " in sentence
    assert office.done("update", "26/1", "--note", "x").status == 0


def test_a_register_file_that_cannot_be_read_stops_only_what_needs_it(office: Office) -> None:
    (office.root / "register.yaml").write_text("title: x\n\towners:\n")
    for words in (("owner", "add", "Fire", "--name", "x"), ("reassign", "26/1", "--owner", "OPCC")):
        assert "register.yaml:2: " in office.refused(*words)
    assert office.done("update", "26/1", "--note", "x").status == 0


def test_what_is_typed_once_is_done_once(office: Office) -> None:
    assert office.done("update", "26/1", "PDB/2025-11-26/01", "26/1-1", "--note", "x").out.count("Noted") == 1
    assert office.text("pdb/2025-11-26/01.yaml").count("event: update") == 1


@pytest.mark.parametrize(("words", "option"), [
    (("update", "26/1", "--note", "x", "--at", ""), "--at"),
    (("update", "26/1", "--note", "x", "--date", ""), "--date"),
    (("update", "26/1", "--note", ""), "--note"),
    (("list", "--owner", ""), "--owner"),
    (("list", "--as-of", ""), "--as-of"),
    (("--as-of", "", "list"), "--as-of"),
    (("list", "--board", ""), "--board"),
    (("add", "x", "--meeting", "", "--owner", "Force"), "--meeting"),
    (("add", "x", "--meeting", "25/2", "--owner", "", "--owner", "Force"), "--owner"),
    (("carry", "26/1", "--to", ""), "--to"),
    (("item", "add", "25/2", "x", "--number", " "), "--number"),
    (("owner", "alias", "Force", " "), "A..."),
])  # fmt: skip
def test_empty_words_are_no_words(office: Office, words: tuple[str, ...], option: str) -> None:
    """What a script's unset variable leaves must not turn into something that nobody asked for."""
    assert option in office.refused(*words, status=2)


def test_what_could_not_be_read_again_is_not_written(office: Office) -> None:
    """A record has a largest size; a change that would go beyond it is refused, and the record stays readable."""
    before = office.files()
    ran = office.run("update", "26/1", "26/2", "--note", "-", stdin="word " * 40_000)
    assert (ran.status, ran.out) == (1, "") and ran.err.startswith("Error: ") and "defect" not in ran.err, ran.err[:300]
    assert office.files() == before
    assert office.done("update", "26/1", "--note", "-", stdin="word " * 2_000).status == 0
    assert office.run("list").status == 0
