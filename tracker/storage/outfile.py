"""Writing a file outside the register: whole, or not at all."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from tracker.storage.atomic import move, sync_folder

# A name may have 255 bytes, and a letter up to four of them.
_OF_THE_NAME: Final = 40
_ANYBODY: Final = 0o666


def write_aside(path: str, fill: Callable[[BinaryIO], None]) -> None:
    """Make the file `path` hold what `fill` writes; until that is complete, what was there stays there.

    A file that is replaced keeps its permissions. A process that is killed meanwhile leaves a hidden file that
    ends in `.part` beside it. Raises OSError; whatever `fill` raises goes through.
    """
    from tempfile import mkstemp

    folder, name = os.path.split(path)
    number, temp = mkstemp(prefix=f".{name[:_OF_THE_NAME]}-", suffix=".part", dir=folder)
    try:
        with os.fdopen(number, "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temp, _mode_for(path))
        move(Path(temp), Path(path))
    except BaseException:
        with suppress(OSError):
            os.unlink(temp)
        raise
    with suppress(OSError):
        sync_folder(Path(folder))


def _mode_for(path: str) -> int:
    try:
        return stat.S_IMODE(os.stat(path).st_mode)
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return _ANYBODY & ~mask
