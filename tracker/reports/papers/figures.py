"""The figures of a period, counted from the lives of actions. Every figure is defined where it stands."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
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

    def holds(self, day: date) -> bool:
        """Whether this day is one of it."""
        return self.first <= day <= self.last


def figures_of(lives: Iterable[Life], period: Period, calendar: Calendar, owner: str | None = None) -> Figures:
    """The figures of these actions.

    With `owner`, only what was theirs, alone or with others, on the day that counts: of what happened, the
    day it happened; `""` stands for what was nobody's.
    """
    count = _Count(period, calendar, owner)
    for life in lives:
        if life.action.raised <= period.last and not life.over_before(period.first):
            count.add(life)
    return count.figures()


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
    """Adds up lives for one period."""

    def __init__(self, period: Period, calendar: Calendar, owner: str | None) -> None:
        self._period = period
        self._eve = period.first - timedelta(days=1)
        self._calendar = calendar
        self._owner = owner
        self._counted: Counter[str] = Counter()
        self._days: list[int] = []
        self._meetings: list[int] = []

    def add(self, life: Life) -> None:
        """Count this action."""
        self._stands(life)
        if life.days[-1] < self._period.first:
            return
        self._counted["raised"] += self._happened(life, (life.action.raised,))
        self._counted["reopened"] += self._happened(life, life.reopened)
        self._counted["slips"] += self._happened(life, life.slips)
        for closing in life.closings:
            if self._happened(life, (closing.day,)):
                self._closes(life, closing)

    def figures(self) -> Figures:
        """What was counted."""
        return Figures(**self._counted, median_days=median(self._days), median_meetings=median(self._meetings))

    def _stands(self, life: Life) -> None:
        before, after = life.at(self._eve), life.at(self._period.last)
        if before and before.live and self._is_theirs(before):
            self._counted["live_at_start"] += 1
        if after and after.live and self._is_theirs(after):
            self._counted["live"] += 1
            self._counted["overdue"] += after.overdue_days(self._period.last) > 0

    def _closes(self, life: Life, closing: Closing) -> None:
        if not closing.discharged:
            self._counted["withdrawn"] += 1
            return
        self._counted["discharged"] += 1
        self._counted["on_time"] += closing.on_time
        self._counted["measured"] += closing.due is not None
        self._days.append((closing.day - life.action.raised).days)
        self._meetings.append(_meetings_until(self._calendar, life, closing.day))

    def _happened(self, life: Life, days: Iterable[date]) -> int:
        return sum(1 for day in days if self._period.holds(day) and self._is_theirs(life.at(day)))

    def _is_theirs(self, state: State | None) -> bool:
        if self._owner is None:
            return True
        return state is not None and (self._owner in state.owners if self._owner else not state.owners)


def _meetings_until(calendar: Calendar, life: Life, day: date) -> int:
    """How many meetings of the board came after the one that raised it, up to this day."""
    raised = life.action.ref.meeting
    held = calendar.get(raised.board, ())
    return bisect_right(held, MeetingRef(raised.board, day, "~")) - bisect_right(held, raised)
