"""Faults for tests: a process that dies at its n-th file call, and a disk that fails at its n-th.

The calls are counted by patching `os` and `open` around the product; the product knows nothing of it.
Imports use neither, so they do not count. The killed function runs in a forked child: nothing of it
survives but the files. `fsync` is counted and can fail but does no work: a kill loses nothing that was written.
"""

import builtins
import io
import os
import signal
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

FILE_CALLS = (
    "open", "write", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "rmdir", "chmod", "close", "listdir", "scandir", "lstat", "stat",
)  # fmt: skip
NEEDS_ROOM = ("write", "fsync", "mkdir", "open", "replace")
CHANGES = ("write", "fsync", "replace", "rename", "unlink", "remove", "mkdir", "chmod", "open")
# Between two of these nothing on the disk changes, so a process killed there is as if killed at the next one.
STEPS = ("write", "replace", "rename", "unlink", "remove", "mkdir", "rmdir")

KILLED = 77
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills a forked child, and there is no fork here")


class Outcome(NamedTuple):
    """How a child ended: `killed` at the call asked for, or with `status` (0 done, 1 raised `error`)."""

    killed: bool
    status: int
    calls: int
    error: str


class Counter:
    """Counts file calls; `before` is given the number of the call, its name and its arguments."""

    def __init__(self, before: Callable[[int, str, tuple[Any, ...]], None], names: tuple[str, ...]) -> None:
        self.calls = 0
        self._before = before
        self._names = names

    @contextmanager
    def patched(self) -> Iterator["Counter"]:
        with pytest.MonkeyPatch.context() as patch:
            for name in self._names:
                patch.setattr(os, name, self._counted(name, getattr(os, name)))
            if "open" in self._names:
                counted = self._counted("open", builtins.open)
                patch.setattr(builtins, "open", counted)
                patch.setattr(io, "open", counted)
            if "fsync" not in self._names:
                patch.setattr(os, "fsync", lambda number: None)
            yield self

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            # An open descriptor that is wrapped touches no file.
            if not (name == "open" and isinstance(args[0], int)):
                self.calls += 1
                self._before(self.calls, name, args)
            return None if name == "fsync" else real(*args, **kwargs)

        return call


def run_killed_at(n: int, function: Callable[[], object], names: tuple[str, ...] = FILE_CALLS) -> Outcome:
    """Run the function in a forked child that dies just before its n-th file call (a write: half-way through)."""
    real_write = os.write

    def kill(call: int, name: str, args: tuple[Any, ...]) -> None:
        if call == n:
            if name == "write":
                real_write(args[0], bytes(args[1])[: len(args[1]) // 2])
            os._exit(KILLED)

    return _in_child(function, Counter(kill, names))


def count_calls(function: Callable[[], object], names: tuple[str, ...] = FILE_CALLS) -> int:
    """How many file calls the function makes; it runs, and does what it does, in a forked child."""
    return run_killed_at(0, function, names).calls


def each_kill(
    function: Callable[[], object], prepare: Callable[[], object], names: tuple[str, ...] = FILE_CALLS, limit: int = 2000
) -> Iterator[Outcome]:
    """Prepare, run killed at the first call; prepare, run killed at the second …; until the function is done.

    Yields each outcome, the last one not killed.
    """
    for n in range(1, limit):
        prepare()
        outcome = run_killed_at(n, function, names)
        yield outcome
        if not outcome.killed:
            assert outcome.status == 0, outcome.error
            return
    raise AssertionError(f"still not done after {limit} calls")


@contextmanager
def failing_at(n: int, number: int, names: tuple[str, ...], *, lasting: bool = False) -> Iterator[Counter]:
    """From here on the n-th file call fails with this errno, and with `lasting` every one after it."""

    def fail(call: int, name: str, args: tuple[Any, ...]) -> None:
        if (call == n or (lasting and call > n)) and _counts(name, args):
            raise OSError(number, os.strerror(number), *[arg for arg in args[:1] if not isinstance(arg, int)])

    with Counter(fail, names).patched() as counter:
        yield counter


def _counts(name: str, args: tuple[Any, ...]) -> bool:
    """A file that is only opened to be read needs neither room nor a permission to write."""
    return name != "open" or bool(args[1] & os.O_CREAT if isinstance(args[1], int) else "w" in args[1])


def _in_child(function: Callable[[], object], counter: Counter) -> Outcome:
    read, write = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        real_exit = os._exit
        status, text = _run(function, counter)
        with open(write, "wb") as stream:
            stream.write(f"{counter.calls}\n{text}".encode())
        real_exit(status)
    os.close(write)
    with open(read, "rb") as stream:
        calls, _, text = stream.read().decode().partition("\n")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Outcome(status == KILLED or status == -signal.SIGKILL, status, int(calls or 0), text)


def _run(function: Callable[[], object], counter: Counter) -> tuple[int, str]:
    try:
        with counter.patched():
            function()
    except BaseException as error:
        # An own process ends with 0 or without a code when all went well; anything else is shown.
        if isinstance(error, SystemExit) and error.code in (0, None):
            return 0, ""
        return 1, traceback.format_exc()
    return 0, ""
