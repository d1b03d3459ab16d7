"""The operating system's own lock on a file. It ends with the process that holds it, however that ends."""

import errno
import os
import sys
import time
from pathlib import Path
from typing import Final, Protocol

_PAUSE: Final = 0.05
# What file systems without locks answer (some network and FUSE ones).
_NO_LOCKS: Final = frozenset({errno.ENOSYS, errno.ENOTSUP, errno.ENOLCK, errno.EINVAL})


class Busy(Exception):
    """Another process has had the lock all the while."""


class NoLocks(Exception):
    """The disk knows no locks."""


class SystemLock(Protocol):
    """A lock that is free until it is acquired."""

    def acquire(self, wait: float) -> None:
        """Take the lock; waits up to `wait` seconds. Raises Busy, NoLocks, or OSError if the file cannot be opened."""

    def release(self) -> None:
        """Give it back."""


def lock_on(file: Path, mode: int) -> SystemLock:
    """The lock on this file, which is made with these permissions if it is missing, and is never deleted."""
    return _Lock(file, mode)


if sys.platform != "win32":

    class _Flock:
        """By flock(2), which Python has; the library that Windows needs would make every change wait for its import."""

        def __init__(self, file: Path, mode: int) -> None:
            self._file = file
            self._mode = mode
            self._number = -1

        def acquire(self, wait: float) -> None:
            until = time.monotonic() + wait
            while not self._take():
                if time.monotonic() >= until:
                    raise Busy
                time.sleep(_PAUSE)

        def release(self) -> None:
            os.close(self._number)
            self._number = -1

        def _take(self) -> bool:
            """Whether the lock could be taken now."""
            import fcntl

            number = self._opened()
            try:
                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # someone may have deleted the program's folder just before: the lock on a file that is gone is none
                taken = os.fstat(number).st_nlink > 0
            except BlockingIOError:
                taken = False
            except OSError as error:
                os.close(number)
                if error.errno in _NO_LOCKS:
                    raise NoLocks from error
                raise
            if taken:
                self._number = number
            else:
                os.close(number)
            return taken

        def _opened(self) -> int:
            flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
            try:
                return os.open(self._file, flags)
            except FileNotFoundError:
                number = os.open(self._file, flags | os.O_CREAT, self._mode)
                os.fchmod(number, self._mode)  # whatever the umask is
                return number

    _Lock = _Flock

else:

    class _FileLock:
        """By the library filelock, which knows how Windows locks."""

        def __init__(self, file: Path, mode: int) -> None:
            from filelock import FileLock

            self._lock = FileLock(file, mode=mode, preserve_lock_file=True)

        def acquire(self, wait: float) -> None:
            from filelock import Timeout

            try:
                self._lock.acquire(timeout=wait)
            except Timeout as error:
                raise Busy from error
            except NotImplementedError as error:
                raise NoLocks from error

        def release(self) -> None:
            self._lock.release()

    _Lock = _FileLock
