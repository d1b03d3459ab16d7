"""`tracker diff`: what changed in the register, in words."""

from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_meetings
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from datetime import date

    from tracker.git.revisions import Clone, Range


@click.command("diff", cls=Command)
@click.argument("revisions", metavar="[BASE[..HEAD]|BASE...HEAD]", required=False)
@option(
    "--since", metavar="MEETING|DAY", shell_complete=complete_meetings, help="From the last commit before that day."
)
@takes("records", "board", "format")
@click.pass_obj
def diff_command(session: Session, revisions: str | None, since: str | None) -> None:
    """Say what changed in the register.

    From the last commit to the files as they are now; with BASE, from that commit; with BASE..HEAD, between
    two; with BASE...HEAD, from where the two parted. A one-line summary first, what must not be overlooked in
    capitals. --format markdown is fit for the comment of a pull request.
    """
    from tracker.cli.output import put_out
    from tracker.cli.reporting import say_unfinished
    from tracker.git.comparing import changed_records
    from tracker.git.revisions import clone_of
    from tracker.model.differences import compare
    from tracker.reports.changes import changes

    if revisions is not None and since is not None:
        raise click.UsageError("Say either revisions or --since.", click.get_current_context())
    clone = clone_of(session.root)
    compared = _compared(session, clone, revisions, since)
    differences = compare(changed_records(clone, compared))
    put_out(session, changes(compared, differences, _board_key(session)))
    say_unfinished(session)


def _compared(session: Session, clone: "Clone", revisions: str | None, since: str | None) -> "Range":
    from tracker.cli.screen import say_note
    from tracker.git.revisions import Range, find_range, last_before
    from tracker.model.dates import long_day

    if since is None:
        return find_range(clone, revisions)
    day = _since(session, since)
    base = last_before(clone, day)
    say_note(f"Since {long_day(day)}: from commit {base.short} of {long_day(base.day)}, the last one before that day.")
    return Range(base, None)


def _since(session: Session, text: str) -> "date":
    """The day, or the day of the meeting, that was said."""
    from tracker.errors import NotUnderstood
    from tracker.model.said import Day
    from tracker.model.resolve import find_meeting
    from tracker.model.when import read_when

    try:
        when = read_when(text, base=session.today, lean="past")
    except NotUnderstood as error:
        return _meeting_day(session, text, error)
    if isinstance(when, Day):
        return when.day
    register = session.load().register
    return find_meeting(register, text, today=session.today, board=session.board_key(register)).ref.day


def _meeting_day(session: Session, text: str, no_day: Exception) -> "date":
    """The day of the meeting of this reference. What is no reference either gets the error about days."""
    from tracker.errors import NotUnderstood
    from tracker.model.past_references import full_reference
    from tracker.model.references import MeetingRef
    from tracker.model.resolve import find_meeting

    register = session.load().register
    board = session.board_key(register)
    full = full_reference(text, today=session.today, board=board)
    if isinstance(full, MeetingRef):
        return full.day
    try:
        return find_meeting(register, text, today=session.today, board=board).ref.day
    except NotUnderstood:
        raise no_day from None


def _board_key(session: Session) -> str | None:
    """The key that `--board` names, also of a board that is no longer there."""
    from tracker.errors import NotUnderstood
    from tracker.model.quoting import quoted
    from tracker.model.references import is_board_key

    if session.board is None:
        return None
    key = session.board.strip().lower()
    if not is_board_key(key):
        raise NotUnderstood(f"{quoted(session.board)} is no board. A board is like PDB.")
    return key
