"""Seeing which folders are as the index has them: one look at every file of the register."""

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Final

from tracker.storage.index.database import Row
from tracker.storage.index.signature import signature_now

# Below so many folders a second process takes longer to start than it saves.
_WORTH_A_PROCESS = 300
# Folders that the second process looks at before it tells what it saw.
_STEP: Final = 32


def stands(root: str, row: Row) -> bool:
    """Whether the folder and its records on the disk are the very ones that were read."""
    try:
        return signature_now(f"{root}/{row.path}", row.record_names) == row.signature
    except OSError:
        return False


class Looking:
    """Looks at the folders of these rows, one after the other as they are asked for.

    Of many folders another process of this program looks at the last ones meanwhile, from the end, where the
    machine can do two things at once; the disk's own tables are all that both need. They meet where they meet:
    this one waits for nothing, and what the other has not told is looked at here. Close it when done.
    """

    def __init__(self, root: str, rows: Sequence[Row]) -> None:
        self._root = root
        self._rows = rows
        # a byte for each of the last rows, from the end: 1 if it stands
        self._told = bytearray()
        self._helper, self._pipe = _helper(root, rows) if _is_worth_it(rows) else (0, -1)

    def __iter__(self) -> Iterator[bool]:
        """Whether each row stands, in order."""
        last = len(self._rows) - 1
        for place, row in enumerate(self._rows):
            if place % _STEP == 0:
                self._listen()
            known = last - place < len(self._told)
            yield self._told[last - place] == 1 if known else stands(self._root, row)
        self.close()

    def close(self) -> None:
        """End the other process."""
        if self._helper:
            os.close(self._pipe)
            os.kill(self._helper, signal.SIGKILL)
            os.waitpid(self._helper, 0)
            self._helper = 0

    def _listen(self) -> None:
        """Take what the other process has told by now."""
        if self._helper:
            with suppress(BlockingIOError):
                self._told += os.read(self._pipe, len(self._rows))


def _helper(root: str, rows: Sequence[Row]) -> tuple[int, int]:
    """A process that looks at the rows from the end, and where it tells; 0 where none may be had."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        child = os.fork()
    except OSError:  # no more processes allowed
        child = -1
    if child == 0:
        try:
            _tell(root, rows, writer)
        finally:
            os._exit(0)
    os.close(writer)
    if child == -1:
        os.close(reader)
        return 0, -1
    return child, reader


def _tell(root: str, rows: Sequence[Row], pipe: int) -> None:
    for end in range(len(rows), 0, -_STEP):
        os.write(pipe, bytes(stands(root, row) for row in reversed(rows[max(0, end - _STEP) : end])))


def _is_worth_it(rows: Sequence[Row]) -> bool:
    return len(rows) >= _WORTH_A_PROCESS and hasattr(os, "fork") and _processors() > 1


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
