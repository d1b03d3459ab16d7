"""Whole processes, timed and weighed.

Commands that are compared are run in turn, again and again, so that whatever else the machine does meets all of them.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

# A child's peak counts what its parent had in memory when it started it; so a process that holds nothing does that.
_WEIGH = """
import os, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ)
_, status, usage = os.wait4(child, 0)
print(usage.ru_maxrss, file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""
_FEWEST = 3


class Failed(Exception):
    """A measured command did not do what it was to do."""


class Desk(NamedTuple):
    """Where commands run: their folder, their whole environment (their output goes to its HOME), and how patient to be.

    `runs` is how often each command is run; a comparison that takes more than `patience` seconds
    stops early, but not before three runs.
    """

    folder: Path
    environment: Mapping[str, str]
    runs: int
    patience: float


class Step(NamedTuple):
    """A command to be measured: `command` gives the words of the run with this number, the first a path.

    `prepare` is called before each run, and its time does not count. `more` is added to the environment.
    `desk` is where it runs, if not where the others do.
    """

    command: Callable[[int], Sequence[str]]
    prepare: Callable[[int], object] = lambda run: None
    more: Mapping[str, str] = {}
    desk: Desk | None = None


class Times(NamedTuple):
    """The seconds that each run of a command took."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def runs(self) -> int:
        return len(self.seconds)


def always(*words: str, **more: str) -> Step:
    """A step that is the same each time."""
    return Step(lambda run: words, more=more)


def in_turn(desk: Desk, *steps: Step) -> list[Times]:
    """Run the steps in turn; how long each took. Run 0 warms up and does not count. Raises Failed if one fails."""
    taken: list[list[float]] = [[] for _ in steps]
    started = time.monotonic()
    for run in range(desk.runs + 1):
        if run > _FEWEST and time.monotonic() - started > desk.patience:
            break
        for step, seconds in zip(steps, taken, strict=True):
            step.prepare(run)
            seconds.append(_timed(step.desk or desk, step, run))
    return [Times(tuple(seconds[1:])) for seconds in taken]


def peak(desk: Desk, words: Sequence[str]) -> float:
    """The peak memory of a command in MiB: the middle of three runs."""
    return median(_weighed(desk, words) for _ in range(_FEWEST))


def output(desk: Desk, words: Sequence[str]) -> str:
    """What a command prints. Raises Failed if it fails."""
    done = subprocess.run(
        words, cwd=desk.folder, env=dict(desk.environment), stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode:
        raise _failed(words, done.returncode, done.stderr)
    return done.stdout.decode(errors="replace")


def _timed(desk: Desk, step: Step, run: int) -> float:
    """The seconds from starting a command to its end; its output goes to a file."""
    words = step.command(run)
    environment = {**desk.environment, **step.more}
    with open(Path(desk.environment["HOME"], "output"), "w+b") as out:
        begun = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=desk.folder, env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        status = process.wait()
        taken = time.perf_counter() - begun
        if status:
            out.seek(0)
            raise _failed(words, status, out.read())
    return taken


def _weighed(desk: Desk, words: Sequence[str]) -> float:
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _WEIGH, *words],
        cwd=desk.folder, env=dict(desk.environment), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    if done.returncode:
        raise _failed(words, done.returncode, done.stderr)
    kibibytes_or_bytes = int(done.stderr.split()[-1])
    return kibibytes_or_bytes / (2**20 if sys.platform == "darwin" else 2**10)


def _failed(words: Sequence[str], status: int, said: bytes) -> Failed:
    return Failed(f"`{' '.join(words)[:300]}` ended with {status}: {said[-2000:].decode(errors='replace').strip()}")


def clean_environment(home: Path, **more: str) -> dict[str, str]:
    """An environment with nothing of the machine's but its PATH; `home` is made if it is missing."""
    home.mkdir(parents=True, exist_ok=True)
    return {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1", **more,
    }  # fmt: skip
