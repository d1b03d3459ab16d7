"""Which folders are as the index has them, looked at by one process or by two."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.builders import action, on_disk, put
from tests.storage.faults import needs_fork
from tests.storage.index.registers import TICK, settled, told_by_index, told_plainly
from tracker.storage.index import verifying as module
from tracker.storage.index.database import Database, Row
from tracker.storage.index.verifying import which_stand

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
    found = which_stand(str(root), rows)
    assert len(found) == len(rows) and set(found) <= {0, 1}
    return {row.path for row, stands in zip(rows, found, strict=True) if not stands}


def test_two_processes_say_what_one_says(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(root)
    assert len(rows) == len(DAYS) + 2
    assert said(root, rows) == set()
    forked: list[int] = []
    really = os.fork
    monkeypatch.setattr(os, "fork", lambda: forked.append(1) or really())
    changed = change_some(root)
    assert said(root, rows) == changed and forked
    monkeypatch.setattr(module, "_processors", lambda: 1)
    assert said(root, rows) == changed
    assert said(root, rows[:3]) == set() and said(root, []) == set()


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


def test_a_second_process_that_dies(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows, changed, parent = rows_of(root), change_some(root), os.getpid()
    really = module._stand

    def stand(*args: Any) -> bytes:
        if os.getpid() != parent:
            os._exit(9)
        return really(*args)

    monkeypatch.setattr(module, "_stand", stand)
    assert said(root, rows) == changed
