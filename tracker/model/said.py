"""What someone can mean by the words for a day."""

from datetime import date
from typing import Literal, NamedTuple

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


class Words(NamedTuple):
    """Words that stand for a due day. `day` is the one they are taken as; None where they name none."""

    said: str
    day: date | None


class NoDay(NamedTuple):
    """The word `none`: the action has no due day."""

    # a named tuple without a field would be false, and equal to every other such one
    said: str = "none"


WhenDue = When | Words | NoDay
