"""Reading a day that is written out: `25/02/2026`, `25th February`, `Tuesday, 16th July, 2024`, `2026-02-25`.

The day comes first, always; only a date that begins with a four-figure year is the other way round, and
that one is ISO to the letter. Everything here works on text that `when_words.plain` has tidied.
"""

import re
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import NotUnderstood
from tracker.model.dates import FIRST_YEAR, LAST_YEAR, MONTHS, WEEKDAYS, long_day, real_day, weekday_name
from tracker.model.quoting import quoted
from tracker.model.said import Day, Lean
from tracker.model.when_words import MONTH, WEEKDAY, full_year, month_number, not_a_day, too_far, weekday_number

_YEAR = "(?P<year>[0-9]{4}|[0-9]{2})"
_WEEKDAY_FIRST = rf"(?P<weekday>{WEEKDAY})\.? (?P<rest>.*)"
_GAP = "(?: ?- ?| )?"

_ISO = "(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
_NUMBERS = rf"(?P<day>[0-9]{{1,2}}) ?(?P<sign>[./-]) ?(?P<month>[0-9]{{1,2}}) ?(?P=sign) ?{_YEAR}"
_NO_YEAR = "(?P<day>[0-9]{1,2}) ?/ ?(?P<month>[0-9]{1,2})"
_NAMED = (
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?P<suffix>st|nd|rd|th)?{_GAP}(?:of )?(?P<name>{MONTH})\.?(?:{_GAP}'?{_YEAR})?"
)

# A 29 February can be eight years away, across 1900 and 2100, which are no leap years.
_YEARS_TO_A_LEAP_DAY: Final = 8


class _Parts(NamedTuple):
    """The numbers that were written; `year` None where there was none."""

    day: int
    month: int
    year: int | None


def written_day(text: str, base: date, lean: Lean) -> Day | None:
    """Read a day that is written out; None if the text does not look like one.

    Without a year it is the last such day up to `base`, or the next one from `base` on. Raises
    NotUnderstood for what looks like a date but is none in the calendar, and for a wrong weekday.
    """
    match = re.fullmatch(_WEEKDAY_FIRST, text)
    parts = _parts(match["rest"] if match else text)
    if parts is None:
        return None
    _check_month(parts, text)
    found = _nearest(parts, base, lean, text) if parts.year is None else Day(_day_of(parts, parts.year))
    if match:
        _check_weekday(found, weekday_number(match["weekday"]))
    return found


def _parts(text: str) -> _Parts | None:
    numbers = next((m for p in (_ISO, _NUMBERS, _NO_YEAR) if (m := re.fullmatch(p, text))), None)
    if numbers:
        year = numbers.groupdict().get("year")
        return _Parts(int(numbers["day"]), int(numbers["month"]), full_year(year) if year else None)
    named = re.fullmatch(_NAMED, text)
    if named is None:
        return None
    day = int(named["day"])
    if named["suffix"] and named["suffix"] != _suffix(day):
        raise NotUnderstood(f"{quoted(text)} is not understood as a day. Did you mean {_ordinal(day)}?")
    return _Parts(day, month_number(named["name"]), full_year(named["year"]) if named["year"] else None)


def _check_month(parts: _Parts, text: str) -> None:
    if 1 <= parts.month <= 12:
        return
    if 12 < parts.month <= 31 and 1 <= parts.day <= 12 and not re.search(_ISO, text):
        swapped = f"{parts.month}/{parts.day:02}" + (f"/{parts.year}" if parts.year else "")
        advice = f"The day comes first; if that is what you mean, write {swapped}."
        raise NotUnderstood(f"{quoted(text)} has no real month: there is no month {parts.month}. {advice}")
    raise not_a_day(text)


def _day_of(parts: _Parts, year: int) -> date:
    day = real_day(year, parts.month, parts.day)
    if day is None:
        raise _no_such_day(parts, f"{MONTHS[parts.month - 1]} {year}")
    return day


def _nearest(parts: _Parts, base: date, lean: Lean, text: str) -> Day:
    if real_day(2000, parts.month, parts.day) is None:
        raise _no_such_day(parts, MONTHS[parts.month - 1])
    step = -1 if lean == "past" else 1
    years = range(base.year, base.year + step * (_YEARS_TO_A_LEAP_DAY + 1), step)
    days = (real_day(year, parts.month, parts.day) for year in years if FIRST_YEAR <= year <= LAST_YEAR)
    found = next((day for day in days if day and (day <= base if lean == "past" else day >= base)), None)
    if found is None:
        raise too_far(text)
    return Day(found, year_taken=True)


def _check_weekday(found: Day, weekday: int) -> None:
    if found.day.weekday() == weekday:
        return
    advice = "Add the year, or mend the weekday." if found.year_taken else "Mend the one or the other, or leave it out."
    raise NotUnderstood(f"{long_day(found.day)} is a {weekday_name(found.day)}, not a {WEEKDAYS[weekday]}. {advice}")


def _no_such_day(parts: _Parts, month: str) -> NotUnderstood:
    day = _ordinal(parts.day) if parts.day else "day 0"
    return NotUnderstood(f"{month} has no {day}. Check the day; it comes before the month.")


def _ordinal(number: int) -> str:
    return f"{number}{_suffix(number)}"


def _suffix(number: int) -> str:
    return "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
