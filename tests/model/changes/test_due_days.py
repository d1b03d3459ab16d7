import pytest

from tests.builders import action, board, day, event, meeting, register
from tests.model.builders import after, changed, last_event, on, the
from tracker.errors import Refused
from tracker.model.changes import due_days
from tracker.model.changes.draft import Draft
from tracker.model.records import Action
from tracker.model.state import standing

RURAL = action(text="Explore a rural crime update in context for inclusion in the report", due="2026-02-25")
KENT = register(
    RURAL, meeting("PDB/2026-02-25"), meeting("PDB/2026-06-10", "scheduled"), meeting("PDB/2026-09-16", "scheduled")
)
THEN = on("2026-02-25", "PDB/2026-02-25")


def test_carry_goes_to_the_next_meeting_unless_said() -> None:
    change = due_days.carry(KENT, [RURAL], THEN, None, "Draft with the OPCC for comment")
    assert change.sentence == (
        "Carried PDB/2025-11-26/01 forward to 10 June 2026, its first time: Explore a rural crime update in …"
    )
    assert last_event(change) == event(
        "2026-02-25", "carried forward", meeting="PDB/2026-02-25",
        before="2026-02-25", after="2026-06-10", note="Draft with the OPCC for comment",
    )  # fmt: skip
    assert (changed(change).due, changed(change).status) == (day("2026-06-10"), "open")


def test_carry_counts_how_often() -> None:
    first = changed(due_days.carry(KENT, [RURAL], THEN, None, None))
    again = due_days.carry(KENT, [first], on("2026-06-10"), None, None)
    assert again.sentence == (
        "Carried PDB/2025-11-26/01 forward to 16 September 2026, its second time: Explore a rural crime update in …"
    )
    assert standing(changed(again)).times_carried == 2


def test_how_a_count_is_said() -> None:
    said = [due_days.nth(number) for number in (1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23, 101, 111)]
    assert said == "first second third tenth 11th 12th 13th 20th 21st 22nd 23rd 101st 111th".split()


def test_carry_makes_a_proposed_action_open_again() -> None:
    proposed = RURAL._replace(status="proposed", history=(event("2026-02-01", "proposed", note="Done"),))
    new = changed(due_days.carry(KENT, [proposed], THEN, None, None))
    assert (new.status, standing(new).status, standing(new).proposed_on) == ("open", "open", None)


def test_carry_to_words() -> None:
    change = due_days.carry(KENT, [RURAL], THEN, "spring 2026", None)
    assert "forward to spring 2026 (31 May 2026), its first time" in change.sentence
    assert (changed(change).due_said, last_event(change).after_said, last_event(change).before_said) == ("spring 2026", "spring 2026", None)
    back = due_days.carry(KENT, [changed(change)], on("2026-05-31"), None, None)
    assert (changed(back).due_said, last_event(back).before_said) == (None, "spring 2026")


@pytest.mark.parametrize(
    ("due", "to", "says"),
    [
        ("2026-02-25", "25.02.26", "is due on 25 February 2026; carrying it forward to 25 February 2026 would not be later"),
        ("2026-06-10", None, "tracker redate PDB/2025-11-26/01 --to DATE"),
        ("2026-06-10", "2026-05-01", "would not be later"),
        ("2026-01-01", "2026-02-25", "cannot be carried forward to 25 February 2026, which is not after 25 February 2026"),
        (None, "2026-02-24", "which is not after 25 February 2026"),
        ("2026-02-25", "none", "tracker redate PDB/2025-11-26/01 --to none"),
    ],
)
def test_carry_is_always_to_a_later_day(due: str | None, to: str | None, says: str) -> None:
    with pytest.raises(Refused, match=says):
        due_days.carry(KENT, [RURAL._replace(due=day(due))], THEN, to, None)


def test_carry_gives_a_day_to_what_had_none() -> None:
    assert changed(due_days.carry(KENT, [RURAL._replace(due=None)], THEN, None, None)).due == day("2026-06-10")


