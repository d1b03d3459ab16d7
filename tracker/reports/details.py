"""What `show` prints of one record, and the small lists of boards, meetings and owners."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.model.calendar import meetings_of
from tracker.model.holding import actions_at, actions_of
from tracker.model.records import Action, Board, Meeting, Register, Settings
from tracker.model.references import ActionRef, MeetingRef
from tracker.reports.rows import ActionRow, row_of, rows_of

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
    return BoardDetail(board, tuple(reversed([*_lines(register, board.key, day)])))


def meeting_list(register: Register, board: str | None, day: date) -> Columns:
    """All meetings, of one board or of all, in order."""
    keys = [board] if board else sorted({ref.board for ref in register.meetings})
    lines = [line for key in keys for line in _lines(register, key, day)]
    rows = tuple(
        (str(m.ref), m.ref.day, m.status, m.time, m.venue, raised, live) for m, raised, live in lines
    )  # fmt: skip
    return Columns(
        "Meetings",
        ("Reference", "Day", "Status", "Time", "Venue", "Raised", "Live"),
        rows,
        ("ref", "date", "status", "time", "venue", "raised", "live"),
    )


def board_list(register: Register, day: date) -> Columns:
    """The boards, with how many meetings and live actions each has."""
    rows = []
    for key, board in sorted(register.boards.items()):
        lines = list(_lines(register, key, day))
        rows.append((key.upper(), board.title, board.chair, len(lines), sum(line.live for line in lines)))
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


def _lines(register: Register, board: str, day: date) -> Iterable[MeetingLine]:
    """The meetings of a board, in order."""
    raised: dict[MeetingRef, list[ActionRow]] = {}
    for row in rows_of(actions_of(register.actions, board), day):
        raised.setdefault(row.ref.meeting, []).append(row)
    for meeting in meetings_of(register, board):
        rows = raised.get(meeting.ref, [])
        yield MeetingLine(meeting, len(rows), sum(row.state.live for row in rows))


def _raised(register: Register, meeting: MeetingRef, day: date) -> tuple[ActionRow, ...]:
    rows = (row_of(action, day) for action in actions_at(register.actions, meeting))
    return tuple(row for row in rows if row)


def _board_title(register: Register, key: str) -> str | None:
    return register.boards[key].title if key in register.boards else None
