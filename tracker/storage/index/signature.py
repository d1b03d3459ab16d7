"""By what a file on the disk is known to be the one that was read: its times, its size and its inode.

A change of a file changes its `ctime`, which nobody can set, unless it happens within the same tick of
the file system's clock as the reading (git calls such a file racy). So what was read is trusted only if
its last change is older than a mark which that clock made before the reading began; anything younger
gets a signature that no file has, and is read again the next time.
"""

import marshal
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tracker.storage.index.rows import Row

# Version 2 has no back references, whose place depends on more than the value.
_FORM: Final = 2
# On Windows `ctime` is the time of making, so there only a later `mtime` tells of a change.
_HAS_CHANGE_TIME: Final = os.name != "nt"

Stamp = tuple[int, int, int, int]

UNSETTLED: Final[Stamp] = (0, 0, 0, 0)
"""The stamp that no file has: what bears it is read again."""


def stamp(status: os.stat_result, mark: int) -> Stamp:
    """What tells this file from any other state of it; the stamp of no file if it changed at the mark or later."""
    changed = status.st_ctime_ns if _HAS_CHANGE_TIME else status.st_mtime_ns
    if changed >= mark:
        return UNSETTLED
    return (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)


def joined(stamps: Sequence[Stamp]) -> bytes:
    """The signature of a folder: its own stamp, then those of its records in their order."""
    return marshal.dumps([number for one in stamps for number in one], _FORM)


def parted(signature: bytes) -> list[Stamp]:
    """The stamps of a signature."""
    numbers = marshal.loads(signature)
    return [tuple(numbers[place : place + 4]) for place in range(0, len(numbers), 4)]


def stands(root: str, row: "Row") -> bool:
    """Whether the folder of this row and its records on the disk are the very ones that were read."""
    try:
        return signature_now(f"{root}/{row.path}", row.record_names) == row.signature
    except OSError:
        return False


if sys.platform != "win32" and os.stat in os.supports_dir_fd:

    def signature_now(folder: str, names: Sequence[str], _flags: int = os.O_RDONLY | os.O_DIRECTORY) -> bytes:
        """The signature that the folder and these records in it have on the disk now. OSError if one is missing."""
        # The names are looked up from the opened folder: the way to it is walked once.
        number = os.open(folder, _flags)
        try:
            status = os.fstat(number)
            numbers = [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]
            for name in names:
                status = os.stat(name, dir_fd=number, follow_symlinks=False)
                numbers += (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        finally:
            os.close(number)
        return marshal.dumps(numbers, _FORM)

else:

    def signature_now(folder: str, names: Sequence[str], _flags: int = 0) -> bytes:
        """The signature that the folder and these records in it have on the disk now. OSError if one is missing."""
        numbers: list[int] = []
        for place in (folder, *(f"{folder}/{name}" for name in names)):
            status = os.lstat(place)
            numbers += (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        return marshal.dumps(numbers, _FORM)
