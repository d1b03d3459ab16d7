"""The figures of a period in words, as a table, as bars, and as rows."""

from collections.abc import Iterator
from typing import Final

from tracker.renderers.base import Json
from tracker.renderers.json import json_value
from tracker.renderers.papers.common import head_facts, head_object, head_title, withheld_words
from tracker.renderers.papers.document import (
    Bar,
    Bars,
    Block,
    Cell,
    Column,
    Data,
    Document,
    Heading,
    Paragraph,
    Table,
    Value,
)
from tracker.renderers.papers.stats_words import (
    NO_CASE,
    amount_words,
    definitions,
    live_words,
    median_words,
    on_time_words,
    per_cent,
    period_words,
    quarter_limits,
    summary_words,
)
from tracker.renderers.words import SayDay
from tracker.reports.papers.figures import Figures
from tracker.reports.papers.stats import By, Group, Stats

_FIGURES: Final = (
    Column("live_at_start", "Live at the start", "number"),
    Column("raised", "Raised", "number"),
    Column("reopened", "Reopened", "number"),
    Column("discharged", "Discharged", "number"),
    Column("withdrawn", "Withdrawn", "number"),
    Column("live", "Live at the end", "number"),
    Column("overdue", "Overdue at the end", "number"),
    Column("on_time", "On time", "number"),
    Column("measured", "With a due day", "number"),
    Column("on_time_per_cent", "On time, per cent", "number"),
    Column("median_days", "Median days", "number"),
    Column("median_meetings", "Median meetings", "number"),
    Column("slips", "Slips", "number"),
)
_DATA: Final = (
    Column("group", "Group", "short"),
    Column("kind", "Kind", "short"),
    Column("key", "Key", "short"),
    Column("board", "Board", "short"),
    Column("since", "From", "day"),
    Column("until", "To", "day"),
    *_FIGURES,
)
# Short headings: at a terminal these nine stand side by side.
_COMPARED: Final = (
    Column("raised", "Raised", "number"),
    Column("discharged", "Discharged", "number"),
    Column("withdrawn", "Withdrawn", "number"),
    Column("live", "Live", "number"),
    Column("overdue", "Overdue", "number"),
    Column("on_time", "On time", "number"),
    Column("median_days", "Days", "number"),
    Column("median_meetings", "Meetings", "number"),
    Column("slips", "Slips", "number"),
)
_COMPARED_REMARK: Final = "Live and overdue are as at the end of each line's period; days and meetings are medians."
_BY: Final[dict[By, str]] = {"owner": "Owner", "quarter": "Quarter", "board": "Board"}
_ALL: Final = "All actions"


def document(report: Stats, say_day: SayDay) -> Document:
    """The figures, with what each of them means at the foot."""
    facts = [fact for fact in head_facts(report.head) if fact[0] != "As at"]
    period: tuple[str, Value] = ("Period", period_words(report, say_day))
    return Document(
        head_title(report.head, "actions in figures", say_day),
        (*facts, period),
        tuple(_blocks(report, say_day)),
        (*definitions(report, say_day), *withheld_words(report.withheld)),
        report.head.classification,
    )


def data(report: Stats) -> Data:
    """A line for each group, and last the one for all of them together, whose `kind` is `total`."""
    rows: list[tuple[Value, ...]] = []
    for group in report.groups:
        since, until = group.period
        rows.append((_name(group), report.by, group.key, _board(report), since, until, *_values(group.figures)))
    rows.append((_ALL, "total", None, _board(report), *report.period, *_values(report.total)))
    return Data("Statistics", _DATA, rows)


def json_object(report: Stats) -> dict[str, Json]:
    """The head, the period, the figures of all actions, and those of each group."""
    return head_object("stats", report.head, report.withheld) | {
        "since": json_value(report.period.first),
        "until": json_value(report.period.last),
        "asked_until": json_value(report.asked.last),
        "by": report.by,
        "total": _figures_object(report.total),
        "without_due": report.undated,
        "groups": [_group_object(group) for group in report.groups],
    }


