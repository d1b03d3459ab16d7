"""Reading a day on the command line: meetings instead of days, and all that is refused."""

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import IN_PROPORTION, growth
from tracker.errors import NotUnderstood
from tracker.model.dates import said_as_data
from tracker.model.due_words import read_due
from tracker.model.said import Day, MeetingIn, NextMeeting
from tracker.model.when import find_when, read_when
from tracker.model.when_words import UNDERSTOOD

BASE = date(2025, 11, 26)  # a Wednesday

PROPERTY = settings(deadline=None, derandomize=True, max_examples=200)

MEETINGS = [
    ("June 2026 meeting", MeetingIn(2026, 6), MeetingIn(2026, 6)),
    ("the June 2026 meeting", MeetingIn(2026, 6), MeetingIn(2026, 6)),
    ("JUN 2026  MEETING", MeetingIn(2026, 6), MeetingIn(2026, 6)),
    ("June meeting", MeetingIn(2025, 6, True), MeetingIn(2026, 6, True)),
    ("November meeting", MeetingIn(2025, 11, True), MeetingIn(2025, 11, True)),
    ("December meeting", MeetingIn(2024, 12, True), MeetingIn(2025, 12, True)),
    ("next meeting", NextMeeting(), NextMeeting()),
    ("the next meeting", NextMeeting(), NextMeeting()),
    ("Next Meeting", NextMeeting(), NextMeeting()),
    ("next", NextMeeting(), NextMeeting()),
]

# text, a part of what the error says
REFUSED = [
    ("", "No day was given"),
    ("   ", "No day was given"),
    ("10", "which month"),
    ("13", "which month"),
    ("25th", "which month"),
    ("may", "which day of the month"),
    ("March", "which day of the month"),
    ("may 2026", "which day of the month"),
    ("2026", "A year alone"),
    ("1000", "A year alone"),
    ("20260225", UNDERSTOOD),
    ("25.02", "25/02 or 25 Feb"),
    ("25-02", "25/02 or 25 Feb"),
    ("11-26", "25/02 or 25 Feb"),
    ("25.02.", "25/02 or 25 Feb"),
    ("04/13/2026", "write 13/04/2026"),
    ("4/13/26", "write 13/04/2026"),
    ("04/13", "write 13/04."),
    ("13/13/2026", UNDERSTOOD),
    ("01/00/2026", UNDERSTOOD),
    ("04/99/2026", UNDERSTOOD),
    ("31/02/2026", "February 2026 has no 31st"),
    ("31/02", "February has no 31st"),
    ("30 Feb", "February has no 30th"),
    ("31 June 2026", "June 2026 has no 31st"),
    ("32 January 2026", "January 2026 has no 32nd"),
    ("0/1/2026", "January 2026 has no day 0"),
    ("29/02/2026", "February 2026 has no 29th"),
    ("29/02/2100", "February 2100 has no 29th"),
    ("2026-02-30", "February 2026 has no 30th"),
    ("2026-13-01", "exactly as 2026-02-25"),
    ("2026-2-5", "exactly as 2026-02-25"),
    ("2026/02/25", "exactly as 2026-02-25"),
    ("2026.02.25", "exactly as 2026-02-25"),
    ("2026 02 25", "exactly as 2026-02-25"),
    ("2026-02-25T10:00", "exactly as 2026-02-25"),
    ("2026-W09-3", "exactly as 2026-02-25"),
    ("2026-02", "exactly as 2026-02-25"),
    ("25/02-2026", UNDERSTOOD),
    ("25/02.2026", UNDERSTOOD),
    ("25 02 2026", UNDERSTOOD),
    ("25,02,2026", UNDERSTOOD),
    ("25/02/226", UNDERSTOOD),
    ("25/02/20266", UNDERSTOOD),
    ("025/02/2026", UNDERSTOOD),
    ("25 February 206", UNDERSTOOD),
    ("25 February 2626", "The year 2626"),
    ("25/02/1899", "The year 1899"),
    ("25/02/2200", "The year 2200"),
    ("1026-02-25", "The year 1026"),
    ("0226-02-25", "The year 0226"),
    ("end of March 2926", "The year 2926"),
    ("June 2926 meeting", "The year 2926"),
    ("25st Feb", "Did you mean 25th"),
    ("1th May", "Did you mean 1st"),
    ("11st May", "Did you mean 11th"),
    ("12nd May 2026", "Did you mean 12th"),
    ("22th May", "Did you mean 22nd"),
    ("February 25, 2026", "The day comes before the month"),
    ("Feb 25", "The day comes before the month"),
    ("March 24", "The day comes before the month"),
    ("Febuary 25 2026", UNDERSTOOD),
    ("25 Febuary 2026", UNDERSTOOD),
    ("Wednesday, 16th July, 2024", "16 July 2024 is a Tuesday, not a Wednesday"),
    ("Wed 2024-07-16", "16 July 2024 is a Tuesday, not a Wednesday"),
    ("Friday", "next Friday or last Friday"),
    ("fri", "next Friday or last Friday"),
    ("this Friday", "next Friday or last Friday"),
    ("Friday week", UNDERSTOOD),
    ("next week", UNDERSTOOD),
    ("last meeting", UNDERSTOOD),
    ("last", UNDERSTOOD),
    ("meeting", UNDERSTOOD),
    ("June 26 meeting", "The day comes before the month"),
    ("6 weeks", "in 6 weeks or 6 weeks ago"),
    ("2w", "in 6 weeks or 6 weeks ago"),
    ("10 working days", "in 6 weeks or 6 weeks ago"),
    ("in weeks", UNDERSTOOD),
    ("in 6", UNDERSTOOD),
    ("in 1.5 weeks", UNDERSTOOD),
    ("in -2 weeks", UNDERSTOOD),
    ("in 2 weeks ago", UNDERSTOOD),
    ("+2", UNDERSTOOD),
    ("++2w", UNDERSTOOD),
    ("+2h", UNDERSTOOD),
    ("in 999999999 weeks", "too far away"),
    ("in 99999 weeks", "too far away"),
    ("in 999999999999999999999999999999 days", "too far away"),
    ("+99999y", "too far away"),
    ("99999 months ago", "too far away"),
    ("in 99999 working days", "too far away"),
    ("200 years ago", "too far away"),
    ("in 175 years", "too far away"),
    ("spring 2024", UNDERSTOOD),
    ("none", UNDERSTOOD),
    ("now", UNDERSTOOD),
    ("tbc", UNDERSTOOD),
    ("25 Feb 2026 at 10:00", UNDERSTOOD),
    ("25 Feb 2026; drop", UNDERSTOOD),
    ("\u0662\u0665/\u0660\u0662/\u0662\u0660\u0662\u0666", UNDERSTOOD),
    ("\uff12\uff15 Feb 2026", UNDERSTOOD),
    ("25 \uff26\uff45\uff42 2026", UNDERSTOOD),
    ("in 2 wee\u212as", UNDERSTOOD),
    ("25\u201302\u20132026", UNDERSTOOD),
    ("25 Feb 2026\x00", UNDERSTOOD),
    ("25\x1fFeb\x1f2026", UNDERSTOOD),
    ("25\u2028Feb", UNDERSTOOD),
    ("\u200b25 Feb", UNDERSTOOD),
    ("\udcff", UNDERSTOOD),
]


