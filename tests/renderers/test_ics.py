"""The calendar file, read back by another reader of its format."""

import io
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from tests.builders import action, board, event, item, meeting, register, settings
from tracker.model.records import Record, Register
from tracker.renderers.ics import write
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.calendar import calendar

HOSTILE = (
    "One\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Evil", "a;b,c:d\\n\\;\"e\" ^n", "</script><b>=1+1",
    "\x1b]8;;x\x07\x00\u202e\u2028X-EVIL:1", "ü" * 500, "BEGIN:VALARM",
)  # fmt: skip


def made(*records: Record, day: date = date(2026, 2, 10), public: bool = False) -> bytes:
    office = records[0] if records and isinstance(records[0], Register) else register(*records)
    file = io.BytesIO()
    write(calendar(office, day, Audience(office, "public" if public else None)), file)
    return file.getvalue()


def events(content: bytes) -> dict[str, Any]:
    """The entries by UID, none of which may stand there twice."""
    every = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert not [entry.errors for entry in every if entry.errors]
    found = {str(entry["UID"]).partition("@")[0]: entry for entry in every}
    assert len(found) == len(every)
    return found


def test_the_file_is_a_calendar_of_its_own() -> None:
    content = made(settings(title="Office of the PCC"), board(note="From the notes."), meeting("PDB/2026-02-25"))
    whole = icalendar.Calendar.from_ical(content)
    assert (whole["VERSION"], whole["METHOD"]) == ("2.0", "PUBLISH")
    assert whole["X-WR-CALNAME"] == whole["NAME"] == "Office of the PCC: calendar"
    assert whole["X-WR-CALDESC"] == "From the notes."
    lines = content.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert icalendar.Calendar.from_ical(made()).walk("VEVENT") == []


def test_a_meeting_stands_at_its_local_time_with_its_end() -> None:
    found = events(made(
        meeting("PDB/2026-02-25", "scheduled", time="10:00", ends="12:00", venue="Clift Room, Maidstone",
                items=(item("1", "Welcome"),)),
        meeting("PDB/2026-06-10", "scheduled", time="10:00"),
        meeting("PDB/2026-09-09b", "scheduled"),
        meeting("PDB/2026-12-02", "scheduled", time="12:00", ends="10:00"),
    ))  # fmt: skip
    winter, summer = found["pdb-2026-02-25"], found["pdb-2026-06-10"]
    assert winter["DTSTART"].params["TZID"] == winter["DTEND"].params["TZID"] == "Europe/London"
    assert winter.start.astimezone(ZoneInfo("UTC")).hour == 10
    assert winter.end - winter.start == timedelta(hours=2)
    assert summer.start.astimezone(ZoneInfo("UTC")).hour == 9
    assert "DTEND" not in summer and "DTEND" not in found["pdb-2026-12-02"]
    assert found["pdb-2026-09-09b"].start == date(2026, 9, 9)
    assert not isinstance(found["pdb-2026-09-09b"].start, datetime)
    assert winter["LOCATION"] == "Clift Room, Maidstone"
    assert winter["SUMMARY"] == "Performance and Delivery Board"
    assert "1 Welcome" in winter["DESCRIPTION"]
    assert (winter["STATUS"], winter["TRANSP"]) == ("CONFIRMED", "OPAQUE")


@pytest.mark.parametrize(("day", "hours"), [
    ("2026-03-28", 0), ("2026-03-30", 1), ("2026-10-24", 1), ("2026-10-26", 0), ("2019-07-01", 1), ("2031-01-15", 0),
])  # fmt: skip
def test_the_zone_in_the_file_agrees_with_the_clocks_in_london(day: str, hours: int) -> None:
    """Programs without a list of zones go by what stands in the file."""
    content = made(meeting(f"PDB/{day}", "scheduled", time="10:00"))
    inside: Any = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")[0]
    zone = inside.to_tz(lookup_tzid=False)
    at = datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=zone)
    assert at.utcoffset() == timedelta(hours=hours)
    assert at.utcoffset() == at.replace(tzinfo=ZoneInfo("Europe/London")).utcoffset()


