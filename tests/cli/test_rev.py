"""`--rev`: the reports on the register as it stood in a commit."""

import json
from pathlib import Path

import pytest

from tests.builders import put
from tests.git.repository import Clone, clone

FIRST = "pdb/2025-11-26/01.yaml"


@pytest.fixture
def desk(tmp_path: Path) -> Clone:
    """After the first commit, one action was discharged and one torn by hand."""
    made = clone(tmp_path)
    made.done("discharge", "26/1", "--outcome", "Sent", "--route", "out")
    put(made.root, "pdb/2025-11-26/02.yaml", "torn: [\n")
    return made


REPORTS = [("list",), ("list", "--format", "json"), ("show", "26/1"), ("show", "pdb/2025-11-26"), ("overdue", "--by", "owner"), ("check", "--format", "json")]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_is_the_one_that_was_given_then(tmp_path: Path, report: tuple[str, ...]) -> None:
    made = clone(tmp_path)
    then = made.run(*report)
    made.done("discharge", "26/1", "--outcome", "Sent", "--route", "out")
    put(made.root, "pdb/2025-11-26/02.yaml", "torn: [\n")
    before = made.files(), made.index()
    assert made.run(*report, "--rev", "HEAD~") == then
    assert made.run(*report) != then
    assert (made.files(), made.index()) == before


def test_it_is_understood_before_the_name_too(desk: Clone) -> None:
    assert desk.run("--rev", "HEAD~", "list") == desk.run("list", "--rev", "HEAD~")
    assert "means nothing" in desk.refused("--rev", "HEAD", "update", "26/1", "--note", "x", status=2)
    assert desk.run("update", "26/1", "--note", "x", "--rev", "HEAD").status == 2


def test_the_day_of_the_report_stays_today(desk: Clone) -> None:
    late = json.loads(desk.done("overdue", "--rev", "HEAD~", "--format", "json", today="2026-03-01").out)
    assert (late["as_of"], late["count"]) == ("2026-03-01", 3)
    early = json.loads(desk.done("overdue", "--rev", "HEAD~", "--as-of", "2026-02-25", "--format", "json").out)
    assert early["count"] == 0


def test_a_bad_file_of_then_is_named_and_counted(desk: Clone) -> None:
    desk.git("commit", "--quiet", "--all", "--message=Torn")
    desk.git("checkout", "--quiet", "HEAD~", "--", ".")
    ran = desk.run("list", "--rev", "HEAD")
    assert ran.status == 1 and "pdb/2025-11-26/02.yaml" in ran.err and "leaves out" in ran.err
    checked = desk.run("check", "--rev", "HEAD")
    assert checked.status == 1 and "pdb/2025-11-26/02.yaml" in checked.out


def test_revisions_that_are_none(desk: Clone) -> None:
    assert 'There is no commit "nope"' in desk.refused("list", "--rev", "nope")
    assert "is no revision" in desk.refused("list", "--rev", "-x", status=2)
    assert "is no revision" in desk.refused("list", "--rev=--all", status=2)
    assert "is empty" in desk.refused("list", "--rev", "", status=2)
    for said in ("HEAD..HEAD~", "HEAD:records"):
        assert "There is no commit" in desk.refused("list", "--rev", said)


def test_outside_git(desk: Clone) -> None:
    (desk.top / ".git").rename(desk.top / "git")
    assert "git init" in desk.refused("check", "--rev", "HEAD")
