import pytest

from tests.builders import action, day, event, item, meeting, meeting_ref, register
from tests.model.builders import after, changed, on, the
from tracker.errors import NotFound, NotUnderstood, Refused
from tracker.model.changes.raising import Wanted, discharge_with_follow_up, find_item, next_number, raise_actions
from tracker.model.records import Action
from tracker.model.references import MeetingRef, canonical_action

TODAY = day("2025-12-01")
NOVEMBER = meeting_ref("PDB/2025-11-26")
KENT = register(
    meeting("PDB/2025-11-26", "scheduled", items=(item("3i"), item("4", "Audits"), item("B1", "Any other"))),
    meeting("PDB/2026-02-25", "scheduled"),
    meeting("ABC/2025-11-26"),
)


def raised(wanted: Wanted, meeting: MeetingRef = NOVEMBER) -> Action:
    return changed(raise_actions(KENT, meeting, [wanted], TODAY))


def test_an_action_is_due_at_the_next_meeting_unless_said() -> None:
    wanted = Wanted(" Explore a rural crime update in context for inclusion in the report ", ["CC", "opcc"], "3I", tags=["rural-crime"])
    change = raise_actions(KENT, NOVEMBER, [wanted], TODAY)
    assert changed(change) == action(
        text="Explore a rural crime update in context for inclusion in the report",
        owners=["Force", "OPCC"], due="2026-02-25", item="3i", tags=["rural-crime"],
    )  # fmt: skip
    assert change.sentence == (
        "Raised PDB/2025-11-26/01 for Force, OPCC, due 25 February 2026: Explore a rural crime update in … "
        "(PDB/2025-11-26 is now marked as held)"
    )
    assert after(KENT, change).meetings[NOVEMBER].status == "held"


@pytest.mark.parametrize(
    ("when", "due", "said", "sentence"),
    [
        ("in 2 weeks", "2025-12-10", None, ", due 10 December 2025:"),
        ("spring 2026", "2026-05-31", "spring 2026", ", due spring 2026 (31 May 2026):"),
        ("none", None, None, ", no due day:"),
        ("26 November", "2025-11-26", None, ", due 26 November 2025:"),
    ],
)
def test_due_days_count_from_the_meeting(when: str, due: str | None, said: str | None, sentence: str) -> None:
    change = raise_actions(KENT, NOVEMBER, [Wanted("Do it", ["Force"], due=when)], TODAY)
    assert (changed(change).due, changed(change).due_said) == (day(due), said)
    assert sentence in change.sentence


def test_it_waits_where_there_is_no_next_meeting() -> None:
    change = raise_actions(KENT, meeting_ref("ABC/2025-11-26"), [Wanted("Do it", ["Force"])], TODAY)
    assert changed(change).due == "next meeting"
    assert "due at the next meeting (none is in the calendar yet): Do it" in change.sentence


def test_words_without_a_day() -> None:
    found = raised(Wanted("Do it", ["Force"], due="when the pilot ends", look_again=day("2026-04-01")))
    assert (found.due, found.due_said) == (day("2026-04-01"), "when the pilot ends")
    with pytest.raises(NotUnderstood, match="--by DATE"):
        raised(Wanted("Do it", ["Force"], due="when the pilot ends"))


def test_several_take_the_numbers_above_the_highest_that_any_file_claims() -> None:
    """A file that cannot be read keeps its number."""
    records = register(action("PDB/2025-11-26/02"), meeting("PDB/2025-11-26")).changed(highest={NOVEMBER: 7})
    change = raise_actions(records, NOVEMBER, [Wanted("One", ["Force"]), Wanted("Two", ["Force"])], TODAY)
    assert list(change.records) == ["pdb/2025-11-26/08.yaml", "pdb/2025-11-26/09.yaml"]
    assert change.sentence == "Raised 2 actions at PDB/2025-11-26"
    assert next_number(after(records, change), NOVEMBER) == 10
    assert next_number(KENT, NOVEMBER) == 1


