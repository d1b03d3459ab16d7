"""The occasion of a change, where an event goes, and what backdating may and may not do."""

import pytest

from tests.builders import action, day, event, meeting, meeting_ref, register, settings
from tests.model.builders import after, changed, on
from tracker.errors import NotFound, Refused
from tracker.model.changes import due_days, progress, wording
from tracker.model.changes.draft import Change, Draft, counted, first_words, listed, occasion, with_event
from tracker.model.records import Action, Register
from tracker.model.state import as_at

TODAY = day("2026-03-10")
KENT = register(
    action(due="2026-02-25"),
    meeting("PDB/2026-02-25"),
    meeting("PDB/2026-03-04", "scheduled"),
    meeting("PDB/2026-03-05", "postponed"),
    meeting("PDB/2026-06-10", "scheduled"),
)


def test_a_change_happens_today_or_at_the_meeting_or_on_the_day_given() -> None:
    at = meeting_ref("PDB/2026-02-25")
    assert occasion(KENT, TODAY) == on("2026-03-10")
    assert occasion(KENT, TODAY, at=at) == on("2026-02-25", "PDB/2026-02-25")
    assert occasion(KENT, TODAY, day("2026-03-01"), at) == on("2026-03-01", "PDB/2026-02-25")
    assert (occasion(KENT, TODAY).in_hand, occasion(KENT, TODAY, TODAY, at).in_hand) == (TODAY, at.day)


def test_nothing_is_recorded_for_a_day_to_come() -> None:
    with pytest.raises(Refused, match="11 March 2026 is still to come"):
        occasion(KENT, TODAY, day("2026-03-11"))


