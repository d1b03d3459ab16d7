"""The words of the closing table and of the rolling log."""

from datetime import date

from tests.builders import action, event, meeting, register
from tracker.model.dates import long_day
from tracker.model.records import Meeting
from tracker.renderers.papers.document import Cell, Document, Paragraph, Table
from tracker.renderers.papers.overview import data, document, json_object
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.overview import Overview, overview

BEFORE = meeting("PDB/2025-09-16")
HELD = meeting("PDB/2025-11-26")
RECORDS = (
    action("PDB/2025-09-16/01", "Old", status="discharged", history=[event("2025-11-26", "discharged", note="Sent")]),
    action("PDB/2025-11-26/01", "Open one", owners=("Force", "OPCC"), due="2026-05-31", due_said="spring 2026"),
    action("PDB/2025-11-26/02", "With the board", status="proposed", history=[event("2025-12-01", "proposed", note="Done")]),
    action("PDB/2025-11-26/03", "Given up", owners=(), status="withdrawn", history=[event("2025-12-02", "withdrawn", note="No")]),
    action("PDB/2025-11-26/04", "By hand", status="discharged"),
)


def made(*records: object, on: date = date(2025, 12, 31), at: Meeting = HELD, all_live: bool = False, public: bool = False) -> Overview:
    held = register(BEFORE, at, *records)  # type: ignore[arg-type]
    return overview(held, at, on, Audience(held, "public" if public else None), all_live=all_live)


def table(found: Document) -> Table:
    (one,) = [block for block in found.blocks if isinstance(block, Table)]
    return one


def test_the_closing_table_has_the_four_columns_of_the_published_notes() -> None:
    found = table(document(made(*RECORDS), long_day))
    assert [column.heading for column in found.columns] == ["Action", "Status", "Owner", "Due date"]
    assert found.rows == [
        (Cell("Open one"), Cell("Open"), Cell("Force, OPCC"), Cell(date(2026, 5, 31), ("(spring 2026)",))),
        (Cell("With the board"), Cell("With the board"), Cell("Force"), Cell("no due day")),
        (Cell("Given up"), Cell("Withdrawn"), Cell("no owner"), Cell("no due day")),
        (Cell("By hand"), Cell("Open (closed by hand)"), Cell("Force"), Cell("no due day")),
    ]


def test_the_rolling_log_has_the_life_of_each() -> None:
    moved = [event("2025-12-03", "carried forward", before="2026-01-05", after="2026-02-25")]
    found = document(made(RECORDS[0], action("PDB/2025-11-26/01", due="2026-02-25", history=moved), all_live=True), long_day)
    assert [column.heading for column in table(found).columns] == [
        "Reference", "Action", "Status", "Owner", "Raised", "First due", "Due date", "Carried"
    ]  # fmt: skip
    closed, live = table(found).rows
    assert [cell.value for cell in closed[4:]] == [date(2025, 9, 16), None, "no due day", ""]
    assert [cell.value for cell in live[4:]] == [date(2025, 11, 26), date(2026, 1, 5), date(2026, 2, 25), "once"]
    assert (closed[2], live[2]) == (Cell("Discharged", ("26 November 2025",)), Cell("Open"))
    assert found.blocks[0] == Paragraph("1 action is live; 1 was closed since the meeting of 16 September 2025.", "lead")


def test_a_log_says_none_where_there_is_none() -> None:
    def lead(*records: object) -> object:
        return document(made(*records, all_live=True), long_day).blocks[0]

    assert lead(RECORDS[1]) == Paragraph("1 action is live; none was closed since the meeting of 16 September 2025.", "lead")
    assert lead(RECORDS[0]) == Paragraph("No action is live; 1 was closed since the meeting of 16 September 2025.", "lead")


def test_an_empty_one_says_why() -> None:
    assert document(made(), long_day).blocks == (Paragraph("No actions were raised at this meeting."),)
    assert document(made(at=HELD._replace(status="scheduled")), long_day).blocks == (
        Paragraph("No action has been raised at this meeting yet."),
    )
    assert document(made(at=HELD._replace(status="cancelled")), long_day).blocks[0] == Paragraph("This meeting was cancelled.")
    assert document(made(all_live=True), long_day).blocks == (
        Paragraph("No action of this board is live, and none was closed since its last meeting."),
    )


def test_a_public_one_counts_what_it_leaves_out() -> None:
    found = document(made(action("PDB/2025-11-26/01", "Secret", restricted=True), public=True), long_day)
    assert found.foot == ("1 action is left out of this public paper because it is restricted.",)
    assert "Secret" not in str(found)


def test_lines_and_object_for_programs() -> None:
    found = data(made(*RECORDS))
    assert [column.key for column in found.columns] == [
        "ref", "due", "status", "owners", "days_overdue", "times_carried", "text", "raised", "original_due", "due_said", "closed"
    ]  # fmt: skip
    assert found.rows[2][-1] == date(2025, 12, 2) and all(len(row) == len(found.columns) for row in found.rows)
    whole = json_object(made(*RECORDS))
    assert (whole["paper"], whole["count"], whole["all_live"]) == ("overview", 4, False)
    assert whole["actions"][2]["closed"] == "2025-12-02"  # type: ignore[index,call-overload]
