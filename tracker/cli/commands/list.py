"""`tracker list`: the live actions, or those that were asked for."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_meetings, complete_owners, complete_tags
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.owners import owner_key
from tracker.cli.parsing import StatusType
from tracker.cli.session import Session
from tracker.model.records import LIVE, STATUSES

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.listing import ActionList


@click.command("list", cls=Command)
@option("--owner", metavar="O", shell_complete=complete_owners, help="Owed by, alone or with others.")
@option(
    "--status", "statuses", type=StatusType([*STATUSES, "all"]), multiple=True,
    help="May be repeated; what is live unless said.",
)  # fmt: skip
@option("--meeting", metavar="REF", shell_complete=complete_meetings, help="Raised at.")
@option("--item", metavar="N", help="Raised under this agenda item.")
@option("--tag", metavar="T", shell_complete=complete_tags, help="With this tag.")
@option("--due-by", metavar="DATE", help="Due on this day or before.")
@option("--no-due", is_flag=True, help="Without a due day.")
@option("--text", metavar="WORDS", help="With these words in text or tags.")
@takes("records", "board", "as_of", "format", "rev")
@click.pass_obj
def list_command(
    session: Session, owner: str | None, statuses: tuple[str, ...], meeting: str | None, item: str | None,
    tag: str | None, due_by: str | None, no_due: bool, text: str | None,
) -> None:  # fmt: skip
    """List actions by due day.

    Lists what is live, unless --status says otherwise.
    """
    wanted_statuses = LIVE if not statuses else frozenset(STATUSES if "all" in statuses else statuses)

    def make(register: "Register", day: date) -> "ActionList":
        from tracker.model.resolve import find_meeting
        from tracker.reports.listing import Wanted, list_actions

        board = session.board_key(register)
        wanted = Wanted(
            board=board,
            meeting=find_meeting(register, meeting, today=session.today, board=board).ref if meeting else None,
            owner=owner_key(register, owner),
            tag=tag,
            item=item,
            due_by=coming_day(session, due_by) if due_by else None,
            text=text,
            no_due=no_due,
            statuses=wanted_statuses,
        )
        return list_actions(register, day, wanted)

    session.report(make)
