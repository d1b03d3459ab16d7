"""What changed in the register between two points of its history, and what happened to a record over time."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.difference import Difference, board_of, called
from tracker.model.references import ActionRef, Ref

if TYPE_CHECKING:
    from tracker.git.history import Happened
    from tracker.git.objects import Commit
    from tracker.git.revisions import Range


class Changes(NamedTuple):
    """The differences from the commit `base` to the commit `head`; None stands for the files as they are now.

    `board` is in capitals, None for all boards.
    """

    base: "Commit"
    head: "Commit | None"
    board: str | None
    differences: tuple[Difference, ...]


class LogLine(NamedTuple):
    """What happened on a day, and the commit that says so; None where it is not committed yet."""

    day: date
    difference: Difference
    commit: "Commit | None"


class Log(NamedTuple):
    """What happened to a record, latest first. `of` is None for the whole register.

    `one` says that all lines are about one record; `cut` that there are more, further back.
    """

    of: str | None
    lines: tuple[LogLine, ...]
    one: bool
    cut: bool


def changes(compared: "Range", differences: Sequence[Difference], board: str | None = None) -> Changes:
    """The report on these differences, of one board or of all."""
    kept = tuple(one for one in differences if board in (None, board_of(one.ref)))
    return Changes(compared.base, compared.head, board.upper() if board else None, kept)


def log(ref: Ref | None, found: "Sequence[Happened]", today: date, limit: int | None = None) -> Log:
    """The log of a record, or of the register: the latest lines, as many as the limit allows.

    What is not committed yet happened today.
    """
    kept = found if limit is None else found[:limit]
    lines = tuple(LogLine(day_of(one, today), one.difference, one.commit) for one in kept)
    return Log(None if ref is None else called(ref), lines, isinstance(ref, ActionRef), len(kept) < len(found))


def day_of(happened: "Happened", today: date) -> date:
    """The day that something happened: of the event, of the meeting that raised it, else of the commit."""
    difference = happened.difference
    if difference.kind == "raised" and isinstance(difference.ref, ActionRef):
        return difference.ref.meeting.day
    if difference.event is not None and not difference.loud:
        return difference.event.date
    return happened.commit.day if happened.commit else today
