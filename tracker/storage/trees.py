"""Where the files of a register are read from: a folder of the disk, or what some commit holds.

The walk and the reading of records know only this, so a bad file is named alike wherever it lies.
"""

import os
import stat
from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

from tracker.storage.own_folder import Place
from tracker.storage.yaml_text import MAX_BYTES, BadText, check_size

FILE: Final = "file"
FOLDER: Final = "folder"
LINK: Final = "a link"

# Source: Microsoft, "Reparse Point Tags": a junction, which Windows does not count as a symbolic link.
_JUNCTION: Final = 0xA0000003

# Without O_NONBLOCK the opening of a pipe waits for ever. Windows lacks most of these and needs O_BINARY.
_OPEN = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"):
    _OPEN |= getattr(os, _flag, 0)


class NotThere(BadText):
    """Nothing lies at the path."""

    def __init__(self) -> None:
        super().__init__(None, "the file is not there", "Type `tracker check` to see what is")


class Entry(NamedTuple):
    """What lies in a folder. `kind` is `FILE`, `FOLDER`, or words for what is never opened (`a link`, `a pipe`)."""

    name: str
    kind: str


class Tree(Protocol):
    """The files of a register by their paths, which are relative to it, with `/`. Nothing of it is ever changed."""

    def listed(self, folder: str) -> Sequence[Entry]:
        """What lies in the folder, hidden entries too, in any order; the register's own folder is empty.

        Raises OSError for a folder that cannot be listed.
        """

    def content(self, path: str) -> bytes:
        """What stands in a file.

        Raises BadText for what is not opened at all: anything but a regular file in real folders (links,
        pipes, devices), and a file too large for a record; and for what cannot be read. NotThere is one.
        """


class DiskTree:
    """The files below a folder of the disk. No link is followed."""

    def __init__(self, root: Place) -> None:
        self._root = os.fspath(root)

    def listed(self, folder: str) -> list[Entry]:
        """What lies in the folder."""
        with os.scandir(os.path.join(self._root, folder)) as found:
            return [Entry(entry.name, _kind(entry)) for entry in found]

    def content(self, path: str) -> bytes:
        """What stands in the file now."""
        try:
            _must_be_real(self._root, path)
            return _content(os.path.join(self._root, path))
        except FileNotFoundError:
            raise NotThere() from None
        except (OSError, ValueError) as error:
            cause = getattr(error, "strerror", None) or "the name is impossible"
            raise BadText(None, f"the file cannot be read ({cause})", "Ask for access to it") from None


def as_tree(place: Place | Tree) -> Tree:
    """The tree itself, or that of a folder of the disk."""
    return DiskTree(place) if isinstance(place, str | os.PathLike) else place


def never_opened(kind: str) -> BadText:
    """The error for anything but a regular file."""
    if kind == LINK:
        return BadText(None, "this is a link, which is never opened", "Put the real file in its place")
    return BadText(None, "this is no ordinary file and is never opened", "Put a real file in its place")


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_file(follow_symlinks=False):
        return FILE
    if entry.is_symlink():
        return LINK
    try:
        status = entry.stat(follow_symlinks=False)
    except OSError as error:
        return f"something that cannot be looked at ({error.strerror})"
    if getattr(status, "st_reparse_tag", 0) == _JUNCTION:
        return LINK
    return FOLDER if stat.S_ISDIR(status.st_mode) else _special(status.st_mode)


def _special(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe"
    return "a socket" if stat.S_ISSOCK(mode) else "a device"


def _must_be_real(root: str, path: str) -> None:
    """Raise BadText if the file is not a regular one, or a folder on the way to it is a link."""
    place, mode = root, stat.S_IFDIR
    for name in path.split("/"):
        place = os.path.join(place, name)
        mode = os.lstat(place).st_mode
        if stat.S_ISLNK(mode):
            raise never_opened(LINK)
    if not stat.S_ISREG(mode):
        raise never_opened("no file")


def _content(place: str) -> bytes:
    with open(os.open(place, _OPEN), "rb") as file:
        check_size(os.fstat(file.fileno()).st_size)
        return file.read(MAX_BYTES + 1)