def test_nothing_is_agreed_before_the_day_of_the_meeting() -> None:
    with pytest.raises(Refused, match="PDB/2026-02-25 cannot have agreed anything before its day"):
        occasion(KENT, TODAY, day("2026-02-24"), meeting_ref("PDB/2026-02-25"))


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("PDB/2026-06-10", "PDB/2026-06-10 is still to come and cannot have agreed anything yet."),
        ("PDB/2026-03-05", "PDB/2026-03-05 was postponed .* tracker meeting reinstate PDB/2026-03-05"),
    ],
)
def test_a_meeting_that_did_not_meet_agreed_nothing(at: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        occasion(KENT, TODAY, at=meeting_ref(at))


def test_an_unknown_meeting_agreed_nothing() -> None:
    with pytest.raises(NotFound, match="tracker meeting add pdb 2026-02-26"):
        occasion(KENT, TODAY, at=meeting_ref("PDB/2026-02-26"))


def test_agreeing_something_marks_a_scheduled_meeting_as_held_and_says_so() -> None:
    change = progress.update(KENT, list(KENT.actions.values()), on("2026-03-04", "PDB/2026-03-04"), "Under way")
    assert after(KENT, change).meetings[meeting_ref("PDB/2026-03-04")].status == "held"
    assert change.sentence == (
        "Noted progress on PDB/2025-11-26/01: Explore a rural crime update (PDB/2026-03-04 is now marked as held)"
    )


def test_a_meeting_held_already_is_left_alone() -> None:
    change = progress.update(KENT, list(KENT.actions.values()), on("2026-02-25", "PDB/2026-02-25"), "Under way")
    assert list(change.records) == ["pdb/2025-11-26/01.yaml"]


# Each kind of change that sets a field, and the event that it leaves.
CHANGES = {
    "carried forward": lambda r, a, o: due_days.carry(r, [a], o, "2026-09-16", None),
    "re-dated": lambda r, a, o: due_days.redate(r, [a], o, "2026-09-17", None),
    "reassigned": lambda r, a, o: wording.reassign(r, [a], o, ["OPCC"], None),
    "reworded": lambda r, a, o: wording.reword(r, a, o, "Other words", None),
    "proposed": lambda r, a, o: progress.propose(r, [a], o, "Done", None),
    "discharged": lambda r, a, o: progress.discharge(r, [a], o, "Done", None),
    "withdrawn": lambda r, a, o: progress.withdraw(r, [a], o, "Overtaken"),
    "corrected": lambda r, a, o: progress.correct(r, a, o, "Mended", None),
}
EARLIER = event("2025-12-01", note="Begun")


def make(kind: str, found: Action, records: Register, date: str) -> Change:
    return CHANGES[kind](records, found, on(date))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_backdated_change_before_the_last_one_of_a_field_is_refused_naming_it(kind: str) -> None:
    last = event("2026-02-25", "reassigned", before=("OPCC",), after=("Force",))
    found = action(due="2026-02-25", history=[EARLIER, last])
    with pytest.raises(Refused) as error:
        make(kind, found, register(found), "2026-02-24")
    assert str(error.value) == (
        "PDB/2025-11-26/01 was reassigned on 25 February 2026; it cannot be changed as of 24 February 2026, "
        "before that. Give a --date from then on."
    )


@pytest.mark.parametrize("last", ["proposed", "discharged", "withdrawn"])
def test_reopening_cannot_be_backdated_before_the_closing(last: str) -> None:
    found = action(status=last, history=[event("2026-02-25", last, note="So")])
    with pytest.raises(Refused, match=f"was {last} on 25 February 2026"):
        progress.reopen(register(found), [found], on("2026-02-24"), None)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_on_the_day_of_the_last_one_goes_after_it(kind: str) -> None:
    last = event("2026-02-25", "re-dated", before="2026-02-25", after="2026-06-10")
    found = action(due="2026-06-10", history=[EARLIER, last])
    history = changed(make(kind, found, register(found), "2026-02-25")).history
    assert [(entry.date, entry.event) for entry in history[1:]] == [(last.date, "re-dated"), (last.date, kind)]


@pytest.mark.parametrize("kind", [*CHANGES, "update"])
def test_nothing_happens_before_the_action_was_raised(kind: str) -> None:
    found = action(due="2026-02-25", history=[EARLIER])
    with pytest.raises(Refused, match="PDB/2025-11-26/01 was raised on 26 November 2025; nothing can have happened to it before."):
        if kind == "update":
            progress.update(register(found), [found], on("2025-11-25"), "Early")
        else:
            make(kind, found, register(found), "2025-11-25")


def test_a_backdated_update_goes_in_its_place() -> None:
    carried = event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10")
    found = action(due="2026-06-10", history=[event("2026-01-10", note="A"), event("2026-01-10", note="B"), carried])
    for date, place in [("2026-01-09", 0), ("2026-01-10", 2), ("2026-02-24", 2), ("2026-02-25", 3), ("2026-03-01", 3)]:
        new = changed(progress.update(register(found), [found], on(date), "New"))
        assert [entry.note for entry in new.history].index("New") == place
        assert new._replace(history=()) == found._replace(history=())


def test_a_backdated_change_after_the_last_one_shows_as_at_that_day() -> None:
    found = action(due="2026-02-25", history=[event("2026-01-10", note="A"), event("2026-03-01", note="B")])
    new = changed(make("carried forward", found, register(found), "2026-02-25"))
    assert [entry.event for entry in new.history] == ["update", "carried forward", "update"]
    seen = {text: state.due for text in ("2026-02-24", "2026-02-25", "2026-03-05") if (state := as_at(new, day(text)))}
    assert seen == {"2026-02-24": day("2026-02-25"), "2026-02-25": day("2026-09-16"), "2026-03-05": day("2026-09-16")}


@pytest.mark.parametrize("kind", ["update", "proposed"])
def test_nothing_comes_between_words_and_their_correction(kind: str) -> None:
    """The correction would mend the words put in between, and the misprint would stand again."""
    found = action(history=[event("2026-01-10", note="Drafft"), event("2026-02-10", "corrected", note="Draft")])
    entry = event("2026-02-01", kind, note="Sent out")
    with pytest.raises(Refused, match="was corrected on 10 February 2026"):
        with_event(found, entry)
    assert with_event(found, entry._replace(date=day("2026-02-10"))).history[-1].note == "Sent out"


def test_an_update_may_come_before_the_words_that_were_mended() -> None:
    found = action(history=[event("2026-01-10", note="Drafft"), event("2026-02-10", "corrected", note="Draft")])
    assert with_event(found, event("2026-01-09", note="Sent out")).history[0].note == "Sent out"


def test_an_update_may_come_before_the_correction_of_a_standing_outcome() -> None:
    done = event("2026-01-10", "discharged", note="Reportd")
    found = action(status="discharged", history=[done, event("2026-02-10", "corrected", note="Reported")])
    assert len(with_event(found, event("2026-02-01", note="Thanks")).history) == 3


def test_a_correction_cannot_be_older_than_what_it_mends() -> None:
    found = action(history=[event("2026-01-10", note="A"), event("2026-02-10", note="Drafft")])
    with pytest.raises(Refused, match="The words to correct on PDB/2025-11-26/01 are of 10 February 2026"):
        progress.correct(register(found), found, on("2026-02-01"), "Draft", None)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Short", "Short"),
        ("Explore a rural crime update in context for inclusion in the report", "Explore a rural crime update in …"),
        ("One\n  two\tthree", "One two three"),
        ("x" * 50, "x" * 35 + " …"),
        ("Consider the report, the minutes and, as ever, the rest", "Consider the report, the minutes …"),
        ("", ""),
    ],
)
def test_first_words(text: str, quoted: str) -> None:
    assert first_words(text) == quoted


def test_lists_and_counts_in_sentences() -> None:
    assert [listed(list(letters)) for letters in ("", "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
    assert (counted(1, "action"), counted(3, "actions"[:-1])) == ("1 action", "3 actions")


def test_a_draft_leaves_the_register_that_it_began_with_as_it_was() -> None:
    draft = Draft(KENT)
    before = (dict(KENT.actions), dict(KENT.meetings), KENT.settings)
    draft.put(action("PDB/2025-11-26/02"))
    draft.put(settings(title="Another"))
    draft.rename(KENT.meetings[meeting_ref("PDB/2026-06-10")], meeting_ref("PDB/2026-06-11"))
    assert (dict(KENT.actions), dict(KENT.meetings), KENT.settings) == before
    assert len(draft.register.actions) == 2 and draft.register.settings.title == "Another"
    assert draft.records["pdb/2026-06-10/meeting.yaml"] is None
    assert after(KENT, draft.done("")).meetings.keys() == draft.register.meetings.keys()


def test_one_detail_is_the_sentence_and_several_have_a_summary() -> None:
    draft = Draft(KENT)
    draft.say("One thing")
    assert (draft.done("Summary").sentence, draft.done("Summary").details) == ("One thing", ())
    draft.say("Another")
    draft.note("For the screen")
    done = draft.done("Summary", "X is now marked as held.")
    assert (done.sentence, done.details) == ("Summary (X is now marked as held)", ("One thing", "Another"))
    assert done.notes == ("For the screen",)
