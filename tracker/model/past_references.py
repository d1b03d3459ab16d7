"""References to records that may no longer be there: only what is written in full can be told."""

from datetime import date

from tracker.errors import NotUnderstood
from tracker.model.patterns import MeetingPattern, read_actions, read_meeting
from tracker.model.dates import real_day
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, Ref, is_board_key


def full_reference(text: str, *, today: date, board: str | None = None) -> Ref | None:
    """The record that this text names by itself, there or not; None if it leaves something open.

    `board` stands in where no board is written. `register` is the register's own file.
    """
    key = text.strip().lower()
    if key == "register":
        return REGISTER_PATH
    meeting = _meeting(text, today, board)
    if meeting is not None:
        return meeting
    action = _action(text, today, board)
    if action is not None:
        return action
    return key if is_board_key(key) else None


def _meeting(text: str, today: date, board: str | None) -> MeetingRef | None:
    try:
        return _full(read_meeting(text, today), board)
    except NotUnderstood:
        return None


def _action(text: str, today: date, board: str | None) -> ActionRef | None:
    try:
        patterns = read_actions([text], today)
    except NotUnderstood:
        return None
    if len(patterns) != 1 or patterns[0].meeting is None:
        return None
    meeting = _full(patterns[0].meeting, board)
    return ActionRef(meeting, patterns[0].number) if meeting else None


def _full(pattern: MeetingPattern, board: str | None) -> MeetingRef | None:
    key = pattern.board or board
    if key is None or pattern.year is None or pattern.month is None or pattern.day is None:
        return None
    day = real_day(pattern.year, pattern.month, pattern.day)
    return MeetingRef(key, day, pattern.sitting) if day else None
