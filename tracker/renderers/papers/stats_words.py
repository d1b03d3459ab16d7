"""The figures of a period in sentences, and what each of them means."""

from collections.abc import Iterator
from typing import Final

from tracker.renderers.words import SayDay, count_words
from tracker.reports.papers.figures import Figures, Period
from tracker.reports.papers.stats import Group, Stats

NO_CASE: Final = "no case"


def period_words(report: Stats, say_day: SayDay) -> str:
    """`1 April 2023 to 31 March 2024 (the financial and municipal year 2023/24)`, and how far it has come."""
    first, last = report.asked
    words = f"{say_day(first)} to {say_day(last)}" if first != last else say_day(first)
    if _is_year(report.asked):
        words += f" (the financial and municipal year {first.year}/{last.year % 100:02})"
    return words if report.period == report.asked else f"{words}, counted to {say_day(report.period.last)}"


def quarter_limits(group: Group, say_day: SayDay) -> str | None:
    """`only 5 June 2019 to 30 June 2019` where the period holds only a part of the quarter."""
    if group.whole:
        return None
    return f"only {say_day(group.period.first)} to {say_day(group.period.last)}"


def summary_words(figures: Figures) -> str:
    """The period in one sentence."""
    if figures.nothing:
        return "No action was raised, live or closed in this period."
    raised = f"{count_words(figures.raised, 'action')} {_was(figures.raised)}" if figures.raised else "no action was"
    closed = f"{_number(figures.discharged)} {_was(figures.discharged)} discharged and {_number(figures.withdrawn)}"
    live = f"{_number(figures.live)} {'is' if figures.live in (0, 1) else 'are'} live at its end"
    return f"In this period {raised} raised, {closed} withdrawn; {live}{_of_them(figures)}."


def per_cent(figures: Figures) -> int:
    """On time in whole per cent; nothing measured is 0. Only all are 100, and only none are 0."""
    rounded = int((figures.on_time_per_cent or 0) + 0.5)
    return min(max(rounded, 1), 99) if 0 < figures.on_time < figures.measured else rounded


def on_time_words(figures: Figures) -> str:
    """`62 per cent, 21 of 34`; that there is no case where nothing was measured."""
    if not figures.measured:
        return f"{NO_CASE}: nothing that had a due day was discharged"
    return f"{per_cent(figures)} per cent, {figures.on_time:,} of {figures.measured:,}"


def median_words(number: float | None) -> str:
    """`77`, `77.5`; `no case` where there is none."""
    if number is None:
        return NO_CASE
    return f"{number:,.0f}" if number == int(number) else f"{number:,.1f}"


def amount_words(figures: Figures) -> str:
    """`34, 21 of 34 on time`."""
    if not figures.measured:
        return f"{figures.discharged:,}"
    return f"{figures.discharged:,}, {figures.on_time:,} of {figures.measured:,} on time"


def live_words(figures: Figures) -> str:
    """`9, 7 of them overdue`."""
    return f"{figures.live:,}{_of_them(figures)}"


def definitions(report: Stats, say_day: SayDay) -> tuple[str, ...]:
    """What each figure means, in a sentence each, and what has to be known to read them."""
    return tuple(_definitions(report, say_day))


def _definitions(report: Stats, say_day: SayDay) -> Iterator[str]:
    last = say_day(report.period.last)
    yield "Live at the start: actions open or proposed for discharge on the day before the period began."
    yield "Raised: actions raised by the meetings of the period."
    yield "Reopened: closed actions that were opened again in the period."
    yield "Discharged: actions that the board accepted as done in the period, each time it did so."
    yield "Withdrawn: actions closed in the period without being done."
    yield f"Live at the end: actions open or proposed for discharge at the end of {last}."
    yield f"Overdue at the end: live actions that nobody had proposed for discharge and that were due before {last}."
    yield (
        "On time: the share of the discharged actions that were done by their due day, measured from the day an "
        "action was proposed for discharge, where it was, and else from its discharge; to re-date an action moves "
        "its due day, to carry it forward does not."
    )
    yield "Median days: half of the discharged actions took so many days or fewer from being raised to their discharge."
    yield (
        "Median meetings: the same, counted in meetings of the board after the one that raised the action, "
        "up to the day of its discharge; postponed and cancelled ones do not count."
    )
    yield "Slips: how often an action was carried forward in the period."
    yield from _remarks(report)


def _remarks(report: Stats) -> Iterator[str]:
    unmeasured = report.total.discharged - report.total.measured
    if unmeasured:
        are = "is" if unmeasured == 1 else "are"
        yield f"{count_words(unmeasured, 'discharged action')} had no due day and {are} in no on-time figure."
    if report.undated:
        have = "has" if report.undated == 1 else "have"
        yield f"{count_words(report.undated, 'live action')} {have} no due day and cannot be overdue."
    if report.by == "owner":
        yield (
            "An action with several owners counts under each of them, by who owned it on the day that counts; "
            "the line for all actions counts it once."
        )
    if report.by == "quarter":
        yield "Quarters are those of the financial and municipal year, which runs from 1 April to 31 March."
    if not report.total.nothing and (report.by or not report.total.measured):
        yield f"“{NO_CASE.capitalize()}” stands where nothing was discharged that could be measured."


def _of_them(figures: Figures) -> str:
    if not figures.live:
        return ""
    if figures.live == 1:
        return ", overdue" if figures.overdue else ", not overdue"
    how_many = "all" if figures.overdue == figures.live else _number(figures.overdue)
    return f", {how_many} of them overdue"


def _number(amount: int) -> str:
    return f"{amount:,}" if amount else "none"


def _was(number: int) -> str:
    return "was" if number in (0, 1) else "were"


def _is_year(period: Period) -> bool:
    first, last = period
    return (first.month, first.day, last.month, last.day, last.year) == (4, 1, 3, 31, first.year + 1)
