"""Saving records so that nothing is lost: all files of a change or none, whatever happens meanwhile.

Every command that changes something takes the lock, calls `recover`, reads, and calls `save` once. The
files are moved into place whole, so a reader, a killed process or a power cut finds each record old
or new. Changes of several files go through the journal.
"""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.storage import atomic, journal
from tracker.storage.atomic import CannotSave, ChangedMeanwhile
from tracker.storage.journal import Blocked, Journal, Write
from tracker.storage.own_folder import OWN_FOLDER, Place, is_waiting

__all__ = ["Write", "recover", "save", "unfinished"]

_SHOWN: Final = 5
_PAUSE: Final = 0.05


def save(root: Path, writes: Sequence[Write]) -> None:
    """Do all the writes or none of them. Only under the lock, after `recover`.

    New files get the usual permissions, changed ones keep theirs. Raises ChangedMeanwhile if a file no
    longer holds its `before`, CannotRead if a path does not lead to a plain file of the register,
    CannotSave if the disk or a permission does not allow it: whatever is raised, no file has changed
    unless the sentence says otherwise.
    """
    _check_paths(root, writes)
    checked = [(write, _check(root, write)) for write in writes]
    changes = [(write, mode) for write, mode in checked if write.before != write.after]
    if not changes:
        return
    try:
        if len(changes) == 1 and _needs_no_journal(root, changes[0][0]):
            _save_one(root, *changes[0])
        else:
            _save_together(journal.begin(root, changes))
    except OSError as error:
        raise CannotSave(f"Nothing was changed: {atomic.reason(error)}") from error


def recover(root: Path) -> str | None:
    """Complete or take back what an earlier command left half done; the sentence that says so, or None.

    Only under the lock. Raises CannotSave if neither can be done; nothing else may then be changed.
    """
    try:
        found = journal.find(root)
        sentence = _settle(found) if found else None
        atomic.sweep(root)
    except OSError as error:
        raise CannotSave(
            f"A change that was cut off earlier waits to be completed, which was not possible: {atomic.reason(error)}"
        ) from error
    return sentence


def unfinished(root: Place, patience: float = 2.0) -> str | None:
    """The sentence for a reading command if a cut-off change waits in the register, else None.

    Changes nothing. A change that a running command is making right now is not cut off: this waits up
    to `patience` seconds until it is made.
    """
    if not is_waiting(root):
        return None
    import time

    from tracker.storage.lock import is_held

    root = Path(root)
    while is_held(root) and patience > 0:
        time.sleep(_PAUSE)
        patience -= _PAUSE
    if not is_waiting(root) or is_held(root):
        return None
    return (
        "A change was cut off half-way, so some records may be shown as they were before it. "
        "The next command that changes something completes it or takes it back."
    )


def _check_paths(root: Path, writes: Sequence[Write]) -> None:
    if len({write.path for write in writes}) < len(writes):
        raise ValueError("a change names each file once")
    if is_waiting(root):
        raise CannotSave("Nothing was changed, because an earlier change was cut off. Run the command again.")


def _check(root: Path, write: Write) -> int | None:
    """See that the file still holds `before`; its permissions, or None if there is no file."""
    file = atomic.locate(root, write.path)
    try:
        found = atomic.read(root, write.path)
    except OSError as error:
        raise CannotSave(f"Nothing was changed: {atomic.reason(error)}") from error
    if (found.content if found else None) != write.before:
        raise _changed(write.path)
    if found and not os.access(file, os.W_OK):
        raise CannotSave(f"{file} is read-only, so nothing was changed. Allow writing to it and run the command again.")
    return found.mode if found else None


def _changed(path: str, rest: str = "nothing was changed") -> ChangedMeanwhile:
    return ChangedMeanwhile(
        f"{path} was changed by someone else while this command ran; {rest}. Run the command again."
    )


def _needs_no_journal(root: Path, write: Write) -> bool:
    """Whether one move does it all: no folder comes or goes with the file."""
    return write.after is not None and (root / write.path).parent.is_dir()


def _save_one(root: Path, write: Write, mode: int | None) -> None:
    file = root / write.path
    temp = atomic.temp_name(atomic.own_folder(root))
    try:
        atomic.write_new(temp, write.after or b"", mode)
        _check(root, write)
        atomic.move(temp, file)
        atomic.sync_folder(file.parent)
    except BaseException:
        # While the temp file is still there, it has not been moved into place.
        if os.path.lexists(temp):
            atomic.discard(temp)
        else:
            _put_back_one(root, write, mode)
        raise


def _put_back_one(root: Path, write: Write, mode: int | None) -> None:
    file = root / write.path
    try:
        found = atomic.read(root, write.path)
        if found is None or found.content != write.after:
            return
        if write.before is None:
            atomic.remove(file)
        else:
            temp = atomic.temp_name(root / OWN_FOLDER)
            atomic.write_new(temp, write.before, mode)
            atomic.move(temp, file)
    except OSError as error:
        raise CannotSave(f"{file} was changed, but the disk may not keep that: {atomic.reason(error)}") from error


def _save_together(change: Journal) -> None:
    try:
        journal.complete(change)
    except Blocked as blocked:
        _undo(change)
        raise _changed(blocked.path) from blocked
    except BaseException:
        _undo(change)
        raise


def _undo(change: Journal) -> None:
    """Take back a change that failed; names what someone has edited since."""
    try:
        left = journal.take_back(change) if is_waiting(change.root) else ()
    except OSError as error:
        raise CannotSave(
            "The change could be made only in part; the next command that changes something completes it or takes "
            f"it back: {atomic.reason(error)}"
        ) from error
    if left:
        raise _changed(_listed(left), "it was left alone and everything else is as it was")


def _settle(change: Journal) -> str:
    if not change.going_back:
        with suppress(Blocked, OSError):
            journal.complete(change)
            return f"A change that had been cut off half-way was completed first: {_listed(change.paths)}."
    left = journal.take_back(change)
    sentence = f"A change that had been cut off half-way was taken back first: {_listed(change.paths)}."
    if left:
        sentence += f" Look at {_listed(left)}: edited since by someone else, and left alone."
    return sentence


def _listed(paths: Sequence[str]) -> str:
    more = len(paths) - _SHOWN
    return ", ".join(paths[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
