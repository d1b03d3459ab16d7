"""File operations of which a power cut or a full disk leaves all or nothing, and their errors.

What the program keeps for itself lies in the register's own folder `.tracker`: on the file system of
the records, so that a finished temp file is moved onto a record in one step, and apart from them, so
that nothing half-made ever lies in a meeting's folder.
"""

import errno
import os
import stat
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import TrackerError
from tracker.storage.own_folder import OWN_FOLDER

_TEMP: Final = "tmp-"
_TRIES: Final = 5

# Not every system knows these flags. Without O_BINARY Windows would change line ends; without
# O_NONBLOCK opening a pipe that someone put in a record's place would wait for ever.
_FLAGS: Final = sum(getattr(os, name, 0) for name in ("O_BINARY", "O_CLOEXEC", "O_NOFOLLOW", "O_NONBLOCK"))
# What file systems that cannot sync a folder (some network and FUSE ones) answer.
_NO_FOLDER_SYNC: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.ENOSYS})
# Source: Microsoft, "Reparse Point Tags": IO_REPARSE_TAG_MOUNT_POINT, which junctions carry.
_JUNCTION: Final = 0xA0000003
# On Windows a virus scanner or an editor that has a file open blocks a move; most let go at once.
_PAUSES: Final = (0.05, 0.1, 0.2, 0.4) if os.name == "nt" else ()

_REASONS: Final = {
    errno.ENOSPC: "the disk is full. Free some space and run the command again.",
    errno.EDQUOT: "your share of the disk is used up. Free some space and run the command again.",
    errno.EROFS: "{place} is on a disk that can only be read. Work on a copy that can be written to.",
    errno.EACCES: "there is no permission to write {place}. Ask for it, or close what has it open, and try again.",
    errno.EPERM: "there is no permission to write {place}. Ask for it, or close what has it open, and try again.",
    errno.EFBIG: "a file would become larger than is allowed here. Shorten the text and run the command again.",
    errno.EXDEV: "{place} is on another disk than the register. Move it onto the same one.",
    errno.EIO: "the disk reported a fault at {place}. Check the disk before you go on.",
}


class CannotSave(TrackerError):
    """The disk, a permission or a damaged file stands in the way; the sentence says what was changed."""


class CannotRead(TrackerError):
    """Something stands in a record's place that is not a plain file inside the register."""


class ChangedMeanwhile(TrackerError):
    """A file no longer holds what it held when the command read it; nothing was changed."""


class Found(NamedTuple):
    """What a file holds, and its permissions."""

    content: bytes
    mode: int


def reason(error: OSError) -> str:
    """Why a file operation failed and what to do, to stand after a colon."""
    place = os.fspath(error.filename2 or error.filename or "the register")
    known = _REASONS.get(error.errno or 0)
    if known is not None:
        return known.format(place=os.fsdecode(place))
    return f"{error.strerror or error} ({os.fsdecode(place)}). Put that right and run the command again."


def locate(root: Path, path: str) -> Path:
    """The file of a path relative to the register, with `/`.

    Raises CannotRead for a path that leads out of the register, into a hidden folder (`.git`) or
    through a folder that is a link.
    """
    parts = path.split("/")
    if any(not part or part[0] == "." or set(part) & set('\\:\0') for part in parts):
        raise CannotRead(f"{path!r} is no place for a record. Name a file inside the register.")
    place = root
    for part in parts[:-1]:
        place /= part
        if not _is_free_or_folder(place):
            raise CannotRead(f"{place} is a link or a file, not a folder of the register. Put a plain folder there.")
    return place / parts[-1]


def read(root: Path, path: str, limit: int | None = None) -> Found | None:
    """What the file at this path holds now; None if there is none.

    Raises CannotRead if it is not a plain file (links are not followed) or has more than `limit`
    bytes, and the system's OSError if it cannot be read.
    """
    file = locate(root, path)
    try:
        if not stat.S_ISREG(os.lstat(file).st_mode):
            raise _not_plain(path)
        number = os.open(file, os.O_RDONLY | _FLAGS)
    except (FileNotFoundError, NotADirectoryError):
        return None
    with open(number, "rb") as stream:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise _not_plain(path)
        content = stream.read() if limit is None else stream.read(limit + 1)
    if limit is not None and len(content) > limit:
        raise CannotRead(f"{path} is larger than {limit} bytes, too large for a record. Move what is in it elsewhere.")
    return Found(content, stat.S_IMODE(status.st_mode))


