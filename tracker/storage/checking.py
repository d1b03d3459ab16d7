"""Everything that is wrong in a register: in its files, and between its records."""

from datetime import date
from typing import TYPE_CHECKING

from tracker.errors import Problem
from tracker.model.checks import check
from tracker.storage.lines import line_of
from tracker.storage.load import load
from tracker.storage.own_folder import Place
from tracker.storage.reading import settled
from tracker.storage.trees import Tree

if TYPE_CHECKING:
    from tracker.storage.index.walking import Watch


def check_register(place: Place | Tree, today: date, watch: "Watch" = iter) -> list[Problem]:
    """All problems in the order of their paths and lines. Only reads; `watch` is given what is read, file by file."""
    loaded = load(place, watch)
    found = [
        Problem(f.path, line_of(place, f.path, f.field), f.message, f.advice, f.severity)
        for f in check(loaded.register, today)
    ]
    return sorted([*loaded.problems, *found], key=lambda problem: (problem.path, problem.line or 0))


def check_folder(root: Place, today: date, watch: "Watch") -> list[Problem]:
    """The same of the register in a folder, as it stands before or after whatever is being done to it.

    Every file is read, and no index is believed.
    """
    return settled(root, lambda: check_register(root, today, watch))