@pytest.mark.parametrize(
    ("wanted", "error", "says"),
    [
        (Wanted(" ", ["Force"]), Refused, "needs a text"),
        (Wanted("Do it", []), Refused, "--owner, for: Do it"),
        (Wanted("Do it", ["Farce"]), NotFound, "Did you mean Force?"),
        (Wanted("Do it", ["Force"], "9"), NotFound, "has no agenda item \"9\". It has 3i, 4, B1. A new one: tracker item add PDB/2025-11-26 TITLE"),
        (Wanted("Do it", ["Force"], due="2025-11-25"), Refused, "\"2025-11-25\" is before PDB/2025-11-26, which raises the action"),
        (Wanted("Do it", ["Force"], due="10"), NotUnderstood, "not understood as a day"),
    ],
)
def test_what_is_not_raised(wanted: Wanted, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        raise_actions(KENT, NOVEMBER, [Wanted("First", ["Force"]), wanted], TODAY)


@pytest.mark.parametrize(("status", "text"), [("postponed", "2025-11-25"), ("cancelled", "2025-11-25"), ("scheduled", "2025-12-02")])
def test_only_a_meeting_that_met_raises_actions(status: str, text: str) -> None:
    records = register(meeting(f"PDB/{text}", status))
    with pytest.raises(Refused, match="cannot have agreed anything"):
        raise_actions(records, meeting_ref(f"PDB/{text}"), [Wanted("Do it", ["Force"])], TODAY)


def test_an_agenda_item_is_known_in_any_case() -> None:
    found = KENT.meetings[NOVEMBER]
    assert [find_item(found, text) for text in ("3I", " 4 ", "item 4", "b1", "Item B1")] == ["3i", "4", "4", "B1", "B1"]
    with pytest.raises(NotFound, match="It has none yet"):
        find_item(KENT.meetings[meeting_ref("ABC/2025-11-26")], "1")


OLD = action("PDB/2023-09-13/01", owners=["OPCC", "Force"], due="2025-11-26", restricted=True, tags=["x"])
THEN = on("2025-11-26", "PDB/2025-11-26")
WITH_OLD = register(OLD, *KENT.meetings.values())


def test_a_follow_up_takes_over_what_is_left() -> None:
    change = discharge_with_follow_up(WITH_OLD, OLD, THEN, "Mostly done", "paper", Wanted("The rest", []))
    now = after(WITH_OLD, change)
    assert the(now, OLD.ref).status == "discharged"
    assert the(now, OLD.ref).history == (
        event("2025-11-26", "discharged", meeting="PDB/2025-11-26", route="paper", note="Mostly done"),
    )
    new = the(now, "PDB/2025-11-26/01")
    assert (new.owners, new.due, new.follows, new.tags) == (("OPCC", "Force"), day("2026-02-25"), canonical_action("PDB/2023-09-13/01"), ())
    assert change.sentence == (
        "Discharged PDB/2023-09-13/01 and raised its follow-up at PDB/2025-11-26 (PDB/2025-11-26 is now marked as held)"
    )
    assert now.meetings[NOVEMBER].status == "held"


def test_what_follows_a_restricted_action_is_restricted_too() -> None:
    change = discharge_with_follow_up(WITH_OLD, OLD, THEN, "Mostly", None, Wanted("The rest", []))
    assert the(after(WITH_OLD, change), "PDB/2025-11-26/01").restricted is True


def test_a_follow_up_may_have_owners_and_a_day_of_its_own() -> None:
    wanted = Wanted("The rest", ["CC"], due="in 2 weeks")
    new = the(after(WITH_OLD, discharge_with_follow_up(WITH_OLD, OLD, THEN, "Mostly", None, wanted)), "PDB/2025-11-26/01")
    assert (new.owners, new.due) == (("Force",), day("2025-12-10"))


def test_a_follow_up_is_raised_at_a_meeting() -> None:
    with pytest.raises(Refused, match="--at MEETING"):
        discharge_with_follow_up(WITH_OLD, OLD, on("2025-11-26"), "Mostly", None, Wanted("The rest", []))


def test_a_closed_action_has_no_follow_up() -> None:
    closed = OLD._replace(status="withdrawn", history=(event("2025-01-01", "withdrawn", note="x"),))
    with pytest.raises(Refused, match="has been withdrawn since 1 January 2025"):
        discharge_with_follow_up(WITH_OLD, closed, THEN, "Mostly", None, Wanted("The rest", []))
