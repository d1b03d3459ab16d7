"""The index on the disk: a SQLite database that knows of each folder of the register what was read there.

What is known of a folder is its row; the rows of one board and year lie together on a shelf, as unpacking
them one by one would take most of the time. The packed records of a folder are two bundles.

SQLite keeps readers and writers apart and takes back what was cut off; each shelf and each bundle carries
a checksum besides, because SQLite itself does not notice a flipped bit. That of a bundle begins with the
seal of its row, so the records of another folder, or of an earlier reading, never pass for those of the row.
Whatever is wrong with a shelf, its folders count as not yet read; whatever is wrong with the file, it is
made anew.
"""

import os
import re
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from typing import Final
from zlib import crc32

from tracker import __version__
from tracker.storage.index.rows import Key, Row, Rows, packed, seal_of, sealed, shelf_of, unpacked

_CLOCK: Final = "clock"
# Seconds that a command waits for another one that is just writing; it can do without.
_PATIENCE: Final = 0.5
# Colleagues with other versions of the program each have an index of their own.
_KEPT: Final = 4
# Each change takes a new number for its row; no register sees so many.
_MOST_NUMBERS: Final = 1 << 31
# A link in the place of our file must not have the file touched that it leads to.
_FOLLOWS: Final = os.utime not in os.supports_follow_symlinks
_OURS: Final = r"[0-9a-f]{8}\.db"
# What says nothing against the file itself: that someone has it open, or that there is no room or no access.
_OUTSIDE: Final = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip

_SCHEMA: Final = (
    """create table shelf (
        id integer primary key, name text not null unique, rows blob not null, checksum integer not null
    )""",
    # twice the number of its row, and one more if it holds the live actions
    "create table bundle (id integer primary key, body blob not null, checksum integer not null)",
)

# In a damaged file a cell can have another type, a number any size, a name of a table characters that are none.
FAILURES: Final = (sqlite3.Error, OSError, ValueError, TypeError, ArithmeticError, LookupError)
"""All that asking the index can raise, whatever lies in its file."""


class Database:
    """An open index. Whatever it is asked, it raises one of `FAILURES`; its user can then do without."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._file = _file_in(folder)
        self._writing = False
        self._numbered = 0
        self._shelf = ""
        self._rows: dict[str, tuple[Key, Row]] | None = None
        self._changed = False
        self._clear_way()
        try:
            self._open()
        except FAILURES as error:
            if not is_damage(error):
                raise
            self.forget()
            self._open()

    def rows(self, shelf: str) -> Rows:
        """The rows on this shelf; none if it is not whole. What is put there later is seen in them."""
        return self._rows_on(shelf)

    def row(self, path: str) -> tuple[Key, Row] | None:
        """The row of this folder; None if there is none that is whole."""
        return self._rows_on(shelf_of(path)).get(path)

    def bundle(self, key: Key, live: bool) -> bytes | None:
        """The packed records of a folder, those of its live actions or the others; None if they are not whole."""
        number, seal = key
        query = "select body, checksum from bundle where id = ?"
        for body, checksum in self._link.execute(query, (2 * number + live,)):
            return body if isinstance(body, bytes) and sealed(body, live, seal) == checksum else None
        return None

    def live_bundles(self, keys: Iterable[Key]) -> Iterator[tuple[Key, bytes]]:
        """The packed records of the live actions of many folders, of those of which they are whole."""
        seals = {2 * number + 1: seal for number, seal in keys}
        query = f"select id, body, checksum from bundle where id in ({','.join(map(str, seals))})"
        for place, body, checksum in self._link.execute(query):
            seal = seals[place]
            if isinstance(body, bytes) and sealed(body, True, seal) == checksum:
                yield (place >> 1, seal), body

    def put(self, row: Row, live: bytes, others: bytes) -> Key:
        """Keep what was read in a folder."""
        rows = self._rows_on(shelf_of(row.path))
        self._remove(rows, row.path)
        number, seal = self._number(), seal_of(row)
        for kind, body in ((True, live), (False, others)):
            values = (2 * number + kind, body, sealed(body, kind, seal))
            self._link.execute("replace into bundle values (?, ?, ?)", values)
        rows[row.path] = (number, seal), row
        return number, seal

    def drop(self, path: str) -> None:
        """Forget a folder, and those in it."""
        query = "select name from shelf where name > ? || '/' and name < ? || '0'"  # "0" comes after "/"
        inner = [] if "/" in path else [name for (name,) in self._link.execute(query, (path, path)).fetchall()]
        for shelf in inner:
            rows = self._rows_on(shelf)
            for each in list(rows):
                self._remove(rows, each)
        self._remove(self._rows_on(shelf_of(path)), path)

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
        with suppress(*FAILURES):
            if keep:
                self._shelve()
            if self._link.in_transaction:
                self._link.execute("commit" if keep and self._writing else "rollback")
        self._link.close()

    def forget(self) -> None:
        """Remove the file, which is then made anew when it is next wanted. What cannot be removed stays."""
        for file in self._files():
            with suppress(OSError):
                os.unlink(file)

    def _rows_on(self, shelf: str) -> dict[str, tuple[Key, Row]]:
        """The rows on this shelf, which can be changed until another one is asked for."""
        if self._rows is None or shelf != self._shelf:
            self._shelve()
            self._rows = {}  # should the reading fail
            self._shelf = shelf
            for rows, checksum in self._link.execute("select rows, checksum from shelf where name = ?", (shelf,)):
                self._rows = unpacked(shelf, rows, checksum)
        return self._rows

    def _shelve(self) -> None:
        """Put the shelf back, if it was changed."""
        if self._changed and self._rows is not None:
            self._changed = False
            values = (self._shelf, *packed(self._shelf, self._rows))
            self._link.execute("replace into shelf values (null, ?, ?, ?)", values)

    def _remove(self, rows: dict[str, tuple[Key, Row]], path: str) -> None:
        """Take the row of a folder from its shelf, and forget its bundles."""
        self._writing = self._changed = True
        if path in rows:
            (number, _), _ = rows.pop(path)
            self._link.execute("delete from bundle where id in (?, ?)", (2 * number, 2 * number + 1))

    def _number(self) -> int:
        """A number that no row has."""
        if not self._numbered:
            self._numbered = (self._link.execute("select max(id) from bundle").fetchone()[0] or 0) // 2
        self._numbered += 1
        if self._numbered >= _MOST_NUMBERS:
            raise sqlite3.DatabaseError("a number that no row can have")
        return self._numbered

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


def latest_rows(folder: str) -> Iterator[Rows]:
    """The rows of the index that is there, a shelf at a time, those that were put last before the others.

    It is only read, and free for others between one shelf and the next. May raise any of `FAILURES`.
    """
    link = sqlite3.connect(_file_in(folder), timeout=_PATIENCE, isolation_level=None)
    try:
        if _said_form(link) != _form():
            return
        for (number,) in link.execute("select id from shelf order by id desc").fetchall():
            for found in link.execute("select name, rows, checksum from shelf where id = ?", (number,)).fetchall():
                yield unpacked(*found)
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
