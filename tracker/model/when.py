"""Reading a day as people type it: the strict grammar of the command line.

What is not clearly a day is refused with the forms that are understood; nothing is guessed. A library
that guesses reads `2026-04-03` as 4 March and `may` as a date, so none is asked what a date is.
"""

import re
from datetime import date
from typing import Final

from tracker.model.dates import said_as_data
from tracker.model.said import Day, Lean, MeetingIn, NextMeeting, When
from tracker.model.dates_relative import relative_day
from tracker.model.dates_written import written_day
from tracker.model.when_words import MONTH, full_year, month_number, not_a_day, plain

_NEXT_MEETING: Final = frozenset({"next", "next meeting", "the next meeting"})
_MEETING_IN = rf"(?:the )?(?P<month>{MONTH})(?: (?P<year>[0-9]{{4}}))? meeting"


def read_when(text: str, *, base: date, lean: Lean) -> When:
    """Read a day, `next meeting`, or `June 2026 meeting`.

    `base` is the day that relative dates count from. Where no year is written, `lean` says whether
    something has happened (the last such day, `base` included) or is to come (the next one, `base`
    included). Raises NotUnderstood, which names the text and what can be written instead.
    """
    found = find_when(text, base=base, lean=lean)
    if found is None:
        raise not_a_day(text)
    return found


def find_when(text: str, *, base: date, lean: Lean) -> When | None:
    """As `read_when`, but None for words that do not look like a day.

    Raises NotUnderstood for what looks like one but cannot be: `31/02/2026`, a wrong weekday.
    """
    tidy = plain(text)
    if not tidy:
        return None
    day = said_as_data(tidy)
    if day is not None:  # before any of the patterns, which take longer to be compiled than most commands to run
        return Day(day)
    if tidy in _NEXT_MEETING:
        return NextMeeting()
    if match := re.fullmatch(_MEETING_IN, tidy):
        return _meeting_in(month_number(match["month"]), match["year"], base, lean)
    found: Day | None = relative_day(tidy, base, lean) or written_day(tidy, base, lean)
    return found


def _meeting_in(month: int, year: str | None, base: date, lean: Lean) -> MeetingIn:
    """The month without a year is the nearest one that holds or passes `base` in the direction of `lean`."""
    if year:
        return MeetingIn(full_year(year), month)
    if lean == "past":
        return MeetingIn(base.year - (month > base.month), month, year_taken=True)
    return MeetingIn(base.year + (month < base.month), month, year_taken=True)
