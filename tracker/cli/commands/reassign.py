"""`tracker reassign`: other owners."""

from collections.abc import Sequence

import click

from tracker.cli.ask import WORDS, needed_some
from tracker.cli.complete import complete_owners
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, takes_refs, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.owners import must_be_owners
from tracker.cli.session import Session


@click.command("reassign", cls=Command)
@takes_refs
@option(
    "--owner", "owners", metavar="O", multiple=True, shell_complete=complete_owners,
    help="Who owes it from now on; may be repeated, the first one leads.",
)  # fmt: skip
@option("--reason", metavar="TEXT", type=WORDS, help="Why.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def reassign_command(
    session: Session, refs: Sequence[str], meeting: str | None, owners: Sequence[str], reason: str | None,
    at: str | None, date: str | None,
) -> None:  # fmt: skip
    """Give actions other owners, in place of theirs."""
    from tracker.model.changes.wording import reassign

    names = needed_some(owners, "Owner", "--owner", lambda name: must_be_owners(session, name))
    session.change(
        lambda register: reassign(
            register, the_actions(session, register, refs, meeting), the_occasion(session, register, at, date),
            names, reason,
        )  # fmt: skip
    )
