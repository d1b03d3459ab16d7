"""The calendar: which meetings and due days it holds."""

from datetime import date

from tests.builders import action, event, item, meeting, register
from tracker.model.records import Record
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.calendar import Asked, Calendar, calendar

DAY = date(2026, 2, 10)


def calendar_of(*records: Record, asked: Asked = Asked(), public: bool = False) -> Calendar:
    office = register(*records)
    return calendar(office, DAY, Audience(office, "public" if public else None), asked)


RECORDS = (
    meeting("PDB/2026-02-25", "scheduled"),
    meeting("JAC/2025-12-01", "cancelled"),
    action("PDB/2025-11-26/01", due="2026-02-25"),
    action("PDB/2025-11-26/02", due="2026-01-20", owners=("OPCC",)),
    action("PDB/2025-11-26/03", due=None),
    action("PDB/2025-11-26/04", due="next meeting"),
    action("PDB/2025-11-26/05", due="2026-02-25", status="discharged",
           history=[event("2026-01-20", "discharged", note="Sent")]),
    action("JAC/2025-12-01/01", due="2026-03-01"),
)  # fmt: skip


def test_all_meetings_and_the_due_days_of_what_is_live() -> None:
    report = calendar_of(*RECORDS)
    assert [str(sitting.meeting.ref) for sitting in report.sittings] == [
        "PDB/2025-11-26", "JAC/2025-12-01", "PDB/2026-02-25",
    ]  # fmt: skip
    assert [(str(due.day), str(due.row.action.ref)) for due in report.due_days] == [
        ("2026-01-20", "PDB/2025-11-26/02"), ("2026-02-25", "PDB/2025-11-26/01"), ("2026-03-01", "JAC/2025-12-01/01"),
    ]  # fmt: skip
    assert report.unplaced == 2


def test_less_is_to_be_had() -> None:
    assert not calendar_of(*RECORDS, asked=Asked(meetings=False)).sittings
    assert not calendar_of(*RECORDS, asked=Asked(due_days=False)).due_days
    only = calendar_of(*RECORDS, asked=Asked(board="jac"))
    assert (len(only.sittings), len(only.due_days)) == (1, 1)
    theirs = calendar_of(*RECORDS, asked=Asked(owner="OPCC"))
    assert [str(due.row.action.ref) for due in theirs.due_days] == ["PDB/2025-11-26/02"]
    assert len(theirs.sittings) == 3


def test_an_event_after_the_day_does_not_count_yet() -> None:
    history = [event("2026-01-20", note="Draft"), event("2026-02-20", note="Sent")]
    due = calendar_of(action(due="2026-02-25", history=history)).due_days[0]
    assert (due.events, due.told) == (1, date(2026, 1, 20))


def test_what_is_restricted_is_left_out_and_counted() -> None:
    records = (
        meeting("PDB/2025-11-26", items=(item("1", "Open"), item("2", "Closed", restricted=True))),
        action("PDB/2025-11-26/01", due="2026-02-25", restricted=True),
        action("PDB/2025-11-26/02", due="2026-02-25"),
    )
    report = calendar_of(*records, public=True)
    assert [item.title for item in report.sittings[0].items] == ["Open"]
    assert len(report.due_days) == 1
    assert report.withheld == (1, 1)
    assert calendar_of(*records).withheld == (0, 0)
