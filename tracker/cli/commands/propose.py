"""`tracker propose`: the owner says that it is done."""

from collections.abc import Sequence

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, takes_refs, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.parsing import ROUTE
from tracker.cli.session import Session
from tracker.model.records import Route


@click.command("propose", cls=Command)
@takes_refs
@option("--outcome", metavar="TEXT", type=WORDS, help="What was done.")
@option("--route", metavar="R", type=ROUTE, help="How it reached the board: paper, out, bau …")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def propose_command(
    session: Session, refs: Sequence[str], meeting: str | None, outcome: str | None, route: Route | None,
    at: str | None, date: str | None,
) -> None:  # fmt: skip
    """Record that the owner says it is done.

    It is with the board then, which has not agreed yet, and no longer overdue.
    """
    from tracker.model.changes.progress import propose

    words = needed(outcome, "Outcome", "--outcome")
    session.change(
        lambda register: propose(
            register, the_actions(session, register, refs, meeting),
            the_occasion(session, register, at, date), words, route,
        )  # fmt: skip
    )