def test_carry_waits_where_the_calendar_has_no_next_meeting() -> None:
    late = RURAL._replace(due=day("2026-09-16"))
    change = due_days.carry(KENT, [late], on("2026-09-16", "PDB/2026-09-16"), None, None)
    assert changed(change).due == "next meeting"
    assert "forward to the next meeting (none is in the calendar yet), its first time" in change.sentence


def test_what_waits_already_cannot_be_carried_to_wait_again() -> None:
    """That would count a slip although nothing has moved."""
    waiting = RURAL._replace(due="next meeting")
    with pytest.raises(Refused, match="waits for the next meeting already"):
        due_days.carry(KENT, [waiting], on("2026-09-16"), None, None)


def test_what_waits_is_carried_only_past_the_day_that_it_waits_from() -> None:
    put_off = event("2026-01-10", "re-dated", before="2026-02-25", after="next meeting", note="PDB/2026-02-25 postponed")
    waiting = RURAL._replace(due="next meeting", history=(put_off,))
    records = register(waiting, meeting("PDB/2026-02-25", "postponed"))
    with pytest.raises(Refused, match="not after 25 February 2026"):
        due_days.carry(records, [waiting], on("2026-01-20"), "2026-02-01", None)
    assert changed(due_days.carry(records, [waiting], on("2026-01-20"), "2026-02-26", None)).due == day("2026-02-26")


@pytest.mark.parametrize("status", ["discharged", "withdrawn"])
def test_a_closed_action_has_no_due_day_to_move(status: str) -> None:
    closed = action(status=status, history=[event("2026-01-10", status, note="So")])
    with pytest.raises(Refused, match="tracker reopen PDB/2025-11-26/01"):
        due_days.carry(KENT, [closed], THEN, None, None)
    with pytest.raises(Refused, match="tracker reopen PDB/2025-11-26/01"):
        due_days.redate(KENT, [closed], THEN, "2026-09-16", None)


def test_redate_is_no_slip() -> None:
    change = due_days.redate(KENT, [RURAL], on("2026-01-10"), "16.09.26", "Typing error")
    assert change.sentence == "Re-dated PDB/2025-11-26/01 to 16 September 2026: Explore a rural crime update in …"
    assert last_event(change) == event("2026-01-10", "re-dated", before="2026-02-25", after="2026-09-16", note="Typing error")
    assert standing(changed(change)).times_carried == 0
    assert changed(due_days.redate(KENT, [RURAL], on("2026-01-10"), "2026-01-01", None)).due == day("2026-01-01")


def test_redate_to_none_and_back() -> None:
    change = due_days.redate(KENT, [RURAL], THEN, "none", None)
    assert changed(change).due is None and "to no due day" in change.sentence
    assert changed(due_days.redate(KENT, [changed(change)], THEN, "next", None)).due == day("2026-06-10")


def test_redate_leaves_a_proposed_action_with_the_board() -> None:
    proposed = RURAL._replace(status="proposed", history=(event("2026-02-01", "proposed", note="Done"),))
    assert changed(due_days.redate(KENT, [proposed], THEN, "next", None)).status == "proposed"


def test_redate_needs_a_difference_and_a_day_since_it_was_raised() -> None:
    with pytest.raises(Refused, match="is due then already .25 February 2026."):
        due_days.redate(KENT, [RURAL], THEN, "2026-02-25", None)
    with pytest.raises(Refused, match="25 November 2025 is before PDB/2025-11-26/01 was raised, on 26 November 2025"):
        due_days.redate(KENT, [RURAL], THEN, "2025-11-25", None)
    assert changed(due_days.redate(KENT, [RURAL], THEN, "2025-11-26", None)).due == RURAL.raised


def test_the_next_meeting_is_counted_from_the_meeting_in_hand() -> None:
    late = on("2026-07-01")._replace(at=THEN.at)
    assert changed(due_days.carry(KENT, [RURAL], late, None, None)).due == day("2026-06-10")
    assert changed(due_days.carry(KENT, [RURAL], on("2026-07-01"), None, None)).due == day("2026-09-16")


