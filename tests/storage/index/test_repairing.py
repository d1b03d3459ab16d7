"""What a change does for the index, so that the next report need not read what was changed."""

import shutil
import time
from pathlib import Path

import pytest

from tests.builders import action, on_disk, put
from tests.storage.index.registers import opened_by, settled, told_by_index, told_plainly
from tracker.storage.index import repairing
from tracker.storage.index.database import Database
from tracker.storage.index.repairing import repair


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = on_disk(tmp_path / "records", action("PDB/2025-11-26/01"), action("PDB/2026-02-25/01"))
    settled(place)
    return place


@pytest.mark.parametrize("longer", [0, 10_000_000])
def test_what_was_only_just_written_needs_no_further_reading(
    root: Path, monkeypatch: pytest.MonkeyPatch, longer: int
) -> None:
    """Also where the ticks of the file system's clock are longer than here by so many nanoseconds."""
    really = Database.mark
    monkeypatch.setattr(Database, "mark", lambda self: really(self) // longer * longer if longer else really(self))
    monkeypatch.setattr(repairing, "_TICK", repairing._TICK + longer / 10**9)
    for number in range(2, 9):
        path = f"pdb/2026-02-25/{number:02}.yaml"
        put(root, path, f"text: Number {number}\n")
        repair(root, [path])
        assert opened_by(lambda: told_by_index(root), root) == []
        assert told_by_index(root) == told_plainly(root)


def test_a_change_that_is_older_than_a_tick_is_not_waited_for(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit takes longer than that."""
    put(root, "pdb/2026-02-25/02.yaml", "text: Another\n")
    time.sleep(repairing._TICK)
    monkeypatch.setattr(time, "sleep", lambda seconds: pytest.fail("a wait too many"))
    repair(root, ["pdb/2026-02-25/02.yaml"])
    assert opened_by(lambda: told_by_index(root), root) == []


def test_a_folder_that_is_gone(root: Path) -> None:
    shutil.rmtree(root / "pdb/2026-02-25")
    repair(root, ["pdb/2026-02-25/01.yaml", "pdb/2026-02-25/meeting.yaml"])
    assert opened_by(lambda: told_by_index(root), root) == []
    assert told_by_index(root) == told_plainly(root)
