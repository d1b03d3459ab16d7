"""The whole register through the index: what has not changed is taken from there, the rest is read and kept."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from typing import Any, NamedTuple, TypeVar, cast

from tracker.model.records import Action, Board, Meeting, Record, Register, Settings
from tracker.model.references import ActionRef, MeetingRef, Ref
from tracker.storage.index.actions import IndexedActions
from tracker.storage.index.bundles import (
    NEVER,
    Cards,
    Shelved,
    Wrong,
    kept_cards,
    numbers_in,
    own_ref,
    records_in,
    wrong_in,
)
from tracker.storage.index.database import FAILURES, Database, Key, Row, is_damage
from tracker.storage.index.room import make_room
from tracker.storage.index.verifying import which_stand
from tracker.storage.own_folder import Place

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
    """All of a register. Close it when no more is asked of it: only then what was read is kept."""

    def __init__(self, root: Place, database: Database | None, watch: Watch) -> None:
        self._root = os.fspath(root)
        self._database = database
        self._watch = watch
        self._mark = database.mark() if database else 0
        self._writes = True
        self._damaged = False
        self._anew: dict[str, Shelved] = {}
        self._wrong: list[Wrong] = []
        self.entries: list[Entry] = []
        self._verify()

    @cached_property
    def wrong(self) -> Wrong:
        """All that is wrong in the files, in the order of their paths."""
        problems = [problem for wrong in self._wrong for problem in wrong.problems]
        problems.sort(key=lambda problem: (problem.path, problem.line or 0))
        return Wrong(tuple(problems), {path: each for wrong in self._wrong for path, each in wrong.broken.items()})

    @cached_property
    def _by_path(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.entries}

    @cached_property
    def settings(self) -> Settings:
        """What `register.yaml` says."""
        found = [record for record in self._own_records("") if isinstance(record, Settings)]
        return found[0] if found else Settings()

    @cached_property
    def boards(self) -> dict[str, Board]:
        """The boards, in the order of their keys."""
        paths = sorted(entry.path for entry in self.entries if entry.path and "/" not in entry.path)
        found = (record for path in paths for record in self._own_records(path))
        return {record.key: record for record in found if isinstance(record, Board)}

    @cached_property
    def meetings(self) -> dict[MeetingRef, Meeting]:
        """The meetings, in the order of their paths."""
        found = (record for entry in self._of_meetings() for _, record in self._records(entry, live=False))
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
            for entry in self._of_meetings()
            if entry.highest
        }

    def register(self) -> Register:
        """The register. Its actions can be used until the whole is closed, and those that were unpacked afterwards."""
        return Register(self.settings, self.boards, self.meetings, self.actions, self.wrong.broken, self.highest)

    def every_action(self) -> Iterator[Action]:
        """All actions, in order."""
        return self.live_or_later(-1, NEVER + 1)

    def live_or_later(self, day: int, due_before: int) -> Iterator[Action]:
        """The live actions that are due before a day or have none, and all of the folders with events after `day`.

        In order; both days are counted from the year 1.
        """
        for entry in self._of_meetings():
            if entry.latest > day:
                both = [*self._records(entry, live=True), *self._records(entry, live=False)]
                found = sorted(both, key=_number)
            elif entry.first_due < due_before or entry.dateless or due_before > NEVER:
                found = records_in(entry.path, self._bundle(entry, live=True), due_before)
            else:
                continue
            for _, record in found:
                if isinstance(record, Action):
                    yield record

    def actions_in(self, folder: str) -> dict[ActionRef, Action]:
        """The actions of this meeting's folder."""
        entry = self._by_path.get(folder)
        if entry is None:
            return {}
        found = [record for live in (True, False) for _, record in self._records(entry, live)]
        return {record.ref: record for record in found if isinstance(record, Action)}

    def action_refs(self) -> Iterator[ActionRef]:
        """The references of all actions that can be read, in order."""
        for entry in self._of_meetings():
            meeting = cast(MeetingRef, own_ref(entry.path))
            numbers = [*numbers_in(self._bundle(entry, True)), *numbers_in(self._bundle(entry, False))]
            yield from (ActionRef(meeting, number) for number in sorted(numbers) if number)

    def close(self) -> None:
        """Keep what was read, and be done with the index."""
        if self._database is not None:
            self._database.close(keep=self._writes and not self._damaged)
            if self._damaged:
                self._database.forget()
            self._database = None

    def _verify(self) -> None:
        """See for each folder of the index whether it is as it was, and read what is not."""
        expected = {""}
        gone: list[Key] = []
        changed: list[Shelved] = []
        database = self._database
        rows = list(database.rows()) if database else []
        for (key, row), stands in zip(rows, which_stand(self._root, [row for _, row in rows]), strict=True):
            if row.path not in expected:
                gone.append(key)
                continue
            expected.discard(row.path)
            if stands:
                self._take(row, key)
            else:
                kept = partial(kept_cards, database, key) if database else dict
                changed.append(self._read_folder(row.path, row, kept))
                row = changed[-1].row
            if row.inner:
                expected.update(_inner(row))
        for key in gone:
            self._try(partial(_drop, key))
        for shelved in changed:
            self._keep(shelved)
        self._read_new(expected)
        self.entries.sort()

    def _read_new(self, paths: Iterable[str]) -> None:
        """Read folders that the index does not have, and those that lie in them."""
        waiting = sorted(paths, reverse=True)
        meetings: list[str] = []
        while waiting:
            path = waiting.pop()
            if "/" in path:
                meetings.append(path)
                continue
            shelved = self._read_folder(path)
            self._keep(shelved)
            waiting += _inner(shelved.row)
        for path in self._watch(sorted(meetings)):
            self._keep(self._read_folder(path))

    def _read_folder(self, path: str, before: Row | None = None, kept: Callable[[], Cards] = dict) -> Shelved:
        # what is as it was needs nothing that reads files
        from tracker.storage.index.folders import read_folder

        return read_folder(self._root, path, self._mark, before, kept)

    def _take(self, row: Row, key: Key | None, read: Shelved | None = None) -> None:
        self.entries.append(Entry(row.path, key, row.latest, row.first_due, row.dateless, row.highest, read))
        if row.problems:
            self._wrong.append(wrong_in(row))

    def _keep(self, shelved: Shelved) -> None:
        """Put what was read into the index; where that has no room, hold it."""
        key = self._try(lambda database: database.put(*shelved))
        self._take(shelved.row, key, shelved if key is None else None)

    def _try(self, write: Callable[[Database], _T]) -> _T | None:
        """Write to the index, unless that has failed before: another command may have it, or the disk be full."""
        if self._database is None or not self._writes:
            return None
        try:
            return write(self._database)
        except FAILURES as error:
            self._writes = False
            self._damaged = is_damage(error)
            if not self._database.is_open:  # what was put before is gone with it
                raise
            return None

    def _own_records(self, path: str) -> list[Record]:
        found = (self._records(entry, live=False) for entry in self.entries if entry.path == path)
        return [record for records in found for _, record in records]

    def _of_meetings(self) -> Iterator[Entry]:
        return (entry for entry in self.entries if "/" in entry.path)

    def _records(self, entry: Entry, live: bool) -> list[tuple[Ref, Record]]:
        return records_in(entry.path, self._bundle(entry, live))

    def _bundle(self, entry: Entry, live: bool) -> bytes:
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

    def _held_bundle(self, key: Key, live: bool) -> bytes | None:
        if self._database is None:
            return None
        bundle = None
        with suppress(*FAILURES):
            bundle = self._database.bundle(key, live)
        self._damaged |= bundle is None
        return bundle


def open_whole(root: Place, watch: Watch) -> Whole:
    """The whole register at `root`, through the index where there can be one. Never raises for what lies in it."""
    database = _database(root)
    try:
        return Whole(root, database, watch)
    except (*FAILURES, ValueError, TypeError) as error:
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


def _drop(key: Key, database: Database) -> None:
    database.drop(key)


def _inner(row: Row) -> list[str]:
    """The paths of the folders in this one."""
    start = f"{row.path}/" if row.path else ""
    return [f"{start}{name}" for name in row.inner.split("\n")] if row.inner else []


def _number(found: tuple[Ref, Record]) -> int:
    ref = found[0]
    return ref.number if isinstance(ref, ActionRef) else 0
