"""The frame of a meeting's notes in words, in the order in which a board's notes are published."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from tracker.model.dates import weekday_name, write_day
from tracker.model.records import Meeting
from tracker.renderers.base import Json
from tracker.renderers.json import action_object, event_object, json_value
from tracker.renderers.papers.common import (
    ACTION,
    ACTION_COLUMNS,
    DUE,
    OWNER,
    REFERENCE,
    action_values,
    due_cell,
    fallen_words,
    head_facts,
    head_object,
    head_title,
    meeting_object,
    original_due_words,
    owner_cell,
    reference_cell,
    time_words,
    withheld_words,
)
from tracker.renderers.papers.document import (
    Block,
    Cell,
    Column,
    Data,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Value,
)
from tracker.renderers.papers.notes_words import matter_words
from tracker.renderers.papers.overview import closing_table
from tracker.renderers.words import SayDay, count_words
from tracker.reports.papers.matters_arising import Matter
from tracker.reports.papers.notes import AgendaItem, Delegation, Notes
from tracker.reports.rows import ActionRow

_BECAME: Final = Column("outcome", "What became of it")
_MATTERS: Final = (REFERENCE, ACTION, OWNER, DUE, _BECAME)
_RAISED: Final = (REFERENCE, ACTION, OWNER, DUE)
_DATA: Final = (
    *ACTION_COLUMNS,
    Column("part", "Part of the notes", "short"),
    Column("item", "Item", "short"),
    Column("item_title", "Item title", "short"),
    Column("outcome", "What became of it"),
)
# The agenda item under which a board goes through the actions of its last meeting.
_PREVIOUS: Final = re.compile(
    r"\b(notes|minutes|actions|record)\b.*\b(previous|last)\b|\bmatters arising\b|\baction log\b", re.IGNORECASE
)
_PREVIOUS_TITLE: Final = "Notes of previous meeting"
_WITHOUT_ITEM: Final = "Actions without an agenda item"
_OVERVIEW: Final = "Overview of actions"


def document(report: Notes, say_day: SayDay) -> Document:
    """The notes as a document; what was said under an item is the secretary's to write in."""
    return Document(
        head_title(report.head, "notes", say_day),
        tuple(_facts(report)),
        (*_opening(report, say_day), *_agenda(report, say_day), *_closing(report, say_day)),
        withheld_words(report.withheld),
        report.head.classification,
    )


def data(report: Notes) -> Data:
    """A line for each action dealt with, and then for each one raised; `part` says which of the two."""
    rows: list[tuple[Value, ...]] = []
    for matter in (*report.previous, *report.earlier):
        outcome = matter_words(matter, _day(report), write_day)
        rows.append((*action_values(matter.row), "earlier action", None, None, outcome))
    for entry in report.agenda:
        item = entry.item
        rows += [(*action_values(row), "raised", item.number, item.title, None) for row in entry.rows]
    rows += [(*action_values(row), "raised", row.action.item, None, None) for row in report.loose]
    return Data("Notes", _DATA, rows)


def json_object(report: Notes) -> dict[str, Json]:
    """The head, who was there, the earlier actions with what became of them, and the agenda with what it raised."""
    return head_object("notes", report.head, report.withheld) | {
        "attendees": _delegation_objects(report.attendees),
        "apologies": _delegation_objects(report.apologies),
        "previous_meeting": meeting_object(report.before) if report.before else None,
        "previous_actions": [_matter_object(matter, report) for matter in report.previous],
        "earlier_actions": [_matter_object(matter, report) for matter in report.earlier],
        "items": [_item_object(entry) for entry in report.agenda],
        "other_actions": [action_object(row) for row in report.loose],
        "overview": [action_object(entry.row) | {"closed": json_value(entry.closed)} for entry in report.overview],
        "next_meetings": [meeting_object(meeting) for meeting in report.following],
    }


def _opening(report: Notes, say_day: SayDay) -> Iterator[Block]:
    meeting = report.head.meeting
    words = _not_held(meeting, say_day) if meeting else None
    if words:
        yield Paragraph(words, "lead")
    yield Heading("Attendees")
    yield from _people(report.attendees, "Nothing is recorded of who attended.")
    yield Heading("Apologies")
    yield from _people(report.apologies, "None are recorded.")
    if not _previous_item(report):
        yield Heading(_PREVIOUS_TITLE)
        yield from _previous(report, say_day)


def _facts(report: Notes) -> Iterator[tuple[str, Value]]:
    """The head, without the day of the notes where that is the day of the meeting."""
    for label, value in head_facts(report.head):
        if label != "As at" or value != _day(report):
            yield "Date" if label == "Meeting" else label, value


def _not_held(meeting: Meeting, say_day: SayDay) -> str | None:
    if meeting.status == "scheduled":
        return "This meeting has not been held, as far as the register knows: what follows is the frame for its notes."
    return fallen_words(meeting, say_day)


