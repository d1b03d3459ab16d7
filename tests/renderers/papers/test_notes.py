"""The notes as a reader gets them: the words for what became of an action, and the order of the whole."""

from datetime import date

import pytest

from tests.builders import action, board, event, item, meeting, owner, person, register, settings
from tracker.model.dates import long_day
from tracker.model.records import Action, Event, Meeting, Record
from tracker.renderers.papers.document import Document, Facts, Heading, Paragraph, Table
from tracker.renderers.papers.notes import data, document, json_object
from tracker.reports.papers.audience import Audience, Choice
from tracker.reports.papers.notes import Notes, notes

HERE = "PDB/2026-02-25"
DAY = date(2026, 2, 25)


def report(*records: Record, choice: Choice | None = None, this: Meeting | None = None, day: date = DAY) -> Notes:
    held = register(meeting("PDB/2025-11-26"), this or meeting(HERE), *records)
    return notes(held, held.meetings[(this or meeting(HERE)).ref], day, Audience(held, choice))


def paper(*records: Record, **how: object) -> Document:
    return document(report(*records, **how), long_day)  # type: ignore[arg-type]


def under(found: Document, heading: str) -> list[object]:
    """The blocks between this heading and the next of its level."""
    blocks = list(found.blocks)
    start = next(i for i, block in enumerate(blocks) if isinstance(block, Heading) and block.text == heading)
    rest = blocks[start + 1 :]
    end = next((i for i, block in enumerate(rest) if isinstance(block, Heading) and block.level == 2), len(rest))
    return list(rest[:end])


def became(*history: Event, status: str = "open", **fields: object) -> str:
    held = report(action(status=status, history=history, **{"due": "2026-02-25", **fields}))
    (row,) = [line for line in data(held).rows if line[0] == "PDB/2025-11-26/01"]
    words = document(held, long_day)
    (table,) = [block for block in under(words, "Notes of previous meeting") if isinstance(block, Table)]
    assert row[-1]
    return str(table.rows[0][-1].value)


def at_meeting(kind: str, **fields: object) -> Event:
    return event("2026-02-25", kind, meeting=HERE, **fields)


def done(note: str, route: str | None = "paper") -> str:
    return became(at_meeting("discharged", note=note, route=route), status="discharged")


@pytest.mark.parametrize(
    ("note", "route", "words"),
    [
        ("Reported in the item 4 paper", "paper", "discharged, reported in the item 4 paper"),
        ("Reported in item 4.", "paper", "discharged, reported in item 4 (paper)"),
        ("Received with thanks", "out of meeting", "discharged, received with thanks (out of meeting)"),
        ("Briefed outside the meeting", "out of meeting", "discharged, briefed outside the meeting"),
        ("Ahmed Khan told the board", "at meeting", "discharged: Ahmed Khan told the board (at meeting)"),
        ("PEEL paper received", "paper", "discharged: PEEL paper received"),
        ("IT rolled out", None, "discharged: IT rolled out"),
        ("348 offences recorded", "at meeting", "discharged: 348 offences recorded (at meeting)"),
    ],
)
def test_a_discharge_goes_on_in_the_words_of_its_outcome_and_maims_no_name(note: str, route: str, words: str) -> None:
    assert done(note, route) == words


def test_a_discharge_without_words_says_its_route() -> None:
    assert done("", "paper") == "discharged (paper)"


def test_carried_forward_says_to_when_why_and_how_often() -> None:
    first = at_meeting("carried forward", before="2026-02-25", after="2026-06-10", note="Draft with the OPCC")
    assert became(first, due="2026-06-10") == "carried forward to 10 June 2026: Draft with the OPCC"
    before = event("2025-12-01", "carried forward", before="2025-12-01", after="2026-02-25")
    second = at_meeting("carried forward", before="2026-02-25", after="next meeting")
    assert became(before, second, due="next meeting") == "carried forward to the next meeting, its second time"
    said = at_meeting("carried forward", before="2026-02-25", after="2026-05-31", after_said="spring 2026")
    assert became(said, due="2026-05-31") == "carried forward to 31 May 2026 (spring 2026)"


def test_what_else_can_happen_to_an_action_has_its_words() -> None:
    assert became(at_meeting("update", note="Half done")) == "update received: Half done"
    assert became(at_meeting("withdrawn", note="Overtaken by events"), status="withdrawn") == "withdrawn: Overtaken by events"
    assert became(at_meeting("proposed", note="See item 3"), status="proposed") == "proposed for discharge: See item 3"
    handed = at_meeting("reassigned", before=("OPCC",), after=("Force",))
    assert became(handed) == "reassigned to Force"
    moved = at_meeting("re-dated", before="2026-02-25", after=None)
    assert became(moved, due=None) == "re-dated to no due day"


