"""The letters that ask for updates: who gets one, what it asks, and by when."""

from datetime import date

import pytest

from tests.builders import action, board, event, item, meeting, owner, register, settings
from tracker.errors import Problem, Refused
from tracker.model.asking import asking_note
from tracker.model.records import Record, Register
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.chase import Ask, Chase, Letter, chase

DAY = date(2026, 2, 10)
NEXT = meeting("PDB/2026-02-25", "scheduled", time="10:00")


def letters(*records: Record, day: date = DAY, ask: Ask = Ask(), public: bool = False) -> Chase:
    office = records[0] if isinstance(records[0], Register) else register(*records)
    return chase(office, day, Audience(office, "public" if public else None), ask)


def content(letter: Letter) -> list[tuple[str, str]]:
    return [
        (section, str(asked.row.action.ref)) for part in letter.parts for section, rows in part.sections for asked in rows
    ]


def test_overdue_due_and_with_the_board_each_in_its_order() -> None:
    report = letters(
        NEXT,
        meeting("PDB/2026-06-10", "scheduled"),
        action("PDB/2025-11-26/01", due="2026-01-20"),
        action("PDB/2025-11-26/02", due="2025-12-20"),
        action("PDB/2025-11-26/03", due="2026-02-25"),
        action("PDB/2025-11-26/04", due="2026-02-10"),
        action("PDB/2025-11-26/05", due="2026-02-26"),
        action("PDB/2025-11-26/06", due=None),
        action("PDB/2025-11-26/07", due="2026-06-10", status="proposed",
               history=[event("2026-01-20", "proposed", note="Sent")]),
        action("PDB/2025-11-26/08", due="2026-01-20", status="discharged",
               history=[event("2026-01-20", "discharged", note="Sent")]),
    )  # fmt: skip
    assert [letter.owner.key for letter in report.letters] == ["Force"]
    assert content(report.letters[0]) == [
        ("overdue", "PDB/2025-11-26/02"), ("overdue", "PDB/2025-11-26/01"),
        ("due", "PDB/2025-11-26/04"), ("due", "PDB/2025-11-26/03"), ("with the board", "PDB/2025-11-26/07"),
    ]  # fmt: skip


def test_an_action_of_several_owners_is_in_each_letter_which_names_the_others() -> None:
    report = letters(
        settings(owner("OPCC", "The Office"), owner("Force", "Kent Police")), NEXT,
        action(owners=("Force", "OPCC", "Stranger"), due="2026-02-25"),
    )  # fmt: skip
    assert [letter.owner.name for letter in report.letters] == ["The Office", "Kent Police", "Stranger"]
    others = [letter.parts[0].due[0].others for letter in report.letters]
    assert others == [("Kent Police", "Stranger"), ("The Office", "Stranger"), ("Kent Police", "The Office")]
    assert [letter.owner.key for letter in letters(
        NEXT, action(owners=("Force", "OPCC"), due="2026-02-25"), ask=Ask(owner="OPCC")).letters] == ["OPCC"]


@pytest.mark.parametrize(("day", "reply_by"), [
    ("2026-02-10", "2026-02-18"),
    ("2026-02-17", "2026-02-18"),
    ("2026-02-18", None),
    ("2026-02-24", None),
])  # fmt: skip
def test_replies_are_wanted_five_working_days_before_while_that_is_ahead(day: str, reply_by: str | None) -> None:
    report = letters(NEXT, action(due="2026-02-25"), day=date.fromisoformat(day))
    found = report.letters[0].parts[0].reply_by
    assert found == (date.fromisoformat(reply_by) if reply_by else None)


def test_bank_holidays_are_no_working_days() -> None:
    report = letters(meeting("PDB/2026-04-10", "scheduled"), action(due="2026-04-10"), day=date(2026, 3, 1))
    assert report.letters[0].parts[0].reply_by == date(2026, 4, 1)  # Good Friday and Easter Monday lie between


