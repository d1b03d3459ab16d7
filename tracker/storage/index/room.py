"""The folder of the index, and the file in it.

Each program that reads has a file of its own, as another one may read otherwise.
"""

import os
import re
import stat
from contextlib import suppress
from functools import lru_cache
from typing import Final

from tracker import __version__
from tracker.storage.own_folder import Place, own_place

_FOLDER: Final = "index"
# Colleagues with other versions of the program each have an index of their own.
_KEPT: Final = 4
_OURS: Final = r"[0-9a-f]{8}\.db"


def room_of(root: Place) -> str:
    """Where the index of this register lies, if there is one."""
    return own_place(root, _FOLDER)


def has_room(root: Place) -> bool:
    """Whether there is a folder for an index. A link in its place, or in that of the own folder, is none."""
    return _is_plain(own_place(root)) and _is_plain(room_of(root))


def make_room(root: Place) -> str | None:
    """The folder for the index, made if missing; None where there can be none: a register only to be read."""
    folder = room_of(root)
    if has_room(root):
        return folder
    from pathlib import Path

    from tracker.storage.atomic import CannotSave, own_folder

    with suppress(OSError, CannotSave):  # or another command was quicker
        own_folder(Path(root))
        os.mkdir(folder)
    return folder if has_room(root) else None


def file_in(folder: str) -> str:
    """The file of the index in its folder."""
    return os.path.join(folder, f"{form():08x}.db")


def size_of(folder: str) -> int:
    """The bytes of the index in this folder; 0 if there is none."""
    try:
        return os.lstat(file_in(folder)).st_size
    except OSError:
        return 0


@lru_cache(maxsize=1)
def form() -> int:
    """A number for the program that reads."""
    # who reads a single record wants to know whether there is room, and needs none of this
    from zlib import crc32

    said = crc32(__version__.encode())
    index = os.path.dirname(__file__)
    storage = os.path.dirname(index)
    for folder in (os.path.join(os.path.dirname(storage), "model"), storage, index):
        with os.scandir(folder) as found:
            for entry in sorted(found, key=lambda each: each.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    said = crc32(f"{entry.name} {status.st_size} {status.st_mtime_ns}".encode(), said)
    return said & 0x7FFFFFFF or 1


def forget_old(folder: str) -> None:
    """Remove the indexes of programs that have not been used here for long: the oldest beyond a few."""
    with suppress(OSError):
        with os.scandir(folder) as found:
            ours = [entry for entry in found if re.fullmatch(_OURS, entry.name)]
        for entry in sorted(ours, key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns)[:-_KEPT]:
            os.unlink(entry.path)


def _is_plain(folder: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(folder).st_mode)
    except OSError:
        return False