def write_new(file: Path, content: bytes, mode: int | None = None, lasting: bool = True) -> None:
    """Make a file and, if it is to last, bring it onto the disk; `mode` are its permissions, by default the usual ones.

    Raises the system's OSError, also when there is such a file already; what was begun may stay.
    """
    number = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _FLAGS, 0o666 if mode is None else 0o600)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(number, rest):]
        if mode is not None:
            os.chmod(file, mode)
        if lasting:
            os.fsync(number)
    finally:
        os.close(number)


def move(source: Path, target: Path) -> None:
    """Put a file or folder in the place of another in one step; OSError if that cannot be done."""
    _patiently(lambda: os.replace(source, target))


def remove(file: Path) -> None:
    """Remove a file; OSError if that cannot be done."""
    _patiently(lambda: os.unlink(file))


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it that are missing, and bring it onto the disk."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        os.mkdir(folder)
    sync_folder(folder.parent)


def remove_empty(folder: Path) -> None:
    """Remove a folder unless something is in it. One that cannot be removed is no harm: it stays."""
    with suppress(OSError):
        os.rmdir(folder)


def sync_folder(folder: Path) -> None:
    """Bring onto the disk which files a folder holds. Windows has no such call and does it itself."""
    if os.name == "nt":
        return
    number = os.open(folder, os.O_RDONLY | _FLAGS)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        os.close(number)


def sync_folders_of(files: Iterable[Path]) -> None:
    """Bring onto the disk that these files came or went, with their folder where that went too."""
    for folder in sorted({_standing_folder(file.parent) for file in files}):
        sync_folder(folder)


def own_folder(root: Path) -> Path:
    """The folder for what the program keeps for itself, made if missing, ignored by git.

    Raises CannotSave if something else stands there, OSError if it cannot be made.
    """
    folder = root / OWN_FOLDER
    if not _is_free_or_folder(folder):
        raise CannotSave(f"{folder} is not a plain folder, and nothing was changed. Remove it and try again.")
    if not folder.exists():
        with suppress(FileExistsError):
            os.mkdir(folder)
        # Colleagues who may write the register together need to share the lock as well.
        with suppress(PermissionError):
            os.chmod(folder, stat.S_IMODE(os.stat(root).st_mode))
    for left in reversed(range(_TRIES)):
        if (folder / ".gitignore").exists():
            break
        note = temp_name(folder)
        try:
            write_new(note, b"*\n")
            move(note, folder / ".gitignore")
        except FileNotFoundError:  # another command, which has the lock, swept the temp file away
            if not left:
                raise
    return folder


def temp_name(own: Path) -> Path:
    """A name in the own folder that nothing has yet; `sweep` removes what is left under such names."""
    return own / f"{_TEMP}{os.getpid()}-{os.urandom(4).hex()}"


def sweep(root: Path) -> None:
    """Remove the temp files of commands that were cut off. Only under the lock."""
    own = root / OWN_FOLDER
    for name in os.listdir(own) if own.is_dir() else []:
        if name.startswith(_TEMP):
            discard(own / name)


def discard(temp: Path) -> None:
    """Remove a temp file, or folder of files. What cannot be removed is left to the next sweep."""
    with suppress(OSError):
        if stat.S_ISDIR(os.lstat(temp).st_mode):
            for name in os.listdir(temp):
                os.unlink(temp / name)
            os.rmdir(temp)
        else:
            os.unlink(temp)


def _standing_folder(folder: Path) -> Path:
    return folder if folder.is_dir() else _standing_folder(folder.parent)


def _is_free_or_folder(place: Path) -> bool:
    try:
        status = os.lstat(place)
    except FileNotFoundError:
        return True
    return stat.S_ISDIR(status.st_mode) and getattr(status, "st_reparse_tag", 0) != _JUNCTION


def _not_plain(path: str) -> CannotRead:
    return CannotRead(f"{path} is not a plain file, so it was left alone. Put the record itself in its place.")


def _patiently(step: Callable[[], None]) -> None:
    for pause in _PAUSES:
        try:
            return step()
        except PermissionError:
            time.sleep(pause)
    step()
