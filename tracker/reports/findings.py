"""What `check` found, as a report."""

from collections.abc import Sequence

from tracker.errors import Problem
from tracker.reports.details import Columns


def findings_report(problems: Sequence[Problem]) -> Columns:
    """The problems in the order given, a row each."""
    rows = tuple((_place(problem), problem.severity, problem.message, problem.advice) for problem in problems)
    return Columns("Findings", ("Place", "Severity", "What is wrong", "What to do"), rows)


def _place(problem: Problem) -> str:
    return problem.path if problem.line is None else f"{problem.path}:{problem.line}"
