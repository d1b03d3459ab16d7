"""Noting that owners were asked for updates."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.errors import NotFound
from tracker.model.asking import asking_note
from tracker.model.changes.draft import Change, Draft, counted, first_words, listed, with_event
from tracker.model.dates import long_day
from tracker.model.records import Action, Event, Register
from tracker.model.references import ActionRef


class Request(NamedTuple):
    """An update asked for: of which action, by when (None: as soon as possible), and of whom, by key.

    `all_asked` tells whether every owner of the action was asked.
    """

    ref: ActionRef
    reply_by: date | None
    asked: tuple[str, ...]
    all_asked: bool


def note_requests(register: Register, requests: Sequence[Request], day: date) -> Change:
    """Note on each action that an update was asked for on this day. What is noted already is not noted twice.

    NotFound for an action that is not there any more.
    """
    draft = Draft(register)
    for request in requests:
        action = _action(register, request.ref)
        of_all = asking_note(request.reply_by)
        note = of_all if request.all_asked else asking_note(request.reply_by, request.asked)
        if not _noted(action, day, note, of_all):
            draft.put(with_event(action, Event(day, "update", note=note)))
            draft.say(f"Noted {request.ref} as chased on {long_day(day)}: {first_words(action.text)}")
    if not draft.records:
        return Change({}, f"All that was asked has been recorded on {long_day(day)} already; nothing was changed.")
    return draft.done(_summary(requests, len(draft.records), day))


def _action(register: Register, ref: ActionRef) -> Action:
    if ref not in register.actions:
        raise NotFound(f"{ref} was there when the letters were written and is not now. Nothing was recorded.")
    return register.actions[ref]


def _noted(action: Action, day: date, *notes: str) -> bool:
    return any((event.date, event.event) == (day, "update") and event.note in notes for event in action.history)


def _summary(requests: Sequence[Request], number: int, day: date) -> str:
    """`Noted 5 actions of PDB as chased on 25 February 2026: Force and OPCC`."""
    boards = sorted({request.ref.meeting.board.upper() for request in requests})
    keys = list(dict.fromkeys(key for request in requests for key in request.asked))
    chased = f"{counted(number, 'action')} of {listed(boards)} as chased on {long_day(day)}"
    return f"Noted {chased}: {listed(keys)}"
