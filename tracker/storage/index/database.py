"""The index on the disk: a SQLite database that knows of each folder of the register what was read there.

What is known of a folder is its row. The rows of one board and year lie together on a shelf, and so do the
packed records of its live actions, as fetching them one by one would take most of the time; the other records
of a folder are a bundle of its own.

SQLite keeps readers and writers apart and takes back what was cut off; each thing carries a checksum besides,
because SQLite itself does not notice a flipped bit. The head of a shelf bears those of its rows and its live
actions, and that of a bundle begins with the seal of its row, so the records of another folder, or of an earlier
reading, never pass for those of the row. Whatever is wrong with a shelf, its folders count as not yet read;
whatever is wrong with the file, it is made anew.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from tracker.storage.index.room import file_in, forget_old, form
from tracker.storage.index.rows import (
    Head, Kept, Key, Live, Row, check_of, packed, seal_of, sealed, shelf_of, unpacked, unpacked_live, unpacked_rows,
)  # fmt: skip

_CLOCK: Final = "clock"
# Seconds that a command waits for another one that is just writing; it can do without.
_PATIENCE: Final = 0.5
# Each change takes a new number for its row; no register sees so many.
_MOST_NUMBERS: Final = 1 << 31
# A link in the place of our file must not have the file touched that it leads to.
_FOLLOWS: Final = os.utime not in os.supports_follow_symlinks
# What says nothing against the file itself: that someone has it open, or that there is no room or no access.
_OUTSIDE: Final = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
})  # fmt: skip

_OF_BOARD: Final = "name > ? || '/' and name < ? || '0'"  # "0" comes after "/"
# Bytes that are read in one go, which counts for a new file only. A sheet is some ten times as long as a usual page.
_PAGE: Final = 16384
# The two sheets of a shelf.
_ROWS: Final = 0
_LIVE: Final = 1
_SCHEMA: Final = (
    """create table shelf (
        id integer primary key, paths text not null, latest integer not null, first_due integer not null,
        dateless integer not null, wrong integer not null, seal integer not null, live_seal integer not null,
        name text not null unique, checksum integer not null
    )""",
    # twice the number of its shelf, and one more for the live actions
    "create table sheet (id integer primary key, body blob not null)",
    # by the number of its row
    "create table bundle (id integer primary key, body blob not null, checksum integer not null)",
)

# In a damaged file a cell can have another type, a number any size, a name of a table characters that are none.
FAILURES: Final = (sqlite3.Error, OSError, ValueError, TypeError, ArithmeticError, LookupError)
"""All that asking the index can raise, whatever lies in its file."""


class Database:
    """An open index. Whatever it is asked, it raises one of `FAILURES`; its user can then do without."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._file = file_in(folder)
        self._writing = False
        self._numbered = 0
        self._shelf = ""
        self._kept: dict[str, Kept] | None = None
        self._changed = False
        self._clear_way()
        try:
            self._open()
        except FAILURES as error:
            if not is_damage(error):
                raise
            self.forget()
            self._open()

    def has_meetings(self) -> bool:
        """Whether there is any shelf with meetings."""
        return bool(self._link.execute("select exists (select 1 from shelf where name != '')").fetchone()[0])

    def heads(self, board: str) -> dict[str, Head]:
        """The heads of the shelves with this board's meetings, by their names, as far as they are whole."""
        self._put_back()
        query = f"select * from shelf where {_OF_BOARD}"
        found = {name: _head(values, name, check) for *values, name, check in self._link.execute(query, (board, board))}
        return {name: head for name, head in found.items() if head is not None}

    def rows_of(self, head: Head) -> list[tuple[Key, Row]] | None:
        """The rows on the shelf of this head, in the order of their paths; None if they are not whole."""
        return unpacked_rows(head, _sheet(self._link, _ROWS, head))

    def live_of(self, head: Head) -> list[Live] | None:
        """The live actions on the shelf of this head, by folder, in order; None if they are not whole."""
        return unpacked_live(head, _sheet(self._link, _LIVE, head))

    def kept(self, shelf: str) -> dict[str, Kept]:
        """The folders on this shelf by their paths; none if it is not whole.

        What is put there or dropped is seen in it until another shelf is asked for.
        """
        if self._kept is None or shelf != self._shelf:
            self._put_back()
            self._kept = {}  # should the reading fail
            self._shelf = shelf
            found = self._link.execute("select * from shelf where name = ?", (shelf,)).fetchall()
            head = next((_head(values, name, checksum) for *values, name, checksum in found), None)
            if head is not None:
                self._kept = unpacked(head, *(_sheet(self._link, kind, head) for kind in (_ROWS, _LIVE)))
        return self._kept

    def row(self, path: str) -> tuple[Key, Row] | None:
        """The row of this folder; None if there is none that is whole."""
        kept = self.kept(shelf_of(path)).get(path)
        return (kept.key, kept.row) if kept else None

    def bundle(self, path: str, key: Key, live: bool) -> bytes | None:
        """The packed records of a folder, those of its live actions or the others; None if they are not whole."""
        if live:
            kept = self.kept(shelf_of(path)).get(path)
            return kept.live if kept is not None and kept.key == key else None
        number, seal = key
        query = "select body, checksum from bundle where id = ?"
        for body, checksum in self._link.execute(query, (number,)):
            return body if isinstance(body, bytes) and sealed(body, seal) == checksum else None
        return None

    def put(self, row: Row, live: bytes, others: bytes) -> Key:
        """Keep what was read in a folder."""
        kept = self.kept(shelf_of(row.path))
        self._remove(kept, row.path)
        number, seal = key = self._number(), seal_of(row)
        self._link.execute("replace into bundle values (?, ?, ?)", (number, others, sealed(others, seal)))
        kept[row.path] = Kept(key, row, live)
        return key

    def drop(self, path: str) -> None:
        """Forget a folder, and those in it."""
        query = f"select name from shelf where {_OF_BOARD}"
        inner = [] if "/" in path else [name for (name,) in self._link.execute(query, (path, path)).fetchall()]
        for shelf in inner:
            kept = self.kept(shelf)
            for each in list(kept):
                self._remove(kept, each)
        self._remove(self.kept(shelf_of(path)), path)

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
                self._put_back()
            if self._link.in_transaction:
                self._link.execute("commit" if keep and self._writing else "rollback")
        self._link.close()

    def forget(self) -> None:
        """Remove the file, which is then made anew when it is next wanted. What cannot be removed stays."""
        for file in self._files():
            with suppress(OSError):
                os.unlink(file)

    def _put_back(self) -> None:
        """Put back the shelf at hand, if it was changed."""
        if not self._changed or self._kept is None:
            return
        self._changed = False
        old = self._link.execute("select id from shelf where name = ?", (self._shelf,)).fetchall()
        for (number,) in old:
            self._link.execute("delete from sheet where id in (?, ?)", (2 * number, 2 * number + 1))
        self._link.execute("delete from shelf where name = ?", (self._shelf,))
        if self._kept:
            head, rows, live = packed(self._kept)
            values = (None, *head[1:], self._shelf, check_of(self._shelf, head))
            places = ", ".join("?" * len(values))
            number = _in_reach(self._link.execute(f"insert into shelf values ({places})", values).lastrowid)
            for kind, body in ((_ROWS, rows), (_LIVE, live)):
                self._link.execute("replace into sheet values (?, ?)", (2 * number + kind, body))

    def _remove(self, kept: dict[str, Kept], path: str) -> None:
        """Take a folder from its shelf, and forget its bundle."""
        self._writing = self._changed = True
        if path in kept:
            (number, _), _, _ = kept.pop(path)
            self._link.execute("delete from bundle where id = ?", (number,))

    def _number(self) -> int:
        """A number that no row has."""
        if not self._numbered:
            self._numbered = self._link.execute("select max(id) from bundle").fetchone()[0] or 0
        self._numbered = _in_reach(self._numbered + 1)
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
            self._link.execute(f"pragma page_size = {_PAGE}")
            self._link.execute("begin")
            if _said_form(self._link) == 0:
                self._lay_out()
            if _said_form(self._link) != form():
                raise sqlite3.DatabaseError("of another version")
        except BaseException:
            self._link.close()
            raise

    def _lay_out(self) -> None:
        """Make the tables, unless another command is quicker."""
        forget_old(self._folder)
        self._link.execute("rollback")
        self._link.execute("begin immediate")
        if _said_form(self._link) == 0:
            for table in _SCHEMA:
                self._link.execute(table)
            self._link.execute(f"pragma user_version = {form()}")
        self._link.execute("commit")
        self._link.execute("begin")


