from datetime import date
from typing import Any

import pytest

from tests.builders import action, day, event
from tracker.model.records import Action, Event
from tracker.model.state import Word, as_at, implied_status, original_due, standing, words

RAISED = "2025-11-26"


def state_at(found: Action, text: str) -> Any:
    """The state at the end of this day; it is there."""
    state = as_at(found, day(text))
    assert state is not None
    return state


def test_there_is_no_state_before_the_action_was_raised() -> None:
    assert as_at(action(), day("2025-11-25")) is None
    assert as_at(action(), day("2025-11-26")) is not None


def test_later_events_are_taken_back() -> None:
    history = [
        event("2026-01-10", "reassigned", before=("Force",), after=("OPCC",)),
        event("2026-01-20", "reworded", before="Old", after="New"),
        event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10"),
        event("2026-06-10", "discharged", note="Reported"),
    ]
    found = action(text="New", owners=["OPCC"], due="2026-06-10", status="discharged", history=history)
    seen = {
        text: (state.text, state.owners, state.due, state.status, state.times_carried)
        for text in ("2026-01-09", "2026-01-10", "2026-01-20", "2026-02-24", "2026-02-25", "2026-06-09", "2026-06-10")
        if (state := state_at(found, text))
    }
    first, last = day("2026-02-25"), day("2026-06-10")
    assert seen == {
        "2026-01-09": ("Old", ("Force",), first, "open", 0),
        "2026-01-10": ("Old", ("OPCC",), first, "open", 0),
        "2026-01-20": ("New", ("OPCC",), first, "open", 0),
        "2026-02-24": ("New", ("OPCC",), first, "open", 0),
        "2026-02-25": ("New", ("OPCC",), last, "open", 1),
        "2026-06-09": ("New", ("OPCC",), last, "open", 1),
        "2026-06-10": ("New", ("OPCC",), last, "discharged", 1),
    }


def test_the_words_for_a_due_day_are_taken_back_with_it() -> None:
    moved = event("2026-02-25", "re-dated", before="2026-05-31", after="2026-08-31", before_said="spring", after_said="summer")
    found = action(due="2026-08-31", due_said="summer", history=[moved])
    assert (state_at(found, "2026-02-24").due_said, state_at(found, "2026-02-25").due_said) == ("spring", "summer")


def test_an_action_due_at_a_meeting_is_not_overdue_on_its_day() -> None:
    found = action(due="2026-02-25")
    assert [standing(found).overdue_days(day(text)) for text in ("2026-02-24", "2026-02-25", "2026-02-26")] == [0, 0, 1]


@pytest.mark.parametrize("due", ["next meeting", None])
def test_what_has_no_day_is_never_overdue(due: str | None) -> None:
    assert standing(action(due=due)).overdue_days(date(2099, 1, 1)) == 0


def test_a_proposed_action_is_not_overdue_since_the_day_it_was_proposed() -> None:
    found = action(due="2026-02-25", status="proposed", history=[event("2026-03-01", "proposed", note="Done")])
    overdue = {text: state_at(found, text).overdue_days(day(text)) for text in ("2026-02-28", "2026-03-01", "2026-03-02")}
    assert overdue == {"2026-02-28": 3, "2026-03-01": 0, "2026-03-02": 0}
    assert standing(found).proposed_on == day("2026-03-01")


@pytest.mark.parametrize("claimed", ["proposed", "discharged", "withdrawn"])
def test_a_status_typed_by_hand_counts_as_open(claimed: str) -> None:
    """No promise may vanish by a slip of an editor."""
    found = action(due="2026-02-25", status=claimed, history=[event("2026-01-10", note="Under way")])
    state = standing(found)
    assert (state.status, state.by_hand, state.live) == ("open", claimed, True)
    assert (state.proposed_on, state.discharged_on, state.outcome, state.route) == (None, None, None, None)
    assert state.overdue_days(day("2026-02-26")) == 1


@pytest.mark.parametrize("claimed", ["proposed", "discharged", "withdrawn"])
def test_a_status_with_its_event_is_not_by_hand(claimed: str) -> None:
    state = standing(action(status=claimed, history=[event("2026-01-10", claimed, note="So it is")]))
    assert (state.status, state.by_hand) == (claimed, None)


