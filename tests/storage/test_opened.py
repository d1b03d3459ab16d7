"""A register is read as far as it is asked for, and what names a record costs the same at any size."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import action, action_ref, board, meeting, meeting_ref, on_disk, put
from tests.cli.program import Office
from tests.storage.index.registers import opened_by, settled, told_by, told_plainly
from tracker.model.holding import OnDemand, actions_at, meeting_refs, numbers_at
from tracker.storage.index import whole as module
from tracker.storage.load import load
from tracker.storage.opened import Opened

MEETING = "pdb/2025-11-26"


def a_register(root: Path, meetings: int) -> Path:
    """Meetings with four actions each, all in the past but one of 2026."""
    days = [f"{2025 - number // 12}-{number % 12 + 1:02}-05" for number in range(meetings - 2)]
    actions = [action(f"PDB/{day}/0{number}", due="2026-02-25") for day in (*days, "2025-11-26") for number in (1, 2, 3, 4)]
    return on_disk(root, *actions, meeting("PDB/2026-02-25", "scheduled"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return a_register(tmp_path / "records", 4)


FULL = "PDB/2025-11-26"
COMMANDS: list[tuple[tuple[str, ...], int]] = [
    (("show", f"{FULL}/01"), 5),
    (("show", f"{FULL}/1", "--format", "json"), 5),
    (("show", FULL), 10),
    (("list", "--meeting", FULL), 8),
    (("add", "Report it", "--meeting", FULL, "--owner", "Force", "--due", "2026-06-10"), 5),
    (("discharge", f"{FULL}/01", "--outcome", "Reported", "--route", "paper", "--date", "2026-02-20"), 6),
    (("discharge", f"{FULL}/01", "--outcome", "Reported", "--at", "PDB/2026-02-25", "--route", "paper"), 11),
    (("update", f"{FULL}/01", "--note", "Asked the inspector"), 6),
    (("update", f"{FULL}/01", f"{FULL}/02", "--note", "Asked"), 12),
    (("reword", f"{FULL}/02", "--text", "Report it all"), 6),
    (("tag", f"{FULL}/02", "+rural"), 6),
    (("reassign", f"{FULL}/02", "--owner", "OPCC"), 6),
    (("redate", f"{FULL}/02", "--to", "2026-03-01"), 6),
]


@pytest.mark.parametrize(("words", "most"), COMMANDS, ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "")
def test_what_names_its_record_opens_the_same_files_at_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], most: int
) -> None:
    opened: list[list[str]] = []
    whole: list[Path] = []
    really = module.open_whole
    monkeypatch.setattr(module, "open_whole", lambda *args: whole.append(args[0]) or really(*args))
    for meetings in (3, 30):
        office = Office(tmp_path, a_register(tmp_path / f"records{meetings}", meetings))
        opened.append(opened_by(lambda: office.done(*words), office.root))  # noqa: B023
    assert opened[0] == opened[1]
    assert len(opened[0]) <= most, opened[0]
    assert whole == []


def put_a_link(file: Path) -> None:
    file.rename(file.with_name(".there"))
    file.symlink_to(".there")


def put_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("spoil", [put_a_link, put_a_folder, lambda file: file.write_text("text: [torn\n")], ids=["link", "folder", "torn"])
def test_a_shortened_reference_can_mean_what_cannot_be_read(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    """Else it would mean the one of another board that happens to have the same number."""
    root = on_disk(tmp_path / "records", action("ABC/2025-11-26/01"), action("PDB/2025-11-26/01"), action("PDB/2025-11-26/02"))
    office = Office(tmp_path, root)
    spoil(root / "pdb/2025-11-26/01.yaml")
    for words in (("show",), ("update", "--note", "Begun")):
        ran = office.run(words[0], "26/1", *words[1:])
        assert ran.status and "could be ABC/2025-11-26/01, PDB/2025-11-26/01" in ran.err
        assert "PDB/2025-11-26/02" in office.run(words[0], "pdb/26/2", *words[1:]).out


def test_a_report_of_all_reads_all(tmp_path: Path) -> None:
    office = Office(tmp_path, a_register(tmp_path / "records", 20))
    assert len(set(opened_by(lambda: office.done("overdue"), office.root))) == 20 * 5 - 4 + 2


@pytest.mark.parametrize("words", [COMMANDS[4][0], COMMANDS[5][0], COMMANDS[7][0]], ids=lambda words: words[0])
def test_a_change_leaves_an_index_that_needs_no_reading(tmp_path: Path, words: tuple[str, ...]) -> None:
    """What it changed is taken in by the change itself, so the next report opens the register's own file only."""
    office = Office(tmp_path, a_register(tmp_path / "records", 5))
    settled(office.root)
    office.done(*words)
    assert set(opened_by(lambda: office.done("overdue"), office.root)) <= {"register.yaml"}
    rows = office.done("list", "--status", "all", "--format", "json").out
    shutil.rmtree(office.root / ".tracker")
    assert json.loads(office.done("list", "--status", "all", "--format", "json").out) == json.loads(rows)


