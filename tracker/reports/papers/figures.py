"""The figures of a period, counted from the lives of actions. Every figure is defined where it stands."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import NamedTuple

from tracker.model.calendar import meetings_of
from tracker.model.records import Register
from tracker.model.references import MeetingRef
from tracker.model.state import State
from tracker.reports.papers.lives import Closing, Life

Calendar = Mapping[str, Sequence[MeetingRef]]
"""By board, the meetings that stand, in order."""


class Figures(NamedTuple):
    """What a period brought.

    - `live_at_start`: actions open or proposed at the end of the day before the period.
    - `raised`: actions raised by meetings in the period.
    - `reopened`: closed actions that were opened again in the period.
    - `discharged`: actions that a board accepted as done in the period; one that was reopened and discharged
      again counts again.
    - `withdrawn`: actions closed in the period without being done.
    - `live`: actions open or proposed at the end of the last day. It is `live_at_start` with `raised` and
      `reopened` added, `discharged` and `withdrawn` taken away.
    - `overdue`: of these, the open ones that were due before that day.
    - `on_time`: of the discharged ones, those done by the day they were due. An action is done on the day it
      was proposed for discharge and stayed so, else on the day of its discharge. The day it was due is what
      re-datings made of it; carrying it forward leaves the earlier day standing.
    - `measured`: the discharged ones that had such a day; of the others nobody can say whether they were late.
    - `median_days`: the median of the days from raising to discharge, of the discharged ones; None for none.
    - `median_meetings`: the same in meetings of the board: those neither postponed nor cancelled, after the
      one that raised it, up to the day of the discharge.
    - `slips`: how often actions were carried forward in the period.
    """

    live_at_start: int = 0
    raised: int = 0
    reopened: int = 0
    discharged: int = 0
    withdrawn: int = 0
    live: int = 0
    overdue: int = 0
    on_time: int = 0
    measured: int = 0
    median_days: float | None = None
    median_meetings: float | None = None
    slips: int = 0

    @property
    def on_time_per_cent(self) -> float | None:
        """`on_time` in per cent of `measured`; None where nothing could be measured."""
        return 100 * self.on_time / self.measured if self.measured else None

    @property
    def nothing(self) -> bool:
        """Whether there is nothing at all to tell."""
        return not any(value for value in self)


class Period(NamedTuple):
    """From the first day to the last, both counted."""

    first: date
    last: date


def figures_of(lives: Iterable[Life], period: Period, calendar: Calendar, owner: str | None = None) -> Figures:
    """The figures of these actions in one period; `figures_of_each` says what `owner` does."""
    return figures_of_each(lives, [period], calendar, owner)[0]


def figures_of_each(
    lives: Iterable[Life], periods: Sequence[Period], calendar: Calendar, owner: str | None = None
) -> list[Figures]:
    """The figures of these actions in each of these periods, of which every one begins on the day after the last ended.

    With `owner`, only what was theirs, alone or with others, on the day that counts: of what happened, the
    day it happened; `""` stands for what was nobody's.
    """
    count = _Count(periods, calendar, owner)
    for life in lives:
        if life.days[0] <= periods[-1].last and not life.over_before(periods[0].first):
            count.add(life)
    return list(count.figures())


def calendar_of(register: Register) -> Calendar:
    """The meetings that stand, of every board."""
    boards = {ref.board for ref in register.meetings}
    return {board: [meeting.ref for meeting in meetings_of(register, board) if meeting.stands] for board in boards}


def median(numbers: Iterable[int]) -> float | None:
    """The middle number, or halfway between the middle two; None of none."""
    ordered = sorted(numbers)
    if not ordered:
        return None
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


class _Count:
    """Adds up lives for periods that follow one another. Each life is gone through once, however many there are.

    The periods have the places 1, 2, 3, ...; days before the first have place 0, and days after the last the place
    behind it. What happened on those belongs to no period. What holds at the end of a place is what the next one
    starts with.

    Of what holds at the ends, only changes are noted: one more at the first end at which a state holds, one less
    at the first at which it does so no longer. Running totals make numbers of them.
    """

    def __init__(self, periods: Sequence[Period], calendar: Calendar, owner: str | None) -> None:
        self._ends = [periods[0].first - timedelta(days=1), *(period.last for period in periods)]
        self._behind = len(self._ends)
        self._calendar = calendar
        self._owner = owner
        self._happened: list[Counter[str]] = [Counter() for _ in range(self._behind + 1)]
        self._days: list[list[int]] = [[] for _ in self._happened]
        self._meetings: list[list[int]] = [[] for _ in self._happened]
        self._live_changes = [0 for _ in self._happened]
        self._overdue_changes = [0 for _ in self._happened]

    def add(self, life: Life) -> None:
        """Count this action."""
        places = [self._place(day) for day in life.days]
        for state, since, until in zip(life.states, places, [*places[1:], self._behind], strict=True):
            if since < until and state.live and self._is_theirs(state):
                self._stands(state, since, until)
        if not places[-1]:  # nothing has happened to it since the first period began
            return
        self._happens("raised", life, life.days[:1])
        self._happens("reopened", life, life.reopened)
        self._happens("slips", life, life.slips)
        for closing in life.closings:
            if self._is_theirs_on(life, closing.day):
                self._closes(life, closing)

    def figures(self) -> Iterator[Figures]:
        """What was counted for each period."""
        live, overdue = list(accumulate(self._live_changes)), list(accumulate(self._overdue_changes))
        for place in range(1, self._behind):
            yield Figures(
                live_at_start=live[place - 1],
                live=live[place],
                overdue=overdue[place],
                median_days=median(self._days[place]),
                median_meetings=median(self._meetings[place]),
                **self._happened[place],
            )

    def _place(self, day: date) -> int:
        """The place of the period that this day is in, at whose end a state that begins on this day holds first."""
        return bisect_left(self._ends, day)

    def _stands(self, state: State, since: int, until: int) -> None:
        """Count a live state that holds at the ends from the place `since` on, and no longer at `until`."""
        self._live_changes[since] += 1
        self._live_changes[until] -= 1
        due = state.overdue_after
        if due is None:
            return
        # On its due day an action is not overdue yet: the first end that may see it so lies after that day.
        late = max(since, bisect_right(self._ends, due))
        if late < until:
            self._overdue_changes[late] += 1
            self._overdue_changes[until] -= 1

    def _happens(self, what: str, life: Life, days: Iterable[date]) -> None:
        for day in days:
            # What is dated before the raising counts only in the same period: an earlier one had no such action.
            if self._is_theirs_on(life, day) and self._place(day) >= self._place(life.days[0]):
                self._happened[self._place(day)][what] += 1

    def _closes(self, life: Life, closing: Closing) -> None:
        place = self._place(closing.day)
        happened = self._happened[place]
        if not closing.discharged:
            happened["withdrawn"] += 1
            return
        happened["discharged"] += 1
        happened["on_time"] += closing.on_time
        happened["measured"] += closing.due is not None
        self._days[place].append((closing.day - life.days[0]).days)
        self._meetings[place].append(_meetings_until(self._calendar, life, closing.day))

    def _is_theirs_on(self, life: Life, day: date) -> bool:
        return self._owner is None or self._is_theirs(life.at(day))

    def _is_theirs(self, state: State | None) -> bool:
        if self._owner is None:
            return True
        return state is not None and (self._owner in state.owners if self._owner else not state.owners)


def _meetings_until(calendar: Calendar, life: Life, day: date) -> int:
    """How many meetings of the board came after the one that raised it, up to this day."""
    raised = life.action.ref.meeting
    held = calendar.get(raised.board, ())
    return bisect_right(held, MeetingRef(raised.board, day, "~")) - bisect_right(held, raised)
