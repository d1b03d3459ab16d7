"""The whole register through the index: the records of the folders, unpacked as they are asked for."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, cast

from tracker.model.records import Board, Meeting, Record, Register, Settings
from tracker.model.references import MeetingRef, ref_of_folder
from tracker.storage.index.actions import IndexedActions
from tracker.storage.index.bundles import Wrong, own_in
from tracker.storage.index.database import FAILURES, Database, is_damage
from tracker.storage.index.room import make_room
from tracker.storage.index.walking import Entry, Walk, Watch
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.index.helping import Helper


class Whole:
    """All of a register. Close it when no more is asked of it: only then what was read is kept."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk

    @cached_property
    def wrong(self) -> Wrong:
        """All that is wrong in the files, in the order of their paths."""
        for _ in self._walk.years():
            pass
        problems = [problem for wrong in self._walk.wrong for problem in wrong.problems]
        problems.sort(key=lambda problem: (problem.path, problem.line or 0))
        broken = {path: each for wrong in self._walk.wrong for path, each in wrong.broken.items()}
        return Wrong(tuple(problems), dict(sorted(broken.items())))

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
        found = map(self._own_record, self._walk.meetings())
        return {record.ref: record for record in found if isinstance(record, Meeting)}

    @cached_property
    def actions(self) -> IndexedActions:
        """The actions, none of which is unpacked before it is asked for."""
        return IndexedActions(self._walk)

    @cached_property
    def highest(self) -> dict[MeetingRef, int]:
        """The highest number that any name in a meeting's folder takes up."""
        return {
            cast(MeetingRef, ref_of_folder(entry.path)): entry.highest
            for entry in self._walk.meetings()
            if entry.highest
        }

    def register(self) -> Register:
        """The register. Its actions can be used until the whole is closed, and those that were unpacked afterwards."""
        return Register(self.settings, self.boards, self.meetings, self.actions, self.wrong.broken, self.highest)

    def close(self) -> None:
        """Keep what was read, and be done with the index."""
        self._walk.close()

    def _own_records(self) -> Iterator[Record]:
        """Those of the register and of the boards."""
        return (record for record in map(self._own_record, self._walk.top) if record)

    def _own_record(self, entry: Entry) -> Record | None:
        """The record that a folder is that of, a meeting, a board or the register; None if it cannot be read."""
        return own_in(entry.path, self._walk.bundle(entry, live=False))


def open_whole(root: Place, watch: Watch, helper: "Helper | None" = None) -> Whole:
    """The whole register at `root`, through the index where there can be one. Never raises for what lies in it."""
    database = _database(root)
    try:
        return Whole(Walk(root, database, watch, helper))
    except FAILURES as error:
        if database is None:
            raise
        database.close(keep=False)
        if is_damage(error):
            database.forget()
        return Whole(Walk(root, None, watch))


def _database(root: Place) -> Database | None:
    """The index; None where there can be none: a register that is only to be read, a full disk, a foreign file."""
    folder = make_room(root)
    try:
        return Database(folder) if folder else None
    except FAILURES:
        return None
