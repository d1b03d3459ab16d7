"""Due days that move: carry and redate."""

import json

import pytest

from tests.builders import action
from tests.cli.program import Office


def due(office: Office, ref: str, **how: str) -> tuple[object, object]:
    found = json.loads(office.done("show", ref, "--format", "json", **how).out)
    return found["due"], found["times_carried"]


def test_carry_to_the_next_meeting(office: Office) -> None:
    before = office.files()
    ran = office.process("carry", "26/1", "--at", "25/2", "--reason", "Draft only")
    assert ran == (
        0,
        "Carried PDB/2025-11-26/01 forward to 10 June 2026, its first time: Explore a rural crime update in … "
        "(PDB/2026-02-25 is now marked as held)\n",
        "",
    )
    assert office.changed(before) == ["pdb/2025-11-26/01.yaml", "pdb/2026-02-25/meeting.yaml"]
    assert due(office, "26/1") == ("2026-06-10", 1)


def test_carry_counts_its_times(office: Office) -> None:
    office.done("carry", "26/1", "--to", "31 March")
    ran = office.done("carry", "26/1", "--to", "10 June")
    assert "its second time" in ran.out
    assert "forward to 10 June 2026" in ran.out
    assert due(office, "26/1") == ("2026-06-10", 2)


def test_carry_all_takes_every_live_action_due_by_the_meeting(office: Office) -> None:
    ran = office.done("carry", "--all", "--at", "25/2")
    assert ran.lines[0] == (
        "Carried forward 3 actions of PDB/2025-11-26 (PDB/2026-02-25 is now marked as held)"
    )
    assert [due(office, f"26/{number}")[0] for number in range(1, 6)] == ["2026-06-10"] * 3 + ["2026-02-25", None]
    assert json.loads(office.done("show", "26/3", "--format", "json").out)["status"] == "open"
    assert "No live action of PDB is due by" in office.refused("carry", "--all", "--at", "25/2")


@pytest.mark.parametrize("said", [(), ("--all",), ("26/1", "--all", "--at", "25/2")])
def test_carry_says_what_it_needs(office: Office, said: tuple[str, ...]) -> None:
    assert "--at MEETING" in office.refused("carry", *said, status=2)


def test_carry_is_always_to_a_later_day(office: Office) -> None:
    assert "would not be later" in office.refused("carry", "26/1", "--to", "2026-02-25")
    assert "tracker redate" in office.refused("carry", "26/1", "--to", "none")
    assert "tracker reopen" in office.refused("carry", "26/4")


def test_carry_without_a_next_meeting_waits_for_it(office: Office) -> None:
    ran = office.done("carry", "26/1", today="2026-06-11")
    assert "to the next meeting" in ran.out
    assert "due: next meeting" in office.text("pdb/2025-11-26/01.yaml")
    ran = office.done("meeting", "add", "pdb", "2026-09-16", today="2026-06-11")
    assert "PDB/2025-11-26/01, which waited for the next meeting, is due 16 September 2026" in ran.out
    assert due(office, "26/1", today="2026-06-11") == ("2026-09-16", 1)


def test_redate_is_no_slip(office: Office) -> None:
    ran = office.process("redate", "26/1-2", "--to", "next meeting", "--reason", "Mistyped")
    assert ran.lines[0] == "Re-dated 2 actions of PDB/2025-11-26"
    assert due(office, "26/1") == ("2026-06-10", 0)
    assert "is due then already" in office.refused("redate", "26/1", "--to", "10.06.26")


def test_redate_to_none_and_to_words(office: Office) -> None:
    office.done("redate", "26/1", "--to", "none")
    assert due(office, "26/1") == (None, 0)
    office.done("redate", "26/1", "--to", "summer")
    found = json.loads(office.done("show", "26/1", "--format", "json").out)
    assert (found["due"], found["due_said"]) == ("2026-08-31", "summer")
    assert "--by" in office.refused("redate", "26/2", "--to", "when the pilot ends", status=2)
    office.done("redate", "26/2", "--to", "when the pilot ends", "--by", "1 Sept")
    found = json.loads(office.done("show", "26/2", "--format", "json").out)
    assert (found["due"], found["due_said"]) == ("2026-09-01", "when the pilot ends")


@pytest.mark.parametrize(("to", "status"), [
    ("2025-11-25", 1), ("31/02/2027", 2), ("10", 2), ("04/13/2026", 2), ("2026-2-3", 2), ("Monday 10 June 2026", 2),
])  # fmt: skip
def test_redate_guesses_nothing(office: Office, to: str, status: int) -> None:
    assert office.refused("redate", "26/1", "--to", to, status=status).startswith("Error: ")


def test_bare_numbers_need_their_meeting(office: Office) -> None:
    assert "--meeting REF" in office.refused("redate", "1", "--to", "none", status=2)
    ran = office.done("redate", "1-2", "--meeting", "2025-11-26", "--to", "none")
    assert ran.lines[0] == "Re-dated 2 actions of PDB/2025-11-26"


@pytest.mark.parametrize("ref", [
    "PDB/2025-11-26/01", "pdb/2025-11-26/1", "PDB-2025-11-26-01", "pdb-2025-11-26-1", "2025-11-26/1", "11-26/1", "26/1",
    "26.11.25/1", "PDB/26.11.25/01", "26/11/2025/1", "26 Nov/1", "26 November 2025/01",
])  # fmt: skip
def test_every_way_to_write_a_reference(office: Office, ref: str) -> None:
    assert "PDB/2025-11-26/01" in office.done("update", ref, "--note", "x").out


def test_an_ambiguous_reference_changes_nothing_and_lists_what_it_could_mean(office: Office) -> None:
    office.hold(action("PDB/2026-01-26/01"))
    sentence = office.refused("carry", "26/1")
    assert "PDB/2025-11-26/01, PDB/2026-01-26/01" in sentence and "nothing was changed" in sentence
    assert office.done("carry", "11-26/1").status == 0


def test_the_day_to_look_again_counts_from_the_meeting_in_add(office: Office) -> None:
    ran = office.done("add", "Report when ready", "--meeting", "PDB/2025-11-26", "--owner", "Force", "--due", "when ready", "--by", "+2w")
    assert "due when ready (10 December 2025)" in ran.out


@pytest.mark.parametrize("word", ["done", "closed", "complete", "discharged"])
def test_a_discharge_is_asked_for_by_any_of_its_words(office: Office, word: str) -> None:
    assert office.done("list", "--status", word).lines == office.done("list", "--status", "discharged").lines != []
