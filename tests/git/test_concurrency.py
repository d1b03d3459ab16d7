"""Many at once, killed at any point, and a clock that jumps back: no change is lost and no clone is damaged."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.git.repository import REAL_GIT, Clone, clone
from tests.storage.faults import KILLED, STEPS, needs_fork, run_killed_at
from tracker.git import committing
from tracker.model.records import Action
from tracker.storage.load import load

UPDATE = ("update", "PDB/2025-11-26/01", "--note", "Draft sent")
RAISE = ("add", "Ask for the figures", "--meeting", "PDB/2025-11-26", "--owner", "Force")
MOVE = ("meeting", "move", "PDB/2026-06-10", "--to", "2026-06-17")
RECORD = "pdb/2025-11-26/01.yaml"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone(tmp_path_factory.mktemp("template")).folder


def fresh(template: Path, place: Path) -> Clone:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(template, place, symlinks=True)
    return Clone(place, place / "clone")


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Clone:
    return fresh(template, tmp_path / "desk")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock that nobody will ever remove is not waited for as long."""
    monkeypatch.setattr(committing, "_PATIENCE", 0.3)


CHANGES = """
import sys
from tracker.cli.main import program, run
who, number = sys.argv[1], int(sys.argv[2])
for n in range(number):
    raising = ["add", f"Action {n} of {who}", "--meeting", "PDB/2025-11-26", "--owner", "Force", "--due", "none"]
    noting = ["update", f"PDB/2025-11-26/0{n % 3 + 1}", "--note", f"Note {n} of {who}"]
    args = raising if n % 2 else noting
    status = run(lambda: program.main(args, prog_name="tracker", standalone_mode=False))
    assert status == 0, (args, status)
"""


