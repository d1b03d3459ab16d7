"""A check of a register on the disk reads every file itself, and sees no half of a change."""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import action, on_disk, put
from tests.storage.index.registers import opened_by, whole_of
from tracker.errors import Problem
from tracker.model.references import REGISTER_PATH
from tracker.storage import checking
from tracker.storage.checking import check_folder
from tracker.storage.reading import settled

TODAY = date(2026, 2, 26)
FOLDERS = [f"pdb/2025-{month:02}-17" for month in range(1, 13)]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = on_disk(tmp_path / "records", *(action(f"{folder.upper()}/01", due="2024-01-01") for folder in FOLDERS))
    put(place, f"{FOLDERS[3]}/02.yaml", "text: [torn\n")
    put(place, f"{FOLDERS[6]}/01.yaml", "text: Do it\nownrs: [Force]\n")
    return place


def found(root: Path) -> list[Problem]:
    return check_folder(root, TODAY, iter)


def test_every_file_is_read_and_no_index_asked_or_made(root: Path) -> None:
    files = {path.relative_to(root).as_posix() for path in root.rglob("*.yaml")}
    assert files <= set(opened_by(lambda: found(root), root))
    assert not (root / ".tracker").exists()
    with whole_of(root) as whole:
        assert whole.wrong
    again = set(opened_by(lambda: found(root), root))
    assert files <= again
    assert not any(path.startswith(".tracker/index") for path in again)


def test_a_change_that_is_made_meanwhile_is_seen_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first look sees the register between two files of one change, the second one after it."""
    looks = []
    really = checking.check_register

    def meanwhile(*args: Any) -> list[Problem]:
        looks.append(really(*args))
        if len(looks) == 1:
            (root / ".tracker").mkdir()
            put(root, REGISTER_PATH, "title: [torn\n")
        return looks[-1]

    monkeypatch.setattr(checking, "check_register", meanwhile)
    assert found(root) == looks[1] != looks[0]
    assert os.listdir(root / ".tracker") == []


def test_who_stops_a_reading_during_a_change_is_heard(root: Path) -> None:
    tries = []

    def stopped() -> None:
        tries.append(1)
        (root / ".tracker").mkdir(exist_ok=True)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settled(root, stopped)
    assert len(tries) == 1
