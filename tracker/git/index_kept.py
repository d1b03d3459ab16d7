"""Git's index, put back as it was when a commit fails that had to add something to it first.

The rules of git's own lock are kept: who makes `index.lock` may replace the index, nobody else. So
whatever another git command stages meanwhile is not lost.
"""

import os
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.git.door import Git, GitFailed, joined

_PATIENCE: Final = 3.0
_PAUSE: Final = 0.05


class IndexKept:
    """The index of a clone as it is now. `added` is called once the program has added to it."""

    def __init__(self, folder: Path) -> None:
        self._index = folder / "index"
        self._before, self._status = _read(self._index)
        self._with_additions = self._before

    def added(self) -> None:
        """What the index holds now is what it held before and the program's own additions."""
        self._with_additions, _ = _read(self._index)

    def restore(self, git: Git, paths: Sequence[str]) -> None:
        """Put it back byte for byte; if someone has staged something since, only take these paths out again."""
        with suppress(OSError):
            if self._put_back():
                return
        with suppress(GitFailed):
            git.write("update-index", "--force-remove", "-z", "--stdin", stdin=joined(paths))

    def _put_back(self) -> bool:
        """Whether the index is now as it was."""
        lock = self._index.with_name("index.lock")
        number = _locked(lock)
        try:
            with open(number, "wb") as file:
                now, _ = _read(self._index)
                if now != self._with_additions:
                    return now == self._before
                file.write(self._before or b"")
            self._replace(lock)
            return True
        finally:
            with suppress(FileNotFoundError):
                os.unlink(lock)

    def _replace(self, lock: Path) -> None:
        if self._status is None:
            with suppress(FileNotFoundError):
                os.unlink(self._index)
            return
        os.chmod(lock, stat.S_IMODE(self._status.st_mode))
        # Git takes a file that is older than the index for unchanged if its size fits: the index must not grow younger.
        os.utime(lock, ns=(self._status.st_atime_ns, self._status.st_mtime_ns))
        os.replace(lock, self._index)


def _locked(lock: Path) -> int:
    begun = time.monotonic()
    while True:
        try:
            return os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            if time.monotonic() - begun > _PATIENCE:
                raise
            time.sleep(_PAUSE)


def _read(index: Path) -> tuple[bytes | None, os.stat_result | None]:
    try:
        with open(index, "rb") as file:
            return file.read(), os.fstat(file.fileno())
    except FileNotFoundError:
        return None, None
