"""`tracker update`: record progress."""

from collections.abc import Sequence

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, takes_refs, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session


@click.command("update", cls=Command)
@takes_refs
@option("--note", metavar="NOTE", type=WORDS, help="What is new; - reads it from standard input.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def update_command(
    session: Session, refs: Sequence[str], meeting: str | None, note: str | None, at: str | None, date: str | None
) -> None:
    """Record progress on actions."""
    from tracker.model.changes.progress import update

    words = needed(note, "Progress", "--note")
    session.change(
        lambda register: update(
            register, the_actions(session, register, refs, meeting), the_occasion(session, register, at, date), words
        )
    )
