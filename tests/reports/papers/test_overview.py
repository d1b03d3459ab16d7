"""Which actions stand in the closing table and in the rolling log, and as what."""

from datetime import date

from tests.builders import action, board, event, item, meeting, register
from tracker.model.records import Register
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.overview import Overview, meeting_before, overview

BEFORE = meeting("PDB/2025-09-16")
HELD = meeting("PDB/2025-11-26", items=(item("9", "Personnel", restricted=True),))
ON = HELD.ref.day


def gone(ref: str, on: str, kind: str = "discharged") -> object:
    return action(ref, status=kind, history=[event(on, kind, note="Gone")])


def held(*records: object) -> Register:
    return register(BEFORE, HELD, *records)  # type: ignore[arg-type]


def shown(report: Overview) -> list[str]:
    return [str(line.row.action.ref) for line in report.rows]


RECORDS = (
    action("PDB/2025-09-16/01"),
    gone("PDB/2025-09-16/02", "2025-11-26"),
    gone("PDB/2025-06-04/01", "2025-09-16"),
    gone("PDB/2025-06-04/02", "2025-09-17", "withdrawn"),
    action("PDB/2025-11-26/02", due="2026-03-25", history=[event("2026-01-05", "re-dated", before="2026-02-25", after="2026-03-25")]),
    gone("PDB/2025-11-26/01", "2026-01-05"),
    action("FIN/2025-11-26/01"),
)


def test_the_closing_table_is_what_the_meeting_raised_as_it_stood_that_day() -> None:
    register = held(*RECORDS)
    report = overview(register, HELD, ON, Audience(register))
    assert shown(report) == ["PDB/2025-11-26/01", "PDB/2025-11-26/02"]
    assert [(line.row.state.status, line.closed) for line in report.rows] == [("open", None), ("open", None)]
    assert report.rows[1].row.state.due == date(2026, 2, 25)
    later = overview(register, HELD, date(2026, 1, 5), Audience(register))
    assert [(line.row.state.status, line.closed) for line in later.rows] == [("discharged", date(2026, 1, 5)), ("open", None)]


def test_the_log_has_all_that_is_live_and_each_closure_once() -> None:
    register = held(*RECORDS)
    report = overview(register, HELD, ON, Audience(register), all_live=True)
    assert report.since == BEFORE.ref.day
    assert [(ref, line.closed) for ref, line in zip(shown(report), report.rows, strict=True)] == [
        ("PDB/2025-06-04/02", date(2025, 9, 17)),
        ("PDB/2025-09-16/01", None),
        ("PDB/2025-09-16/02", ON),
        ("PDB/2025-11-26/01", None),
        ("PDB/2025-11-26/02", None),
    ]
    first = overview(register, BEFORE, BEFORE.ref.day, Audience(register), all_live=True)
    assert shown(first) == ["PDB/2025-06-04/01", "PDB/2025-06-04/02", "PDB/2025-09-16/01", "PDB/2025-09-16/02"]


def test_what_was_closed_twice_shows_the_closing_of_that_time() -> None:
    twice = [event("2025-10-01", "discharged"), event("2025-12-01", "reopened"), event("2026-01-05", "discharged")]
    register = held(action("PDB/2025-09-16/01", status="discharged", history=twice))
    for on, closed in ((ON, date(2025, 10, 1)), (date(2025, 12, 31), None), (date(2026, 1, 5), date(2026, 1, 5))):
        report = overview(register, HELD, on, Audience(register), all_live=True)
        assert [line.closed for line in report.rows] == [closed]


def test_nothing_raised_is_an_empty_table() -> None:
    register = held()
    assert overview(register, HELD, ON, Audience(register)).rows == ()


def test_a_public_overview_leaves_out_what_is_restricted() -> None:
    register = held(
        action("PDB/2025-11-26/01", restricted=True), action("PDB/2025-11-26/02", item="9"), action("PDB/2025-11-26/03"),
        board(publish="public"),
    )  # fmt: skip
    report = overview(register, HELD, ON, Audience(register))
    assert (shown(report), report.withheld) == (["PDB/2025-11-26/03"], (2, 0))
    assert report.head.meeting is not None and report.head.meeting.items == ()
    assert len(overview(register, HELD, ON, Audience(register, "everything")).rows) == 3


def test_the_meeting_before_is_one_that_took_place() -> None:
    register = held(meeting("PDB/2025-10-01", "postponed"), meeting("PDB/2025-10-02", "cancelled"), meeting("FIN/2025-10-03"))
    assert meeting_before(register, HELD) == BEFORE
    assert meeting_before(register, BEFORE) is None
