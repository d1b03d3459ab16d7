"""A second process of this program that looks at the files of a large register while the first one does the rest.

It begins before the first one has even read the index, and looks first at the folders that the index took in
last, mostly the latest; the first one begins with the earliest. They meet where they meet: nobody waits, and what
the helper has not told is looked at without it. The disk's own tables are all that both need.
"""

import os
import struct
from contextlib import suppress
from typing import Final

from tracker.storage.index.database import latest_rows, size_of
from tracker.storage.index.room import room_of
from tracker.storage.index.rows import Key
from tracker.storage.index.verifying import stands
from tracker.storage.own_folder import Place

# Bytes of an index (some thousand actions) below which a second process takes longer to start than it saves.
_WORTH_IT = 3_000_000
_KEY: Final = struct.Struct("<qL")
_MOST: Final = 4096
# SIGKILL everywhere; the module that has its name takes long to import.
_KILL: Final = 9


class Helper:
    """The second process. `seen` holds the keys of rows whose folders it has seen to stand; end it when done."""

    def __init__(self, process: int, pipe: int) -> None:
        self.seen: set[Key] = set()
        self._process = process
        self._pipe = pipe

    def listen(self) -> None:
        """Take in what it has told by now."""
        if self._process:
            with suppress(BlockingIOError):
                self.seen.update(_KEY.iter_unpack(os.read(self._pipe, _MOST * _KEY.size)))

    def end(self) -> None:
        """Be done with it. What it has told still holds."""
        if self._process:
            os.close(self._pipe)
            os.kill(self._process, _KILL)
            os.waitpid(self._process, 0)
            self._process = 0


def begin(root: Place) -> Helper | None:
    """A helper for the register at `root`; None where there is little to look at, or only one thing done at a time."""
    if not hasattr(os, "fork") or _processors() < 2 or size_of(room_of(root)) < _WORTH_IT:
        return None
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    try:
        process = os.fork()
    except OSError:  # no more processes allowed
        os.close(reader)
        os.close(writer)
        return None
    if process == 0:
        try:
            _look(os.fspath(root), writer)
        finally:
            os._exit(0)
    os.close(writer)
    return Helper(process, reader)


def _look(root: str, pipe: int) -> None:
    for rows in latest_rows(room_of(root)):
        seen = [key for key, row in rows.values() if stands(root, row)]
        os.write(pipe, b"".join(_KEY.pack(*key) for key in seen))  # less than a pipe takes in one piece


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
