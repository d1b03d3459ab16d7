"""Making a change from the command line, and saying what now holds."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from tracker.cli.progress import watched_rows
from tracker.cli.screen import OutputLost, say, say_error, say_note
from tracker.errors import NotUnderstood
from tracker.model.changes.draft import Change
from tracker.model.records import Register
from tracker.storage.keeping import CommitOutcome, NotCommitted
from tracker.storage.lock import Holder
from tracker.storage.saving import Write
from tracker.storage.store import apply, plan

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.git.committing import Committer

_PATIENCE: Final = 30.0
_NOT_COMMITTED: Final = 3
_NAMED: Final = 3


def change_register(
    session: "Session", make: Callable[[Register], Change], drafts: Mapping[str, bytes] | None = None
) -> None:
    """Make the change and say its sentence; with `--dry-run`, show it as a diff and write nothing.

    Leaves with status 3 after saying the sentence if the change is saved but could not be committed.
    """
    if session.dry_run:
        from tracker.cli.reporting import say_unfinished

        planned = plan(session.root, make, drafts, watch=watched_rows("Reading"))
        say_note("Nothing is changed; this is what would be.")
        say_change(planned.change)
        show_writes(planned.writes)
        _say_left_out(planned.left_out)
        say_unfinished(session)
        return
    keeper = committer(session, session.root)

    def tell(recovered: str) -> None:
        say_note(recovered + (" It is in no commit yet: see git status." if keeper else ""))

    done = apply(
        session.root, make, lock_holder(session), wait=lock_patience(), tell=tell, drafts=drafts, keeper=keeper,
        watch=watched_rows("Reading"),
    )  # fmt: skip
    try:
        say_change(done.change)
    except OutputLost as lost:
        raise OutputLost(f"{lost}. The change has been made all the same") from lost
    _say_left_out(done.left_out)
    leave_unless_committed(done.outcome)


def committer(session: "Session", root: Path) -> "Committer | None":
    """Who commits the changes of this register; None with `--no-commit` or where it lies in no work tree of git."""
    if session.no_commit:
        return None
    from tracker.git.committing import committer_for

    return committer_for(root, wanted=True)


def leave_unless_committed(outcome: CommitOutcome | None) -> None:
    """Say why a change could not be committed, and leave with status 3: the records are saved."""
    if isinstance(outcome, NotCommitted):
        say_error(outcome.sentence)
        click.get_current_context().exit(_NOT_COMMITTED)


def say_change(change: Change) -> None:
    """The sentence of a change, its details below it, and beside the result what only the person needs to know."""
    say(change.sentence)
    for detail in change.details:
        say(f"  {detail}")
    for note in change.notes:
        say_note(note)


def _say_left_out(paths: Sequence[str]) -> None:
    """Name what could not be read: a change of all that is due at a meeting has passed it over."""
    if paths:
        more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
        say_note(f"Left out, because it cannot be read: {', '.join(paths[:_NAMED])}{more}. To see why: tracker check")


def show_writes(writes: tuple[Write, ...]) -> None:
    """What the writes would change, as a diff."""
    from difflib import unified_diff

    for write in writes:
        before, after = ((text or b"").decode("utf-8", "replace").splitlines() for text in (write.before, write.after))
        old = write.path if write.before is not None else "/dev/null"
        new = write.path if write.after is not None else "/dev/null"
        for line in unified_diff(before, after, old, new, lineterm=""):
            say(line)


def lock_holder(session: "Session") -> Holder:
    """Who makes this change, for a colleague whose command has to wait for it."""
    command = click.get_current_context().command_path
    return Holder(_user(), _host(), os.getpid(), session.now.moment, command)


def _user() -> str:
    said = next((name for key in ("LOGNAME", "USER", "USERNAME") if (name := os.environ.get(key))), None)
    if said:
        return said
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        return "someone"


def _host() -> str:
    if sys.platform != "win32":
        return os.uname().nodename
    import socket

    return socket.gethostname()


def lock_patience() -> float:
    """How many seconds to wait for another command: `TRACKER_LOCK_WAIT`, else half a minute."""
    said = os.environ.get("TRACKER_LOCK_WAIT")
    if not said:
        return _PATIENCE
    try:
        return max(0.0, float(said))
    except ValueError:
        raise NotUnderstood(f"TRACKER_LOCK_WAIT says “{said}”; it must be a number of seconds.") from None
