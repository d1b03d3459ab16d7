"""Noting that updates were asked for: once a day, of whom, and in one sentence."""

from datetime import date

import pytest

from tests.builders import action, action_ref, event, register
from tracker.errors import NotFound
from tracker.model.changes.chasing import Request, note_requests
from tracker.model.records import Action

DAY = date(2026, 2, 10)
BY = date(2026, 2, 18)
FIRST = action_ref("PDB/2025-11-26/01")
SECOND = action_ref("JAC/2025-12-01/01")


def test_each_action_gets_an_update_that_says_by_when() -> None:
    office = register(action(FIRST, owners=("Force", "OPCC")), action(SECOND))
    change = note_requests(
        office, [Request(FIRST, BY, ("Force", "OPCC"), True), Request(SECOND, None, ("Force",), True)], DAY
    )
    assert change.sentence == "Noted 2 actions of JAC and PDB as chased on 10 February 2026: Force and OPCC"
    assert len(change.details) == 2
    changed = change.records[FIRST.path]
    assert isinstance(changed, Action)
    assert changed.history == (event(DAY, note="Asked for an update by 18 February 2026"),)
    other = change.records[SECOND.path]
    assert isinstance(other, Action)
    assert other.history == (event(DAY, note="Asked for an update as soon as possible"),)


def test_who_was_asked_is_said_where_not_all_were() -> None:
    change = note_requests(register(action(FIRST, owners=("Force", "OPCC"))), [Request(FIRST, BY, ("OPCC",), False)], DAY)
    changed = change.records[FIRST.path]
    assert isinstance(changed, Action)
    assert changed.history[-1].note == "Asked for an update by 18 February 2026 (letter to OPCC)"


@pytest.mark.parametrize("again", [
    Request(FIRST, BY, ("Force", "OPCC"), True),
    Request(FIRST, BY, ("OPCC",), False),
])  # fmt: skip
def test_the_same_day_is_not_noted_twice(again: Request) -> None:
    noted = action(FIRST, history=[event(DAY, note="Asked for an update by 18 February 2026")])
    change = note_requests(register(noted), [again], DAY)
    assert not change.records
    assert "already" in change.sentence
    assert note_requests(register(noted), [again], date(2026, 2, 11)).records


def test_an_action_that_is_gone_is_named() -> None:
    with pytest.raises(NotFound, match="PDB/2025-11-26/01"):
        note_requests(register(action(SECOND)), [Request(FIRST, BY, ("Force",), True)], DAY)
