"""The figures in words: shares, medians, empty periods, and that every figure on the paper is defined on it."""

from datetime import date

import pytest

from tests.builders import action, event, register
from tracker.model.dates import long_day
from tracker.model.records import Record
from tracker.renderers.papers.document import Bars, Paragraph, Table
from tracker.renderers.papers.stats import data, document, json_object
from tracker.renderers.papers.stats_words import live_words, median_words, on_time_words, per_cent, summary_words
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.figures import Figures
from tracker.reports.papers.stats import Asked, Stats, stats

DAY = date(2026, 2, 26)
DONE = action(
    "PDB/2025-05-14/01", due="2025-09-10", status="discharged", owners=("Force", "OPCC"),
    history=[event("2025-09-10", "discharged", note="Done")],
)  # fmt: skip
LATE = action("PDB/2025-05-14/02", due="2025-12-03", owners=())
UNDATED = action("PDB/2025-05-14/03", due=None, owners=("OPCC",))


def report(*records: Record, **asked: object) -> Stats:
    held = register(*records)
    return stats(held, DAY, Audience(held), Asked(**asked))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on_time", "measured", "whole"),
    [(0, 0, 0), (21, 34, 62), (5, 5, 100), (0, 7, 0), (999, 1000, 99), (1, 1000, 1), (1, 8, 13), (1, 2, 50)],
)
def test_a_share_is_all_or_nothing_only_where_it_is(on_time: int, measured: int, whole: int) -> None:
    assert per_cent(Figures(on_time=on_time, measured=measured)) == whole


def test_what_cannot_be_measured_is_said_in_words() -> None:
    assert on_time_words(Figures(on_time=21, measured=34)) == "62 per cent, 21 of 34"
    assert on_time_words(Figures()) == "no case: nothing that had a due day was discharged"
    assert [median_words(number) for number in (None, 77.0, 77.5, 1234.0)] == ["no case", "77", "77.5", "1,234"]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (Figures(), "No action was raised, live or closed in this period."),
        (
            Figures(raised=1, discharged=1, live=1),
            "In this period 1 action was raised, 1 was discharged and none withdrawn; 1 is live at its end, not overdue.",
        ),
        (
            Figures(live_at_start=9, withdrawn=2, live=7, overdue=7),
            "In this period no action was raised, none was discharged and 2 withdrawn; "
            "7 are live at its end, all of them overdue.",
        ),
        (
            Figures(raised=1200, live=1200),
            "In this period 1,200 actions were raised, none was discharged and none withdrawn; "
            "1,200 are live at its end, none of them overdue.",
        ),
    ],
)
def test_the_summary(figures: Figures, words: str) -> None:
    assert summary_words(figures) == words


def test_live_says_how_many_are_overdue() -> None:
    assert [live_words(Figures(live=n, overdue=late)) for n, late in ((0, 0), (1, 1), (9, 7))] == [
        "0", "1, overdue", "9, 7 of them overdue",
    ]  # fmt: skip


def test_every_figure_of_the_paper_is_defined_at_its_foot() -> None:
    paper = document(report(DONE, LATE, UNDATED), long_day)
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    defined = [remark.partition(":")[0] for remark in paper.foot]
    for row in table.rows:
        assert str(row[0].value).removesuffix(" to discharge") in defined


def test_what_has_no_due_day_is_said_at_the_foot() -> None:
    no_day = DONE._replace(ref=DONE.ref._replace(number=4), due=None)
    foot = document(report(DONE, no_day, UNDATED), long_day).foot
    assert "1 discharged action had no due day and is in no on-time figure." in foot
    assert "1 live action has no due day and cannot be overdue." in foot
    assert not any("no due day" in remark for remark in document(report(DONE), long_day).foot)


def test_an_owners_share_is_counted_under_each_and_once_in_all() -> None:
    found = report(DONE, LATE, UNDATED, by="owner")
    paper = document(found, long_day)
    assert any("counts under each of them" in remark for remark in paper.foot)
    rows = {row[0]: row for row in data(found).rows}
    place = [column.key for column in data(found).columns].index("discharged")
    assert {name: row[place] for name, row in rows.items()} == {
        "Kent Police": 1, "The OPCC": 1, "no owner": 0, "All actions": 1,
    }  # fmt: skip


def test_the_groups_are_compared_in_a_table_and_in_bars() -> None:
    paper = document(report(DONE, LATE, UNDATED, by="owner"), long_day)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [str(row[0].value) for row in tables[1].rows] == ["Kent Police", "The OPCC", "no owner", "All actions"]
    bars = [block for block in paper.blocks if isinstance(block, Bars)]
    assert [(bar.label, bar.amount, bar.words) for bar in bars[0].bars] == [
        ("Kent Police", 1, "1, 1 of 1 on time"), ("The OPCC", 1, "1, 1 of 1 on time"), ("no owner", 0, "0"),
    ]  # fmt: skip


def test_a_quarter_that_is_not_whole_says_which_days_it_has() -> None:
    paper = document(report(DONE, since=date(2025, 5, 1), until=date(2025, 8, 31), by="quarter"), long_day)
    tables = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row[0].value for row in tables[1].rows] == ["April to June 2025", "July to September 2025", "All actions"]
    assert tables[1].rows[0][0].beneath == ("only 1 May 2025 to 30 June 2025",)


def test_the_period_says_its_financial_year_and_how_far_it_has_come() -> None:
    def period(**asked: object) -> object:
        return dict(document(report(DONE, **asked), long_day).facts)["Period"]

    year = {"since": date(2025, 4, 1), "until": date(2026, 3, 31)}
    assert period(**year) == (
        "1 April 2025 to 31 March 2026 (the financial and municipal year 2025/26), counted to 26 February 2026"
    )
    assert period(since=DAY) == "26 February 2026"
    assert period() == "14 May 2025 to 26 February 2026"


def test_an_empty_register_has_words_and_no_tables() -> None:
    paper = document(report(), long_day)
    assert paper.blocks == (Paragraph("No action was raised, live or closed in this period.", "lead"),)
    assert json_object(report())["total"]["on_time_per_cent"] is None  # type: ignore[index,call-overload]
    for by in ("owner", "quarter", "board"):
        assert document(report(by=by), long_day).blocks


def test_the_object_and_the_lines_have_the_same_figures() -> None:
    found = report(DONE, LATE, UNDATED, by="board")
    whole = json_object(found)["total"]
    assert isinstance(whole, dict)
    table = data(found)
    last = dict(zip((column.key for column in table.columns), table.rows[-1], strict=True))
    assert whole == {key: last[key] for key in whole}
    assert list(whole) == list(Figures._fields[:9]) + ["on_time_per_cent", *Figures._fields[9:]]
