"""Which earlier actions the notes of a meeting tell of, and what."""

from datetime import date

import pytest

from tests.builders import action, event, meeting, register
from tracker.model.asking import asking_note
from tracker.model.records import Action, Meeting, Record
from tracker.reports.papers.matters_arising import Matter, as_mended, matters_arising
from tracker.reports.papers.overview import meeting_before

DAY = date(2025, 11, 26)
BEFORE = meeting("PDB/2025-09-16")
THIS = meeting("PDB/2025-11-26")
NEXT = meeting("PDB/2026-02-25", "scheduled")


def raised(number: int = 1, at: str = "PDB/2025-09-16", **fields: object) -> Action:
    return action(f"{at}/{number:02}", **fields)


def told(*records: Record, this: Meeting = THIS, day: date = DAY) -> list[Matter]:
    held = register(BEFORE, THIS, NEXT, *records)
    return list(matters_arising(held, held.meetings[this.ref], meeting_before(held, this), day))


def refs(matters: list[Matter]) -> list[str]:
    return [str(matter.row.action.ref) for matter in matters]


def test_what_had_an_event_at_the_meeting_is_told_whenever_it_is_due() -> None:
    agreed = event("2025-11-26", "carried forward", meeting="PDB/2025-11-26", before="2026-02-25", after="2026-06-10")
    (matter,) = told(raised(due="2026-06-10", history=[agreed]))
    assert matter.decided == (agreed,)
    assert matter.reported is None


def test_an_event_that_names_no_meeting_counts_on_the_day_and_no_other() -> None:
    on_the_day = raised(1, history=[event("2025-11-26", note="The paper is out")])
    before = raised(2, history=[event("2025-11-25", note="The paper is out")])
    assert refs(told(on_the_day, before)) == ["PDB/2025-09-16/01"]


def test_an_event_of_another_meeting_does_not_count_though_it_is_of_the_day() -> None:
    elsewhere = event("2025-11-26", note="Heard there", meeting="FIN/2025-11-26")
    assert told(raised(history=[elsewhere]), meeting("FIN/2025-11-26")) == []


def test_an_event_recorded_for_the_meeting_on_a_later_day_is_of_the_meeting() -> None:
    late = event("2025-12-01", "discharged", meeting="PDB/2025-11-26", note="Done", route="paper")
    (matter,) = told(raised(status="discharged", history=[late]))
    assert matter.decided == (late,)
    assert matter.row.state.status == "open"


def test_of_two_sittings_on_a_day_an_event_without_a_meeting_is_the_first_ones() -> None:
    second = meeting("PDB/2025-11-26b")
    dealt_with = raised(history=[event("2025-11-26", note="The paper is out")])
    assert refs(told(dealt_with, second)) == ["PDB/2025-09-16/01"]
    assert told(dealt_with, second, this=second) == []
    postponed = meeting("PDB/2025-11-26", "postponed")
    assert refs(told(postponed, dealt_with, second, this=second)) == ["PDB/2025-09-16/01"]


@pytest.mark.parametrize(
    ("due", "is_told"),
    [("2025-11-26", True), ("2025-11-27", False), ("2020-03-25", True), (None, False), ("next meeting", False)],
)
def test_without_an_event_it_is_told_if_it_was_live_and_due_by_the_day(due: str | None, is_told: bool) -> None:
    assert bool(told(raised(due=due))) is is_told


@pytest.mark.parametrize(("closed", "is_told"), [("2025-09-16", False), ("2025-09-17", True), ("2025-11-25", True)])
def test_what_was_due_and_closed_since_the_meeting_before_is_told_once(closed: str, is_told: bool) -> None:
    done = event(closed, "discharged", note="Brief sent", route="out of meeting")
    matters = told(raised(at="PDB/2025-06-11", due="2025-11-26", status="discharged", history=[done]))
    assert [matter.reported for matter in matters] == [done] * is_told


def test_the_last_word_since_the_meeting_before_is_reported_and_no_bookkeeping() -> None:
    history = [
        event("2025-09-16", note="Said at the meeting before"),
        event("2025-10-01", note="Half of it is done"),
        event("2025-10-02", note=asking_note(None)),
        event("2025-10-03", "re-dated", before="2025-11-20", after="2025-11-26"),
        event("2025-11-27", note="Said after the meeting"),
    ]
    (matter,) = told(raised(due="2025-11-26", history=history))
    assert matter.reported == history[1]
    (older,) = told(raised(due="2025-11-26", history=history[:1]))
    assert older.reported is None


def test_a_letter_sent_or_words_mended_on_the_day_are_not_the_meetings_doing() -> None:
    history = [
        event("2025-10-01", "discharged", note="Dun", route="paper"),
        event("2025-11-26", "corrected", note="Done"),
    ]
    assert told(raised(status="discharged", history=history)) == []
    assert told(raised(history=[event("2025-11-26", note=asking_note(None))])) == []


def test_what_the_meeting_itself_raised_is_no_matter_arising() -> None:
    assert told(raised(at="PDB/2025-11-26", due="2025-11-26", history=[event("2025-11-26", note="Begun")])) == []


def test_another_boards_action_is_told_where_it_was_dealt_with_here() -> None:
    here = raised(at="FIN/2025-10-01", history=[event("2025-11-26", note="Heard", meeting="PDB/2025-11-26")])
    other = raised(2, at="FIN/2025-10-01", due="2025-11-26")
    assert refs(told(here, other)) == ["FIN/2025-10-01/01"]


def test_as_at_a_day_before_the_meeting_nothing_was_decided_yet() -> None:
    done = event("2025-11-26", "discharged", meeting="PDB/2025-11-26", note="Done", route="paper")
    (matter,) = told(raised(due="2025-11-26", status="discharged", history=[done]), day=date(2025, 11, 20))
    assert (matter.decided, matter.row.state.status) == ((), "open")


def test_the_words_are_those_that_hold_now() -> None:
    history = [
        event("2025-11-26", "discharged", meeting="PDB/2025-11-26", note="Reported in item 3", route="paper"),
        event("2025-12-02", "corrected", note="Briefed outside the meeting", route="out of meeting"),
    ]
    (matter,) = told(raised(status="discharged", history=history))
    assert [(said.note, said.route) for said in matter.decided] == [("Briefed outside the meeting", "out of meeting")]


def test_a_correction_after_a_reopening_leaves_the_route_of_the_first_outcome() -> None:
    history = (
        event("2025-10-01", "discharged", note="Sent", route="paper"),
        event("2025-10-02", "reopened", note="Not all of it"),
        event("2025-10-03", "discharged", note="Sennt", route="paper"),
        event("2025-10-04", "corrected", note="Sent", route="out of meeting"),
    )
    mended = as_mended(history)
    assert [said.route for said in mended] == ["paper", None, "out of meeting", "out of meeting"]
    assert [said.note for said in mended[:3]] == ["Sent", "Not all of it", "Sent"]


def test_meetings_that_fell_are_not_the_meeting_before() -> None:
    postponed = meeting("PDB/2025-11-01", "postponed")
    done = event("2025-10-20", "discharged", note="Brief sent", route="out of meeting")
    assert told(postponed, raised(due="2025-11-01", status="discharged", history=[done]))
