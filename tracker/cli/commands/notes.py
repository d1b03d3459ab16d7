"""`tracker notes`: the frame of a meeting's notes."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_meetings
from tracker.cli.globals import Command
from tracker.cli.papers import audience, given, head_options, paper_options
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.papers.notes import Notes


@click.command("notes", cls=Command)
@click.argument("meeting", shell_complete=complete_meetings)
@head_options
@paper_options
@click.pass_obj
def notes_command(
    session: Session,
    meeting: str,
    public: bool | None,
    agenda_item: str | None,
    author: str | None,
    classification: str | None,
) -> None:
    """Make the frame of a meeting's notes.

    Who attended, what became of earlier actions, each item with the actions raised under it, the overview of
    actions and the date of the next meeting. As at the meeting's own day, or today if that is still to come.
    """

    def make(register: "Register", day: date) -> "Notes":
        from tracker.model.resolve import find_meeting
        from tracker.reports.papers.notes import notes

        found = find_meeting(register, meeting, today=session.today, board=session.board_key(register))
        as_of = day if session.as_of else min(day, found.ref.day)
        return notes(register, found, as_of, audience(register, public), given(agenda_item, author, classification))

    session.report(make)
