"""A new register: init, board, owner."""

import json
from pathlib import Path

import pytest

from tests.cli.program import Office


@pytest.fixture
def empty(tmp_path: Path) -> Office:
    return Office(tmp_path, tmp_path / "new")


def test_init_makes_a_register_and_says_what_to_do_next(empty: Office) -> None:
    ran = empty.process("init", empty.root, "--title", "Office of the Kent PCC", TRACKER_RECORDS=None)
    assert ran.status == 0
    assert ran.out == f"Made a register in {empty.root}.\n"
    assert "tracker owner add" in ran.err and "tracker board add" in ran.err
    assert empty.files() == {"register.yaml": b"title: Office of the Kent PCC\n"}


def test_init_here_makes_the_folder_records(empty: Office) -> None:
    empty.done("init", TRACKER_RECORDS="")
    assert (empty.home / "records/register.yaml").exists()


def test_init_never_overwrites(office: Office) -> None:
    assert "a register already" in office.refused("init", office.root)
    assert "inside the register" in office.refused("init", office.root / "pdb/new")
    assert "is a file" in office.refused("init", __file__)


def test_board_add_and_list(empty: Office) -> None:
    empty.done("init", empty.root)
    ran = empty.process("board", "add", "pdb", "--title", "Performance and Delivery Board", "--chair", "PCC",
                        "--member", "Tim Smith; Chief Constable; Force", "--item", "1 Welcome", "--note", "Ours.")  # fmt: skip
    assert ran.out == "Added the board PDB, Performance and Delivery Board\n"
    assert "tracker meeting add pdb DATE" in ran.err
    assert empty.text("pdb/board.yaml") == (
        'title: Performance and Delivery Board\nchair: PCC\nmembers:\n  - name: Tim Smith\n    role: Chief Constable\n'
        '    organisation: Force\nagenda:\n  - number: "1"\n    title: Welcome\nnote: Ours.\n'
    )
    assert empty.process("board", "list").out.startswith("PDB\tPerformance and Delivery Board")
    assert "There is a board PDB already" in empty.refused("board", "add", "PDB", "--title", "x")


@pytest.mark.parametrize("key", ["CON", "a/b", "..", "../x", "p b", "é", "x" * 33, "1st", "com1", "nul", ".tracker"])
def test_what_cannot_be_a_boards_key(office: Office, key: str) -> None:
    assert "cannot be a board's key" in office.refused("board", "add", key, "--title", "x", status=2)


def test_owner_add_alias_and_list(office: Office) -> None:
    ran = office.process("owner", "add", "Fire", "--name", "Kent Fire and Rescue", "--alias", "KFRS", "--email", "a@b.org")
    assert ran.out == "Added the owner Fire, Kent Fire and Rescue, also written KFRS\n"
    assert office.process("owner", "alias", "kfrs", "Fire Service", "CFO").out == (
        "Fire is also known as Fire Service and CFO now\n"
    )
    office.done("reassign", "26/1", "--owner", "fire service")
    assert len(json.loads(office.done("owner", "list", "--format", "json").out)) == 3
    assert office.process("owner", "list").lines[2].startswith("Fire\tKent Fire and Rescue\t")


def test_a_spelling_belongs_to_one_owner(office: Office) -> None:
    assert "is Force already" in office.refused("owner", "add", "CC", "--name", "Someone")
    assert "is OPCC already" in office.refused("owner", "alias", "Force", "pcc")
    assert "cannot be an owner's key" in office.refused("owner", "add", "a,b", "--name", "Someone", status=2)
    assert "Did you mean" in office.refused("owner", "alias", "Forse", "x")