def _blocks(report: Stats, say_day: SayDay) -> Iterator[Block]:
    yield Paragraph(summary_words(report.total), "lead")
    if report.total.nothing and not report.groups:
        return
    yield Heading("The period as a whole")
    yield _table(report.total)
    if report.by is None:
        yield Bars("Actions in the period", _bars(report.total))
        return
    yield Heading(f"By {report.by}")
    yield Paragraph(_COMPARED_REMARK, "small")
    yield _comparison(report, say_day)
    what = f"by {report.by}"
    discharged = (Bar(_name(group), group.figures.discharged, amount_words(group.figures)) for group in report.groups)
    yield Bars(f"Discharged, {what}", tuple(discharged))
    live = (Bar(_name(group), group.figures.live, live_words(group.figures)) for group in report.groups)
    yield Bars(f"Live at the end, {what}", tuple(live))


def _table(figures: Figures) -> Table:
    rows: list[tuple[str, Value]] = [
        ("Live at the start", figures.live_at_start),
        ("Raised", figures.raised),
        ("Reopened", figures.reopened),
        ("Discharged", figures.discharged),
        ("Withdrawn", figures.withdrawn),
        ("Live at the end", figures.live),
        ("Overdue at the end", figures.overdue),
        ("On time", on_time_words(figures)),
        ("Median days to discharge", median_words(figures.median_days)),
        ("Median meetings to discharge", median_words(figures.median_meetings)),
        ("Slips", figures.slips),
    ]
    columns = (Column("figure", "Figure"), Column("number", "Number"))
    return Table("Figures of the period", columns, [(Cell(name), Cell(value)) for name, value in rows])


def _bars(figures: Figures) -> tuple[Bar, ...]:
    amounts = (
        ("Raised", figures.raised),
        ("Discharged", figures.discharged),
        ("Withdrawn", figures.withdrawn),
        ("Live at the end", figures.live),
        ("Overdue at the end", figures.overdue),
    )
    return tuple(Bar(name, amount, f"{amount:,}") for name, amount in amounts)


def _comparison(report: Stats, say_day: SayDay) -> Table:
    heading = _BY[report.by] if report.by else ""
    rows = [(_name_cell(group, report, say_day), *_compared(group.figures)) for group in report.groups]
    rows.append((Cell(_ALL, strong=True), *_compared(report.total)))
    return Table(f"Figures by {report.by}", (Column("group", heading), *_COMPARED), rows)


def _name_cell(group: Group, report: Stats, say_day: SayDay) -> Cell:
    if report.by == "quarter":
        limits = quarter_limits(group, say_day)
        return Cell(group.name, (limits,) if limits else ())
    return Cell(_name(group))


def _name(group: Group) -> str:
    return group.name or "no owner"


def _compared(figures: Figures) -> tuple[Cell, ...]:
    on_time = Cell(NO_CASE)
    if figures.measured:
        on_time = Cell(f"{per_cent(figures)}%", (f"{figures.on_time:,} of {figures.measured:,}",))
    return (
        *map(Cell, (figures.raised, figures.discharged, figures.withdrawn, figures.live, figures.overdue)),
        on_time,
        Cell(median_words(figures.median_days)),
        Cell(median_words(figures.median_meetings)),
        Cell(figures.slips),
    )


def _values(figures: Figures) -> Iterator[Value]:
    """The values of `_FIGURES`."""
    share = figures.on_time_per_cent
    known = figures._asdict() | {"on_time_per_cent": None if share is None else round(share, 1)}
    return (known[column.key] for column in _FIGURES)


def _figures_object(figures: Figures) -> dict[str, Json]:
    return {column.key: json_value(value) for column, value in zip(_FIGURES, _values(figures), strict=True)}


def _group_object(group: Group) -> dict[str, Json]:
    return {
        "group": group.name or None,
        "key": group.key or None,
        "since": json_value(group.period.first),
        "until": json_value(group.period.last),
        "whole": group.whole,
    } | _figures_object(group.figures)


def _board(report: Stats) -> str | None:
    return report.head.board.key.upper() if report.head.board else None
