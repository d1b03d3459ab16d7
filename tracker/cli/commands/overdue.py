"""`tracker overdue`: the report before a meeting."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_owners
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.listing import OverdueReport

SOMETHING_IS_OVERDUE = 4


@click.command("overdue", cls=Command)
@option("--owner", metavar="O", shell_complete=complete_owners, help="Owed by, alone or with others.")
@option("--by", "grouping", type=click.Choice(["owner"]), help="Group by leading owner.")
@option("--exit-code", is_flag=True, help=f"Exit with {SOMETHING_IS_OVERDUE} if something is overdue.")
@takes("records", "board", "as_of", "format", "rev")
@click.pass_context
def overdue_command(ctx: click.Context, owner: str | None, grouping: str | None, exit_code: bool) -> None:
    """Report what is overdue, before a meeting.

    By how many days, how often it was carried forward, and the latest word on it; longest overdue first.
    """
    session: Session = ctx.obj

    def make(register: "Register", day: date) -> "OverdueReport":
        from tracker.cli.owners import owner_key
        from tracker.reports.listing import overdue

        board = session.board_key(register)
        return overdue(register, day, board, owner_key(register, owner), by_owner=grouping == "owner")

    report = session.report(make)
    if exit_code and report.rows:
        ctx.exit(SOMETHING_IS_OVERDUE)
