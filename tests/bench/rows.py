"""What is measured of `tracker`: each row a command, the floor that it is held against, and the goal."""

import shutil
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.bench.offices import Office, commit_rest, edit_by_hand, git, next_untouched
from tests.bench.processes import Failed, Step, Times, always, in_turn, output, peak

CLICK = "import click"
# The names come from a list, so that the floor pays for nothing but the stat of each.
STAT = "import sys, os, click\nfor name in open(sys.argv[1]).read().splitlines(): os.stat(name)"
C_LOADER = """
import sys, yaml
for name in open(sys.argv[1]).read().splitlines():
    with open(name, 'rb') as file:
        yaml.load(file, Loader=yaml.CBaseLoader)
"""
MEMORY_GOAL = 48.0
"""MiB, for `overdue` on a warm index at 100,000 actions."""

_OUTCOME = ("--outcome", "Reported in the item 4 paper", "--route", "paper")


class Row(NamedTuple):
    """A command beside its floor, at one size. Times in seconds; `goal` is the most that their ratio may be."""

    what: str
    floor_name: str
    number: int
    goal: float | None
    floor: float
    taken: float
    runs: int

    @property
    def ratio(self) -> float:
        return self.taken / self.floor


class Measure(NamedTuple):
    """How a row is measured: its floor and its command in turn, and the goals up to 1,000, up to 10,000 and above."""

    what: str
    floor_name: str
    goals: tuple[float | None, float | None, float | None]
    steps: Callable[[Office], tuple[Step, Step]]

    def goal(self, number: int) -> float | None:
        return self.goals[(number > 1_000) + (number > 10_000)]


def rows(office: Office) -> Iterator[Row]:
    """Measure every row on this register."""
    ready = [(measure, measure.steps(office)) for measure in _MEASURES]  # what cannot be measured fails at once
    for measure, steps in ready:
        floor, taken = in_turn(office.desk, *steps)
        yield _row(measure.what, measure.floor_name, office, measure.goal(office.number), floor.median, taken)
    commit_rest(office)
    for what, step in (("`add`, with its commit", _add(office)), ("`discharge`, with its commit", _discharge(office))):
        click, commit, taken = in_turn(office.desk, _click(office), _git_commit(office), step)
        allowed = 2 * click.median + 1.3 * commit.median
        yield _row(what, "2 x click + 1.3 x `git commit -o`", office, 1.0, allowed, taken)
    if _has_c_loader(office):
        floor, taken = in_turn(office.desk, _python(office, C_LOADER), _first_reading(office))
        goal = None if office.number < 10_000 else 1.5
        yield _row("first reading, no index", "yaml.CBaseLoader", office, goal, floor.median, taken)


def memory(office: Office) -> float:
    """The peak memory of `overdue` on a warm index, in MiB."""
    words = [office.tracker, "overdue"]
    output(office.desk, words)
    return peak(office.desk, words)


def _row(what: str, floor_name: str, office: Office, goal: float | None, floor: float, taken: Times) -> Row:
    return Row(what, floor_name, office.number, goal, floor, taken.median, taken.runs)


def _python(office: Office, code: str) -> Step:
    return always(office.python, "-c", code, str(office.names))


def _click(office: Office) -> Step:
    return always(office.python, "-c", CLICK)


def _version(office: Office) -> tuple[Step, Step]:
    return _click(office), always(office.tracker, "--version")


def _overdue(office: Office) -> tuple[Step, Step]:
    return _python(office, STAT), _warm(office)


def _edited(office: Office) -> tuple[Step, Step]:
    overdue = always(office.tracker, "overdue")
    return _warm(office), overdue._replace(prepare=lambda run: edit_by_hand(office, next_untouched(office)))


def _warm(office: Office) -> Step:
    """`overdue` when nothing has happened since the reading before, which itself was no moment after a change."""
    words = [office.tracker, "overdue"]
    return Step(lambda run: words, prepare=lambda run: output(office.desk, words))


def _show(office: Office) -> tuple[Step, Step]:
    return _click(office), always(office.tracker, "show", str(next_untouched(office).ref))


def _list(office: Office) -> tuple[Step, Step]:
    return _click(office), always(office.tracker, "list", "--meeting", str(next(office.latest)))


def _completion(office: Office) -> tuple[Step, Step]:
    board = next(office.latest).board.upper()
    asked = {
        "_TRACKER_COMPLETE": "bash_complete", "COMP_WORDS": f"tracker discharge {board}/2025-1", "COMP_CWORD": "2",
    }  # fmt: skip
    desk = office.desk._replace(environment={**office.desk.environment, **asked})
    if not output(desk, [office.tracker]).strip():  # whatever goes wrong in it is silent
        raise Failed("Completion offers nothing, so there is nothing to measure.")
    return _python(office, STAT), always(office.tracker, **asked)


def _add(office: Office, *more: str) -> Step:
    def words(run: int) -> list[str]:
        text = f"Report on the demand for the new service in district {run}"
        return [office.tracker, "add", text, "--meeting", str(next(office.latest)), "--owner", "Force", *more]

    return Step(words)


def _discharge(office: Office, *more: str) -> Step:
    return Step(lambda run: [office.tracker, "discharge", str(next_untouched(office).ref), *_OUTCOME, *more])


def _git_commit(office: Office) -> Step:
    """`git commit` of one file that was edited, by nobody but git."""

    def words(run: int) -> list[str]:
        path = edit_by_hand(office, next_untouched(office))
        return [git(), "commit", "--quiet", "-o", "-m", "A record edited by hand", "--", path]

    return Step(words)


def _first_reading(office: Office) -> Step:
    own = office.root / ".tracker"
    return always(office.tracker, "overdue")._replace(prepare=lambda run: shutil.rmtree(own, ignore_errors=True))


def _has_c_loader(office: Office) -> bool:
    asks = "try:\n    import yaml; print(yaml.__with_libyaml__)\nexcept ImportError: print(False)"
    return output(office.desk, [office.python, "-c", asks]).strip() == "True"


_MEASURES = (
    Measure("`tracker --version`", "click", (1.15, 1.15, 1.15), _version),
    Measure("`overdue`, warm, piped", "click + stat", (1.25, 1.25, 1.4), _overdue),
    Measure("the same, one record edited by hand since", "`overdue`, warm", (1.1, 1.1, 1.1), _edited),
    Measure("`show REF`", "click", (1.4, 1.4, 1.5), _show),
    Measure("`list --meeting REF`", "click", (1.4, 1.4, 1.5), _list),
    Measure(
        "`add --no-commit`", "click", (2, 2, 2), lambda office: (_click(office), _add(office, "--no-commit"))
    ),
    Measure(
        "`discharge --no-commit`", "click", (2, 2, 2), lambda office: (_click(office), _discharge(office, "--no-commit"))
    ),
    Measure("completion of a reference, warm", "click + stat", (1.25, 1.25, 1.4), _completion),
)  # fmt: skip
