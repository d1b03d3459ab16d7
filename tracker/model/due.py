"""Due days as boards give them, against the board's own calendar."""

from datetime import date
from typing import NamedTuple

from tracker.errors import NotFound, NotUnderstood, Refused
from tracker.model.calendar import has_fallen, meeting_in_month, next_meeting, only_board
from tracker.model.dates import long_day, month_end, said_as_data
from tracker.model.said import Day, MeetingIn, NextMeeting, NoDay, WhenDue, Words
from tracker.model.quoting import quoted
from tracker.model.records import NEXT_MEETING, Due, Register


class DueChoice(NamedTuple):
    """A due day and the board's words for it. `taken` is the year or day the program took, to be said."""

    due: Due
    said: str | None = None
    taken: date | None = None


def choose_due(register: Register, board: str, text: str, *, after: date, look_again: date | None = None) -> DueChoice:
    """What WHEN means for an action of this board.

    `after` is the day of the meeting in hand or of the change: relative days count from it and the next
    meeting is the first one after it. `look_again` (`--by`) is the day for words that name none.
    Errors: NotUnderstood, also where words without a day come without `look_again`; Refused for the day of
    a meeting that fell.
    """
    words = _said(text, after)
    if look_again is not None and not isinstance(words, Words):
        raise NotUnderstood(
            f"{quoted(text)} says when of its own; --by goes with words that name no day, such as when the pilot ends."
        )
    match words:
        case Day(day, year_taken):
            must_not_have_fallen(register, board, day)
            return DueChoice(day, taken=day if year_taken else None)
        case NextMeeting():
            return next_meeting_due(register, board, after)
        case MeetingIn(year, month, year_taken):
            return _in_month(register, board, text, date(year, month, 1), year_taken)
        case NoDay():
            return DueChoice(None)
        case Words(said, day):
            return DueChoice(_look_again(text, look_again or day), said, taken=look_again or day)


def must_not_have_fallen(register: Register, board: str, day: Due) -> None:
    """Refused for the day of a meeting that was postponed or cancelled: nothing can be due at it."""
    if isinstance(day, date) and has_fallen(register, board, day):
        raise Refused(
            f"{board.upper()} does not meet on {long_day(day)} any more; nothing can be due then. "
            "Give another day, or the words next meeting."
        )


def next_meeting_due(register: Register, board: str, after: date) -> DueChoice:
    """The day of the board's next meeting after this day, or the words while none is in the calendar."""
    meeting = next_meeting(register, board, after)
    return DueChoice(meeting.ref.day if meeting else NEXT_MEETING)


def day_of(register: Register, board: str | None, text: str, *, base: date, past: bool) -> DueChoice:
    """The one day meant where a day is wanted; `next meeting` and `June 2026 meeting` are those of the board.

    Without one the register's only board is meant. Errors: NotUnderstood; NotFound where the calendar has
    no such meeting.
    """
    from tracker.model.when import read_when

    when = read_when(text, base=base, lean="past" if past else "future")
    if isinstance(when, Day):
        return DueChoice(when.day, taken=when.day if when.year_taken else None)
    board = board or only_board(register)
    if board is None:
        raise NotUnderstood(f"{quoted(text)} is a meeting of which board? Say it with --board KEY.")
    found = (
        next_meeting(register, board, base)
        if isinstance(when, NextMeeting)
        else meeting_in_month(register, board, when.year, when.month)
    )
    if found is None:
        raise NotFound(
            f"{board.upper()} has no such meeting in its calendar. Add it with: tracker meeting add {board} DATE"
        )
    return DueChoice(found.ref.day, taken=found.ref.day)


def due_words(due: Due, said: str | None = None) -> str:
    """The due day as a sentence says it: `10 June 2026`, `spring 2027 (31 May 2027)`, `no due day`."""
    if due is None:
        return "no due day"
    if due == NEXT_MEETING:
        return "the next meeting (none is in the calendar yet)"
    assert isinstance(due, date)
    return f"{said} ({long_day(due)})" if said else long_day(due)


def _said(text: str, after: date) -> WhenDue:
    plain = said_as_data(text.strip())
    if plain is not None:
        return Day(plain)
    # the grammar of days takes longer to be imported than a record to be changed
    from tracker.model.due_words import read_due

    return read_due(text, base=after)


def _in_month(register: Register, board: str, text: str, first: date, year_taken: bool) -> DueChoice:
    meeting = meeting_in_month(register, board, first.year, first.month)
    if meeting:
        return DueChoice(meeting.ref.day, taken=meeting.ref.day if year_taken else None)
    last = month_end(first.year, first.month)
    return DueChoice(last, " ".join(text.split()), taken=last)


def _look_again(text: str, day: date | None) -> date:
    if day is None:
        raise NotUnderstood(f"{quoted(text)} names no day. Say when to look at it again: --by DATE")
    return day
