"""`tracker sync`: exchange changes with colleagues."""

import os
from typing import TYPE_CHECKING

import click

from tracker.cli.globals import Command, takes
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.git.syncing import Synced


@click.command("sync", cls=Command)
@takes("records")
@click.pass_obj
def sync_command(session: Session) -> None:
    """Exchange changes with colleagues.

    Fetches theirs, unites them with yours, checks the result and pushes it. Of two actions with the same
    number the one that was not published yet gets the next free number. Where both sides changed the same
    thing in different ways nothing is changed, and it is said what and where.
    """
    from tracker.cli.changing import lock_holder, lock_patience
    from tracker.cli.screen import say_note
    from tracker.git.conflicts import Conflict
    from tracker.git.remote import TRANSPORT
    from tracker.git.syncing import sync

    transport = {name: os.environ[name] for name in TRANSPORT if name in os.environ}
    try:
        synced = sync(
            session.root, session.today, lock_holder(session),
            wait=lock_patience(), tell=say_note, transport=transport,
        )  # fmt: skip
    except Conflict as conflict:
        for line in conflict.details:
            say_note(line)
        raise
    _say_synced(synced)


def _say_synced(synced: "Synced") -> None:
    from tracker.cli.screen import say, say_note
    from tracker.model.changes.draft import counted
    from tracker.renderers.change_words import summary

    if synced.came_in or synced.went_out:
        say(f"Synced with {synced.upstream}: {counted(synced.came_in, 'change')} came in, {synced.went_out} went out.")
    else:
        say(f"Nothing came in and nothing went out: this clone and {synced.upstream} agree.")
    for sentence in synced.renumbered:
        say(f"  {sentence}")
    for direction, differences in (("In", synced.incoming), ("Out", synced.outgoing)):
        if differences:
            say(f"  {direction}: {summary(differences)}")
    if synced.edited:
        stay = "is in no commit and stays" if len(synced.edited) == 1 else "are in no commit and stay"
        say_note(f"What was edited in {counted(len(synced.edited), 'file')} {stay} here: see git status.")
