"""`tracker correct`: mend published words."""

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.complete import complete_all_actions
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.parsing import ROUTE
from tracker.cli.session import Session
from tracker.model.records import Route


@click.command("correct", cls=Command)
@click.argument("ref", shell_complete=complete_all_actions)
@option("--outcome", metavar="TEXT", type=WORDS, help="The words as they should be.")
@option("--route", metavar="R", type=ROUTE, help="The route as it should be.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def correct_command(
    session: Session, ref: str, outcome: str | None, route: Route | None, at: str | None, date: str | None
) -> None:
    """Mend the words of the last outcome or update.

    What was recorded stays in the history; papers print the mended words.
    """
    from tracker.model.changes.progress import correct

    words = needed(outcome, "The words as they should be", "--outcome")
    session.change(
        lambda register: correct(
            register, the_actions(session, register, [ref], None)[0],
            the_occasion(session, register, at, date), words, route,
        )  # fmt: skip
    )
