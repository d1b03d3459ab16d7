"""Taking the folders of a register one after the other: from the index where they stand, else read again and kept."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from tracker.storage.index.bundles import Cards, Shelved, Wrong, kept_cards, wrong_in
from tracker.storage.index.database import FAILURES, Database, is_damage
from tracker.storage.index.rows import Head, Key, Live, Row, shelf_of
from tracker.storage.index.signature import stands
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.index.helping import Helper
    from tracker.storage.index.sharing import Partner

_T = TypeVar("_T")
Watch = Callable[[Sequence[Any]], Iterable[Any]]
"""Gives the elements on one by one, and may show a person how far it is."""


class Entry(NamedTuple):
    """A folder that is as it stands on the disk: where the index has it, or what was read where that has no room."""

    path: str
    key: Key | None
    latest: int
    first_due: int
    dateless: int
    highest: int
    read: Shelved | None = None


class Year(NamedTuple):
    """A board's meetings in one year, as they stand on the disk, and what holds for all of them (see `Head`).

    They lie on the shelf of this head in the index if all of them stood; else `entries` are their folders.
    """

    name: str
    latest: int
    first_due: int
    dateless: int
    head: Head | None
    entries: tuple[Entry, ...] = ()


class Walk:
    """The folders of a register, as they stand on the disk. Close it when no more is asked of it.

    The register's own folder and the boards are looked at at once, the meetings, a year after the other, as they are
    asked for. `wrong` is what is wrong in those that were.
    """

    def __init__(
        self, root: Place, database: Database | None, watch: Watch, helper: "Helper | None" = None
    ) -> None:
        self._root = os.fspath(root)
        self._database = database
        self._helper = helper
        self._mark = database.mark() if database else 0
        self._writes = True
        self._damaged = False
        self._walked_all = False
        self._anew: dict[str, Shelved] = {}
        self.wrong: list[Wrong] = []
        self.top: list[Entry] = []
        self._met: list[Year] = []
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._partner: Partner | None = None
        self._walk = self._walked(self._look_at_top(), watch)

    def years(self) -> Iterator[Year]:
        """The meetings by board and year, in order, looked at as they are asked for."""
        place = 0
        while True:
            met = self._met[place:]
            place += len(met)
            yield from met
            if place < len(self._met):
                continue
            if self._walked_all:
                return
            if not next(self._walk, False):
                raise RuntimeError("the walk through the register was broken off by an error")

    def meetings(self) -> Iterator[Entry]:
        """The folders of the meetings, in order, looked at as they are asked for."""
        for year in self.years():
            yield from self.entries(year)

    def entries(self, year: Year) -> tuple[Entry, ...]:
        """The folders of a year's meetings, in order."""
        if year.head is None:
            return year.entries
        if year.name not in self._entries:
            self._entries[year.name] = self._unpacked(year.head)
        return self._entries[year.name]

    def folder(self, path: str) -> Entry | None:
        """The folder of a meeting; None if there is none."""
        year = self._by_name.get(shelf_of(path))
        return next((entry for entry in self.entries(year) if entry.path == path), None) if year else None

    def bundle(self, entry: Entry, live: bool) -> bytes:
        """The folder's records, those of its live actions or the others."""
        read = entry.read
        if read is None and entry.key is not None:
            bundle = self._held_bundle(entry.path, entry.key, live)
            if bundle is not None:
                return bundle
        if read is None:  # the index has lost them
            read = self._anew.get(entry.path) or self._read_folder(entry.path)
            self._anew[entry.path] = read
        return read.live if live else read.others

    def live_bundles(self, year: Year, due_before: int) -> Iterable[tuple[str, bytes]]:
        """By folder, in order, the records of its live actions, where any of them is due before this day or has no day.

        The day is counted from the year 1.
        """
        if year.head is not None:
            held = self._held_live(year.head)
            if held is not None:
                return [(path, bundle) for path, first, bundle in held if first < due_before]
        wanted = (entry for entry in self.entries(year) if entry.dateless or entry.first_due < due_before)
        return ((entry.path, self.bundle(entry, live=True)) for entry in wanted)

    @cached_property
    def _by_name(self) -> dict[str, Year]:
        return {year.name: year for year in self.years()}

    def close(self) -> None:
        """Keep what was read, and be done with the index."""
        if self._partner is not None:
            self._partner.end()
        if self._database is not None:
            self._database.close(keep=self._writes and not self._damaged)
            if self._damaged:
                self._database.forget()
            self._database = None

    def _look_at_top(self) -> list[str]:
        """Look at the register's own folder and at the boards; the paths of the meetings, in order."""
        boards = self._see("")
        return [path for board in boards for path in self._see(board)]

    def _see(self, path: str) -> list[str]:
        """Take a folder from the index if it stands, else read it; the paths of those in it, in order."""
        found = self._database.row(path) if self._database else None
        row, entry = self._seen(path, found)
        self.top.append(entry)
        return row.inner_paths

    def _walked(self, meetings: Sequence[str], watch: Watch) -> Iterator[bool]:
        """Take one year of a board after the other."""
        if not self._ask(lambda database: database.has_meetings()):
            from tracker.storage.index.sharing import begin

            self._partner = begin(self._root, meetings, self._mark)
        board = ""
        heads: dict[str, Head] = {}
        for name, paths in groupby(watch(meetings), shelf_of):
            if not name.startswith(f"{board}/"):
                board = name.partition("/")[0]
                heads = self._ask(partial(_heads, board)) or {}
            self._met.append(self._year(name, list(paths), heads.get(name)))
            yield True
        self._walked_all = True
        yield True

    def _year(self, name: str, paths: list[str], head: Head | None) -> Year:
        if head is not None and head.paths.split("\n") == paths and self._stands(head):
            return Year(name, head.latest, head.first_due, head.dateless, head)
        kept = self._ask(lambda database: database.kept(name)) or {}
        for gone in kept.keys() - set(paths):
            self._try(partial(_drop, gone))
        # what is kept there changes with each folder that is read again; only that folder does
        found = ((path, kept.get(path)) for path in paths)
        entries = tuple(self._seen(path, (each.key, each.row) if each else None)[1] for path, each in found)
        return Year(
            name,
            max(entry.latest for entry in entries),
            min(entry.first_due for entry in entries),
            sum(entry.dateless for entry in entries),
            None,
            entries,
        )

    def _stands(self, head: Head) -> bool:
        """Whether all folders of this shelf stand. Takes in what is wrong in them if they do."""
        told = False
        if self._helper:
            self._helper.listen()
            told = self._helper.knows(head.key)
        if told and not head.wrong:
            return True
        rows = self._ask(lambda database: database.rows_of(head))
        if rows is None or not (told or all(stands(self._root, row) for _, row in rows)):
            return False
        self.wrong += [wrong_in(row) for _, row in rows if row.problems]
        return True

    def _unpacked(self, head: Head) -> tuple[Entry, ...]:
        """The folders of a shelf that stands."""
        rows = self._ask(lambda database: database.rows_of(head))
        if rows is not None:
            return tuple(_entry(row, key) for key, row in rows)
        self._damaged = True
        read = map(self._read_folder, head.paths.split("\n"))
        return tuple(_entry(shelved.row, None, shelved) for shelved in read)

    def _seen(self, path: str, found: tuple[Key, Row] | None) -> tuple[Row, Entry]:
        """A folder from the index if it stands, else read again, but for those records in it that are as they were."""
        if found is None:
            return self._keep(self._read_folder(path))
        key, before = found
        if stands(self._root, before):
            return self._noted(before, _entry(before, key))
        kept = partial(kept_cards, partial(self._held_bundle, path, key))
        row, entry = self._keep(self._read_folder(path, before, kept))
        for gone in set(before.inner_paths) - set(row.inner_paths):
            self._try(partial(_drop, gone))
        return row, entry

    def _read_folder(self, path: str, before: Row | None = None, kept: Callable[[], Cards] = dict) -> Shelved:
        shared = self._partner.take(path) if self._partner else None
        if shared is not None:
            return shared
        # what is as it was needs nothing that reads files
        from tracker.storage.index.folders import read_folder

        return read_folder(self._root, path, self._mark, before, kept)

    def _keep(self, shelved: Shelved) -> tuple[Row, Entry]:
        """Put what was read into the index; where that has no room, hold it."""
        key = self._try(lambda database: database.put(*shelved))
        return self._noted(shelved.row, _entry(shelved.row, key, shelved if key is None else None))

    def _noted(self, row: Row, entry: Entry) -> tuple[Row, Entry]:
        if row.problems:
            self.wrong.append(wrong_in(row))
        return row, entry

    def _try(self, write: Callable[[Database], _T]) -> _T | None:
        """Write to the index, unless that has failed before: another command may have it, or the disk be full."""
        return self._ask(write) if self._writes else None

    def _ask(self, question: Callable[[Database], _T | None]) -> _T | None:
        """What the index says; None where it cannot, and then nothing more is written to it."""
        if self._database is None:
            return None
        try:
            return question(self._database)
        except FAILURES as error:
            self._writes = False
            self._damaged |= is_damage(error)
            return None

    def _held_live(self, head: Head) -> list[Live] | None:
        found = self._ask(lambda database: database.live_of(head))
        self._damaged |= found is None
        return found

    def _held_bundle(self, path: str, key: Key, live: bool) -> bytes | None:
        if self._database is None:
            return None
        bundle = self._ask(lambda database: database.bundle(path, key, live))
        self._damaged |= bundle is None
        return bundle


def _entry(row: Row, key: Key | None, read: Shelved | None = None) -> Entry:
    return Entry(row.path, key, row.latest, row.first_due, row.dateless, row.highest, read)


def _heads(board: str, database: Database) -> dict[str, Head]:
    return database.heads(board)


def _drop(path: str, database: Database) -> None:
    database.drop(path)
