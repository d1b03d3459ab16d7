import pytest

from tests.builders import action, board, day, meeting, register
from tracker.errors import Ambiguous, NotFound, NotUnderstood, Refused
from tracker.model.due import DueChoice, choose_due, day_of, due_words, next_meeting_due

CALENDAR = register(
    meeting("PDB/2025-11-26"),
    meeting("PDB/2026-02-25", "postponed", postponed_to=day("2026-03-25")),
    meeting("PDB/2026-03-25", "scheduled"),
    meeting("PDB/2026-06-10", "scheduled"),
    meeting("PDB/2026-07-01", "cancelled"),
    meeting("PDB/2026-10-07", "scheduled"),
    meeting("PDB/2026-10-21", "scheduled"),
    meeting("ABC/2026-01-14", "scheduled"),
    board("new"),
)
RAISED = day("2025-11-26")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-10", DueChoice(day("2026-06-10"))),
        ("10.06.26", DueChoice(day("2026-06-10"))),
        ("10 June", DueChoice(day("2026-06-10"), taken=day("2026-06-10"))),
        ("25 November", DueChoice(day("2026-11-25"), taken=day("2026-11-25"))),
        ("in 6 weeks", DueChoice(day("2026-01-07"))),
        ("next meeting", DueChoice(day("2026-03-25"))),
        ("next", DueChoice(day("2026-03-25"))),
        ("June 2026 meeting", DueChoice(day("2026-06-10"))),
        ("June meeting", DueChoice(day("2026-06-10"), taken=day("2026-06-10"))),
        ("July 2026 meeting", DueChoice(day("2026-07-31"), "July 2026 meeting", day("2026-07-31"))),
        ("February 2026  meeting", DueChoice(day("2026-02-28"), "February 2026 meeting", day("2026-02-28"))),
        ("spring 2026", DueChoice(day("2026-05-31"), "spring 2026", day("2026-05-31"))),
        ("none", DueChoice(None)),
    ],
)
def test_what_when_means(text: str, expected: DueChoice) -> None:
    assert choose_due(CALENDAR, "pdb", text, after=RAISED) == expected


def test_the_next_meeting_is_the_boards_own_and_after_the_one_in_hand() -> None:
    assert next_meeting_due(CALENDAR, "abc", RAISED).due == day("2026-01-14")
    assert next_meeting_due(CALENDAR, "pdb", day("2026-03-24")).due == day("2026-03-25")
    assert next_meeting_due(CALENDAR, "pdb", day("2026-03-25")).due == day("2026-06-10")


def test_while_there_is_none_the_action_waits_with_the_words() -> None:
    assert choose_due(CALENDAR, "new", "next meeting", after=RAISED) == DueChoice("next meeting")
    assert next_meeting_due(CALENDAR, "pdb", day("2026-10-21")).due == "next meeting"


def test_two_meetings_in_a_month_are_not_guessed() -> None:
    with pytest.raises(Ambiguous, match="7 October 2026 and 21 October 2026"):
        choose_due(CALENDAR, "pdb", "October 2026 meeting", after=RAISED)


def test_an_unreadable_meeting_that_could_be_the_next_stops_the_choice() -> None:
    from tracker.errors import Problem

    path = "pdb/2026-01-14/meeting.yaml"
    torn = CALENDAR.changed(broken={path: Problem(path, 3, "this line is torn", "Mend it")})
    with pytest.raises(Refused, match="pdb/2026-01-14/meeting.yaml:3"):
        next_meeting_due(torn, "pdb", RAISED)
    assert next_meeting_due(torn, "pdb", day("2026-01-14")).due == day("2026-03-25")
    assert next_meeting_due(torn, "abc", RAISED).due == day("2026-01-14")


def test_words_without_a_day_need_one_to_look_again() -> None:
    with pytest.raises(NotUnderstood, match="--by DATE"):
        choose_due(CALENDAR, "pdb", "when the pilot ends", after=RAISED)
    look_again = day("2026-04-01")
    assert choose_due(CALENDAR, "pdb", "when the pilot ends", after=RAISED, look_again=look_again) == DueChoice(
        look_again, "when the pilot ends", look_again
    )


def test_a_day_of_its_own_takes_no_other_beside_it() -> None:
    for text in ("2026-06-10", "next meeting", "none"):
        with pytest.raises(NotUnderstood, match="--by"):
            choose_due(CALENDAR, "pdb", text, after=RAISED, look_again=day("2026-04-01"))


@pytest.mark.parametrize("text", ["10", "may", "04/13/2026", "31/02/2026", ""])
def test_what_is_not_clearly_a_day_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood):
        choose_due(CALENDAR, "pdb", text, after=RAISED)


def test_where_a_day_is_wanted_meetings_are_looked_up() -> None:
    assert day_of(CALENDAR, "pdb", "next", base=RAISED, past=False).due == day("2026-03-25")
    assert day_of(CALENDAR, "pdb", "June 2026 meeting", base=RAISED, past=False).due == day("2026-06-10")
    assert day_of(CALENDAR, None, "25/02", base=day("2026-02-24"), past=True) == DueChoice(day("2025-02-25"), taken=day("2025-02-25"))
    with pytest.raises(NotFound, match="tracker meeting add new DATE"):
        day_of(CALENDAR, "new", "next", base=RAISED, past=False)
    with pytest.raises(NotUnderstood, match="--board KEY"):
        day_of(CALENDAR, None, "next", base=RAISED, past=False)


def test_how_sentences_say_a_due_day() -> None:
    waiting = action(due="next meeting")
    assert due_words(day("2026-06-10")) == "10 June 2026"
    assert due_words(day("2026-05-31"), "spring 2026") == "spring 2026 (31 May 2026)"
    assert due_words(None) == "no due day"
    assert due_words(waiting.due) == "the next meeting (none is in the calendar yet)"


def test_nothing_is_due_on_the_day_of_a_meeting_that_fell() -> None:
    fallen = register(meeting("PDB/2026-02-25", status="cancelled"), meeting("PDB/2026-06-10"))
    with pytest.raises(Refused, match="does not meet on 25 February 2026 any more"):
        choose_due(fallen, "pdb", "25 Feb 2026", after=day("2026-01-01"))
