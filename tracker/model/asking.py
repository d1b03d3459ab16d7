"""Asking an owner for an update, as the history keeps it: an `update` that is no word of the owner's own.

The note has a fixed wording, so that it is never shown as the latest word about an action.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.model.records import Action, EventKind

_BEGINS: Final = "Asked for an update"
_SOON: Final = " as soon as possible"
_WHOLE: Final = rf"{_BEGINS}(?:{_SOON}| by [0-9]{{1,2}} [A-Z][a-z]+ [0-9]{{4}})(?: \(letter to .+\))?\.?"


def asking_note(reply_by: date | None, only: Sequence[str] = ()) -> str:
    """The note of having asked: by this day, else as soon as possible; `only` are the owners asked, unless all were."""
    from tracker.model.dates import long_day

    whom = f" (letter to {', '.join(only)})" if only else ""
    when = f" by {long_day(reply_by)}" if reply_by else _SOON
    return f"{_BEGINS}{when}{whom}"


def is_asking(kind: EventKind, note: str | None) -> bool:
    """Whether an event of this kind with this note only tells that an update was asked for.

    Whoever types more than that into a note has said something, and it is a word like any other.
    """
    return kind == "update" and (note or "").startswith(_BEGINS) and re.fullmatch(_WHOLE, note or "") is not None


def last_asked(action: Action, before: date) -> date | None:
    """The last day before this one on which an update was asked for; None if that was never noted."""
    days = [event.date for event in action.history if event.date < before and is_asking(event.event, event.note)]
    return max(days, default=None)
