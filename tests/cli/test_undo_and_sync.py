"""How `undo` and `sync` read and behave at the command line; what they do is tested in tests/git."""

from pathlib import Path

import pytest

from tests.builders import action
from tests.cli.program import Office
from tests.git.repository import Clone, bare, clone


@pytest.fixture
def desk(tmp_path: Path) -> Clone:
    return clone(tmp_path)


def test_undo_as_a_process(desk: Clone) -> None:
    full = desk.done("carry", "26/1", "--to", "2026-06-10", "--reason", "Not done").lines[0]
    assert desk.message().split("\n")[0].endswith(" …") and not full.endswith("…")
    ran = desk.process("--dry-run", "undo")
    assert ran.status == 0 and ran.err == "Nothing is changed; this is what would be.\n"
    assert ran.lines[0] == f"Took back: {full}" and "-due: 2026-06-10" in ran.out
    ran = desk.process("undo")
    assert (ran.status, ran.out) == (0, f"Took back: {full}\n")
    assert desk.process("undo").out == f"Made again: {full}\n"
    assert desk.process("undo", "--format", "json").status == 2


def test_sync_as_a_process(desk: Clone, tmp_path: Path) -> None:
    bare(tmp_path / "origin.git", desk)
    desk.done("update", "26/1", "--note", "Sent")
    ran = desk.process("sync")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "Synced with origin/main: 0 changes came in, 1 went out.\n  Out: 1 update noted.\n"
    assert desk.process("--board", "pdb", "sync").status == 2
    assert desk.process("sync", "--dry-run").status == 2


def test_the_officers_own_way_to_the_server_is_used(desk: Clone, tmp_path: Path) -> None:
    bare(tmp_path / "origin.git", desk)
    desk.git("remote", "set-url", "origin", "ssh://nowhere/origin.git")
    ran = desk.run("sync", GIT_SSH_COMMAND=f"echo used > '{tmp_path}/used'; false")
    assert ran.status == 1 and "could not be reached" in ran.err
    assert (tmp_path / "used").read_text() == "used\n"


def test_formerly_is_shown_and_found(office: Office) -> None:
    old = action("PDB/2025-11-26/09").ref
    office.hold(action("PDB/2025-11-26/06", "Renumbered", due="2026-06-10", formerly=(old, action("PDB/2025-11-26/02").ref)))
    assert "formerly: [PDB/2025-11-26/09, PDB/2025-11-26/02]\n" in office.text("pdb/2025-11-26/06.yaml")
    assert "PDB/2025-11-26/06" in office.done("show", "26/9", "--format", "tsv").out
    shown = office.done("show", "26/2", "--format", "table").out
    assert "was formerly that of PDB/2025-11-26/06" in shown
    assert "Formerly" in office.done("show", "26/6", "--format", "table").out
    assert '"formerly": [\n    "PDB/2025-11-26/09",' in office.done("show", "26/6", "--format", "json").out
    office.done("update", "26/9", "--note", "Found")
    assert "note: Found" in office.text("pdb/2025-11-26/06.yaml")
    office.hold(action("PDB/2025-11-26/07", "Another", due="2026-06-10", formerly=(old,)))
    assert "could be PDB/2025-11-26/06, PDB/2025-11-26/07" in office.refused("update", "26/9", "--note", "Which")
