"""`tracker item`: agenda items."""

import click

from tracker.cli.ask import PHRASE, WORDS, needed
from tracker.cli.complete import complete_meetings, complete_owners
from tracker.cli.globals import Command, takes
from tracker.cli.options import Group, option
from tracker.cli.owners import owner_key
from tracker.cli.session import Session


@click.group("item", cls=Group)
def item_command() -> None:
    """Agenda items of a meeting: add."""


@item_command.command("add", cls=Command)
@click.argument("meeting", shell_complete=complete_meetings)
@click.argument("title", type=WORDS, required=False)
@option("--number", metavar="N", type=PHRASE, help="Such as 3i; the next one unless said.")
@option("--lead", metavar="OWNER", shell_complete=complete_owners, help="Who leads on it.")
@takes("records", "board", "dry_run")
@click.pass_obj
def add(session: Session, meeting: str, title: str | None, number: str | None, lead: str | None) -> None:
    """Put an item on the agenda of MEETING."""
    from tracker.model.changes.draft import Change
    from tracker.model.changes.meetings import add_item
    from tracker.model.records import Register
    from tracker.model.resolve import find_meeting

    words = needed(title, "Title", "TITLE")

    def make(register: Register) -> Change:
        found = find_meeting(register, meeting, today=session.today, board=session.board_key(register))
        return add_item(register, found, words, number, owner_key(register, lead))

    session.change(make)
