"""What was cut off half-way, as the next commands see it: every one tells, only a change sets it right."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import put
from tests.cli.program import Office
from tests.storage.faults import needs_fork, run_killed_at

pytestmark = needs_fork

CARRY = ("carry", "26/1-3", "--to", "2026-06-10", "--at", "25/2")
CARRIED = ["pdb/2025-11-26/01.yaml", "pdb/2025-11-26/02.yaml", "pdb/2025-11-26/03.yaml", "pdb/2026-02-25/meeting.yaml"]
WAITS = (
    "A change was cut off half-way, so some records may be shown as they were before it. "
    "The next command that changes something completes it or takes it back.\n"
)
COMPLETED = f"A change that had been cut off half-way was completed first: {', '.join(CARRIED)}.\n"
REPORTS = [("list",), ("list", "--format", "json"), ("show", "26/1"), ("show", "pdb"), ("overdue",), ("board", "list"),
           ("meeting", "list"), ("owner", "list"), ("list", "--as-of", "2025-12-24")]  # fmt: skip


class CutOff(Office):
    """A desk where carrying three actions was cut off: the first is carried, the others are not."""

    def __init__(self, office: Office) -> None:
        super().__init__(office.folder, office.root)
        self.done("owner", "alias", "Force", "Police")
        self.old = self.files()
        kept = {path.name for path in (self.root / ".tracker").iterdir()}
        # The first move gives the journal its name, the second brings the first record into its place.
        outcome = run_killed_at(3, lambda: self.done(*CARRY), ("replace",))
        assert outcome.killed, outcome
        assert self.changed(self.old) == CARRIED[:1]
        assert {path.name for path in (self.root / ".tracker").iterdir()} - kept - {"index"} == {"unfinished", "lock-holder"}


@pytest.fixture
def cut(office: Office) -> CutOff:
    return CutOff(office)


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_every_report_tells_and_changes_nothing(cut: CutOff, words: tuple[str, ...]) -> None:
    before = everything(cut.root)
    for _ in range(2):
        ran = cut.run(*words)
        assert ran.status == 0 and ran.out and ran.err.startswith(WAITS) and ran.err.count("cut off") == 1, ran
    assert everything(cut.root) == before


def test_check_tells_and_changes_nothing(cut: CutOff) -> None:
    before = everything(cut.root)
    assert cut.run("check").err.startswith(WAITS)
    assert everything(cut.root) == before


def test_a_dry_run_tells_and_changes_nothing(cut: CutOff) -> None:
    before = everything(cut.root)
    ran = cut.run("update", "26/5", "--note", "x", "--dry-run")
    assert ran.status == 0 and ran.err.endswith(WAITS), ran
    assert everything(cut.root) == before


def test_a_report_that_finds_nothing_tells_as_well(cut: CutOff) -> None:
    ran = cut.run("show", "26/9")
    assert ran.status == 1 and ran.err.startswith(WAITS + "Error: There is no action"), ran


def test_what_goes_into_a_pipe_is_not_disturbed(cut: CutOff) -> None:
    ran = cut.process("list", "--format", "json")
    assert (ran.status, ran.err) == (0, WAITS)
    assert len(json.loads(ran.out)) == 4


def test_the_next_change_completes_it_says_so_once_and_is_made_itself(cut: CutOff) -> None:
    ran = cut.process("update", "26/1", "--note", "Asked the inspector")
    assert ran == (0, "Noted progress on PDB/2025-11-26/01: Explore a rural crime update\n", COMPLETED)
    assert cut.changed(cut.old) == CARRIED
    assert [row["due"] for row in rows(cut)] == ["2026-06-10"] * 4
    assert cut.text(CARRIED[0]).count("carried forward") == 1 and "Asked the inspector" in cut.text(CARRIED[0])
    assert cut.done("update", "26/1", "--note", "x").err == ""
    assert cut.run("check").status == 0


def test_the_command_that_was_cut_off_typed_again_carries_nothing_twice(cut: CutOff) -> None:
    ran = cut.run(*CARRY)
    assert COMPLETED in ran.err
    for path in CARRIED[:3]:
        assert cut.text(path).count("carried forward") == 1
    assert cut.run("check").status == 0


@pytest.mark.parametrize("words", [
    ("update", "26/99", "--note", "x"), ("carry", "26/5", "--to", "2026-01-01"), ("owner", "add", "Force", "--name", "x"),
])  # fmt: skip
def test_a_change_that_is_refused_completes_it_and_says_so_all_the_same(cut: CutOff, words: tuple[str, ...]) -> None:
    ran = cut.run(*words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith(COMPLETED + "Error: "), ran
    assert cut.changed(cut.old) == CARRIED
    assert cut.done("list").err == ""


def test_an_edit_that_is_refused_says_so_too(cut: CutOff) -> None:
    ran = cut.run("edit", "26/2", EDITOR=editor(cut.folder, "open: 1"))
    assert ran.status == 1 and ran.err.startswith(COMPLETED + "Error: "), ran
    assert cut.changed(cut.old) == CARRIED


def test_what_was_edited_by_hand_since_is_left_alone_and_the_rest_taken_back(cut: CutOff) -> None:
    put(cut.root, CARRIED[2], b"text: By hand\nowners: [OPCC]\nstatus: open\n")
    ran = cut.run("update", "26/5", "--note", "x")
    assert ran.status == 0
    assert ran.err == (
        f"A change that had been cut off half-way was taken back first: {', '.join(CARRIED)}. "
        f"Look at {CARRIED[2]}: edited since by someone else, and left alone.\n"
    )
    assert cut.changed(cut.old) == [CARRIED[2], "pdb/2025-11-26/05.yaml"]
    assert cut.text(CARRIED[2]).startswith("text: By hand")
    assert cut.done("list").err == ""


def test_a_record_torn_by_hand_since_is_left_alone_and_named(cut: CutOff) -> None:
    put(cut.root, CARRIED[2], b"text: [torn\n")
    ran = cut.run("update", "26/5", "--note", "x")
    assert ran.status == 0 and f"Look at {CARRIED[2]}" in ran.err
    assert cut.changed(cut.old) == [CARRIED[2], "pdb/2025-11-26/05.yaml"]
    assert cut.run("list").status == 1


def test_a_damaged_journal_stops_every_change_and_no_report(cut: CutOff) -> None:
    (cut.root / ".tracker/unfinished/manifest.json").write_bytes(b"{")
    sentence = cut.refused("update", "26/5", "--note", "x")
    assert "damaged" in sentence and ".tracker/unfinished" in sentence and "delete that folder" in sentence
    assert cut.run("list").status == 0
    # What the sentence advises is enough.
    for place in (cut.root / ".tracker/unfinished").iterdir():
        place.unlink()
    (cut.root / ".tracker/unfinished").rmdir()
    assert cut.done("update", "26/5", "--note", "x").err == ""


def test_the_folder_of_the_program_may_be_deleted_whenever_no_command_runs(cut: CutOff) -> None:
    for place in sorted((cut.root / ".tracker").rglob("*"), reverse=True):
        place.rmdir() if place.is_dir() else place.unlink()
    (cut.root / ".tracker").rmdir()
    assert cut.done("list").err == ""
    # a report may make it again, with nothing of the change that was cut off
    assert cut.own_files() == [".gitignore"]
    assert cut.done("update", "26/5", "--note", "x").err == ""
    assert (cut.root / ".tracker/.gitignore").read_text() == "*\n"


def test_a_report_beside_a_running_change_waits_for_it_and_says_nothing(office: Office) -> None:
    """The other command has moved one record of three, and goes on when the report has begun."""
    script = office.folder / "slow.py"
    script.write_text(
        "import os, sys, time\nimport tracker.storage.atomic as atomic\nfrom tracker.cli.main import main\n"
        "move, moved = atomic.move, []\n"
        "def slow(source, target):\n    move(source, target)\n    moved.append(target)\n"
        "    if str(target).endswith('26/01.yaml'):\n        print('moved', flush=True)\n        time.sleep(0.7)\n"
        "atomic.move = slow\nmain(sys.argv[1:])\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script), *CARRY], env=office.environment() | {"PYTHONPATH": os.pathsep.join(sys.path)}, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout and other.stdout.readline() == b"moved\n"
        assert (office.root / ".tracker/unfinished").exists()
        ran = office.done("list", "--format", "json")
        assert ran.err == "" and {row["due"] for row in json.loads(ran.out)} == {"2026-06-10"}
        other.communicate()
    assert other.returncode == 0


def editor(folder: Path, more: str) -> str:
    """An editor that adds this line."""
    script = folder / "editor.py"
    script.write_text(f"import sys\nopen(sys.argv[-1], 'a').write({more + chr(10)!r})\n")
    return f"{sys.executable} -SIE {script}"


def everything(root: Path) -> dict[str, bytes | None]:
    """The records and what the program keeps for itself."""
    return {str(place): place.read_bytes() if place.is_file() else None for place in root.rglob("*") if "index" not in place.parts}


def rows(office: Office) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(office.done("list", "--format", "json").out)
    return found


def test_a_board_added_half_way_is_taken_away_or_there(office: Office, put_back: Callable[[], None]) -> None:
    """An empty folder that a killed command left is no board, and in nobody's way."""
    for n in range(1, 4):
        put_back()
        run_killed_at(n, lambda: office.done("board", "add", "jat", "--title", "Joint Audit"), ("mkdir",))
        office.run("board", "add", "jat", "--title", "Joint Audit")
        assert "JAT" in office.done("board", "list").out
        assert office.run("check").status == 0
