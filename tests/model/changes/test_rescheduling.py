"""Meetings that fall, move and come back, and the due days that follow them."""

import pytest

from tests.builders import action, board, day, event, item, meeting, meeting_ref, person, register
from tests.model.builders import after, on, the
from tracker.errors import NotFound, Problem, Refused
from tracker.model.changes import progress, rescheduling
from tracker.model.changes.draft import Change
from tracker.model.changes.meetings import Details, add_meetings
from tracker.model.records import Meeting, Register
from tracker.model.state import standing

FEBRUARY = meeting("PDB/2026-02-25", "scheduled", time="10:00", ends="12:00", venue="Clift Room", items=(item("1"), item("3i")))
DUE = action("PDB/2025-11-26/01", due="2026-02-25")
PROPOSED = action("PDB/2025-11-26/02", due="2026-02-25", status="proposed", history=[event("2026-01-10", "proposed", note="x")])
DISCHARGED = action("PDB/2025-11-26/03", due="2026-02-25", status="discharged", history=[event("2026-01-10", "discharged", note="x")])
BY_HAND = action("PDB/2025-11-26/04", due="2026-02-25", status="discharged")
ON_ITS_OWN_DAY = action("PDB/2025-11-26/05", due="2026-03-01")
ANOTHER_BOARDS = action("ABC/2025-11-26/01", due="2026-02-25")
JUNE = meeting("PDB/2026-06-10", "scheduled")
MEMBERS = board(members=(person("Matthew Scott", role="PCC"),))
KENT = register(DUE, PROPOSED, DISCHARGED, BY_HAND, ON_ITS_OWN_DAY, ANOTHER_BOARDS, FEBRUARY, MEMBERS)
NOW = on("2026-02-01")


def dues(records: Register) -> dict[str, str]:
    return {str(ref).replace("/2025-11-26", ""): str(found.due) for ref, found in records.actions.items()}


def february(records: Register) -> Meeting:
    return records.meetings[FEBRUARY.ref]


def postponed(records: Register, to: str | None) -> Change:
    return rescheduling.postpone(records, february(records), day(to), NOW)


UNTOUCHED = {"PDB/03": "2026-02-25", "PDB/05": "2026-03-01", "ABC/01": "2026-02-25"}


def all_due(to: str) -> dict[str, str]:
    return {"PDB/01": to, "PDB/02": to, "PDB/04": to, **UNTOUCHED}


def test_postponing_makes_the_new_meeting_and_moves_the_live_actions() -> None:
    change = postponed(KENT, "2026-03-25")
    now = after(KENT, change)
    assert february(now) == FEBRUARY._replace(status="postponed", postponed_to=day("2026-03-25"))
    assert now.meetings[meeting_ref("PDB/2026-03-25")] == FEBRUARY._replace(
        ref=meeting_ref("PDB/2026-03-25"), attendees=MEMBERS.members
    )
    assert dues(now) == all_due("2026-03-25")
    assert the(now, DUE.ref).history == (
        event("2026-02-01", "re-dated", before="2026-02-25", after="2026-03-25", note="PDB/2026-02-25 postponed to 25 March 2026"),
    )
    assert the(now, PROPOSED.ref).status == "proposed"
    assert standing(the(now, DUE.ref)).times_carried == 0
    assert change.sentence == "Postponed PDB/2026-02-25 to 25 March 2026; 3 due days moved"
    assert change.details == (
        "Postponed PDB/2026-02-25 to 25 March 2026",
        "Added PDB/2026-03-25, Wednesday 25 March 2026 at 10:00",
        "PDB/2025-11-26/01 is due 25 March 2026: Explore a rural crime update",
        "PDB/2025-11-26/02 is due 25 March 2026: Explore a rural crime update",
        "PDB/2025-11-26/04 is due 25 March 2026: Explore a rural crime update",
    )


def test_postponing_to_a_meeting_that_is_there_leaves_it_as_it_is() -> None:
    there = meeting("PDB/2026-03-25", "scheduled", time="14:00")
    records = register(*KENT.actions.values(), FEBRUARY, there)
    change = postponed(records, "2026-03-25")
    assert there.path not in change.records
    assert dues(after(records, change)) == all_due("2026-03-25")


@pytest.mark.parametrize("fall", ["tbc", "cancel"])
def test_what_falls_without_a_new_day_moves_to_the_next_meeting(fall: str) -> None:
    for records, due in [(register(*KENT.actions.values(), FEBRUARY, JUNE), "2026-06-10"), (KENT, "next meeting")]:
        change = postponed(records, None) if fall == "tbc" else rescheduling.cancel(records, FEBRUARY, NOW)
        now = after(records, change)
        assert dues(now) == all_due(due)
        assert february(now).status == ("postponed" if fall == "tbc" else "cancelled")


