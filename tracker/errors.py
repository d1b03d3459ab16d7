"""What can go wrong, in sentences that say what to do next.

Everything the program refuses to do is a `TrackerError`: its text is one or two plain sentences for
the secretary, and `exit_status` is what the shell gets (design: 1 it could not be done, 2 the command
line was wrong). What is wrong inside a file is a `Problem`: a value, because reading never stops at
the first one.
"""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class TrackerError(Exception):
    """Something could not be done; `str()` of it is the sentence that the user reads."""

    exit_status = 1


class NotUnderstood(TrackerError):
    """Words on the command line that cannot be read as a day, a reference, a route or the like."""

    exit_status = 2


class NotFound(TrackerError):
    """A reference, owner, board or item that the register does not hold."""


class Ambiguous(TrackerError):
    """Words that could mean several things; the sentence lists them and nothing is changed."""


class Refused(TrackerError):
    """A change that the rules of the register do not allow; nothing is changed."""


class Problem(NamedTuple):
    """Something wrong in the register's files.

    `path` is relative to the register, with `/`. `line` counts from 1 and is None where the whole file
    or folder is meant. `advice` says what to type or change. An error makes reports exit with 1; a
    warning is only `check`'s.
    """

    path: str
    line: int | None
    message: str
    advice: str
    severity: Severity = "error"

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}. {self.advice}" if self.advice else f"{where}: {self.message}."
