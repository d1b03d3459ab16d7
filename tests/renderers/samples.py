"""Reports to render: a quiet board as it is in life, and the same with one text in every text field."""

import io
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from tracker.model.records import Action, Board, Event, Item, Meeting, Owner, Person, Register, Settings
from tracker.model.references import ActionRef, MeetingRef
from tracker.renderers.base import Screen
from tracker.renderers.registry import FORMATS, file_renderer, text_renderer
from tracker.reports.details import (
    action_detail,
    board_detail,
    board_list,
    meeting_detail,
    meeting_list,
    owner_list,
)
from tracker.reports.listing import Wanted, list_actions, overdue

if TYPE_CHECKING:
    from tracker.renderers.base import Report

TEXT_FORMATS = ("table", "tsv", "csv", "json", "markdown", "html")
LIST_FORMATS = (*TEXT_FORMATS, "docx", "xlsx")

DAY = date(2026, 2, 26)
MEETING = MeetingRef("pdb", date(2025, 11, 26))
NEXT = MeetingRef("pdb", date(2026, 2, 25))


def drawn(report: "Report", form: str = "table", width: int = 100, colour: bool = False, encoding: str = "utf-8") -> str:
    return "".join(text_renderer(form).render(report, Screen(width, colour, encoding)))


def made(report: "Report", form: str) -> bytes:
    """The report in a format of bytes."""
    file = io.BytesIO()
    file_renderer(form).write(report, file, Screen())
    return file.getvalue()


def said(report: "Report", form: str) -> str:
    """All words of the report in any format, as a reader of the format gets them."""
    if not FORMATS[form].binary:
        return drawn(report, form)
    return {"docx": words_of_docx, "xlsx": words_of_xlsx}[form](made(report, form))


def words_of_docx(content: bytes) -> str:
    """The text of the body, the headers and the footers, a paragraph a line."""
    from docx import Document
    from docx.oxml.ns import qn

    document = Document(io.BytesIO(content))
    section = document.sections[0]
    parts = (document.element.body, section.header._element, section.footer._element)
    paragraphs = (paragraph for part in parts for paragraph in part.iter(qn("w:p")))
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs) + "\n"


def words_of_xlsx(content: bytes) -> str:
    """The cells of all sheets, a cell a line."""
    from openpyxl import load_workbook

    sheets = load_workbook(io.BytesIO(content)).worksheets
    return "\n".join(str(c) for sheet in sheets for row in sheet.iter_rows(values_only=True) for c in row if c is not None) + "\n"


def an_action(number: int = 1, text: str = "Explore a rural crime update", **fields: object) -> Action:
    defaults: dict[str, object] = {"owners": ("Force",), "due": date(2026, 2, 25)}
    return Action(ActionRef(MEETING, number), text, **{**defaults, **fields})  # type: ignore[arg-type]


def a_register(*actions: Action, **fields: object) -> Register:
    defaults: dict[str, object] = {
        "settings": Settings("Office", (Owner("Force", "Kent Police", ("CC", "DCC"), "board@example.org"),)),
        "boards": {"pdb": a_board()},
        "meetings": {MEETING: a_meeting()},
    }
    held = {action.ref: action for action in actions}
    return Register(actions=held, **{**defaults, **fields})  # type: ignore[arg-type]


def a_meeting(ref: MeetingRef = MEETING) -> Meeting:
    return Meeting(
        ref,
        "held",
        time="10:00",
        ends="12:00",
        venue="Clift Room, Kent Police Headquarters, Maidstone",
        attendees=PEOPLE,
        apologies=(Person("Peter Ayling", "Deputy Chief Constable", "Force"),),
        items=(Item("3i", "Plan delivery and performance", "Force"), Item("4", "Inspections, audits and reviews")),
    )