def test_a_meeting_that_fell_is_cancelled_in_its_place() -> None:
    found = events(made(
        meeting("PDB/2019-12-04", "postponed", time="10:00", postponed_to=date(2020, 3, 25)),
        meeting("PDB/2020-06-03", "cancelled"),
    ))  # fmt: skip
    postponed = found["pdb-2019-12-04"]
    assert (postponed["STATUS"], postponed["TRANSP"], postponed["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert postponed["SUMMARY"] == "Postponed: Performance and Delivery Board"
    assert "postponed to 25 March 2020" in postponed["DESCRIPTION"]
    assert found["pdb-2020-06-03"]["SUMMARY"].startswith("Cancelled: ")


def test_a_due_day_takes_the_day_and_nobodys_time() -> None:
    history = [event("2026-01-20", note="Draft received")]
    due = events(made(action(due="2026-02-25", owners=("Force", "OPCC"), history=history)))["pdb-2025-11-26-01"]
    assert due.start == date(2026, 2, 25) and not isinstance(due.start, datetime)
    assert (due["SUMMARY"], due["TRANSP"]) == ("Due: Explore a rural crime update", "TRANSPARENT")
    for words in ("PDB/2025-11-26/01", "Force, OPCC", "25 February 2026", "Draft received"):
        assert words in due["DESCRIPTION"]


def test_the_same_register_gives_the_same_bytes_on_any_day() -> None:
    records = (meeting("PDB/2026-02-25", time="10:00"), action(due="2026-01-20"))
    assert made(*records) == made(*records) == made(*records, day=date(2026, 2, 11))


def test_a_moved_due_day_moves_the_same_entry_and_counts_as_later() -> None:
    first = events(made(action(due="2026-02-25")))["pdb-2025-11-26-01"]
    moved = action(due="2026-06-10", history=[
        event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10")])  # fmt: skip
    second = events(made(moved, day=date(2026, 2, 26)))["pdb-2025-11-26-01"]
    assert first["UID"] == second["UID"]
    assert second.start == date(2026, 6, 10)
    assert second["SEQUENCE"] > first["SEQUENCE"]
    assert second["DTSTAMP"].dt > first["DTSTAMP"].dt


def test_registers_do_not_share_entries() -> None:
    uids = {
        str(icalendar.Calendar.from_ical(made(settings(title=title), meeting())).walk("VEVENT")[0]["UID"])
        for title in ("Office of the PCC", "Bürgeramt", "", "   ", "日本")
    }
    assert uids == {
        "pdb-2025-11-26@office-of-the-pcc", "pdb-2025-11-26@burgeramt", "pdb-2025-11-26@register",
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_can_be_read_again(text: str) -> None:
    content = made(
        settings(title=text), board(title=text, note=text, classification=text),
        meeting("PDB/2026-02-25", "scheduled", venue=text, items=(item("1", text),)),
        action(text=text, due="2026-02-25", due_said=text, history=[event("2026-01-20", note=text)]),
    )  # fmt: skip
    found = events(content)
    assert len(found) == 3  # with the meeting that raised the action
    assert len(icalendar.Calendar.from_ical(content).walk()) == 3 + 4
    assert not any(byte < 32 and byte not in (13, 10) for byte in content)
    from tracker.renderers.clean import clean

    assert found["pdb-2025-11-26-01"]["SUMMARY"] == f"Due: {clean(text)}"
    assert found["pdb-2026-02-25"]["LOCATION"] == clean(text)
    assert clean(text) in found["pdb-2026-02-25"]["DESCRIPTION"]


def test_a_public_calendar_says_what_it_leaves_out() -> None:
    content = made(action("PDB/2025-11-26/01", due="2026-02-25", restricted=True, text="Secret"), public=True)
    assert b"Secret" not in content
    assert "1 action is left out" in str(icalendar.Calendar.from_ical(content)["X-WR-CALDESC"])
