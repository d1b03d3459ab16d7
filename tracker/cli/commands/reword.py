"""`tracker reword`: another text."""

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.complete import complete_all_actions
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session


@click.command("reword", cls=Command)
@click.argument("ref", shell_complete=complete_all_actions)
@option("--text", metavar="TEXT", type=WORDS, help="What the action says from now on.")
@option("--reason", metavar="TEXT", type=WORDS, help="Why.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def reword_command(
    session: Session, ref: str, text: str | None, reason: str | None, at: str | None, date: str | None
) -> None:
    """Give an action another text. The old one stays in its history."""
    from tracker.model.changes.wording import reword

    words = needed(text, "Text", "--text")
    session.change(
        lambda register: reword(
            register, the_actions(session, register, [ref], None)[0],
            the_occasion(session, register, at, date), words, reason,
        )  # fmt: skip
    )
