"""`tracker check`: read everything, change nothing, say what is wrong and what to type."""

from typing import TYPE_CHECKING

import click

from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.output import put_out
from tracker.cli.reporting import say_unfinished
from tracker.cli.screen import say_note
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.errors import Problem


@click.command("check", cls=Command)
@option("--strict", is_flag=True, help="Warnings count as errors.")
@takes("records", "format", "rev")
@click.pass_context
def check_command(ctx: click.Context, strict: bool) -> None:
    """Check every record, and change nothing.

    Says file, line, what is wrong and what to type. Exits with 1 if there are errors.
    """
    from tracker.reports.findings import findings_report

    session: Session = ctx.obj
    say_unfinished(session)
    problems = session.check()
    put_out(session, findings_report(problems))
    say_note(_summary(problems))
    if any(strict or problem.severity == "error" for problem in problems):
        ctx.exit(1)


def _summary(problems: "list[Problem]") -> str:
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    if not problems:
        return "Nothing is wrong."
    return f"{_count(errors, 'error')}, {_count(warnings, 'warning')}.".capitalize()


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"
