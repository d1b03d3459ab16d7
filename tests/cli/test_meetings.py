"""The calendar: meeting add, held, postpone, cancel, reinstate, move, list; and item add."""

import json

import pytest

from tests.cli.program import Office


def shown(office: Office, ref: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(office.done("show", ref, "--format", "json").out)
    return found


def test_meetings_start_from_members_and_agenda(office: Office) -> None:
    ran = office.process("meeting", "add", "PDB", "2026-09-16", "9 Dec", "--time", "10am", "--ends", "12.30 pm",
                         "--venue", "Clift Room", "--item", "3i Plan delivery")  # fmt: skip
    assert ran.status == 0
    assert ran.lines == [
        "Added 2 meetings of PDB",
        "  Added PDB/2026-09-16, Wednesday 16 September 2026 at 10:00",
        "  Added PDB/2026-12-09, Wednesday 9 December 2026 at 10:00",
    ]
    assert ran.err == "Taken as 9 December 2026.\n"
    found = shown(office, "2026-09-16")
    assert (found["status"], found["time"], found["ends"], found["venue"]) == ("scheduled", "10:00", "12:30", "Clift Room")
    assert [person["name"] for person in found["attendees"]] == ["Matthew Scott", "Tim Smith"]  # type: ignore[attr-defined]
    assert [item["number"] for item in found["items"]] == ["1", "3i"]  # type: ignore[attr-defined]


def test_a_second_sitting_on_a_day(office: Office) -> None:
    assert "tracker meeting add pdb 2026-06-10b" in office.refused("meeting", "add", "pdb", "2026-06-10")
    office.done("meeting", "add", "pdb", "2026-06-10b")
    assert (office.root / "pdb/2026-06-10b/meeting.yaml").exists()


@pytest.mark.parametrize(("said", "status"), [
    (("pdb",), 2), (("xyz", "2026-09-16"), 1), (("pdb", "2026-02-30"), 2), (("pdb", "../x"), 2),
    (("pdb", "2026-09-16", "--time", "25:00"), 2), (("pdb", "2026-09-16", "--item", "3i"), 2),
    (("pdb", "2026-09-16", "2026-06-10"), 1),
])  # fmt: skip
def test_meetings_that_cannot_be_added(office: Office, said: tuple[str, ...], status: int) -> None:
    office.refused("meeting", "add", *said, status=status)


def test_held_moves_the_apologies(office: Office) -> None:
    office.done("meeting", "add", "pdb", "2026-02-18")
    ran = office.process("meeting", "held", "18/2", "--attendee", "Rob Phillips; CFO; PCC", "--apologies", "tim smith",
                         "--item", "3i Plan delivery", "--venue", "Room 2")  # fmt: skip
    assert ran == (0, "PDB/2026-02-18 was held on 18 February 2026, 2 attendees\n", "")
    found = shown(office, "2026-02-18")
    assert found["attendees"] == [
        {"name": "Matthew Scott", "role": "Police and Crime Commissioner", "organisation": "OPCC"},
        {"name": "Rob Phillips", "role": "CFO", "organisation": "OPCC"},
    ]
    assert found["apologies"] == [{"name": "Tim Smith", "role": "Chief Constable", "organisation": "Force"}]
    assert "was not expected" in office.refused("meeting", "held", "18/2", "--apologies", "Nobody")
    assert "marked as held already" in office.refused("meeting", "held", "18/2")
    assert "still to come" in office.refused("meeting", "held", "2026-06-10")


def test_postpone_moves_what_is_due_that_day_and_it_is_no_slip(office: Office) -> None:
    ran = office.process("meeting", "postpone", "25/2", "--to", "2026-03-04")
    assert ran.status == 0
    assert ran.lines[0] == "Postponed PDB/2026-02-25 to 4 March 2026; 3 due days moved"
    assert office.text("pdb/2026-02-25/meeting.yaml").startswith("status: postponed\npostponed_to: 2026-03-04\n")
    assert shown(office, "2026-03-04")["venue"] == "Clift Room"
    found = shown(office, "26/1")
    assert (found["due"], found["times_carried"]) == ("2026-03-04", 0)
    assert shown(office, "26/4")["due"] == "2026-02-25"


def test_postpone_to_a_day_not_known_moves_to_the_next_meeting(office: Office) -> None:
    office.done("meeting", "postpone", "25/2", "--to", "tbc")
    assert shown(office, "26/2")["due"] == "2026-06-10"
    assert "already" in office.refused("meeting", "postpone", "25/2", "--to", "tbc")
    assert "--to" in office.refused("meeting", "postpone", "25/2", status=2)
    assert "cannot be postponed" in office.refused("meeting", "postpone", "11-26", "--to", "tbc")


def test_cancel_and_reinstate(office: Office) -> None:
    assert office.process("meeting", "cancel", "25/2").lines[0] == "Cancelled PDB/2026-02-25; 3 due days moved"
    assert shown(office, "26/2")["due"] == "2026-06-10"
    assert "was cancelled and cannot have agreed" in office.refused("add", "x", "--meeting", "25/2", "--owner", "CC")
    assert office.process("meeting", "reinstate", "25/2").lines[0] == "Reinstated PDB/2026-02-25; 3 due days moved"
    assert shown(office, "26/2")["due"] == "2026-02-25"
    assert "nothing to reinstate" in office.refused("meeting", "reinstate", "25/2")


def test_move_takes_the_folder_and_the_due_days_along(office: Office) -> None:
    path = office.root / "pdb/2026-02-25/meeting.yaml"
    path.write_text(path.read_text() + "# a word of ours\n")
    ran = office.process("meeting", "move", "25/2", "--to", "2026-02-26")
    assert ran.lines[0] == "Moved PDB/2026-02-25 to PDB/2026-02-26; 3 due days moved"
    assert not path.exists()
    assert "# a word of ours" in office.text("pdb/2026-02-26/meeting.yaml")
    assert shown(office, "PDB/2025-11-26/2")["due"] == "2026-02-26"
    assert "raised actions" in office.refused("meeting", "move", "2025-11-26", "--to", "2025-11-27")


def test_meeting_list(office: Office) -> None:
    assert [line.split("\t")[0] for line in office.process("meeting", "list").lines] == [
        "PDB/2025-11-26", "PDB/2026-02-25", "PDB/2026-06-10"]  # fmt: skip
    assert len(json.loads(office.done("meeting", "list", "--board", "pdb", "--format", "json").out)) == 3


def test_item_add(office: Office) -> None:
    assert office.process("item", "add", "11-26", "Any other business").out == (
        "Added item 5 to PDB/2025-11-26: Any other business\n"
    )
    office.done("item", "add", "11-26", "Prevention", "--number", "3ii", "--lead", "cc")
    assert shown(office, "11-26")["items"][-1] == {"number": "3ii", "title": "Prevention", "lead": "Force", "restricted": False}  # type: ignore[index]
    assert "already" in office.refused("item", "add", "11-26", "Again", "--number", "3II")


def test_a_meeting_by_its_month_and_the_next_one(office: Office) -> None:
    assert shown(office, "June 2026 meeting")["ref"] == "PDB/2026-06-10"
    assert shown(office, "next")["ref"] == "PDB/2026-06-10"
