"""The tables of the README say what the program does: dates, references, variables, completion."""

import os
import re
import shutil
import subprocess
import sys
from datetime import date

import pytest

from tests.docs import pages
from tests.docs.pages import ROOT
from tracker.errors import NotUnderstood
from tracker.model.dates import short_day
from tracker.model.said import Day, Lean
from tracker.model.due_words import Words, read_due
from tracker.model.records import Register
from tracker.model.resolve import find_actions
from tracker.model.times import read_time
from tracker.model.when import read_when
from tracker.storage.load import load

TEXT = pages.read(pages.README)
TODAY = date(2026, 2, 25)
# The terminal says the one, and git the other to its hooks; nobody sets them for the program.
_NOT_OURS = {"TERM", "GIT_INDEX_FILE"}


def _rows(name: str) -> list[tuple[str, list[str]]]:
    """What is typed, and the other cells of its row; a row may show several ways to type the same."""
    return [(typed, row[1:]) for row in pages.table(TEXT, name) for typed in pages.spans(row[0])]


def _day(text: str, lean: Lean) -> str:
    found = read_when(text, base=TODAY, lean=lean)
    assert isinstance(found, Day)
    return short_day(found.day)


@pytest.mark.parametrize(("typed", "cells"), _rows("days"))
def test_a_day_is_understood_as_the_readme_says(typed: str, cells: list[str]) -> None:
    assert [_day(typed, "past"), _day(typed, "future")] == cells


@pytest.mark.parametrize(("typed", "cells"), _rows("due"))
def test_due_words_are_taken_as_the_readme_says(typed: str, cells: list[str]) -> None:
    found = read_due(typed, base=TODAY)
    assert isinstance(found, Words) and found.day is not None
    assert [short_day(found.day)] == cells


@pytest.mark.parametrize(("typed", "cells"), _rows("refused"))
def test_what_the_readme_calls_unclear_is_refused(typed: str, cells: list[str]) -> None:
    with pytest.raises(NotUnderstood):
        read_when(typed, base=TODAY, lean="past")
    with pytest.raises(NotUnderstood):
        read_due(typed, base=TODAY)


def test_times_are_understood_as_the_readme_says() -> None:
    sentence = next(line for line in TEXT.splitlines() if line.startswith("Times are written"))
    *forms, noon = pages.spans(sentence)
    assert len(forms) > 3 and {read_time(form) for form in forms} == {"10:00"} and read_time(noon) == "12:00"


@pytest.fixture(scope="module")
def register() -> Register:
    return load(ROOT / "records").register


@pytest.mark.parametrize(("typed", "cells"), _rows("references"))
def test_a_reference_means_what_the_readme_says(typed: str, cells: list[str], register: Register) -> None:
    found = find_actions(register, [typed], today=date(2026, 2, 26))
    assert [str(action.ref) for action in found] == pages.spans(cells[0])


def test_all_variables_are_explained() -> None:
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tracker").rglob("*.py"))
    used = set(re.findall(r"environ\.get\(\"(\w+)\"\)", code)) - _NOT_OURS
    explained = {typed for typed, _ in _rows("variables")} | set(re.findall(r"TRACKER_[A-Z]+", pages.read(pages.CONTRIBUTING)))
    assert {"TRACKER_RECORDS", "TRACKER_TODAY", "NO_COLOR"} <= used <= explained


@pytest.mark.parametrize(("shell", "cells"), [(row[0].split()[0], row[1:]) for row in pages.table(TEXT, "completion")])
def test_the_line_for_the_shell_sets_completion_up(shell: str, cells: list[str]) -> None:
    if shell == "bash" and not shutil.which("bash"):
        pytest.skip("the program asks bash for its version")
    setting = re.search(r"_TRACKER_COMPLETE=(\w+) tracker", cells[1])
    assert setting and setting[1] == f"{shell}_source"
    environment = os.environ | {"_TRACKER_COMPLETE": setting[1]}
    command = [sys.executable, "-c", "from tracker.cli.main import main; main()"]
    script = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=ROOT).stdout
    assert "_TRACKER_COMPLETE" in script and f"{shell}_complete" in script
