"""Git's index, put back as it was when a commit fails that had to add something to it first.

The rules of git's own lock are kept: who makes `index.lock` may replace the index, nobody else. So
whatever another git command stages meanwhile is not lost.
"""

import os
import shutil
import stat
import time
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Final, Self

from tracker.git.door import Git, GitFailed, joined

_PATIENCE: Final = 3.0
_PAUSE: Final = 0.05
# Which file this is, and which state of it: a replaced index is another file.
_Mark = tuple[int, int, int, int]


class IndexKept:
    """The index of a clone as it is now. `added` is called once the program has added to it.

    Git replaces its index and never writes into it, so the one that was opened stays what it was, however large.
    """

    def __init__(self, folder: Path) -> None:
        self._index = folder / "index"
        self._before, self._status = _opened(self._index)
        self._mark = self._with_additions = _mark(self._status)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._before:
            self._before.close()

    def added(self) -> None:
        """What the index holds now is what it held before and the program's own additions."""
        self._with_additions = self._mark_now()

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
                now = self._mark_now()
                if now == self._mark or now != self._with_additions:
                    return now == self._mark
                if self._before:
                    shutil.copyfileobj(self._before, file)
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

    def _mark_now(self) -> _Mark | None:
        with suppress(FileNotFoundError):
            return _mark(os.stat(self._index))
        return None


def _locked(lock: Path) -> int:
    begun = time.monotonic()
    while True:
        try:
            return os.open(lock, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
        except FileExistsError:
            if time.monotonic() - begun > _PATIENCE:
                raise
            time.sleep(_PAUSE)


def _opened(index: Path) -> tuple[IO[bytes] | None, os.stat_result | None]:
    try:
        file = open(index, "rb")
    except FileNotFoundError:
        return None, None
    status = os.fstat(file.fileno())
    if os.name != "nt":
        return file, status
    # there nobody can replace a file that is open
    with file:
        return BytesIO(file.read()), status


def _mark(status: os.stat_result | None) -> _Mark | None:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns) if status else None
