"""Times as people write them, and as files hold them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import NotUnderstood
from tracker.model.times import is_time, read_time

ACCEPTED = [
    ("10:00", "10:00"), ("10am", "10:00"), ("10 am", "10:00"), ("10 AM", "10:00"), ("10.00 am", "10:00"),
    ("10.00am", "10:00"), ("10:00 a.m.", "10:00"), ("1000hrs", "10:00"), ("1000 hrs", "10:00"), ("1000HRS", "10:00"),
    ("1000 hours", "10:00"), ("0930hrs", "09:30"), ("10:00hrs", "10:00"), ("10.30", "10:30"), ("9:05", "09:05"),
    ("9.05", "09:05"), ("09:05", "09:05"), ("9:05 pm", "21:05"), ("2pm", "14:00"), ("2.30 p.m.", "14:30"),
    ("14:30", "14:30"), ("12 noon", "12:00"), ("noon", "12:00"), ("12noon", "12:00"), ("Noon", "12:00"),
    ("12pm", "12:00"), ("12:30pm", "12:30"), ("12am", "00:00"), ("12.15 am", "00:15"), ("00:00", "00:00"),
    ("23:59", "23:59"), (" 10:00 ", "10:00"), ("10   am", "10:00"),
]  # fmt: skip

REFUSED = [
    "", " ", "10", "7", "1000", "0930", "25:00", "24:00", "10:60", "10.60", "13pm", "0am", "00:30am", "14:30pm", "2400hrs",
    "1060hrs", "930hrs", "10:0", "10:000", "010:00", "10:00:00", "10-00", "10,00", "10:00-12:00", "10 o'clock", "am",
    "midnight", "half past ten", "-1:00", "+10:00", "10:00Z", "T10:00", "1 0:00", "10:00\x00", "1\uff10:00",
    "\u0661\u0660:\u0660\u0660", "10\u2236" + "00", "10:00" + " " * 40, "9" * 1_000_000, "\u202e10:00",
]  # fmt: skip

NOT_IN_FILES = ["", "9:05", "24:00", "10:60", "10.00", "10:00 ", "10:00\n", "10am", "1\uff10:00", "-1:00", "10:00:00"]

TIMES = st.tuples(st.integers(0, 23), st.integers(0, 59))
PROPERTY = settings(deadline=None, derandomize=True, max_examples=200)


@pytest.mark.parametrize(("text", "time"), ACCEPTED)
def test_times_as_people_write_them(text: str, time: str) -> None:
    assert read_time(text) == time


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_clearly_a_time_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="is not understood as a time. Write it as 10:00") as refusal:
        read_time(text)
    assert str(refusal.value).isprintable() and len(str(refusal.value)) < 150


@pytest.mark.parametrize("text", NOT_IN_FILES)
def test_files_hold_times_to_the_letter(text: str) -> None:
    assert not is_time(text)


@PROPERTY
@given(time=TIMES)
def test_every_way_of_writing_a_time_reads_the_same(time: tuple[int, int]) -> None:
    hour, minute = time
    half = "am" if hour < 12 else "pm"
    wanted = f"{hour:02}:{minute:02}"
    assert is_time(wanted)
    ways = (wanted, f"{hour}.{minute:02}", f"{hour:02}{minute:02}hrs", f"{(hour - 1) % 12 + 1}.{minute:02} {half}")
    assert {read_time(way) for way in ways} == {wanted}


@PROPERTY
@given(text=st.text(max_size=25) | st.text("0123456789:. apmhrsnoo", max_size=10))
def test_any_text_is_a_time_or_one_plain_refusal(text: str) -> None:
    try:
        assert is_time(read_time(text))
    except NotUnderstood as refusal:
        assert str(refusal).isprintable()
