"""Registers in order, some of them unusual: no check finds anything."""

from datetime import date

import pytest

from tests.builders import action, event, item, meeting, owner, register, settings
from tests.model.checks.samples import DISCHARGED, RAISED, TODAY, WITHDRAWN, due, moved
from tracker.model.checks import check
from tracker.model.records import Record

SILENT: dict[str, tuple[Record, ...]] = {
    "nothing": (),
    "a new action": (due(item="3I"), meeting(items=(item("3i"),))),
    "closed ones need no day and no owner": (action(RAISED, owners=(), status="withdrawn", history=[WITHDRAWN]),),
    "the whole life of an action": (
        due(text="New", owners=("OPCC",), due="2026-06-10", due_said="June", status="discharged", history=[
            event("2025-11-26", note="Begun"),
            moved("2026-01-01", "2026-01-15", "carried forward", "2026-01-01", before_said="soon"),
            event("2026-01-02", "reworded", before="Old", after="New"),
            event("2026-01-02", "reassigned", before=("Force",), after=("OPCC",)),
            event("2026-01-03", "proposed", note="Done"),
            moved("2026-01-15", None, on="2026-01-04"),
            moved(None, "next meeting", "carried forward", "2026-01-04"),
            event("2026-01-05", "discharged", note="Done", route="paper"),
            event("2026-01-06", "update", note="Late news"),
            event("2026-01-06", "reopened"),
            moved("next meeting", "2026-06-10", on="2026-01-07", after_said="June"),
            event("2026-03-01", "discharged", note="Done", route="business as usual"),
            event("2026-03-01", "corrected", note="Well done"),
        ]),
    ),
    "a closed one is still reworded, reassigned and re-dated": (
        due(status="discharged", history=[
            DISCHARGED, event("2026-01-11", "reworded", before="Old", after="Explore a rural crime update"),
            event("2026-01-11", "reassigned", before=("OPCC",), after=("Force",)), moved("2025-06-10", "2026-06-10", on="2026-01-11"),
        ]),
    ),
    "a correction supplies outcome and route": (
        due(status="discharged", history=[event("2026-01-10", "discharged"), event("2026-01-11", "corrected", note="Reported", route="paper")]),
    ),
    "due on the day it was raised": (due(due="2025-11-26"),),
    "due at a meeting that fell, of another board": (due(), meeting("JAC/2026-06-10", "cancelled")),
    "due at a meeting that fell, once discharged": (due(status="discharged", history=[DISCHARGED]), meeting("PDB/2026-06-10", "cancelled")),
    "another sitting stands that day": (due(), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-06-10b", "scheduled")),
    "waiting with no later meeting": (due(due="next meeting"), meeting("PDB/2026-06-10", "cancelled"), meeting("JAC/2026-06-10", "scheduled")),
    "waiting since the meeting that fell": (
        due(due="next meeting", history=[moved("2026-06-10", "next meeting")]), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-04-01", "scheduled"),
    ),
    "follows another one, as two do": (
        due(), action("PDB/2025-11-26/02", "B", due="2026-06-10", follows=RAISED), action("PDB/2025-11-26/03", "C", due="2026-06-10", follows=RAISED),
    ),
    "the same text at another board, or closed": (
        due(), action("JAC/2025-11-26/01", due="2026-06-10"), action("PDB/2025-11-26/02", due="2026-06-10", status="withdrawn", history=[WITHDRAWN]),
    ),
    "scheduled for today, postponed, cancelled": (
        meeting("PDB/2026-03-01", "scheduled"), meeting("PDB/2026-02-01", "postponed", postponed_to=date(2026, 3, 1)), meeting("PDB/2026-02-02", "cancelled"),
        meeting("PDB/2026-02-03", "postponed"),
    ),
    "decided at a meeting held today": (due(history=[event("2026-03-01", meeting="PDB/2026-03-01")]), meeting("PDB/2026-03-01", "held")),
    "an owner's alias is the name": (settings(owner("Force", "Police", aliases=("Police", "force"))),),
}  # fmt: skip


@pytest.mark.parametrize("records", SILENT.values(), ids=SILENT)
def test_finds_nothing(records: tuple[Record, ...]) -> None:
    assert check(register(*records), TODAY) == []
