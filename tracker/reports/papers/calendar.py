"""The calendar: when the boards meet, and when live actions are due."""

from datetime import date
from typing import NamedTuple

from tracker.model.records import Board, Item, Meeting, Register
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.head import Head, head_of
from tracker.reports.rows import ActionRow, live_rows


class Asked(NamedTuple):
    """What the calendar holds; None means no limit. `owner` and `board` are keys.

    `owner` limits the due days, not the meetings.
    """

    board: str | None = None
    owner: str | None = None
    meetings: bool = True
    due_days: bool = True


class Sitting(NamedTuple):
    """A meeting in the calendar, with the agenda items that the reader may see."""

    meeting: Meeting
    board: Board
    items: tuple[Item, ...]


class DueDay(NamedTuple):
    """The due day of a live action.

    `events` counts what its history holds up to the day of the calendar; `told` is the day of the last of these,
    or the day it was raised.
    """

    day: date
    row: ActionRow
    board: Board
    events: int
    told: date


class Calendar(NamedTuple):
    """Meetings of every status and due days as at the head's day, each by day.

    `unplaced` counts the live actions that have no day to stand on: none at all, or the words `next meeting`.
    """

    head: Head
    withheld: Withheld
    sittings: tuple[Sitting, ...]
    due_days: tuple[DueDay, ...]
    unplaced: int

    @property
    def paper(self) -> str:
        return "calendar"


def calendar(register: Register, day: date, audience: Audience, asked: Asked = Asked()) -> Calendar:
    """The calendar as at this day."""
    sittings, items = _sittings(register, audience, asked) if asked.meetings else ((), 0)
    rows, actions = _rows(register, day, audience, asked) if asked.due_days else ((), 0)
    placed = [_due_day(register, day, row, row.state.due) for row in rows if isinstance(row.state.due, date)]
    board = _board(register, asked.board) if asked.board else None
    return Calendar(
        head_of(register, day, board),
        Withheld(actions, items),
        sittings,
        tuple(sorted(placed, key=lambda due: (due.day, due.row.ref))),
        len(rows) - len(placed),
    )


def _sittings(register: Register, audience: Audience, asked: Asked) -> tuple[tuple[Sitting, ...], int]:
    found = sorted(
        (meeting for ref, meeting in register.meetings.items() if asked.board in (None, ref.board)),
        key=lambda meeting: (meeting.ref.day, meeting.ref),
    )
    sittings = []
    withheld = 0
    for meeting in found:
        items, left_out = audience.items(meeting.ref, meeting.items)
        withheld += left_out
        sittings.append(Sitting(meeting, _board(register, meeting.ref.board), items))
    return tuple(sittings), withheld


def _rows(register: Register, day: date, audience: Audience, asked: Asked) -> tuple[tuple[ActionRow, ...], int]:
    rows = (row for row in live_rows(register.actions, day) if row.state.live)
    return audience.rows(
        row
        for row in rows
        if asked.board in (None, row.ref.meeting.board) and (asked.owner is None or asked.owner in row.state.owners)
    )


def _due_day(register: Register, day: date, row: ActionRow, due: date) -> DueDay:
    past = [event.date for event in row.action.history if event.date <= day]
    board = _board(register, row.ref.meeting.board)
    return DueDay(due, row, board, len(past), max(past, default=row.action.raised))


def _board(register: Register, key: str) -> Board:
    """The board; by its key alone where its file cannot be read."""
    return register.boards.get(key) or Board(key, key.upper())
