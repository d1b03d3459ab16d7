"""`tracker undo`: take back the last change."""

import click

from tracker.cli.globals import Command, takes
from tracker.cli.session import Session


@click.command("undo", cls=Command)
@takes("records", "dry_run")
@click.pass_obj
def undo_command(session: Session) -> None:
    """Take back the last change that tracker committed.

    By a new commit, so both stay on record; to take back an undo makes the change again. Refused, with the
    reason, where later work builds on the change.
    """
    from tracker.cli.changing import leave_unless_committed, lock_holder, lock_patience, say_change, show_writes
    from tracker.cli.screen import say_note
    from tracker.git.undoing import plan_undo, undo

    if session.dry_run:
        planned = plan_undo(session.root, session.today)
        say_note("Nothing is changed; this is what would be.")
        say_change(planned.change._replace(notes=()))
        show_writes(planned.writes)
        return
    done, outcome = undo(
        session.root, session.today, lock_holder(session),
        wait=lock_patience(), tell=say_note, commit=not session.no_commit,
    )  # fmt: skip
    say_change(done.change)
    leave_unless_committed(outcome)