def test_sentences_of_a_fall() -> None:
    assert postponed(KENT, None).sentence == "Postponed PDB/2026-02-25 to a day to be confirmed; 3 due days moved"
    change = rescheduling.cancel(KENT, FEBRUARY, NOW)
    assert change.sentence == "Cancelled PDB/2026-02-25; 3 due days moved"
    assert "PDB/2025-11-26/01 waits for the next meeting: Explore a rural crime update" in change.details
    assert rescheduling.cancel(register(FEBRUARY), FEBRUARY, NOW).sentence == "Cancelled PDB/2026-02-25"


def test_the_next_meeting_is_after_the_one_that_fell() -> None:
    """An earlier meeting still to come is no place for what was due at this one."""
    earlier = meeting("PDB/2026-02-11", "scheduled")
    records = register(DUE, FEBRUARY, earlier)
    waiting = after(records, rescheduling.cancel(records, FEBRUARY, NOW))
    assert dues(waiting) == {"PDB/01": "next meeting"}
    settled = after(waiting, add_meetings(waiting, MEMBERS, [JUNE.ref], Details(), NOW))
    assert dues(settled) == {"PDB/01": "2026-06-10"}


def test_what_fell_unnoticed_goes_to_the_meeting_after_today() -> None:
    records = register(DUE, FEBRUARY, meeting("PDB/2026-03-25"), JUNE)
    assert dues(after(records, rescheduling.cancel(records, FEBRUARY, on("2026-04-01")))) == {"PDB/01": "2026-06-10"}


def test_where_a_second_sitting_stands_that_day_nothing_moves() -> None:
    records = register(*KENT.actions.values(), FEBRUARY, meeting("PDB/2026-02-25B", "scheduled"), JUNE)
    for change in (postponed(records, "2026-03-25"), postponed(records, None), rescheduling.cancel(records, FEBRUARY, NOW)):
        assert dues(after(records, change)) == all_due("2026-02-25")
    fallen = register(*KENT.actions.values(), FEBRUARY, meeting("PDB/2026-02-25B", "cancelled"), JUNE)
    assert dues(after(fallen, rescheduling.cancel(fallen, FEBRUARY, NOW))) == all_due("2026-06-10")


@pytest.mark.parametrize("later", [None, JUNE])
def test_a_meeting_to_be_confirmed_gets_its_day(later: Meeting | None) -> None:
    """What its falling moved to the next best meeting, or left waiting, follows it."""
    records = register(*KENT.actions.values(), FEBRUARY, *([later] if later else []))
    waiting = after(records, postponed(records, None))
    moved_on = after(waiting, progress.discharge(waiting, [the(waiting, PROPOSED.ref)], NOW, "Agreed", None))
    now = after(moved_on, postponed(moved_on, "2026-03-25"))
    assert february(now).postponed_to == day("2026-03-25")
    left = "2026-06-10" if later else "next meeting"
    assert dues(now) == {**all_due("2026-03-25"), "PDB/02": left}
    with pytest.raises(Refused, match="is postponed to 25 March 2026 already. To undo that: tracker meeting reinstate PDB/2026-02-25"):
        postponed(now, "2026-04-15")


def test_to_be_confirmed_is_not_said_twice() -> None:
    waiting = after(KENT, postponed(KENT, None))
    with pytest.raises(Refused, match="tracker meeting postpone PDB/2026-02-25 --to DATE"):
        postponed(waiting, None)


def test_a_meeting_to_be_confirmed_may_be_cancelled() -> None:
    waiting = after(KENT, postponed(KENT, None))
    now = after(waiting, rescheduling.cancel(waiting, february(waiting), NOW))
    assert february(now).status == "cancelled" and dues(now) == all_due("next meeting")


def test_the_replacement_can_be_postponed_in_its_turn() -> None:
    once = after(KENT, postponed(KENT, "2026-03-25"))
    twice = after(once, rescheduling.postpone(once, once.meetings[meeting_ref("PDB/2026-03-25")], day("2026-04-15"), NOW))
    assert dues(twice) == all_due("2026-04-15")
    assert len(the(twice, DUE.ref).history) == 2


