"""What is begun before the program is there: only where it helps, and it never changes what is printed."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import put
from tests.cli.program import Office
from tests.storage.faults import needs_fork
from tests.storage.index.registers import settled
from tracker.cli import ahead
from tracker.cli.globals import _OPTIONS
from tracker.cli.main import COMMANDS
from tracker.storage.index import helping, second_process
from tracker.storage.opened import Opened
from tracker.storage.reading import Begun, begin_reading, read_settled

pytestmark = needs_fork


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any register counts as a large one."""
    monkeypatch.setattr(helping, "_WORTH_IT", 4)
    monkeypatch.setattr(second_process, "_processors", lambda: 2)


@pytest.fixture
def read_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """The office, with an index that knows all, and nothing in the environment that names the register."""
    settled(office.root)
    monkeypatch.delenv("TRACKER_RECORDS", raising=False)
    monkeypatch.chdir(office.home)
    yield office


def begun_by(*words: object) -> Begun | None:
    begun = ahead.begin_ahead([*map(str, words)])
    if begun:
        begun.helper.end()
    return begun


def test_a_report_of_everything_begins_with_the_register_that_it_is_going_to_read(
    read_before: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = str(read_before.root)
    for words in (
        ["--records", root, "overdue"], ["overdue", "--records", root], ["overdue", f"--records={root}"],
        ["--board", "list", "--as-of=yesterday", "brief", "--records", root], ["list", "--owner", "Force", "--records", root],
    ):  # fmt: skip
        begun = begun_by(*words)
        assert begun and begun.root == root, words
    monkeypatch.setenv("TRACKER_RECORDS", root)
    begun = begun_by("stats")
    assert begun and begun.root == root
    monkeypatch.delenv("TRACKER_RECORDS")
    monkeypatch.chdir(read_before.root / "pdb")
    begun = begun_by("calendar")
    assert begun and begun.root == root


def test_what_reads_less_begins_nothing(read_before: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process too many"))
    monkeypatch.chdir(read_before.root)
    for words in (
        [], ["--version"], ["overdue", "--help"], ["show", "overdue"], ["add", "list"], ["list", "--meeting", "PDB/2025-11-26"],
        ["list", "--meeting=PDB/2025-11-26"], ["overdue", "--rev", "main"], ["--rev=main", "overdue"], ["board", "list"],
        ["--board", "overdue"], ["overdue", "--records", "/nowhere/at/all"],
    ):  # fmt: skip
        assert begun_by(*words) is None, words


def test_it_knows_the_commands_and_the_options_before_them_as_the_program_does() -> None:
    with_value = {flag for flags, settings in _OPTIONS.values() if not settings.get("is_flag") for flag in flags}
    assert with_value == ahead._WITH_VALUE
    assert ahead._GO_THROUGH_ALL < set(COMMANDS)


def test_a_change_that_is_under_way_is_waited_for_instead(read_before: Office) -> None:
    (read_before.root / ".tracker/unfinished").mkdir()
    assert begun_by("overdue", "--records", read_before.root) is None


def histories(opened: Opened) -> list[str | None]:
    return [event.note for action in opened.register.actions.values() for event in action.history]


def seen_all(begun: Begun) -> None:
    """Wait until the second process has seen that all stands."""
    time.sleep(0.3)
    begun.helper.listen()


@pytest.mark.parametrize("refs", [["PDB/2025-11-26/01"], ["PDB/2025-11-26/01", "PDB/2025-11-26/02"]], ids=["one file", "two files"])
def test_what_was_seen_before_a_change_counts_for_nothing_after_it(read_before: Office, refs: list[str]) -> None:
    root = str(read_before.root)
    begun = begin_reading(root)
    assert begun
    seen_all(begun)
    read_before.done("update", *refs, "--note", "Quite another word")
    found = read_settled(root, histories, iter, begun)
    assert found.count("Quite another word") == len(refs) and found == read_settled(root, histories, iter)


def test_of_another_register_it_counts_for_nothing(read_before: Office, tmp_path: Path) -> None:
    """Not even if that was copied with its index and all its times, and edited since."""
    other = tmp_path / "other"
    shutil.copytree(read_before.root, other)
    begun = begin_reading(str(read_before.root))
    assert begun
    seen_all(begun)
    put(other, "pdb/2025-11-26/01.yaml", "text: Of the other\n")
    read = read_settled(str(other), lambda opened: [action.text for action in opened.register.actions.values()], iter, begun)
    assert "Of the other" in read
    begun.helper.end()


# The command line as it is started, with registers of any size taken for large ones.
STARTED = (
    "import sys, tracker.storage.index.helping as helping, tracker.storage.index.second_process as second\n"
    "helping._WORTH_IT, second._processors = 4, lambda: 2\n"
    "from tracker.__main__ import start\n"
    "start()\n"
)


def test_a_report_is_the_same_whoever_looked_at_the_files(read_before: Office) -> None:
    def printed(*words: str) -> tuple[int, bytes, bytes]:
        env = read_before.environment()
        done = subprocess.run([sys.executable, "-c", STARTED, *words], capture_output=True, env=env, cwd=read_before.home, check=False)
        return done.returncode, done.stdout, done.stderr

    for step in range(3):
        for words in (("overdue",), ("list", "--format", "json"), ("stats",), ("brief", "2026-02-25", "--format", "markdown")):
            ran = read_before.run(*words)
            assert printed(*words) == (ran.status, ran.out.encode(), ran.err.encode()), words
        if step == 0:
            put(read_before.root, "pdb/2025-11-26/01.yaml", "text: Edited by hand\nowners: [Force]\ndue: 2026-02-01\n")
        else:
            put(read_before.root, "pdb/2025-11-26/07.yaml", "text: [torn\n")
