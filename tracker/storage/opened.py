"""A register on the disk that is read as far as it is asked for.

The path is the reference: what names a record reads that record's file and no other. Only what goes
through all records of a kind reads the whole register, with the help of the index.
"""

import os
from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.errors import Problem
from tracker.model.holding import ActionShelf, Held, OnDemand, Shelf
from tracker.model.records import Action, Board, Meeting, Record, Register, Settings
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, Ref, board_path, is_board_key
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.walk import Look
    from tracker.storage.index.helping import Helper
    from tracker.storage.index.walking import Watch
    from tracker.storage.index.whole import Whole


class Opened:
    """A register on the disk. Close it when the work is done: what was read is then kept for the next command."""

    def __init__(self, root: Place, watch: "Watch", helper: "Helper | None" = None) -> None:
        self._root = os.fspath(root)
        self._watch = watch
        self._helper = helper
        self._records: dict[str, Record | None] = {}
        self._problems: dict[str, list[Problem]] = {}
        self._looks: dict[Ref, Look] = {}
        self._whole: "Whole | None" = None
        self._frozen = False
        self.register: Register = _RegisterOnDisk(self)

    @cached_property
    def settings(self) -> Settings:
        """What `register.yaml` says."""
        record = self.record(REGISTER_PATH)
        return record if isinstance(record, Settings) else Settings()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in all that was read, in the order of the paths."""
        if self._whole is not None:
            return self._whole.wrong.problems
        found = [problem for problems in self._problems.values() for problem in problems]
        return tuple(sorted(found, key=lambda problem: (problem.path, problem.line or 0)))

    @property
    def left_out(self) -> tuple[str, ...]:
        """The records that could not be read, as far as they were asked for."""
        return tuple(sorted({problem.path for problem in self.problems if problem.severity == "error"}))

    @property
    def is_whole(self) -> bool:
        """Whether all of the register was read."""
        return self._whole is not None

    def whole(self) -> "Whole":
        """All of the register, from now on."""
        if self._whole is None:
            from tracker.storage.index.whole import open_whole

            self._whole = open_whole(self._root, self._watch, self._helper)
        return self._whole

    def record(self, path: str) -> Record | None:
        """The record in this file; None if there is none or it cannot be read."""
        if path not in self._records and not self._frozen:
            # a report that has all it wants in the index reads no file
            from tracker.storage.load import read_record
            from tracker.storage.places import ref_at

            record, doubts = read_record(self._root, path) if ref_at(path) is not None else (None, [])
            self._records[path] = record
            if record is not None or os.path.lexists(os.path.join(self._root, path)):
                self._problems[path] = doubts
        return self._records.get(path)

    def is_known(self, path: str) -> bool:
        """Whether this file was asked for by itself. What was found, or that there was none, then stands."""
        return path in self._records

    def freeze(self) -> None:
        """Read nothing more: what has not been asked for by now is not there, but for the settings."""
        _ = self.settings
        self._frozen = True

    def error_in(self, path: str) -> Problem | None:
        """Why the record in this file cannot be read; None if it can, or is not there."""
        found = self._problems.get(path) if self.record(path) is None else None
        return min((each for each in found or () if each.severity == "error"), key=_line, default=None)

    def named_in(self, ref: Ref) -> tuple[Ref, ...]:
        """The records whose files or folders lie in the folder of this one, by their names."""
        found = self._look(ref)
        return (*found.refs, *found.inner)

    def highest_in(self, meeting: MeetingRef) -> int:
        """The highest number that a name in the meeting's folder takes up."""
        return self._look(meeting).highest

    def close(self) -> None:
        """Be done with the register."""
        try:
            if self._helper is not None:
                self._helper.end()  # which may be reading the index that is to be written
        finally:
            if self._whole is not None:
                self._whole.close()

    def _look(self, ref: Ref) -> "Look":
        """What lies in the folder of this record. What was found once stands, as it does of records."""
        if ref not in self._looks:
            self._looks[ref] = self._look_now(ref)
        return self._looks[ref]

    def _look_now(self, ref: Ref) -> "Look":
        from tracker.model.references import folder_of
        from tracker.storage.trees import DiskTree
        from tracker.storage.walk import Look, look

        if not os.path.isdir(os.path.join(self._root, folder_of(ref))):
            return Look()
        return look(DiskTree(self._root), ref)


