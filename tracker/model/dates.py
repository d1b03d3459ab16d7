"""Days: their names, how they are written, and what people can say instead of one.

Reading what people type is the business of `when` and `due_words`. This module stays light, because
every file that is read and every row that is printed needs it.
"""

import re
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""A year outside these, in what someone types, is a slip of the finger (`0226`, `2926`)."""

_ISO = r"([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})"

Lean = Literal["past", "future"]
"""Which year is meant where none is written: the last such day, or the next one."""


class Day(NamedTuple):
    """A day that was said. `year_taken`: its year was not written, so the user is told which one was taken."""

    day: date
    year_taken: bool = False


class NextMeeting(NamedTuple):
    """The words `next meeting`: the board's first meeting after the one in hand."""

    # a named tuple without a field would be false, and equal to every other such one
    said: str = "next meeting"


class MeetingIn(NamedTuple):
    """`June 2026 meeting`: the board's one meeting in that month; `month` counts from 1."""

    year: int
    month: int
    year_taken: bool = False


When = Day | NextMeeting | MeetingIn


def write_day(day: date) -> str:
    """`2026-02-25`, as in files and data."""
    return day.isoformat()


def short_day(day: date) -> str:
    """`25 Feb 2026`, as on the screen."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_day(day: date) -> str:
    """`25 February 2026`, as in documents."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday_day(day: date) -> str:
    """`Wednesday 25 February 2026`."""
    return f"{weekday_name(day)} {long_day(day)}"


def weekday_name(day: date) -> str:
    """`Wednesday`."""
    return WEEKDAYS[day.weekday()]


def read_iso(text: str) -> date | None:
    """Read a day as files hold it: exactly `2026-02-25`, years 1000 to 9999; None if it is anything else."""
    match = re.fullmatch(_ISO, text)
    return real_day(int(match[1]), int(match[2]), int(match[3])) if match else None


def said_as_data(text: str) -> date | None:
    """The day that someone typed as files hold it; None for any other text, which needs the grammar of days."""
    day = read_iso(text)
    return day if day is not None and FIRST_YEAR <= day.year <= LAST_YEAR else None


def real_day(year: int, month: int, day: int) -> date | None:
    """The day of these numbers; None if the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def next_month_end(month: int, base: date) -> date:
    """The last day of the next such month that does not end before `base`."""
    this_year = month_end(base.year, month)
    return this_year if this_year >= base else month_end(base.year + 1, month)
