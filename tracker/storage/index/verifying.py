"""Seeing which folders are as the index has them: one look at every file of the register."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from tracker.storage.index.database import Key, Row
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


def looked_at(root: str, rows: Iterable[tuple[Key, Row]], helper: "Helper | None" = None) -> Iterator[bool]:
    """For each row in order whether it stands, found out when it is asked for unless the helper knows by then."""
    seen = helper.seen if helper else frozenset()
    for place, (key, row) in enumerate(rows):
        if helper and place % _STEP == 0:
            helper.listen()
        yield key in seen or stands(root, row)
