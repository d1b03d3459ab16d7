"""`tracker log`: the life of a record."""

from typing import TYPE_CHECKING, Final

import click

from tracker.cli.complete import complete_records
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.references import Ref

_LATEST: Final = 50


@click.command("log", cls=Command)
@click.argument("ref", required=False, shell_complete=complete_records)
@option(
    "--limit", metavar="N", type=click.IntRange(min=1),
    help=f"So many lines at most. Of an action or a meeting all unless said, else {_LATEST}.",
)  # fmt: skip
@takes("records", "board", "format")
@click.pass_obj
def log_command(session: Session, ref: str | None, limit: int | None) -> None:
    """Show what happened to a record, and who committed it.

    REF is an action, a meeting or a board; without it, the whole register. The latest comes first. A record
    that was moved or deleted is found by its full reference.
    """
    from tracker.cli.output import put_out
    from tracker.cli.screen import say_note
    from tracker.git.history import life_of
    from tracker.git.revisions import clone_of, is_shallow
    from tracker.model.references import ActionRef, MeetingRef
    from tracker.reports.changes import log

    clone = clone_of(session.root)
    found_ref = _the_ref(session, ref or session.board)
    single = isinstance(found_ref, ActionRef | MeetingRef)
    lines = limit or (None if single else _LATEST)
    report = log(found_ref, life_of(clone, found_ref, lines), session.today, lines)
    put_out(session, report)
    if report.cut:
        say_note(f"These are the latest {lines} lines; --limit N shows more.")
    if is_shallow(clone):
        say_note("This clone holds only the later part of the history. To fetch the rest: git fetch --unshallow")


def _the_ref(session: Session, text: str | None) -> "Ref | None":
    """The record that this means; only a reference that leaves something open needs the register as it is now."""
    from tracker.model.past_references import full_reference
    from tracker.model.resolve import find_path
    from tracker.storage.places import ref_at

    if text is None:
        return None
    board = session.board.strip().lower() if session.board else None
    full = full_reference(text, today=session.today, board=board)
    if full is not None:
        return full
    return ref_at(find_path(session.load().register, text, today=session.today, board=board))
