"""`tracker diff`: what changed, against files, between commits, since a meeting."""

import json
from pathlib import Path

import pytest

from tests.builders import put
from tests.git.repository import Clone, bare, clone, clone_of
from tests.git.test_hostile import Trap, laid, trap  # noqa: F401 - fixtures

FIRST = "pdb/2025-11-26/01.yaml"
NOTHING = "Nothing changed in the register."


@pytest.fixture
def desk(tmp_path: Path) -> Clone:
    return clone(tmp_path)


def summary(desk: Clone, *args: str, **how: str) -> str:
    """The one-line summary."""
    found: str = json.loads(desk.done("diff", *args, "--format", "json", **how).out)["summary"]
    return found


def test_the_summary_a_board_member_reads(desk: Clone) -> None:
    desk.done("carry", "26/1", "--to", "2026-03-31", "--no-commit")
    desk.git("commit", "--quiet", "--all", "--message=Carried")
    desk.done("add", "One", "--meeting", "2025-11-26", "--owner", "Force")
    desk.done("add", "Two", "--meeting", "2025-11-26", "--owner", "Force")
    desk.done("discharge", "26/2", "--outcome", "Sent", "--route", "out")
    desk.done("discharge", "26/4-5", "--outcome", "Reported", "--route", "paper")
    desk.done("carry", "26/1", "--to", "2026-06-10")
    put(desk.root, "pdb/2025-11-26/03.yaml", desk.text("pdb/2025-11-26/03.yaml").replace("OPCC", "Force"))
    assert summary(desk, "HEAD~5") == (
        "2 actions raised, 3 discharged (1 out of meeting), PDB/2025-11-26/01 carried forward to 10 June 2026 (second time), "
        "1 owner changed by hand without a history entry."
    )
    assert summary(desk) == "1 owner changed by hand without a history entry."
    assert summary(desk, "HEAD~1..HEAD") == "PDB/2025-11-26/01 carried forward to 10 June 2026 (second time)."
    assert summary(desk, "HEAD..HEAD~5").startswith("2 records DELETED")


def test_no_difference_is_a_sentence(desk: Clone) -> None:
    assert desk.done("diff", "--format", "table").out.startswith(NOTHING)
    assert desk.done("diff", "HEAD..HEAD", "--format", "markdown").out.startswith(f"**{NOTHING}**")
    assert desk.done("diff").out == ""


def test_line_ends_filters_and_hidden_files_are_no_difference(desk: Clone) -> None:
    put(desk.root, FIRST, desk.text(FIRST).replace("\n", "\r\n"))
    put(desk.root, ".tracker/index", "x")
    put(desk.root, "pdb/2025-11-26/01.yaml.orig", "x")
    assert summary(desk) == NOTHING


def test_what_git_was_told_to_overlook_is_not_overlooked(desk: Clone) -> None:
    desk.git("update-index", "--assume-unchanged", f"records/{FIRST}")
    (desk.top / ".git/info/exclude").write_text("*\n")
    put(desk.root, FIRST, desk.text(FIRST).replace("Force", "OPCC"))
    put(desk.root, "pdb/2025-11-26/04.yaml", "text: Typed by hand\n")
    assert summary(desk) == "1 action raised, 1 owner changed by hand without a history entry."


