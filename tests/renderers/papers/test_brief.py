"""The words of the paper before a meeting."""

from datetime import date

import pytest

from tests.builders import action, board, event, item, meeting, register
from tracker.model.dates import long_day, short_day
from tracker.model.records import Meeting
from tracker.renderers.papers.brief import data, document, json_object
from tracker.renderers.papers.brief_rows import ASKS, carried_words
from tracker.renderers.papers.document import Block, Document, Heading, Paragraph, Table
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.brief import Brief, brief
from tracker.reports.papers.head import Given

EVE = date(2026, 2, 24)
HELD = meeting("PDB/2025-11-26", items=(item("3i", "Plan delivery"),))
COMING = meeting("PDB/2026-02-25", "scheduled", time="10:00", ends="12:00", venue="Clift Room")


def made(*records: object, at: Meeting = COMING, by_owner: bool = False, public: bool = False, given: Given = Given()) -> Brief:
    held = register(HELD, at, *records)  # type: ignore[arg-type]
    return brief(held, at, EVE, Audience(held, "public" if public else None), by_owner=by_owner, given=given)


def paper(*records: object, **how: object) -> Document:
    return document(made(*records, **how), long_day)  # type: ignore[arg-type]


def section(found: Document, heading: str) -> list[Block]:
    """What stands under the heading that begins so, up to the next one of its level."""
    blocks = list(found.blocks)
    places = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.level == 2]
    start = next(place for place in places if str(blocks[place].text).startswith(heading))  # type: ignore[union-attr]
    end = min((place for place in places if place > start), default=len(blocks))
    return blocks[start:end]


def row(found: Document, heading: str) -> dict[str, tuple[object, tuple[str, ...], bool]]:
    """The one row of a section by the headings of its columns."""
    (table,) = [block for block in section(found, heading) if isinstance(block, Table)]
    (cells,) = table.rows
    return {column.heading: tuple(cell) for column, cell in zip(table.columns, cells, strict=True)}  # type: ignore[misc]


def summary(found: Document) -> str:
    return next(block.text for block in found.blocks if isinstance(block, Paragraph) and block.tone == "lead")


OVERDUE = action("PDB/2025-11-26/01", due="2026-02-20", item="3i", owners=("Force", "OPCC"))


def test_the_head_says_what_is_known_and_no_more() -> None:
    found = paper(board(author="A Clerk", classification="OFFICIAL", note="From the notes"), given=Given("4", classification="SECRET"))
    assert found.title == "Performance and Delivery Board, 25 February 2026: actions for the meeting"
    assert found.facts == (
        ("Board", "Performance and Delivery Board"), ("Meeting", date(2026, 2, 25)), ("Time", "10:00 to 12:00"), ("Venue", "Clift Room"),
        ("Agenda item", "4"), ("Author", "A Clerk"), ("As at", EVE), ("Note", "From the notes"),
    )  # fmt: skip
    assert found.marking == "SECRET"
    bare = paper(at=meeting("PDB/2026-02-25", "scheduled"))
    assert [label for label, _ in bare.facts] == ["Board", "Meeting", "As at"]


def test_an_overdue_row_says_all_that_the_board_needs() -> None:
    moved = [event("2025-12-01", "carried forward", before="2025-12-31", after="2026-02-20", note="Awaiting the pilot")]
    assert row(paper(OVERDUE._replace(history=tuple(moved), due_said="the end of term")), "Overdue: 1 action") == {
        "Reference": ("PDB/2025-11-26/01", (), False),
        "Action": ("Explore a rural crime update", ("Raised 26 November 2025, item 3i Plan delivery",), False),
        "Owner": ("Force, OPCC", (), False),
        "Due date": (date(2026, 2, 20), ("(the end of term)", "first due 31 December 2025"), False),
        "Overdue": ("5 days", ("carried forward once",), False),
        "Latest word": ("Awaiting the pilot", ("1 December 2025",), False),
        "Recommendation": (ASKS["consider the update"], (), False),
    }


def test_each_section_has_the_column_that_matters_there() -> None:
    found = paper(
        action("PDB/2025-11-26/01", due="2026-02-25"),
        action("PDB/2025-11-26/02", due="2026-02-25", status="proposed", history=[event("2026-01-20", "proposed", route="paper", note="Item 4")]),
        action("PDB/2025-11-26/03", status="discharged", history=[event("2026-01-10", "discharged", route="out of meeting", note="Sent")]),
        action("PDB/2025-11-26/04", item="99"),
        action("PDB/2024-06-12/01", due="2024-09-11"),
    )
    due = row(found, "Due at this meeting: 1")
    assert due["Latest word"][0] == "no update received" and due["Recommendation"][0] == "Update due at this meeting"
    proposed = row(found, "With the board, for discharge: 1")
    assert proposed["With the board since"] == (date(2026, 1, 20), ("paper",), False)
    assert proposed["Recommendation"][0] == "The Board is asked to discharge"
    gone = row(found, "Discharged since the last meeting: 1")
    assert gone["Discharged"] == (date(2026, 1, 10), ("out of meeting",), False) and gone["Outcome"][0] == "Sent"
    bare = row(found, "Without a day: 1")
    assert bare["Due date"][0] == "no due day" and bare["Action"][1] == ("Raised 26 November 2025, item 99",)
    silent = row(found, "No record for over a year: 1")
    assert silent["No record since"] == (date(2024, 6, 12), ("532 days overdue",), False)
    assert summary(found) == (
        "4 actions are live: 1 overdue, 1 due at this meeting, 1 with the board and 1 without a day. Of these, 1 has no record "
        "for over a year and stands apart at the end. 1 was discharged since the meeting of 26 November 2025."
    )
    assert section(found, "Not yet due")[1:] == [Paragraph("None.")]
    assert section(found, "Overdue")[1:] == [Paragraph("None but 1 with no record for over a year, which stands at the end.")]


