"""The letters that ask for updates: as a document, as rows, as an object."""

from collections.abc import Iterator
from typing import Final

from tracker.model.dates import write_day
from tracker.renderers.base import Json
from tracker.renderers.json import action_object, json_value
from tracker.renderers.papers.chase_words import (
    SECTIONS,
    carried_words,
    closing,
    latest_words,
    marking,
    notes,
    nothing_words,
    opening,
    salutation,
    section_words,
    shared_words,
    sign_off,
    subject,
)
from tracker.renderers.papers.common import (
    ACTION_COLUMNS,
    action_values,
    due_cell,
    head_object,
    meeting_object,
    reference_cell,
    withheld_words,
)
from tracker.renderers.papers.document import (
    Block,
    Bullets,
    Cell,
    Column,
    Data,
    Document,
    Heading,
    Paragraph,
    Table,
    Value,
)
from tracker.renderers.words import SayDay, count_words
from tracker.reports.papers.chase import Asked, Chase, Letter, Part

_COLUMNS: Final = (
    Column("ref", "Reference", "reference"),
    Column("text", "Action"),
    Column("due", "Due", "day"),
    Column("latest", "Latest word"),
)
_DATA_COLUMNS: Final = (
    *ACTION_COLUMNS,
    Column("letter_to", "Letter to", "short"),
    Column("name", "Name", "short"),
    Column("email", "E-mail", "short"),
    Column("section", "Section", "short"),
    Column("meeting", "Meeting", "reference"),
    Column("meeting_day", "Meeting day", "day"),
    Column("reply_by", "Reply by", "day"),
    Column("shared_with", "Shared with", "short"),
    Column("latest_on", "Latest word on", "day"),
    Column("latest", "Latest word"),
    Column("asked_on", "Last asked on", "day"),
)


def document(report: Chase, say_day: SayDay) -> Document:
    """The letters one after the other; a single one is the whole document."""
    foot, mark = withheld_words(report.withheld), marking(report.letters)
    if not report.letters:
        return Document("Requests for updates", blocks=(Paragraph(nothing_words(report, say_day), "lead"),), foot=foot)
    if len(report.letters) == 1:
        letter = report.letters[0]
        facts: tuple[tuple[str, Value], ...] = (("To", _addressee(letter)), ("Date", report.head.as_of))
        return Document(subject(report, letter, say_day), facts, tuple(_letter(report, letter, 2, say_day)), foot, mark)
    blocks: list[Block] = [Paragraph(f"{count_words(len(report.letters), 'letter')}, one for each owner.", "lead")]
    for letter in report.letters:
        blocks.append(Heading(f"To {_addressee(letter)}", new_page=letter is not report.letters[0]))
        blocks.append(Paragraph(f"Subject: {subject(report, letter, say_day)}"))
        blocks += _letter(report, letter, 3, say_day)
    return Document("Requests for updates", (("Date", report.head.as_of),), tuple(blocks), foot, mark)


def data(report: Chase) -> Data:
    """A row for each action in each letter."""
    rows = [
        _row(letter, part, section, asked)
        for letter in report.letters
        for part in letter.parts
        for section, actions in part.sections
        for asked in actions
    ]
    return Data("Requests for updates", _DATA_COLUMNS, rows)


def json_object(report: Chase) -> dict[str, Json]:
    """The letters, each with its parts by board."""
    return {
        **head_object("chase", report.head, report.withheld),
        "letters": [_letter_object(letter) for letter in report.letters],
        "without_owner": [str(row.ref) for row in report.unowned],
    }


def _addressee(letter: Letter) -> str:
    owner = letter.owner
    return f"{owner.name} <{owner.email}>" if owner.email else owner.name


def _letter(report: Chase, letter: Letter, level: int, say_day: SayDay) -> Iterator[Block]:
    yield Paragraph(salutation(letter))
    for part in letter.parts:
        yield Paragraph(opening(part, say_day))
        for section, actions in part.sections:
            if actions:
                title, remark = section_words(section, letter, part, say_day)
                yield Heading(title, level)
                if remark:
                    yield Paragraph(remark)
                yield Table(title, _COLUMNS, [_cells(asked, say_day) for asked in actions])
    points = closing(letter)
    if points:
        yield Paragraph(points[0])
        yield Bullets(points[1:])
    yield from map(Paragraph, sign_off(report))
    yield from (Paragraph(note, "small") for note in notes(letter))


def _cells(asked: Asked, say_day: SayDay) -> tuple[Cell, ...]:
    state = asked.row.state
    overdue = (f"{count_words(asked.row.days_overdue, 'day')} overdue",) if asked.row.overdue else ()
    latest, *beneath = latest_words(asked, say_day)
    return (
        reference_cell(asked.row),
        Cell(state.text, shared_words(asked)),
        due_cell(state, *overdue, *carried_words(asked))._replace(strong=asked.row.overdue),
        Cell(latest, tuple(beneath)),
    )


def _row(letter: Letter, part: Part, section: str, asked: Asked) -> tuple[Value, ...]:
    word = asked.row.state.word
    return (
        *action_values(asked.row),
        letter.owner.key,
        letter.owner.name,
        letter.owner.email,
        section,
        str(part.meeting.ref) if part.meeting else None,
        part.meeting.ref.day if part.meeting else None,
        part.reply_by,
        asked.others,
        word.day if word else None,
        word.note if word else None,
        asked.asked_on,
    )


def _letter_object(letter: Letter) -> dict[str, Json]:
    return {
        "owner": letter.owner.key,
        "name": letter.owner.name,
        "email": letter.owner.email,
        "withheld": {"actions": letter.withheld.actions, "items": letter.withheld.items},
        "boards": [_part_object(part) for part in letter.parts],
    }


def _part_object(part: Part) -> dict[str, Json]:
    sections: dict[str, Json] = {
        SECTIONS[section]: [_asked_object(asked) for asked in actions] for section, actions in part.sections
    }
    return {
        "board": part.board.key.upper(),
        "board_title": part.board.title,
        "meeting": meeting_object(part.meeting) if part.meeting else None,
        "reply_by": json_value(part.reply_by),
        **sections,
    }


def _asked_object(asked: Asked) -> dict[str, Json]:
    word = asked.row.state.word
    latest: Json = {"date": write_day(word.day), "note": word.note} if word else None
    more: dict[str, Json] = {
        "latest": latest,
        "shared_with": list(asked.others),
        "asked_on": json_value(asked.asked_on),
    }
    return action_object(asked.row) | more
