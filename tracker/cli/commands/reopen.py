"""`tracker reopen`: open again what was closed or proposed."""

from collections.abc import Sequence

import click

from tracker.cli.ask import WORDS
from tracker.cli.complete import complete_all_actions, complete_meetings
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session


@click.command("reopen", cls=Command)
@click.argument("refs", metavar="REF...", nargs=-1, required=True, shell_complete=complete_all_actions)
@option("--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting of bare numbers.")
@option("--reason", metavar="TEXT", type=WORDS, help="Why.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def reopen_command(
    session: Session, refs: Sequence[str], meeting: str | None, reason: str | None, at: str | None, date: str | None
) -> None:
    """Open discharged, withdrawn or proposed actions again.

    Their due day stays as it is.
    """
    from tracker.model.changes.progress import reopen

    session.change(
        lambda register: reopen(
            register, the_actions(session, register, refs, meeting), the_occasion(session, register, at, date), reason
        )
    )
