"""The lock: one at a time, its holder named, free when its process dies."""

import errno
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.storage.faults import CHANGES, failing_at, needs_fork, run_killed_at
from tracker.storage import lock
from tracker.storage.atomic import CannotSave
from tracker.storage.lock import Holder, Locked, is_held, locked
from tracker.storage.saving import Write, recover, save

ANNA = Holder("anna", "pc-12", 4711, "10:32 on 25 Feb 2026", "tracker add")
HOLD = """
import sys
from pathlib import Path
from tracker.storage.lock import Holder, locked
with locked(Path(sys.argv[1]), Holder("anna", "pc-12", 4711, "10:32 on 25 Feb 2026", "tracker add"), wait=5):
    print("held", flush=True)
    sys.stdin.read(1)
"""
COUNT = """
import sys
from pathlib import Path
from tracker.storage.atomic import read
from tracker.storage.lock import Holder, locked
from tracker.storage.saving import Write, recover, save
root = Path(sys.argv[1])
for _ in range(25):
    with locked(root, Holder("x", "y", 1, "z", "count"), wait=60):
        recover(root)
        found = read(root, "count.txt").content
        save(root, [Write("count.txt", found, b"%d" % (int(found) + 1))])
"""


@contextmanager
def held_by_another(root: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with subprocess.Popen([sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout and child.stdout.readline().strip() == b"held"
        try:
            yield child
        finally:
            child.kill()


def test_says_who_holds_it_and_how_long_it_waited(tmp_path: Path) -> None:
    with held_by_another(tmp_path):
        assert is_held(tmp_path)
        begun = time.monotonic()
        with pytest.raises(Locked) as caught, locked(tmp_path, ANNA, wait=1):
            pass
        assert 0.9 < time.monotonic() - begun < 5
    sentence = str(caught.value)
    assert "in use by anna on pc-12 (tracker add, process 4711, since 10:32 on 25 Feb 2026)" in sentence
    assert re.search(r"waited [12] seconds? and changed nothing", sentence) and "Run it again" in sentence


def test_a_lock_whose_holder_cannot_be_read_is_still_a_lock(tmp_path: Path) -> None:
    with held_by_another(tmp_path):
        for broken in (b"", b"\xff\n\n\n\n", b"a\nb\nnot a number\nd\ne", b"x" * 10_000):
            (tmp_path / ".tracker/lock-holder").write_bytes(broken)
            with pytest.raises(Locked, match="in use by another tracker command; this command waited 0 seconds"), locked(tmp_path, ANNA, wait=0):
                pass


def test_a_lock_of_a_killed_process_is_free_and_its_file_stays(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as child:
        child.kill()
        child.wait()
        assert not is_held(tmp_path)
        with locked(tmp_path, ANNA, wait=0):
            pass
    assert sorted(os.listdir(tmp_path / ".tracker")) == [".gitignore", "lock"]


def test_waits_for_its_turn(tmp_path: Path) -> None:
    with held_by_another(tmp_path) as child:
        assert child.stdin
        child.stdin.write(b"x")
        child.stdin.flush()
        with locked(tmp_path, ANNA, wait=10):
            assert (tmp_path / ".tracker/lock-holder").read_text().startswith("anna\npc-12\n4711\n")


def test_is_free_again_after_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Kept alive here, because freeing it must not be left to the garbage collector.
    kept = lock._prepared(tmp_path)
    monkeypatch.setattr(lock, "_prepared", lambda root: kept)
    with pytest.raises(RuntimeError), locked(tmp_path, ANNA, wait=0):
        raise RuntimeError
    monkeypatch.undo()
    assert not is_held(tmp_path)
    with locked(tmp_path, ANNA, wait=0):
        pass


def test_asking_changes_nothing(tmp_path: Path) -> None:
    assert not is_held(tmp_path)
    assert os.listdir(tmp_path) == []


def test_the_file_of_the_lock_stays_the_same_one(tmp_path: Path) -> None:
    seen = set()
    for _ in range(3):
        with locked(tmp_path, ANNA, wait=0):
            pass
        assert not is_held(tmp_path)
        seen.add((tmp_path / ".tracker/lock").stat().st_ino)
    assert len(seen) == 1


def test_a_line_end_in_a_name_does_not_spoil_the_note(tmp_path: Path) -> None:
    with locked(tmp_path, ANNA._replace(user="an\nna", command="\udcff"), wait=0):
        assert len((tmp_path / ".tracker/lock-holder").read_bytes().split(b"\n")) == 5


@pytest.mark.parametrize("number, words", [(errno.ENOSPC, "disk is full"), (errno.EROFS, "only be read"), (errno.EACCES, "no permission")])
def test_a_disk_that_fails_gives_one_sentence(tmp_path: Path, number: int, words: str) -> None:
    with failing_at(1, number, CHANGES, lasting=True), pytest.raises(CannotSave, match=f"Nothing was changed: .*{words}"):
        with locked(tmp_path, ANNA, wait=0):
            pass
    (tmp_path / ".tracker").mkdir(exist_ok=True)
    (tmp_path / ".tracker/.gitignore").write_text("*\n")
    with failing_at(1, number, CHANGES, lasting=True), pytest.raises(CannotSave, match=f"Nothing was changed: .*{words}"):
        with locked(tmp_path, ANNA, wait=0):
            pass
    with locked(tmp_path, ANNA, wait=0):
        pass


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_lock_that_is_a_link_is_refused(tmp_path: Path) -> None:
    root = tmp_path / "records"
    (root / ".tracker").mkdir(parents=True)
    (root / ".tracker/lock").symlink_to(tmp_path / "outside")
    with pytest.raises(CannotSave), locked(root, ANNA, wait=0):
        pass
    assert not (tmp_path / "outside").exists()


@needs_fork
def test_a_register_without_permission_gives_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)

    def as_an_ordinary_user() -> None:
        os.chdir(tmp_path)
        if os.geteuid() == 0:
            os.setuid(65534)
        with pytest.raises(CannotSave, match="Nothing was changed: there is no permission to write .tracker"), locked(Path("."), ANNA, wait=0):
            pass

    outcome = run_killed_at(0, as_an_ordinary_user)
    tmp_path.chmod(0o755)
    assert outcome.status == 0, outcome.error
    assert os.listdir(tmp_path) == []


def test_eight_processes_lose_no_change(tmp_path: Path) -> None:
    (tmp_path / "count.txt").write_bytes(b"0")
    children = [subprocess.Popen([sys.executable, "-c", COUNT, str(tmp_path)]) for _ in range(8)]
    assert [child.wait() for child in children] == [0] * 8
    assert (tmp_path / "count.txt").read_bytes() == b"200"
    assert sorted(os.listdir(tmp_path / ".tracker")) == [".gitignore", "lock"]


def test_a_whole_change_under_the_lock(tmp_path: Path) -> None:
    with locked(tmp_path, ANNA, wait=0):
        assert recover(tmp_path) is None
        save(tmp_path, [Write("a.yaml", None, b"text: a\n"), Write("b/c.yaml", None, b"text: c\n")])
    assert (tmp_path / "b/c.yaml").read_bytes() == b"text: c\n"
