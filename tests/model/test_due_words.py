"""Due days: days as anywhere else, the words that boards use, and dates that are none."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import NotUnderstood
from tracker.model.said import Day, MeetingIn, NextMeeting
from tracker.model.due_words import NoDay, Words, read_due

BASE = date(2025, 11, 26)
PROPERTY = settings(deadline=None, derandomize=True, max_examples=300)

# words, the day that they are taken as, from 26 November 2025
PERIODS = [
    ("spring 2024", "2024-05-31"),
    ("Spring 2024", "2024-05-31"),
    ("spring of 2024", "2024-05-31"),
    ("spring '24", "2024-05-31"),
    ("spring 24", "2024-05-31"),
    ("by spring 2026", "2026-05-31"),
    ("by the end of spring 2026", "2026-05-31"),
    ("in the spring", "2026-05-31"),
    ("late spring 2026", "2026-05-31"),
    ("summer", "2026-08-31"),
    ("by the summer", "2026-08-31"),
    ("over the summer", "2026-08-31"),
    ("before the end of the summer", "2026-08-31"),
    ("this summer", "2026-08-31"),
    ("summer 2026", "2026-08-31"),
    ("autumn", "2025-11-30"),
    ("autumn 2026", "2026-11-30"),
    ("winter", "2026-02-28"),
    ("this winter", "2026-02-28"),
    ("winter 2024", "2025-02-28"),
    ("winter 2024/25", "2025-02-28"),
    ("winter 2024-25", "2025-02-28"),
    ("winter 2024/2025", "2025-02-28"),
    ("winter 2027", "2028-02-29"),
    ("winter 1999/00", "2000-02-29"),
    ("winter 2099/2100", "2100-02-28"),
    ("end of the year", "2025-12-31"),
    ("by the end of the year", "2025-12-31"),
    ("before the end of the year", "2025-12-31"),
    ("End of  this Year", "2025-12-31"),
    ("end of the calendar year", "2025-12-31"),
    ("year end", "2025-12-31"),
    ("by year-end", "2025-12-31"),
    ("later in the year", "2025-12-31"),
    ("later this year", "2025-12-31"),
    ("this year", "2025-12-31"),
    ("next year", "2026-12-31"),
    ("by the end of next year", "2026-12-31"),
    ("end of 2024", "2024-12-31"),
    ("by the end of 2026", "2026-12-31"),
    ("end of year 2024", "2024-12-31"),
    ("late 2026", "2026-12-31"),
    ("later in 2026", "2026-12-31"),
    ("in 2026", "2026-12-31"),
    ("during 2026", "2026-12-31"),
    ("end of the financial year", "2026-03-31"),
    ("by the end of this financial year", "2026-03-31"),
    ("this financial year", "2026-03-31"),
    ("financial year end", "2026-03-31"),
    ("financial year 2024/25", "2025-03-31"),
    ("end of the financial year 2024/25", "2025-03-31"),
    ("end of FY 2026/27", "2027-03-31"),
    ("end of 2024/25", "2025-03-31"),
    ("in 2026/27", "2027-03-31"),
    ("March 2024", "2024-03-31"),
    ("by March 2024", "2024-03-31"),
    ("in Feb 2028", "2028-02-29"),
    ("late March 2026", "2026-03-31"),
    ("by March", "2026-03-31"),
    ("in November", "2025-11-30"),
    ("later in October", "2026-10-31"),
    ("this month", "2025-11-30"),
    ("next month", "2025-12-31"),
]

# seasons on their edges: base, words, day
EDGES = [
    ("2026-05-31", "spring", "2026-05-31"),
    ("2026-06-01", "spring", "2027-05-31"),
    ("2026-08-31", "summer", "2026-08-31"),
    ("2026-09-01", "summer", "2027-08-31"),
    ("2026-12-01", "autumn", "2027-11-30"),
    ("2026-02-28", "winter", "2026-02-28"),
    ("2026-03-01", "winter", "2027-02-28"),
    ("2027-03-01", "winter", "2028-02-29"),
    ("2028-02-29", "winter", "2028-02-29"),
    ("2026-03-31", "end of the financial year", "2026-03-31"),
    ("2026-04-01", "end of the financial year", "2027-03-31"),
    ("2026-12-31", "end of the year", "2026-12-31"),
    ("2026-12-31", "next month", "2027-01-31"),
]

WITHOUT_A_DAY = [
    "when the pilot ends",
    "When phase 2 ends",
    "6 weeks after the launch",
    "after the May elections",
    "ongoing",
    "tbc",
    "next week",
    "next summer",
    "before the summer",
    "before the next meeting",
    "early 2026",
    "mid-2026",
    "early in the year",
    "early March 2026",
    "mid March",
    "early summer 2026",
    "Q3 2026",
    "autumn/winter 2026",
    "when the 2026 budget is agreed",
    "when the caf\u00e9 opens",
    "\u043a\u043e\u0433\u0434\u0430",
]

AS_A_DAY = [
    ("25/02/2026", Day(date(2026, 2, 25))),
    ("25 Feb", Day(date(2026, 2, 25), True)),
    ("by 25 Feb", Day(date(2026, 2, 25), True)),
    ("by the 25th of February 2026", Day(date(2026, 2, 25))),
    ("on Wednesday, 25 February 2026", Day(date(2026, 2, 25))),
    ("in 6 weeks", Day(date(2026, 1, 7))),
    ("within 6 weeks", Day(date(2026, 1, 7))),
    ("within a fortnight", Day(date(2025, 12, 10))),
    ("by next Friday", Day(date(2025, 11, 28))),
    ("end of March", Day(date(2026, 3, 31), True)),
    ("by the end of March 2026", Day(date(2026, 3, 31))),
    ("before the end of March", Day(date(2026, 3, 31), True)),
    ("end of the month", Day(date(2025, 11, 30))),
    ("tomorrow", Day(date(2025, 11, 27))),
    ("next", NextMeeting()),
    ("next meeting", NextMeeting()),
    ("at the next meeting", NextMeeting()),
    ("October 2026 meeting", MeetingIn(2026, 10)),
    ("at the October 2026 meeting", MeetingIn(2026, 10)),
    ("June meeting", MeetingIn(2026, 6, True)),
    ("none", NoDay()),
    ("None", NoDay()),
    (" NONE ", NoDay()),
]

REFUSED = [
    "", "  ", "10", "13", "may", "March", "this May", "2026", "by 2026", "25.02", "25-02", "11-26", "2024/25",
    "04/13/2026", "31/02/2026", "by 31/02/2026", "2026-2-5", "2026/02/25", "2026-02-30", "30 February",
    "25 Febuary", "25 Febuary 2026", "Febuary 25 2026", "by the 25 Febuary 2026", "25th", "by the 25th",
    "February 25", "before 25 Feb", "about 25 Feb 2026", "25 Feb 2026 or so", "13/04 or so", "sometime in May 26",
    "Friday", "by Friday", "on Fridays", "this Friday", "Friday week", "Wed", "when the Wednesday group meets",
    "6 weeks", "2w", "+2", "-2x", "in 6 weks", "in 6", "in 999999999 weeks", "spring 2626", "spring 1066",
    "end of 2926", "June 2926 meeting", "winter 2024/26", "winter 2024/2026", "winter 2024/0025", "end of 2024/24", "summer 2024/25",
    "-", "???", "\u0662\u0665 February", "when \u0662 end", "\uff4d\uff41\uff59 \uff12", "\uff12\uff15/\uff10\uff12", "25 \uff26\uff45\uff42 or so",
    "when the\x00pilot ends", "when\u202ethe pilot ends", "when\x1b[31m", "when\u2028then", "\udcff", "x" * 101,
]  # fmt: skip


@pytest.mark.parametrize(("text", "day"), PERIODS)
def test_words_for_a_period_are_taken_as_its_last_day(text: str, day: str) -> None:
    assert read_due(text, base=BASE) == Words(" ".join(text.split()), date.fromisoformat(day))


@pytest.mark.parametrize(("base", "text", "day"), EDGES)
def test_a_period_that_ends_today_is_still_to_come(base: str, text: str, day: str) -> None:
    assert read_due(text, base=date.fromisoformat(base)) == Words(text, date.fromisoformat(day))


@pytest.mark.parametrize("text", WITHOUT_A_DAY)
def test_words_without_a_day_are_kept_as_said(text: str) -> None:
    assert read_due(text, base=BASE) == Words(text, None)


@pytest.mark.parametrize(("text", "due"), AS_A_DAY)
def test_a_day_is_no_words(text: str, due: object) -> None:
    found = read_due(text, base=BASE)
    assert (type(found), found) == (type(due), due)


@pytest.mark.parametrize("text", REFUSED)
def test_an_attempt_at_a_date_never_becomes_words(text: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_due(text, base=BASE)
    assert str(refusal.value).isprintable()
    assert len(str(refusal.value)) < 300


def test_what_is_said_keeps_its_letters_and_loses_its_loose_spaces() -> None:
    found = read_due("  When\u00a0the  Pilot,\n in Ashford, ends ", base=BASE)
    assert found == Words("When the Pilot, in Ashford, ends", None)


def test_no_day_is_true_and_not_the_next_meeting() -> None:
    next_meeting: object = NextMeeting()
    assert NoDay() and NoDay() != next_meeting


WEEKDAY_NAMES = st.sampled_from(["Monday", "tuesday", "WEDNESDAY", "Thursday", "friday", "Sat", "sunday"])
MONTH_NAMES = st.sampled_from(["January", "feb", "MARCH", "May", "sept", "december"])
REAL_WORDS = st.lists(st.sampled_from(["when", "the", "pilot", "board", "agrees", "before", "after", "by"]), max_size=4)


@PROPERTY
@given(
    before=REAL_WORDS,
    middle=st.one_of(
        st.from_regex(r"\A[0-9]{1,4}[./-][0-9]{1,2}([./-][0-9]{1,4})?\Z"),
        WEEKDAY_NAMES,
        st.tuples(st.integers(0, 9999), MONTH_NAMES).map(lambda parts: f"{parts[0]} {parts[1]}"),
    ),
    after=REAL_WORDS,
)
def test_a_date_among_words_is_a_day_or_an_error(before: list[str], middle: str, after: list[str]) -> None:
    text = " ".join([*before, middle, *after])
    try:
        found = read_due(text, base=BASE)
    except NotUnderstood:
        return
    assert not (isinstance(found, Words) and found.day is None), text


@PROPERTY
@given(text=st.text(max_size=30) | st.text("0123456789 /.-+springwinterendofyearmayinby,'", max_size=25))
def test_any_text_is_understood_kept_or_refused(text: str) -> None:
    try:
        found = read_due(text, base=BASE)
    except NotUnderstood as refusal:
        assert str(refusal).isprintable()
    else:
        if isinstance(found, Words):
            assert found.said and found.said.isprintable()
