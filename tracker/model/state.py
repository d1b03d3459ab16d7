"""What held for an action at the end of a day, worked out from its fields and its history.

The fields say what stands now. For a past day the later events are taken back from them, so a report
for that day is the same whenever it is made.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple, cast

from tracker.model.asking import is_asking
from tracker.model.records import LIVE, NEXT_MEETING, Action, Due, Event, EventKind, Route, Status

STATUS_AFTER: Final[dict[EventKind, Status]] = {
    "proposed": "proposed",
    "discharged": "discharged",
    "withdrawn": "withdrawn",
    "reopened": "open",
    "carried forward": "open",
}
DUE_EVENTS: Final[frozenset[EventKind]] = frozenset({"carried forward", "re-dated"})
OUTCOME_EVENTS: Final[frozenset[EventKind]] = frozenset({"proposed", "discharged", "withdrawn"})

# A re-dating, a new owner or new wording is the secretariat's own bookkeeping, no word on the action.
_WORDS: Final[frozenset[EventKind]] = OUTCOME_EVENTS | {"update", "carried forward", "reopened"}


class Word(NamedTuple):
    """Something that was said about an action, as mended by later corrections."""

    day: date
    event: EventKind
    note: str


class State(NamedTuple):
    """An action as at the end of a day.

    `status` is what counts: where the file claims a status that no event brought about, the action
    counts as open and `by_hand` holds the claim. `original_due` is the first day it was ever due.
    `proposed_on`, `discharged_on`, `route` and `outcome` belong to the standing status; all are None
    while the action is open. `word` is the latest word about it; that an update was asked for is none.
    """

    text: str
    owners: tuple[str, ...]
    due: Due
    due_said: str | None
    status: Status
    by_hand: Status | None
    original_due: date | None
    times_carried: int
    proposed_on: date | None
    discharged_on: date | None
    route: Route | None
    outcome: str | None
    word: Word | None

    @property
    def live(self) -> bool:
        return self.status in LIVE

    @property
    def overdue_after(self) -> date | None:
        """The day after which it is overdue: the due day of an open action. None for what cannot be overdue."""
        return self.due if self.status == "open" and isinstance(self.due, date) else None

    def overdue_days(self, day: date) -> int:
        """Days overdue as at this day; 0 for what is not: only an open action due before it is overdue."""
        due = self.overdue_after
        return (day - due).days if due and due < day else 0


def as_at(action: Action, day: date) -> State | None:
    """The action at the end of this day; None if it had not been raised yet."""
    if day < action.raised:
        return None
    later = [event for event in action.history if event.date > day]
    if not later:
        return _state(action, action.history)
    past = [event for event in action.history if event.date <= day]
    return _state(_taken_back(action, later), past)


def standing(action: Action) -> State:
    """The action with its whole history: what a further change starts from."""
    return _state(action, action.history)


def implied_status(events: Iterable[Event]) -> Status:
    """The status that these events bring about."""
    status: Status = "open"
    for event in events:
        status = STATUS_AFTER.get(event.event, status)
    return status


def original_due(action: Action, events: Sequence[Event]) -> date | None:
    """The first day the action was due: before the first event that moved it, or the first day after `next meeting`."""
    moves = [event for event in events if event.event in DUE_EVENTS]
    days = [moves[0].before, *(move.after for move in moves)] if moves else [action.due]
    if days[0] != NEXT_MEETING:
        return days[0] if isinstance(days[0], date) else None
    return next((day for day in days if isinstance(day, date)), None)


def words(events: Iterable[Event]) -> tuple[Word, ...]:
    """What was said about the action, in order, each as mended by the corrections after it.

    A correction mends the standing outcome; where there is none, the last outcome or update, never the
    note that an update was asked for.
    """
    said: list[Word] = []
    mends = -1
    standing_outcome = False
    for event in events:
        if event.event in STATUS_AFTER:
            standing_outcome = event.event in OUTCOME_EVENTS
        if event.event == "corrected":
            if mends >= 0 and event.note:
                said[mends] = said[mends]._replace(note=event.note)
        elif event.event in _WORDS:
            said.append(Word(event.date, event.event, event.note or ""))
            if event.event in OUTCOME_EVENTS or (_is_progress(event) and not standing_outcome):
                mends = len(said) - 1
    return tuple(said)


def _is_progress(said: Event | Word) -> bool:
    return said.event == "update" and not is_asking(said.event, said.note)


def _taken_back(action: Action, later: Sequence[Event]) -> Action:
    """The action before these events."""
    for event in reversed(later):
        if event.event == "reworded":
            action = action._replace(text=cast(str, event.before))
        elif event.event == "reassigned":
            action = action._replace(owners=cast(tuple[str, ...], event.before))
        elif event.event in DUE_EVENTS:
            action = action._replace(due=cast(Due, event.before), due_said=event.before_said)
    if any(event.event in STATUS_AFTER for event in later):
        first = action.history.index(next(event for event in later if event.event in STATUS_AFTER))
        action = action._replace(status=implied_status(action.history[:first]))
    return action


def _state(action: Action, events: Sequence[Event]) -> State:
    if not events:
        return _untouched(action)
    by_hand = action.status if action.status != "open" and action.status != implied_status(events) else None
    status: Status = "open" if by_hand else action.status
    outcome = _standing_outcome(events) if status != "open" else None
    return State(
        text=action.text,
        owners=action.owners,
        due=action.due,
        due_said=action.due_said,
        status=status,
        by_hand=by_hand,
        original_due=original_due(action, events),
        times_carried=sum(event.event == "carried forward" for event in events),
        proposed_on=outcome.date if outcome and status == "proposed" else None,
        discharged_on=outcome.date if outcome and status == "discharged" else None,
        route=_route(events, outcome) if status in ("proposed", "discharged") else None,
        outcome=_outcome_words(words(events)) if status in ("proposed", "discharged") else None,
        word=_latest_word(events),
    )


def _untouched(action: Action) -> State:
    """The state of an action to which nothing has happened yet, which most reports have many of."""
    _, text, owners, due, due_said, status, *_ = action
    by_hand = None if status == "open" else status
    first = due if isinstance(due, date) else None
    return State(text, owners, due, due_said, "open", by_hand, first, 0, None, None, None, None, None)


def _latest_word(events: Sequence[Event]) -> Word | None:
    for event in reversed(events):
        if event.event == "corrected":  # it mends what was said before it
            said = words(events)
            return next((word for word in reversed(said) if word.note and not is_asking(word.event, word.note)), None)
        if event.note and event.event in _WORDS and not is_asking(event.event, event.note):
            return Word(event.date, event.event, event.note)
    return None


def _standing_outcome(events: Sequence[Event]) -> Event | None:
    return next((event for event in reversed(events) if event.event in OUTCOME_EVENTS), None)


def _outcome_words(said: Sequence[Word]) -> str | None:
    word = next((word for word in reversed(said) if word.event in OUTCOME_EVENTS), None)
    return (word.note or None) if word else None


def _route(events: Sequence[Event], outcome: Event | None) -> Route | None:
    """The route of the outcome, or the one that a correction since then gave it."""
    for event in reversed(events):
        if event is outcome or (event.event == "corrected" and event.route):
            return event.route
    return None
