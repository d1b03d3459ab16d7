"""Days: their names, how they are written, and what people can say instead of one.

Reading what people type is the business of `when` and `due_words`. This module stays light, because
every file that is read and every row that is printed needs it.
"""

from datetime import date, timedelta
from typing import Final

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199
"""A year outside these, in what someone types, is a slip of the finger (`0226`, `2926`)."""


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
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # Python reads other forms of the standard too, such as 20260225 and 2026-W09-3
    return day if day.isoformat() == text and day.year >= 1000 else None


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
