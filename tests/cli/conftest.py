"""A desk with a board in the middle of its year: one meeting held, one the day before yesterday, one to come."""

import shutil
from pathlib import Path

import pytest

from tests.builders import action, board, event, item, meeting, on_disk, owner, person, settings
from tests.cli.program import Office

KENT = Path(__file__).parents[2] / "records"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The board PDB as it stands on 26 February 2026, the day after a meeting of which nothing is recorded yet."""
    root = on_disk(
        tmp_path / "records",
        settings(
            owner("Force", "Kent Police", aliases=("Chief Constable", "CC")),
            owner("OPCC", "Office of the Kent Police and Crime Commissioner", aliases=("PCC",)),
        ),
        board(
            chair="Police and Crime Commissioner",
            members=(
                person("Matthew Scott", role="Police and Crime Commissioner", organisation="OPCC"),
                person("Tim Smith", role="Chief Constable", organisation="Force"),
            ),
            agenda=(item("1", "Welcome and introduction"),),
        ),
        meeting("PDB/2025-11-26", items=(item("3i", "Plan delivery"), item("4", "Inspections"))),
        meeting("PDB/2026-02-25", "scheduled", time="10:00", venue="Clift Room"),
        meeting("PDB/2026-06-10", "scheduled"),
        action("PDB/2025-11-26/01", "Explore a rural crime update in context", owners=("Force", "OPCC"), item="3i",
               due="2026-02-25", tags=("rural-crime",)),
        action("PDB/2025-11-26/02", "Report the benefits of the file build pilot", due="2026-02-25"),
        action("PDB/2025-11-26/03", "Share the cadet figures", owners=("OPCC",), due="2026-02-25", status="proposed",
               history=[event("2026-01-20", "proposed", route="paper", note="In the item 4 paper")]),
        action("PDB/2025-11-26/04", "Brief the board on fees", due="2026-02-25", status="discharged",
               history=[event("2026-01-10", "discharged", route="out of meeting", note="Brief sent")]),
        action("PDB/2025-11-26/05", "Consider a visit to the control room", due=None),
    )  # fmt: skip
    return Office(tmp_path, root)


@pytest.fixture
def kent(tmp_path: Path) -> Office:
    """A copy of the register that the project ships."""
    root = tmp_path / "kent"
    shutil.copytree(KENT, root, ignore=shutil.ignore_patterns(".tracker"))
    return Office(tmp_path, root)
