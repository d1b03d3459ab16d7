"""What changed between two versions: each kind of difference, and what is told aloud."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, action_ref, board, day, event, item, meeting, meeting_ref, owner, person
from tests.builders import settings as a_register_file
from tracker.errors import Problem
from tracker.model.difference import Difference, Version, called, in_order
from tracker.model.differences import compare, moved_meetings
from tracker.model.records import Action, Event
from tracker.model.references import REGISTER_PATH, Ref
from tracker.model.state import STATUS_AFTER

REF = action_ref("PDB/2025-11-26/01")
CARRIED = event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10", note="Draft only")
AGAIN = event("2026-06-10", "carried forward", before="2026-06-10", after="2026-09-16")
DONE = event("2026-06-10", "discharged", route="out of meeting", note="Sent")
NOTED = event("2026-01-05", note="Begun")
BROKEN = Problem(REF.path, 3, "the key `due` stands twice", "Keep one of the two")


def between(old: Version, new: Version, ref: Ref = REF) -> list[Difference]:
    return list(compare({ref: (old, new)}))


def kinds(old: Version, new: Version, ref: Ref = REF) -> list[str]:
    return [difference.kind for difference in between(old, new, ref)]


OPEN = action(due="2026-02-25")


def test_a_new_action_and_what_has_happened_to_it_already() -> None:
    moved = event("2025-12-01", "re-dated", before="2025-12-31", after="2026-02-25", before_said="end of the year")
    raised, dated, noted = between(None, OPEN._replace(history=(moved, NOTED), owners=("OPCC",)))
    assert (raised.kind, raised.subject, raised.after) == ("raised", OPEN.text, ("OPCC",))
    assert (raised.due, raised.after_said) == (day("2025-12-31"), "end of the year")
    assert (dated.event, noted.event) == (moved, NOTED)


@pytest.mark.parametrize(("new", "kind"), [
    (OPEN._replace(history=(NOTED,)), "update"),
    (OPEN._replace(history=(CARRIED,), due=day("2026-06-10")), "carried forward"),
    (OPEN._replace(history=(DONE,), status="discharged"), "discharged"),
    (OPEN._replace(history=(event("2026-01-05", "proposed", note="Done"),), status="proposed"), "proposed"),
    (OPEN._replace(history=(event("2026-01-05", "withdrawn", note="Overtaken"),), status="withdrawn"), "withdrawn"),
    (OPEN._replace(history=(event("2026-01-05", "reassigned", before=("Force",), after=("OPCC",)),), owners=("OPCC",)), "reassigned"),
    (OPEN._replace(history=(event("2026-01-05", "reworded", before=OPEN.text, after="x"),), text="x"), "reworded"),
    (OPEN._replace(history=(event("2026-01-05", "re-dated", before="2026-02-25", after=None),), due=None), "re-dated"),
    (OPEN._replace(tags=("rural",)), "tags"),
    (OPEN._replace(restricted=True), "restricted"),
    (OPEN._replace(item="4"), "field"),
    (OPEN._replace(follows=action_ref("PDB/2023-06-07/02")), "field"),
    (OPEN._replace(formerly=(action_ref("PDB/2025-11-26/02"),)), "field"),
    (OPEN, "rewritten"),
    (None, "deleted"),
    (BROKEN, "unreadable"),
])  # fmt: skip
def test_what_becomes_of_an_action(new: Action | Problem | None, kind: str) -> None:
    found = between(OPEN, new)
    assert [difference.kind for difference in found] == [kind]
    assert found[0].loud == (kind in ("deleted", "unreadable"))


def test_every_carrying_knows_which_time_it_is() -> None:
    once = OPEN._replace(history=(CARRIED,), due=day("2026-06-10"))
    twice = OPEN._replace(history=(CARRIED, AGAIN), due=day("2026-09-16"))
    assert [difference.turn for difference in between(OPEN, twice)] == [1, 2]
    assert [difference.turn for difference in between(once, twice)] == [2]


@pytest.mark.parametrize(("new", "field", "before", "after"), [
    (OPEN._replace(text="x"), "text", OPEN.text, "x"),
    (OPEN._replace(owners=("OPCC",)), "owners", ("Force",), ("OPCC",)),
    (OPEN._replace(due=None), "due", day("2026-02-25"), None),
    (OPEN._replace(status="discharged"), "status", "open", "discharged"),
    (OPEN._replace(history=(NOTED,), status="withdrawn"), "status", "open", "withdrawn"),
    (OPEN._replace(history=(DONE,)), "status", "discharged", "open"),
    (OPEN._replace(history=(CARRIED,)), "due", day("2026-06-10"), day("2026-02-25")),
])  # fmt: skip
def test_a_field_that_changed_without_its_entry_was_changed_by_hand(
    new: Action, field: str, before: object, after: object
) -> None:
    found = [difference for difference in between(OPEN, new) if difference.kind == "by hand"]
    assert [(one.field, one.before, one.after) for one in found] == [(field, before, after)]


def test_a_step_by_hand_before_an_entry_is_seen() -> None:
    late = event("2026-02-25", "carried forward", before="2026-03-31", after="2026-06-10")
    hand, carried = sorted(between(OPEN, OPEN._replace(history=(late,), due=day("2026-06-10"))), key=lambda one: one.kind)
    assert (hand.kind, hand.before, hand.after) == ("by hand", day("2026-02-25"), day("2026-03-31"))
    assert carried.event == late


def test_only_the_words_for_the_due_day_changed_by_hand() -> None:
    (found,) = between(OPEN, OPEN._replace(due_said="spring 2026"))
    assert (found.kind, found.field, found.after_said) == ("by hand", "due", "spring 2026")


def test_a_status_by_hand_that_is_made_good_is_no_difference_by_hand() -> None:
    closed = OPEN._replace(status="discharged")
    assert kinds(closed, closed._replace(history=(DONE,))) == ["discharged"]
    assert kinds(None, closed) == ["raised", "by hand"]


def test_an_entry_that_came_in_before_the_last_one_is_no_change_by_hand() -> None:
    """As a merge of two clones leaves it."""
    old = OPEN._replace(history=(DONE,), status="discharged")
    assert kinds(old, old._replace(history=(NOTED, DONE))) == ["update"]
    carried = CARRIED._replace(after=day("2026-02-25"))
    assert kinds(old, old._replace(history=(carried, DONE))) == ["carried forward"]


FULL = OPEN._replace(history=(NOTED, CARRIED), due=day("2026-06-10"))


def test_an_entry_that_is_gone_is_told_aloud() -> None:
    (found,) = between(FULL, FULL._replace(history=(CARRIED,)))
    assert (found.kind, found.was, found.loud) == ("history removed", NOTED, True)


def test_an_entry_that_reads_otherwise_is_told_aloud_and_not_as_new() -> None:
    mended = NOTED._replace(note="Finished")
    (found,) = between(FULL, FULL._replace(history=(mended, CARRIED)))
    assert (found.kind, found.was, found.event, found.loud) == ("history changed", NOTED, mended, True)


def test_another_order_is_told_aloud() -> None:
    (found,) = between(FULL, FULL._replace(history=(CARRIED, NOTED)))
    assert (found.kind, found.loud) == ("history reordered", True)


def test_an_entry_that_stands_twice_and_then_once_is_told() -> None:
    assert kinds(FULL._replace(history=(NOTED, NOTED, CARRIED)), FULL) == ["history removed"]
    assert kinds(FULL, FULL._replace(history=(NOTED, NOTED, CARRIED))) == ["update"]


def test_records_that_cannot_be_read() -> None:
    assert kinds(BROKEN, OPEN) == ["readable again"]
    assert kinds(BROKEN, BROKEN._replace(line=4)) == ["unreadable"]
    assert kinds(BROKEN, None) == ["deleted"]
    assert kinds(None, BROKEN) == ["unreadable"]


SITTING = meeting_ref("PDB/2025-11-26")


def test_meetings() -> None:
    scheduled = meeting(SITTING, "scheduled")
    held = meeting(SITTING, "held")
    assert kinds(None, scheduled, SITTING) == ["meeting added"]
    assert kinds(None, held, SITTING) == ["meeting added", "held"]
    assert kinds(scheduled, held, SITTING) == ["held"]
    assert kinds(scheduled, meeting(SITTING, "cancelled"), SITTING) == ["cancelled"]
    assert kinds(meeting(SITTING, "cancelled"), scheduled, SITTING) == ["scheduled"]
    (found,) = between(scheduled, meeting(SITTING, "postponed", postponed_to=day("2025-12-03")), SITTING)
    assert (found.kind, found.after) == ("postponed", day("2025-12-03"))
    (found,) = between(held, held._replace(attendees=(person("Tim Smith", role="Chief", organisation="Force"),)), SITTING)
    assert (found.kind, found.field, found.before, found.after) == ("field", "attendees", (), ("Tim Smith (Chief, Force)",))
    (found,) = between(held, held._replace(items=(item("3i", "Plan", lead="Force"),)), SITTING)
    assert found.after == ("3i Plan (Force)",)


def test_a_meeting_that_changed_its_day_is_moved_and_not_deleted() -> None:
    old, new, other = (meeting(ref, "scheduled") for ref in ("PDB/2026-06-10", "PDB/2026-06-17", "ABC/2026-06-10"))
    (found,) = compare({old.ref: (old, None), new.ref: (None, new)})
    assert (found.kind, found.ref, found.moved_from) == ("moved", new.ref, old.ref)
    differing = new._replace(venue="Elsewhere")
    assert [one.kind for one in compare({old.ref: (old, None), new.ref: (None, differing)})] == ["deleted", "meeting added"]
    said = compare({old.ref: (old, None), new.ref: (None, differing)}, together=[old.ref, new.ref])
    assert [(one.kind, one.field) for one in said] == [("moved", ""), ("field", "venue")]
    assert [one.kind for one in compare({other.ref: (other, None), new.ref: (None, new)})] == ["deleted", "meeting added"]


def test_two_meetings_alike_are_moved_to_the_nearest_day_each() -> None:
    days = ["PDB/2026-01-10", "PDB/2026-06-10", "PDB/2026-01-17", "PDB/2026-06-17"]
    refs = [meeting_ref(text) for text in days]
    versions = {refs[0]: (meeting(refs[0]), None), refs[1]: (meeting(refs[1]), None), refs[2]: (None, meeting(refs[2])), refs[3]: (None, meeting(refs[3]))}
    assert moved_meetings(versions) == {refs[2]: refs[0], refs[3]: refs[1]}


def test_boards_and_owners() -> None:
    assert kinds(None, board(), "pdb") == ["board added"]
    (found,) = between(board(), board(chair="The Commissioner"), "pdb")
    assert (found.kind, found.field, found.before, found.after) == ("field", "chair", None, "The Commissioner")
    old = a_register_file(owner("Force"), owner("OPCC"))
    assert kinds(old, a_register_file(owner("Force"), owner("OPCC"), owner("HO")), REGISTER_PATH) == ["owner added"]
    assert kinds(old, a_register_file(owner("Force")), REGISTER_PATH) == ["owner removed"]
    (found,) = between(old, a_register_file(owner("Force", aliases=("CC",)), owner("OPCC")), REGISTER_PATH)
    assert (found.field, found.before, found.after, found.subject) == ("owner's aliases", (), ("CC",), "Force: The Force")
    assert kinds(old, a_register_file(owner("OPCC"), owner("Force")), REGISTER_PATH) == ["field"]
    assert kinds(old, old._replace(commit=True), REGISTER_PATH) == ["field"]
    assert kinds(None, old, REGISTER_PATH) == ["register added", "owner added", "owner added"]


def test_the_order_is_that_of_the_register() -> None:
    refs: list[Ref] = [REGISTER_PATH, "abc", meeting_ref("ABC/2025-01-01"), "pdb", SITTING, REF, action_ref("PDB/2025-11-26/10"), meeting_ref("PDB/2025-11-26B")]
    assert sorted(reversed(refs), key=in_order) == refs
    assert [called(ref) for ref in refs[:3]] == ["register", "ABC", "ABC/2025-01-01"]


_DAYS = st.dates(date(2025, 11, 26), date(2026, 12, 31))
_EVENTS = st.builds(lambda day, kind, note: Event(day, kind, note=note), _DAYS, st.sampled_from(["update", *STATUS_AFTER]), st.sampled_from("abc"))  # type: ignore[arg-type]


@given(st.lists(_EVENTS, max_size=6), st.lists(_EVENTS, max_size=6))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_no_entry_comes_or_goes_unsaid(old: list[Event], new: list[Event]) -> None:
    found = between(OPEN._replace(history=tuple(old)), OPEN._replace(history=tuple(new)))
    added = [one.event for one in found if one.kind in ("update", *STATUS_AFTER)] + [one.event for one in found if one.kind == "history changed"]
    gone = [one.was for one in found if one.loud and one.was]
    assert sorted([event for event in old if event not in gone and event not in new]) == []
    assert sorted([event for event in new if event not in added and event not in old]) == []
    assert len(new) - len(old) == len(added) - len(gone)


@given(st.lists(_EVENTS, max_size=5), st.lists(_EVENTS, max_size=3), st.randoms())
@settings(deadline=None, derandomize=True, max_examples=200)
def test_a_history_that_is_only_added_to_is_never_told_aloud(old: list[Event], more: list[Event], shuffled: object) -> None:
    new = list(old)
    for event_ in more:
        new.insert(shuffled.randrange(len(new) + 1), event_)  # type: ignore[attr-defined]
    found = between(OPEN._replace(history=tuple(old)), OPEN._replace(history=tuple(new)))
    assert not any(one.loud for one in found)
    assert sorted(one.event for one in found if one.event) == sorted(more)
