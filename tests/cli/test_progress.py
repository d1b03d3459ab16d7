"""Progress and outcomes: update, propose, discharge, correct, reopen, withdraw."""

import json

import pytest

from tests.cli.program import Office


def shown(office: Office, ref: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(office.done("show", ref, "--format", "json").out)
    return found


def last_event(office: Office, ref: str) -> dict[str, object]:
    history = shown(office, ref)["history"]
    assert isinstance(history, list)
    event: dict[str, object] = history[-1]
    return event


def test_update_adds_a_note_and_touches_nothing_else(office: Office) -> None:
    before = office.files()
    ran = office.process("update", "26/1", "--note", "Draft with the OPCC for comment")
    assert ran == (0, "Noted progress on PDB/2025-11-26/01: Explore a rural crime update in …\n", "")
    assert office.changed(before) == ["pdb/2025-11-26/01.yaml"]
    assert office.text("pdb/2025-11-26/01.yaml") == before["pdb/2025-11-26/01.yaml"].decode() + (
        "history:\n  - date: 2026-02-26\n    event: update\n    note: Draft with the OPCC for comment\n"
    )


def test_update_of_several_says_each(office: Office) -> None:
    ran = office.done("update", "26/1,3-4", "26/5", "--note", "Discussed")
    assert ran.lines[0] == "Noted progress on 4 actions of PDB/2025-11-26"
    assert [line.split(":")[0] for line in ran.lines[1:]] == [
        "  Noted progress on PDB/2025-11-26/01", "  Noted progress on PDB/2025-11-26/03",
        "  Noted progress on PDB/2025-11-26/04 (discharged)", "  Noted progress on PDB/2025-11-26/05",
    ]  # fmt: skip


def test_update_takes_its_note_from_standard_input(office: Office) -> None:
    office.done("update", "26/1", "--note", "-", stdin="Two lines\nof progress\n")
    assert last_event(office, "26/1")["note"] == "Two lines\nof progress"


def test_standard_input_that_is_no_text_is_refused(office: Office) -> None:
    assert "not UTF-8" in office.refused("update", "26/1", "--note", "-", status=2, stdin=b"\xff\xfe")  # type: ignore[arg-type]
    assert "no words" in office.refused("update", "26/1", "--note", "-", status=2, stdin=" \n")


def test_propose_puts_the_action_with_the_board(office: Office) -> None:
    ran = office.process("propose", "26/1", "26/2", "--outcome", "Paper sent", "--route", "paper")
    assert ran.status == 0
    assert ran.lines == [
        "Proposed 2 actions of PDB/2025-11-26",
        "  Proposed PDB/2025-11-26/01 for discharge (paper): Explore a rural crime update in …",
        "  Proposed PDB/2025-11-26/02 for discharge (paper): Report the benefits of the file …",
    ]
    found = shown(office, "26/1")
    assert (found["status"], found["proposed_on"], found["route"], found["outcome"], found["overdue"]) == (
        "proposed", "2026-02-26", "paper", "Paper sent", False)  # fmt: skip
    assert "has been with the board since 20 January 2026" in office.refused("propose", "26/3", "--outcome", "Again")


def test_discharge_needs_an_outcome_and_marks_the_meeting_as_held(office: Office) -> None:
    assert "--outcome" in office.refused("discharge", "26/1", status=2)
    ran = office.process("discharge", "26/1", "--outcome", "Reported", "--route", "out", "--at", "25/2")
    assert ran.out == (
        "Discharged PDB/2025-11-26/01 (out of meeting): Explore a rural crime update in … "
        "(PDB/2026-02-25 is now marked as held)\n"
    )
    assert office.text("pdb/2026-02-25/meeting.yaml").startswith("status: held\n")
    found = shown(office, "26/1")
    assert (found["discharged_on"], found["route"], found["outcome"]) == ("2026-02-25", "out of meeting", "Reported")


@pytest.mark.parametrize(("short", "route"), [
    ("out", "out of meeting"), ("future", "future item"), ("bau", "business as usual"), ("Paper", "paper"),
    ("at meeting", "at meeting"),
])  # fmt: skip
def test_a_route_in_full_or_in_short(office: Office, short: str, route: str) -> None:
    office.done("discharge", "26/1", "--outcome", "Done", "--route", short)
    assert last_event(office, "26/1")["route"] == route


def test_a_route_is_never_guessed(office: Office) -> None:
    office.done("discharge", "26/1", "--outcome", "Done", "--at", "25/2")
    assert last_event(office, "26/1")["route"] is None
    assert "The routes are: " in office.refused("discharge", "26/2", "--outcome", "x", "--route", "post", status=2)


@pytest.mark.parametrize("word", ["close", "complete", "done"])
def test_other_words_for_discharge_are_understood(office: Office, word: str) -> None:
    assert office.done(word, "26/1", "--outcome", "Reported").out.startswith("Discharged PDB/2025-11-26/01: ")


def test_discharge_of_all_that_is_proposed_keeps_each_outcome_and_route(office: Office) -> None:
    office.done("propose", "26/1", "--outcome", "Update sent", "--route", "out", "--date", "2026-02-20")
    ran = office.done("discharge", "--proposed", "--at", "25/2")
    assert ran.lines == [
        "Discharged 2 actions of PDB/2025-11-26 (PDB/2026-02-25 is now marked as held)",
        "  Discharged PDB/2025-11-26/01 (out of meeting): Explore a rural crime update in …",
        "  Discharged PDB/2025-11-26/03 (paper): Share the cadet figures",
    ]
    assert last_event(office, "26/3")["note"] == "In the item 4 paper"
    assert "Nothing is proposed to PDB" in office.refused("discharge", "--proposed", "--at", "25/2")


def test_what_was_proposed_only_after_the_meeting_is_said_to_be_so(office: Office) -> None:
    office.done("reopen", "26/3", "--reason", "Not yet", "--date", "2026-02-20")
    office.done("propose", "26/1", "--outcome", "Update sent", "--route", "out")
    said = office.refused("discharge", "--proposed", "--at", "25/2")
    assert "Nothing had been proposed to PDB by 25 February 2026; PDB/2025-11-26/01 was on 26 February 2026" in said
    assert "PDB/2025-11-26/01" in office.done("discharge", "--proposed", "--at", "25/2", "--date", "2026-02-26").out


def test_discharge_of_all_that_is_proposed_needs_the_meeting_and_nothing_else(office: Office) -> None:
    assert "--at MEETING" in office.refused("discharge", "--proposed", status=2)
    assert "--at MEETING" in office.refused("discharge", "26/3", "--proposed", "--at", "25/2", status=2)
    assert "REF" in office.refused("discharge", "--outcome", "x", status=2)


def test_a_follow_up_is_raised_at_the_meeting_and_follows_the_old_one(office: Office) -> None:
    ran = office.done(
        "discharge", "26/1", "--outcome", "Half of it", "--at", "25/2", "--follow-up", "Report the other half"
    )
    assert ran.lines[0].startswith("Discharged PDB/2025-11-26/01 and raised its follow-up at PDB/2026-02-25")
    found = shown(office, "PDB/2026-02-25/1")
    assert (found["follows"], found["owners"], found["due"], found["text"]) == (
        "PDB/2025-11-26/01", ["Force", "OPCC"], "2026-06-10", "Report the other half")  # fmt: skip
    office.done("discharge", "26/2", "--outcome", "x", "--at", "25/2", "--follow-up", "More", "--owner", "PCC",
                "--due", "31 March")  # fmt: skip
    found = shown(office, "2026-02-25/2")
    assert (found["owners"], found["due"]) == (["OPCC"], "2026-03-31")


def test_a_follow_up_needs_one_reference_and_a_meeting(office: Office) -> None:
    said = ("discharge", "--outcome", "x", "--follow-up", "More")
    assert "one REF" in office.refused(*said, "26/1-2", "--at", "25/2", status=2)
    assert "--at MEETING" in office.refused(*said, "26/1")
    assert "--follow-up" in office.refused("discharge", "26/1", "--outcome", "x", "--owner", "Force", status=2)


def test_correct_mends_the_last_words(office: Office) -> None:
    ran = office.process("correct", "26/4", "--outcome", "Brief sent to the OPCC", "--route", "paper")
    assert ran.out == "Corrected the words recorded on PDB/2025-11-26/04: Brief sent to the OPCC\n"
    found = shown(office, "26/4")
    assert (found["outcome"], found["route"], found["discharged_on"]) == (
        "Brief sent to the OPCC", "paper", "2026-01-10")  # fmt: skip
    assert "no outcome or update to correct" in office.refused("correct", "26/1", "--outcome", "x")


def test_reopen_and_withdraw(office: Office) -> None:
    assert office.process("reopen", "26/3-4", "--reason", "Not agreed").lines == [
        "Reopened 2 actions of PDB/2025-11-26",
        "  Reopened PDB/2025-11-26/03, due 25 February 2026: Share the cadet figures",
        "  Reopened PDB/2025-11-26/04, due 25 February 2026: Brief the board on fees",
    ]
    assert "is open already" in office.refused("reopen", "26/3")
    assert "--reason" in office.refused("withdraw", "26/3", status=2)
    assert office.process("withdraw", "26/3", "26/5", "--reason", "Overtaken by events").status == 0
    assert shown(office, "26/3")["status"] == "withdrawn"
    sentence = office.refused("discharge", "26/3", "--outcome", "x")
    assert "tracker reopen PDB/2025-11-26/03" in sentence and "26 February 2026" in sentence


def test_an_action_is_recorded_on_the_day_of_the_meeting_or_the_day_said(office: Office) -> None:
    office.done("update", "26/1", "--note", "a", "--at", "25/2")
    assert last_event(office, "26/1")["date"] == "2026-02-25"
    office.done("update", "26/2", "--note", "a", "--date", "26.02.26", "--at", "25/2")
    assert (last_event(office, "26/2")["date"], last_event(office, "26/2")["meeting"]) == ("2026-02-26", "PDB/2026-02-25")
    ran = office.done("update", "26/5", "--note", "a", "--date", "25 Dec")
    assert last_event(office, "26/5")["date"] == "2025-12-25"
    assert ran.err == "Taken as 25 December 2025.\n"


@pytest.mark.parametrize(("said", "status", "sentence"), [
    (("--date", "tomorrow"), 1, "27 February 2026 is still to come"),
    (("--date", "2025-11-25"), 1, "was raised on 26 November 2025"),
    (("--date", "31/02/2026"), 2, "February 2026"),
    (("--date", "04/13/2026"), 2, ""),
    (("--date", "may"), 2, ""),
    (("--date", "next meeting"), 2, "a day is wanted"),
    (("--at", "2026-06-10"), 1, "still to come and cannot have agreed"),
    (("--at", "25/2", "--date", "24/2"), 1, "before its day"),
    (("--at", "1/1"), 1, "No meeting fits"),
    (("--at", "../x"), 2, "not a"),
])  # fmt: skip
def test_days_and_meetings_that_cannot_be(office: Office, said: tuple[str, ...], status: int, sentence: str) -> None:
    assert sentence in office.refused("discharge", "26/1", "--outcome", "x", *said, status=status)
