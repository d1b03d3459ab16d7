"""Days given on the command line, and saying which one was taken where that was left open."""

from datetime import date
from typing import TYPE_CHECKING

from tracker.cli.screen import say_note

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.model.due import DueChoice


def past_day(session: "Session", text: str) -> date:
    """The day on which something happened: without a year, the last such day."""
    return _day(session, text, "past")


def coming_day(session: "Session", text: str, base: date | None = None) -> date:
    """A day to come: without a year, the next such day. It counts from `base`, today unless said."""
    return _day(session, text, "future", base)


def say_taken(choice: "DueChoice") -> date:
    """The chosen day; says it in full where the words left it open."""
    from tracker.model.dates import long_day

    assert isinstance(choice.due, date)
    if choice.taken:
        say_note(f"Taken as {long_day(choice.taken)}.")
    return choice.due


def _day(session: "Session", text: str, lean: str, base: date | None = None) -> date:
    from tracker.errors import NotUnderstood
    from tracker.model.dates import long_day
    from tracker.model.said import Day
    from tracker.model.when import read_when

    when = read_when(text, base=base or session.today, lean="past" if lean == "past" else "future")
    if not isinstance(when, Day):
        raise NotUnderstood(f"“{text}” is a meeting; a day is wanted here, such as 25.02.26 or 25 Feb.")
    if when.year_taken:
        say_note(f"Taken as {long_day(when.day)}.")
    return when.day
