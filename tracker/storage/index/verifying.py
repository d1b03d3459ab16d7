"""Seeing which folders are as the index has them: one look at every file of the register."""

from typing import TYPE_CHECKING, Final

from tracker.storage.index.rows import Key, Row
from tracker.storage.index.signature import signature_now

if TYPE_CHECKING:
    from tracker.storage.index.helping import Helper

# Folders looked at before asking what the helper has seen meanwhile.
_STEP: Final = 32


def stands(root: str, row: Row) -> bool:
    """Whether the folder and its records on the disk are the very ones that were read."""
    try:
        return signature_now(f"{root}/{row.path}", row.record_names) == row.signature
    except OSError:
        return False


class Verifier:
    """Sees of one folder after the other whether it stands, and leaves to the helper what that has seen by then."""

    def __init__(self, root: str, helper: "Helper | None" = None) -> None:
        self._root = root
        self._helper = helper
        self._looks = 0

    def stands(self, key: Key, row: Row) -> bool:
        """Whether the folder of this row stands."""
        if self._helper:
            if self._looks % _STEP == 0:
                self._helper.listen()
            self._looks += 1
            if self._helper.knows(key):
                return True
        return stands(self._root, row)
