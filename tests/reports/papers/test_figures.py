"""Every figure by its definition, on actions made for it."""

from datetime import date

import pytest

from tests.builders import action, event, meeting, register
from tracker.model.records import Action, Event, Record
from tracker.reports.papers.figures import Figures, Period, calendar_of, figures_of, median
from tracker.reports.papers.lives import life_of

YEAR = Period(date(2025, 4, 1), date(2026, 3, 31))


def raised(on: str = "2025-06-11", number: int = 1, **fields: object) -> Action:
    return action(f"PDB/{on}/{number:02}", **fields)


def discharged(on: str, *before: Event, number: int = 1, **fields: object) -> Action:
    done = event(on, "discharged", note="Done", route="paper")
    return raised(number=number, status="discharged", history=[*before, done], **fields)


def figures(*records: Record, period: Period = YEAR, owner: str | None = None) -> Figures:
    held = register(*records)
    return figures_of(map(life_of, held.actions.values()), period, calendar_of(held), owner)


def on_time(*actions: Action) -> tuple[int, int]:
    counted = figures(*actions)
    return counted.on_time, counted.measured


def test_nothing_has_figures_and_no_divisions() -> None:
    nothing = figures()
    assert nothing.nothing
    assert (nothing.on_time_per_cent, nothing.median_days, nothing.median_meetings) == (None, None, None)