def latest_shelves(folder: str) -> Iterator[tuple[Key, list[Row]]]:
    """The shelves of the index that is there, with their rows, those that were put last before the others.

    It is only read, and free for others between one shelf and the next. May raise any of `FAILURES`.
    """
    link = sqlite3.connect(file_in(folder), timeout=_PATIENCE, isolation_level=None)
    try:
        if _said_form(link) != form():
            return
        for *values, name, checksum in link.execute("select * from shelf order by id desc").fetchall():
            head = _head(values, name, checksum)
            rows = unpacked_rows(head, _sheet(link, _ROWS, head)) if head else None
            if head and rows is not None:
                yield head.key, [row for _, row in rows]
    finally:
        link.close()


def is_damage(error: Exception) -> bool:
    """Whether the error says that what lies in the file is no use."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        return code is None or code & 0xFF not in _OUTSIDE
    return not isinstance(error, OSError)


def _said_form(link: sqlite3.Connection) -> int:
    """The program that made the file, 0 for an empty one. From here on this command sees no change of another."""
    return int(link.execute("pragma user_version").fetchone()[0])


def _head(values: list[object], name: object, checksum: object) -> Head | None:
    """The head of these values, if they are what was put: in a damaged file a cell can even be of another type."""
    head = Head._make(values)
    return head if isinstance(name, str) and check_of(name, head) == checksum else None


def _sheet(link: sqlite3.Connection, kind: int, head: Head) -> object:
    """What lies in the index as the rows or the live actions of this shelf."""
    query = "select body from sheet where id = ?"
    return next((body for (body,) in link.execute(query, (2 * head.number + kind,)).fetchall()), None)


def _in_reach(number: int | None) -> int:
    if number is None or number >= _MOST_NUMBERS:
        raise sqlite3.DatabaseError("a number that nothing of ours can have")
    return number
