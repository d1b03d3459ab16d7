"""Days that are written out, and that what we write can be read."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tracker.errors import NotUnderstood
from tracker.model.dates import MONTHS, WEEKDAYS, long_day, short_day, weekday_day, write_day
from tracker.model.said import Day
from tracker.model.when import read_when

BASE = date(2025, 11, 26)  # a Wednesday

PROPERTY = settings(deadline=None, derandomize=True, max_examples=200)

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))

THIS_CENTURY = st.dates(date(2000, 1, 1), date(2099, 12, 31))

WITH_A_YEAR = [
    ("25.02.26", "2026-02-25"),
    ("25/02/2026", "2026-02-25"),
    ("25-02-2026", "2026-02-25"),
    ("25.02.2026", "2026-02-25"),
    ("25/02/26", "2026-02-25"),
    ("25-02-26", "2026-02-25"),
    ("5/2/2026", "2026-02-05"),
    ("05/02/2026", "2026-02-05"),
    ("03/04/2026", "2026-04-03"),
    ("25 / 02 / 2026", "2026-02-25"),
    ("2026-02-25", "2026-02-25"),
    ("2026-04-03", "2026-04-03"),
    ("26-02-25", "2025-02-26"),
    ("25 February 2026", "2026-02-25"),
    ("25 february 2026", "2026-02-25"),
    ("25 FEB 2026", "2026-02-25"),
    ("25 Feb 26", "2026-02-25"),
    ("25 Feb '26", "2026-02-25"),
    ("25 Feb. 2026", "2026-02-25"),
    ("25-Feb-26", "2026-02-25"),
    ("25-Feb-2026", "2026-02-25"),
    ("25Feb2026", "2026-02-25"),
    ("25th February 2026", "2026-02-25"),
    ("the 25th of February 2026", "2026-02-25"),
    ("25th of February, 2026", "2026-02-25"),
    ("  25   Feb\t2026 ", "2026-02-25"),
    ("25\u00a0February\u00a02026", "2026-02-25"),
    ("1st Sept 2026", "2026-09-01"),
    ("2nd sep 2026", "2026-09-02"),
    ("3rd June 2026", "2026-06-03"),
    ("11th May 2026", "2026-05-11"),
    ("12th May 2026", "2026-05-12"),
    ("13th May 2026", "2026-05-13"),
    ("21st May 2026", "2026-05-21"),
    ("22nd May 2026", "2026-05-22"),
    ("23rd May 2026", "2026-05-23"),
    ("31st Dec 2026", "2026-12-31"),
    ("Tuesday, 16th July, 2024", "2024-07-16"),
    ("Tue 16 July 2024", "2024-07-16"),
    ("tues 16 July 2024", "2024-07-16"),
    ("Tues. 16 July 2024", "2024-07-16"),
    ("TUESDAY 16.07.24", "2024-07-16"),
    ("Tuesday 2024-07-16", "2024-07-16"),
    ("Tuesday the 16th of July 2024", "2024-07-16"),
    ("29/02/2028", "2028-02-29"),
    ("1/1/1900", "1900-01-01"),
    ("31/12/2199", "2199-12-31"),
]

# text, the last such day, the next such day
WITHOUT_A_YEAR = [
    ("25/02", "2025-02-25", "2026-02-25"),
    ("25 / 2", "2025-02-25", "2026-02-25"),
    ("25 Feb", "2025-02-25", "2026-02-25"),
    ("25Feb", "2025-02-25", "2026-02-25"),
    ("25-Feb", "2025-02-25", "2026-02-25"),
    ("25th February", "2025-02-25", "2026-02-25"),
    ("the 25th of February", "2025-02-25", "2026-02-25"),
    ("10 may", "2025-05-10", "2026-05-10"),
    ("25 November", "2025-11-25", "2026-11-25"),
    ("26 November", "2025-11-26", "2025-11-26"),
    ("27 November", "2024-11-27", "2025-11-27"),
    ("31/12", "2024-12-31", "2025-12-31"),
    ("29/02", "2024-02-29", "2028-02-29"),
    ("29 Feb", "2024-02-29", "2028-02-29"),
]


def read(text: str, lean: str = "future", base: date = BASE) -> date:
    found = read_when(text, base=base, lean="past" if lean == "past" else "future")
    assert isinstance(found, Day)
    return found.day


@pytest.mark.parametrize("lean", ["past", "future"])
@pytest.mark.parametrize(("text", "day"), WITH_A_YEAR)
def test_a_day_that_says_its_year(text: str, day: str, lean: str) -> None:
    found = read_when(text, base=BASE, lean="past" if lean == "past" else "future")
    assert found == Day(date.fromisoformat(day), year_taken=False)


@pytest.mark.parametrize(("text", "last", "following"), WITHOUT_A_YEAR)
def test_a_day_without_its_year_leans(text: str, last: str, following: str) -> None:
    assert read_when(text, base=BASE, lean="past") == Day(date.fromisoformat(last), year_taken=True)
    assert read_when(text, base=BASE, lean="future") == Day(date.fromisoformat(following), year_taken=True)


def test_a_wrong_weekday_without_a_year_names_the_year_that_was_taken() -> None:
    with pytest.raises(NotUnderstood, match="^16 July 2026 is a Thursday, not a Tuesday. Add the year"):
        read_when("Tuesday 16 July", base=BASE, lean="future")


@pytest.mark.parametrize("base", [date(1896, 3, 1), date(2096, 3, 1)])
def test_a_leap_day_across_a_century_that_has_none(base: date) -> None:
    assert read("29 Feb", base=base) == date(base.year + 8, 2, 29)


def test_a_leap_day_beyond_the_last_year_is_refused() -> None:
    with pytest.raises(NotUnderstood, match="too far away"):
        read_when("29 Feb", base=date(2196, 3, 1), lean="future")


STYLES: dict[str, Callable[[date], str]] = {
    "iso": write_day,
    "short": short_day,
    "long": long_day,
    "weekday": weekday_day,
    "slashes": lambda day: f"{day:%d/%m/%Y}",
    "dots": lambda day: f"{day:%d.%m.%Y}",
    "dashes": lambda day: f"{day:%d-%m-%Y}",
    "without zeros": lambda day: f"{day.day}/{day.month}/{day.year}",
    "upper case": lambda day: weekday_day(day).upper(),
    "commas": lambda day: f"{WEEKDAYS[day.weekday()]}, the {day.day} of {MONTHS[day.month - 1]}, {day.year}",
}


@pytest.mark.parametrize("style", STYLES)
@PROPERTY
@given(day=DAYS, base=DAYS, lean=st.sampled_from(["past", "future"]))
def test_what_is_written_reads_back_as_the_same_day(style: str, day: date, base: date, lean: str) -> None:
    assert read(STYLES[style](day), lean, base) == day


@PROPERTY
@given(day=THIS_CENTURY, sign=st.sampled_from("./-"))
def test_a_two_figure_year_is_of_this_century(day: date, sign: str) -> None:
    assert read(f"{day.day:02}{sign}{day.month:02}{sign}{day.year % 100:02}") == day


@PROPERTY
@given(day=DAYS, base=st.dates(date(1920, 1, 1), date(2180, 1, 1)))
@example(day=date(2024, 2, 29), base=date(2024, 2, 29))
def test_without_a_year_it_is_the_nearest_on_its_side(day: date, base: date) -> None:
    text = f"{day.day}/{day.month}"
    last, following = read(text, "past", base), read(text, "future", base)
    assert last <= base <= following
    assert {(d.day, d.month) for d in (last, following)} == {(day.day, day.month)}
    between = (base + timedelta(days=n) for n in range((last - base).days + 1, (following - base).days))
    assert all((d.day, d.month) != (day.day, day.month) for d in between)