def test_a_status_closed_by_hand_after_it_was_reopened_counts_as_open() -> None:
    history = [event("2026-01-10", "discharged", note="Done"), event("2026-01-20", "reopened")]
    state = standing(action(status="discharged", history=history))
    assert (state.status, state.by_hand, state.discharged_on) == ("open", "discharged", None)


def test_an_open_status_counts_whatever_the_history_says() -> None:
    """Today's reports follow the fields; `check` says that the two differ."""
    found = action(status="open", history=[event("2026-01-10", "discharged", note="Done")])
    assert standing(found).status == "open" and standing(found).by_hand is None


def test_a_proposal_that_was_carried_forward_is_open_again() -> None:
    history = [
        event("2026-02-01", "proposed", note="We think that is it"),
        event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10"),
    ]
    found = action(due="2026-06-10", history=history)
    assert (state_at(found, "2026-02-24").status, state_at(found, "2026-02-25").status) == ("proposed", "open")
    assert standing(found).outcome is None
    assert implied_status(found.history) == "open"


MOVES = [
    ("never moved", "2026-02-25", [], "2026-02-25"),
    ("no day", None, [], None),
    ("still waiting", "next meeting", [], None),
    ("moved twice", "2026-09-01", [("2026-02-25", "2026-06-10"), ("2026-06-10", "2026-09-01")], "2026-02-25"),
    ("from next meeting", "2026-06-10", [("next meeting", "2026-06-10")], "2026-06-10"),
    ("next meeting, twice", "2026-09-01", [("next meeting", "next meeting"), ("next meeting", "2026-09-01")], "2026-09-01"),
    ("next meeting, none, a day", "2026-09-01", [("next meeting", None), (None, "2026-09-01")], "2026-09-01"),
    ("to next meeting", "next meeting", [("2026-02-25", "next meeting")], "2026-02-25"),
    ("no day at first", "2026-06-10", [(None, "2026-06-10")], None),
    ("to no day", None, [("2026-02-25", None)], "2026-02-25"),
]


@pytest.mark.parametrize(("due", "moves", "expected"), [case[1:] for case in MOVES], ids=[case[0] for case in MOVES])
def test_original_due(due: str | None, moves: list[tuple[str | None, str | None]], expected: str | None) -> None:
    history = [event("2026-01-10", "re-dated", before=before, after=after) for before, after in moves]
    found = action(due=due, history=history)
    assert standing(found).original_due == day(expected)
    assert original_due(found, found.history) == day(expected)


def test_original_due_as_at_a_day_between() -> None:
    """What was to come is not known yet: an action that waited had no day."""
    settled = event("2026-03-01", "re-dated", before="next meeting", after="2026-06-10")
    found = action(due="2026-06-10", history=[settled])
    assert [state_at(found, text).original_due for text in ("2026-02-28", "2026-03-01")] == [None, day("2026-06-10")]


def test_only_carrying_forward_is_a_slip() -> None:
    history = [
        event("2026-01-10", "re-dated", before="2026-02-25", after="2026-03-25"),
        event("2026-03-25", "carried forward", before="2026-03-25", after="2026-06-10"),
        event("2026-06-10", "carried forward", before="2026-06-10", after="2026-09-16"),
    ]
    found = action(due="2026-09-16", history=history)
    assert [state_at(found, text).times_carried for text in ("2026-03-24", "2026-03-25", "2026-06-10")] == [0, 1, 2]