@pytest.mark.parametrize(("text", "past", "future"), MEETINGS)
def test_a_meeting_instead_of_a_day(text: str, past: object, future: object) -> None:
    for lean, wanted in (("past", past), ("future", future)):
        found = read_when(text, base=BASE, lean="past" if lean == "past" else "future")
        assert (type(found), found) == (type(wanted), wanted)


@pytest.mark.parametrize("lean", ["past", "future"])
@pytest.mark.parametrize(("text", "says"), REFUSED)
def test_what_is_not_clearly_a_day_is_refused(text: str, says: str, lean: str) -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_when(text, base=BASE, lean="past" if lean == "past" else "future")
    assert says in str(refusal.value)
    assert str(refusal.value).isprintable()


LONG: dict[str, Callable[[int], str]] = {
    "digits": lambda n: "9" * n,
    "spaces": lambda n: "25" + " " * n + "Feb",
    "days": lambda n: "in " + "9" * n + " days",
    "slashes": lambda n: "1/" * n,
}


@pytest.mark.parametrize("make", LONG.values(), ids=LONG)
@pytest.mark.parametrize("number", [800, 1_000_000])
def test_long_text_is_refused_in_proportion_to_its_size_and_quoted_briefly(make: Callable[[int], str], number: int) -> None:
    def refused(text: str) -> None:
        with pytest.raises(NotUnderstood) as refusal:
            read_when(text, base=BASE, lean="future")
        assert len(str(refusal.value)) < 80 + len(UNDERSTOOD)

    assert growth(lambda number: partial(refused, make(number)), number) < IN_PROPORTION


def test_the_error_makes_control_characters_visible() -> None:
    with pytest.raises(NotUnderstood) as refusal:
        read_when("25\x1b[31m\u202eFeb", base=BASE, lean="future")
    assert str(refusal.value).startswith(r'"25\x1b[31m\u202eFeb" is not')


def test_finding_a_day_lets_words_pass_but_no_false_day() -> None:
    assert find_when("when the pilot ends", base=BASE, lean="future") is None
    with pytest.raises(NotUnderstood):
        find_when("31/02/2026", base=BASE, lean="future")


@PROPERTY
@given(text=st.text(max_size=30) | st.text("0123456789 /.-+wdmyFebjunthsofinaglx,'", max_size=20))
def test_any_text_is_a_day_or_one_plain_refusal(text: str) -> None:
    try:
        read_when(text, base=BASE, lean="past")
    except NotUnderstood as refusal:
        assert str(refusal).isprintable()


@PROPERTY
@given(day=st.dates(date(1880, 1, 1), date(2220, 12, 31)))
def test_a_day_as_files_hold_it_is_that_day_in_every_grammar(day: date) -> None:
    """Who has such a text takes it without asking any grammar."""
    said = said_as_data(str(day))
    assert (said == day) == (1900 <= day.year <= 2199)
    if said:
        base = date(2026, 2, 26)
        assert Day(said) == read_due(str(day), base=base) == read_when(str(day), base=base, lean="past")


def test_reading_days_loads_no_heavy_library_until_it_is_needed() -> None:
    code = (
        "import sys, datetime; from tracker.model import due_words, when, times;"
        "when.read_when('25 Feb', base=datetime.date(2026, 1, 1), lean='future');"
        "print([m for m in ('dateutil', 'holidays', 'calendar', 'locale') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
