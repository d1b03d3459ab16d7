"""One run of the program: which register, which day, and the two things that commands do with it."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.clock import Now, read_clock

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.errors import Problem
    from tracker.model.changes.draft import Change
    from tracker.model.records import Board, Register
    from tracker.renderers.base import Report
    from tracker.storage.load import Loaded
    from tracker.storage.opened import Opened
    from tracker.storage.reading import Begun
    from tracker.storage.trees import Tree

_ReportT = TypeVar("_ReportT", bound="Report")
_T = TypeVar("_T")


class Session:
    """What was said before and after the command's name, and what follows from it."""

    records: str | None = None
    board: str | None = None
    as_of: str | None = None
    format: str | None = None
    rev: str | None = None
    out: str | None = None
    dry_run: bool = False
    no_commit: bool = False

    def __init__(self, begun: "Begun | None" = None) -> None:
        self._begun = begun
        self._opened: list[Opened] = []

    @cached_property
    def now(self) -> Now:
        return read_clock()

    @property
    def today(self) -> date:
        return self.now.today

    @cached_property
    def folder(self) -> str:
        """The folder of the register. NotFound says how to make one."""
        from tracker.storage.finding import find_folder

        return find_folder(os.getcwd(), self.records or os.environ.get("TRACKER_RECORDS") or None)

    @cached_property
    def root(self) -> "Path":
        """The same, for what works on paths. Reports need none, and importing them takes time."""
        from pathlib import Path

        return Path(self.folder)

    def load(self) -> "Loaded | Opened":
        """The register as it is on disk, or was in the commit of `--rev`, with what could not be read.

        On disk it is read as it is asked for, until the command ends or changes something.
        """
        if self.rev is not None:
            from tracker.storage.load import load

            return load(self._tree(self.rev), _watched)
        from tracker.storage.opened import Opened

        opened = Opened(self.folder, _watched)
        self._opened.append(opened)
        context = click.get_current_context(silent=True)
        if context:
            context.call_on_close(opened.close)
        return opened

    def read(self, make: "Callable[[Loaded | Opened], _T]") -> _T:
        """What `make` takes from the register, all of it from before or after any change by another command."""
        if self.rev is not None:
            return make(self.load())
        from tracker.storage.reading import read_settled

        return read_settled(self.folder, make, _watched, self._begun)

    def check(self) -> "list[Problem]":
        """All that is wrong in the register, as for `load`; on disk every file is read and no index believed."""
        from tracker.storage.checking import check_folder, check_register

        if self.rev is not None:
            return check_register(self._tree(self.rev), self.today, _watched)
        return check_folder(self.folder, self.today, _watched)

    def change(self, make: "Callable[[Register], Change]", drafts: "Mapping[str, bytes] | None" = None) -> None:
        """Make a change and say what now holds; with `--dry-run`, show it only. All of it or nothing.

        `drafts` holds, by path, what someone edited by hand in place of what is on file.
        """
        from tracker.cli.changing import change_register

        for opened in self._opened:
            opened.close()
        change_register(self, make, drafts)

    def report(self, make: "Callable[[Register, date], _ReportT]") -> "_ReportT":
        """Print a report and give it back. Leaves with status 1 afterwards if records had to be left out."""
        from tracker.cli.reporting import print_report

        return print_report(self, make)

    def the_board(self, register: "Register") -> "Board | None":
        """The board that `--board` names; None where it was not given."""
        if not self.board:
            return None
        from tracker.model.resolve import find_board

        return find_board(register, self.board)

    def board_key(self, register: "Register") -> str | None:
        """The key of the board that `--board` names."""
        board = self.the_board(register)
        return board.key if board else None

    def _tree(self, revision: str) -> "Tree":
        from tracker.git.snapshot import tree_at

        return tree_at(self.root, revision)


def _watched(rows: "Sequence[Any]") -> "Iterable[Any]":
    """What is read, one by one, with a bar for a person who waits."""
    from tracker.cli.progress import watched_rows

    return watched_rows("Reading")(rows)
