"""A first reading of a register, shared between two processes.

Where there is no index yet, every folder has to be read. The second process reads every other one and hands over
what it has read, in order; it waits when it is far ahead. Should it end early, its part is read without it.
"""

import marshal
import os
from collections.abc import Sequence
from functools import partial
from typing import Final

from tracker.storage.index.bundles import Shelved
from tracker.storage.index.folders import read_folder
from tracker.storage.index.rows import Row
from tracker.storage.index.second_process import Second, start

# Folders below which a second process takes longer to start than it saves.
_WORTH_IT = 30
_FORM: Final = 2
# Bytes in which the length of what is handed over is told.
_LENGTH: Final = 8


class Partner:
    """The second process, and the folders that it still has to hand over. End it when done."""

    def __init__(self, second: Second, paths: Sequence[str]) -> None:
        self._second = second
        self._file = open(second.pipe, "rb", closefd=False)
        self._paths = iter(paths)
        self._next = next(self._paths, None)

    def take(self, path: str) -> Shelved | None:
        """This folder as the partner has read it; None if it is not its turn to be handed over."""
        if path != self._next or self._second.ended:
            return None
        self._next = next(self._paths, None)
        length = int.from_bytes(self._file.read(_LENGTH), "big")
        told = self._file.read(length)
        if not length or len(told) < length:  # the partner is gone
            self._next = None
            return None
        row, live, others = marshal.loads(told)
        return Shelved(Row._make(row), live, others)

    def end(self) -> None:
        """Be done with it."""
        self._second.end()


def begin(root: str, paths: Sequence[str], mark: int) -> Partner | None:
    """A partner for reading these folders, in this order, by the mark of `read_folder`.

    None where there is little to read, or only one thing done at a time.
    """
    if len(paths) < _WORTH_IT:
        return None
    part = paths[1::2]
    second = start(partial(_hand_over, root, part, mark))
    return Partner(second, part) if second else None


def _hand_over(root: str, paths: Sequence[str], mark: int, pipe: int) -> None:
    with os.fdopen(pipe, "wb") as file:
        for path in paths:
            row, live, others = read_folder(root, path, mark)
            told = marshal.dumps((tuple(row), live, others), _FORM)
            file.write(len(told).to_bytes(_LENGTH, "big") + told)
            file.flush()
