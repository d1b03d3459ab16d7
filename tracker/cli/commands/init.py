"""`tracker init`: make a register."""

from pathlib import Path

import click

from tracker.cli.ask import PHRASE
from tracker.cli.globals import Command, takes
from tracker.cli.options import FILE_NAME, option
from tracker.cli.screen import say, say_note
from tracker.cli.session import Session


@click.command("init", cls=Command)
@click.argument("directory", metavar="[DIR]", default="records", type=FILE_NAME)
@option("--title", metavar="T", type=PHRASE, default="Register of actions", help="Whose register it is.")
@takes("no_commit")
@click.pass_obj
def init_command(session: Session, directory: str, title: str) -> None:
    """Make a register.

    In DIR, or in a folder records here. Nothing that is there is overwritten.
    """
    from tracker.cli.changing import committer, leave_unless_committed, lock_holder, lock_patience
    from tracker.storage.initialising import make_register

    keeper = committer(session, Path(directory))
    made = make_register(Path(directory), title, lock_holder(session), lock_patience(), keeper)
    say(f"Made a register in {made.root}.")
    say_note("Next, say who owes actions and which board meets:")
    say_note("  tracker owner add KEY --name NAME")
    say_note("  tracker board add KEY --title TITLE")
    leave_unless_committed(made.outcome)
