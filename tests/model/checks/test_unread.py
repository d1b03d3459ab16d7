"""What cannot be read must not make a check lie: real registers with broken files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.builders import action, event, item, meeting, on_disk, put, settings
from tracker.model.checks import check
from tracker.model.checks.evidence import Unread
from tracker.model.records import Record
from tracker.storage.load import load

TODAY = date(2026, 3, 1)
TORN = "text: 'never ends\n"
FIRST = "PDB/2025-11-26/01"


def found_in(root: Path) -> list[str]:
    return [finding.message for finding in check(load(root).register, TODAY)]


def torn(path: str) -> Callable[[Path], None]:
    def tear(root: Path) -> None:
        put(root, path, TORN)

    return tear


def renamed(path: str, name: str) -> Callable[[Path], None]:
    def rename(root: Path) -> None:
        (root / path).rename((root / path).with_name(name))

    return rename


FOLLOWING = action("PDB/2026-02-25/01", due="2026-06-10", follows=FIRST)
FOLLOWED = action(FIRST, "Another text", due="2026-06-10")
DECIDED = action(FIRST, due="2026-06-10", history=[event("2026-02-25", meeting="PDB/2026-02-25")])

BROKEN: dict[str, tuple[tuple[Record, ...], Callable[[Path], None]]] = {
    "unknown owner, register.yaml torn": ((action(due="2026-06-10", owners=("Council",)),), torn("register.yaml")),
    "unknown owner, register.yaml misspelt": ((action(due="2026-06-10", owners=("Council",)),), renamed("register.yaml", "register.yml")),
    "unknown owner, register.yaml gone": ((action(due="2026-06-10", owners=("Council",)),), lambda root: (root / "register.yaml").unlink()),
    "unknown item, meeting torn": ((action(due="2026-06-10", item="4"),), torn("pdb/2025-11-26/meeting.yaml")),
    "raised at a scheduled meeting, then torn": ((action(due="2026-06-10"),), torn("pdb/2025-11-26/meeting.yaml")),
    "follows a torn one": ((FOLLOWING, FOLLOWED), torn("pdb/2025-11-26/01.yaml")),
    "follows a misspelt one": ((FOLLOWING, FOLLOWED), renamed("pdb/2025-11-26/01.yaml", "1.yaml")),
    "follows one of a misspelt meeting": ((FOLLOWING, FOLLOWED), renamed("pdb/2025-11-26", "2025.11.26")),
    "follows one of a misspelt board": ((action("JAC/2026-02-25/01", due="2026-06-10", follows=FIRST), FOLLOWED), renamed("pdb", "PDB")),
    "decided at a torn meeting": ((DECIDED, meeting("PDB/2026-02-25")), torn("pdb/2026-02-25/meeting.yaml")),
    "decided at a meeting with a misspelt file": ((DECIDED, meeting("PDB/2026-02-25")), renamed("pdb/2026-02-25/meeting.yaml", "meeting.yml")),
    "decided at a meeting whose file has gone": (
        (DECIDED, action("PDB/2026-02-25/01", "Another text", due="2026-06-10")), lambda root: (root / "pdb/2026-02-25/meeting.yaml").unlink(),
    ),
    "decided at a misspelt meeting": ((DECIDED, meeting("PDB/2026-02-25")), renamed("pdb/2026-02-25", "2026-2-25")),
    "postponed to a torn meeting": (
        (meeting("PDB/2026-02-25", "postponed", postponed_to=date(2026, 3, 25)), meeting("PDB/2026-03-25", "scheduled")), torn("pdb/2026-03-25/meeting.yaml"),
    ),
    "the other sitting is torn": (
        (action(due="2026-06-10"), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-06-10b", "scheduled")), torn("pdb/2026-06-10b/meeting.yaml"),
    ),
    "the next meeting is torn": (
        (action(due="next meeting"), meeting("PDB/2026-06-10", "scheduled"), meeting("PDB/2026-09-09", "scheduled")), torn("pdb/2026-06-10/meeting.yaml"),
    ),
    "a number is torn": ((FOLLOWED, action("PDB/2025-11-26/02", due="2026-06-10")), torn("pdb/2025-11-26/01.yaml")),
    "a number is misspelt": ((FOLLOWED, action("PDB/2025-11-26/02", due="2026-06-10")), renamed("pdb/2025-11-26/01.yaml", "1.yaml")),
}  # fmt: skip


@pytest.mark.parametrize("records, damage", BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_is_not_called_missing(tmp_path: Path, records: tuple[Record, ...], damage: Callable[[Path], None]) -> None:
    root = on_disk(tmp_path, settings(), *records)
    damage(root)
    assert [p for p in load(root).problems if p.severity == "error"]
    assert found_in(root) == []


def test_a_broken_file_silences_nothing_elsewhere(tmp_path: Path) -> None:
    root = on_disk(
        tmp_path, action(owners=("Council",), item="4", due="2026-06-10"), meeting(items=(item("3i"),)),
        action("JAC/2025-11-26/01", due="2026-06-10", follows="JAC/2025-11-26/09"), action("JAC/2025-11-26/03", "Other", due="2026-06-10"),
    )  # fmt: skip
    put(root, "pdb/2025-11-26/02.yaml", TORN)
    put(root, "pdb/2024-2-3/01.yaml", TORN)
    put(root, "notes.yaml", "a: b\n")
    assert found_in(root) == [
        "it follows JAC/2025-11-26/09, and there is no such action",
        "numbers are missing among the actions of JAC/2025-11-26: 02",
        'the register has no owner "Council"',
        'PDB/2025-11-26 has no agenda item "4"',
    ]


def test_a_torn_number_is_no_gap_but_the_one_beside_it_is(tmp_path: Path) -> None:
    root = on_disk(tmp_path, *(action(f"PDB/2025-11-26/0{number}", f"Text {number}", due="2026-06-10") for number in (1, 3, 5)))
    put(root, "pdb/2025-11-26/03.yaml", TORN)
    assert found_in(root) == ["numbers are missing among the actions of PDB/2025-11-26: 02, 04"]


@pytest.mark.parametrize("broken, hidden, seen", [
    ("pdb/2025-11-26/01.yaml", ["pdb/2025-11-26/01.yaml"], ["pdb/2025-11-26/02.yaml", "pdb/2025-11-26/meeting.yaml"]),
    ("pdb/2025-11-26/1.yaml", ["pdb/2025-11-26/01.yaml", "pdb/2025-11-26/meeting.yaml"], ["pdb/2025-11-27/01.yaml", "register.yaml"]),
    ("pdb/2025-11-26", ["pdb/2025-11-26/01.yaml", "pdb/2025-11-26/meeting.yaml"], ["pdb/2025-11-26b/01.yaml", "pdb/board.yaml"]),
    ("pdb/26.11.2025", ["pdb/2025-11-26/01.yaml", "pdb/2025-11-27/01.yaml"], ["jac/2025-11-26/01.yaml"]),
    ("pdb", ["pdb/board.yaml", "pdb/2025-11-26/01.yaml"], ["jac/board.yaml", "register.yaml"]),
    (".", ["pdb/board.yaml", "pdb/2025-11-26/01.yaml", "register.yaml"], []),
    ("pdb/board.yaml", ["pdb/board.yaml"], ["pdb/2025-11-26/meeting.yaml"]),
    ("register.yml", ["register.yaml"], ["pdb/board.yaml"]),
])  # fmt: skip
def test_what_may_lie_behind_a_broken_path(broken: str, hidden: list[str], seen: list[str]) -> None:
    unread = Unread([broken])
    assert all(unread.may_hold(path) for path in hidden)
    assert not any(unread.may_hold(path) for path in seen)


def test_the_fields_lead_to_lines(tmp_path: Path) -> None:
    from tracker.storage.checking import check_register

    root = on_disk(tmp_path, action(due="2026-06-10", owners=("Force", "Council"), history=[event("2026-01-10"), event("2026-01-09")]))
    lines = (root / "pdb/2025-11-26/01.yaml").read_text(encoding="utf-8").splitlines()
    found = [(problem.line, problem.message) for problem in check_register(root, TODAY)]
    assert [message for _, message in found] == [
        'the register has no owner "Council"', "it was updated on 9 January 2026, but the entry before it is of 10 January 2026",
    ]  # fmt: skip
    assert "Council" in lines[(found[0][0] or 0) - 1]
    assert "date: 2026-01-09" in lines[(found[1][0] or 0) - 1]
