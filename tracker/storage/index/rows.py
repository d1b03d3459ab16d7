"""What the index knows of the folders of a register, and how that is packed."""

import marshal
from collections.abc import Mapping
from typing import Final, NamedTuple
from zlib import crc32

# Version 2 has no back references, whose place depends on more than the value.
_FORM: Final = 2

Key = tuple[int, int]
"""What a row is found by again: its number and its seal, a checksum of it."""


class Row(NamedTuple):
    """What is known of a folder.

    `names` are the files of its records, `inner` the folders of boards or meetings in it, a name a line.
    `signature` tells whether they are still what was read. `latest` is the last day of any event there,
    `first_due` the first day on which one of its open actions is due, both counted from the year 1, and
    `dateless` how many live ones are without a day. `highest` is the highest number taken up by a name.
    `problems` is what is wrong there, packed.
    """

    path: str
    names: str
    inner: str
    signature: bytes
    latest: int
    first_due: int
    dateless: int
    highest: int
    problems: bytes

    @property
    def record_names(self) -> list[str]:
        """The files of the folder's records."""
        return self.names.split("\n") if self.names else []

    @property
    def inner_paths(self) -> list[str]:
        """The paths of the folders of boards or meetings in it, in order."""
        start = f"{self.path}/" if self.path else ""
        return [f"{start}{name}" for name in sorted(self.inner.split("\n"))] if self.inner else []


Rows = Mapping[str, tuple[Key, Row]]
"""Rows by the paths of their folders."""


def shelf_of(path: str) -> str:
    """The shelf on which the row of a folder lies: that of its board and year, or that of the boards themselves."""
    board, slash, day = path.partition("/")
    return f"{board}/{day[:4]}" if slash else ""


def seal_of(row: Row) -> int:
    """A checksum of the row."""
    return crc32(marshal.dumps(tuple(row), _FORM))


def sealed(bundle: bytes, live: bool, seal: int) -> int:
    """The checksum of a bundle of the row with this seal."""
    return crc32(bundle, seal ^ live)


def packed(shelf: str, rows: Rows) -> tuple[bytes, int]:
    """The rows on this shelf as the index has them, and their checksum."""
    body = marshal.dumps([(key, tuple(row)) for key, row in rows.values()], _FORM)
    return body, _checksum(shelf, body)


def unpacked(shelf: object, body: object, checksum: object) -> dict[str, tuple[Key, Row]]:
    """The rows that were packed so; none if they are not whole: a damaged cell may even be of another type."""
    if isinstance(shelf, str) and isinstance(body, bytes) and _checksum(shelf, body) == checksum:
        return {facts[0]: (key, Row._make(facts)) for key, facts in marshal.loads(body)}
    return {}


def _checksum(shelf: str, body: bytes) -> int:
    return crc32(body, crc32(shelf.encode("utf-8", "surrogateescape")))
