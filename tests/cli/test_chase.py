"""`tracker chase`: letters on the screen, in files and in a folder, and noting that they were written."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import action, put
from tests.cli.program import Office

BEFORE = "2026-02-10"
FIRST = "pdb/2025-11-26/01.yaml"


@pytest.mark.parametrize("form", ["table", "tsv", "csv", "json", "markdown", "html"])
def test_the_letters_of_the_kent_board(kent: Office, golden: Callable[[str, str], None], form: str) -> None:
    ending = {"table": "txt", "markdown": "md"}.get(form, form)
    golden(f"papers/chase_2026-02-25.{ending}", kent.done("chase", "--format", form, today=BEFORE).out)


def test_a_draft_of_the_kent_board(kent: Office, golden: Callable[[str, str], None]) -> None:
    golden("papers/chase_2026-02-25.eml", kent.done("chase", "--format", "eml", "--owner", "CC", today=BEFORE).out
           .replace("\r\n", "\n"))  # fmt: skip


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_office_files_are_written(office: Office, form: str) -> None:
    file = office.folder / f"letters.{form}"
    office.done("chase", "--out", file, today=BEFORE)
    assert file.read_bytes().startswith(b"PK")


def test_drafts_go_into_a_folder_a_file_for_each_owner(office: Office) -> None:
    folder = office.folder / "new" / "drafts"
    ran = office.done("chase", "--format", "eml", "--out", folder, today=BEFORE)
    assert ran.out == ""
    assert sorted(os.listdir(folder)) == ["Force.eml", "OPCC.eml"]
    assert "Nothing was sent." in ran.err
    assert "no e-mail address" in ran.err
    ran = office.done("chase", "--out", folder, "--owner", "PCC", today=BEFORE)
    assert "Also in this folder, from before: Force.eml" in ran.err


@pytest.mark.parametrize("out", ["drafts", "drafts/"])
def test_a_name_without_an_ending_is_a_folder(office: Office, out: str) -> None:
    office.done("chase", "--out", out, today=BEFORE)
    assert sorted(os.listdir(office.home / "drafts")) == ["Force.eml", "OPCC.eml"]


def test_one_letter_can_go_to_a_file_or_a_pipe(office: Office) -> None:
    office.done("chase", "--owner", "OPCC", "--out", "letter.eml", today=BEFORE)
    piped = office.process("chase", "--owner", "OPCC", "--format", "eml", today=BEFORE)
    assert piped.out == (office.home / "letter.eml").read_bytes().decode()
    assert "--out FOLDER" in office.refused("chase", "--out", "all.eml", status=2, today=BEFORE)
    assert not (office.home / "all.eml").exists()


def test_nothing_is_written_into_the_register(office: Office) -> None:
    for out in (office.root / "drafts", office.root, office.root / "pdb"):
        assert "only records belong" in office.refused("chase", "--format", "eml", "--out", out, today=BEFORE)
    assert not (office.root / "drafts").exists()
    folder = office.folder / "drafts"
    folder.mkdir()
    (folder / "OPCC.eml").symlink_to(office.root / FIRST)
    assert "only records belong" in office.refused("chase", "--format", "eml", "--out", folder, today=BEFORE)
    assert os.listdir(folder) == ["OPCC.eml"]


def test_a_folder_that_cannot_be_made_is_told(office: Office) -> None:
    (office.home / "drafts").write_text("mine")
    assert office.refused("chase", "--format", "eml", "--out", "drafts/more", today=BEFORE)
    assert (office.home / "drafts").read_text() == "mine"


def test_where_nobody_has_to_be_asked_no_folder_is_made(office: Office) -> None:
    ran = office.done("chase", "--format", "eml", "--out", "drafts", "--for", "PDB/2025-11-26", today="2025-11-26")
    assert "Nobody has to be asked" in ran.err
    assert not (office.home / "drafts").exists()
    assert "Nobody has to be asked" in office.done("chase", "--format", "table", "--for", "PDB/2025-11-26",
                                                   today="2025-11-26").out  # fmt: skip


def test_the_meeting_and_the_day_of_reply_can_be_said(office: Office) -> None:
    ran = office.done("chase", "--for", "June 2026 meeting", "--board", "pdb", "--reply-by", "in 2 weeks",
                      "--format", "json", today=BEFORE)  # fmt: skip
    part = json.loads(ran.out)["letters"][0]["boards"][0]
    assert part["meeting"]["ref"] == "PDB/2026-06-10"
    assert part["reply_by"] == "2026-02-24"
    assert "has passed" in office.refused("chase", "--reply-by", "09.02.26", today=BEFORE)
    assert "is over" in office.refused("chase", "--for", "PDB/2025-11-26", today=BEFORE)
    office.done("meeting", "cancel", "PDB/2026-06-10")
    assert "was cancelled" in office.refused("chase", "--for", "PDB/2026-06-10", today=BEFORE)


def test_what_has_no_owner_is_told(office: Office) -> None:
    office.hold(action("PDB/2025-11-26/06", "Nobody's", owners=(), due="2026-02-25"))
    ran = office.done("chase", today=BEFORE)
    assert "PDB/2025-11-26/06 is in no letter" in ran.err
    assert "tracker reassign PDB/2025-11-26/06 --owner O" in ran.err


def test_recording_notes_once_a_day_that_each_action_was_asked_for(office: Office) -> None:
    before = office.files()
    ran = office.done("chase", "--out", "drafts", "--record", today=BEFORE)
    assert ran.lines[0] == "Noted 3 actions of PDB as chased on 10 February 2026: Force and OPCC"
    assert office.changed(before) == [FIRST, "pdb/2025-11-26/02.yaml", "pdb/2025-11-26/03.yaml"]
    assert office.text(FIRST).endswith(
        "history:\n  - date: 2026-02-10\n    event: update\n    note: Asked for an update by 18 February 2026\n"
    )
    before = office.files()
    assert "already" in office.done("chase", "--record", today=BEFORE).err
    assert "already" in office.done("chase", "--record", "--owner", "OPCC", today=BEFORE).err
    assert office.changed(before) == []
    office.done("check")
    assert "last asked for on 10 Feb 2026" in office.done("chase", "--format", "table", today="2026-02-12").out


def test_what_was_recorded_gets_into_no_pipe(office: Office) -> None:
    ran = office.done("chase", "--record", "--format", "json", today=BEFORE)
    assert len(json.loads(ran.out)["letters"]) == 2
    assert "Noted 3 actions" in ran.err


def test_the_latest_word_stays_what_the_owner_said(office: Office) -> None:
    office.done("update", "PDB/2025-11-26/02", "--note", "Pilot ends in March", today="2026-02-03")
    office.done("chase", "--record", today=BEFORE)
    overdue = office.done("overdue", "--format", "table", today="2026-02-26").out
    assert "Pilot ends in March" in overdue
    assert "Asked for" not in overdue
    assert "Asked for an update by 18 February 2026" in office.done("show", "PDB/2025-11-26/02").out
    office.done("correct", "PDB/2025-11-26/02", "--outcome", "Pilot ends in April")
    assert "Pilot ends in April" in office.done("overdue", "--format", "table", today="2026-02-26").out
    assert "no outcome or update" in office.refused("correct", "PDB/2025-11-26/01", "--outcome", "x")


def test_letters_that_could_not_be_written_are_not_recorded(office: Office) -> None:
    (office.home / "drafts").write_text("mine")
    assert office.refused("chase", "--format", "eml", "--out", "drafts/x", "--record", today=BEFORE)


def test_recording_can_be_tried_and_only_of_today(office: Office) -> None:
    before = office.files()
    ran = office.done("chase", "--record", "--dry-run", today=BEFORE)
    assert "+    note: Asked for an update by 18 February 2026" in ran.err
    assert office.changed(before) == []
    assert "leave out --as-of" in office.refused("chase", "--record", "--as-of", "2026-02-01", status=2, today=BEFORE)
    assert "--rev" in office.refused("chase", "--record", "--rev", "HEAD", status=2, today=BEFORE)
    for flag in ("--dry-run", "--no-commit"):
        assert "--record" in office.refused("chase", flag, status=2, today=BEFORE)


def test_what_was_recorded_is_one_commit(office: Office) -> None:
    text = office.text("register.yaml").replace("commit: false\n", "")
    put(office.root, "register.yaml", text)

    def git(*args: str) -> str:
        return subprocess.run(
            ["git", "-c", "user.name=S", "-c", "user.email=s@example.org", *args], cwd=office.root, env={
                **office.environment(), "GIT_CONFIG_GLOBAL": os.devnull}, check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip

    git("init", "-q")
    git("config", "user.name", "Secretary")
    git("config", "user.email", "s@example.org")
    git("add", ".")
    git("commit", "-q", "-m", "Begin")
    office.done("chase", "--record", today=BEFORE)
    assert git("log", "--format=%s", "-2").splitlines() == [
        "Noted 3 actions of PDB as chased on 10 February 2026: Force and OPCC", "Begin",
    ]  # fmt: skip
    assert git("status", "--porcelain") == ""


def test_what_cannot_be_read_is_named_and_the_rest_still_asked_and_recorded(office: Office) -> None:
    put(office.root, "pdb/2025-11-26/02.yaml", "text: [")
    ran = office.run("chase", "--record", "--out", "drafts", today=BEFORE)
    assert ran.status == 1
    assert "pdb/2025-11-26/02.yaml" in ran.err
    assert "Asked for an update" in office.text(FIRST)
    assert sorted(os.listdir(office.home / "drafts")) == ["Force.eml", "OPCC.eml"]


def test_public_letters_leave_out_what_is_restricted(office: Office) -> None:
    office.done("restrict", "PDB/2025-11-26/01")
    assert "rural crime" in office.done("chase", today=BEFORE).out
    ran = office.done("chase", "--public", "--format", "table", today=BEFORE)
    assert "rural crime" not in ran.out
    assert "1 action is left out of this public paper" in ran.out
    folder = Path("drafts")
    office.done("chase", "--public", "--out", folder, today=BEFORE)
    assert b"1 action is left out" in (office.home / "drafts" / "Force.eml").read_bytes().replace(b"=\r\n", b"")