def test_the_history_is_watched(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun")
    put(desk.root, FIRST, desk.text(FIRST).replace("Begun", "Finished"))
    assert summary(desk) == "1 history entry CHANGED."
    put(desk.root, FIRST, desk.text(FIRST).partition("history:")[0])
    assert summary(desk) == "1 history entry REMOVED."
    put(desk.root, FIRST, "torn: [")
    assert summary(desk) == "1 record CANNOT BE READ."
    (desk.root / FIRST).unlink()
    ran = desk.done("diff", "--format", "table")
    assert ran.out.startswith("1 record DELETED.") and "RECORD DELETED" in ran.out


def test_three_dots_leave_out_what_the_other_side_did(desk: Clone) -> None:
    desk.git("checkout", "--quiet", "-b", "meeting")
    desk.done("update", "26/1", "--note", "On the branch")
    desk.git("checkout", "--quiet", "main")
    desk.done("add", "On main", "--meeting", "2025-11-26", "--owner", "Force")
    assert summary(desk, "main...meeting") == "1 update noted."
    assert summary(desk, "main..meeting") == "1 record DELETED, 1 update noted."


def test_one_board(desk: Clone) -> None:
    desk.done("board", "add", "jaap", "--title", "Joint Audit Panel")
    desk.done("update", "26/1", "--note", "x")
    assert summary(desk, "HEAD~2", "--board", "JAAP") == "1 board added."
    assert summary(desk, "HEAD~2", "--board", "pdb") == "1 update noted."
    assert "is no board" in desk.refused("diff", "--board", "../x", status=2)


def test_since_a_day_or_a_meeting(desk: Clone) -> None:
    for day in ("2040-01-10", "2040-01-20", "2040-01-30"):
        stamp = f"{day}T12:00:00"
        desk.done("update", "26/1", "--note", day, "--no-commit")
        desk.git("commit", "--quiet", "--all", f"--message={day}", GIT_COMMITTER_DATE=stamp, GIT_AUTHOR_DATE=stamp)
    desk.done("meeting", "add", "pdb", "2040-01-15")
    how = {"today": "2040-02-01"}
    ran = desk.done("diff", "--since", "20 January", **how)
    assert ran.err == f"Since 20 January 2040: from commit {desk.git('rev-parse', 'HEAD~3')[:10]} of 10 January 2040, the last one before that day.\n"
    for said in ("PDB/2040-01-15", "2040-01-15", "January 2040 meeting", "15/1"):
        assert summary(desk, "--since", said, **how) == "2 updates noted, 1 meeting added."
    assert "before 1 January 2000" in desk.refused("diff", "--since", "2000-01-01")
    assert "31" in desk.refused("diff", "--since", "31/02/2026", status=2)
    assert "nonsense" in desk.refused("diff", "--since", "nonsense", status=2)
    assert "either" in desk.refused("diff", "HEAD", "--since", "2040-01-15", status=2)


def test_revisions_that_are_none(desk: Clone) -> None:
    for said in ("nope", "nope..HEAD", "HEAD...nope"):
        assert 'There is no commit "nope" in this clone.' in desk.refused("diff", said)
    assert "is no revision" in desk.refused("diff", "--", "--output=x", status=2)
    assert "is no revision" in desk.refused("diff", "HEAD..--output=x", status=2)
    assert not (desk.top / "x").exists()


def test_outside_git_before_the_first_commit_and_without_git(desk: Clone, tmp_path: Path) -> None:
    assert "Git was not found" in desk.refused("diff", PATH=str(tmp_path))
    (desk.top / ".git").rename(desk.top / "git")
    assert "git init" in desk.refused("diff")
    desk.git("init", "--quiet")
    assert "Nothing is committed here yet" in desk.refused("diff")


def test_a_shallow_clone_says_what_it_lacks(desk: Clone, tmp_path: Path) -> None:
    desk.done("update", "26/1", "--note", "x")
    desk.git("branch", "side", "HEAD~")
    desk.git("checkout", "--quiet", "side")
    desk.done("update", "26/2", "--note", "y")
    origin = bare(tmp_path / "origin.git", desk)
    other = Clone(tmp_path / "other", tmp_path / "other/clone")
    other.git("clone", "--quiet", "--depth=1", "--no-single-branch", f"file://{origin}", other.top, cwd=other.folder)
    assert "git fetch --unshallow" in other.refused("diff", "origin/main...origin/side")
    assert summary(other, "origin/main..origin/side") != NOTHING
    assert clone_of(origin, tmp_path / "third").done("diff", "origin/main...origin/side", "--format", "markdown").out.startswith("**1 update noted.**")


def test_nothing_is_written(desk: Clone) -> None:
    put(desk.root, FIRST, desk.text(FIRST).replace("Force", "OPCC"))
    before = desk.files(), desk.index(), desk.state()
    desk.done("diff")
    desk.done("diff", "HEAD..HEAD")
    desk.done("log")
    desk.done("list", "--rev", "HEAD")
    assert (desk.files(), desk.index(), desk.state()) == before


@pytest.mark.parametrize("args", [
    ("diff",), ("diff", "HEAD~"), ("diff", "HEAD~..HEAD"), ("diff", "HEAD~...HEAD"), ("diff", "--since", "2100-01-01"), ("log",), ("log", "26/1"),
    ("log", "PDB/2026-06-10"), ("list", "--rev", "HEAD"), ("check", "--rev", "HEAD~"), ("overdue", "--rev", "HEAD"), ("show", "26/1", "--rev", "HEAD"),
])  # fmt: skip
def test_a_hostile_repository_executes_nothing(trap: Trap, args: tuple[str, ...]) -> None:  # noqa: F811
    put(trap.desk.root, FIRST, trap.desk.text(FIRST) + "# touched\n")
    assert trap.desk.run(*args).status in (0, 1), args
    assert trap.sprung == []