OUTCOMES: list[tuple[str, list[Event], tuple[str | None, str | None]]] = [
    ("discharged", [event("2026-02-25", "discharged", route="paper", note="Reported")], ("Reported", "paper")),
    ("proposed", [event("2026-02-25", "proposed", route="paper", note="Written")], ("Written", "paper")),
    ("withdrawn", [event("2026-02-25", "withdrawn", note="Overtaken")], (None, None)),
    (
        "discharged",
        [
            event("2026-02-01", "proposed", route="paper", note="Written"),
            event("2026-02-25", "discharged", route="at meeting", note="Agreed"),
        ],
        ("Agreed", "at meeting"),
    ),
    (
        "discharged",
        [event("2026-02-01", "proposed", route="paper", note="Written"), event("2026-02-25", "discharged", note="Agreed")],
        ("Agreed", None),
    ),
    (
        "discharged",
        [
            event("2026-01-01", "discharged", route="paper", note="First"),
            event("2026-01-02", "reopened"),
            event("2026-02-25", "discharged", note="Second"),
            event("2026-03-01", "update", note="Afterwards"),
            event("2026-03-02", "corrected", note="Second, mended"),
        ],
        ("Second, mended", None),
    ),
    (
        "discharged",
        [
            event("2026-02-25", "discharged", route="paper", note="Agreed"),
            event("2026-03-01", "corrected", route="out of meeting", note="Agreed by letter"),
        ],
        ("Agreed by letter", "out of meeting"),
    ),
    ("open", [event("2026-02-25", "discharged", route="paper", note="No"), event("2026-03-01", "reopened")], (None, None)),
]


@pytest.mark.parametrize(("status", "history", "expected"), OUTCOMES)
def test_the_standing_outcome_and_its_route(status: str, history: list[Event], expected: tuple[str | None, str | None]) -> None:
    state = standing(action(status=status, history=history))
    assert (state.outcome, state.route) == expected


def test_a_route_is_never_guessed_from_the_event_before() -> None:
    history = [event("2026-01-01", "corrected", route="paper", note="x"), event("2026-02-25", "discharged", note="Agreed")]
    assert standing(action(status="discharged", history=history)).route is None


def said(*history: Event) -> list[str]:
    return [word.note for word in words(history)]


def test_a_correction_mends_the_standing_outcome_even_after_an_update() -> None:
    done, later = event("2026-02-25", "discharged", note="Reportd"), event("2026-03-01", note="Thanks received")
    assert said(done, later, event("2026-03-02", "corrected", note="Reported")) == ["Reported", "Thanks received"]


def test_without_a_standing_outcome_a_correction_mends_the_last_update() -> None:
    done, reopened = event("2026-02-25", "discharged", note="Reported"), event("2026-03-01", "reopened", note="Not so")
    late = event("2026-03-02", note="Drafft")
    assert said(done, reopened, late, event("2026-03-03", "corrected", note="Draft")) == ["Reported", "Not so", "Draft"]


def test_without_an_update_since_a_correction_mends_the_last_outcome() -> None:
    done, reopened = event("2026-02-25", "discharged", note="Reportd"), event("2026-03-01", "reopened", note="Not so")
    assert said(done, reopened, event("2026-03-03", "corrected", note="Reported")) == ["Reported", "Not so"]


def test_a_correction_can_itself_be_corrected_and_mends_only_backwards() -> None:
    first, second = event("2026-01-01", note="A"), event("2026-01-03", note="C")
    assert said(first, event("2026-01-02", "corrected", note="B"), event("2026-01-02", "corrected", note="B2"), second) == ["B2", "C"]
    assert said(event("2026-01-01", "corrected", note="nothing to mend"), first) == ["A"]


def test_a_past_day_shows_the_words_as_they_were_published_then() -> None:
    history = [event("2026-02-25", "discharged", note="Reportd"), event("2026-03-01", "corrected", note="Reported")]
    found = action(status="discharged", history=history)
    assert [state_at(found, text).outcome for text in ("2026-02-28", "2026-03-01")] == ["Reportd", "Reported"]


def test_the_latest_word() -> None:
    history = [
        event("2026-01-10", note="Draft written"),
        event("2026-01-20", "reassigned", before=("OPCC",), after=("Force",), note="New lead"),
        event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10"),
        event("2026-03-01", "re-dated", before="2026-06-10", after="2026-06-11", note="PDB/2026-06-10 postponed"),
    ]
    found = action(due="2026-06-11", history=history)
    assert standing(found).word == Word(day("2026-01-10"), "update", "Draft written")
    assert state_at(found, "2026-01-09").word is None


def test_the_reason_for_carrying_forward_is_a_word() -> None:
    carried = event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10", note="Draft with the OPCC")
    word = standing(action(due="2026-06-10", history=[carried])).word
    assert word and (word.event, word.note) == ("carried forward", "Draft with the OPCC")
