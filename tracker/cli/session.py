"""One run of the program: which register, which day, and the two things that commands do with it."""

import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker.cli.clock import Now, read_clock

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change
    from tracker.model.records import Board, Register
    from tracker.renderers.base import Report
    from tracker.storage.load import Loaded
    from tracker.storage.trees import Tree

_ReportT = TypeVar("_ReportT", bound="Report")


class Session:
    """What was said before and after the command's name, and what follows from it."""

    records: str | None = None
    board: str | None = None
    as_of: str | None = None
    format: str | None = None
    rev: str | None = None
    dry_run: bool = False
    no_commit: bool = False

    @cached_property
    def now(self) -> Now:
        return read_clock()

    @property
    def today(self) -> date:
        return self.now.today

    @cached_property
    def root(self) -> Path:
        """The folder of the register. NotFound says how to make one."""
        from tracker.storage.finding import find_root

        return find_root(Path.cwd(), self.records or os.environ.get("TRACKER_RECORDS") or None)

    @cached_property
    def place(self) -> "Path | Tree":
        """Where the register is read from: its folder, or with `--rev` the commit that it names."""
        if self.rev is None:
            return self.root
        from tracker.git.snapshot import tree_at

        return tree_at(self.root, self.rev)

    def load(self) -> "Loaded":
        """The register as it is on disk, or was in the commit of `--rev`, with what could not be read."""
        from tracker.storage.load import load
        from tracker.storage.reading import load_settled

        return load_settled(self.root) if self.rev is None else load(self.place)

    def change(self, make: "Callable[[Register], Change]", drafts: "Mapping[str, bytes] | None" = None) -> None:
        """Make a change and say what now holds; with `--dry-run`, show it only. All of it or nothing.

        `drafts` holds, by path, what someone edited by hand in place of what is on file.
        """
        from tracker.cli.changing import change_register

        change_register(self, make, drafts)

    def report(self, make: "Callable[[Register, date], _ReportT]") -> "_ReportT":
        """Print a report and give it back. Leaves with status 1 afterwards if records had to be left out."""
        from tracker.cli.reporting import print_report

        return print_report(self, make)

    def the_board(self, register: "Register") -> "Board | None":
        """The board that `--board` names; None where it was not given."""
        from tracker.model.resolve import find_board

        return find_board(register, self.board) if self.board else None

    def board_key(self, register: "Register") -> str | None:
        """The key of the board that `--board` names."""
        board = self.the_board(register)
        return board.key if board else None
