"""What papers have in common: their head, how an action stands in a row, and what was left out."""

from datetime import date
from typing import Final

from tracker.model.records import Meeting
from tracker.model.state import State
from tracker.renderers.base import Json
from tracker.renderers.json import json_value
from tracker.renderers.papers.document import Cell, Column, Value
from tracker.renderers.words import SayDay, cell_words, count_words, hand_mark
from tracker.reports.papers.audience import Withheld
from tracker.reports.papers.head import Head
from tracker.reports.rows import ActionRow

REFERENCE: Final = Column("ref", "Reference", "reference")
ACTION: Final = Column("text", "Action")
OWNER: Final = Column("owners", "Owner", "short")
DUE: Final = Column("due", "Due date", "day")
STATUS: Final = Column("status", "Status", "short")

ACTION_COLUMNS: Final = (
    REFERENCE,
    DUE,
    STATUS,
    OWNER,
    Column("days_overdue", "Days overdue", "number"),
    Column("times_carried", "Times carried", "number"),
    ACTION,
)
"""The columns with which every line about an action starts in tsv, csv and xlsx; scripts depend on them."""

_PUBLISHED: Final = {"open": "Open", "proposed": "With the board", "discharged": "Discharged", "withdrawn": "Withdrawn"}


def head_facts(head: Head) -> tuple[tuple[str, Value], ...]:
    """What stands below the title: labels with their values, only those that are known.

    The classification is no such fact: it is the marking of the whole document.
    """
    board, meeting = head.board, head.meeting
    facts: list[tuple[str, Value]] = [("Board", board.title if board else None)]
    if meeting:
        facts += [
            ("Meeting", meeting.ref.day),
            ("Time", time_words(meeting)),
            ("Venue", meeting.venue),
        ]
    facts += [
        ("Agenda item", head.agenda_item),
        ("Author", head.author),
        ("As at", head.as_of),
        ("Note", board.note if board else None),
    ]
    return tuple((label, value) for label, value in facts if value)


def head_title(head: Head, what: str, say_day: SayDay) -> str:
    """`Performance and Delivery Board, 25 February 2026: what`; of a paper for no meeting without the day."""
    whose = head.board.title if head.board else head.register_title
    when = f", {say_day(head.meeting.ref.day)}" if head.meeting else ""
    return f"{whose}{when}: {what}"


def time_words(meeting: Meeting) -> str | None:
    """`10:00 to 12:00`; None where the time is not known."""
    return f"{meeting.time} to {meeting.ends}" if meeting.time and meeting.ends else meeting.time


def fallen_words(meeting: Meeting, say_day: SayDay) -> str | None:
    """That the meeting was postponed or cancelled; None for one that stands."""
    if meeting.status == "cancelled":
        return "This meeting was cancelled."
    if meeting.status == "postponed":
        return f"This meeting was postponed{f' to {say_day(meeting.postponed_to)}' if meeting.postponed_to else ''}."
    return None


def withheld_words(withheld: Withheld) -> tuple[str, ...]:
    """The remark of a public paper on what it leaves out; none where that is nothing."""
    parts = [count_words(number, thing) for number, thing in zip(withheld, ("action", "item"), strict=True) if number]
    if not parts:
        return ()
    one = sum(withheld) == 1
    are, they = ("is", "it is") if one else ("are", "they are")
    return (f"{' and '.join(parts)} {are} left out of this public paper because {they} restricted.",)


def head_object(paper: str, head: Head, withheld: Withheld) -> dict[str, Json]:
    """The head of a paper for json; the paper's own keys follow."""
    board, meeting = head.board, head.meeting
    return {
        "paper": paper,
        "register": head.register_title,
        "as_of": json_value(head.as_of),
        "board": board.key.upper() if board else None,
        "board_title": board.title if board else None,
        "meeting": meeting_object(meeting) if meeting else None,
        "agenda_item": head.agenda_item,
        "author": head.author,
        "classification": head.classification,
        "note": board.note if board else None,
        "withheld": {"actions": withheld.actions, "items": withheld.items},
    }


def meeting_object(meeting: Meeting) -> dict[str, Json]:
    """The meeting that a paper is for."""
    return {
        "ref": str(meeting.ref),
        "date": json_value(meeting.ref.day),
        "status": meeting.status,
        "postponed_to": json_value(meeting.postponed_to),
        "time": meeting.time,
        "ends": meeting.ends,
        "venue": meeting.venue,
    }


def action_values(row: ActionRow) -> tuple[Value, ...]:
    """The values of `ACTION_COLUMNS`."""
    state = row.state
    return (
        str(row.ref), state.due, state.status, state.owners, row.days_overdue, state.times_carried, state.text
    )  # fmt: skip


def reference_cell(row: ActionRow) -> Cell:
    """The reference, which names the row."""
    return Cell(str(row.ref))


def owner_cell(state: State) -> Cell:
    """Who owes it, the leading owner first."""
    return Cell(", ".join(state.owners) or "no owner")


def due_cell(state: State, *more: str) -> Cell:
    """The present due day, beneath it the board's own words for it and what else goes with it."""
    said = (f"({state.due_said})",) if state.due_said and state.due else ()
    return Cell(state.due or state.due_said or "no due day", (*said, *more))


def published_status(state: State) -> str:
    """The status as a board's notes print it: `Open`, `Discharged`; `Open (closed by hand)` is marked."""
    mark = hand_mark(state)
    word = _PUBLISHED[state.status]
    return f"{word} ({mark})" if mark else word


def latest_cell(state: State, say_day: SayDay) -> Cell:
    """The latest word and beneath it its day, or that none was received."""
    if state.word is None:
        return Cell("no update received")
    return Cell(state.word.note, (say_day(state.word.day),))


def original_due_words(state: State, say_day: SayDay) -> tuple[str, ...]:
    """`first due 25 Feb 2026`, where the day has moved since."""
    first: date | None = state.original_due
    return () if first is None or first == state.due else (f"first due {cell_words(first, say_day)}",)
