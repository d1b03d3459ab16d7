"""docs/reviewing.md: examples with git that work as printed, and leave this computer's git alone."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.docs import console, officers, pages

TEXT = pages.read(pages.REVIEWING)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the examples are typed in sh, with a git that is a script")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, officers.Desk]:
    """The page with its examples typed again, and the desk where they were typed."""
    desk = officers.Desk(tmp_path_factory.mktemp("clerk"))
    return officers.replayed(TEXT, desk), desk


def _git(folder: Path, *words: str) -> str:
    environment = os.environ | {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", *words], cwd=folder, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def test_the_examples_print_what_the_page_shows(office: tuple[str, officers.Desk]) -> None:
    assert office[0].splitlines() == TEXT.splitlines()


def test_the_examples_end_with_all_changes_published_and_nothing_broken(office: tuple[str, officers.Desk]) -> None:
    mine = office[1].folder
    shared = mine.parent / "northmoor.git"
    assert _git(shared, "rev-parse", "main") == _git(mine, "rev-parse", "main")
    assert _git(mine, "status", "--porcelain") == ""
    assert _git(shared, "fsck", "--strict") == ""
    authors = set(_git(shared, "log", "--format=%an", "main").splitlines())
    assert authors == {"Ruth Bell", "Tom Hale"}


def test_what_diff_prints_as_json_is_what_the_readme_says(office: tuple[str, officers.Desk]) -> None:
    sentence = pages.read(pages.README).partition("`tracker diff`\nan object with ")[2].partition(".")[0]
    printed = json.loads(office[1].type("tracker diff main~1 --format json"))
    assert pages.spans(sentence) == list(printed) and printed["differences"]
    assert isinstance(json.loads(office[1].type("tracker log 22/1 --format json")), list)


def test_the_page_shows_every_way_of_working_together() -> None:
    typed = [line[2:] for line in TEXT.splitlines() if line.startswith("$ ")]
    for command in (
        "git switch --quiet --create", "tracker diff main...HEAD --format markdown", "git diff main...HEAD", "tracker log",
        "tracker undo", "tracker list --rev", "tracker diff --since", "tracker git-setup", "tracker git-setup --ci",
        "tracker sync", "git pull", "echo $?",
    ):  # fmt: skip
        assert any(line.startswith(command) for line in typed), command
    assert {"1", "3"} <= {after for line, after in zip(TEXT.splitlines(), TEXT.splitlines()[1:]) if line == "$ echo $?"}


def test_a_command_that_fails_unnoticed_is_an_error_of_the_page(tmp_path: Path) -> None:
    for block in ("$ git frobnicate\n", "$ tracker sync\n$ git init --quiet\n"):
        folder = tmp_path / str(len(block))
        folder.mkdir()
        with pytest.raises(AssertionError, match="ended with 1"):
            officers.replayed(f"```console\n{block}```\n", officers.Desk(folder))


def test_what_a_command_ends_with_can_be_shown(tmp_path: Path) -> None:
    desk = officers.Desk(tmp_path)
    assert console.typed_again("$ git frobnicate\n$ echo $?\n$ git init --quiet\n$ echo $?\n", desk).endswith(
        "$ echo $?\n1\n\n$ git init --quiet\n$ echo $?\n0\n"
    )
