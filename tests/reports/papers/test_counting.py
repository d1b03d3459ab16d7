"""Many periods in one go: the same figures as a count from day to day, for each period anew."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies

from tests.builders import action, event, register
from tests.reports.papers.lived import registers
from tracker.model.records import Action, Register
from tracker.model.state import State, as_at
from tracker.reports.papers.figures import Figures, Period, calendar_of, figures_of, figures_of_each, median
from tracker.reports.papers.lives import life_of

A_DAY = timedelta(days=1)
CLOSED = ("discharged", "withdrawn")
QUARTERS = [
    Period(date(2025, 1, 1), date(2025, 3, 31)),
    Period(date(2025, 4, 1), date(2025, 6, 30)),
    Period(date(2025, 7, 1), date(2025, 9, 30)),
]


def counted_at_once(held: Register, periods: list[Period], owner: str | None = None) -> list[Figures]:
    return figures_of_each(map(life_of, held.actions.values()), periods, calendar_of(held), owner)


def counted_by_days(held: Register, period: Period, owner: str | None) -> Figures:
    """What the definitions of `Figures` say, for every action and every day of the period."""
    told: Counter[str] = Counter()
    days, meetings = [], []
    for found in held.actions.values():
        for day, was, now in days_of(found, period):
            if not is_theirs(now, owner):
                continue
            before = was.status if was else "open"
            became = now.status if now.status != before else None
            told["raised"] += was is None
            told["slips"] += sum(one.event == "carried forward" and one.date == day for one in found.history)
            told["reopened"] += became is not None and before in CLOSED
            told["withdrawn"] += became == "withdrawn"
            if became == "discharged":
                # whether that was in time, and by which day, is told by the life: what is tried here is counting
                closing = next(closing for closing in life_of(found).closings if closing.day == day)
                told.update(discharged=1, on_time=closing.on_time, measured=closing.due is not None)
                days.append((day - found.raised).days)
                meetings.append(meetings_between(held, found, day))
        before_all, at_last = as_at(found, period.first - A_DAY), as_at(found, period.last)
        told["live_at_start"] += before_all is not None and before_all.live and is_theirs(before_all, owner)
        if at_last and at_last.live and is_theirs(at_last, owner):
            due = at_last.due
            told["live"] += 1
            told["overdue"] += at_last.status == "open" and isinstance(due, date) and due < period.last
    return Figures(**told, median_days=median(days), median_meetings=median(meetings))


def days_of(found: Action, period: Period) -> Iterator[tuple[date, State | None, State]]:
    """Every day of the period on which the action was there: what held at the end of the day before, and of this one."""
    was = as_at(found, period.first - A_DAY)
    for number in range((period.last - period.first).days + 1):
        day = period.first + number * A_DAY
        now = as_at(found, day)
        if now:
            yield day, was, now
        was = now


def is_theirs(state: State, owner: str | None) -> bool:
    return owner is None or owner in (state.owners or ("",))


def meetings_between(held: Register, found: Action, day: date) -> int:
    raised = found.ref.meeting
    return sum(ref.board == raised.board and raised < ref and ref.day <= day for ref, one in held.meetings.items() if one.stands)


@strategies.composite
def registers_and_periods(draw: strategies.DrawFn) -> tuple[Register, list[Period]]:
    """Any register, and periods that follow one another, with bounds at and beside the days that tell something."""
    held = draw(registers())
    telling = {day for found in held.actions.values() for day in telling_days(found)}
    beside = sorted({day + days * A_DAY for day in telling for days in (-1, 0, 1, 2)})
    firsts = sorted(draw(strategies.lists(strategies.sampled_from(beside), min_size=2, max_size=7, unique=True)))
    return held, [Period(first, following - A_DAY) for first, following in zip(firsts, firsts[1:])]


def telling_days(found: Action) -> Iterator[date]:
    values = [found.raised, found.due, *(value for one in found.history for value in (one.date, one.before, one.after))]
    yield from (value for value in values if isinstance(value, date))


@settings(deadline=None, derandomize=True, max_examples=150)
@given(registers_and_periods(), strategies.sampled_from([None, "Force", "OPCC", "Unknown", ""]))
def test_periods_in_one_go_are_counted_as_from_day_to_day(drawn: tuple[Register, list[Period]], owner: str | None) -> None:
    held, periods = drawn
    assert counted_at_once(held, periods, owner) == [counted_by_days(held, period, owner) for period in periods]


def test_every_life_is_gone_through_once() -> None:
    lives = iter([life_of(action("PDB/2025-01-15/01")), life_of(action("PDB/2025-05-14/01"))])
    assert [seen.live for seen in figures_of_each(lives, QUARTERS, {})] == [1, 2, 2]


@pytest.mark.parametrize(("due", "overdue"), [("2025-03-30", [1, 1, 1]), ("2025-03-31", [0, 1, 1]), ("2025-09-30", [0, 0, 0])])
def test_overdue_at_the_ends_that_come_after_the_due_day(due: str, overdue: list[int]) -> None:
    held = register(action("PDB/2025-01-15/01", due=due))
    assert [seen.overdue for seen in counted_at_once(held, QUARTERS)] == overdue


def test_overdue_until_it_is_closed_and_again_once_it_is_open_again() -> None:
    history = [event("2025-06-30", "discharged", note="Done"), event("2025-07-01", "reopened", note="No")]
    held = register(action("PDB/2025-01-15/01", due="2025-02-12", history=history))
    assert [(seen.live, seen.overdue, seen.discharged, seen.reopened) for seen in counted_at_once(held, QUARTERS)] == [
        (1, 1, 0, 0), (0, 0, 1, 0), (1, 1, 0, 1),
    ]  # fmt: skip


def test_handed_on_within_a_period_it_is_the_new_owners_from_its_end_on() -> None:
    handed_on = event("2025-05-14", "reassigned", before=("Force",), after=("OPCC",))
    held = register(action("PDB/2025-01-15/01", due="2025-02-12", owners=("OPCC",), history=[handed_on]))
    force, opcc = counted_at_once(held, QUARTERS, "Force"), counted_at_once(held, QUARTERS, "OPCC")
    assert [(seen.live_at_start, seen.raised, seen.live, seen.overdue) for seen in force] == [(0, 1, 1, 1), (1, 0, 0, 0), (0, 0, 0, 0)]
    assert [(seen.live_at_start, seen.raised, seen.live, seen.overdue) for seen in opcc] == [(0, 0, 0, 0), (0, 0, 1, 1), (1, 0, 1, 1)]


@pytest.mark.parametrize(("on", "slips"), [("2025-03-31", [0, 0, 0]), ("2025-04-01", [0, 1, 0]), ("2025-07-01", [0, 0, 1])])
def test_what_is_dated_before_the_raising_counts_where_that_is_in_the_same_period(on: str, slips: list[int]) -> None:
    moved = event(on, "carried forward", before="2025-06-11", after="2025-09-10")
    held = register(action("PDB/2025-05-14/01", due="2025-09-10", history=[moved]))
    assert [seen.slips for seen in counted_at_once(held, QUARTERS)] == slips
    whole = Period(QUARTERS[0].first, QUARTERS[-1].last)
    assert figures_of(map(life_of, held.actions.values()), whole, {}).slips == 1
