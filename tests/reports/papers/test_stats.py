"""Periods, groups and sums: what must hold for any register, and the Kent board's figures as counted by hand."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from tests.builders import action, board, item, meeting, register
from tests.reports.papers.lived import FIRST, registers
from tracker.errors import NotUnderstood
from tracker.model.records import Register
from tracker.model.state import as_at
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.figures import Figures, Period
from tracker.reports.papers.stats import Asked, By, Stats, financial_year, quarter_name, quarters, stats
from tracker.storage.load import load

KENT = Path(__file__).parents[3] / "records"
TODAY = date(2026, 2, 26)


def made(held: Register, day: date = TODAY, **asked: object) -> Stats:
    return stats(held, day, Audience(held), Asked(**asked))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Register:
    root = tmp_path_factory.mktemp("kent") / "records"
    shutil.copytree(KENT, root, ignore=shutil.ignore_patterns(".tracker"))
    return load(root).register


def test_kent_in_all(kent: Register) -> None:
    # raised: 5 (5 Jun 2019) + 5 (25 Sep 2019) + 3 (7 Jun 2023) + 5 (13 Sep 2023) + 2 (28 Feb 2024) + 4 (16 Sep 2025)
    #   + 2 (26 Nov 2025) = 26; discharged: 5 (25 Sep 2019) + 3 (13 Sep 2023) + 5 (29 Nov 2023) + 4 (26 Nov 2025) = 17
    # live: 26 - 17 = 9, all due before 26 February 2026
    # measured: only the 5 of 13 September 2023 had a due day, 29 November 2023, the day of their discharge
    # days: 5 Jun to 25 Sep 2019 is 112 (5 times), 7 Jun to 13 Sep 2023 is 98 (3), 13 Sep to 29 Nov 2023 is 77 (5),
    #   16 Sep to 26 Nov 2025 is 71 (4); the ninth of 71 71 71 71 77 77 77 77 77 98 98 98 112 112 112 112 112 is 77
    # meetings: each was discharged at the very next meeting; nothing was carried forward
    assert made(kent).total == Figures(
        live_at_start=0, raised=26, reopened=0, discharged=17, withdrawn=0, live=9, overdue=9,
        on_time=5, measured=5, median_days=77.0, median_meetings=1.0, slips=0,
    )  # fmt: skip
    assert made(kent).period == Period(date(2019, 6, 5), TODAY)


def test_kent_in_the_year_2023_24(kent: Register) -> None:
    # at the start the 5 of September 2019; raised 3 + 5 + 2 = 10; discharged 3 + 5 = 8; live 5 + 10 - 8 = 7
    # overdue on 31 March 2024: the 5 of 2019; the 2 of 28 February 2024 are due on 12 June and 11 September
    # days: 98 98 98 77 77 77 77 77, in order 77 77 77 77 77 98 98 98; halfway between the fourth and the fifth: 77
    year = financial_year("2023/24")
    counted = made(kent, since=year.first, until=year.last).total
    assert counted == Figures(
        live_at_start=5, raised=10, reopened=0, discharged=8, withdrawn=0, live=7, overdue=5,
        on_time=5, measured=5, median_days=77.0, median_meetings=1.0, slips=0,
    )  # fmt: skip


def test_kent_by_quarter(kent: Register) -> None:
    found = {group.name: group.figures for group in made(kent, by="quarter").groups}
    assert len(found) == 28  # April to June 2019 to January to March 2026: 3 + 6 * 4 + 1
    told = {
        name: (seen.raised, seen.discharged, seen.live, seen.overdue)
        for name, seen in found.items()
        if seen.raised or seen.discharged
    }
    assert told == {
        "April to June 2019": (5, 0, 5, 0),
        "July to September 2019": (5, 5, 5, 0),
        "April to June 2023": (3, 0, 8, 5),
        "July to September 2023": (5, 3, 10, 5),
        "October to December 2023": (0, 5, 5, 5),
        "January to March 2024": (2, 0, 7, 5),
        "July to September 2025": (4, 0, 11, 7),
        "October to December 2025": (2, 4, 9, 7),
    }
    assert (found["April to June 2024"].overdue, found["July to September 2024"].overdue) == (6, 7)


def test_kent_by_owner(kent: Register) -> None:
    # the OPCC owned PDB/2023-09-13/02 alone and PDB/2025-11-26/01 with the Force, which owned all the others
    force, opcc = made(kent, by="owner").groups
    assert (force.key, force.figures.raised, force.figures.discharged, force.figures.live) == ("Force", 25, 16, 9)
    assert (opcc.key, opcc.figures.raised, opcc.figures.discharged, opcc.figures.live) == ("OPCC", 2, 1, 1)


def test_kent_before_anything_was_raised(kent: Register) -> None:
    assert made(kent, until=date(2019, 1, 31)).total.nothing


def test_a_period_to_come_is_counted_to_the_day_of_the_report(kent: Register) -> None:
    year = financial_year("2025/26")
    report = made(kent, since=year.first, until=year.last)
    assert (report.asked, report.period) == (year, Period(year.first, TODAY))
    assert report.head.as_of == TODAY


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": date(2025, 2, 1), "until": date(2025, 1, 1)}, "ends on 1 January 2025, before it begins"),
        ({"since": date(2026, 4, 1)}, "before it begins on 1 April 2026"),
        ({"since": date(2026, 4, 1), "until": date(2027, 3, 31)}, "begins on 1 April 2026, after the day of the report"),
    ],
)
def test_a_period_that_cannot_be_counted_is_refused(kent: Register, asked: dict[str, date], sentence: str) -> None:
    with pytest.raises(NotUnderstood, match=sentence):
        made(kent, **asked)


@pytest.mark.parametrize("text", ["2023/24", "2023-24", "2023–24", "2023/2024", " 2023/24 "])
def test_the_financial_year(text: str) -> None:
    assert financial_year(text) == Period(date(2023, 4, 1), date(2024, 3, 31))


def test_the_financial_year_at_the_turn_of_a_century() -> None:
    assert financial_year("1999/00") == Period(date(1999, 4, 1), date(2000, 3, 31))


@pytest.mark.parametrize("text", ["2023", "23/24", "2023/25", "2023/23", "2023/", "/24", "", "April", "2023/24/25", "２０２３/24", "9999/00"])
def test_what_is_no_financial_year_is_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="1 April 2023 to 31 March 2024"):
        financial_year(text)


def test_quarters_are_named_by_their_months_and_say_whether_they_are_whole() -> None:
    found = list(quarters(Period(date(2023, 11, 15), date(2024, 4, 1))))
    assert [quarter_name(quarter) for quarter in found] == [
        "October to December 2023", "January to March 2024", "April to June 2024",
    ]  # fmt: skip
    held = register(action("PDB/2023-01-10/01"))
    report = made(held, since=date(2023, 11, 15), until=date(2024, 4, 1), by="quarter")
    assert [group.whole for group in report.groups] == [False, True, False]
    since_ever = made(held, until=date(2023, 3, 31), by="quarter")
    assert [(group.period.first, group.whole) for group in since_ever.groups] == [(date(2023, 1, 10), True)]


def test_restricted_actions_are_left_out_and_counted() -> None:
    held = register(
        board(publish="public"),
        meeting("PDB/2025-11-26", items=(item("9", "Estates", restricted=True),)),
        action("PDB/2025-11-26/01", restricted=True, owners=("Secret",)),
        action("PDB/2025-11-26/02", item="9"),
        action("PDB/2025-11-26/03"),
    )
    report = made(held, by="owner")
    assert (report.total.raised, report.withheld.actions) == (1, 2)
    assert [group.key for group in report.groups] == ["Force"]
    whole = stats(held, TODAY, Audience(held, "everything"), Asked())
    assert (whole.total.raised, whole.withheld.actions) == (3, 0)


def test_the_board_stands_at_the_head_where_no_other_has_actions() -> None:
    one = register(action("PDB/2025-11-26/01"), board("fin"))
    two = register(action("PDB/2025-11-26/01"), action("FIN/2025-11-26/01"))
    assert [report.head.board and report.head.board.key for report in (made(one), made(two))] == ["pdb", None]
    assert [group.key for group in made(two, by="board").groups] == ["FIN", "PDB"]
    assert made(two, board=two.boards["fin"]).total.raised == 1


DAYS = strategies.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
PERIODS = strategies.tuples(DAYS, DAYS).map(sorted)
ANY_REGISTER = settings(deadline=None, derandomize=True, max_examples=40)
LATEST = date(2030, 1, 1)


@ANY_REGISTER
@given(registers(), PERIODS)
def test_live_at_the_end_follows_from_the_start_and_what_happened(held: Register, days: list[date]) -> None:
    counted = made(held, LATEST, since=days[0], until=days[1]).total
    opened, closed = counted.raised + counted.reopened, counted.discharged + counted.withdrawn
    assert counted.live == counted.live_at_start + opened - closed


@ANY_REGISTER
@given(registers(), PERIODS)
def test_what_is_live_and_overdue_is_what_the_lists_say(held: Register, days: list[date]) -> None:
    counted = made(held, LATEST, since=days[0], until=days[1]).total
    states = [state for state in (as_at(found, days[1]) for found in held.actions.values()) if state]
    assert counted.live == sum(state.live for state in states)
    assert counted.overdue == sum(state.overdue_days(days[1]) > 0 for state in states)


@ANY_REGISTER
@given(registers(), PERIODS)
def test_quarters_and_boards_add_up_to_the_total(held: Register, days: list[date]) -> None:
    for by in ("quarter", "board"):
        report = made(held, LATEST, since=days[0], until=days[1], by=by)
        for name in ("raised", "reopened", "discharged", "withdrawn", "on_time", "measured", "slips"):
            assert sum(getattr(group.figures, name) for group in report.groups) == getattr(report.total, name), (by, name)
    quarter = list(_quarter_figures(held, days))
    assert [seen.live for seen in quarter[:-1]] == [seen.live_at_start for seen in quarter[1:]]


@ANY_REGISTER
@given(registers(), PERIODS)
def test_a_quarter_among_others_has_the_figures_that_it_has_alone(held: Register, days: list[date]) -> None:
    for group in made(held, LATEST, since=days[0], until=days[1], by="quarter").groups:
        assert group.figures == made(held, LATEST, since=group.period.first, until=group.period.last).total


@ANY_REGISTER
@given(registers(), PERIODS)
def test_no_share_is_more_than_its_whole(held: Register, days: list[date]) -> None:
    for by in (None, "owner", "quarter", "board"):
        report = made(held, LATEST, since=days[0], until=days[1], by=by)
        for counted in [report.total, *(group.figures for group in report.groups)]:
            assert 0 <= counted.on_time <= counted.measured <= counted.discharged
            assert 0 <= counted.overdue <= counted.live
            assert (counted.median_days is None) == (counted.discharged == 0)


def _quarter_figures(held: Register, days: list[date]) -> Iterator[Figures]:
    by: By = "quarter"
    yield from (group.figures for group in made(held, LATEST, since=days[0], until=days[1], by=by).groups)
