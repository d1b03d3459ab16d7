"""What `check` found, as a report."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import Problem
from tracker.reports.details import Columns


class Findings(NamedTuple):
    """Problems in the order of their files."""

    problems: tuple[Problem, ...]


def findings_report(problems: Sequence[Problem]) -> Findings:
    """The problems as a report."""
    return Findings(tuple(problems))


def as_columns(report: Findings) -> Columns:
    """A row for each problem: where it is, how bad, what is wrong, what to do."""
    rows = tuple((found.path, found.line, found.severity, found.message, found.advice) for found in report.problems)
    names = ("Path", "Line", "Severity", "Message", "Advice")
    return Columns("Findings", names, rows, tuple(name.lower() for name in names))


def place(problem: Problem) -> str:
    """File and line: `pdb/2025-11-26/01.yaml:7`."""
    return problem.path if problem.line is None else f"{problem.path}:{problem.line}"
