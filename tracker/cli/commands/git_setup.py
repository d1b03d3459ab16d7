"""`tracker git-setup`: prepare this clone for merging records and for checking them before a commit."""

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.screen import say, say_note
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.git.setup import Service


@click.command("git-setup", cls=Command)
@option(
    "--ci", "service", type=click.Choice(["github", "gitlab"]), help="Write the workflow for pull requests too."
)
@takes("records")
@click.pass_obj
def git_setup_command(session: Session, service: "Service | None") -> None:
    """Set up this clone of the register.

    Git then merges records field by field and checks them before a commit. Says what it did or found;
    nothing that is there is overwritten, and to type it again does no harm.
    """
    from tracker.git.setup import place_of, set_up, set_up_checks, undoing

    place = place_of(session.root, sys.executable)
    for sentence in set_up(place):
        say(sentence)
    for sentence in set_up_checks(place, service) if service else ():
        say(sentence)
    say_note("To take it back:")
    for line in undoing(place):
        say_note(f"  {line}")
