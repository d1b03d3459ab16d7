"""Registers for the tests of the index: random ones, and what the plain reading and that by the index say of them."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from tests import builders
from tracker.model.holding import actions_of
from tracker.model.records import NEXT_MEETING, STATUSES, Event
from tracker.reports.listing import Wanted, list_actions, overdue
from tracker.storage.index.whole import Whole, open_whole
from tracker.storage.load import load

# Longer than a tick of the clock by which the file systems here date a change.
TICK = 0.012
DAYS = [date(2025, 11, 1) + timedelta(days=7 * week) for week in range(12)]
EVERYTHING = Wanted(statuses=frozenset(STATUSES))

some_days = st.sampled_from(DAYS)
some_dues = st.none() | some_days | st.just(NEXT_MEETING)
CHANGED: dict[str, st.SearchStrategy[Any]] = {
    "carried forward": some_dues, "re-dated": some_dues, "reassigned": st.sampled_from([("Force",), ("OPCC",)]),
    "reworded": st.sampled_from(["One text", "Another text"]),
}  # fmt: skip


@st.composite
def some_events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(["update", "proposed", "discharged", "withdrawn", "reopened", "corrected", *CHANGED]))
    changed = CHANGED.get(kind, st.none())
    return builders.event(draw(some_days), kind, before=draw(changed), after=draw(changed), note="Said")


some_actions = st.lists(
    st.builds(
        lambda day, number, due, status, history: builders.action(
            f"PDB/{day}/{number:02}", due=due, status=status, history=sorted(history, key=lambda event: event.date)
        ),
        st.sampled_from(DAYS[::4]), st.integers(1, 3), some_dues, st.sampled_from(STATUSES), st.lists(some_events(), max_size=3),
    ),
    max_size=7, unique_by=lambda action: action.ref,
)  # fmt: skip


@contextmanager
def whole_of(root: Path) -> Iterator[Whole]:
    """The register by its index, which keeps what was read."""
    whole = open_whole(root, iter)
    try:
        yield whole
    finally:
        whole.close()


def told_by(register: Any, problems: Any) -> dict[str, Any]:
    """All that anyone can ask of a register."""
    return {
        "settings": register.settings,
        "boards": dict(register.boards),
        "meetings": dict(register.meetings),
        "actions": dict(register.actions.items()),
        "one by one": {ref: register.actions[ref] for ref in register.actions},
        "names": [sorted(register.boards), sorted(register.meetings), sorted(register.actions)],
        "broken": dict(register.broken),
        "highest": dict(register.highest),
        "problems": tuple(problems),
        "live": [list_actions(register, day).rows for day in DAYS[::5]],
        "all": list_actions(register, DAYS[-1], EVERYTHING).rows,
        "of a board": {board: [*actions_of(register.actions, board)] for board in ("pdb", "pdb-x", "jat", "pd")},
        "overdue": [overdue(register, day) for day in DAYS[::5]],
    }


def told_plainly(root: Path) -> dict[str, Any]:
    """What the files say, read one by one without an index."""
    loaded = load(root)
    return told_by(loaded.register, loaded.problems)


def told_by_index(root: Path) -> dict[str, Any]:
    """What a reading by the index says, which then keeps what it read."""
    with whole_of(root) as whole:
        return told_by(whole.register(), whole.wrong.problems)


def settled(root: Path) -> None:
    """Let the index take in all there is: nothing of it is so young that the next reading would mistrust it."""
    for _ in range(2):
        time.sleep(TICK)
        with whole_of(root) as whole:
            assert whole.wrong is not None  # for which all is looked at


def index_of(root: Path) -> Path:
    """The file of the index, of which there must be one."""
    (file,) = (root / ".tracker/index").glob("*.db")
    return file


def opened_by(function: Callable[[], object], root: Path) -> list[str]:
    """The records that the function opens, by path, in order."""
    found: list[str] = []
    really = os.open

    def opening(path: Any, *args: Any, **kwargs: Any) -> int:
        place = os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else ""
        if place.endswith(".yaml"):
            found.append(Path(place).relative_to(root).as_posix())
        return really(path, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", opening)
        function()
    return found


def none_is_left_behind(begun: list[int]) -> None:
    """Some processes were begun, and all have ended and been seen to end."""
    assert begun
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)
