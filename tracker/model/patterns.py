"""References as people type them: in any case, with dates of their own style, shortened from the left.

    PDB/2025-11-26/01   pdb-2025-11-26-1   13.09.23/1   2025-11-26/1   11-26/1   26/1   26/1,3-5

A pattern says as much of a reference as was typed; `resolve` finds what in the register it can mean.
"""

import re
from datetime import date
from typing import NamedTuple

from tracker.errors import NotUnderstood
from tracker.model.said import Day, MeetingIn, NextMeeting
from tracker.model.quoting import quoted
from tracker.model.when import read_when
from tracker.model.references import ActionRef, MeetingRef, is_board_key

# Texts, because compiling them takes long, and a full reference needs none of them.
_ISO_TAIL = r"(?a)(?:(?:(?P<year>\d{4})-)?(?P<month>\d{1,2})-)?(?P<day>\d{1,2})(?P<sitting>[b-z]?)"
_DASHED_MEETING = r"(?a)(?P<board>[a-z][a-z0-9-]*?)[-/](?P<day>\d{4}-\d{2}-\d{2}[b-z]?)"
_DASHED_ACTION = rf"{_DASHED_MEETING}[-/](?P<numbers>\d[\d-]*)"
_NUMBERS = r"(?a)(\d{1,6})(?:-(\d{1,6}))?"
_LONGEST = 120


class MeetingPattern(NamedTuple):
    """What was said of a meeting; None is what was left out. `asked` is set for `next` and `June 2026 meeting`."""

    board: str | None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    sitting: str = ""
    asked: NextMeeting | MeetingIn | None = None

    @property
    def full(self) -> bool:
        """Whether it says all of a reference, so that only one meeting can be meant."""
        return bool(self.board and self.year and self.month and self.day)

    @property
    def only(self) -> MeetingRef | None:
        """The meeting that a full pattern means; None for a day that is none."""
        try:
            return MeetingRef(self.board or "", date(self.year or 0, self.month or 0, self.day or 0), self.sitting)
        except ValueError:
            return None

    def fits(self, ref: MeetingRef) -> bool:
        """Whether this meeting can be the one that was typed."""
        said = (self.year, self.month, self.day, self.board)
        has = (ref.day.year, ref.day.month, ref.day.day, ref.board)
        return self.sitting == ref.sitting and all(s is None or s == h for s, h in zip(said, has, strict=True))


class ActionPattern(NamedTuple):
    """What was said of an action; `meeting` is None for a bare number. `said` is how errors quote it."""

    meeting: MeetingPattern | None
    number: int
    said: str

    def fits(self, ref: ActionRef) -> bool:
        return self.number == ref.number and (self.meeting is None or self.meeting.fits(ref.meeting))


def read_meeting(text: str, today: date) -> MeetingPattern:
    """What this text says of a meeting. NotUnderstood if it can be no meeting's reference."""
    words = _tidy(text)
    dashed = re.fullmatch(_DASHED_MEETING, words)
    if dashed:
        return _meeting(dashed["board"], dashed["day"], text, today)
    board, slash, day = words.partition("/")
    if slash and is_board_key(board):
        return _meeting(board, day, text, today)
    return _meeting(None, words, text, today)


def read_actions(texts: list[str], today: date) -> list[ActionPattern]:
    """What these texts say of actions, lists and ranges of numbers written out, each once."""
    found = [pattern for text in texts for pattern in _actions(text, today)]
    return list(dict.fromkeys(found))


def _actions(text: str, today: date) -> list[ActionPattern]:
    """Each part of a list counts at the meeting that was named last: `26/1,3-5,27/2`."""
    found: list[ActionPattern] = []
    meeting, left = None, ""
    for part in _tidy(text).split(","):
        named, numbers = _split(part.strip())
        if named:
            meeting, left = read_meeting(named, today), f"{named}/"
        found += _numbered(meeting, numbers, left)
    return found


def _split(part: str) -> tuple[str, str]:
    """The meeting and the numbers of one part of a list; the meeting is empty where only numbers stand."""
    dashed = re.fullmatch(_DASHED_ACTION, part)
    if dashed:
        return f"{dashed['board']}/{dashed['day']}", dashed["numbers"]
    left, slash, numbers = part.rpartition("/")
    if slash and not left:
        raise not_a_reference(part)
    return left, numbers


def _numbered(meeting: MeetingPattern | None, numbers: str, left: str) -> list[ActionPattern]:
    match = re.fullmatch(_NUMBERS, numbers.strip())
    if match is None:
        raise not_a_reference(left + numbers)
    first, last = int(match[1]), int(match[2] or match[1])
    if first < 1 or last < first or last - first > 999:
        raise NotUnderstood(f"{quoted(left + numbers)} has no sensible range of numbers. Write it like 26/1,3-5.")
    return [ActionPattern(meeting, number, f"{left}{number:02}".upper()) for number in range(first, last + 1)]


def _meeting(board: str | None, day: str, text: str, today: date) -> MeetingPattern:
    tail = re.fullmatch(_ISO_TAIL, day)
    if tail:
        year, month = (int(tail[part]) if tail[part] else None for part in ("year", "month"))
        return MeetingPattern(board, year, month, int(tail["day"]), tail["sitting"])
    try:
        when = read_when(day, base=today, lean="past")
    except NotUnderstood:
        raise not_a_reference(text) from None
    if isinstance(when, Day):
        year = None if when.year_taken else when.day.year
        return MeetingPattern(board, year, when.day.month, when.day.day)
    return MeetingPattern(board, asked=when)


def not_a_reference(text: str) -> NotUnderstood:
    """The error for a text that cannot be a reference of the kind that is wanted."""
    return NotUnderstood(
        f"{quoted(text)} is not a reference. "
        "A board is like PDB, a meeting like PDB/2025-11-26, an action like PDB/2025-11-26/01 or, shorter, 26/1."
    )


def _tidy(text: str) -> str:
    if len(text) > _LONGEST:
        raise not_a_reference(text)
    return " ".join(text.split()).lower()