def test_from_the_third_time_on_carrying_stands_out_in_words() -> None:
    assert [carried_words(times) for times in (0, 1, 2, 3, 12)] == [
        "", "carried forward once", "carried forward twice", "carried forward for the third time", "carried forward for the 12th time"
    ]  # fmt: skip
    moves = [event(f"2025-12-0{n}", "carried forward", before=f"2026-02-1{n}", after=f"2026-02-1{n + 1}") for n in range(1, 4)]
    late = row(paper(action(due="2026-02-14", history=moves)), "Overdue")["Overdue"]
    assert late == ("11 days", ("carried forward for the third time",), True)
    coming = paper(action(due="2026-02-25", history=[*moves[:2], event("2026-01-03", "carried forward", before="2026-02-13", after="2026-02-25")]))
    assert row(coming, "Due at")["Carried"] == ("for the third time", (), True)


def test_closed_by_hand_is_said_so() -> None:
    found = row(paper(OVERDUE._replace(status="discharged")), "Overdue")
    assert found["Action"][1][1] == "closed by hand"
    assert found["Recommendation"][0] == ASKS["confirm by hand"]


def test_a_board_without_actions_is_told_so_in_a_sentence() -> None:
    found = paper()
    assert [type(block) for block in found.blocks] == [Paragraph]
    assert found.blocks[0].text.startswith("There are no actions to report")  # type: ignore[union-attr]
    assert found.foot == ()
    assert data(made()).rows == []


@pytest.mark.parametrize(
    ("status", "to", "words"),
    [
        ("cancelled", None, "This meeting was cancelled."),
        ("postponed", None, "This meeting was postponed."),
        ("postponed", date(2026, 3, 25), "This meeting was postponed to 25 March 2026."),
        ("scheduled", None, None),
        ("held", None, None),
    ],
)
def test_a_meeting_that_fell_is_said_so_first(status: str, to: date | None, words: str | None) -> None:
    first = paper(OVERDUE, at=COMING._replace(status=status, postponed_to=to)).blocks[0]  # type: ignore[arg-type]
    assert isinstance(first, Paragraph)
    assert first.text == words or (words is None and first.tone == "lead")


def test_by_owner_there_is_a_heading_and_a_table_for_each() -> None:
    records = [OVERDUE, action("PDB/2025-11-26/02", due="2026-02-20", owners=("OPCC",))]
    blocks = section(paper(*records, by_owner=True), "Overdue: 2 actions")
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["Overdue: 2 actions", "Force: 1 action", "OPCC: 1 action"]
    assert [block.caption for block in blocks if isinstance(block, Table)] == ["Overdue, led by Force", "Overdue, led by OPCC"]


def test_a_public_paper_says_at_its_foot_what_it_leaves_out() -> None:
    secret = [action(f"PDB/2025-11-26/0{n}", "Not for all", restricted=True) for n in (2, 3)]
    found = paper(OVERDUE, *secret, public=True)
    assert found.foot[-1] == "2 actions are left out of this public paper because they are restricted."
    assert "Not for all" not in str(found)
    assert not any("restricted" in remark for remark in (*paper(OVERDUE, public=True).foot, *paper(OVERDUE, *secret).foot))
    assert paper(*secret[:1], public=True).foot == ("1 action is left out of this public paper because it is restricted.",)


def test_lines_for_programs_start_as_those_of_every_list_do() -> None:
    found = data(made(OVERDUE))
    assert [column.key for column in found.columns][:9] == [
        "ref", "due", "status", "owners", "days_overdue", "times_carried", "text", "section", "standing"
    ]  # fmt: skip
    assert found.rows[0][:9] == (
        "PDB/2025-11-26/01", date(2026, 2, 20), "open", ("Force", "OPCC"), 5, 0, "Explore a rural crime update", "overdue", "overdue"
    )  # fmt: skip
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_the_object_has_every_section_and_what_is_asked() -> None:
    found = json_object(made(OVERDUE, action("PDB/2024-06-12/01")))
    assert next(iter(found)) == "paper" and found["paper"] == "brief"
    sections = found["sections"]
    assert isinstance(sections, dict)
    assert list(sections) == ["overdue", "due", "with_the_board", "discharged", "not_yet_due", "without_a_day", "no_record"]
    assert sections["overdue"][0]["recommendation"] == ASKS["seek an update"]  # type: ignore[index,call-overload]
    assert found["summary"]["live"] == 2 and found["since"] == "2025-11-26"  # type: ignore[index,call-overload]


def test_days_in_sentences_are_written_as_the_format_writes_them() -> None:
    assert "26 Nov 2025" in str(document(made(OVERDUE), short_day)) and "26 November 2025" not in str(document(made(OVERDUE), short_day))
