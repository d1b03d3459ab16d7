"""Days as they are written, and as files hold them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.model.dates import long_day, month_end, next_month_end, read_iso, short_day, weekday_day, write_day
from tracker.model.said import NextMeeting

PROPERTY = settings(deadline=None, derandomize=True, max_examples=200)

ISO_REFUSED = [
    "", "2026-2-25", "2026-02-30", "20260225", "2026-W09-3", "26-02-25", "0226-02-25", "2026-02-25 ", " 2026-02-25",
    "2026-02-25\n", "2026-02-25T00:00", "2026/02/25", "25 Feb 2026", "\uff12026-02-25", "2026-00-01", "12026-02-25",
]  # fmt: skip


@pytest.mark.parametrize("text", ISO_REFUSED)
def test_files_hold_iso_to_the_letter(text: str) -> None:
    assert read_iso(text) is None


@PROPERTY
@given(day=st.dates(date(1000, 1, 1)))
def test_a_day_in_a_file_reads_back(day: date) -> None:
    assert read_iso(write_day(day)) == day


def test_days_are_written_in_four_ways() -> None:
    day = date(2026, 2, 5)
    written = [write(day) for write in (write_day, short_day, long_day, weekday_day)]
    assert written == ["2026-02-05", "5 Feb 2026", "5 February 2026", "Thursday 5 February 2026"]


def test_the_ends_of_months() -> None:
    assert [month_end(2028, month).day for month in range(1, 13)] == [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert next_month_end(2, date(2026, 2, 28)) == date(2026, 2, 28)
    assert next_month_end(2, date(2026, 3, 1)) == date(2027, 2, 28)


def test_what_stands_for_a_day_is_true_and_like_nothing_else() -> None:
    empty: object = ()
    assert NextMeeting() and NextMeeting() != empty
