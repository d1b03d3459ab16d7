"""Everything that is wrong in a register: in its files, and between its records."""

from datetime import date

from tracker.errors import Problem
from tracker.model.checks import check
from tracker.storage.lines import line_of
from tracker.storage.load import load
from tracker.storage.own_folder import Place
from tracker.storage.trees import Tree


def check_register(place: Place | Tree, today: date) -> list[Problem]:
    """All problems in the order of their paths and lines. Only reads."""
    loaded = load(place)
    found = [
        Problem(f.path, line_of(place, f.path, f.field), f.message, f.advice, f.severity)
        for f in check(loaded.register, today)
    ]
    return sorted([*loaded.problems, *found], key=lambda problem: (problem.path, problem.line or 0))
