"""The index on the disk: a SQLite database with a row for each folder of the register.

SQLite keeps readers and writers apart and takes back what was cut off; each row and each bundle carries
a checksum besides, because SQLite itself does not notice a flipped bit. That of a bundle begins with that
of its row, so the records of another folder, or of an earlier reading, never pass for those of the row.
Whatever is wrong with a row, the folder counts as not yet read; whatever is wrong with the file, it is
made anew.
"""

import marshal
import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Final, NamedTuple
from zlib import crc32

from tracker import __version__

_CLOCK: Final = "clock"
# Version 2 has no back references, whose place depends on more than the value.
_FORM: Final = 2
# Seconds that a command waits for another one that is just writing; it can do without.
_PATIENCE: Final = 0.5
# Colleagues with other versions of the program each have an index of their own.
_KEPT: Final = 4
# A link in the place of our file must not have the file touched that it leads to.
_FOLLOWS: Final = os.utime not in os.supports_follow_symlinks
_LOT: Final = 32
_OURS: Final = r"[0-9a-f]{8}\.db"
# What says nothing against the file itself: that someone has it open, or that there is no room or no access.
_OUTSIDE: Final = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip

_SCHEMA: Final = (
    """create table folder (
        id integer primary key, path text not null unique, facts blob not null, checksum integer not null
    )""",
    # twice the number of its folder, and one more if it holds the live actions
    "create table bundle (id integer primary key, body blob not null, checksum integer not null)",
)

# The last for a damaged name of a table, which stands in the message of the error and cannot be decoded.
FAILURES: Final = (sqlite3.Error, OSError, UnicodeError)

Key = tuple[int, int]
"""What a row is found by again: its number and its checksum."""


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


class Database:
    """An open index. Whatever it is asked, it raises one of `FAILURES`; its user can then do without."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._file = _file_in(folder)
        self._writing = False
        self._clear_way()
        try:
            self._open()
        except FAILURES as error:
            if not is_damage(error):
                raise
            self.forget()
            self._open()

    def rows(self, paths: Sequence[str]) -> Iterator[tuple[Key, Row]]:
        """The rows of these folders, of those of which they are whole, in any order."""
        return _rows(self._link, f"where path in ({','.join('?' * len(paths))})", paths)

    def row(self, path: str) -> tuple[Key, Row] | None:
        """The row of this folder; None if there is none that is whole."""
        return next(self.rows([path]), None)

    def bundle(self, key: Key, live: bool) -> bytes | None:
        """The packed records of a folder, those of its live actions or the others; None if they are not whole."""
        number, seal = key
        query = "select body, checksum from bundle where id = ?"
        for body, checksum in self._link.execute(query, (2 * number + live,)):
            return body if isinstance(body, bytes) and _sealed(body, live, seal) == checksum else None
        return None

    def live_bundles(self, keys: Iterable[Key]) -> Iterator[tuple[Key, bytes]]:
        """The packed records of the live actions of many folders, of those of which they are whole."""
        seals = {2 * number + 1: seal for number, seal in keys}
        query = f"select * from bundle where id in ({','.join(map(str, seals))})"
        for place, body, checksum in self._link.execute(query):
            seal = seals[place]
            if isinstance(body, bytes) and _sealed(body, True, seal) == checksum:
                yield (place >> 1, seal), body

    def put(self, row: Row, live: bytes, others: bytes) -> Key:
        """Keep what was read in a folder."""
        self._writing = True
        path, *facts = row
        packed = marshal.dumps(facts, _FORM)
        seal = _seal(path, packed)
        for (old,) in self._link.execute("select id from folder where path = ?", (path,)).fetchall():
            self._drop(old)
        found = self._link.execute("insert into folder values (null, ?, ?, ?)", (path, packed, seal))
        number = found.lastrowid or 0
        for kind, body in ((True, live), (False, others)):
            values = (2 * number + kind, body, _sealed(body, kind, seal))
            self._link.execute("replace into bundle values (?, ?, ?)", values)
        return number, seal

    def drop(self, path: str) -> None:
        """Forget a folder, and those in it."""
        self._writing = True
        query = "select id from folder where path = ? or path > ? || '/' and path < ? || '0'"  # "0" comes after "/"
        for (number,) in self._link.execute(query, [path] * 3).fetchall():
            self._drop(number)

    def mark(self) -> int:
        """What the clock of this file system says: whatever changes from now on has this time or a later one."""
        clock = os.path.join(self._folder, _CLOCK)
        try:
            os.utime(clock, follow_symlinks=_FOLLOWS)
        except FileNotFoundError:
            with open(clock, "xb"):
                pass
        return os.stat(clock, follow_symlinks=_FOLLOWS).st_mtime_ns

    def close(self, keep: bool = True) -> None:
        """End the reading, and keep what was put, unless that fails or is not wanted."""
        with suppress(sqlite3.Error):
            if self._link.in_transaction:
                self._link.execute("commit" if keep and self._writing else "rollback")
        self._link.close()

    def forget(self) -> None:
        """Remove the file, which is then made anew when it is next wanted. What cannot be removed stays."""
        for file in self._files():
            with suppress(OSError):
                os.unlink(file)

    def _drop(self, number: int) -> None:
        self._link.execute("delete from folder where id = ?", (number,))
        self._link.execute("delete from bundle where id in (?, ?)", (2 * number, 2 * number + 1))

    def _files(self) -> tuple[str, str]:
        return self._file, f"{self._file}-journal"

    def _clear_way(self) -> None:
        """Remove what is no plain file: a link may lead to one of somebody's own, a pipe would be waited for."""
        for file in self._files():
            with suppress(OSError):
                if not stat.S_ISREG(os.lstat(file).st_mode):
                    os.unlink(file)

    def _open(self) -> None:
        self._link = sqlite3.connect(self._file, timeout=_PATIENCE, isolation_level=None)
        try:
            self._link.execute("pragma synchronous = off")
            self._link.execute("begin")
            if _said_form(self._link) == 0:
                self._lay_out()
            if _said_form(self._link) != _form():
                raise sqlite3.DatabaseError("of another version")
        except BaseException:
            self._link.close()
            raise

    def _lay_out(self) -> None:
        """Make the tables, unless another command is quicker."""
        _forget_old(self._folder)
        self._link.execute("rollback")
        self._link.execute("begin immediate")
        if _said_form(self._link) == 0:
            for table in _SCHEMA:
                self._link.execute(table)
            self._link.execute(f"pragma user_version = {_form()}")
        self._link.execute("commit")
        self._link.execute("begin")


