"""Raising actions: add, one by one and from a list."""

import json
from pathlib import Path

import pytest

from tests.cli.program import Office

AT = ("--meeting", "25/2", "--owner", "Force")


def test_add_raises_the_action_at_the_meeting(office: Office) -> None:
    before = office.files()
    ran = office.process("add", "Report the stop and search figures", *AT)
    assert ran == (
        0,
        "Raised PDB/2026-02-25/01 for Force, due 10 June 2026: Report the stop and search figures "
        "(PDB/2026-02-25 is now marked as held)\n",
        "",
    )
    assert office.changed(before) == ["pdb/2026-02-25/01.yaml", "pdb/2026-02-25/meeting.yaml"]
    assert office.text("pdb/2026-02-25/01.yaml") == (
        "text: Report the stop and search figures\nowners: [Force]\ndue: 2026-06-10\nstatus: open\n"
    )


def test_add_with_everything(office: Office) -> None:
    office.done(
        "add", "Share the rest", "--meeting", "PDB/2025-11-26", "--owner", "Force / OPCC", "--item", "3I", "--due",
        "spring 2027", "--tag", "b", "--tag", "a", "--restricted", "--follows", "26/1",
    )  # fmt: skip
    found = json.loads(office.done("show", "26/6", "--format", "json").out)
    assert {key: found[key] for key in ("owners", "item", "due", "due_said", "tags", "restricted", "follows")} == {
        "owners": ["Force", "OPCC"], "item": "3i", "due": "2027-05-31", "due_said": "spring 2027", "tags": ["b", "a"],
        "restricted": True, "follows": "PDB/2025-11-26/01",
    }  # fmt: skip


def test_a_new_number_is_one_above_the_highest(office: Office) -> None:
    (office.root / "pdb/2025-11-26/04.yaml").unlink()
    office.done("add", "One more", "--meeting", "11-26", "--owner", "Force")
    assert (office.root / "pdb/2025-11-26/06.yaml").exists()
    (office.root / "pdb/2025-11-26/99.yaml").write_text("torn: [")
    office.done("add", "And more", "--meeting", "11-26", "--owner", "Force")
    assert (office.root / "pdb/2025-11-26/100.yaml").exists()


def test_due_days_count_from_the_meeting(office: Office) -> None:
    office.done("add", "In time", *AT, "--due", "in 6 weeks")
    office.done("add", "Never", *AT, "--due", "none")
    assert "due: 2026-04-08" in office.text("pdb/2026-02-25/01.yaml")
    assert "due" not in office.text("pdb/2026-02-25/02.yaml")


@pytest.mark.parametrize(("said", "status", "sentence"), [
    (("--owner", "Force"), 2, "--meeting"),
    (("--meeting", "25/2"), 2, "--owner"),
    ((*AT, "--due", "2026-02-24"), 1, "Is the year right?"),
    ((*AT, "--due", "31/02/2026"), 2, "February 2026"),
    ((*AT, "--due", "when it ends"), 2, "--by"),
    ((*AT, "--item", "9"), 1, "tracker item add"),
    ((*AT, "--follows", "26/9"), 1, "There is no action PDB/2025-11-26/09"),
    (("--meeting", "25/2", "--owner", "Fource"), 1, "Did you mean Force?"),
    (("--meeting", "2026-06-10", "--owner", "Force"), 1, "still to come"),
    (("--meeting", "2026-03-01", "--owner", "Force"), 1, "No meeting fits"),
])  # fmt: skip
def test_what_cannot_be_raised(office: Office, said: tuple[str, ...], status: int, sentence: str) -> None:
    assert sentence in office.refused("add", "Report it", *said, status=status)


def test_text_from_standard_input(office: Office) -> None:
    ran = office.process("add", "-", *AT, stdin="Report the Größe\r\nof it\n")
    assert ran.status == 0
    assert json.loads(office.done("show", "25/1", "--format", "json").out)["text"] == "Report the Größe\nof it"
    assert "no words" in office.refused("add", "-", *AT, status=2)


def test_many_from_a_file(office: Office, tmp_path: Path) -> None:
    listed = tmp_path / "actions.txt"
    listed.write_text(
        "# item; owners; text; due\n; Force; Report the first\n\n; CC / PCC; Report the second; 31 March\n"
        "; OPCC; Report the third; none\n", encoding="utf-8-sig",
    )  # fmt: skip
    ran = office.process("add", "--from", listed, "--meeting", "25/2")
    assert ran.lines[0] == "Raised 3 actions at PDB/2026-02-25 (PDB/2026-02-25 is now marked as held)"
    assert ran.lines[2] == "  Raised PDB/2026-02-25/02 for Force, OPCC, due 31 March 2026: Report the second"
    ran = office.done("add", "--from", "-", "--meeting", "25/2", stdin=";Force;Report the fourth")
    assert ran.out.startswith("Raised PDB/2026-02-25/04 for Force, due 10 June 2026")


@pytest.mark.parametrize(("lines", "status", "sentence"), [
    ("1; Force; Good\nno semicolons", 2, "Line 2"),
    ("1; Force; Good\n1; ; No owner", 2, "Line 2"),
    ("; Force; Good\n; Fource; Unknown owner", 1, "Did you mean Force?"),
    ("1; Force; Good\n7; Force; Unknown item", 1, "no agenda item"),
    ("; Force; Good\n; Force; Bad day; 31/02/2026", 2, "February 2026"),
    ("# nothing\n", 2, "has no actions in it"),
])  # fmt: skip
def test_one_bad_line_and_none_is_raised(office: Office, tmp_path: Path, lines: str, status: int, sentence: str) -> None:
    listed = tmp_path / "actions.txt"
    listed.write_text(lines)
    assert sentence in office.refused("add", "--from", listed, "--meeting", "25/2", status=status)


def test_a_list_that_cannot_be_read(office: Office, tmp_path: Path) -> None:
    assert "cannot be read" in office.refused("add", "--from", tmp_path / "none.txt", "--meeting", "25/2")
    (tmp_path / "bytes").write_bytes(b"\xff\xfe1;\x00")
    assert "not UTF-8" in office.refused("add", "--from", tmp_path / "bytes", "--meeting", "25/2")
    assert "cannot be read" in office.refused("add", "--from", tmp_path, "--meeting", "25/2")
    sentence = office.refused("add", "Text", "--from", tmp_path / "bytes", "--meeting", "25/2", status=2)
    assert "--from" in sentence


def test_a_list_with_a_wrong_line_raises_nothing_and_names_the_line(office: Office, tmp_path: Path) -> None:
    actions = tmp_path / "actions.txt"
    actions.write_text("# from the notes\n; Force; Report on sickness\n; Forse; Report on fleet\n", "utf-8")
    assert "Line 3 of the list" in office.refused("add", *AT[:2], "--from", str(actions))
