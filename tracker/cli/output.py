"""Where a report goes: the screen, a pipe, or with `--out` a file that is written whole or not at all."""

import os
import stat
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, TextIO

from tracker.cli.screen import say_note, shows_colour, width, writing_out
from tracker.errors import NotUnderstood, Refused, TrackerError
from tracker.renderers.base import Screen, write_out
from tracker.renderers.registry import (
    AT_A_TERMINAL,
    FORMATS,
    PIPED,
    file_renderer,
    format_of,
    formats_for,
    text_renderer,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.cli.session import Session
    from tracker.renderers.base import Report

_PAGE_WIDTH: Final = 100
_STANDARD_OUTPUT: Final = "-"
_SIGNATURE: Final = "\ufeff"


class CannotWrite(TrackerError):
    """The file of `--out` could not be written; what was there before is still there."""


def put_out(session: "Session", report: "Report") -> str:
    """Print the report, or write it to the file of `--out`; the name of the format.

    Unless `--format` says otherwise that is what the file's ending says, else a table at a terminal and tsv in a pipe.
    """
    if session.out is None or session.out == _STANDARD_OUTPUT:
        return print_as(report, session.format)
    place = free_place(session, session.out)
    name = session.format or format_of(session.out)
    _must_suit(name, report)
    write_whole(place, lambda file: fill(file, name, report))
    say_note(f"Wrote {session.out}.")
    return name


def print_as(report: "Report", format_name: str | None) -> str:
    """Print a report in this format and name it: unless said, a table at a terminal and tsv in a pipe."""
    name = format_name or (AT_A_TERMINAL if sys.stdout.isatty() else PIPED)
    _must_suit(name, report)
    if FORMATS[name].binary:
        _print_bytes(report, name)
        return name
    screen = _screen_of(sys.stdout)
    with writing_out():
        write_out(sys.stdout, _pieces(report, name, screen, signed=_can_be_signed(sys.stdout)))
    return name


def fill(file: BinaryIO, name: str, report: "Report") -> None:
    """Write the report in this format into a file, with a progress bar for a person who waits."""
    from tracker.cli.progress import watched_rows

    screen = Screen(_PAGE_WIDTH, watch=watched_rows("Writing"))
    if FORMATS[name].binary:
        file_renderer(name).write(report, file, screen)
        return
    for piece in _pieces(report, name, screen, signed=True):
        file.write(piece.encode("utf-8", "backslashreplace"))


def free_place(session: "Session", said: str) -> str:
    """The path of a file to write, through any link: nothing is there, or an ordinary file that may be replaced.

    Refused says what is in the way. Inside the register that is always so, for it could lie on a record.
    """
    path = os.path.realpath(said)
    if lies_in(session.root, path):
        raise Refused(f"{said} lies in the register, where only records belong. Name a file outside it.")
    if os.path.isdir(path) or said.endswith(("/", os.sep)):
        raise Refused(f"{said} is a folder, so nothing was written. Name a file in it.")
    if os.path.lexists(path) and not os.path.isfile(path):
        raise Refused(f"{said} is no ordinary file, so nothing was written. Name another file.")
    if os.path.exists(path) and not os.access(path, os.W_OK):
        raise Refused(f"{said} is read-only, so nothing was written. Name another file, or allow writing to it.")
    return path


def lies_in(root: "Path", path: str) -> bool:
    """Whether this path, in any spelling, is that of the register or of something in it, be it there yet or not."""
    from pathlib import Path

    place = Path(os.path.realpath(path))
    return any(above.exists() and above.samefile(root) for above in (place, *place.parents))


def write_whole(path: str, fill_it: Callable[[BinaryIO], None]) -> None:
    """Make this file hold what `fill_it` writes, or CannotWrite says why nothing was written."""
    from tracker.storage.atomic import reason
    from tracker.storage.outfile import write_aside

    folder = os.path.dirname(path)
    if not os.path.isdir(folder):
        raise CannotWrite(f"There is no folder {folder}, so nothing was written. Make it first, or name another.")
    try:
        write_aside(path, fill_it)
    except OSError as error:
        raise CannotWrite(f"Nothing was written: {reason(error)}") from error


def _pieces(report: "Report", name: str, screen: Screen, *, signed: bool) -> Iterator[str]:
    if signed and FORMATS[name].signed:
        yield _SIGNATURE
    yield from text_renderer(name).render(report, screen)


def _screen_of(stream: TextIO) -> Screen:
    from tracker.cli.progress import watched_rows

    screen = Screen(width(), shows_colour(stream), stream.encoding or "utf-8")
    return screen._replace(watch=watched_rows("Writing")) if _is_file(stream) else screen


def _print_bytes(report: "Report", name: str) -> None:
    if sys.stdout.isatty():
        raise NotUnderstood(f"{name} is no format for a screen. Name a file: --out FILE{FORMATS[name].endings[0]}")
    screen = _screen_of(sys.stdout)._replace(width=_PAGE_WIDTH)
    with writing_out():
        file_renderer(name).write(report, sys.stdout.buffer, screen)
        sys.stdout.buffer.flush()


def _can_be_signed(stream: TextIO) -> bool:
    """A screen would show the mark, and only Unicode has it."""
    return not stream.isatty() and (stream.encoding or "").lower().replace("-", "").startswith("utf")


def _is_file(stream: TextIO) -> bool:
    """Whether it was sent to a file (`> report.html`); a bar beside a pipe would run into what the reader shows."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def _must_suit(name: str, report: "Report") -> None:
    formats = formats_for(report)
    if name not in formats:
        raise NotUnderstood(f"{name} is no format for this. Say one of: {', '.join(formats)}.")
