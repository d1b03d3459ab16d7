"""Two sides of one record become one, or a conflict that is named: nothing is lost, nothing is chosen."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings as run
from hypothesis import strategies as st

from tests.builders import action, action_ref, board, day, event, item, meeting, owner, person, settings
from tracker.model.merging import Merged, merge
from tracker.model.records import Action, Event, Record

FEB, JUN = "2026-02-25", "2026-06-10"
BASE = action(due=FEB, tags=("rural",))


def carried(on: str = FEB, to: str = JUN, **more: Any) -> Event:
    return event(on, "carried forward", before=FEB, after=to, **more)


def discharged(on: str = FEB, note: str = "Done") -> Event:
    return event(on, "discharged", route="paper", note=note)


def with_history(base: Action, *events: Event, **fields: Any) -> Action:
    if "due" in fields:
        fields["due"] = day(fields["due"])
    return base._replace(history=(*base.history, *events), **fields)


def clean(base: Record, ours: Record, theirs: Record) -> Any:
    merged = merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.ours == merged.base == merged.theirs
    return merged.ours


def clash(base: Record, ours: Record, theirs: Record) -> Merged:
    merged = merge(base, ours, theirs)
    assert merged.conflicts
    mirrored = merge(base, theirs, ours)
    assert mirrored.conflicts
    return merged


def test_different_fields_are_both_kept() -> None:
    merged = clean(BASE, BASE._replace(text="Better words"), BASE._replace(item="3i", restricted=True))
    assert merged == BASE._replace(text="Better words", item="3i", restricted=True)


def test_a_change_of_one_side_is_taken_as_it_is() -> None:
    ours = with_history(BASE, event("2026-01-05", note="Begun"), carried(), due=JUN)
    assert clean(BASE, ours, BASE) == ours
    assert clean(BASE, BASE, ours) == ours
    assert clean(BASE, ours, ours) == ours


def test_the_same_field_changed_both_ways_is_a_conflict_that_has_both() -> None:
    merged = clash(BASE, BASE._replace(text="One", item="2"), BASE._replace(text="Other", restricted=True))
    assert merged.conflicts == ("text",)
    assert [(r.text, r.item, r.restricted) for r in merged[:3]] == [  # type: ignore[union-attr]
        ("One", "2", True), (BASE.text, "2", True), ("Other", "2", True),
    ]  # fmt: skip


def test_a_reference_is_never_put_together_from_two() -> None:
    base = BASE._replace(follows=action_ref("PDB/2023-06-07/02"))
    one, other = (base._replace(follows=action_ref(ref)) for ref in ("PDB/2023-06-07/03", "PDB/2023-09-13/02"))
    assert clash(base, one, other).conflicts == ("follows",)
    clash(BASE, one, other)


def test_histories_are_united_in_the_order_of_days() -> None:
    base = with_history(BASE, event("2026-01-10", note="First"))
    ours = with_history(base, event("2026-01-20", note="Ours"), event("2026-03-01", note="Ours later"))
    theirs = with_history(base, event("2026-01-20", note="Theirs"), event("2026-02-01", note="Theirs later"))
    notes = [e.note for e in clean(base, ours, theirs).history]
    assert notes == ["First", "Ours", "Theirs", "Theirs later", "Ours later"]


def test_an_event_that_both_have_stands_once() -> None:
    both = event("2026-01-20", note="Both")
    merged = clean(BASE, with_history(BASE, both, event("2026-01-21", note="Ours")), with_history(BASE, both))
    assert [e.note for e in merged.history] == ["Both", "Ours"]


def test_the_same_decision_made_in_both_clones_is_one() -> None:
    ours = with_history(BASE, carried(), due=JUN)
    merged = clean(BASE, ours, with_history(ours, event("2026-03-01", note="Then")))
    assert [e.event for e in merged.history] == ["carried forward", "update"]


@pytest.mark.parametrize("theirs", [
    with_history(BASE, carried(note="Their words"), due=JUN),
    with_history(BASE, carried(to="2026-09-09"), due="2026-09-09"),
    with_history(BASE, discharged(), status="discharged"),
    with_history(BASE, event(FEB, "re-dated", before=FEB, after="2026-03-04"), due="2026-03-04"),
    BASE._replace(due=day("2026-03-04")),
    BASE._replace(due_said="spring"),
], ids=["same day", "other day", "discharged", "re-dated", "by hand", "due words by hand"])  # fmt: skip
def test_what_was_decided_twice_is_a_conflict(theirs: Action) -> None:
    ours = with_history(BASE, event("2026-01-05", note="Begun"), carried(), due=JUN)
    merged = clash(BASE, ours, theirs._replace(restricted=True))
    assert all(r.restricted for r in merged[:3])  # type: ignore[union-attr]
    assert isinstance(merged.ours, Action) and isinstance(merged.theirs, Action)
    assert merged.ours.history == ours.history and merged.ours.due == ours.due
    assert merged.theirs.history == (event("2026-01-05", note="Begun"), *theirs.history)
    assert (merged.theirs.due, merged.theirs.status) == (theirs.due, theirs.status)


def test_a_due_day_and_a_status_can_be_decided_apart() -> None:
    theirs = with_history(BASE, event("2026-02-20", "re-dated", before=FEB, after="2026-03-04"), due="2026-03-04")
    merged = clean(BASE, with_history(BASE, discharged(), status="discharged"), theirs)
    assert (merged.status, merged.due) == ("discharged", day("2026-03-04"))
    assert [e.event for e in merged.history] == ["re-dated", "discharged"]


def test_an_update_would_come_between_words_and_their_correction() -> None:
    base = with_history(BASE, event("2026-01-10", note="Sent to the Froce"))
    ours = with_history(base, event("2026-02-01", "corrected", note="Sent to the Force"))
    clash(base, ours, with_history(base, event("2026-01-20", note="No answer")))
    after = clean(base, ours, with_history(base, event("2026-02-10", note="No answer")))
    assert [e.event for e in after.history] == ["update", "corrected", "update"]


def test_two_corrections_of_one_outcome_are_a_conflict() -> None:
    base = with_history(BASE, discharged(), status="discharged")
    one, other = (with_history(base, event("2026-03-01", "corrected", note=note)) for note in ("A", "B"))
    clash(base, one, other)


def test_an_event_mended_by_hand_stays_mended() -> None:
    base = with_history(BASE, event("2026-01-10", note="Frist"))
    ours = BASE._replace(history=(event("2026-01-10", note="First"),))
    merged = clean(base, ours, with_history(base, event("2026-01-12", note="Second")))
    assert [e.note for e in merged.history] == ["First", "Second"]
    clash(base, ours, BASE._replace(history=(event("2026-01-10", note="1st"),)))


def test_a_decision_taken_out_by_hand_conflicts_with_one_that_builds_on_it() -> None:
    base = with_history(BASE, carried(), due=JUN)
    theirs = with_history(base, event(JUN, "carried forward", before=JUN, after="2026-09-09"), due="2026-09-09")
    clash(base, BASE, theirs)


def test_a_status_set_by_hand_against_one_with_its_event_is_a_conflict() -> None:
    base = with_history(BASE, carried(), due=JUN)
    clash(base, base._replace(status="proposed"), with_history(base, discharged(JUN), status="discharged"))


def test_what_is_right_on_each_side_and_wrong_together_is_a_conflict() -> None:
    ends_early = meeting(time="10:00", ends="12:00")
    merged = clash(ends_early, ends_early._replace(time="11:30"), ends_early._replace(ends="11:00"))
    assert merged.conflicts == ("ends",)
    assert (merged.ours, merged.theirs) == (ends_early._replace(time="11:30"), ends_early._replace(ends="11:00"))


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), [
    ("ab", "abc", "abd", "abcd"),
    ("ab", "a", "abd", "ad"),
    ("abc", "ac", "ab", "a"),
    ("abc", "cab", "abcd", "cdab"),
    ("abc", "abcd", "cab", "cdab"),
    ("abc", "xabc", "abcy", "xabcy"),
    ("", "a", "a", "a"),
    ("ab", "ax", "ay", None),
    ("abc", "bca", "cab", None),
    ("aa", "aab", "aac", None),
], ids=str)  # fmt: skip
def test_tags(base: str, ours: str, theirs: str, expected: str | None) -> None:
    sides = [BASE._replace(tags=tuple(tags)) for tags in (base, ours, theirs)]
    if expected is None:
        clash(*sides)
    else:
        assert "".join(clean(*sides).tags) == expected


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), [
    ("F", "FO", "FP", "FOP"),
    ("FO", "F", "FOP", "FP"),
    ("F", "OF", "PF", None),
    ("F", "O", "P", None),
    ("", "O", "P", None),
], ids=str)  # fmt: skip
def test_owners_and_who_leads(base: str, ours: str, theirs: str, expected: str | None) -> None:
    sides = [BASE._replace(owners=tuple(owners)) for owners in (base, ours, theirs)]
    if expected is None:
        clash(*sides)
    else:
        assert "".join(clean(*sides).owners) == expected


def test_people_and_items_are_united_by_name_and_number() -> None:
    base = meeting(attendees=(person("A"), person("B")), items=(item("1", "Welcome"), item("2", "Plan")))
    ours = base._replace(attendees=(person("A", role="Chair"), person("B"), person("C")), items=(item("1", "Hello"), *base.items[1:]))
    theirs = base._replace(attendees=(person("A", organisation="OPCC"),), apologies=(person("B"),), items=(*base.items, item("3", "Any")))
    merged = clean(base, ours, theirs)
    assert merged.attendees == (person("A", role="Chair", organisation="OPCC"), person("C"))
    assert merged.apologies == (person("B"),)
    assert merged.items == (item("1", "Hello"), item("2", "Plan"), item("3", "Any"))


def test_an_entry_changed_here_and_taken_out_there_is_a_conflict() -> None:
    base = meeting(attendees=(person("A"), person("B")))
    merged = clash(base, base._replace(attendees=(person("A", role="Chair"), person("B"))), base._replace(attendees=(person("B"),)))
    assert merged.conflicts == ("attendees",)


def test_an_item_number_given_twice_is_a_conflict() -> None:
    clash(meeting(), meeting(items=(item("3", "One"),)), meeting(items=(item("3", "Other"),)))


def test_a_meeting_postponed_here_and_held_there_is_a_conflict() -> None:
    base = meeting(status="scheduled", venue="Hall")
    ours = base._replace(status="postponed", postponed_to=day("2026-01-10"))
    assert clash(base, ours, base._replace(status="held")).conflicts == ("status", "postponed_to")
    assert clean(base, ours, base._replace(venue="Barn")) == ours._replace(venue="Barn")


def test_owners_of_the_register_are_united_by_key() -> None:
    base = settings(owner("Force", aliases=("CC",)), owner("OPCC"))
    ours = base._replace(owners=(owner("Force", aliases=("CC", "DCC")), owner("OPCC"), owner("Fire")))
    theirs = base._replace(owners=(owner("Force", aliases=("CC", "DCO"), email="a@example.org"), owner("OPCC")))
    assert clean(base, ours, theirs).owners[0] == owner("Force", aliases=("CC", "DCC", "DCO"), email="a@example.org")
    assert [o.key for o in clean(base, ours, theirs).owners] == ["Force", "OPCC", "Fire"]


def test_one_alias_for_two_owners_is_a_conflict() -> None:
    base = settings(owner("Force"), owner("OPCC"))
    ours = base._replace(owners=(owner("Force", aliases=("Chief",)), owner("OPCC")))
    clash(base, ours, base._replace(owners=(owner("Force"), owner("OPCC", aliases=("Chief",)))))


def test_a_board_is_united_field_by_field() -> None:
    merged = clean(board(), board(chair="PCC"), board(note="From the notes"))
    assert merged == board(chair="PCC", note="From the notes")


_DAYS = st.sampled_from(["2025-12-01", "2026-01-05", "2026-01-20", FEB])
_EVENTS = st.one_of(
    st.builds(lambda on, note: event(on, note=note), _DAYS, st.sampled_from("abc")),
    st.builds(lambda on, to: event(on, "re-dated", before=FEB, after=to), _DAYS, st.sampled_from([JUN, "2026-03-04"])),
    st.builds(lambda on, note: event(on, "discharged", route="paper", note=note), _DAYS, st.sampled_from("xy")),
    st.builds(lambda on, to: event(on, "reassigned", before=("Force",), after=(to,)), _DAYS, st.sampled_from(["A", "B"])),
)


def _lived(base: Action, events: list[Event]) -> Action:
    for new in sorted(events, key=lambda e: e.date):
        base = with_history(base, new)
        match new.event:
            case "re-dated":
                base = base._replace(due=new.after)  # type: ignore[arg-type]
            case "discharged":
                base = base._replace(status="discharged")
            case "reassigned":
                base = base._replace(owners=new.after)  # type: ignore[arg-type]
    return base


@run(deadline=None, derandomize=True, max_examples=300)
@given(st.lists(_EVENTS, max_size=2), st.lists(_EVENTS, max_size=3), st.lists(_EVENTS, max_size=3))
def test_no_event_is_lost_and_none_is_made_up(past: list[Event], ours: list[Event], theirs: list[Event]) -> None:
    base = _lived(BASE, past)
    mine, yours = _lived(base, ours), _lived(base, theirs)
    merged = merge(base, mine, yours)
    before = Counter(base.history)
    wanted = before + ((Counter(mine.history) - before) | (Counter(yours.history) - before))
    assert isinstance(merged.ours, Action) and isinstance(merged.theirs, Action)
    assert Counter(merged.ours.history) | Counter(merged.theirs.history) == wanted
    if not merged.conflicts:
        assert Counter(merged.ours.history) == wanted
        for field in ("due", "owners", "status"):
            values = {getattr(mine, field), getattr(yours, field)} - {getattr(base, field)}
            assert getattr(merged.ours, field) in (values or {getattr(base, field)})
    mirrored = merge(base, yours, mine)
    assert bool(mirrored.conflicts) == bool(merged.conflicts)
