"""`tracker redate`: a due day moves, and it is no slip."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, takes_refs, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change
    from tracker.model.records import Register


@click.command("redate", cls=Command)
@takes_refs
@option("--to", metavar="WHEN", help="The day, due words, or none for no due day.")
@option("--by", metavar="DATE", help="The day to look again, for due words that name none.")
@option("--reason", metavar="TEXT", type=WORDS, help="Why.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def redate_command(
    session: Session, refs: Sequence[str], meeting: str | None, to: str | None, by: str | None, reason: str | None,
    at: str | None, date: str | None,
) -> None:  # fmt: skip
    """Move due days for another cause than a slip.

    Because the meeting moved, or the day was mistyped. To move one because it was not done: tracker carry
    """
    from tracker.model.changes.due_days import redate

    when = needed(to, "To which day", "--to")

    def make(register: "Register") -> "Change":
        on = the_occasion(session, register, at, date)
        look_again = coming_day(session, by, on.in_hand) if by else None
        return redate(register, the_actions(session, register, refs, meeting), on, when, reason, look_again)

    session.change(make)
