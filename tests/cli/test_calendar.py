"""`tracker calendar`: in a pipe what calendar programs read, on a screen what people read."""

import json
from collections.abc import Callable
from typing import Any

import icalendar
import pytest

from tests.builders import item, meeting
from tests.cli.program import Office

AS_OF = ("--as-of", "2026-02-10")


@pytest.mark.parametrize("form", ["ics", "table", "tsv", "csv", "json", "markdown", "html"])
def test_the_calendar_of_the_kent_board(kent: Office, golden: Callable[[str, str], None], form: str) -> None:
    ending = {"table": "txt", "markdown": "md"}.get(form, form)
    out = kent.done("calendar", *AS_OF, "--format", form).out
    golden(f"papers/calendar_2026-02-10.{ending}", out.replace("\r\n", "\n"))


def test_a_pipe_gets_what_calendar_programs_read(office: Office) -> None:
    piped = office.process("calendar").out
    assert piped == office.process("calendar", "--format", "ics", today="2026-02-28").out
    assert len(icalendar.Calendar.from_ical(piped).walk("VEVENT")) == 6
    office.done("calendar", "--out", "board.ics")
    assert (office.home / "board.ics").read_bytes().decode() == piped


def test_a_file_is_what_its_ending_says(office: Office) -> None:
    for form in ("xlsx", "docx"):
        office.done("calendar", "--out", f"calendar.{form}")
        assert (office.home / f"calendar.{form}").read_bytes().startswith(b"PK")
    office.done("calendar", "--out", "calendar.json")
    assert json.loads((office.home / "calendar.json").read_text())["paper"] == "calendar"


def test_carrying_forward_moves_the_entry(office: Office) -> None:
    def entries() -> dict[str, Any]:
        return {str(e["UID"]): e for e in icalendar.Calendar.from_ical(office.done("calendar").out).walk("VEVENT")}

    before = entries()
    office.done("carry", "PDB/2025-11-26/01", "--at", "PDB/2026-02-25")
    office.done("discharge", "PDB/2025-11-26/02", "--outcome", "Done", "--route", "paper")
    after = entries()
    uid = next(uid for uid in before if uid.startswith("pdb-2025-11-26-01@"))
    assert after[uid].start.isoformat() == "2026-06-10"
    assert after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert {uid.partition("@")[0] for uid in set(before) - set(after)} == {"pdb-2025-11-26-02"}
    assert set(after) <= set(before)


def test_less_can_be_asked_for(office: Office) -> None:
    def refs(*args: str) -> list[str]:
        return [line.split("\t")[0] for line in office.done("calendar", "--format", "tsv", *args).lines]

    assert refs("--meetings-only") == ["PDB/2025-11-26", "PDB/2026-02-25", "PDB/2026-06-10"]
    assert refs("--due-only", "--owner", "PCC") == ["PDB/2025-11-26/01", "PDB/2025-11-26/03"]
    assert refs("--board", "pdb") == refs()
    assert "does not go with" in office.refused("calendar", "--meetings-only", "--due-only", status=2)
    assert "eml is no format for this" in office.refused("calendar", "--format", "eml", status=2)


def test_public_calendars_leave_out_what_is_restricted(office: Office) -> None:
    office.hold(meeting("PDB/2026-09-09", "scheduled", items=(item("1", "A secret"), )))
    office.done("restrict", "PDB/2025-11-26/01")
    assert "rural crime" in office.done("calendar").out
    public = office.done("calendar", "--public").out
    assert "rural crime" not in public
    assert "1 action is left out" in public.replace("\r\n ", "")


def test_what_has_no_day_is_counted(office: Office) -> None:
    assert "1 live action has no day yet and is not in this calendar." in office.done("calendar", "--format", "table").out