def test_several_events_are_told_in_their_order() -> None:
    both = (at_meeting("update", note="Half done"), at_meeting("carried forward", before="2026-02-25", after="2026-06-10"))
    assert became(*both, due="2026-06-10") == "update received: Half done; carried forward to 10 June 2026"


def test_what_was_not_heard_at_the_meeting_says_its_day() -> None:
    assert became(event("2026-01-20", note="Half done")) == "update received on 20 January 2026: Half done"
    closed = event("2026-01-10", "discharged", route="out of meeting", note="Brief sent")
    assert became(closed, status="discharged") == "discharged on 10 January 2026, brief sent (out of meeting)"
    long_ago = event("2025-11-26", "proposed", note="Sent")
    assert became(long_ago, status="proposed") == "with the Board since 26 November 2025"
    assert became() == "no update recorded"


def kent_like(*more: Record, **fields: object) -> tuple[Record, ...]:
    here = meeting(
        HERE,
        time="10:00",
        ends="12:00",
        attendees=(
            person("Matthew Scott", role="Police and Crime Commissioner", organisation="OPCC"),
            person("Tim Smith", role="Chief Constable", organisation="Force"),
            person("Rob Phillips", organisation="OPCC"),
            person("A member of the public"),
        ),
        apologies=(person("Peter Ayling", role="Deputy Chief Constable", organisation="Force"),),
        items=(item("1", "Welcome"), item("2", "Notes of the previous meeting"), item("3i", "Delivery", lead="Force")),
    )
    return (settings(owner("Force", "Kent Police"), owner("OPCC", "Office of the PCC")), here, *more)


def test_the_notes_are_in_the_order_in_which_they_are_published() -> None:
    found = paper(*kent_like(), action(f"{HERE}/01", item="3i"), action(f"{HERE}/02"), action(f"{HERE}/03", item="9"))
    assert [block.text for block in found.blocks if isinstance(block, Heading)] == [
        "Attendees", "Apologies", "1 Welcome", "2 Notes of the previous meeting", "3i Delivery",
        "Actions without an agenda item", "Overview of actions", "Date of next meeting",
    ]  # fmt: skip
    assert dict(found.facts)["Time"] == "10:00 to 12:00"
    assert dict(found.facts)["Date"] == DAY
    (loose,) = under(found, "Actions without an agenda item")
    assert isinstance(loose, Table)
    assert [str(row[0].value) for row in loose.rows] == [f"{HERE}/02", f"{HERE}/03"]
    assert len([block for block in under(found, "3i Delivery") if isinstance(block, Table)]) == 1


def test_people_stand_under_the_full_names_of_their_organisations() -> None:
    found = paper(*kent_like())
    (attendees,) = under(found, "Attendees")
    assert attendees == Facts(
        (
            ("Office of the PCC", ("Matthew Scott, Police and Crime Commissioner", "Rob Phillips")),
            ("Kent Police", ("Tim Smith, Chief Constable",)),
            ("No organisation recorded", ("A member of the public",)),
        )
    )
    assert under(found, "Apologies") == [Facts((("Kent Police", ("Peter Ayling, Deputy Chief Constable",)),))]


def sentences(found: Document, heading: str) -> list[str]:
    return [block.text for block in under(found, heading) if isinstance(block, Paragraph)]


def test_an_agenda_without_an_item_for_it_gets_a_section_for_the_previous_meeting() -> None:
    assert sentences(paper(), "Notes of previous meeting") == ["There were no actions from the previous meeting."]
    assert sentences(paper(*kent_like()), "2 Notes of the previous meeting") == [
        "There were no actions from the previous meeting."
    ]


def test_it_does_not_say_that_there_were_none_where_there_were_some() -> None:
    not_due = action(due="2026-06-10")
    assert sentences(paper(not_due), "Notes of previous meeting") == [
        "No action from the previous meeting was due at this meeting, and none was dealt with."
    ]
    secret = action(due="2026-02-25", restricted=True)
    public = paper(secret, choice="public")
    assert sentences(public, "Notes of previous meeting") == [
        "There were no actions from the previous meeting that this public paper shows."
    ]
    assert public.foot == ("1 action is left out of this public paper because it is restricted.",)


