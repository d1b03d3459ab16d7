"""`tracker show`: one record in full."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_records
from tracker.cli.globals import Command, takes
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.details import ActionDetail, BoardDetail, MeetingDetail


@click.command("show", cls=Command)
@click.argument("ref", shell_complete=complete_records)
@takes("records", "board", "as_of", "format", "rev")
@click.pass_obj
def show_command(session: Session, ref: str) -> None:
    """Show a board, a meeting, or an action with its history."""

    def make(register: "Register", day: date) -> "ActionDetail | MeetingDetail | BoardDetail":
        from tracker.errors import NotFound
        from tracker.model.dates import long_day
        from tracker.model.records import Action, Board, Meeting
        from tracker.model.resolve import find_record
        from tracker.reports.details import action_detail, board_detail, meeting_detail

        record = find_record(register, ref, today=session.today, board=session.board_key(register))
        if isinstance(record, Board):
            return board_detail(register, record, day)
        if isinstance(record, Meeting):
            return meeting_detail(register, record, day)
        assert isinstance(record, Action)
        detail = action_detail(register, record, day)
        if detail is None:
            raise NotFound(f"{record.ref} was raised on {long_day(record.raised)}, after {long_day(day)}.")
        return detail

    session.report(make)
