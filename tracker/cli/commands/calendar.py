"""`tracker calendar`: meetings and due days for calendar programs."""

import sys
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_owners
from tracker.cli.globals import Command
from tracker.cli.options import option
from tracker.cli.papers import audience, paper_options
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.papers.calendar import Calendar

_PIPED = "ics"


@click.command("calendar", cls=Command)
@option("--owner", metavar="O", shell_complete=complete_owners, help="Only due days of this owner.")
@option("--meetings-only", is_flag=True, help="Leave out the due days.")
@option("--due-only", is_flag=True, help="Leave out the meetings.")
@paper_options
@click.pass_context
def calendar_command(
    ctx: click.Context, owner: str | None, meetings_only: bool, due_only: bool, public: bool | None
) -> None:
    """Show when boards meet and when actions are due.

    In a pipe or with --out FILE.ics it is a file that calendar programs subscribe to or import; doing so again
    brings nothing in twice.
    """
    session: Session = ctx.obj
    if meetings_only and (due_only or owner):
        ctx.fail("--meetings-only leaves out the due days; it does not go with --due-only or --owner.")
    if session.format is None and session.out in (None, "-") and not sys.stdout.isatty():
        session.format = _PIPED

    def make(register: "Register", day: date) -> "Calendar":
        from tracker.cli.owners import owner_key
        from tracker.reports.papers.calendar import Asked, calendar

        board = session.board_key(register)
        asked = Asked(board, owner_key(register, owner), not due_only, not meetings_only)
        return calendar(register, day, audience(register, public), asked)

    session.report(make)