def test_what_was_closed_between_two_meetings_was_there_and_what_is_hidden_elsewhere_is_not_of_the_previous_one() -> None:
    sent = event("2026-01-10", "discharged", note="Sent", route="out of meeting")
    closed = action(due="2026-06-10", status="discharged", history=[sent])
    assert sentences(paper(closed), "Notes of previous meeting") == [
        "No action from the previous meeting was due at this meeting, and none was dealt with."
    ]
    older = paper(action("PDB/2025-06-11/01", due="2026-02-25", restricted=True), choice="public")
    assert sentences(older, "Notes of previous meeting") == ["There were no actions from the previous meeting."]
    assert older.foot == ("1 action is left out of this public paper because it is restricted.",)


def test_the_day_of_the_notes_is_said_where_it_is_not_that_of_the_meeting() -> None:
    assert "As at" not in dict(paper().facts)
    assert dict(paper(day=date(2026, 3, 4)).facts)["As at"] == date(2026, 3, 4)


def test_the_first_meeting_of_a_board_has_none_before_it() -> None:
    first = meeting("PDB/2025-11-26")
    assert sentences(paper(this=first, day=first.ref.day), "Notes of previous meeting") == [
        "No earlier meeting of this board is recorded."
    ]


def test_actions_of_older_meetings_stand_apart() -> None:
    found = paper(action("PDB/2025-06-11/01", due="2026-02-25"))
    blocks = under(found, "Notes of previous meeting")
    assert blocks[0] == Paragraph("There were no actions from the previous meeting.")
    assert blocks[1] == Heading("Actions from earlier meetings", 3)


def test_a_meeting_that_is_not_held_says_so() -> None:
    scheduled = paper(this=meeting(HERE, "scheduled"))
    assert isinstance(scheduled.blocks[0], Paragraph)
    assert scheduled.blocks[0].text.startswith("This meeting has not been held")
    assert sentences(scheduled, "Overview of actions") == ["No action has been raised yet."]
    postponed = paper(this=meeting(HERE, "postponed", postponed_to=date(2026, 3, 4)))
    assert postponed.blocks[0] == Paragraph("This meeting was postponed to 4 March 2026.", "lead")


def test_the_next_meeting_is_the_one_the_notes_told_and_what_became_of_it() -> None:
    nothing = paper()
    assert sentences(nothing, "Date of next meeting") == ["No next meeting is in the calendar."]
    fell = meeting("PDB/2026-05-06", "postponed", postponed_to=date(2026, 6, 10))
    then = meeting("PDB/2026-06-10", "scheduled", time="10:00", venue="Clift Room")
    assert sentences(paper(fell, then, meeting("PDB/2026-09-09", "scheduled")), "Date of next meeting") == [
        "Wednesday 6 May 2026 (postponed to 10 June 2026).",
        "Wednesday 10 June 2026, 10:00, Clift Room.",
    ]
    assert sentences(paper(meeting("PDB/2026-05-06", "cancelled")), "Date of next meeting") == [
        "Wednesday 6 May 2026 (cancelled).",
        "No next meeting is in the calendar.",
    ]


def test_a_public_paper_leaves_out_restricted_items_with_all_that_was_raised_under_them() -> None:
    records = (
        board(publish="public"),
        meeting(HERE, items=(item("1", "Welcome"), item("2", "Estates sale", restricted=True))),
        action(f"{HERE}/01", "Sell the station quietly", item="2"),
        action("PDB/2025-11-26/01", "Find a buyer quietly", due="2026-02-25", restricted=True),
    )
    shown = report(*records)
    for told in (repr(document(shown, long_day)), repr(data(shown)), repr(json_object(shown))):
        assert "quietly" not in told and "Estates" not in told
    assert document(shown, long_day).foot == (
        "2 actions and 1 item are left out of this public paper because they are restricted.",
    )
    everything = report(*records, choice="everything")
    assert "quietly" in repr(document(everything, long_day))


def test_another_boards_restricted_action_is_left_out_of_a_public_boards_notes() -> None:
    heard = event("2026-02-25", note="Heard", meeting=HERE)
    shown = report(board(publish="public"), action("FIN/2025-11-26/01", "Sell it quietly", restricted=True, history=[heard]))
    assert "quietly" not in repr(document(shown, long_day))
    assert shown.withheld.actions == 1


def test_each_line_of_data_says_what_part_of_the_notes_it_is() -> None:
    here: Action = action(f"{HERE}/01", item="3i")
    rows = data(report(*kent_like(), here, action(f"{HERE}/02"), action(due="2026-02-25"))).rows
    assert [(row[0], row[7], row[8], row[9]) for row in rows] == [
        ("PDB/2025-11-26/01", "earlier action", None, None),
        (f"{HERE}/01", "raised", "3i", "Delivery"),
        (f"{HERE}/02", "raised", None, None),
    ]