def _line(problem: Problem) -> int:
    return problem.line or 0


class _RegisterOnDisk(Register):
    __slots__ = ("_opened",)

    def __init__(self, opened: Opened) -> None:
        super().__init__(
            boards=_Boards(opened), meetings=_Meetings(opened), actions=_Actions(opened), broken=_Broken(opened),
            highest=_Highest(opened),
        )  # fmt: skip
        self._opened = opened

    @property
    def settings(self) -> Settings:
        return self._opened.settings


class _Boards(Shelf[str, Board]):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def named_in(self, folder: str) -> list[str]:
        return [ref for ref in self._opened.named_in(REGISTER_PATH) if isinstance(ref, str) and ref != REGISTER_PATH]

    def __getitem__(self, key: str) -> Board:
        path = board_path(key)
        if self._opened.is_whole and not self._opened.is_known(path):
            return self._opened.whole().boards[key]
        record = self._opened.record(path) if is_board_key(key) else None
        if not isinstance(record, Board):
            raise KeyError(key)
        return record

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened.whole().boards)

    def __len__(self) -> int:
        return len(self._opened.whole().boards)


class _Meetings(Shelf[MeetingRef, Meeting]):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def named_in(self, folder: str) -> list[MeetingRef]:
        return [ref for ref in self._opened.named_in(folder) if isinstance(ref, MeetingRef)]

    def items(self) -> ItemsView[MeetingRef, Meeting]:
        return self._opened.whole().meetings.items()

    def values(self) -> ValuesView[Meeting]:
        return self._opened.whole().meetings.values()

    def __getitem__(self, ref: MeetingRef) -> Meeting:
        if self._opened.is_whole and not self._opened.is_known(ref.path):
            return self._opened.whole().meetings[ref]
        record = self._opened.record(ref.path)
        if not isinstance(record, Meeting):
            raise KeyError(ref)
        return record

    def __iter__(self) -> Iterator[MeetingRef]:
        return iter(self._opened.whole().meetings)

    def __len__(self) -> int:
        return len(self._opened.whole().meetings)


class _Actions(ActionShelf):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def named_in(self, folder: str) -> list[ActionRef]:
        from tracker.model.references import ref_of_folder

        return [ref for ref in self._opened.named_in(ref_of_folder(folder)) if isinstance(ref, ActionRef)]

    def of_board(self, board: str) -> Iterator[Action]:
        return self._opened.whole().actions.of_board(board)

    def live_or_later(self, day: date, due_before: date | None = None) -> Iterator[Held]:
        return self._opened.whole().actions.live_or_later(day, due_before)

    def items(self) -> ItemsView[ActionRef, Action]:
        return self._opened.whole().actions.items()

    def values(self) -> ValuesView[Action]:
        return self._opened.whole().actions.values()

    def __getitem__(self, ref: ActionRef) -> Action:
        if self._opened.is_whole and not self._opened.is_known(ref.path):
            return self._opened.whole().actions[ref]
        record = self._opened.record(ref.path)
        if not isinstance(record, Action):
            raise KeyError(ref)
        return record

    def __iter__(self) -> Iterator[ActionRef]:
        return iter(self._opened.whole().actions)

    def __len__(self) -> int:
        return len(self._opened.whole().actions)


class _Broken(OnDemand):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __getitem__(self, path: str) -> Problem:
        if self._opened.is_whole:
            return self._opened.whole().wrong.broken[path]
        problem = self._opened.error_in(path)
        if problem is None:
            raise KeyError(path)
        return problem

    def __iter__(self) -> Iterator[str]:
        return iter(self._opened.whole().wrong.broken)

    def __len__(self) -> int:
        return len(self._opened.whole().wrong.broken)


class _Highest(Mapping[MeetingRef, int]):
    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def __getitem__(self, meeting: MeetingRef) -> int:
        highest = self._opened.highest_in(meeting)
        if not highest:
            raise KeyError(meeting)
        return highest

    def __iter__(self) -> Iterator[MeetingRef]:
        return iter(self._opened.whole().highest)

    def __len__(self) -> int:
        return len(self._opened.whole().highest)
