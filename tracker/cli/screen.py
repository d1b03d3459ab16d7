"""What a person sees: sentences, errors and notes, safe for the terminal."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, TextIO

import click

from tracker.renderers.clean import clean, encodable

_USUAL_WIDTH: Final = 100


class OutputLost(Exception):
    """Standard output takes no more: a full disk."""


def say(sentence: str) -> None:
    """A sentence on standard output."""
    with writing_out():
        _write(sys.stdout, clean(sentence))


@contextmanager
def writing_out() -> Iterator[None]:
    """What is written to standard output meanwhile; OutputLost says why that fails.

    That the reader left is no failure.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        silence(sys.stdout)
        raise OutputLost(error.strerror or str(error)) from error


def say_note(sentence: str) -> None:
    """Something beside the result, on standard error: it never gets into a pipe."""
    _say_beside(clean(sentence))


def say_error(sentence: str) -> None:
    """What went wrong, on standard error. Colour never says what words do not."""
    label = click.style("Error:", fg="red", bold=True) if shows_colour(sys.stderr) else "Error:"
    _say_beside(f"{label} {clean(sentence)}")


def shows_colour(stream: TextIO) -> bool:
    """Whether colour may go there: a terminal, and no NO_COLOR (an environment's wish for none)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def person_present() -> bool:
    """Whether somebody is there to answer a question."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def width() -> int:
    """The width of the terminal in characters; room enough for a table where the output is no terminal."""
    said = os.environ.get("COLUMNS", "")
    if said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else -1).columns or _USUAL_WIDTH
    except (OSError, ValueError):
        return _USUAL_WIDTH


def open_missing_streams() -> None:
    """Give the program the streams that it was started without (`>&-`): nothing is read, what it says is lost."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))


def silence(stream: TextIO) -> None:
    """Nothing more can be written there, not even what Python still holds when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _say_beside(line: str) -> None:
    try:
        _write(sys.stderr, line)
    except OSError:  # a full disk or a closed pipe: the exit status still tells how it went
        silence(sys.stderr)


def _write(stream: TextIO, line: str) -> None:
    stream.write(encodable(line, stream.encoding or "utf-8") + "\n")
    stream.flush()
