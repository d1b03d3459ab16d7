"""The whole register through the index: what has not changed is taken from there, the rest is read and kept."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from tracker.model.records import Board, Meeting, Record, Register, Settings
from tracker.model.references import MeetingRef, Ref
from tracker.storage.index.actions import IndexedActions
from tracker.storage.index.bundles import Cards, Shelved, Wrong, kept_cards, own_ref, records_in, wrong_in
from tracker.storage.index.database import FAILURES, Database, is_damage
from tracker.storage.index.room import make_room
from tracker.storage.index.rows import Key, Row, Rows, shelf_of
from tracker.storage.index.verifying import Verifier, stands
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.index.helping import Helper

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


class Whole:
    """All of a register. Close it when no more is asked of it: only then what was read is kept.

    The meetings' folders are looked at one after the other as they are asked for.
    """

    def __init__(
        self, root: Place, database: Database | None, watch: Watch, helper: "Helper | None" = None
    ) -> None:
        self._root = os.fspath(root)
        self._database = database
        self._mark = database.mark() if database else 0
        self._writes = True
        self._damaged = False
        self._walked_all = False
        self._anew: dict[str, Shelved] = {}
        self._wrong: list[Wrong] = []
        self._top: list[Entry] = []
        self._met: list[Entry] = []
        self._walk = self._walked(watch(self._look_at_top()), Verifier(self._root, helper))

    @cached_property
    def wrong(self) -> Wrong:
        """All that is wrong in the files, in the order of their paths."""
        for _ in self.meeting_folders():
            pass
        problems = [problem for wrong in self._wrong for problem in wrong.problems]
        problems.sort(key=lambda problem: (problem.path, problem.line or 0))
        broken = {path: each for wrong in self._wrong for path, each in wrong.broken.items()}
        return Wrong(tuple(problems), dict(sorted(broken.items())))

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.meeting_folders()}

    @cached_property
    def settings(self) -> Settings:
        """What `register.yaml` says."""
        found = [record for record in self._own_records() if isinstance(record, Settings)]
        return found[0] if found else Settings()

    @cached_property
    def boards(self) -> dict[str, Board]:
        """The boards, in the order of their keys."""
        return {record.key: record for record in self._own_records() if isinstance(record, Board)}

    @cached_property
    def meetings(self) -> dict[MeetingRef, Meeting]:
        """The meetings, in order."""
        found = (record for entry in self.meeting_folders() for _, record in self._records(entry, live=False))
        return {record.ref: record for record in found if isinstance(record, Meeting)}

    @cached_property
    def actions(self) -> IndexedActions:
        """The actions, none of which is unpacked before it is asked for."""
        return IndexedActions(self)

    @cached_property
    def highest(self) -> dict[MeetingRef, int]:
        """The highest number that any name in a meeting's folder takes up."""
        return {
            cast(MeetingRef, own_ref(entry.path)): entry.highest
            for entry in self.meeting_folders()
            if entry.highest
        }

    def register(self) -> Register:
        """The register. Its actions can be used until the whole is closed, and those that were unpacked afterwards."""
        return Register(self.settings, self.boards, self.meetings, self.actions, self.wrong.broken, self.highest)

    def meeting_folders(self) -> Iterator[Entry]:
        """The folders of the meetings, in order, looked at as they are asked for."""
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

    def folder(self, path: str) -> Entry | None:
        """The folder of a meeting; None if there is none."""
        return self._by_path.get(path)

    def bundle(self, entry: Entry, live: bool) -> bytes:
        """The folder's records, those of its live actions or the others."""
        read = entry.read
        if read is None and entry.key is not None:
            bundle = self._held_bundle(entry.key, live)
            if bundle is not None:
                return bundle
        if read is None:  # the index has lost them
            read = self._anew.get(entry.path) or self._read_folder(entry.path)
            self._anew[entry.path] = read
        return read.live if live else read.others

    def live_bundles(self, entries: Iterable[Entry]) -> dict[str, bytes]:
        """The records of live actions in these folders, by path, as far as the index has them."""
        keys = {entry.key: entry.path for entry in entries if entry.key is not None}
        if self._database is not None:
            with suppress(*FAILURES):
                return {keys[key]: bundle for key, bundle in self._database.live_bundles(keys)}
        return {}

    def close(self) -> None:
        """Keep what was read, and be done with the index."""
        if self._database is not None:
            self._database.close(keep=self._writes and not self._damaged)
            if self._damaged:
                self._database.forget()
            self._database = None

    def _look_at_top(self) -> list[str]:
        """Look at the register's own folder and at the boards; the paths of the meetings, in order."""
        boards = self._see("")
        return [path for board in boards for path in self._see(board)]

    def _walked(self, meetings: Iterable[str], verifier: Verifier) -> Iterator[bool]:
        """Take the meetings' folders one after the other; stops between one board's year and the next.

        The rows of the shelf at hand change with each folder that is read again; only the row of that folder does.
        """
        shelf = "/"
        rows: Rows = {}
        for path in meetings:
            if not path.startswith(shelf):
                yield True
                shelf = shelf_of(path)
                rows = self._held_rows(shelf)
            found = rows.get(path)
            if found is not None and verifier.stands(*found):
                self._take(found[1], found[0])
            else:
                self._read_again(path, found)
        self._walked_all = True
        yield True

    def _see(self, path: str) -> list[str]:
        """Take a folder from the index if it stands, else read it; the paths of those in it, in order."""
        found = self._database.row(path) if self._database else None
        if found is not None and stands(self._root, found[1]):
            key, row = found
            self._take(row, key)
        else:
            row = self._read_again(path, found)
        return row.inner_paths

    def _read_again(self, path: str, found: tuple[Key, Row] | None) -> Row:
        """Read a folder that is not as the index has it, but none of the records in it that are."""
        if found is None:
            return self._keep(self._read_folder(path))
        key, before = found
        row = self._keep(self._read_folder(path, before, partial(kept_cards, partial(self._held_bundle, key))))
        for gone in set(before.inner_paths) - set(row.inner_paths):
            self._try(partial(_drop, gone))
        return row

    def _read_folder(self, path: str, before: Row | None = None, kept: Callable[[], Cards] = dict) -> Shelved:
        # what is as it was needs nothing that reads files
        from tracker.storage.index.folders import read_folder

        return read_folder(self._root, path, self._mark, before, kept)

    def _take(self, row: Row, key: Key | None, read: Shelved | None = None) -> None:
        path, _, _, _, latest, first_due, dateless, highest, problems = row
        (self._met if "/" in path else self._top).append(
            Entry(path, key, latest, first_due, dateless, highest, read)
        )
        if problems:
            self._wrong.append(wrong_in(row))

    def _keep(self, shelved: Shelved) -> Row:
        """Put what was read into the index; where that has no room, hold it."""
        key = self._try(lambda database: database.put(*shelved))
        self._take(shelved.row, key, shelved if key is None else None)
        return shelved.row

    def _try(self, write: Callable[[Database], _T]) -> _T | None:
        """Write to the index, unless that has failed before: another command may have it, or the disk be full."""
        if self._database is None or not self._writes:
            return None
        try:
            return write(self._database)
        except FAILURES as error:
            self._failed(error)
            return None

    def _held_rows(self, shelf: str) -> Rows:
        """The rows on this shelf of the index, as far as it has them."""
        if self._database is None:
            return {}
        try:
            return self._database.rows(shelf)
        except FAILURES as error:
            self._failed(error)
            return {}

    def _failed(self, error: Exception) -> None:
        """Write nothing more to the index."""
        self._writes = False
        self._damaged |= is_damage(error)

    def _own_records(self) -> Iterator[Record]:
        """Those of the register and of the boards."""
        return (record for entry in self._top for _, record in self._records(entry, live=False))

    def _records(self, entry: Entry, live: bool) -> list[tuple[Ref, Record]]:
        return records_in(entry.path, self.bundle(entry, live))

    def _held_bundle(self, key: Key, live: bool) -> bytes | None:
        if self._database is None:
            return None
        bundle = None
        with suppress(*FAILURES):
            bundle = self._database.bundle(key, live)
        self._damaged |= bundle is None
        return bundle


def open_whole(root: Place, watch: Watch, helper: "Helper | None" = None) -> Whole:
    """The whole register at `root`, through the index where there can be one. Never raises for what lies in it."""
    database = _database(root)
    try:
        return Whole(root, database, watch, helper)
    except FAILURES as error:
        if database is None:
            raise
        database.close(keep=False)
        if is_damage(error):
            database.forget()
        return Whole(root, None, watch)


def _database(root: Place) -> Database | None:
    """The index; None where there can be none: a register that is only to be read, a full disk, a foreign file."""
    folder = make_room(root)
    try:
        return Database(folder) if folder else None
    except FAILURES:
        return None


def _drop(path: str, database: Database) -> None:
    database.drop(path)
