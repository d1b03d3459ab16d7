"""`tracker overdue` beside other trackers' listing of what is overdue: time and memory, on equal data."""

import shutil
from pathlib import Path
from typing import NamedTuple

from tests.bench.make_register import OVERDUE_PERCENT, actions
from tests.bench.offices import Office
from tests.bench.processes import Desk, always, in_turn, peak
from tests.bench.rivals import Goal, Listing, Rival, desk_of


class Beside(NamedTuple):
    """A rival beside `tracker` at one size: seconds and MiB of each."""

    name: str
    number: int
    goal: Goal
    seconds: float
    rival_seconds: float
    memory: float
    rival_memory: float
    runs: int


def compare(rival: Rival, path: str, office: Office, folder: Path) -> Beside | None:
    """Fill the rival at `path` with the office's actions and measure both in turn.

    Its data lie in `folder`, made and removed here. None where it is not tried at this size.
    """
    if office.number > rival.largest:
        return None
    desk = desk_of(folder, office.desk)
    try:
        return _side_by_side(rival, path, office, desk)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _side_by_side(rival: Rival, path: str, office: Office, desk: Desk) -> Beside:
    listing = rival.fill(path, desk, list(actions(office.number)))
    _must_agree(rival, listing, office.number)
    ours, theirs = [office.tracker, "overdue"], listing.words
    taken, rival_taken = in_turn(office.desk, always(*ours), always(*theirs)._replace(desk=desk))
    return Beside(
        rival.name,
        office.number,
        dict(rival.goals).get(office.number, Goal()),
        taken.median,
        rival_taken.median,
        peak(office.desk, ours),
        peak(desk, theirs),
        taken.runs,
    )


def _must_agree(rival: Rival, listing: Listing, number: int) -> None:
    """A rival that lists something else does other work."""
    found, expected = listing.found(), number * OVERDUE_PERCENT // 100
    if found != expected:
        raise SystemExit(f"{rival.name} finds {found} actions overdue, and should find {expected}.")
