"""Checks of the events of an action's history."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from tracker.model.checks.evidence import Evidence, Finding
from tracker.model.dates import long_day
from tracker.model.records import Action, Event, EventKind
from tracker.model.state import OUTCOME_EVENTS, STATUS_AFTER, implied_status, words

_CLOSING: Final[frozenset[EventKind]] = frozenset({"discharged", "withdrawn"})
# `reworded`, `reassigned` and `re-dated` mend the record of a closed action and are no decision on it.
_LIVE_ONLY: Final[frozenset[EventKind]] = frozenset({"carried forward", "proposed", "discharged", "withdrawn"})


def wrong_days(evidence: Evidence) -> Iterator[Finding]:
    """An event that is still to come, came before the action was raised, or stands out of order."""
    for action in evidence.actions:
        latest = date.min
        for number, event in enumerate(action.history):
            wrong = _wrong_day(evidence, action, event, latest)
            if wrong:
                yield Finding(action.path, ("history", number, "date"), *wrong)
            else:
                latest = event.date


def meetings_unknown(evidence: Evidence) -> Iterator[Finding]:
    """An event at a meeting that is not in the calendar.

    Where the meeting's folder holds actions, only its own file is missing, and reading has said so.
    """
    raised = {action.ref.meeting for action in evidence.actions}
    for action in evidence.actions:
        for number, event in enumerate(action.history):
            ref = event.meeting
            if ref is None or ref in evidence.register.meetings or ref in raised or evidence.unread.may_hold(ref.path):
                continue
            message = f"it was {_called(event)} at {ref}, and there is no such meeting"
            add = f"tracker meeting add {ref.board} {ref.day}{ref.sitting}"
            advice = f"Mend `meeting:`, or put it in the calendar: {add}"
            yield Finding(action.path, ("history", number, "meeting"), message, advice)


def no_outcome(evidence: Evidence) -> Iterator[Finding]:
    """A discharge or proposal without an outcome, or a withdrawal without a reason, that no correction supplies."""
    for action in evidence.actions:
        said = [word.note for word in words(action.history) if word.event in OUTCOME_EVENTS]
        for (number, event), note in zip(_outcomes(action), said, strict=True):
            if note.strip():
                continue
            withdrawn = event.event == "withdrawn"
            message = f"it was {_called(event)} without {'a reason' if withdrawn else 'an outcome'}"
            advice = _supply(action, number, "note", f"tracker correct {action.ref} --outcome TEXT")
            yield Finding(action.path, ("history", number), message, advice, "warning" if withdrawn else "error")


def no_route(evidence: Evidence) -> Iterator[Finding]:
    """A discharge of which nobody said how it reached the board."""
    for action in evidence.actions:
        for number, event in _outcomes(action):
            if event.event == "discharged" and not _route_given(action, number):
                advice = _supply(action, number, "route", f"tracker correct {action.ref} --outcome TEXT --route ROUTE")
                message = "it was discharged without a route, that is, how the outcome reached the board"
                yield Finding(action.path, ("history", number), message, advice, "warning")


def after_closing(evidence: Evidence) -> Iterator[Finding]:
    """A decision on an action that was closed already and had not been reopened."""
    for action in evidence.actions:
        closed: Event | None = None
        for number, event in enumerate(action.history):
            if closed and event.event in _LIVE_ONLY:
                message = f"it was {_called(event)} although it had been {closed.event} on {long_day(closed.date)}"
                advice = f"If it was reopened between them, write an event `reopened`; else delete history {number + 1}"
                yield Finding(action.path, ("history", number, "event"), message, advice)
            if event.event in STATUS_AFTER:
                closed = event if event.event in _CLOSING else None


def carried_to_no_later_day(evidence: Evidence) -> Iterator[Finding]:
    """A carrying forward that did not move the due day to a later one."""
    for action in evidence.actions:
        for number, event in enumerate(action.history):
            if event.event == "carried forward" and not _later(event):
                to = long_day(event.after) if isinstance(event.after, date) else "no day"
                was = f" from {long_day(event.before)}" if isinstance(event.before, date) else ""
                message = f"it was carried forward{was} to {to}, which is not later"
                advice = "Mend `to:`, or write `event: re-dated` if it was no slip"
                yield Finding(action.path, ("history", number, "to"), message, advice)


def changed_nothing(evidence: Evidence) -> Iterator[Finding]:
    """A change of due day, owners or text that set what was there."""
    for action in evidence.actions:
        for number, event in enumerate(action.history):
            same = (event.before, event.before_said) == (event.after, event.after_said)
            if event.event in ("re-dated", "reassigned", "reworded") and same:
                message = f"it was {event.event}, but `from` and `to` are the same"
                advice = f"Mend `to:`, or delete history {number + 1}"
                yield Finding(action.path, ("history", number, "to"), message, advice, "warning")


def _wrong_day(evidence: Evidence, action: Action, event: Event, latest: date) -> tuple[str, str] | None:
    was = f"it was {_called(event)} on {long_day(event.date)}"
    if event.date > evidence.today:
        return f"{was}, which is still to come", "Mend the day after `date:`"
    if event.date < action.raised:
        return f"{was}, before it was raised on {long_day(action.raised)}", "Mend the day after `date:`"
    if event.date < latest:
        advice = "Put the entries of the history in the order of their days, or mend the day"
        return f"{was}, but the entry before it is of {long_day(latest)}", advice
    return None


def _outcomes(action: Action) -> list[tuple[int, Event]]:
    return [(number, event) for number, event in enumerate(action.history) if event.event in OUTCOME_EVENTS]


def _route_given(action: Action, number: int) -> bool:
    """Whether the outcome, or a correction of it, has a route."""
    if action.history[number].route:
        return True
    for event in action.history[number + 1 :]:
        if event.event in OUTCOME_EVENTS:
            return False
        if event.event == "corrected" and event.route:
            return True
    return False


def _supply(action: Action, number: int, key: str, command: str) -> str:
    """How to supply what an outcome lacks: a command mends the standing one only."""
    last = _outcomes(action)[-1][0]
    if number == last and implied_status(action.history) == action.history[number].event:
        return f"Supply it with: {command}"
    return f"Write it after `{key}:` in history {number + 1}"


def _later(event: Event) -> bool:
    if isinstance(event.before, date) and isinstance(event.after, date):
        return event.after > event.before
    return event.after is not None


def _called(event: Event) -> str:
    return "updated" if event.event == "update" else event.event
