"""Values of a report said in words, as a secretary would say them.

Each function that has to name a day takes the way to write it: `short_day` for the screen,
`write_day` for data. Nothing here is cleaned: the renderer does that where it prints.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.model.records import Event
    from tracker.model.state import State
    from tracker.reports.details import Cell
    from tracker.reports.listing import OverdueReport
    from tracker.reports.rows import ActionRow

SayDay = Callable[[date], str]


def cell_words(cell: "Cell", say_day: SayDay) -> str:
    """One value: a day, yes or no, several joined by commas, nothing for what is absent."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return say_day(cell)
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)


def count_words(number: int, thing: str) -> str:
    """`1 day`, `2,353 days`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def times_words(number: int) -> str:
    """`once`, `twice`, `3 times`; nothing for none."""
    return {0: "", 1: "once", 2: "twice"}.get(number, f"{number} times")


def due_words(state: "State", say_day: SayDay) -> str:
    """The due day, with the board's own words for it where it used any: `31 May 2024 (spring 2024)`."""
    day = cell_words(state.due, say_day)
    if not day:
        return state.due_said or ""
    return f"{day} ({state.due_said})" if state.due_said else day


def status_word(state: "State") -> str:
    """The status in one word; a status that stands in the file without its event is marked as typed by hand."""
    mark = hand_mark(state)
    return f"{state.status} ({mark})" if mark else state.status


def hand_mark(state: "State") -> str:
    """`closed by hand` for a status that stands in the file without its event; nothing for any other."""
    if state.by_hand is None:
        return ""
    return "proposed by hand" if state.by_hand == "proposed" else "closed by hand"


def status_words(row: "ActionRow", say_day: SayDay) -> str:
    """The status with what a reader asks next: how late, since when, by which route."""
    state = row.state
    words = status_word(state)
    if row.overdue:
        return f"{words}, {count_words(row.days_overdue, 'day')} overdue"
    if state.proposed_on:
        return f"with the board since {say_day(state.proposed_on)}"
    if state.discharged_on:
        words = f"{words} {say_day(state.discharged_on)}"
    return f"{words}, {state.route}" if state.route else words


def latest_words(state: "State", say_day: SayDay) -> str:
    """The latest word about an action and the day it was said."""
    if state.word is None:
        return "no update received"
    return f"{say_day(state.word.day)}: {state.word.note or state.word.event}"


def event_words(event: "Event", say_day: SayDay) -> str:
    """What an event did: `carried forward from 25 Feb 2026 to 10 Jun 2026`, `discharged, paper`."""
    words: str = event.event
    if event.before is not None or event.after is not None:
        before = _side(event.before, event.before_said, say_day)
        words += f" from {before} to {_side(event.after, event.after_said, say_day)}"
    return f"{words}, {event.route}" if event.route else words


def overdue_title(report: "OverdueReport") -> str:
    """The head of an overdue report, in one line."""
    from tracker.model.dates import long_day

    board = f"{report.board}: " if report.board else ""
    return f"{board}{count_words(len(report.rows), 'action')} overdue as at {long_day(report.as_of)}"


def nothing_overdue(report: "OverdueReport") -> str:
    """What an overdue report says when there is none."""
    from tracker.model.dates import long_day

    whose = f" for {report.board}" if report.board else ""
    return f"Nothing is overdue{whose} as at {long_day(report.as_of)}."


def without_due_words(number: int) -> str:
    """The sentence that ends every overdue report: how many live actions have no due day."""
    if number == 0:
        return "Every live action has a due day."
    have = "has" if number == 1 else "have"
    return f"{count_words(number, 'live action')} {have} no due day: see tracker list --no-due."


def _side(value: "Cell", said: str | None, say_day: SayDay) -> str:
    words = cell_words(value, say_day) or "none"
    return f"{words} ({said})" if said else words
