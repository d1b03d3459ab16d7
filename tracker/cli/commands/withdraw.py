"""`tracker withdraw`: close actions that will not be done."""

from collections.abc import Sequence

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, takes_refs, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session


@click.command("withdraw", cls=Command)
@takes_refs
@option("--reason", metavar="TEXT", type=WORDS, help="Why: superseded, overtaken by events …")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def withdraw_command(
    session: Session, refs: Sequence[str], meeting: str | None, reason: str | None, at: str | None, date: str | None
) -> None:
    """Close actions without their being done."""
    from tracker.model.changes.progress import withdraw

    words = needed(reason, "Reason", "--reason")
    session.change(
        lambda register: withdraw(
            register, the_actions(session, register, refs, meeting), the_occasion(session, register, at, date), words
        )
    )