@pytest.mark.parametrize(
    ("status", "says"),
    [
        ("held", "has been held and cannot be"),
        ("cancelled", "is cancelled already. To undo that: tracker meeting reinstate PDB/2026-02-25"),
    ],
)
def test_what_cannot_fall(status: str, says: str) -> None:
    records = register(meeting("PDB/2026-02-25", status))
    with pytest.raises(Refused, match=says):
        postponed(records, "2026-03-25")
    with pytest.raises(Refused, match=says):
        rescheduling.cancel(records, february(records), NOW)


def test_a_postponed_meeting_is_not_cancelled_in_place_of_its_replacement() -> None:
    now = after(KENT, postponed(KENT, "2026-03-25"))
    with pytest.raises(Refused, match="is postponed to 25 March 2026 already"):
        rescheduling.cancel(now, february(now), NOW)


@pytest.mark.parametrize("readable", [True, False])
def test_a_meeting_that_raised_actions_neither_falls_nor_moves(readable: bool) -> None:
    """Nor does one whose actions cannot be read: they lie in its folder all the same."""
    records = register(FEBRUARY, *([action("PDB/2026-02-25/01")] if readable else [])).changed(highest={FEBRUARY.ref: 1})
    with pytest.raises(Refused, match="has raised actions"):
        postponed(records, "2026-03-25")
    with pytest.raises(Refused, match="has raised actions"):
        rescheduling.cancel(records, FEBRUARY, NOW)
    with pytest.raises(Refused, match="has raised actions"):
        rescheduling.move(records, FEBRUARY, meeting_ref("PDB/2026-03-25"), NOW)


def test_where_a_meeting_cannot_be_postponed_to() -> None:
    with pytest.raises(Refused, match="tracker meeting move PDB/2026-02-25 --to DATE"):
        postponed(KENT, "2026-02-25")
    records = register(FEBRUARY, meeting("PDB/2026-03-25", "cancelled"))
    with pytest.raises(Refused, match="PDB/2026-03-25 is cancelled itself.*tracker meeting reinstate PDB/2026-03-25"):
        postponed(records, "2026-03-25")
    path = "pdb/2026-03-25/meeting.yaml"
    with pytest.raises(Refused, match="pdb/2026-03-25/meeting.yaml:2: it is torn"):
        postponed(KENT.changed(broken={path: Problem(path, 2, "it is torn", "Mend it")}), "2026-03-25")
    with pytest.raises(NotFound, match="PDB cannot be used until its file is mended"):
        postponed(KENT.changed(boards={}, broken={"pdb/board.yaml": Problem("pdb/board.yaml", 2, "it is torn", "")}), "2026-03-25")


@pytest.mark.parametrize("to", ["2026-03-25", None])
def test_reinstating_brings_the_due_days_back(to: str | None) -> None:
    fallen = after(KENT, postponed(KENT, to))
    change = rescheduling.reinstate(fallen, february(fallen), on("2026-02-03"))
    now = after(fallen, change)
    assert february(now) == FEBRUARY
    assert dues(now) == all_due("2026-02-25")
    assert [standing(found).times_carried for found in now.actions.values()] == [0] * 6
    assert change.sentence == "Reinstated PDB/2026-02-25; 3 due days moved"
    assert change.notes == (("The meeting of 25 March 2026 stays in the calendar.",) if to else ())


def test_back_and_forth_and_back_again() -> None:
    now = KENT
    for _ in range(2):
        now = after(now, rescheduling.cancel(now, february(now), NOW))
        assert dues(now) == all_due("next meeting")
        now = after(now, rescheduling.reinstate(now, february(now), NOW))
        assert dues(now) == all_due("2026-02-25")


def test_what_has_been_moved_or_closed_since_stays_where_it_is() -> None:
    from tracker.model.changes import due_days

    fallen = after(KENT, postponed(KENT, "2026-03-25"))
    fallen = after(fallen, due_days.carry(fallen, [the(fallen, DUE.ref)], NOW, "2026-05-01", None))
    fallen = after(fallen, progress.withdraw(fallen, [the(fallen, PROPOSED.ref)], NOW, "Overtaken"))
    now = after(fallen, rescheduling.reinstate(fallen, february(fallen), NOW))
    assert dues(now) == {"PDB/01": "2026-05-01", "PDB/02": "2026-03-25", "PDB/04": "2026-02-25", **UNTOUCHED}


def test_a_due_day_set_by_hand_since_stays_where_it_is() -> None:
    fallen = after(KENT, rescheduling.cancel(KENT, FEBRUARY, NOW))
    by_hand = the(fallen, DUE.ref)._replace(due=day("2026-04-01"))
    fallen = fallen.changed(actions={**fallen.actions, DUE.ref: by_hand})
    assert dues(after(fallen, rescheduling.reinstate(fallen, february(fallen), NOW)))["PDB/01"] == "2026-04-01"


