"""Printing a report: for which day, in which format, and what it had to leave out."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Final, TypeVar

import click

from tracker.cli.screen import say_note

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.errors import Problem
    from tracker.model.records import Register
    from tracker.renderers.base import Report
    from tracker.storage.load import Loaded
    from tracker.storage.opened import Opened

_ReportT = TypeVar("_ReportT", bound="Report")
_NAMED: Final = 10


def print_report(session: "Session", make: "Callable[[Register, date], _ReportT]") -> "_ReportT":
    """Print what `make` reports of the register as at the day of the report, and give it back.

    Leaves with exit status 1 after printing if records had to be left out, which are named.
    """
    # First, because it explains a report that then finds nothing.
    say_unfinished(session)

    def read(loaded: "Loaded | Opened") -> "tuple[_ReportT, Sequence[Problem]]":
        return make(loaded.register, report_day(session, loaded.register)), loaded.problems

    report, problems = session.read(read)
    from tracker.cli.output import put_out

    _say_beside(report, put_out(session, report))
    say_left_out(problems)
    return report


def _say_beside(report: "Report", format_name: str) -> None:
    """The last sentence of an overdue report, where the format has a line for each action and no other."""
    if format_name not in ("tsv", "csv"):
        return
    from tracker.renderers.words import without_due_words
    from tracker.reports.listing import OverdueReport

    if isinstance(report, OverdueReport):
        say_note(without_due_words(report.without_due))


def report_day(session: "Session", register: "Register") -> date:
    """The day of the report: `--as-of`, else today."""
    if session.as_of is None:
        return session.today
    from tracker.model.dates import said_as_data

    plain = said_as_data(session.as_of)
    if plain is not None:
        return plain
    from tracker.cli.days import say_taken
    from tracker.model.due import day_of

    board = session.board_key(register)
    return say_taken(day_of(register, board, session.as_of, base=session.today, past=True))


def say_unfinished(session: "Session") -> None:
    """Tell of a change that was cut off, if one is waiting to be completed."""
    from tracker.storage.own_folder import is_waiting

    if session.rev is not None or not is_waiting(session.folder):
        return
    from tracker.storage.saving import unfinished

    sentence = unfinished(session.folder)
    if sentence:
        say_note(sentence)


def say_left_out(problems: "Sequence[Problem]") -> None:
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