@pytest.mark.parametrize(
    ("on", "counted"), [("2025-03-31", 0), ("2025-04-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
)
def test_the_first_and_the_last_day_belong_to_the_period(on: str, counted: int) -> None:
    assert figures(raised(on)).raised == counted
    assert figures(raised("2025-01-01", status="discharged", history=[event(on, "discharged", note="Done")])).discharged == counted
    moved = event(on, "carried forward", before="2025-03-01", after="2026-09-01")
    assert figures(raised("2025-01-01", due="2026-09-01", history=[moved])).slips == counted


def test_overdue_is_open_and_due_before_the_last_day() -> None:
    last = Period(YEAR.first, date(2025, 9, 10))
    late = raised(number=1, due="2025-09-09")
    at_the_meeting = raised(number=2, due="2025-09-10")
    with_the_board = raised(number=3, due="2025-09-01", status="proposed", history=[event("2025-08-01", "proposed", note="Sent")])
    undated = raised(number=4, due=None)
    counted = figures(late, at_the_meeting, with_the_board, undated, period=last)
    assert (counted.live, counted.overdue) == (4, 1)


def test_what_was_closed_by_hand_stays_live() -> None:
    assert figures(raised(status="discharged")).live == 1


def test_closed_and_reopened_on_a_day_is_neither() -> None:
    both = [event("2025-07-01", "discharged", note="Done"), event("2025-07-01", "reopened", note="No")]
    counted = figures(raised(history=both))
    assert (counted.discharged, counted.reopened, counted.live) == (0, 0, 1)


def test_a_second_discharge_counts_again() -> None:
    life = discharged(
        "2025-09-10", event("2025-07-01", "discharged", note="Done"), event("2025-07-02", "reopened", note="No")
    )
    counted = figures(life)
    assert (counted.discharged, counted.reopened, counted.live) == (2, 1, 0)


def test_done_on_the_day_it_was_due_is_on_time_and_the_day_after_is_not() -> None:
    assert on_time(discharged("2025-09-10", due="2025-09-10")) == (1, 1)
    assert on_time(discharged("2025-09-11", due="2025-09-10")) == (0, 1)


def test_a_board_that_meets_later_makes_nobody_late() -> None:
    proposed = event("2025-09-10", "proposed", note="Sent", route="paper")
    assert on_time(discharged("2025-12-03", proposed, due="2025-09-10")) == (1, 1)
    late = event("2025-09-11", "proposed", note="Sent", route="paper")
    assert on_time(discharged("2025-12-03", late, due="2025-09-10")) == (0, 1)


def test_what_the_board_did_not_accept_was_not_done_then() -> None:
    refused = [
        event("2025-09-01", "proposed", note="Sent"),
        event("2025-09-10", "carried forward", before="2025-09-10", after="2025-12-03", note="Not enough"),
    ]
    assert on_time(discharged("2025-12-03", *refused, due="2025-12-03")) == (0, 1)
    again = event("2025-09-20", "proposed", note="Sent again")
    assert on_time(discharged("2025-12-03", *refused, again, due="2025-12-03")) == (0, 1)


def test_a_re_dating_moves_the_day_that_counts_and_a_carrying_forward_does_not() -> None:
    redated = event("2025-08-01", "re-dated", before="2025-09-10", after="2025-12-03")
    assert on_time(discharged("2025-12-03", redated, due="2025-12-03")) == (1, 1)
    carried = event("2025-09-10", "carried forward", before="2025-09-10", after="2025-12-03")
    assert on_time(discharged("2025-12-03", carried, due="2025-12-03")) == (0, 1)
    then_redated = event("2025-11-01", "re-dated", before="2025-12-03", after="2026-02-25")
    assert on_time(discharged("2026-02-25", carried, then_redated, due="2026-02-25")) == (0, 1)


def test_carried_forward_and_done_early_all_the_same_is_on_time() -> None:
    carried = event("2025-07-01", "carried forward", before="2025-09-10", after="2025-12-03")
    assert on_time(discharged("2025-09-10", carried, due="2025-12-03")) == (1, 1)


def test_what_was_late_stays_late_whatever_is_said_of_its_due_day_once_it_is_open_again() -> None:
    history = [
        event("2025-09-10", "discharged", note="Done"),
        event("2025-09-11", "reopened", note="No"),
        event("2025-09-12", "re-dated", before="2025-09-01", after="2025-12-03"),
        event("2025-12-03", "carried forward", before="2025-12-03", after="2026-02-25"),
    ]
    assert on_time(raised(due="2026-02-25", history=history)) == (0, 1)


def test_the_days_run_to_the_discharge_though_it_was_proposed_before() -> None:
    proposed = event("2025-09-10", "proposed", note="Sent")
    assert figures(discharged("2025-12-03", proposed)).median_days == (date(2025, 12, 3) - date(2025, 6, 11)).days


def test_what_happened_to_the_due_day_after_it_was_done_changes_nothing() -> None:
    history = [
        event("2025-09-10", "proposed", note="Sent"),
        event("2025-09-20", "re-dated", before="2025-09-01", after="2025-12-03"),
    ]
    assert on_time(discharged("2025-12-03", *history, due="2025-12-03")) == (0, 1)


def test_without_a_due_day_nothing_is_measured() -> None:
    assert on_time(discharged("2025-09-10", due=None), discharged("2025-09-10", number=2, due="next meeting")) == (0, 0)
    carried = event("2025-09-10", "carried forward", before=None, after="2025-12-03")
    assert on_time(discharged("2025-12-03", carried, due="2025-12-03")) == (0, 0)


def test_next_meeting_counts_as_the_first_day_that_it_got() -> None:
    history = [
        event("2025-09-10", "carried forward", before="next meeting", after="next meeting"),
        event("2025-10-01", "re-dated", before="next meeting", after="2025-12-03"),
    ]
    assert on_time(discharged("2025-12-03", *history, due="2025-12-03")) == (1, 1)


def test_meetings_are_those_of_the_board_that_stood_up_to_the_discharge() -> None:
    others = [
        meeting("PDB/2025-06-11b"), meeting("PDB/2025-07-01", "cancelled"), meeting("PDB/2025-08-01", "postponed"),
        meeting("PDB/2025-09-10"), meeting("PDB/2025-12-03", "scheduled"), meeting("PDB/2025-12-04"), meeting("FIN/2025-09-01"),
    ]  # fmt: skip
    counted = figures(discharged("2025-12-03"), *others)
    assert counted.median_meetings == 3
    assert counted.median_days == (date(2025, 12, 3) - date(2025, 6, 11)).days
    assert figures(discharged("2025-08-31"), *others).median_meetings == 1


@pytest.mark.parametrize(
    ("numbers", "middle"), [([], None), ([3], 3.0), ([4, 1], 2.5), ([9, 1, 2], 2.0), ([1, 2, 4, 100], 3.0)]
)
def test_the_median(numbers: list[int], middle: float | None) -> None:
    assert median(numbers) == middle


def test_owners_count_by_who_owned_it_on_the_day() -> None:
    handed_on = event("2025-08-01", "reassigned", before=("Force", "OPCC"), after=("OPCC",))
    life = discharged("2025-09-10", handed_on, owners=("OPCC",), due="2025-09-10")
    force, opcc = figures(life, owner="Force"), figures(life, owner="OPCC")
    assert (force.raised, force.discharged, force.on_time) == (1, 0, 0)
    assert (opcc.raised, opcc.discharged, opcc.on_time) == (1, 1, 1)
    nobodys = figures(raised(owners=()), owner="")
    assert (nobodys.raised, nobodys.live) == (1, 1)
    assert figures(raised(), owner="").nothing
