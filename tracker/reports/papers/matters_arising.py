"""What a meeting heard of the actions raised before it, from their histories."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.model.asking import is_asking
from tracker.model.calendar import meetings_of
from tracker.model.records import Action, Event, Meeting, Register, Route
from tracker.model.references import ActionRef
from tracker.model.state import OUTCOME_EVENTS, STATUS_AFTER, as_at, words
from tracker.reports.rows import ActionRow, row_of

# These say nothing on the action itself: they are the secretariat's bookkeeping.
_BOOKKEEPING: Final = frozenset({"re-dated", "reassigned", "reworded", "corrected"})


class Matter(NamedTuple):
    """An action that a meeting dealt with, or that fell due by it.

    `decided` is what happened to it at the meeting. Where that is nothing, `reported` is the last thing
    recorded about it since the meeting before, if there was any. Their notes and routes are as mended.
    """

    row: ActionRow
    decided: tuple[Event, ...] = ()
    reported: Event | None = None


def matters_arising(register: Register, meeting: Meeting, before: Meeting | None, day: date) -> tuple[Matter, ...]:
    """Every action raised earlier that had an event at this meeting, or that fell due by its day.

    An event is of the meeting if it names it, or if it names none and is of its day and board; of two
    sittings on a day it is the first one's. Due by the day is what was live, or was closed since the
    meeting before, and had a due day no later. Rows are as at the end of `day`, in order of reference.
    """
    first = _is_first_sitting(register, meeting)
    matters = (_matter(action, meeting, before, day, first) for action in _earlier(register, meeting))
    return tuple(matter for matter in matters if matter)


def as_mended(events: Iterable[Event]) -> tuple[Event, ...]:
    """A history in which each event has the note and the route that later corrections gave it."""
    history = tuple(events)
    said = iter(words(history))
    mended = []
    for place, event in enumerate(history):
        if event.event not in _BOOKKEEPING:
            event = event._replace(note=next(said).note or None, route=_route(event, history[place + 1 :]))
        mended.append(event)
    return tuple(mended)


def _earlier(register: Register, meeting: Meeting) -> list[Action]:
    """What was raised before the meeting: by its board, or by another one that had it dealt with here."""
    return [
        action
        for ref, action in sorted(register.actions.items())
        if (ref.meeting < meeting.ref if _of_board(ref, meeting) else _names(action, meeting))
    ]


def _of_board(ref: ActionRef, meeting: Meeting) -> bool:
    return ref.meeting.board == meeting.ref.board


def _names(action: Action, meeting: Meeting) -> bool:
    return any(event.meeting == meeting.ref for event in action.history)


def _matter(action: Action, meeting: Meeting, before: Meeting | None, day: date, first: bool) -> Matter | None:
    row = row_of(action, day)
    if row is None:
        return None
    dealt_with = day >= meeting.ref.day and any(_is_of(event, action, meeting, first) for event in action.history)
    since = before.ref.day if before else date.min
    if not dealt_with and not (_of_board(action.ref, meeting) and _fell_due(action, meeting, since, day)):
        return None
    history = as_mended(action.history)
    if dealt_with:
        return Matter(row, tuple(event for event in history if _is_of(event, action, meeting, first)))
    recent = [event for event in history if since < event.date <= min(day, meeting.ref.day)]
    said = [event for event in recent if event.event not in _BOOKKEEPING and not is_asking(event.event, event.note)]
    return Matter(row, reported=said[-1] if said else None)


def _is_of(event: Event, action: Action, meeting: Meeting, first: bool) -> bool:
    if event.meeting is not None:
        return event.meeting == meeting.ref
    same_day = event.date == meeting.ref.day and _of_board(action.ref, meeting)
    # A letter that goes out on the day, or words mended on it, is nothing that the meeting did.
    apart = event.event == "corrected" or is_asking(event.event, event.note)
    return same_day and first and not apart


def _fell_due(action: Action, meeting: Meeting, since: date, day: date) -> bool:
    """Whether it came to the meeting as due, by what holds as at `day`, and was live after the day `since`."""
    eve = min(meeting.ref.day - timedelta(days=1), day)
    state = as_at(action, eve)
    if state is None or not isinstance(state.due, date) or state.due > meeting.ref.day:
        return False
    return state.live or _closed_on(action, eve) > since


def _closed_on(action: Action, day: date) -> date:
    outcomes = [event.date for event in action.history if event.event in OUTCOME_EVENTS and event.date <= day]
    return max(outcomes, default=date.min)


def _route(event: Event, later: Iterable[Event]) -> Route | None:
    """The route of an outcome, or what a correction of it says."""
    route = event.route
    if event.event not in OUTCOME_EVENTS:
        return route
    for following in later:
        if following.event in STATUS_AFTER:
            break
        if following.event == "corrected" and following.route:
            route = following.route
    return route


def _is_first_sitting(register: Register, meeting: Meeting) -> bool:
    sittings = [found for found in meetings_of(register, meeting.ref.board) if found.ref.day == meeting.ref.day]
    return meeting.ref == next((found.ref for found in sittings if found.stands), meeting.ref)
