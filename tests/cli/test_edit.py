"""`tracker edit` with a script for an editor: what counts, what is refused, and that no word of a person's is lost."""

import sys
from pathlib import Path

import pytest

from tests.builders import put
from tests.cli.program import Office, Ran

PATH = "pdb/2025-11-26/01.yaml"
COMMENTED = (
    "# ours\ntext: 'Explore a rural crime update'   # in quotes\n\nowners:   # two\n  - Force\n  - OPCC\n"
    "due: 2026-02-25 # agreed\nstatus: open\nminutes_page: 7\n"
)


def edit(office: Office, ref: str, *pairs: str, also: str = "", args: tuple[str, ...] = (), own: bool = False) -> Ran:
    """Edit a record by replacing texts, in an editor that does `also` beside; in a process of its own if `own`."""
    script = office.folder / "editor.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\nfile = Path(sys.argv[-1])\ntext = file.read_bytes().decode()\n"
        + "".join(f"assert {old!r} in text\ntext = text.replace({old!r}, {new!r})\n"
                  for old, new in zip(pairs[::2], pairs[1::2], strict=True))
        + f"{also}\nfile.write_bytes(text.encode())\n"
    )  # fmt: skip
    run = office.process if own else office.run
    return run("edit", ref, *args, EDITOR=f"{sys.executable} {script}")


def kept(ran: Ran) -> str:
    """The text that was kept for the person after a refusal."""
    assert ran.status == 1, ran
    return Path(ran.err.rpartition("is kept in ")[2].strip().removesuffix(".")).read_text()


def test_a_new_due_day_gets_its_event_and_comments_stay(office: Office) -> None:
    put(office.root, PATH, COMMENTED)
    ran = edit(office, "26/1", "due: 2026-02-25", "due: 2026-06-10", own=True)
    assert ran == (0, "Edited PDB/2025-11-26/01: Explore a rural crime update\n", "")
    assert office.text(PATH) == COMMENTED.replace("due: 2026-02-25", "due: 2026-06-10") + (
        "history:\n  - date: 2026-02-26\n    event: re-dated\n    from: 2026-02-25\n    to: 2026-06-10\n"
    )


def test_owners_and_text_get_their_events_and_other_words_none(office: Office) -> None:
    put(office.root, PATH, COMMENTED)
    edit(office, "26/1", "  - OPCC\n", "", "a rural", "the rural", args=("--date", "2026-02-20"))
    text = office.text(PATH)
    assert "event: reassigned" in text and "event: reworded" in text and text.count("date: 2026-02-20") == 2
    before = office.text(PATH)
    assert edit(office, "26/1", "minutes_page: 7", "minutes_page: 8 # mistyped").status == 0
    assert office.text(PATH) == before.replace("minutes_page: 7", "minutes_page: 8 # mistyped")


def test_unchanged_text_says_so(office: Office) -> None:
    before = office.files()
    ran = edit(office, "26/1")
    assert (ran.status, ran.out) == (0, f"{PATH} is as it was.\n")
    assert office.files() == before


@pytest.mark.parametrize(("old", "new", "sentence"), [
    ("status: open", "status: discharged", "tracker discharge PDB/2025-11-26/01 --outcome TEXT"),
    ("status: open", "status: proposed", "tracker propose PDB/2025-11-26/01 --outcome TEXT"),
    ("status: open", "status: withdrawn", "tracker withdraw PDB/2025-11-26/01 --reason TEXT"),
    ("status: open", "status: done", "status"),
    ("due: 2026-02-25", "due: 2026-02-30", "30 February 2026 does not exist"),
    ("due: 2026-02-25", "due: 2025-02-25", "Is the year right?"),
    ("text: ", "text: [", ""),
    ("text: ", "text: &a ", ""),
    ("status: open", "status: open\nstatus: open", ""),
    ("status: open", "status: open\nhistory:\n  - date: 2026-02-20\n    event: update\n    note: x", "only added to"),
])  # fmt: skip
def test_what_is_refused_changes_nothing_and_keeps_the_persons_text(
    office: Office, old: str, new: str, sentence: str
) -> None:
    before = office.files()
    ran = edit(office, "26/1", old, new)
    assert sentence in ran.err and "Nothing was changed" in ran.err
    assert new in kept(ran)
    assert office.files() == before


def test_an_edit_by_someone_else_meanwhile_is_not_overwritten(office: Office) -> None:
    other = f"Path({str(office.root / PATH)!r}).write_text('text: Theirs\\nowners: [Force]\\nstatus: open\\n')"
    ran = edit(office, "26/1", "due: 2026-02-25", "due: 2026-06-10", also=other)
    assert "changed by someone else" in ran.err
    assert "due: 2026-06-10" in kept(ran)
    assert office.text(PATH).startswith("text: Theirs")


def test_an_edit_of_another_record_meanwhile_is_no_obstacle(office: Office) -> None:
    other = f"Path({str(office.root / 'pdb/2025-11-26/02.yaml')!r}).write_text('text: X\\nowners: [Force]\\nstatus: open\\n')"
    assert edit(office, "26/1", "due: 2026-02-25", "due: 2026-06-10", also=other).status == 0


@pytest.mark.parametrize("torn", [b"text: Explore\nowners: [Force\nstatus: open\n", b"\ttext: x\n", b"text: Explore\ntext: y\n", b""])
def test_a_record_that_cannot_be_read_can_be_mended(office: Office, torn: bytes) -> None:
    put(office.root, PATH, torn)
    assert office.run("list").status == 1
    mended = "text = 'text: Mended\\nowners: [Force]\\nstatus: open\\n'"
    assert edit(office, "26/1", also=mended).status == 0
    assert office.text(PATH) == "text: Mended\nowners: [Force]\nstatus: open\n"
    assert office.run("list").status == 0


def test_the_register_a_board_and_a_meeting(office: Office) -> None:
    assert edit(office, "register", "name: Kent Police", "name: Kent Police Force", own=True).out == (
        "Edited the register's settings\n"
    )
    assert edit(office, "pdb", "chair: ", "chair: The ").out == "Edited the board PDB\n"
    assert "chair: The Police and Crime Commissioner" in office.text("pdb/board.yaml")
    assert edit(office, "25/2", "Clift Room", "Room 2").status == 0
    ran = edit(office, "25/2", "status: scheduled", "status: cancelled")
    assert "tracker meeting cancel PDB/2026-02-25" in ran.err and "cancelled" in kept(ran)


def test_a_dry_run_of_an_edit(office: Office) -> None:
    before = office.files()
    ran = edit(office, "26/1", "due: 2026-02-25", "due: 2026-06-10", args=("--dry-run",))
    assert "+due: 2026-06-10" in ran.out and "+    event: re-dated" in ran.out
    assert office.files() == before


def test_an_editor_that_fails_or_is_not_there(office: Office) -> None:
    for editor in ("/no/such/editor", f"{sys.executable} -c 'raise SystemExit(3)'"):
        ran = office.run("edit", "26/1", EDITOR=editor)
        assert ran.status == 1 and "EDITOR" in ran.err and "Traceback" not in ran.err
    assert "EDITOR" in office.refused("edit", "26/1")


def test_what_cannot_be_edited(office: Office) -> None:
    assert "There is no action" in office.refused("edit", "26/9")
    assert "not a reference" in office.refused("edit", "../../etc/passwd", status=2)