def test_it_is_the_register_that_the_files_hold(root: Path) -> None:
    put(root, f"{MEETING}/05.yaml", "text: [torn\n")
    plain = told_plainly(root)
    opened = Opened(root, iter)
    opened.whole()
    assert told_by(opened.register, opened.problems) == plain
    assert opened.left_out == (f"{MEETING}/05.yaml",)
    opened.close()


def test_each_record_by_its_reference(root: Path) -> None:
    put(root, f"{MEETING}/05.yaml", "text: [torn\n")
    held = load(root).register
    opened = Opened(root, iter)
    register = opened.register
    for ref in held.actions:
        assert register.actions[ref] == held.actions[ref]
    for meeting_of in held.meetings:
        assert register.meetings[meeting_of] == held.meetings[meeting_of]
        assert register.highest.get(meeting_of) == held.highest.get(meeting_of)
        assert actions_at(register.actions, meeting_of) == actions_at(held.actions, meeting_of)
    assert register.boards["pdb"] == held.boards["pdb"]
    assert meeting_refs(register.meetings, "pdb") == sorted(held.meetings)
    assert sorted(numbers_at(register.actions, meeting_ref(FULL))) == [1, 2, 3, 4, 5]
    broken = action_ref(f"{FULL}/05")
    assert broken not in register.actions and register.broken[broken.path] == held.broken[broken.path]
    for path in (f"{MEETING}/01.yaml", f"{MEETING}/77.yaml", MEETING, "pdb", "jat/board.yaml", "", "../x", "x" * 5000):
        assert path not in register.broken
    assert action_ref(f"{FULL}/77") not in register.actions
    assert meeting_ref("PDB/2020-01-01") not in register.meetings and meeting_ref("PDB/2020-01-01") not in register.highest
    assert "jat" not in register.boards and "no key" not in register.boards and "register.yaml" not in register.boards
    assert not opened.is_whole and isinstance(register.broken, OnDemand)
    assert [problem.path for problem in opened.problems] == [f"{MEETING}/05.yaml"]


def test_through_a_folder_that_is_a_link_nothing_is_read(root: Path) -> None:
    os.rename(root / MEETING, root.parent / "elsewhere")
    os.symlink(root.parent / "elsewhere", root / MEETING)
    register = Opened(root, iter).register
    ref = action_ref(f"{FULL}/01")
    assert ref not in register.actions and "a link" in str(register.broken[ref.path])


def edit(root: Path) -> None:
    put(root, f"{MEETING}/01.yaml", "text: Theirs\n")


def delete(root: Path) -> None:
    (root / f"{MEETING}/01.yaml").unlink()


@pytest.mark.parametrize("meanwhile", [edit, delete])
def test_what_was_read_once_stands(root: Path, meanwhile: Callable[[Path], None]) -> None:
    """Also when all is read afterwards: a change is worked out from one state of a record, and compared with it."""
    opened = Opened(root, iter)
    ref = action_ref(f"{FULL}/01")
    before = opened.register.actions[ref]
    meanwhile(root)
    assert len(opened.register.actions) >= 11
    assert opened.register.actions[ref] == before
    opened.close()


def test_what_was_not_there_once_stays_away(root: Path) -> None:
    opened = Opened(root, iter)
    ref = action_ref(f"{FULL}/05")
    assert ref not in opened.register.actions
    put(root, f"{MEETING}/05.yaml", "text: Theirs\n")
    assert len(opened.register.actions) == 13
    assert opened.register.actions.get(ref) is None
    opened.close()


def test_what_was_frozen_reads_nothing_more(root: Path) -> None:
    opened = Opened(root, iter)
    known, unknown = action_ref(f"{FULL}/01"), action_ref(f"{FULL}/02")
    assert known in opened.register.actions
    opened.freeze()
    assert opened_by(lambda: opened.register.actions.get(unknown), root) == []
    assert known in opened.register.actions and unknown not in opened.register.actions
    assert unknown.path not in opened.register.broken


def test_a_board_without_meetings(root: Path) -> None:
    on_disk(root, board("jat", "Joint Audit"))
    register = Opened(root, iter).register
    assert meeting_refs(register.meetings, "jat") == meeting_refs(register.meetings, "none") == []
