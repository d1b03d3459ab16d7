"""Days counted from another: weeks, working days, weekdays, the ends of months."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import NotUnderstood
from tracker.model.dates import WEEKDAYS
from tracker.model.said import Day
from tracker.model.when import read_when

BASE = date(2025, 11, 26)  # a Wednesday

PROPERTY = settings(deadline=None, derandomize=True, max_examples=200)

RELATIVE = [
    ("today", "2025-11-26"),
    ("Today", "2025-11-26"),
    ("yesterday", "2025-11-25"),
    ("tomorrow", "2025-11-27"),
    ("in 6 weeks", "2026-01-07"),
    ("in six weeks", "2026-01-07"),
    ("in 1 week", "2025-12-03"),
    ("in a week", "2025-12-03"),
    ("in a week's time", "2025-12-03"),
    ("in two weeks\u2019 time", "2025-12-10"),
    ("in 2 weeks time", "2025-12-10"),
    ("in a fortnight", "2025-12-10"),
    ("in 10 days", "2025-12-06"),
    ("in 0 days", "2025-11-26"),
    ("in 3 months", "2026-02-26"),
    ("in a year", "2026-11-26"),
    ("in 2 years", "2027-11-26"),
    ("+2w", "2025-12-10"),
    ("+ 2 w", "2025-12-10"),
    ("+2 weeks", "2025-12-10"),
    ("+10d", "2025-12-06"),
    ("+3m", "2026-02-26"),
    ("+1y", "2026-11-26"),
    ("+10wd", "2025-12-10"),
    ("-2w", "2025-11-12"),
    ("-1d", "2025-11-25"),
    ("-1m", "2025-10-26"),
    ("-1y", "2024-11-26"),
    ("2 weeks ago", "2025-11-12"),
    ("a week ago", "2025-11-19"),
    ("a fortnight ago", "2025-11-12"),
    ("3 months ago", "2025-08-26"),
    ("a year ago", "2024-11-26"),
    ("next Friday", "2025-11-28"),
    ("next fri", "2025-11-28"),
    ("NEXT WEDNESDAY", "2025-12-03"),
    ("next Tuesday", "2025-12-02"),
    ("last Wednesday", "2025-11-19"),
    ("last Tuesday", "2025-11-25"),
    ("last thurs", "2025-11-20"),
    ("end of the month", "2025-11-30"),
    ("end of this month", "2025-11-30"),
    ("the end of next month", "2025-12-31"),
    ("end of last month", "2025-10-31"),
]

# from, words, day: England keeps Boxing Day 2026 on Monday 28 December, and Easter Monday
WORKING_DAYS = [
    ("2025-11-26", "in 10 working days", "2025-12-10"),
    ("2025-12-10", "10 working days ago", "2025-11-26"),
    ("2025-11-28", "in 1 working day", "2025-12-01"),
    ("2025-11-29", "in 1 working day", "2025-12-01"),
    ("2025-12-01", "1 working day ago", "2025-11-28"),
    ("2026-12-24", "in 1 working day", "2026-12-29"),
    ("2026-04-02", "in 1 working day", "2026-04-07"),
    ("2026-04-07", "a working day ago", "2026-04-02"),
    ("2022-06-01", "in 1 working day", "2022-06-06"),
    ("2025-11-29", "in 0 working days", "2025-11-29"),
    ("2025-12-31", "in 1 working day", "2026-01-02"),
]

MONTH_ARITHMETIC = [
    ("2026-01-31", "in 1 month", "2026-02-28"),
    ("2028-01-31", "in 1 month", "2028-02-29"),
    ("2026-03-31", "1 month ago", "2026-02-28"),
    ("2024-02-29", "in 1 year", "2025-02-28"),
    ("2024-02-29", "in 4 years", "2028-02-29"),
    ("2026-12-15", "in 1 month", "2027-01-15"),
    ("2026-12-15", "end of next month", "2027-01-31"),
    ("2026-01-15", "end of last month", "2025-12-31"),
]

MONTH_ENDS = [
    ("end of March 2026", "2026-03-31"),
    ("the end of March 2026", "2026-03-31"),
    ("end February 2028", "2028-02-29"),
    ("End of Sept 2026", "2026-09-30"),
]

# text, the last such day, the next such day
MONTH_ENDS_WITHOUT_A_YEAR = [
    ("end of March", "2025-03-31", "2026-03-31"),
    ("end of November", "2024-11-30", "2025-11-30"),
    ("the end of feb", "2025-02-28", "2026-02-28"),
]


def read(text: str, lean: str = "future", base: date = BASE) -> date:
    found = read_when(text, base=base, lean="past" if lean == "past" else "future")
    assert isinstance(found, Day)
    return found.day


@pytest.mark.parametrize("lean", ["past", "future"])
@pytest.mark.parametrize(("text", "day"), RELATIVE + MONTH_ENDS)
def test_a_day_counted_from_another(text: str, day: str, lean: str) -> None:
    found = read_when(text, base=BASE, lean="past" if lean == "past" else "future")
    assert found == Day(date.fromisoformat(day), year_taken=False)


@pytest.mark.parametrize(("text", "last", "following"), MONTH_ENDS_WITHOUT_A_YEAR)
def test_the_end_of_a_month_without_its_year_leans(text: str, last: str, following: str) -> None:
    assert read_when(text, base=BASE, lean="past") == Day(date.fromisoformat(last), year_taken=True)
    assert read_when(text, base=BASE, lean="future") == Day(date.fromisoformat(following), year_taken=True)


@pytest.mark.parametrize(("base", "text", "day"), WORKING_DAYS + MONTH_ARITHMETIC)
def test_counting_over_holidays_and_short_months(base: str, text: str, day: str) -> None:
    assert read(text, base=date.fromisoformat(base)) == date.fromisoformat(day)


def test_a_fortnight_alone_can_only_be_to_come() -> None:
    assert read("a fortnight") == date(2025, 12, 10)
    with pytest.raises(NotUnderstood):
        read_when("a fortnight", base=BASE, lean="past")


@PROPERTY
@given(base=st.dates(date(1901, 1, 1), date(2190, 1, 1)), weekday=st.integers(0, 6))
def test_next_and_last_weekday_leave_out_the_day_itself(base: date, weekday: int) -> None:
    name = WEEKDAYS[weekday]
    following, last = read(f"next {name}", base=base), read(f"last {name}", base=base)
    assert following.weekday() == last.weekday() == weekday
    assert 1 <= (following - base).days <= 7 and 1 <= (base - last).days <= 7


@settings(PROPERTY, max_examples=100)
@given(base=st.dates(date(1950, 1, 1), date(2080, 1, 1)), count=st.integers(1, 60))
def test_working_days_forth_and_back_come_to_a_weekday(base: date, count: int) -> None:
    day = read(f"in {count} working days", base=base)
    assert day.weekday() < 5 and (day - base).days >= count
    assert read(f"{count} working days ago", base=day) <= base
