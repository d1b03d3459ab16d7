"""Every command on a register of some size: how long it takes there, to see how that grows.

No floor stands beside them, and few runs are enough: a command that does at every size what it should do only
once for each action shows at once.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.bench.asking import REPORTS
from tests.bench.colleague import colleague
from tests.bench.offices import Office, commit_rest, git
from tests.bench.processes import Desk, Failed, in_turn, output
from tests.bench.recording import CALENDAR, LIFE
from tests.bench.tasks import Round, Task, open_rounds
from tests.bench.versions import HISTORY, SET_UP, SHARED

NOT_MEASURED = {
    "init": "makes a register where none is",
    "merge-driver": "unites the versions of one record, which git hands to it",
}
"""The commands that are left out, with the reason. `tests/project/test_bench_every.py` finds any other that is."""

_RUNS = 3


class Timed(NamedTuple):
    """What a secretary does with a command, at one size: the seconds that it takes."""

    what: str
    number: int
    taken: float
    runs: int


def measured() -> set[str]:
    """The names of the commands that are measured; that of a subcommand behind that of its group."""
    return {task.command for task in (*REPORTS, *LIFE, *CALENDAR, *HISTORY, *SHARED, *SET_UP)}


def every(office: Office) -> Iterator[Timed]:
    """Measure every command. Raises Failed if one fails, finds nothing to do, or leaves an invalid register."""
    commit_rest(office)
    desk = office.desk._replace(runs=min(_RUNS, office.desk.runs))
    rounds = open_rounds(office, desk.runs + 1)
    for tasks in (REPORTS, LIFE, CALENDAR, HISTORY):
        yield from _timed(desk, tasks, rounds)
    with colleague(office):
        yield from _timed(desk, SHARED, rounds)
    yield from _timed(desk, SET_UP, rounds)
    output(office.desk, [office.tracker, "check"])


def _timed(desk: Desk, tasks: Sequence[Task], rounds: Sequence[Round]) -> Iterator[Timed]:
    before = _commits(desk)
    taken = in_turn(desk, *(task.step(rounds) for task in tasks))
    made, expected = _commits(desk) - before, sum(task.commits for task in tasks) * (taken[0].runs + 1)
    if made != expected:
        names = ", ".join(task.what for task in tasks if task.commits)
        raise Failed(f"{made} commits were made, and should be {expected}. One of these did other work: {names}")
    for task, times in zip(tasks, taken, strict=True):
        yield Timed(task.what, rounds[0].office.number, times.median, times.runs)


def _commits(desk: Desk) -> int:
    return int(output(desk, [git(), "rev-list", "--count", "HEAD"]))
