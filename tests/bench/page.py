"""The figures as a page in Markdown."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple, TypeVar

from tests.bench.comparison import Beside
from tests.bench.every import Timed
from tests.bench.make_register import AS_AT
from tests.bench.rows import MEMORY_GOAL, Row

_AnyRow = TypeVar("_AnyRow", bound=Row | Timed)


class Figures(NamedTuple):
    """All that was measured: rows, every command, the peak memory of a warm `overdue` in MiB by size, comparisons."""

    rows: list[Row]
    every: list[Timed]
    memory: dict[int, float]
    beside: list[Beside]


_INTRODUCTION = f"""# How fast it is

Whole commands are measured, from the start of the process to its end, on made-up registers: as at {AS_AT}, the day of
the reports, 30 % of the actions are live and 5 % overdue; a meeting raised about ten; a record has about 600 bytes. Each command
is held against a floor, which nothing written in Python with Click can beat, and the two are run in turn, so that whatever else
the machine does meets both. Times are medians; what counts is the ratio. To measure again, in a clone with the project set up:

```sh
.venv/bin/python -m tests.bench --compare --every --markdown docs/performance.md
```

`--every` adds how every other command grows, and takes most of the time; without it and `--compare` a run is shorter.
"""

_COMMANDS = """
## Commands

`click` is `python -c "import click"`; `stat` is one `os.stat` of every file of the register, whose names are read from a list.
Output goes to a file. The goal is the most that the ratio may be.
"""

_MEMORY = """
## Memory
"""

_GROWTH = """
## Growth

From each size above a thousand to the next: at most as many times the time as there are times the actions. Beside the commands above
there is every other one, run fewer times and held against no floor; what changes something changes another record or writes another
text each time, and makes its commit.
"""

_BESIDE = """
## Beside other trackers

Each holds the same actions with all that our records say of them, in the fields that it has for that (what happened to an action
is an annotation, a description, an attribute or a cell), and lists what is overdue. `tracker` and the other are run in turn. The
goals are the least that is asked.
"""


def page(figures: Figures, head: Iterable[str]) -> str:
    """The whole page: what is measured, on what (`head`), and a table for each kind of figure that there is."""
    tables = [
        (_COMMANDS, ("command", "floor", "actions", "floor, ms", "command, ms", "ratio", "goal", "met", "runs"), _rows(figures)),
        (_MEMORY, ("peak memory of", "actions", "MiB", "goal", "met"), _memory(figures)),
        (_GROWTH, ("growth of", "actions", "ms", "times the actions", "times the time", "met", "runs"), _growth(figures)),
        (
            _BESIDE,
            (
                "beside", "actions", "tracker, ms", "it, ms", "times as quick", "goal", "met",
                "tracker, MiB", "it, MiB", "times as small", "goal", "met", "runs",
            ),
            _beside(figures),
        ),
    ]  # fmt: skip
    parts = ["\n".join(f"- {told}" for told in head) + "\n"]
    for words, columns, rows in tables:
        lines = _table(columns, rows)
        if lines:
            parts.append("\n".join([words, *lines, ""]))
    return "\n".join([_INTRODUCTION, "".join(parts)])


def line(row: Row | Timed | Beside) -> str:
    """A figure in one line, for whoever waits for the page."""
    if isinstance(row, Timed):
        return f"{row.what} at {row.number:,}: {_ms(row.taken)} ms"
    if isinstance(row, Row):
        return f"{row.what} at {row.number:,}: {row.ratio:.2f} ({_or_none(row.goal)})"
    return f"{row.name} at {row.number:,}: {row.rival_seconds / row.seconds:.1f} times the time"


def _rows(figures: Figures) -> Iterator[Sequence[str]]:
    for row in _by_command(figures.rows):
        met = _met(row.goal is None or row.ratio <= row.goal, row.goal)
        yield (
            row.what, row.floor_name, f"{row.number:,}", _ms(row.floor), _ms(row.taken), f"{row.ratio:.2f}",
            _or_none(row.goal), met, str(row.runs),
        )  # fmt: skip


def _memory(figures: Figures) -> Iterator[Sequence[str]]:
    for number, mib in figures.memory.items():
        goal = MEMORY_GOAL if number == 100_000 else None
        met = _met(mib <= MEMORY_GOAL, goal)
        yield "`overdue`, warm, piped", f"{number:,}", f"{mib:.0f}", _or_none(goal), met


def _growth(figures: Figures) -> Iterator[Sequence[str]]:
    """From each size above a thousand to the next: at fewer, it is the start of the program that is measured."""
    for what, group in groupby(_by_command(_all_timed(figures)), key=lambda row: row.what):
        for small, large in pairwise(row for row in group if row.number > 1_000):
            actions, time = large.number / small.number, large.taken / small.taken
            yield (
                what, f"{small.number:,} to {large.number:,}", f"{_ms(small.taken)} to {_ms(large.taken)}",
                f"{actions:.1f}", f"{time:.1f}", _met(time <= actions, actions), str(large.runs),
            )  # fmt: skip


def _all_timed(figures: Figures) -> list[Row | Timed]:
    """What has a floor, and what has none; where a command was measured both ways, only the first."""
    there = {row.what for row in figures.rows}
    return [*figures.rows, *(timed for timed in figures.every if timed.what not in there)]


def _beside(figures: Figures) -> Iterator[Sequence[str]]:
    for row in figures.beside:
        quick, small = row.rival_seconds / row.seconds, row.rival_memory / row.memory
        time, memory = row.goal
        yield (
            row.name, f"{row.number:,}", _ms(row.seconds), _ms(row.rival_seconds), f"{quick:.1f}", _or_none(time),
            _met(quick >= (time or 0), time), f"{row.memory:.0f}", f"{row.rival_memory:.0f}", f"{small:.1f}",
            _or_none(memory), _met(small >= (memory or 0), memory), str(row.runs),
        )  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    body = [f"| {' | '.join(row)} |" for row in rows]
    return [f"| {' | '.join(head)} |", "|---" * len(head) + "|", *body] if body else []


def _by_command(rows: Sequence[_AnyRow]) -> list[_AnyRow]:
    """Each command with all its sizes, the commands in the order in which they were measured."""
    order = list(dict.fromkeys(row.what for row in rows))
    return sorted(rows, key=lambda row: (order.index(row.what), row.number))


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f}"


def _or_none(goal: float | None) -> str:
    return "–" if goal is None else f"{goal:g}"


def _met(met: bool, goal: float | None) -> str:
    return "–" if goal is None else "yes" if met else "no"
