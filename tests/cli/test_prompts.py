"""What is missing is asked for when a person is at the terminal, and an error when nobody is."""

import sys

import pytest

from tests.cli.program import Office

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal needs POSIX")


def at_terminal(office: Office, *args: str) -> "pexpect.spawn[str]":
    return pexpect.spawn(
        sys.executable, ["-m", "tracker", *args], env=office.environment(NO_COLOR="1", TERM="dumb"),
        cwd=str(office.home), encoding="utf-8", timeout=20, dimensions=(40, 200),
    )  # fmt: skip


def answered(office: Office, args: tuple[str, ...], answers: tuple[tuple[str, str], ...]) -> tuple[int, str]:
    """Exit status and last words of a run in which these questions came and were answered."""
    program = at_terminal(office, *args)
    for question, answer in answers:
        program.expect_exact(f"{question}: ")
        program.sendline(answer)
    program.expect(pexpect.EOF)
    program.close()
    return program.exitstatus, program.before


@pytest.mark.parametrize(("args", "answers", "sentence"), [
    (("add",), (("Action", "Report the figures"), ("Meeting", "25/2"), ("Owner", "Force")), "Raised PDB/2026-02-25/01"),
    (("update", "26/1"), (("Progress", "Draft sent"),), "Noted progress on PDB/2025-11-26/01"),
    (("propose", "26/1"), (("Outcome", "Paper"),), "Proposed PDB/2025-11-26/01"),
    (("discharge", "26/1", "26/2"), (("Outcome", "Reported"),), "Discharged 2 actions"),
    (("correct", "26/4"), (("The words as they should be", "Sent"),), "Corrected"),
    (("withdraw", "26/1"), (("Reason", "Overtaken"),), "Withdrew"),
    (("reassign", "26/1"), (("Owner", "OPCC"),), "Reassigned"),
    (("reassign", "26/1"), (("Owner", "OPPC"), ("Did you mean OPCC?\r\nOwner", "OPCC")), "Reassigned"),
    (("redate", "26/1"), (("To which day", "10 June"),), "Re-dated PDB/2025-11-26/01 to 10 June 2026"),
    (("reword", "26/1"), (("Text", "Another text"),), "Reworded"),
    (("board", "add", "jat"), (("Title", "Joint Audit"),), "Added the board JAT, Joint Audit"),
    (("owner", "add", "Fire"), (("Full name", "Kent Fire and Rescue"),), "Added the owner Fire"),
    (("item", "add", "25/2"), (("Title", "Prevention"),), "Added item 1"),
    (("meeting", "postpone", "25/2"), (("To which day (tbc while there is none)", "tbc"),), "Postponed"),
    (("meeting", "move", "25/2"), (("To which day", "24 Feb 2026"),), "Moved"),
])  # fmt: skip
def test_what_is_missing_is_asked_for(
    office: Office, args: tuple[str, ...], answers: tuple[tuple[str, str], ...], sentence: str
) -> None:
    status, said = answered(office, args, answers)
    assert status == 0 and sentence in said, said


def test_an_empty_answer_is_asked_again(office: Office) -> None:
    program = at_terminal(office, "update", "26/1")
    program.expect_exact("Progress: ")
    program.sendline(" ")
    program.expect_exact("there are no words in it")
    program.expect_exact("Progress: ")
    program.sendline("Draft")
    program.expect_exact("Noted progress")


@pytest.mark.parametrize("key", ["c", "d"])
def test_ctrl_c_and_ctrl_d_change_nothing(office: Office, key: str) -> None:
    before = office.files()
    program = at_terminal(office, "add", "--meeting", "25/2")
    program.expect_exact("Action: ")
    program.sendline("Half an action")
    program.expect_exact("Owner: ")
    program.sendcontrol(key)
    program.expect_exact("Stopped.")
    program.expect(pexpect.EOF)
    program.close()
    assert program.exitstatus == 1
    assert office.files() == before


@pytest.mark.parametrize(("args", "option"), [
    (("add",), "TEXT"), (("add", "x"), "--meeting"), (("add", "x", "--meeting", "25/2"), "--owner"),
    (("update", "26/1"), "--note"), (("propose", "26/1"), "--outcome"), (("discharge", "26/1"), "--outcome"),
    (("correct", "26/4"), "--outcome"), (("withdraw", "26/1"), "--reason"), (("reassign", "26/1"), "--owner"),
    (("redate", "26/1"), "--to"), (("reword", "26/1"), "--text"), (("board", "add", "x"), "--title"),
    (("owner", "add", "x"), "--name"), (("item", "add", "25/2"), "TITLE"), (("meeting", "postpone", "25/2"), "--to"),
    (("meeting", "move", "25/2"), "--to"),
])  # fmt: skip
def test_with_nobody_there_it_is_an_error_that_names_the_option(
    office: Office, args: tuple[str, ...], option: str
) -> None:
    assert f"Missing {option}." in office.refused(*args, status=2)


def test_with_nobody_there_the_process_does_not_wait(office: Office) -> None:
    ran = office.process("discharge", "26/1")
    assert ran == (2, "", "Error: Missing --outcome. To see how: tracker discharge --help\n")
