"""The table that closes the notes of a meeting, and the rolling log of its board."""

from datetime import date
from typing import NamedTuple

from tracker.model.calendar import meetings_of, the_board
from tracker.model.holding import actions_of
from tracker.model.records import Meeting, Register
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.head import Given, Head, head_of
from tracker.reports.rows import ActionRow, rows_of


class OverviewRow(NamedTuple):
    """An action as at the day of the paper; `closed` is the day on which it was discharged or withdrawn."""

    row: ActionRow
    closed: date | None


class Overview(NamedTuple):
    """The actions that a meeting raised; with `all_live` the rolling log of its board, since the day `since`."""

    head: Head
    withheld: Withheld
    rows: tuple[OverviewRow, ...]
    all_live: bool = False
    since: date | None = None

    @property
    def paper(self) -> str:
        return "overview"


def overview(
    register: Register, meeting: Meeting, day: date, audience: Audience, *,
    all_live: bool = False, given: Given = Given(),
) -> Overview:  # fmt: skip
    """What the meeting raised, as at the end of this day: the closing table of its notes.

    With `all_live` every action of the board that is live as at the day, what the meeting raised, and what
    was closed after the standing meeting before this one, so that each closure is seen once. NotFound where the
    board cannot be read.
    """
    board = the_board(register, meeting.ref.board)
    before = meeting_before(register, meeting) if all_live else None
    since = before.ref.day if before else None
    rows = _log(register, meeting, day, since) if all_live else raised_at(register, meeting, day)
    shown, left_out = audience.rows(row.row for row in rows)
    head = head_of(register, day, board, shown_meeting(meeting, audience), given)
    return Overview(head, Withheld(left_out), tuple(_overview_row(row, day) for row in shown), all_live, since)


def raised_at(register: Register, meeting: Meeting, day: date) -> list[OverviewRow]:
    """The actions that this meeting raised, as at the end of the day, by number."""
    return [row for row in _rows(register, meeting, day) if row.row.ref.meeting == meeting.ref]


def shown_meeting(meeting: Meeting, audience: Audience) -> Meeting:
    """The meeting without the agenda items that this audience is not shown."""
    return meeting._replace(items=audience.items(meeting.ref, meeting.items)[0])


def meeting_before(register: Register, meeting: Meeting) -> Meeting | None:
    """The last meeting of the board before this one that was neither postponed nor cancelled."""
    before = [found for found in meetings_of(register, meeting.ref.board) if found.stands and found.ref < meeting.ref]
    return before[-1] if before else None


def _log(register: Register, meeting: Meeting, day: date, since: date | None) -> list[OverviewRow]:
    return [
        row
        for row in _rows(register, meeting, day)
        if row.row.ref.meeting == meeting.ref
        or row.row.state.live
        or (row.closed is not None and (since is None or row.closed > since))
    ]


def _rows(register: Register, meeting: Meeting, day: date) -> list[OverviewRow]:
    """Every action of the meeting's board that had been raised by the day, in the order of references."""
    return [_overview_row(row, day) for row in rows_of(actions_of(register.actions, meeting.ref.board), day)]


def _overview_row(row: ActionRow, day: date) -> OverviewRow:
    return OverviewRow(row, _closed_on(row, day))


def _closed_on(row: ActionRow, day: date) -> date | None:
    if row.state.live:
        return None
    past = (event for event in reversed(row.action.history) if event.date <= day)
    return next((event.date for event in past if event.event == row.state.status), None)
