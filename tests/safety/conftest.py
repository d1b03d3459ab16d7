"""A desk whose register is put back as it was as often as a test needs."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import action, board, event, item, meeting, on_disk, owner, person, settings
from tests.cli.program import Office


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here."""
    monkeypatch.setattr(os, "fsync", lambda number: None)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The board PDB on 26 February 2026: one meeting with five actions behind it, one of the day before, one to come."""
    return Office(tmp_path, small_register(tmp_path / "records"))


@pytest.fixture
def put_back(office: Office) -> Callable[[], None]:
    """Makes the register what it was before the test."""
    kept = office.folder / "kept"
    shutil.copytree(office.root, kept)

    def again() -> None:
        shutil.rmtree(office.root, ignore_errors=True)
        shutil.copytree(kept, office.root)

    return again


def small_register(root: Path) -> Path:
    """The register of these tests, in which `tracker check` finds no error."""
    return on_disk(
        root,
        settings(owner("Force", "Kent Police", aliases=("CC",)), owner("OPCC", "Office of the PCC", aliases=("PCC",))),
        board(members=(person(role="PCC", organisation="OPCC"),), agenda=(item("1", "Welcome"),)),
        meeting("PDB/2025-11-26", items=(item("3i", "Plan delivery"),)),
        meeting("PDB/2026-02-25", "scheduled", time="10:00"),
        meeting("PDB/2026-06-10", "scheduled"),
        action("PDB/2025-11-26/01", "Explore a rural crime update", item="3i", due="2026-02-25"),
        action("PDB/2025-11-26/02", "Report the file build pilot", due="2026-02-25"),
        action("PDB/2025-11-26/03", "Share the cadet figures", owners=("OPCC",), due="2026-02-25"),
        action("PDB/2025-11-26/04", "Brief the board on fees", due="2026-02-25", status="discharged",
               history=[event("2026-01-10", "discharged", route="out of meeting", note="Brief sent")]),
        action("PDB/2025-11-26/05", "Plan a visit to the control room", due="2026-06-10"),
    )  # fmt: skip