def test_four_processes_make_25_changes_each_and_none_fails(desk: Clone) -> None:
    env = desk.environment(TRACKER_LOCK_WAIT="60")
    started = [
        subprocess.Popen([sys.executable, "-c", CHANGES, str(who), "25"], env=env, cwd=desk.top, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for who in range(4)
    ]
    for process in started:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0 and err == b"", err
    assert desk.count() == 101 and desk.sound()
    assert desk.state() == {"status": "", "staged": "", "unstaged": ""}
    for commit in desk.git("rev-list", "HEAD~100..HEAD").split():
        (touched,) = desk.touched(commit)
        (trailer,) = desk.trailers(commit)
        assert touched.removeprefix("records/").removesuffix(".yaml").upper() == trailer.removeprefix("Tracker-Ref: ")
        assert trailer.removeprefix("Tracker-Ref: ") in desk.message(commit).split("\n")[0]
    loaded = load(desk.root)
    assert not loaded.problems
    notes = [event.note for action in loaded.register.actions.values() for event in action.history]
    texts = [action.text for action in loaded.register.actions.values()]
    assert sorted(note for note in notes if note) == sorted(f"Note {n} of {who}" for who in range(4) for n in range(0, 25, 2))
    assert sorted(text for text in texts if text.startswith("Action ")) == sorted(f"Action {n} of {who}" for who in range(4) for n in range(1, 25, 2))


def in_child(n: int, function: Callable[[], object], *, at_start: bool) -> bool:
    """Run it in a child that is killed when it starts git for the n-th time, or just after; whether that came about."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED
    count = 0
    real = subprocess.Popen

    class Counted(real):  # type: ignore[type-arg, misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            nonlocal count
            count += 1
            if count == n and at_start:
                os._exit(KILLED)
            super().__init__(*args, **kwargs)
            if count == n:
                os._exit(KILLED)

    subprocess.Popen = Counted  # type: ignore[misc]
    try:
        function()
    finally:
        os._exit(0)


def settle(desk: Clone) -> None:
    """Wait until no git that outlived its killed parent is at work."""
    deadline = time.monotonic() + 5
    last = None
    while time.monotonic() < deadline:
        now = (desk.head(), desk.index(), (desk.top / ".git/index.lock").exists())
        if now == last and not now[2]:
            return
        last = now
        time.sleep(0.05)


def expect_usable(desk: Clone, before: dict[str, bytes], after: dict[str, bytes]) -> str:
    """That every record is old or new and the next command works, or says what stands in its way; what came of it."""
    now = desk.files()
    assert all(now.get(path) in (before.get(path), after.get(path)) for path in {*before, *after, *now})
    ran = desk.run("update", "PDB/2025-11-26/02", "--note", "The next one")
    outcome = "committed"
    if ran.status == 3:
        assert "index.lock" in ran.err and "delete that file" in ran.err, ran
        (desk.top / ".git/index.lock").unlink()
        outcome = "stale lock"
    else:
        assert ran.status == 0, ran
        assert "records/pdb/2025-11-26/02.yaml" in desk.touched()
    assert desk.files() in ({**before, "pdb/2025-11-26/02.yaml": desk.files()["pdb/2025-11-26/02.yaml"]},
                            {**after, "pdb/2025-11-26/02.yaml": desk.files()["pdb/2025-11-26/02.yaml"]})  # fmt: skip
    again = desk.run(*UPDATE)
    assert again.status == 0 or (again.status == 3 and "bore edits that were in no commit" in again.err), again
    assert not load(desk.root).problems
    # Unreachable objects are no damage: they are what a killed git leaves.
    assert "error" not in desk.git("fsck", "--strict", "--full", "--no-dangling")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--allow-empty", "--message=By hand")
    assert desk.state()["status"] == ""
    assert desk.done(*UPDATE).status == 0
    return outcome


def after_of(template: Path, place: Path, args: tuple[str, ...]) -> dict[str, bytes]:
    done = fresh(template, place)
    done.done(*args)
    return done.files()


@needs_fork
@pytest.mark.parametrize("args", [UPDATE, RAISE, MOVE], ids=["changed", "new", "moved"])
def test_killed_when_it_starts_git(template: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    after = after_of(template, tmp_path / "after", args)
    kills = 0
    for at_start in (True, False):
        for n in range(1, 10):
            desk = fresh(template, tmp_path / "desk")
            before = desk.files()
            if not in_child(n, lambda: desk.run(*args), at_start=at_start):
                assert n == (3 if args == UPDATE else 5)
                break
            kills += 1
            settle(desk)
            expect_usable(desk, before, after)
    assert kills == (4 if args == UPDATE else 8)


@needs_fork
@pytest.mark.parametrize("args", [UPDATE, RAISE], ids=["changed", "new"])
def test_killed_at_any_file_call(template: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    after = after_of(template, tmp_path / "after", args)
    seen = set()
    for n in range(1, 200):
        desk = fresh(template, tmp_path / "desk")
        before = desk.files()
        outcome = run_killed_at(n, lambda: desk.run(*args), (*STEPS, "fsync"))
        settle(desk)
        seen.add((desk.files() == after, desk.count() == 2))
        expect_usable(desk, before, after)
        if not outcome.killed:
            assert desk.sound()
            break
    assert seen == {(False, False), (True, False), (True, True)}


# Where git can be killed in the act: what has happened by then, from nothing to all but putting the locks away.
KILLING_HOOKS = ["pre-commit", "prepare-commit-msg", "commit-msg", "reference-transaction prepared", "reference-transaction committed", "post-commit"]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("where", KILLING_HOOKS)
@pytest.mark.parametrize("args", [UPDATE, RAISE], ids=["changed", "new"])
def test_git_killed_at_a_step_of_the_commit(template: Path, tmp_path: Path, where: str, args: tuple[str, ...]) -> None:
    after = after_of(template, tmp_path / "after", args)
    desk = fresh(template, tmp_path / "desk")
    before = desk.files()
    name, _, phase = where.partition(" ")
    desk.hook(name, f'[ "${{1:-}}" = "{phase}" ] || [ -z "{phase}" ] || exit 0; kill -9 $PPID')
    ran = desk.run(*args)
    assert desk.files() == after
    assert ran.status == (0 if desk.count() == 2 else 3), ran
    assert (desk.count() == 2) == (where in ("reference-transaction committed", "post-commit"))
    (desk.hooks / name).unlink()
    for lock in ("HEAD.lock", "refs/heads/main.lock"):
        (desk.top / ".git" / lock).unlink(missing_ok=True)
    outcome = expect_usable(desk, before, after)
    assert (outcome == "stale lock") == (where != "post-commit")


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("args", [UPDATE, RAISE], ids=["changed", "new"])
def test_git_killed_after_any_time(template: Path, tmp_path: Path, args: tuple[str, ...]) -> None:
    after = after_of(template, tmp_path / "after", args)
    shim = tmp_path / "shim"
    shim.mkdir()
    for thousandths in (0, 2, 4, 8, 16):
        desk = fresh(template, tmp_path / "desk")
        before = desk.files()
        (shim / "git").write_text(
            f'#!/bin/sh\ncase " $* " in *" commit "*) ;; *) exec {REAL_GIT} "$@";; esac\nexec 3<&0\n'
            f'{REAL_GIT} "$@" <&3 &\nsleep 0.{thousandths:03}\nkill -9 $! 2>/dev/null\nwait $!\n'
        )  # fmt: skip
        (shim / "git").chmod(0o755)
        ran = desk.run(*args, PATH=f"{shim}{os.pathsep}{os.environ['PATH']}")
        assert desk.files() == after
        assert ran.status == (0 if desk.count() == 2 else 3), ran
        for lock in ("HEAD.lock", "refs/heads/main.lock"):
            (desk.top / ".git" / lock).unlink(missing_ok=True)
        expect_usable(desk, before, after)


def days(desk: Clone) -> list[date]:
    (action,) = [record for record in load(desk.root).register.actions.values() if isinstance(record, Action) and record.path == RECORD]
    return [event.date for event in action.history]


def test_a_clock_that_jumps_back(desk: Clone) -> None:
    """The clock of the computer stood in 2037 for one commit; the day that counts as today then goes back twice."""
    (desk.top / "notes").write_text("from the future\n")
    desk.git("add", "notes")
    desk.git("commit", "--quiet", "--message=Future", GIT_AUTHOR_DATE="2037-01-01T00:00:00Z", GIT_COMMITTER_DATE="2037-01-01T00:00:00Z")
    desk.done(*UPDATE, today="2026-02-26")
    desk.done("update", "PDB/2025-11-26/01", "--note", "Earlier", today="2026-01-10")
    desk.done("update", "PDB/2025-11-26/01", "--note", "Between", today="2026-02-01")
    assert desk.count() == 5 and desk.sound()
    assert days(desk) == sorted(days(desk)) and len(days(desk)) == 3
    dates = [int(line) for line in desk.git("log", "--format=%ct").split()]
    assert dates[0] < dates[3] and all(stamp > 0 for stamp in dates)
    assert desk.git("log", "--format=%s", "--", f"records/{RECORD}").count("Noted progress") == 3
    assert desk.git("merge-base", "HEAD", "HEAD~3") == desk.git("rev-parse", "HEAD~3")


def test_a_change_dated_before_the_last_one_is_refused_and_nothing_is_committed(desk: Clone) -> None:
    desk.done("redate", "PDB/2025-11-26/01", "--to", "2026-06-10", today="2026-02-26")
    head = desk.head()
    desk.refused("redate", "PDB/2025-11-26/01", "--to", "2026-06-17", today="2026-02-01")
    assert desk.head() == head and desk.state()["status"] == ""


def test_a_command_that_waits_is_not_disturbed_by_a_long_hook(desk: Clone) -> None:
    desk.hook("pre-commit", "sleep 1")
    env = desk.environment()
    started = [
        subprocess.Popen([sys.executable, "-m", "tracker", "update", f"PDB/2025-11-26/0{n}", "--note", "x"], env=env, stdout=subprocess.DEVNULL)
        for n in (1, 2, 3)
    ]
    assert [process.wait(timeout=30) for process in started] == [0, 0, 0]
    assert desk.count() == 4
