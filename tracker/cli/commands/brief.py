"""`tracker brief`: the paper that goes to a board before its meeting."""

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
    from tracker.reports.papers.brief import Brief


@click.command("brief", cls=Command)
@click.argument("meeting", metavar="MEETING", shell_complete=complete_meetings)
@option("--by", "grouping", type=click.Choice(["owner"]), help="Group each section by leading owner.")
@head_options
@paper_options
@click.pass_obj
def brief_command(
    session: Session, meeting: str, grouping: str | None, public: bool | None,
    agenda_item: str | None, author: str | None, classification: str | None,
) -> None:  # fmt: skip
    """Make the paper on actions for a meeting.

    What is overdue, due at the meeting, with the board, discharged since the last meeting, not yet due, without a
    day, and what nothing has been recorded about for a year, each with a recommendation. As at today, or the day
    before the meeting if that day has come. MEETING may be next, the board's next one.
    """

    def make(register: "Register", day: date) -> "Brief":
        from tracker.model.resolve import find_meeting
        from tracker.reports.papers.brief import brief, usual_day

        found = find_meeting(register, meeting, today=session.today, board=session.board_key(register))
        as_of = day if session.as_of else usual_day(found, day)
        said = given(agenda_item, author, classification)
        return brief(register, found, as_of, audience(register, public), by_owner=grouping == "owner", given=said)

    session.report(make)