def _people(delegations: Sequence[Delegation], nobody: str) -> Iterator[Block]:
    if not delegations:
        yield Paragraph(nobody)
        return
    yield Facts(
        tuple(
            (
                group.organisation or "No organisation recorded",
                tuple(f"{person.name}, {person.role}" if person.role else person.name for person in group.people),
            )
            for group in delegations
        )
    )


def _previous_item(report: Notes) -> AgendaItem | None:
    """The item of the agenda that is for earlier actions; None where they need a section of their own."""
    return next((entry for entry in report.agenda if _PREVIOUS.search(entry.item.title)), None)


def _agenda(report: Notes, say_day: SayDay) -> Iterator[Block]:
    for entry in report.agenda:
        yield Heading(f"{entry.item.number} {entry.item.title}")
        if entry.lead:
            yield Paragraph(f"Lead: {entry.lead}", "small")
        if entry is _previous_item(report):
            yield from _previous(report, say_day)
        yield from _raised(entry.rows, f"Actions raised under item {entry.item.number}")
    if report.loose:
        yield Heading(_WITHOUT_ITEM)
        yield from _raised(report.loose, _WITHOUT_ITEM)


def _previous(report: Notes, say_day: SayDay) -> Iterator[Block]:
    if report.previous and report.before:
        caption = f"Actions of the meeting of {say_day(report.before.ref.day)}"
        yield _matters(report.previous, caption, report, say_day)
    else:
        yield Paragraph(_no_previous(report))
    if report.earlier:
        yield Heading("Actions from earlier meetings", 3)
        yield _matters(report.earlier, "Actions from earlier meetings", report, say_day)


def _no_previous(report: Notes) -> str:
    if report.before is None:
        return "No earlier meeting of this board is recorded."
    if report.untouched:
        return "No action from the previous meeting was due at this meeting, and none was dealt with."
    if report.hidden:
        return "There were no actions from the previous meeting that this public paper shows."
    return "There were no actions from the previous meeting."


def _matters(matters: Iterable[Matter], caption: str, report: Notes, say_day: SayDay) -> Table:
    rows = []
    for matter in matters:
        words = matter_words(matter, _day(report), say_day)
        rows.append((*_action_cells(matter.row, *original_due_words(matter.row.state, say_day)), Cell(words)))
    return Table(caption, _MATTERS, rows)


def _raised(rows: Sequence[ActionRow], caption: str) -> Iterator[Block]:
    if rows:
        yield Table(caption, _RAISED, [_action_cells(row) for row in rows])


def _action_cells(row: ActionRow, *with_due: str) -> tuple[Cell, ...]:
    state = row.state
    return (reference_cell(row), Cell(state.text), owner_cell(state), due_cell(state, *with_due))


def _closing(report: Notes, say_day: SayDay) -> Iterator[Block]:
    yield Heading(_OVERVIEW)
    if report.overview:
        yield Paragraph(f"{count_words(len(report.overview), 'action')} raised at this meeting.")
        yield closing_table(report.overview, _OVERVIEW)
    else:
        meeting = report.head.meeting
        yet = meeting is not None and meeting.status == "scheduled"
        nothing = "No action has been raised yet." if yet else "No actions were raised at this meeting."
        yield Paragraph("This public paper has no action to show." if report.withheld.actions else nothing)
    yield Heading("Date of next meeting")
    yield from (Paragraph(words) for words in _next_words(report.following, say_day))


def _next_words(following: Sequence[Meeting], say_day: SayDay) -> Iterator[str]:
    for meeting in following:
        words = f"{weekday_name(meeting.ref.day)} {say_day(meeting.ref.day)}"
        time = time_words(meeting)
        words += f", {time}" if time else ""
        words += f", {meeting.venue}" if meeting.venue else ""
        yield f"{words}{_fell(meeting, say_day)}."
    if not following or not following[-1].stands:
        yield "No next meeting is in the calendar."


def _fell(meeting: Meeting, say_day: SayDay) -> str:
    if meeting.stands:
        return ""
    to = f" to {say_day(meeting.postponed_to)}" if meeting.postponed_to else ""
    return f" ({meeting.status}{to})"


def _day(report: Notes) -> date:
    meeting = report.head.meeting
    return meeting.ref.day if meeting else report.head.as_of


def _delegation_objects(delegations: Iterable[Delegation]) -> list[Json]:
    return [
        {"organisation": group.organisation, "people": [{"name": who.name, "role": who.role} for who in group.people]}
        for group in delegations
    ]


def _matter_object(matter: Matter, report: Notes) -> dict[str, Json]:
    return action_object(matter.row) | {
        "outcome_words": matter_words(matter, _day(report), write_day),
        "decided": [event_object(event) for event in matter.decided],
        "reported": event_object(matter.reported) if matter.reported else None,
    }


def _item_object(entry: AgendaItem) -> dict[str, Json]:
    item = entry.item
    return {
        "number": item.number,
        "title": item.title,
        "lead": entry.lead,
        "actions": [action_object(row) for row in entry.rows],
    }
