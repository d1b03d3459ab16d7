"""A second process of this program, which does a part of the work that it tells the first one of through a pipe.

It has nothing of the first process but a copy of its memory and one end of that pipe. It ends at its
next word after the other end is closed, whatever the first process died of.
"""

import os
from collections.abc import Callable
from contextlib import suppress


class Second:
    """The second process, and the end of the pipe where its words arrive. End it when done."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process = process
        self.pipe = pipe

    @property
    def ended(self) -> bool:
        """Whether it was ended."""
        return not self._process

    def end(self) -> None:
        """Be done with it."""
        if self._process:
            process, self._process = self._process, 0
            os.close(self.pipe)
            # who ignores the signal about ended processes is told of none
            with suppress(ChildProcessError):
                os.waitpid(process, 0)


def start(tell: Callable[[int], object]) -> Second | None:
    """Have a second process do this, given its end of the pipe; None where only one thing can be done at a time."""
    if not hasattr(os, "fork") or _processors() < 2:
        return None
    reader, writer = os.pipe()
    first = os.getpid()
    try:
        process = os.fork()
        if process == 0:
            os.close(reader)  # else nobody would seem to have gone
            _let_go()
            tell(writer)
    except OSError:  # no more processes allowed
        os.close(reader)
        return None
    finally:
        if os.getpid() != first:
            os._exit(0)
        os.close(writer)
    return Second(process, reader)


def _let_go() -> None:
    """Keep nobody waiting who reads what the first process prints."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nothing, number)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
