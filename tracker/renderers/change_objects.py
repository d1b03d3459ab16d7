"""What `diff` and `log` print, as objects for JSON. Keys may be added, never removed or renamed."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.model.dates import write_day
from tracker.model.difference import Difference, called
from tracker.renderers.base import Json
from tracker.renderers.change_words import summary, what_words
from tracker.renderers.json import event_object, json_value
from tracker.reports.changes import Changes, Log

if TYPE_CHECKING:
    from tracker.git.objects import Commit


def changes_object(report: Changes) -> dict[str, Json]:
    """A comparison; `head` is null where it is with the files as they are now."""
    return {
        "base": _commit(report.base),
        "head": _commit(report.head),
        "board": report.board,
        "summary": summary(report.differences),
        "differences": [_difference(difference) for difference in report.differences],
    }


def log_lines(report: Log) -> Iterator[dict[str, Json]]:
    """What happened, latest first; `commit` is null for what is not committed yet."""
    for line in report.lines:
        yield {"day": json_value(line.day), **_difference(line.difference), "commit": _commit(line.commit)}


def _difference(difference: Difference) -> dict[str, Json]:
    problem = difference.problem
    return {
        "ref": called(difference.ref),
        "kind": difference.kind,
        "what": what_words(difference, write_day),
        "subject": difference.subject,
        "loud": difference.loud,
        "event": event_object(difference.event) if difference.event else None,
        "was": event_object(difference.was) if difference.was else None,
        "times_carried": difference.turn or None,
        "field": difference.field or None,
        "from": json_value(difference.before),
        "to": json_value(difference.after),
        "from_said": difference.before_said,
        "to_said": difference.after_said,
        "due": json_value(difference.due),
        "moved_from": str(difference.moved_from) if difference.moved_from else None,
        "problem": str(problem) if problem else None,
    }


def _commit(commit: "Commit | None") -> Json:
    if commit is None:
        return None
    return {
        "hash": commit.hash,
        "author": commit.author,
        "committer": commit.committer,
        "day": json_value(commit.day),
        "undoes": commit.undoes,
    }
