"""The life of an action as statistics see it: what held at the end of each day on which something happened."""

from bisect import bisect_right
from datetime import date
from typing import Final, NamedTuple

from tracker.model.records import NEXT_MEETING, Action, EventValue
from tracker.model.state import DUE_EVENTS, State, as_at

_CLOSED: Final = frozenset({"discharged", "withdrawn"})


class Closing(NamedTuple):
    """The end of an action on a day: it was discharged, or else withdrawn.

    `done` is the day on which its owner had said that it was done, without a break until `day`; where nobody
    had, it is `day`. `due` is the day that `done` is measured against; None if there is none.
    """

    day: date
    discharged: bool
    done: date
    due: date | None

    @property
    def on_time(self) -> bool:
        """Whether it was done by the day it was due."""
        return self.due is not None and self.done <= self.due


class Life(NamedTuple):
    """An action from the day it was raised: its `states` from each of the `days` on, and what happened when.

    A closing that was undone on the same day is none.
    """

    action: Action
    days: tuple[date, ...]
    states: tuple[State, ...]
    closings: tuple[Closing, ...]
    reopened: tuple[date, ...]
    slips: tuple[date, ...]

    def at(self, day: date) -> State | None:
        """What held at the end of this day; None if it had not been raised yet."""
        place = bisect_right(self.days, day)
        return self.states[place - 1] if place else None

    def over_before(self, day: date) -> bool:
        """Whether nothing can be counted of it from this day on: it was closed for good."""
        return self.days[-1] < day and not self.states[-1].live


def life_of(action: Action) -> Life:
    """The life of this action, by what is recorded now."""
    days = tuple(sorted({action.raised, *(event.date for event in action.history if event.date > action.raised)}))
    states = tuple(state for state in (as_at(action, day) for day in days) if state)
    statuses = ["open", *(state.status for state in states)]
    closings, reopened = [], []
    for place, (was, now) in enumerate(zip(statuses, statuses[1:], strict=False)):
        if was == now:
            continue
        if was in _CLOSED:
            reopened.append(days[place])
        if now in _CLOSED:
            closings.append(_closing(action, days, states, place))
    slips = tuple(event.date for event in action.history if event.event == "carried forward")
    return Life(action, days, states, tuple(closings), tuple(reopened), slips)


def _closing(action: Action, days: tuple[date, ...], states: tuple[State, ...], place: int) -> Closing:
    first = place
    while first and states[first - 1].status == "proposed":
        first -= 1
    done = days[first]
    return Closing(days[place], states[place].status == "discharged", done, _due_to_meet(action, states[first], done))


def _due_to_meet(action: Action, state: State, done: date) -> date | None:
    """The day by which it was to be done: re-datings move it, carrying forward does not.

    It is what was due before the first carrying forward; while that waited for a next meeting without a
    day, the first day after it. `state` is what held on the day `done`.
    """
    moves = [event for event in action.history if event.event in DUE_EVENTS and event.date <= done]
    first = next((place for place, move in enumerate(moves) if move.event == "carried forward"), None)
    if first is None:
        return _day(state.due)
    if moves[first].before != NEXT_MEETING:
        return _day(moves[first].before)
    return next((day for day in (_day(move.after) for move in moves[first:]) if day), None)


def _day(due: EventValue) -> date | None:
    return due if isinstance(due, date) else None
