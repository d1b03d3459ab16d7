"""Printing a report: for which day, in which format, and what it had to leave out."""

import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import click

from tracker.cli.screen import say_note, shows_colour, width, writing_out
from tracker.errors import Problem
from tracker.renderers.base import Report, Screen, write_out
from tracker.renderers.registry import AT_A_TERMINAL, FORMATS, PIPED
from tracker.renderers.words import without_due_words
from tracker.reports.listing import OverdueReport

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.model.records import Register

_ReportT = TypeVar("_ReportT", bound=Report)
_NAMED: Final = 10


def print_report(session: "Session", make: "Callable[[Register, date], _ReportT]") -> "_ReportT":
    """Print what `make` reports of the register as at the day of the report, and give it back.

    Leaves with exit status 1 after printing if records had to be left out, which are named.
    """
    # First, because it explains a report that then finds nothing.
    say_unfinished(session)
    loaded = session.load()
    report = make(loaded.register, report_day(session, loaded.register))
    _say_beside(report, print_as(report, session.format))
    say_left_out(loaded.problems)
    return report


def print_as(report: Report, format_name: str | None) -> str:
    """Print a report in this format and name it: unless said, a table at a terminal and tsv in a pipe."""
    name = format_name or (AT_A_TERMINAL if sys.stdout.isatty() else PIPED)
    screen = Screen(width(), shows_colour(sys.stdout), sys.stdout.encoding or "utf-8")
    with writing_out():
        write_out(sys.stdout, FORMATS[name].render(report, screen))
    return name


def _say_beside(report: Report, format_name: str) -> None:
    """The last sentence of an overdue report, where the format has a line for each action and no other."""
    if isinstance(report, OverdueReport) and format_name in ("tsv", "csv"):
        say_note(without_due_words(report.without_due))


def report_day(session: "Session", register: "Register") -> date:
    """The day of the report: `--as-of`, else today."""
    if session.as_of is None:
        return session.today
    from tracker.cli.days import say_taken
    from tracker.model.due import day_of
    from tracker.model.resolve import only_board

    board = session.board_key(register) or only_board(register)
    return say_taken(day_of(register, board, session.as_of, base=session.today, past=True))


def say_unfinished(session: "Session") -> None:
    """Tell of a change that was cut off, if one is waiting to be completed."""
    from tracker.storage.saving import unfinished

    sentence = unfinished(session.root) if session.rev is None else None
    if sentence:
        say_note(sentence)


def say_left_out(problems: Sequence[Problem]) -> None:
    """Name what could not be read, and leave with status 1 if there is any such thing."""
    errors = [problem for problem in problems if problem.severity == "error"]
    if not errors:
        return
    for problem in errors[:_NAMED]:
        say_note(str(problem))
    more = f" The first {_NAMED} are named; tracker check names all." if len(errors) > _NAMED else ""
    left_out = len({problem.path for problem in errors})
    count = "1 file or folder" if left_out == 1 else f"{left_out} files or folders"
    say_note(f"This report leaves out what could not be read: {count}.{more}")
    click.get_current_context().exit(1)
