"""The folder of the index."""

import os
import stat
from contextlib import suppress
from typing import Final

from tracker.storage.own_folder import Place, own_place

_FOLDER: Final = "index"


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


def _is_plain(folder: str) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(folder).st_mode)
    except OSError:
        return False
