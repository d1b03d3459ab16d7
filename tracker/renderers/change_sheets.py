"""What `diff` and `log` print, before any format."""

from typing import TYPE_CHECKING

from tracker.renderers.change_words import note_words, printed, subject_words, summary, undone_words, what_words
from tracker.renderers.sheets import Grid, Sheet
from tracker.renderers.words import SayDay
from tracker.reports.changes import Changes, Log, LogLine
from tracker.reports.details import Cell

if TYPE_CHECKING:
    from tracker.git.objects import Commit


def changes_sheet(report: Changes, say_day: SayDay) -> Sheet:
    """The summary, what was compared, and a row for each difference, if there is any."""
    fields: tuple[tuple[str, Cell], ...] = (
        ("Board", report.board),
        ("From", _commit_words(report.base, say_day)),
        ("To", _commit_words(report.head, say_day) if report.head else "the files as they are now"),
    )
    rows = tuple(
        (
            printed(difference),
            what_words(difference, say_day),
            difference.event.date if difference.event else None,
            subject_words(difference),
            note_words(difference),
        )
        for difference in report.differences
    )
    grid = Grid("", "difference", ("Reference", "What changed", "Day", "What it is about", "Note"), rows)
    return Sheet(summary(report.differences), fields, (grid,) if rows else ())


def log_sheet(report: Log, say_day: SayDay) -> Sheet:
    """A row for each thing that happened, without the reference where there is but one."""
    headings = ("Day", "Reference", "What happened", "Note", "By", "Commit")
    rows = tuple(_log_row(line, say_day) for line in report.lines)
    kept = [index for index, heading in enumerate(headings) if not (report.one and heading == "Reference")]
    grid = Grid(
        "",
        "line",
        tuple(headings[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in rows),
    )
    return Sheet(report.of or "The whole register", (), (grid,))


def _log_row(line: LogLine, say_day: SayDay) -> tuple[Cell, ...]:
    difference, commit = line.difference, line.commit
    what = what_words(difference, say_day)
    if difference.kind == "raised":
        what = f"{what}: {difference.subject}"
    elif difference.subject and difference.kind in ("owner added", "owner removed", "field", "board added"):
        what = f"{what} ({subject_words(difference)})"
    if commit is not None and commit.undoes:
        what = f"undo of {commit.undoes[:10]}: {undone_words(difference, say_day)}"
    return (
        line.day,
        printed(difference),
        what,
        note_words(difference),
        commit.author if commit else None,
        commit.short if commit else "not committed",
    )


def _commit_words(commit: "Commit", say_day: SayDay) -> str:
    return f"commit {commit.short} of {say_day(commit.day)}"
