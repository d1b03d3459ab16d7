"""The registers that figures are measured on are what the page of figures says they are."""

import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from tests.bench.make_register import AS_AT, make_register
from tests.builders import files_of
from tests.cli.program import Office

NUMBER = 300
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("made")
    make_register(NUMBER, folder / "records")
    return Office(folder, folder / "records")


def actions_of(root: Path) -> list[Path]:
    return sorted(root.glob("*/*/[0-9]*.yaml"))


def test_so_many_are_live_and_overdue_as_the_program_counts_them(made: Office) -> None:
    today = AS_AT.isoformat()
    assert len(made.run("list", "--status", "all", today=today).lines) == NUMBER
    assert len(made.run("list", today=today).lines) == NUMBER * 30 // 100
    assert len(made.run("overdue", today=today).lines) == NUMBER * 5 // 100


def test_the_check_finds_nothing_on_its_day(made: Office) -> None:
    ran = made.process("check", "--strict", today=AS_AT.isoformat())
    assert (ran.status, ran.out) == (0, ""), ran
    assert "Nothing is wrong." in ran.err


def test_a_record_has_about_600_bytes_and_a_meeting_about_ten_actions(made: Office) -> None:
    actions = actions_of(made.root)
    assert 500 < statistics.mean(path.stat().st_size for path in actions) < 700
    meetings = {path.parent for path in actions}
    assert len(meetings) == NUMBER // 10
    assert all(4 <= len(actions_of_meeting) <= 16 for actions_of_meeting in ([*m.glob("[0-9]*.yaml")] for m in meetings))
    assert len({meeting.parent for meeting in meetings}) >= 3


def test_the_same_number_gives_the_same_bytes(made: Office, tmp_path: Path) -> None:
    """In a process of its own, whose sets and hashes come in another order."""
    words = [sys.executable, "-m", "tests.bench.make_register", str(NUMBER), str(tmp_path / "again")]
    subprocess.run(words, cwd=ROOT, check=True, timeout=60)
    assert files_of(tmp_path / "again") == files_of(made.root)


@pytest.mark.parametrize("number", [1, 7, 45])
def test_small_ones_are_registers_too(tmp_path: Path, number: int) -> None:
    make_register(number, tmp_path / "records")
    office = Office(tmp_path, tmp_path / "records")
    assert len(actions_of(office.root)) == number
    assert office.run("check", "--strict", today=AS_AT.isoformat()).status == 0


def test_it_is_never_written_over_another(made: Office) -> None:
    before = files_of(made.root)
    with pytest.raises(FileExistsError):
        make_register(NUMBER, made.root)
    assert files_of(made.root) == before
