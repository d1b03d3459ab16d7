"""A second process of this program that looks at the files of a large register while the first one does the rest.

It begins before the first one has even read the index, and looks first at the shelves that the index took in
last, mostly the latest years; the first one begins with the earliest. They meet where they meet: nobody waits, and
what the helper has not told is looked at without it. The disk's own tables are all that both need.

The helper has nothing of the first process but a copy of its memory and one end of a pipe. It ends at its
next word after the other end is closed, whatever the first process died of.
"""

import os
import sys
from contextlib import suppress
from typing import Final

from tracker.storage.index.database import latest_shelves
from tracker.storage.index.room import room_of, size_of
from tracker.storage.index.rows import Key
from tracker.storage.index.signature import stands
from tracker.storage.own_folder import Place

# Bytes of an index (some thousand actions) below which a second process takes longer to start than it saves.
_WORTH_IT = 3_000_000
# Bytes in which a key is told, and as many as are taken in at once.
_TOLD: Final = 8
_MOST: Final = 8192 * _TOLD


class Helper:
    """The second process. End it when done."""

    def __init__(self, process: int, pipe: int) -> None:
        self._seen: set[int] = set()
        self._torn = b""
        self._process = process
        self._pipe = pipe

    def listen(self) -> None:
        """Take in what it has told by now."""
        if self._process:
            with suppress(BlockingIOError):
                told = self._torn + os.read(self._pipe, _MOST)
                whole = len(told) - len(told) % _TOLD
                self._seen.update(memoryview(told[:whole]).cast("Q"))
                self._torn = told[whole:]

    def knows(self, key: Key) -> bool:
        """Whether it has told that all folders on the shelf with this key stand."""
        return _number(key) in self._seen

    def end(self) -> None:
        """Be done with it. What it has told still holds."""
        if self._process:
            process, self._process = self._process, 0
            os.close(self._pipe)
            # who ignores the signal about ended processes is told of none
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def begin(root: Place) -> Helper | None:
    """A helper for the register at `root`; None where there is little to look at, or only one thing done at a time."""
    if not hasattr(os, "fork") or _processors() < 2 or size_of(room_of(root)) < _WORTH_IT:
        return None
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    first = os.getpid()
    try:
        process = os.fork()
        if process == 0:
            os.close(reader)  # else nobody would seem to have gone
            _let_go()
            _tell(os.fspath(root), writer)
    except OSError:  # no more processes allowed
        os.close(reader)
        return None
    finally:
        if os.getpid() != first:
            os._exit(0)
        os.close(writer)
    return Helper(process, reader)


def _let_go() -> None:
    """Keep nobody waiting who reads what the first process prints."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)


def _tell(root: str, pipe: int) -> None:
    for key, rows in latest_shelves(room_of(root)):
        if all(stands(root, row) for row in rows):
            os.write(pipe, _number(key).to_bytes(_TOLD, sys.byteorder))


def _number(key: Key) -> int:
    """The key as one number, as sets of pairs take three times the memory."""
    return key[0] << 32 | key[1]


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
