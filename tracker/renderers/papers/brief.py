"""The paper before a meeting in words: what the board is told, and what it is asked."""

from collections.abc import Iterator
from typing import Final

from tracker.renderers.base import Json
from tracker.renderers.json import action_object, json_value
from tracker.renderers.papers.brief_rows import ASKS, SECTIONS, section_table
from tracker.renderers.papers.common import (
    ACTION_COLUMNS,
    action_values,
    fallen_words,
    head_facts,
    head_object,
    head_title,
    withheld_words,
)
from tracker.renderers.papers.document import Block, Column, Data, Document, Heading, Paragraph, Value
from tracker.renderers.words import SayDay, count_words
from tracker.reports.papers.brief import Brief, BriefRow, Kind, Section, Summary

_IGNORANCE: Final = (
    "Nothing has been recorded about these for over a year. "
    "That is the limit of what we know, not a failing of the owner."
)


def document(report: Brief, say_day: SayDay) -> Document:
    """The paper as it goes to the board."""
    return Document(
        head_title(report.head, "actions for the meeting", say_day),
        head_facts(report.head),
        tuple(_blocks(report, say_day)),
        (*_definitions(report, say_day), *withheld_words(report.withheld)),
        report.head.classification,
    )


def data(report: Brief) -> Data:
    """A line for each action, in the order of the sections."""
    rows = [_values(section.kind, line) for section in report.sections for line in section.rows]
    return Data("Brief", _DATA, rows)


def json_object(report: Brief) -> dict[str, Json]:
    """The head, the summary, then the actions by section, each as `list` has it and with what is asked."""
    sections: dict[str, Json] = {
        section.kind.replace(" ", "_"): [_object(line) for line in section.rows] for section in report.sections
    }
    return head_object("brief", report.head, report.withheld) | {
        "since": json_value(report.since),
        "summary": dict(report.summary._asdict()),
        "sections": sections,
    }


def _blocks(report: Brief, say_day: SayDay) -> Iterator[Block]:
    meeting = report.head.meeting
    fallen = fallen_words(meeting, say_day) if meeting else None
    if fallen:
        yield Paragraph(fallen)
    if not any(section.rows for section in report.sections):
        yield Paragraph("There are no actions to report: none is live, and none was discharged since the last meeting.")
        return
    yield Paragraph(_summary_words(report, say_day), "lead")
    for section in report.sections:
        if section.rows or section.kind != "no record":
            yield from _section(section, report, say_day)


def _summary_words(report: Brief, say_day: SayDay) -> str:
    """`9 actions are live: 7 overdue and 2 due at this meeting.` What stands after the colon adds up to it."""
    counts = report.summary
    parts = [f"{number:,} {name}" for name, number in _parts(counts) if number]
    live = f"{count_words(counts.live, 'action')} {'is' if counts.live == 1 else 'are'} live"
    live = live if counts.live else "No action is live"
    sentences = [f"{live}: {_listed(parts)}." if parts else f"{live}."]
    if counts.no_record:
        have, stand = ("has", "stands") if counts.no_record == 1 else ("have", "stand")
        silent = f"{counts.no_record:,} {have} no record for over a year"
        sentences.append(f"Of these, {silent} and {stand} apart at the end.")
    since = f" since the meeting of {say_day(report.since)}" if report.since else ""
    were = "was" if counts.discharged < 2 else "were"
    sentences.append(f"{f'{counts.discharged:,}' if counts.discharged else 'None'} {were} discharged{since}.")
    return " ".join(sentences)


def _parts(counts: Summary) -> tuple[tuple[str, int], ...]:
    return (
        ("overdue", counts.overdue),
        ("due at this meeting", counts.due),
        ("with the board", counts.with_board),
        ("not yet due", counts.not_yet_due),
        ("without a day", counts.without_day),
    )


def _listed(parts: list[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def _section(section: Section, report: Brief, say_day: SayDay) -> Iterator[Block]:
    words = SECTIONS[section.kind]
    yield Heading(f"{words.heading}: {count_words(len(section.rows), 'action')}" if section.rows else words.heading)
    if section.kind == "no record":
        yield Paragraph(_IGNORANCE)
    for owner, rows in section.groups if section.groups is not None else (("", section.rows),):
        if owner:
            yield Heading(f"{owner}: {count_words(len(rows), 'action')}", 3)
        if rows:
            caption = f"{words.heading}, led by {owner}" if owner else words.heading
            yield section_table(words, caption, rows, say_day)
    apart = _set_apart(section, report)
    if apart:
        yield Paragraph(apart)


def _set_apart(section: Section, report: Brief) -> str | None:
    """How many of this kind stand at the end, for whoever compares the section with the summary."""
    silent = next((found.rows for found in report.sections if found.kind == "no record"), ())
    number = sum(line.standing == section.kind for line in silent)
    if not number:
        return None if section.rows else "None."
    are, stand = ("is", "stands") if number == 1 else ("are", "stand")
    start = f"There {are} {number:,} more" if section.rows else f"None but {number:,}"
    return f"{start} with no record for over a year, which {stand} at the end."


def _definitions(report: Brief, say_day: SayDay) -> tuple[str, ...]:
    if report.head.meeting is None or not any(section.rows for section in report.sections):
        return ()
    day = say_day(report.head.meeting.ref.day)
    return (f"Days overdue are counted to the meeting on {day}; what is due at the meeting itself is not overdue.",)


_DATA: Final = (
    *ACTION_COLUMNS,
    Column("section", "Section", "short"),
    Column("standing", "Standing", "short"),
    Column("meeting", "Raised at", "reference"),
    Column("item", "Item", "short"),
    Column("item_title", "Item title"),
    Column("original_due", "First due", "day"),
    Column("due_said", "Due in words"),
    Column("proposed_on", "With the board since", "day"),
    Column("discharged_on", "Discharged", "day"),
    Column("route", "Route", "short"),
    Column("outcome", "Outcome"),
    Column("latest_on", "Latest word on", "day"),
    Column("latest_word", "Latest word"),
    Column("last_record", "Last record", "day"),
    Column("recommendation", "Recommendation"),
    Column("asked_on", "Last asked on", "day"),
)


def _values(kind: Kind, line: BriefRow) -> tuple[Value, ...]:
    action, state = line.row.action, line.row.state
    return (
        *action_values(line.row),
        kind,
        line.standing,
        str(action.ref.meeting),
        action.item,
        line.item.title if line.item else None,
        state.original_due,
        state.due_said,
        state.proposed_on,
        state.discharged_on,
        state.route,
        state.outcome,
        state.word.day if state.word else None,
        state.word.note if state.word else None,
        line.last_record,
        ASKS[line.asks],
        line.asked_on,
    )


def _object(line: BriefRow) -> dict[str, Json]:
    word = line.row.state.word
    return action_object(line.row) | {
        "standing": line.standing,
        "item_title": line.item.title if line.item else None,
        "latest_on": json_value(word.day) if word else None,
        "latest_word": word.note if word else None,
        "last_record": json_value(line.last_record),
        "recommendation": ASKS[line.asks],
        "asked_on": json_value(line.asked_on),
    }
