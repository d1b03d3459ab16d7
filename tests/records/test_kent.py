"""The register of the Kent board that the project ships: its figures, day by day, as a count by hand gave them."""

import json
import shutil
from pathlib import Path

import pytest

from tests.builders import files_of
from tests.cli.program import Office

RECORDS = Path(__file__).parents[2] / "records"

# As at a day: how many actions are open, and how many of them are overdue.
FIGURES = {
    "2019-09-24": (5, 0), "2019-09-25": (5, 0), "2019-12-05": (5, 0), "2020-03-26": (5, 5), "2023-06-07": (8, 5),
    "2023-09-13": (10, 5), "2023-11-28": (10, 5), "2023-11-29": (5, 5), "2024-06-12": (7, 5), "2024-06-13": (7, 6),
    "2024-09-12": (7, 7), "2025-11-25": (11, 7), "2025-11-26": (9, 7), "2026-02-25": (9, 7), "2026-02-26": (9, 9),
}  # fmt: skip


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("kent")
    shutil.copytree(RECORDS, folder / "records", ignore=shutil.ignore_patterns(".tracker"))
    return Office(folder, folder / "records")


@pytest.mark.parametrize("day", FIGURES)
def test_open_and_overdue_as_at_each_day(kent: Office, day: str) -> None:
    live = json.loads(kent.done("list", "--as-of", day, "--format", "json").out)
    late = json.loads(kent.done("overdue", "--as-of", day, "--format", "json").out)
    assert (len(live), late["count"]) == FIGURES[day]
    assert sum(action["overdue"] for action in live) == late["count"]


def test_through_the_process_on_the_day_itself(kent: Office) -> None:
    assert len(kent.process("list", today="2026-02-26").lines) == 9
    assert len(kent.process("overdue", "--as-of", "25.02.26").lines) == 7
    assert kent.process("overdue", "--exit-code", today="2026-02-26").status == 4


def test_how_many_there_are_in_all(kent: Office) -> None:
    every = json.loads(kent.done("list", "--status", "all", "--format", "json").out)
    statuses = [action["status"] for action in every]
    assert (len(every), statuses.count("discharged"), statuses.count("open")) == (26, 17, 9)


def test_the_check_finds_nothing_wrong_but_meetings_of_which_only_the_day_is_known(kent: Office) -> None:
    ran = kent.run("check", today="2026-02-26")
    assert ran.status == 0
    assert all("warning" in line and "/meeting.yaml" in line for line in ran.lines), ran.out


def test_reports_change_no_byte(kent: Office) -> None:
    for words in (("list",), ("overdue",), ("check",), ("show", "26/1"), ("meeting", "list")):
        kent.run(*words)
    assert files_of(kent.root) == files_of(RECORDS)