def latest_rows(folder: str) -> Iterator[list[tuple[Key, Row]]]:
    """The rows of the index that is there, some at a time, those that were put last before the others.

    It is only read, and free for others between one lot and the next. May raise any of `FAILURES`.
    """
    link = sqlite3.connect(_file_in(folder), timeout=_PATIENCE, isolation_level=None)
    try:
        if _said_form(link) != _form():
            return
        numbers = [number for (number,) in link.execute("select id from folder order by id desc")]
        for place in range(0, len(numbers), _LOT):
            first, last = numbers[place : place + _LOT][-1], numbers[place]
            yield list(_rows(link, f"where id between {first} and {last} order by id desc"))
    finally:
        link.close()


def size_of(folder: str) -> int:
    """The bytes of the index; 0 if there is none."""
    try:
        return os.lstat(_file_in(folder)).st_size
    except OSError:
        return 0


def is_damage(error: Exception) -> bool:
    """Whether the error says that what lies in the file is no use."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is None or code & 0xFF not in _OUTSIDE
    return not isinstance(error, OSError)


def _file_in(folder: str) -> str:
    return os.path.join(folder, f"{_form():08x}.db")


def _said_form(link: sqlite3.Connection) -> int:
    """The program that made the file, 0 for an empty one. From here on this command sees no change of another."""
    return int(link.execute("pragma user_version").fetchone()[0])


def _rows(link: sqlite3.Connection, which: str, values: Sequence[str] = ()) -> Iterator[tuple[Key, Row]]:
    for number, path, facts, checksum in link.execute(f"select * from folder {which}", values).fetchall():
        row = _row(path, facts, checksum)
        if row is not None:
            yield (number, checksum), row


def _sealed(body: bytes, live: bool, seal: int) -> int:
    return crc32(body, seal ^ live)


def _seal(path: str, facts: bytes) -> int:
    return crc32(facts, crc32(path.encode("utf-8", "surrogateescape")))


def _row(path: object, facts: object, checksum: object) -> Row | None:
    """The row of these cells; None if it is not whole: a damaged cell may even be of another type."""
    if isinstance(path, str) and isinstance(facts, bytes) and _seal(path, facts) == checksum:
        return Row(path, *marshal.loads(facts))
    return None


@lru_cache(maxsize=1)
def _form() -> int:
    """A number for the program that reads: what another one found is no use, as it may read otherwise."""
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


def _forget_old(folder: str) -> None:
    """Remove the indexes of programs that have not been used here for long: the oldest beyond a few."""
    with suppress(OSError):
        with os.scandir(folder) as found:
            ours = [entry for entry in found if re.fullmatch(_OURS, entry.name)]
        for entry in sorted(ours, key=lambda entry: entry.stat(follow_symlinks=False).st_mtime_ns)[:-_KEPT]:
            os.unlink(entry.path)
