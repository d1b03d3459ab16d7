"""What the index knows of the folders of a register, and how that is packed: by folder, and by shelf.

A shelf holds what is known of a board's meetings in one year. Most of them stand as they are for good, so a
report takes a shelf whole, by its head, and unpacks nothing of it but the live actions that it wants.
"""

import marshal
from collections.abc import Mapping
from typing import Final, NamedTuple
from zlib import crc32

# Version 2 has no back references, whose place depends on more than the value.
_FORM: Final = 2

NOTHING: Final = marshal.dumps([], _FORM)
"""A bundle without records."""

Key = tuple[int, int]
"""What is found by it again, and its seal, a checksum of it."""

Live = tuple[str, int, bytes]
"""The live actions of a folder: its path, the first day on which one is due, 0 if one has none, and they themselves."""


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


class Kept(NamedTuple):
    """A folder on its shelf. `live` are the packed records of its live actions."""

    key: Key
    row: Row
    live: bytes


class Head(NamedTuple):
    """What is known of a shelf without unpacking it.

    `paths` are those of its folders, a path a line; `latest`, `first_due` and `dateless` as for a folder, of all
    of them; `wrong` is 1 if anything is wrong in them. `seal` is the checksum of the packed rows, `live_seal` that
    of the packed live actions.
    """

    number: int
    paths: str
    latest: int
    first_due: int
    dateless: int
    wrong: int
    seal: int
    live_seal: int

    @property
    def key(self) -> Key:
        """What tells these rows from any others."""
        return self.number, self.seal


def shelf_of(path: str) -> str:
    """The shelf on which a folder lies: that of its board and year, or that of the register and the boards."""
    board, slash, day = path.partition("/")
    return f"{board}/{day[:4]}" if slash else ""


def seal_of(row: Row) -> int:
    """A checksum of the row."""
    return crc32(marshal.dumps(tuple(row), _FORM))


def sealed(bundle: bytes, seal: int) -> int:
    """The checksum of a bundle of the row with this seal."""
    return crc32(bundle, seal)


def packed(kept: Mapping[str, Kept]) -> tuple[Head, bytes, bytes]:
    """A shelf, on which there must be something: its head, yet without a number, its rows, and its live actions."""
    folders = [kept[path] for path in sorted(kept)]
    rows = marshal.dumps([(folder.key, tuple(folder.row)) for folder in folders], _FORM)
    live = marshal.dumps([_live_of(folder) for folder in folders if folder.live != NOTHING], _FORM)
    head = Head(
        0,
        "\n".join(folder.row.path for folder in folders),
        max(folder.row.latest for folder in folders),
        min(folder.row.first_due for folder in folders),
        sum(folder.row.dateless for folder in folders),
        int(any(folder.row.problems for folder in folders)),
        crc32(rows),
        crc32(live),
    )
    return head, rows, live


def unpacked_rows(head: Head, rows: object) -> list[tuple[Key, Row]] | None:
    """The rows with their keys; None if they are not those of the head: a damaged cell may even be of another type."""
    if not isinstance(rows, bytes) or crc32(rows) != head.seal:
        return None
    return [(key, Row._make(facts)) for key, facts in marshal.loads(rows)]


def unpacked_live(head: Head, live: object) -> list[Live] | None:
    """The live actions by folder, in order. None if they are not those of the head."""
    if not isinstance(live, bytes) or crc32(live) != head.live_seal:
        return None
    found: list[Live] = marshal.loads(live)
    return found


def unpacked(head: Head, rows: object, live: object) -> dict[str, Kept]:
    """What is kept on the shelf of this head; nothing if not all of it is whole."""
    found, actions = unpacked_rows(head, rows), unpacked_live(head, live)
    if found is None or actions is None:
        return {}
    bundles = {path: bundle for path, _, bundle in actions}
    return {row.path: Kept(key, row, bundles.get(row.path, NOTHING)) for key, row in found}


def check_of(shelf: str, head: Head) -> int:
    """The checksum of a head, which holds for this shelf only."""
    return crc32(marshal.dumps((shelf, *head[1:]), _FORM))


def _live_of(folder: Kept) -> Live:
    row = folder.row
    return row.path, 0 if row.dateless else row.first_due, folder.live
