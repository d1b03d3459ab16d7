"""Checks that hold the fields of an action and its history together."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from operator import attrgetter
from typing import Final, NamedTuple

from tracker.model.checks.evidence import Evidence, Finding, as_word
from tracker.model.quoting import quoted
from tracker.model.records import Action, Event, EventKind, EventValue, Status
from tracker.model.state import DUE_EVENTS, implied_status, standing

_RECORDED_BY: Final[dict[Status, str]] = {
    "proposed": "tracker propose {ref} --outcome TEXT",
    "discharged": "tracker discharge {ref} --outcome TEXT --route ROUTE",
    "withdrawn": "tracker withdraw {ref} --reason TEXT",
}
_BY_HAND: Final[dict[Status, str]] = {
    "open": "reopened by hand",
    "proposed": "proposed by hand",
    "discharged": "closed by hand",
    "withdrawn": "closed by hand",
}


class _Track(NamedTuple):
    """A field whose changes the history records: where each event says what it replaced and what it set."""

    field: str
    kinds: frozenset[EventKind]
    from_key: str
    to_key: str
    before: Callable[[Event], EventValue]
    after: Callable[[Event], EventValue]
    now: Callable[[Action], EventValue]
    command: str


def _track(field: str, kinds: Iterable[EventKind], command: str, said: str = "") -> _Track:
    before, after = attrgetter(f"before{said}"), attrgetter(f"after{said}")
    return _Track(field, frozenset(kinds), f"from{said}", f"to{said}", before, after, attrgetter(field), command)


_TRACKS: Final = (
    _track("text", ["reworded"], "tracker reword {ref} --text TEXT"),
    _track("owners", ["reassigned"], "tracker reassign {ref} --owner OWNER"),
    _track("due", DUE_EVENTS, "tracker redate {ref} --to WHEN"),
    _track("due_said", DUE_EVENTS, "tracker redate {ref} --to WHEN", said="_said"),
)


def status_by_hand(evidence: Evidence) -> Iterator[Finding]:
    """A status that no event brought about."""
    for action in evidence.actions:
        recorded = implied_status(action.history)
        if action.status != recorded:
            message = f"{_BY_HAND[action.status]}: the status is {action.status}, by the history it is {recorded}"
            yield Finding(action.path, ("status",), message, _status_advice(action, recorded))


def fields_against_history(evidence: Evidence) -> Iterator[Finding]:
    """A text, owners or a due day that the last event which set them contradicts."""
    for action, track, events in _tracks(evidence):
        now, last = track.now(action), track.after(events[-1][1])
        if now != last:
            message = f"`{track.field}` is {_shown(now)}, but the last event that changed it says {_shown(last)}"
            yield Finding(action.path, (track.field,), message, _field_advice(action, track, last))


def broken_chains(evidence: Evidence) -> Iterator[Finding]:
    """An event that replaced something else than the event before it had set."""
    for action, track, events in _tracks(evidence):
        for (_, earlier), (number, event) in pairwise(events):
            was, says = track.after(earlier), track.before(event)
            if was != says:
                message = f"`{track.from_key}` is {_shown(says)}, but the event before it set {_shown(was)}"
                advice = f"Mend `{track.from_key}:` here, or what the event before it set"
                yield Finding(action.path, ("history", number, track.from_key), message, advice)


def _tracks(evidence: Evidence) -> Iterator[tuple[Action, _Track, list[tuple[int, Event]]]]:
    """Each action with each field that events have changed, and these events by their place in the history."""
    for action in evidence.actions:
        for track in _TRACKS if action.history else ():
            events = [(number, event) for number, event in enumerate(action.history) if event.event in track.kinds]
            if events:
                yield action, track, events


def _status_advice(action: Action, recorded: Status) -> str:
    if action.status == "open":
        return f"Write `status: {recorded}` again; if it was reopened, then type: tracker reopen {action.ref}"
    return f"Write `status: {recorded}` again, or record it with: {_RECORDED_BY[action.status].format(ref=action.ref)}"


def _field_advice(action: Action, track: _Track, last: EventValue) -> str:
    back = f"Write `{track.field}: {_shown(last)}` again" if last else f"Delete `{track.field}:` again"
    if track.field in ("text", "due_said") and last:  # these can be long
        back = f"Write the words of that event's `{track.to_key}:` after `{track.field}:` again"
    if track.kinds == DUE_EVENTS and not standing(action).live:
        return back
    return f"{back}; if it has changed since, then type: {track.command.format(ref=action.ref)}"


def _shown(value: EventValue) -> str:
    if value is None:
        return "none"
    if isinstance(value, date):
        return value.isoformat()
    return f"[{', '.join(map(as_word, value))}]" if isinstance(value, tuple) else quoted(value)
