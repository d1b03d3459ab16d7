"""A board's meetings in order, and the meetings that words such as `next meeting` mean."""

from datetime import date

from tracker.errors import Ambiguous, NotFound, Refused
from tracker.model.dates import long_day
from tracker.model.holding import OnDemand, meeting_refs
from tracker.model.quoting import quoted
from tracker.model.records import Board, Meeting, Register
from tracker.model.references import MeetingRef, board_path, canonical_meeting, is_board_key


def meetings_of(register: Register, board: str) -> list[Meeting]:
    """The board's meetings by day and sitting, whatever became of them."""
    found = (register.meetings.get(ref) for ref in meeting_refs(register.meetings, board))
    return [meeting for meeting in found if meeting is not None]


def next_meeting(register: Register, board: str, after: date) -> Meeting | None:
    """The board's first meeting after this day that is neither postponed nor cancelled; None if there is none.

    Refused where a meeting that could be the one cannot be read: the wrong day must not get on record.
    """
    for ref in _named_meetings(register, board):
        if ref.day <= after:
            continue
        meeting = register.meetings.get(ref)
        if meeting is not None and meeting.stands:
            return meeting
        if meeting is None and ref.path in register.broken:
            raise Refused(f"Which meeting is the next one cannot be told: {register.broken[ref.path]}")
    return None


def has_fallen(register: Register, board: str, day: date) -> bool:
    """Whether the board was to meet on this day and now does not: every sitting was postponed or cancelled."""
    refs = [ref for ref in meeting_refs(register.meetings, board) if ref.day == day]
    sittings = [register.meetings[ref] for ref in refs if ref in register.meetings]
    return bool(sittings) and not any(m.stands for m in sittings)


def meeting_in_month(register: Register, board: str, year: int, month: int) -> Meeting | None:
    """The board's one standing meeting in this month; None if there is none; Ambiguous if there are several."""
    refs = [ref for ref in meeting_refs(register.meetings, board) if (ref.day.year, ref.day.month) == (year, month)]
    found = [register.meetings[ref] for ref in refs if ref in register.meetings and register.meetings[ref].stands]
    if len(found) > 1:
        days = " and ".join(long_day(m.ref.day) for m in found)
        raise Ambiguous(f"{board.upper()} has several meetings in that month, on {days}. Give the day.")
    return found[0] if found else None


def _named_meetings(register: Register, board: str) -> list[MeetingRef]:
    """The board's meetings in order, those that cannot be read among them."""
    refs = meeting_refs(register.meetings, board)
    if isinstance(register.broken, OnDemand):  # then they are among the names
        return refs
    return sorted({*refs, *unreadable_meetings(register, board)})


def unreadable_meetings(register: Register, board: str) -> list[MeetingRef]:
    """The meetings of the board whose file is there but cannot be read."""
    folders = (path.removesuffix("/meeting.yaml") for path in register.broken if path.endswith("/meeting.yaml"))
    refs = (canonical_meeting(folder) for folder in folders)
    return sorted(ref for ref in refs if ref and ref.board == board)


def only_board(register: Register) -> str | None:
    """The key of the register's board where it has just one."""
    keys = list(register.boards)
    return keys[0] if len(keys) == 1 else None


def the_board(register: Register, key: str) -> Board:
    """The board with this key; NotFound lists the boards there are, or says what is wrong with its file."""
    if key in register.boards:
        return register.boards[key]
    if board_path(key) in register.broken:
        raise NotFound(f"{key.upper()} cannot be used until its file is mended. {register.broken[board_path(key)]}")
    have = ", ".join(sorted(board.upper() for board in register.boards))
    makes = f"tracker board add {key if is_board_key(key) else 'KEY'} --title TITLE"
    has = f"The register has {have}." if have else f"Make it with: {makes}"
    raise NotFound(f"There is no board {quoted(key)}. {has}")


def the_meeting(register: Register, ref: MeetingRef) -> Meeting:
    """The meeting of this reference; NotFound if it or its board is not there, or its file cannot be read."""
    if ref in register.meetings:
        return register.meetings[ref]
    if ref.path in register.broken:
        raise NotFound(f"{ref} cannot be used until its file is mended. {register.broken[ref.path]}")
    the_board(register, ref.board)
    raise NotFound(f"There is no meeting {ref}. Make it with: tracker meeting add {ref.board} {ref.day}{ref.sitting}")
