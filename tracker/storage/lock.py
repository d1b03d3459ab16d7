"""One command at a time may change a register.

The lock is the operating system's own, on `.tracker/lock`, a file that is never deleted: whoever deletes
the file of a lock lets two in at once. The system frees the lock of a process that dies. Who holds it
stands in a file beside it, because Windows lets nobody read a locked file.
"""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import TrackerError
from tracker.storage import atomic
from tracker.storage.atomic import CannotSave
from tracker.storage.own_folder import OWN_FOLDER
from tracker.storage.system_lock import Busy, NoLocks, SystemLock, lock_on

_LOCK: Final = "lock"
_HOLDER: Final = "lock-holder"
_LARGEST: Final = 4096


class Holder(NamedTuple):
    """Who holds the lock, in words for a colleague who waits: `since` such as `10:32 on 25 Feb 2026`."""

    user: str
    host: str
    process: int
    since: str
    command: str

    def __str__(self) -> str:
        return f"{self.user} on {self.host} ({self.command}, process {self.process}, since {self.since})"


class Locked(TrackerError):
    """Another command holds the lock; nothing was changed."""


@contextmanager
def locked(root: Path, holder: Holder, *, wait: float) -> Iterator[None]:
    """Hold the register's lock, and say that `holder` does; waits up to `wait` seconds for it.

    Raises Locked if another process keeps it for longer, CannotSave if the register cannot be written to.
    """
    lock = _prepared(root)
    _acquire(lock, root, wait)
    note = root / OWN_FOLDER / _HOLDER
    try:
        _write_holder(note, holder)
        yield
    finally:
        with suppress(OSError):
            os.unlink(note)
        lock.release()


def is_held(root: Path) -> bool:
    """Whether a running process holds the lock. Changes nothing, and waits for nothing.

    Where the lock may not be opened (a register that can only be read) nobody is taken to hold it.
    """
    if not (root / OWN_FOLDER / _LOCK).is_file():
        return False
    lock = _lock(root)
    try:
        lock.acquire(0)
    except Busy:
        return True
    except (OSError, NoLocks):
        return False
    lock.release()
    return False


def _prepared(root: Path) -> SystemLock:
    try:
        atomic.own_folder(root)
        return _lock(root)
    except OSError as error:
        raise CannotSave(f"Nothing was changed: {atomic.reason(error)}") from error


def _lock(root: Path) -> SystemLock:
    # Colleagues who may write the register together need to share the lock as well. A lock that not even its
    # owner may write is refused as a misuse, though the register may be read-only for good reasons.
    mode = stat.S_IMODE(os.stat(root).st_mode) & 0o666 | 0o600
    return lock_on(root / OWN_FOLDER / _LOCK, mode)


def _acquire(lock: SystemLock, root: Path, wait: float) -> None:
    begun = time.monotonic()
    try:
        lock.acquire(max(wait, 0))
    except Busy as error:
        raise _in_use(root, time.monotonic() - begun) from error
    except OSError as error:
        raise CannotSave(f"Nothing was changed: {atomic.reason(error)}") from error
    except NoLocks as error:
        raise CannotSave(
            f"The disk that holds {root} knows no locks, so nothing was changed. Move the register onto one that does."
        ) from error


def _in_use(root: Path, waited: float) -> Locked:
    holder = _read_holder(root)
    who = str(holder) if holder else "another tracker command"
    unit = "second" if round(waited) == 1 else "seconds"
    return Locked(
        f"The register is in use by {who}; this command waited {waited:.0f} {unit} and changed nothing. "
        "Run it again when that one has ended: a command that dies leaves no lock behind."
    )


def _write_holder(note: Path, holder: Holder) -> None:
    # It only informs: no command fails because this cannot be written.
    with suppress(OSError):
        with suppress(FileNotFoundError):
            os.unlink(note)
        said = "\n".join(" ".join(str(field).split()) for field in holder)
        atomic.write_new(note, said.encode(errors="replace"), lasting=False)


def _read_holder(root: Path) -> Holder | None:
    try:
        found = atomic.read(root / OWN_FOLDER, _HOLDER, _LARGEST)
        user, host, process, since, command = (found.content if found else b"").decode().split("\n")
        return Holder(user, host, int(process), since, command)
    except (OSError, ValueError, atomic.CannotRead):
        return None
