"""A command killed at any file call: no record is torn, and the next command sets right what was cut off."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import Office, Ran
from tests.storage.faults import FILE_CALLS, STEPS, each_kill, needs_fork, run_killed_at

pytestmark = needs_fork

# A record that none of the commands below touches.
ELSEWHERE = ("update", "26/5", "--note", "Asked the inspector")
ELSEWHERE_FILE = "pdb/2025-11-26/05.yaml"
CUT_OFF = "A change was cut off half-way"
SETTLED = ("A change that had been cut off half-way was completed first: ", "A change that had been cut off half-way was taken back first: ")

# Each with whether it changes several files or folders, so that it can be cut off half-way.
COMMANDS: list[tuple[tuple[str, ...], bool]] = [
    (("add", "Report it", "--meeting", "26/11", "--owner", "Force", "--due", "10/6"), False),
    (("add", "Report it", "--meeting", "25/2", "--owner", "Force"), True),
    (("discharge", "26/1", "--outcome", "Reported", "--at", "25/2", "--route", "paper", "--follow-up", "Report the rest"), True),
    (("carry", "26/1-3", "--to", "2026-06-10", "--at", "25/2"), True),
    (("meeting", "postpone", "25/2", "--to", "2026-03-04"), True),
    (("meeting", "move", "25/2", "--to", "2026-02-24"), True),
    (("owner", "add", "Fire", "--name", "Kent Fire and Rescue"), False),
    (("board", "add", "jat", "--title", "Joint Audit"), True),
    (("edit", "26/1"), False),
]  # fmt: skip


def named(value: object) -> str:
    return " ".join(value[:3]) if isinstance(value, tuple) else ""


@pytest.fixture
def run(office: Office) -> Callable[..., Ran]:
    """Runs the program; an editor, where it needs one, makes a small change."""
    script = office.folder / "editor.py"
    script.write_text("import sys\nfile = open(sys.argv[-1], 'a')\nfile.write('minutes_page: 7\\n')\n")

    def run(*words: str) -> Ran:
        return office.run(*words, EDITOR=f"{sys.executable} -SIE {script}")

    return run


@pytest.mark.parametrize(("words", "can_be_cut"), COMMANDS, ids=named)
def test_each_record_is_old_or_new_and_the_next_change_sets_all_right(
    office: Office, run: Callable[..., Ran], put_back: Callable[[], None], words: tuple[str, ...], can_be_cut: bool
) -> None:
    old = office.files()
    expect_done(run(*words))
    new = office.files()
    assert new != old
    assert office.run("check").status == 0
    ends, cut = set(), 0
    for _ in each_kill(lambda: expect_done(run(*words)), put_back, STEPS):
        found = office.files()
        must_be_old_or_new(found, old, new)
        noticed = must_only_tell(office)
        settled = office.done(*ELSEWHERE)
        assert settled.err.startswith(SETTLED) == noticed, settled
        assert settled.err.count("\n") == noticed, settled
        cut += noticed
        now = without(office.files(), ELSEWHERE_FILE)
        assert now in (without(old, ELSEWHERE_FILE), without(new, ELSEWHERE_FILE))
        ends.add(now == without(new, ELSEWHERE_FILE))
        assert own_left(office) == [] and empty_folders(office.root) == []
        must_be_sound_and_silent(office)
    assert office.done(*ELSEWHERE).err == ""
    assert ends == {False, True}
    assert (cut > 0) == can_be_cut


# Also where nothing on the disk is about to change: between what is written, synced and closed.
MORE_CALLS = (*STEPS, "fsync", "chmod", "close")


@pytest.mark.parametrize("words", [COMMANDS[1][0]], ids=named)
def test_at_every_call_and_not_only_at_those_that_change_something(
    office: Office, run: Callable[..., Ran], put_back: Callable[[], None], words: tuple[str, ...]
) -> None:
    old = office.files()
    expect_done(run(*words))
    new = office.files()
    killed = 0
    for outcome in each_kill(lambda: expect_done(run(*words)), put_back, MORE_CALLS):
        killed += outcome.killed
        must_be_old_or_new(office.files(), old, new)
        office.done(*ELSEWHERE)
        assert without(office.files(), ELSEWHERE_FILE) in (without(old, ELSEWHERE_FILE), without(new, ELSEWHERE_FILE))
        assert own_left(office) == []
    assert killed > 25


def test_init_killed_at_every_call_can_be_run_again(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    office = Office(tmp_path, tmp_path / "new/records")

    def init() -> None:
        expect_done(office.run("init", str(office.root), "--title", "Ours", TRACKER_RECORDS=None))

    init()
    whole = office.files()
    ends = set()
    for outcome in each_kill(init, lambda: shutil.rmtree(office.root, ignore_errors=True), FILE_CALLS):
        made = office.root.exists() and office.files() != {}
        assert not made or office.files() == whole
        ends.add(made)
        again = office.run("init", str(office.root), "--title", "Ours", TRACKER_RECORDS=None)
        assert again.status == (1 if made else 0), again
        assert ("is a register already" in again.err) == made
        assert office.files() == whole
        office.done("owner", "add", "Force", "--name", "Kent Police")
        assert own_left(office) == []
        must_be_sound_and_silent(office)
        assert outcome.killed or made
    assert ends == {False, True}


def test_a_command_killed_while_it_sets_right_an_earlier_one_is_set_right_as_well(
    office: Office, put_back: Callable[[], None]
) -> None:
    old = office.files()
    words = ("carry", "26/1-3", "--to", "2026-06-10", "--at", "25/2")
    office.done(*words)
    new = office.files()
    kept, tried = office.folder / "cut-off", 0
    for moved in (0, 2):
        put_back()
        # The first move of all is that of the note for git, the second gives the journal its name.
        assert run_killed_at(3 + moved, lambda: expect_done(office.run(*words)), ("replace",)).killed
        assert "cut off" in office.run("list").err
        shutil.rmtree(kept, ignore_errors=True)
        shutil.copytree(office.root, kept)
        for _ in each_kill(lambda: expect_done(office.run(*ELSEWHERE)), lambda: copy_over(kept, office.root), STEPS):
            tried += 1
            must_be_old_or_new(office.files() | {ELSEWHERE_FILE: old[ELSEWHERE_FILE]}, old, new)
            office.done(*ELSEWHERE)
            assert without(office.files(), ELSEWHERE_FILE) == without(new, ELSEWHERE_FILE)
            assert own_left(office) == []
            must_be_sound_and_silent(office)
    assert tried > 20


def copy_over(source: Path, target: Path) -> None:
    shutil.rmtree(target)
    shutil.copytree(source, target)


def expect_done(ran: Ran) -> None:
    assert ran.status == 0, ran


def must_be_old_or_new(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Every record, byte for byte; and nothing else lies among them."""
    assert set(found) <= {*old, *new}
    for path in {*old, *new}:
        assert found.get(path) in (old.get(path), new.get(path)), path