def a_board() -> Board:
    agenda = (Item("1", "Welcome and introduction"), Item("2", "Notes of previous meeting"))
    note = "Taken from the published notes; where they end, our knowledge ends."
    return Board("pdb", "Performance and Delivery Board", "Police and Crime Commissioner", PEOPLE, agenda, note)


PEOPLE = (
    Person("Matthew Scott", "Police and Crime Commissioner", "OPCC"),
    Person("Tim Smith", "Chief Constable", "Force"),
    Person("Rob Phillips", "Chief Finance Officer", "OPCC"),
)
CARRIED = Event(date(2025, 12, 1), "carried forward", MEETING, date(2025, 11, 28), date(2025, 12, 31), None, "end of the year")
LIFE = (
    an_action(
        1,
        "Explore a rural crime update in context for inclusion in the report",
        owners=("Force", "OPCC"),
        item="3i",
        tags=("rural-crime",),
        history=(Event(date(2026, 1, 10), "update", note="Draft with the OPCC for comment"),),
    ),
    an_action(
        2,
        "Report the benefits and savings of the Proportionate File Build pilot outside the meeting",
        due=date(2025, 12, 31),
        due_said="end of the year",
        history=(CARRIED,),
    ),
    an_action(3, "Share the evaluation of re-assessing threat and risk", owners=("OPCC",), due="next meeting"),
    an_action(
        4,
        "Give the number of under-18s involved",
        status="proposed",
        history=(Event(date(2026, 2, 3), "proposed", None, route="paper", note="In the item 4 paper"),),
    ),
    an_action(5, "Update the board on the cadet schemes", owners=(), due=None, status="discharged"),
    an_action(
        6,
        "Update the board on the income from driver offender courses",
        status="discharged",
        follows=ActionRef(MeetingRef("pdb", date(2023, 6, 7)), 2),
        history=(Event(date(2026, 2, 25), "discharged", NEXT, route="out of meeting", note="Update received"),),
    ),
)
REGISTER = a_register(*LIFE)
EVERY_STATUS = Wanted(statuses=frozenset({"open", "proposed", "discharged", "withdrawn"}))


def every_report(register: Register) -> "Iterator[Report]":
    """Each kind of report on this register."""
    yield overdue(register, DAY, "pdb")
    yield overdue(register, DAY, by_owner=True)
    yield list_actions(register, DAY, EVERY_STATUS)
    for action in register.actions.values():
        detail = action_detail(register, action, DAY)
        assert detail
        yield detail
    for meeting in register.meetings.values():
        yield meeting_detail(register, meeting, DAY)
    for board in register.boards.values():
        yield board_detail(register, board, DAY)
    yield meeting_list(register, None, DAY)
    yield board_list(register, DAY)
    yield owner_list(register.settings)


def said_everywhere(text: str) -> Register:
    """A register that has this text in every field that can hold any text."""
    people = (Person(text, text, text),)
    items = (Item(text, text, text),)
    events = (
        Event(date(2025, 12, 1), "reworded", before=text, after=text, note=text),
        Event(date(2025, 12, 2), "reassigned", before=(text,), after=(text, text), note=text),
        Event(date(2025, 12, 3), "carried forward", MEETING, date(2025, 11, 28), date(2025, 12, 31), text, text, note=text),
        Event(date(2025, 12, 4), "update", note=text),
    )
    outcome = Event(date(2025, 12, 5), "proposed", MEETING, route="paper", note=text)
    late = an_action(1, text, owners=(text, text), due=date(2025, 12, 31), due_said=text, item=text, tags=(text,), history=events)
    undated = an_action(2, text, owners=(text,), due=None, due_said=text, history=())
    with_board = an_action(3, text, status="proposed", history=(*events, outcome))
    return Register(
        Settings(text, (Owner(text, text, (text,), text),)),
        {"pdb": Board("pdb", text, text, people, items, text)},
        {MEETING: Meeting(MEETING, "held", None, text, text, text, people, people, items)},
        {action.ref: action for action in (late, undated, with_board)},
    )
