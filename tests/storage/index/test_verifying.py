"""Which folders are as the index has them, looked at by one process or by two."""

import os
import time
from pathlib import Path

import pytest

from tests.builders import action, on_disk, put
from tests.storage.faults import needs_fork
from tests.storage.index.registers import TICK, settled, told_by_index, told_plainly
from tracker.storage.index import verifying as module
from tracker.storage.index.database import Database, Row
from tracker.storage.index.verifying import Looking

pytestmark = needs_fork
DAYS = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in (3, 17)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = on_disk(tmp_path / "records", *(action(f"PDB/{day}/01") for day in DAYS))
    settled(place)
    monkeypatch.setattr(module, "_WORTH_A_PROCESS", 4)
    monkeypatch.setattr(module, "_processors", lambda: 2)
    return place


def rows_of(root: Path) -> list[Row]:
    database = Database(str(root / ".tracker/index"))
    try:
        return [row for _, row in database.rows()]
    finally:
        database.close()


def change_some(root: Path) -> set[str]:
    put(root, f"pdb/{DAYS[2]}/01.yaml", "text: Another\n")
    put(root, f"pdb/{DAYS[-3]}/02.yaml", "text: Another\n")
    (root / f"pdb/{DAYS[-2]}/01.yaml").unlink()
    return {f"pdb/{DAYS[2]}", f"pdb/{DAYS[-3]}", f"pdb/{DAYS[-2]}"}


def said(root: Path, rows: list[Row]) -> set[str]:
    """The folders that do not stand."""
    found = list(Looking(str(root), rows))
    assert len(found) == len(rows)
    return {row.path for row, stands in zip(rows, found, strict=True) if not stands}


def said_by(root: Path, monkeypatch: pytest.MonkeyPatch, helper_takes: float, we_take: float) -> tuple[set[str], list[str]]:
    """The folders that do not stand, and those at which this process looked, where each look takes so many seconds."""
    rows, parent, seen = rows_of(root), os.getpid(), []
    really = module.stands

    def stands(place: str, row: Row) -> bool:
        if os.getpid() == parent:
            seen.append(row.path)
        time.sleep(we_take if os.getpid() == parent else helper_takes)
        return really(place, row)

    with monkeypatch.context() as patch:
        patch.setattr(module, "stands", stands)
        return said(root, rows), seen


# In seconds a folder: the one that takes longer leaves most of the work to the other.
@pytest.mark.parametrize("helper_takes, we_take", [(0.0, 0.02), (0.02, 0.0), (0.005, 0.005)])
def test_two_processes_say_what_one_says(root: Path, monkeypatch: pytest.MonkeyPatch, helper_takes: float, we_take: float) -> None:
    monkeypatch.setattr(module, "_STEP", 2)
    assert said_by(root, monkeypatch, helper_takes, we_take)[0] == set()
    changed = change_some(root)
    found, seen = said_by(root, monkeypatch, helper_takes, we_take)
    assert found == changed
    both = len(DAYS) + 2
    assert len(seen) > both - 5 if helper_takes > we_take else len(seen) < both - 5
    with pytest.raises(ChildProcessError):  # none is left behind
        os.waitpid(-1, os.WNOHANG)


def test_one_process_does_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, changed = rows_of(root), change_some(root)
    assert said(root, rows[:3]) == set() and said(root, []) == set()
    monkeypatch.setattr(module, "_processors", lambda: 1)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process too many"))
    assert said(root, rows) == changed


def test_who_stops_early_leaves_no_process_behind_and_can_go_on(root: Path) -> None:
    rows, changed = rows_of(root), change_some(root)
    looking = Looking(str(root), rows)
    found = iter(looking)
    first = [next(found) for _ in range(3)]
    looking.close()
    looking.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    every = [*first, *found]
    assert {row.path for row, stands in zip(rows, every, strict=True) if not stands} == changed


def test_a_whole_register(root: Path) -> None:
    for _ in range(2):
        change_some(root)
        assert told_by_index(root) == told_plainly(root)
        time.sleep(TICK)
        put(root, f"pdb/{DAYS[-2]}/01.yaml", "text: There again\n")
        assert told_by_index(root) == told_plainly(root)


def test_where_no_second_process_may_be_had(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    rows, changed = rows_of(root), change_some(root)
    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert said(root, rows) == changed
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


@pytest.mark.parametrize("looks", [0, 5])
def test_a_second_process_that_dies(root: Path, monkeypatch: pytest.MonkeyPatch, looks: int) -> None:
    monkeypatch.setattr(module, "_STEP", 2)
    rows, changed, parent = rows_of(root), change_some(root), os.getpid()
    really, left = module.stands, [looks]

    def stands(place: str, row: Row) -> bool:
        if os.getpid() != parent:
            left[0] -= 1
            if left[0] < 0:
                os._exit(9)
        else:
            time.sleep(0.005)
        return really(place, row)

    monkeypatch.setattr(module, "stands", stands)
    assert said(root, rows) == changed
