"""`tracker log`: the life of a record, found however it is named, there or not."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import put
from tests.git.repository import Clone, clone

FIRST = "pdb/2025-11-26/01.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Clone:
    return clone(tmp_path)


def lines(desk: Clone, *args: str, **how: str) -> Any:
    return json.loads(desk.done("log", *args, "--format", "json", **how).out)


def test_the_life_of_an_action_in_one_table(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun", today="2026-01-05")
    desk.done("carry", "26/1", "--to", "2026-06-10")
    hashes = desk.git("log", "--format=%H").split()
    assert desk.done("log", "26/1").out.splitlines() == [
        f"2026-02-26\tcarried forward from 2026-02-25 to 2026-06-10 (first time)\t\tAnna Officer\t{hashes[0][:10]}",
        f"2026-01-05\tupdate\tBegun\tAnna Officer\t{hashes[1][:10]}",
        f"2025-11-26\traised for Force, due 2026-02-25: Explore a rural crime update\t\tAnna Officer\t{hashes[2][:10]}",
    ]
    drawn = desk.done("log", "26/1", "--format", "table").out
    assert drawn.startswith("PDB/2025-11-26/01\n") and "5 Jan 2026" in drawn


@pytest.mark.parametrize("ref", ["26/1", "PDB/2025-11-26/01", "pdb-2025-11-26-1", "2025-11-26/1"])
def test_every_way_to_name_it(desk: Clone, ref: str) -> None:
    assert [line["ref"] for line in lines(desk, ref)] == ["PDB/2025-11-26/01"]


def test_a_record_that_is_gone_is_found_by_its_full_reference(desk: Clone) -> None:
    (desk.root / FIRST).unlink()
    assert [line["kind"] for line in lines(desk, "pdb/2025-11-26/1")] == ["deleted", "raised"]
    assert [line["kind"] for line in lines(desk, "2025-11-26/1", "--board", "pdb")] == ["deleted", "raised"]
    assert "There is no action" in desk.refused("log", "26/1")
    desk.git("rm", "-r", "--quiet", "records/pdb")
    desk.git("commit", "--quiet", "--message=All gone")
    assert {line["ref"] for line in lines(desk, "pdb")} >= {"PDB", "PDB/2025-11-26", "PDB/2025-11-26/01"}
    assert [line["kind"] for line in lines(desk, "26.11.2025/1", "--board", "PDB")] == ["deleted", "raised"]


def test_a_record_that_cannot_be_read_has_a_log(desk: Clone) -> None:
    put(desk.root, FIRST, "torn: [")
    found = lines(desk, "26/1")
    assert [(line["kind"], line["commit"] is None, line["day"]) for line in found] == [("unreadable", True, "2026-02-26"), ("raised", False, "2025-11-26")]
    assert "not committed" in desk.done("log", "26/1").out


def test_a_meeting_that_was_moved(desk: Clone) -> None:
    desk.done("meeting", "move", "2026-06-10", "--to", "2026-06-17")
    assert [line["kind"] for line in lines(desk, "pdb/2026-06-17")] == ["moved", "meeting added"]
    assert [line["moved_from"] for line in lines(desk, "PDB/2026-06-10")] == ["PDB/2026-06-10", None]


def test_the_register_and_a_board(desk: Clone) -> None:
    desk.done("owner", "add", "HO", "--name", "Home Office")
    assert [line["what"] for line in lines(desk, "register")][0] == "owner added"
    assert len(lines(desk)) == len(lines(desk, "pdb")) + len(lines(desk, "register"))
    assert lines(desk, "--board", "PDB") == lines(desk, "pdb")


def test_a_limit_says_that_there_is_more(desk: Clone) -> None:
    ran = desk.done("log", "--limit", "2")
    assert (len(ran.lines), ran.err) == (2, "These are the latest 2 lines; --limit N shows more.\n")
    assert (len(desk.done("log").lines), desk.done("log").err) == (11, "")
    assert desk.run("log", "--limit", "0").status == 2


def test_what_nobody_knows_is_one_sentence(desk: Clone) -> None:
    assert "No commit knows PDB/2025-11-26/99" in desk.refused("log", "pdb/2025-11-26/99")
    assert "No commit knows NOPE" in desk.refused("log", "nope")
    assert "is not a reference" in desk.refused("log", "../../etc/passwd", status=2)


def test_part_of_a_history_is_told(desk: Clone, tmp_path: Path) -> None:
    desk.done("update", "26/1", "--note", "x")
    other = Clone(tmp_path / "other", tmp_path / "other/clone")
    other.git("clone", "--quiet", "--depth=1", f"file://{desk.top}", other.top, cwd=other.folder)
    assert "git fetch --unshallow" in other.done("log", "26/1").err
    assert desk.done("log", "26/1").err == ""


def test_an_undone_change_is_called_so(desk: Clone) -> None:
    before = desk.text(FIRST)
    desk.done("update", "26/1", "--note", "x")
    undone = desk.head()
    put(desk.root, FIRST, before)
    desk.git("commit", "--quiet", "--all", f"--message=Undo\n\nTracker-Ref: PDB/2025-11-26/01\nTracker-Undoes: {undone}")
    found = lines(desk, "26/1")[0]
    assert (found["kind"], found["commit"]["undoes"]) == ("history removed", undone)
    assert f"undo of {undone[:10]}: history entry taken out" in desk.done("log", "26/1").out


def test_outside_git(desk: Clone) -> None:
    (desk.top / ".git").rename(desk.top / "git")
    assert "git init" in desk.refused("log")
    assert "git init" in desk.refused("log", "26/1")
