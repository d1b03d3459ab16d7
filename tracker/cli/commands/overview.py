"""`tracker overview`: the table that closes the notes of a meeting."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_meetings
from tracker.cli.globals import Command
from tracker.cli.options import option
from tracker.cli.papers import audience, given, head_options, paper_options
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.papers.overview import Overview


@click.command("overview", cls=Command)
@click.argument("meeting", metavar="MEETING", shell_complete=complete_meetings)
@option(
    "--all-live", is_flag=True, help="The rolling log: all that is live or was closed since the meeting before."
)  # fmt: skip
@head_options
@paper_options
@click.pass_obj
def overview_command(
    session: Session, meeting: str, all_live: bool, public: bool | None,
    agenda_item: str | None, author: str | None, classification: str | None,
) -> None:  # fmt: skip
    """Make the table of actions that closes a meeting's notes.

    Action, status, owner and due date of what the meeting raised. As at the meeting's own day, or today if that is
    still to come.
    """

    def make(register: "Register", day: date) -> "Overview":
        from tracker.model.resolve import find_meeting
        from tracker.reports.papers.overview import overview

        found = find_meeting(register, meeting, today=session.today, board=session.board_key(register))
        as_of = day if session.as_of else min(day, found.ref.day)
        said = given(agenda_item, author, classification)
        return overview(register, found, as_of, audience(register, public), all_live=all_live, given=said)

    session.report(make)
