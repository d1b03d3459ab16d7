"""A second process that looks at the files of a large register while the first one does the rest.

It begins before the first one has even read the index, and looks first at the shelves that the index took in
last, mostly the latest years; the first one begins with the earliest. They meet where they meet: nobody waits, and
what the helper has not told is looked at without it. The disk's own tables are all that both need.
"""

import os
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final

from tracker.storage.index.database import latest_shelves
from tracker.storage.index.room import room_of, size_of
from tracker.storage.index.rows import Key
from tracker.storage.index.signature import stands
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.index.second_process import Second

# Bytes of an index (some thousand actions) below which a second process takes longer to start than it saves.
_WORTH_IT = 3_000_000
# Bytes in which a key is told, and as many as are taken in at once.
_TOLD: Final = 8
_MOST: Final = 8192 * _TOLD


class Helper:
    """What the second process has told. End it when done."""

    def __init__(self, second: "Second") -> None:
        self._second = second
        self._seen: set[int] = set()
        self._torn = b""
        os.set_blocking(second.pipe, False)

    def listen(self) -> None:
        """Take in what it has told by now."""
        if not self._second.ended:
            with suppress(BlockingIOError):
                told = self._torn + os.read(self._second.pipe, _MOST)
                whole = len(told) - len(told) % _TOLD
                self._seen.update(memoryview(told[:whole]).cast("Q"))
                self._torn = told[whole:]

    def knows(self, key: Key) -> bool:
        """Whether it has told that all folders on the shelf with this key stand."""
        return _number(key) in self._seen

    def end(self) -> None:
        """Be done with it. What it has told still holds."""
        self._second.end()


def begin(root: Place) -> Helper | None:
    """A helper for the register at `root`; None where there is little to look at, or only one thing done at a time."""
    if size_of(room_of(root)) < _WORTH_IT:
        return None
    from tracker.storage.index.second_process import start

    second = start(partial(_tell, os.fspath(root)))
    return Helper(second) if second else None


def _tell(root: str, pipe: int) -> None:
    for key, rows in latest_shelves(room_of(root)):
        if all(stands(root, row) for row in rows):
            os.write(pipe, _number(key).to_bytes(_TOLD, sys.byteorder))


def _number(key: Key) -> int:
    """The key as one number, as sets of pairs take three times the memory."""
    return key[0] << 32 | key[1]