def test_each_action_goes_to_its_own_boards_next_meeting() -> None:
    other = action("ABC/2025-11-26/01", due="2026-02-25")
    records = register(RURAL, other, *KENT.meetings.values(), meeting("ABC/2026-03-04", "scheduled"))
    now = after(records, due_days.carry(records, [RURAL, other], THEN, None, None))
    assert (the(now, RURAL.ref).due, the(now, other.ref).due) == (day("2026-06-10"), day("2026-03-04"))


def test_what_a_meeting_must_deal_with() -> None:
    on_the_day, before, later = action("PDB/2025-11-26/05", due="2026-02-25"), action("PDB/2025-11-26/02", due="2026-01-10"), action("PDB/2025-11-26/03", due="2026-02-26")
    proposed = action("PDB/2025-11-26/04", due="2026-02-25", status="proposed", history=[event("2026-01-10", "proposed", note="x")])
    closed = action("PDB/2025-11-26/06", due="2026-02-25", status="discharged", history=[event("2026-01-10", "discharged", note="x")])
    claimed = action("PDB/2025-11-26/07", due="2026-02-25", status="discharged")
    others = [action("PDB/2025-11-26/08"), action("PDB/2025-11-26/09", due="next meeting"), action("ABC/2025-11-26/01", due="2026-02-25")]
    records = register(on_the_day, before, later, proposed, closed, claimed, *others)
    assert due_days.due_by(records, "pdb", day("2026-02-25")) == [before, proposed, on_the_day, claimed]
    assert due_days.due_on(records, "pdb", day("2026-02-25")) == [proposed, on_the_day, claimed]


WAITING = action(due="next meeting")
CARRIED = event("2026-02-20", "carried forward", before="2026-02-25", after="next meeting")
FELL = event("2026-01-10", "re-dated", before="2026-02-25", after="next meeting", note="PDB/2026-02-25 cancelled")
MISTYPED = event("2026-01-10", "re-dated", before="2027-02-25", after="next meeting")


@pytest.mark.parametrize(
    ("waiting", "since"),
    [
        (WAITING, "2025-11-26"),
        (WAITING._replace(history=(event("2026-01-10", note="x"),)), "2025-11-26"),
        (WAITING._replace(history=(CARRIED,)), "2026-02-25"),
        (WAITING._replace(history=(CARRIED._replace(date=day("2026-03-01")),)), "2026-03-01"),
        (WAITING._replace(history=(FELL,)), "2026-02-25"),
        (WAITING._replace(history=(MISTYPED,)), "2026-01-10"),
        (WAITING._replace(history=(event("2026-03-01", "re-dated", meeting="PDB/2026-02-20", before=None, after="next meeting"),)), "2026-02-20"),
    ],
)
def test_from_when_an_action_waits(waiting: Action, since: str) -> None:
    records = register(waiting, meeting("PDB/2026-02-25", "cancelled"))
    assert due_days.waits_since(records, waiting) == day(since)


def test_settling_gives_waiting_actions_the_first_meeting_after_they_began_to_wait() -> None:
    early, late = WAITING, action("PDB/2025-11-26/02", due="next meeting", history=[CARRIED])
    closed = action("PDB/2025-11-26/03", due="next meeting", status="withdrawn", history=[event("2026-01-10", "withdrawn", note="x")])
    other = action("ABC/2025-11-26/01", due="next meeting")
    draft = Draft(register(early, late, closed, other, meeting("PDB/2026-01-14", "scheduled"), meeting("PDB/2026-06-10", "scheduled"), board("abc")))
    assert due_days.settle_waiting(draft, "pdb", on("2026-03-01")) == [early, late]
    dues = {str(ref): found.due for ref, found in draft.register.actions.items()}
    assert dues == {
        "PDB/2025-11-26/01": day("2026-01-14"), "PDB/2025-11-26/02": day("2026-06-10"),
        "PDB/2025-11-26/03": "next meeting", "ABC/2025-11-26/01": "next meeting",
    }  # fmt: skip
    settled = draft.register.actions[early.ref]
    assert settled.history[-1] == event("2026-03-01", "re-dated", before="next meeting", after="2026-01-14")
    assert standing(settled).times_carried == 0