def test_reinstating_settles_what_waits_for_the_next_meeting() -> None:
    records = register(action(due="next meeting"), FEBRUARY._replace(status="cancelled"))
    assert dues(after(records, rescheduling.reinstate(records, february(records), NOW))) == {"PDB/01": "2026-02-25"}


def test_only_what_fell_is_reinstated() -> None:
    with pytest.raises(Refused, match="PDB/2026-02-25 is scheduled; there is nothing to reinstate."):
        rescheduling.reinstate(KENT, FEBRUARY, NOW)


@pytest.mark.parametrize("to", ["PDB/2026-03-25", "PDB/2026-02-11"])
def test_moving_takes_the_due_days_along(to: str) -> None:
    earlier = meeting("PDB/2026-01-14", "postponed", postponed_to=day("2026-02-25"))
    records = register(*KENT.actions.values(), FEBRUARY, earlier)
    change = rescheduling.move(records, FEBRUARY, meeting_ref(to), NOW)
    now = after(records, change)
    assert change.records[FEBRUARY.path] is None and FEBRUARY.ref not in now.meetings
    assert now.meetings[meeting_ref(to)] == FEBRUARY._replace(ref=meeting_ref(to))
    assert now.meetings[earlier.ref].postponed_to == meeting_ref(to).day
    assert dues(now) == all_due(str(meeting_ref(to).day))
    assert change.sentence == f"Moved PDB/2026-02-25 to {to}; 3 due days moved"


def test_what_was_raised_after_the_new_day_goes_to_the_meeting_after_that() -> None:
    late = action("PDB/2026-02-18/01", due="2026-02-25")
    records = register(DUE, late, FEBRUARY, JUNE)
    now = after(records, rescheduling.move(records, FEBRUARY, meeting_ref("PDB/2026-02-11"), on("2026-02-20")))
    assert (the(now, DUE.ref).due, the(now, late.ref).due) == (day("2026-02-11"), day("2026-06-10"))


def test_moving_settles_what_waits() -> None:
    waiting = action("PDB/2026-02-26/01", due="next meeting")
    records = register(waiting, FEBRUARY)
    now = after(records, rescheduling.move(records, FEBRUARY, meeting_ref("PDB/2026-03-25"), on("2026-02-27")))
    assert the(now, waiting.ref).due == day("2026-03-25")


def test_moving_one_of_two_sittings_leaves_the_due_days() -> None:
    records = register(DUE, FEBRUARY, meeting("PDB/2026-02-25B", "scheduled"))
    assert dues(after(records, rescheduling.move(records, FEBRUARY, JUNE.ref, NOW))) == {"PDB/01": "2026-02-25"}


def test_what_cannot_move() -> None:
    decided = action(history=[event("2026-02-25", meeting="PDB/2026-02-25", note="x")])
    with pytest.raises(Refused, match="has decided on PDB/2025-11-26/01, whose history names its day"):
        rescheduling.move(register(decided, FEBRUARY), FEBRUARY, JUNE.ref, NOW)
    with pytest.raises(Refused, match="PDB/2026-06-10 is in the calendar already"):
        rescheduling.move(register(FEBRUARY, JUNE), FEBRUARY, JUNE.ref, NOW)
    with pytest.raises(Refused, match="is cancelled. First: tracker meeting reinstate PDB/2026-02-25"):
        rescheduling.move(register(), FEBRUARY._replace(status="cancelled"), JUNE.ref, NOW)
    held = FEBRUARY._replace(status="held")
    with pytest.raises(Refused, match="cannot be 10 June 2026, which is still to come"):
        rescheduling.move(register(held), held, JUNE.ref, on("2026-03-01"))
    assert rescheduling.move(register(held), held, meeting_ref("PDB/2026-02-24"), on("2026-03-01")).records


def test_where_a_second_sitting_stands_the_due_days_stay_and_the_person_is_told() -> None:
    calendar = register(meeting("PDB/2026-02-25", "scheduled"), meeting("PDB/2026-02-25B", "scheduled"), action(due="2026-02-25"))
    change = rescheduling.cancel(calendar, calendar.meetings[meeting_ref("PDB/2026-02-25")], on("2026-02-01"))
    assert change.notes == ("What is due on 25 February 2026 stays: PDB still meets on that day.",)
