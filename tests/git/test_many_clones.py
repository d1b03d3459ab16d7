"""Eight clones, changed and synced at the same time from processes of their own: no change is lost or made twice."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.builders import action, meeting, put
from tests.git.repository import Clone, bare, clone, clone_of
from tracker.model.records import Register
from tracker.storage.fields import to_fields
from tracker.storage.load import load
from tracker.storage.yaml_scalars import write_record

CLONES = 8
CHANGES = 25
# Raised at one meeting by all; noted on actions that all share; carried and discharged on those of one's own.
WORKER = """
import sys
from tracker.cli.main import program, run
who, changes = int(sys.argv[1]), int(sys.argv[2])
def do(*args):
    status = run(lambda: program.main(list(args), prog_name="tracker", standalone_mode=False))
    assert status == 0, (who, args, status)
for n in range(changes):
    own = f"PDB/2026-02-25/{who * 10 + n // 5 + 1:02}"
    name = f"{n} of {who}"
    if n % 5 in (0, 3):
        do("add", f"Action {name}", "--meeting", "PDB/2025-11-26", "--owner", "Force", "--due", "2026-09-09")
    elif n % 5 == 1:
        do("update", f"PDB/2025-11-26/0{n % 3 + 1}", "--note", f"Note {name}")
    elif n % 5 == 2:
        do("carry", own, "--to", "2026-09-09", "--reason", f"Reason {name}")
    else:
        do("discharge", own, "--outcome", f"Outcome {name}", "--route", "paper")
    do("sync")
"""


def shared(folder: Path) -> Path:
    """A bare repository whose register has five actions of their own for each clone."""
    desk = clone(folder / "first")
    for record in (meeting("PDB/2026-02-25", "held"), meeting("PDB/2026-09-09", "scheduled")):
        put(desk.root, record.path, write_record(to_fields(record)))
    for who in range(CLONES):
        for n in range(10):
            record = action(f"PDB/2026-02-25/{who * 10 + n + 1:02}", f"Own action {n} of {who}", due="2026-06-10")
            put(desk.root, record.path, write_record(to_fields(record)))
    desk.git("add", "--all")
    desk.git("commit", "-qm", "More actions")
    return bare(folder / "origin.git", desk)


def test_eight_clones_make_25_changes_each_and_sync_every_one(tmp_path: Path) -> None:
    origin = shared(tmp_path)
    desks = []
    for who in range(CLONES):
        (tmp_path / str(who)).mkdir()
        desks.append(clone_of(origin, tmp_path / str(who)))
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, str(who), str(CHANGES)], cwd=desk.top, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            env=desk.environment(TRACKER_LOCK_WAIT="60", PYTHONPATH=os.pathsep.join(sys.path)),
        )
        for who, desk in enumerate(desks)
    ]  # fmt: skip
    for process in running:
        _, err = process.communicate(timeout=400)
        assert process.returncode == 0, err.decode()
    for desk in desks:
        desk.done("sync")
    expect_equal(desks)
    expect_every_change_once(desks[0])


def expect_equal(desks: list[Clone]) -> None:
    assert len({desk.head() for desk in desks}) == 1
    assert all(desk.files() == desks[0].files() for desk in desks)
    for desk in desks:
        assert desk.git("fsck", "--strict", "--full", "--no-dangling") == ""
        assert desk.state() == {"status": "", "staged": "", "unstaged": ""}
    checked = desks[0].run("check", "--strict")
    assert checked.status == 0, checked


def expect_every_change_once(desk: Clone) -> None:
    loaded = load(desk.root)
    assert not loaded.problems
    made = Counter(changes(loaded.register))
    kinds = {0: "Action", 1: "Note", 2: "Reason", 3: "Action", 4: "Outcome"}
    wanted = Counter(f"{kinds[n % 5]} {n} of {who}" for who in range(CLONES) for n in range(CHANGES))
    assert made == wanted and wanted.total() == CLONES * CHANGES
    raised = [ref.number for ref in loaded.register.actions if str(ref.meeting) == "PDB/2025-11-26"]
    assert sorted(raised) == list(range(1, len(raised) + 1))
    assert {len(action.formerly) > 0 for action in loaded.register.actions.values()} == {True, False}


def changes(register: Register) -> list[str]:
    """What the clones did, as the register tells it."""
    texts = [action.text for action in register.actions.values() if action.text.startswith("Action ")]
    return texts + [event.note for action in register.actions.values() for event in action.history if event.note]
