from datetime import date

import pytest

from tests.renderers.samples import DAY, MEETING, an_action
from tracker.model.dates import short_day
from tracker.model.records import Action, Event
from tracker.renderers.words import (
    cell_words,
    count_words,
    due_words,
    event_words,
    latest_words,
    status_word,
    status_words,
    times_words,
)
from tracker.reports.details import Cell
from tracker.reports.rows import ActionRow, row_of

JAN, FEB = date(2026, 1, 3), date(2026, 2, 25)


def a_row(action: Action) -> ActionRow:
    row = row_of(action, DAY)
    assert row
    return row


@pytest.mark.parametrize(
    ("status", "history", "words"),
    [
        ("open", (), "open, 1 day overdue"),
        ("proposed", (Event(JAN, "proposed", note="Done"),), "with the board since 3 Jan 2026"),
        ("discharged", (Event(JAN, "discharged", route="paper"),), "discharged 3 Jan 2026, paper"),
        ("discharged", (Event(JAN, "discharged"),), "discharged 3 Jan 2026"),
        ("withdrawn", (Event(JAN, "withdrawn"),), "withdrawn"),
        ("discharged", (), "open (closed by hand), 1 day overdue"),
        ("proposed", (), "open (proposed by hand), 1 day overdue"),
    ],
)
def test_status(status: str, history: tuple[Event, ...], words: str) -> None:
    row = a_row(an_action(status=status, history=history))
    assert status_words(row, short_day) == words
    assert status_word(row.state) in ("open (closed by hand)", "open (proposed by hand)", status)


@pytest.mark.parametrize(
    ("due", "said", "words"),
    [
        (FEB, None, "25 Feb 2026"),
        (FEB, "spring 2026", "25 Feb 2026 (spring 2026)"),
        ("next meeting", None, "next meeting"),
        (None, None, ""),
        (None, "when the pilot ends", "when the pilot ends"),
    ],
)
def test_due(due: date | str | None, said: str | None, words: str) -> None:
    assert due_words(a_row(an_action(due=due, due_said=said)).state, short_day) == words


def test_latest_word() -> None:
    assert latest_words(a_row(an_action()).state, short_day) == "no update received"
    said = an_action(history=(Event(JAN, "update", note="Draft with the OPCC"),))
    assert latest_words(a_row(said).state, short_day) == "3 Jan 2026: Draft with the OPCC"


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (Event(JAN, "update", note="x"), "update"),
        (Event(JAN, "carried forward", MEETING, JAN, FEB), "carried forward from 3 Jan 2026 to 25 Feb 2026"),
        (Event(JAN, "re-dated", None, "next meeting", FEB), "re-dated from next meeting to 25 Feb 2026"),
        (Event(JAN, "re-dated", None, FEB, None, "spring"), "re-dated from 25 Feb 2026 (spring) to none"),
        (Event(JAN, "reassigned", None, ("Force",), ("Force", "OPCC")), "reassigned from Force to Force, OPCC"),
        (Event(JAN, "discharged", route="out of meeting"), "discharged, out of meeting"),
    ],
)
def test_event(event: Event, words: str) -> None:
    assert event_words(event, short_day) == words


@pytest.mark.parametrize(
    ("cell", "words"),
    [(None, ""), (True, "yes"), (False, "no"), (0, "0"), (FEB, "25 Feb 2026"), (("a", "b"), "a, b"), ((), ""), ("x", "x")],
)
def test_cell(cell: Cell, words: str) -> None:
    assert cell_words(cell, short_day) == words


def test_numbers() -> None:
    assert [count_words(n, "day") for n in (0, 1, 91, 2353)] == ["0 days", "1 day", "91 days", "2,353 days"]
    assert [times_words(n) for n in range(4)] == ["", "once", "twice", "3 times"]