def test_every_board_by_its_own_next_meeting() -> None:
    report = letters(
        NEXT, meeting("JAC/2026-03-20", "scheduled"), board("jac", "Joint Audit Committee"),
        action("PDB/2025-11-26/01", due="2026-02-25"), action("JAC/2025-12-01/01", due="2026-03-20"),
    )  # fmt: skip
    parts = report.letters[0].parts
    assert [(part.board.key, str(part.reply_by)) for part in parts] == [("jac", "2026-03-13"), ("pdb", "2026-02-18")]
    assert report.head.board is None
    only = letters(
        NEXT, action("PDB/2025-11-26/01", due="2026-02-25"), action("JAC/2025-12-01/01", due="2025-12-20"),
        ask=Ask(board="pdb"),
    )  # fmt: skip
    assert content(only.letters[0]) == [("due", "PDB/2025-11-26/01")]
    assert only.head.board is not None and only.head.meeting == NEXT


def test_a_later_meeting_widens_what_is_due_and_a_said_day_holds_for_all() -> None:
    later = meeting("PDB/2026-06-10", "scheduled")
    records = (NEXT, later, action(due="2026-06-10"))
    assert not letters(*records).letters
    report = letters(*records, ask=Ask(meeting=later, reply_by=date(2026, 6, 5)))
    assert content(report.letters[0]) == [("due", "PDB/2025-11-26/01")]
    assert report.letters[0].parts[0].reply_by == date(2026, 6, 5)


def test_without_a_next_meeting_what_waits_for_it_and_what_is_overdue_is_asked_for() -> None:
    report = letters(
        action("PDB/2025-11-26/01", due="next meeting"), action("PDB/2025-11-26/02", due="2026-01-20"),
        action("PDB/2025-11-26/03", due="2026-03-20"),
    )  # fmt: skip
    assert content(report.letters[0]) == [("overdue", "PDB/2025-11-26/02"), ("due", "PDB/2025-11-26/01")]
    part = report.letters[0].parts[0]
    assert (part.meeting, part.reply_by) == (None, None)


def test_that_it_was_asked_for_before_is_known() -> None:
    report = letters(NEXT, action(due="2026-02-25", history=[event("2026-01-05", note=asking_note(None))]))
    asked = report.letters[0].parts[0].due[0]
    assert asked.asked_on == date(2026, 1, 5)
    assert asked.row.state.word is None


def test_what_is_restricted_is_left_out_of_public_letters_and_counted() -> None:
    records = (
        NEXT,
        meeting("PDB/2025-11-26", items=(item("3i", restricted=True),)),
        action("PDB/2025-11-26/01", due="2026-02-25"),
        action("PDB/2025-11-26/02", due="2026-02-25", restricted=True, owners=("Force", "OPCC")),
        action("PDB/2025-11-26/03", due="2026-02-25", item="3i"),
    )
    report = letters(*records, public=True)
    assert [(letter.owner.key, content(letter)) for letter in report.letters] == [
        ("Force", [("due", "PDB/2025-11-26/01")])
    ]
    assert report.withheld.actions == 2
    assert report.letters[0].withheld.actions == 2
    assert letters(*records, public=True, ask=Ask(owner="OPCC")).withheld.actions == 1
    assert len(content(letters(*records).letters[0])) == 3


def test_what_nobody_owns_is_told() -> None:
    report = letters(NEXT, action(owners=(), due="2026-02-25"))
    assert not report.letters
    assert [str(row.action.ref) for row in report.unowned] == ["PDB/2025-11-26/01"]


def test_no_letter_names_a_wrong_meeting() -> None:
    office = register(NEXT, action(due="2026-02-25"))
    path = "pdb/2026-02-18/meeting.yaml"
    with pytest.raises(Refused, match="2026-02-18"):
        letters(office.changed(broken={path: Problem(path, 1, "it is broken", "Mend it")}))  # type: ignore[arg-type]


def test_a_past_day_shows_what_held_then() -> None:
    carried = action(due="2026-06-10", history=[
        event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10")])  # fmt: skip
    assert content(letters(NEXT, carried).letters[0]) == [("due", "PDB/2025-11-26/01")]
