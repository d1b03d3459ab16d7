"""What `show` prints of one record, and the small lists of boards, meetings and owners."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.model.calendar import meetings_of
from tracker.model.holding import actions_at
from tracker.model.records import Action, Board, Meeting, Register, Settings
from tracker.model.references import ActionRef, MeetingRef
from tracker.reports.rows import ActionRow, live_rows, row_of

Cell = str | int | float | date | bool | None | tuple[str, ...]


class Columns(NamedTuple):
    """A plain list under headings. `keys` names the columns to other programs; they stay as they are."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]


class ActionDetail(NamedTuple):
    """An action as at a day, with its history up to then. `formerly_others` are actions that once had its number."""

    row: ActionRow
    board_title: str | None
    formerly_others: tuple[ActionRef, ...] = ()


class MeetingDetail(NamedTuple):
    """A meeting and the actions it raised, as at a day."""

    meeting: Meeting
    board_title: str | None
    rows: tuple[ActionRow, ...]


class MeetingLine(NamedTuple):
    """A meeting in its board's list: how many actions it raised, and how many of them are live."""

    meeting: Meeting
    raised: int
    live: int


class BoardDetail(NamedTuple):
    """A board and its meetings, latest first."""

    board: Board
    meetings: tuple[MeetingLine, ...]


def action_detail(register: Register, action: Action, day: date) -> ActionDetail | None:
    """The action as at this day; None if it had not been raised yet."""
    row = row_of(action, day)
    if row is None:
        return None
    past = action._replace(history=tuple(event for event in action.history if event.date <= day))
    around = actions_at(register.actions, action.ref.meeting)
    others = tuple(other.ref for other in around if action.ref in other.formerly)
    return ActionDetail(row.changed(action=past), _board_title(register, action.ref.meeting.board), others)


def meeting_detail(register: Register, meeting: Meeting, day: date) -> MeetingDetail:
    """The meeting, with the actions it had raised by this day."""
    return MeetingDetail(meeting, _board_title(register, meeting.ref.board), _raised(register, meeting.ref, day))


def board_detail(register: Register, board: Board, day: date) -> BoardDetail:
    """The board, with its meetings and what of their actions is live as at this day."""
    return BoardDetail(board, tuple(reversed([*_lines(register, [board.key], day)])))


def meeting_list(register: Register, board: str | None, day: date) -> Columns:
    """All meetings, of one board or of all, in order."""
    lines = _lines(register, [board] if board else sorted({ref.board for ref in register.meetings}), day)
    rows = tuple((str(m.ref), m.ref.day, m.status, m.time, m.venue, raised, live) for m, raised, live in lines)
    return Columns(
        "Meetings",
        ("Reference", "Day", "Status", "Time", "Venue", "Raised", "Live"),
        rows,
        ("ref", "date", "status", "time", "venue", "raised", "live"),
    )


def board_list(register: Register, day: date) -> Columns:
    """The boards, with how many meetings and live actions each has."""
    meetings: Counter[str] = Counter()
    live: Counter[str] = Counter()
    for line in _lines(register, sorted(register.boards), day):
        meetings[line.meeting.ref.board] += 1
        live[line.meeting.ref.board] += line.live
    boards = sorted(register.boards.items())
    rows = [(key.upper(), board.title, board.chair, meetings[key], live[key]) for key, board in boards]
    return Columns(
        "Boards",
        ("Reference", "Title", "Chair", "Meetings", "Live"),
        tuple(rows),
        ("ref", "title", "chair", "meetings", "live"),
    )


def owner_list(settings: Settings) -> Columns:
    """The owners in the order of the register."""
    rows = tuple((o.key, o.name, o.aliases, o.email) for o in settings.owners)
    return Columns("Owners", ("Owner", "Name", "Also written", "Email"), rows, ("key", "name", "aliases", "email"))


def _lines(register: Register, boards: Sequence[str], day: date) -> Iterator[MeetingLine]:
    """The meetings of the boards, in order. What an action holds besides its name and its state is not needed."""
    raised = Counter(ref.meeting for ref in register.actions if ref.meeting.day <= day)
    live = Counter(row.ref.meeting for row in live_rows(register.actions, day) if row.state.live)
    for board in boards:
        for meeting in meetings_of(register, board):
            yield MeetingLine(meeting, raised[meeting.ref], live[meeting.ref])


def _raised(register: Register, meeting: MeetingRef, day: date) -> tuple[ActionRow, ...]:
    rows = (row_of(action, day) for action in actions_at(register.actions, meeting))
    return tuple(row for row in rows if row)


def _board_title(register: Register, key: str) -> str | None:
    return register.boards[key].title if key in register.boards else None
