"""What became of an action between two versions of its record.

The new entries of its history say it. A field that changed without its entry was changed by hand, and
an entry that is gone or reads otherwise is told aloud: the history is only added to.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from tracker.model.difference import Difference, fields
from tracker.model.records import Action, Event, EventValue
from tracker.model.state import DUE_EVENTS, STATUS_AFTER, implied_status

_PLAIN: Final = ("item", "follows", "formerly")
_Value = tuple[EventValue, str | None]


class _Histories(NamedTuple):
    """Two histories compared. `changed` holds pairs of what stood there and what stands in its place."""

    added: list[Event]
    changed: list[tuple[Event, Event]]
    removed: list[Event]
    reordered: bool


def raised(action: Action) -> Iterator[Difference]:
    """A new action, and what has happened to it already."""
    about = Difference(action.ref, "raised", action.text)
    yield about._replace(**_at_first(action))
    yield from _events(about, action.history, action.history)
    if action.status not in ("open", implied_status(action.history)):
        yield _by_hand(about, "status", ("open", None), (action.status, None))


def changed(old: Action, new: Action) -> Iterator[Difference]:
    """What is different about an action, the events in the order of its history."""
    about = Difference(new.ref, "by hand", new.text)
    histories = _compared(old.history, new.history)
    yield from _told_aloud(about, histories)
    yield from _events(about, new.history, histories.added)
    yield from _hand_made(about, old, new, histories.added)
    if old.tags != new.tags:
        yield about._replace(kind="tags", field="tags", before=old.tags, after=new.tags)
    if old.restricted != new.restricted:
        yield about._replace(kind="restricted" if new.restricted else "unrestricted")
    yield from fields(about, old, new, _PLAIN)


def _at_first(action: Action) -> dict[str, Any]:
    """The owners and the due day that it was raised with."""
    passed = next((event for event in action.history if event.event == "reassigned"), None)
    moved = next((event for event in action.history if event.event in DUE_EVENTS), None)
    return {
        "after": passed.before if passed else action.owners,
        "due": moved.before if moved else action.due,
        "after_said": moved.before_said if moved else action.due_said,
    }


def _compared(old: Sequence[Event], new: Sequence[Event]) -> _Histories:
    added = _added(old, new)
    if added is not None:
        return _Histories(added, [], [], reordered=False)
    gone = list((Counter(old) - Counter(new)).elements())
    fresh = list((Counter(new) - Counter(old)).elements())
    mended = []
    for was in list(gone):
        now = next((event for event in fresh if (event.date, event.event) == (was.date, was.event)), None)
        if now is not None:
            mended.append((was, now))
            gone.remove(was)
            fresh.remove(now)
    return _Histories(fresh, mended, gone, reordered=not gone and not mended)


def _added(old: Sequence[Event], new: Sequence[Event]) -> list[Event] | None:
    """The new entries, if the others are the old ones in their order; else None."""
    left = list(old)
    added = []
    for event in new:
        if left and event == left[0]:
            del left[0]
        else:
            added.append(event)
    return None if left else added


def _told_aloud(about: Difference, histories: _Histories) -> Iterator[Difference]:
    for was in histories.removed:
        yield about._replace(kind="history removed", was=was)
    for was, now in histories.changed:
        yield about._replace(kind="history changed", was=was, event=now)
    if histories.reordered:
        yield about._replace(kind="history reordered")


def _events(about: Difference, history: Sequence[Event], added: Sequence[Event]) -> Iterator[Difference]:
    for event in added:
        yield _event(about, event, history[: history.index(event) + 1])


def _event(about: Difference, event: Event, until: Sequence[Event]) -> Difference:
    turn = sum(past.event == "carried forward" for past in until) if event.event == "carried forward" else 0
    return about._replace(kind=event.event, event=event, turn=turn)


def _hand_made(about: Difference, old: Action, new: Action, added: Sequence[Event]) -> Iterator[Difference]:
    """The steps from the old to the new fields that no new entry made."""
    texts = [event for event in added if event.event == "reworded"]
    yield from _steps(about, "text", texts, (old.text, None), (new.text, None))
    owners = [event for event in added if event.event == "reassigned"]
    yield from _steps(about, "owners", owners, (old.owners, None), (new.owners, None))
    moves = [event for event in added if event.event in DUE_EVENTS]
    yield from _steps(about, "due", moves, (old.due, old.due_said), (new.due, new.due_said))
    decided = any(event.event in STATUS_AFTER for event in added)
    expected = implied_status(new.history) if decided else old.status
    if new.status != expected:
        yield _by_hand(about, "status", (expected, None), (new.status, None))


def _steps(about: Difference, field: str, events: Sequence[Event], old: _Value, new: _Value) -> Iterator[Difference]:
    stands = old
    for event in events:
        before = (event.before, event.before_said)
        if stands != before:
            yield _by_hand(about, field, stands, before)
        stands = (event.after, event.after_said)
    if stands != new:
        yield _by_hand(about, field, stands, new)


def _by_hand(about: Difference, field: str, before: _Value, after: _Value) -> Difference:
    return about._replace(
        kind="by hand", field=field, before=before[0], after=after[0], before_said=before[1], after_said=after[1]
    )