def must_only_tell(office: Office) -> bool:
    """A reading command works and changes nothing at all; whether it tells of a change that was cut off."""
    before = everything(office.root)
    ran = office.run("list")
    assert ran.status == 0 and ran.out, ran
    assert everything(office.root) == before
    assert ran.err == "" or ran.err.startswith(CUT_OFF) and ran.err.count("\n") == 1, ran
    return bool(ran.err)


def must_be_sound_and_silent(office: Office) -> None:
    checked = office.run("check")
    assert checked.status == 0 and "cut off" not in checked.err, checked


def everything(root: Path) -> dict[str, bytes | None]:
    """The records and what the program keeps for itself, but for what a report makes: its folder and the index in it."""
    own = (root / ".tracker", root / ".tracker/.gitignore")
    places = (place for place in root.rglob("*") if place not in own and "index" not in place.parts)
    return {str(place): place.read_bytes() if place.is_file() else None for place in places}


def without(files: dict[str, bytes], path: str) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != path}


def own_left(office: Office) -> list[str]:
    """What the program keeps for itself but for the lock."""
    return sorted({place.name for place in (office.root / ".tracker").iterdir()} - {".gitignore", "lock", "index"})


def empty_folders(root: Path) -> list[str]:
    return [str(place) for place in root.rglob("*") if place.is_dir() and not any(place.iterdir())]
