"""Saving: all or nothing, whatever dies, fills up, fails or interferes meanwhile."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.storage.faults import CHANGES, NEEDS_ROOM, STEPS, each_kill, failing_at, needs_fork, run_killed_at
from tracker.errors import TrackerError
from tracker.storage import atomic
from tracker.storage.atomic import CannotRead, CannotSave, ChangedMeanwhile
from tracker.storage.saving import Write, recover, save, unfinished

OLD = {"register.yaml": b"title: T\n", "pdb/board.yaml": b"title: B\n", "pdb/2026-01-01/meeting.yaml": b"status: held\n",
       "pdb/2026-01-01/01.yaml": b"text: old one\n", "pdb/2026-02-02/meeting.yaml": b"status: scheduled\n"}
LONG = b"text: " + b"new " * 3000 + b"\n"
CHANGE_ONE = [Write("pdb/2026-01-01/01.yaml", OLD["pdb/2026-01-01/01.yaml"], LONG)]
ADD_ONE = [Write("pdb/2026-01-01/02.yaml", None, LONG)]
ADD_IN_NEW_FOLDER = [Write("new/2027-01-01/meeting.yaml", None, LONG)]
REMOVE_ONE = [Write("pdb/2026-02-02/meeting.yaml", OLD["pdb/2026-02-02/meeting.yaml"], None)]
MIXED = [
    Write("pdb/2026-01-01/01.yaml", OLD["pdb/2026-01-01/01.yaml"], LONG),
    Write("pdb/2026-03-03/meeting.yaml", None, b"status: scheduled\n"),
    Write("pdb/2026-03-03/01.yaml", None, b"text: moved\n"),
    Write("pdb/2026-02-02/meeting.yaml", OLD["pdb/2026-02-02/meeting.yaml"], None),
    Write("register.yaml", OLD["register.yaml"], b"title: New\n"),
]
CHANGES_OF_EACH_KIND = [CHANGE_ONE, ADD_ONE, ADD_IN_NEW_FOLDER, REMOVE_ONE, MIXED]


def make(root: Path) -> Path:
    shutil.rmtree(root, ignore_errors=True)
    for path, content in OLD.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return root


def state(root: Path) -> dict[str, bytes | None]:
    """Every file and folder of the records."""
    found = {str(place.relative_to(root)): place for place in root.rglob("*")}
    return {path: place.read_bytes() if place.is_file() else None for path, place in found.items() if not path.startswith(".")}


def after(writes: list[Write]) -> dict[str, bytes | None]:
    files = dict(OLD)
    for write in writes:
        if write.after is None:
            del files[write.path]
        else:
            files[write.path] = write.after
    folders = {str(parent) for path in files for parent in Path(path).parents} - {"."}
    return {**files, **dict.fromkeys(folders)}


def own_leftovers(root: Path) -> list[str]:
    return sorted(name for name in os.listdir(root / ".tracker") if name not in (".gitignore", "lock")) if (root / ".tracker").exists() else []


@pytest.fixture(autouse=True)
def no_waiting_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody cuts the power here; the test of what is synced when counts the calls itself."""
    monkeypatch.setattr(os, "fsync", lambda number: None)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make(tmp_path / "records")


@pytest.mark.parametrize("writes", CHANGES_OF_EACH_KIND)
def test_does_all_that_it_was_told(root: Path, writes: list[Write]) -> None:
    save(root, writes)
    assert state(root) == after(writes)
    assert own_leftovers(root) == []
    assert (root / ".tracker/.gitignore").read_text() == "*\n"
    assert recover(root) is None and unfinished(root) is None


def test_a_change_that_changes_nothing_touches_nothing(root: Path) -> None:
    save(root, [Write("register.yaml", OLD["register.yaml"], OLD["register.yaml"])])
    save(root, [])
    assert not (root / ".tracker").exists()


def test_a_folder_with_something_else_in_it_stays(root: Path) -> None:
    (root / "pdb/2026-02-02/notes.txt").write_text("mine")
    save(root, REMOVE_ONE)
    assert os.listdir(root / "pdb/2026-02-02") == ["notes.txt"]


@needs_fork
@pytest.mark.parametrize("writes", CHANGES_OF_EACH_KIND)
def test_killed_at_any_call_every_record_is_old_or_new_and_the_next_command_makes_it_all_of_one_kind(tmp_path: Path, writes: list[Write]) -> None:
    root = tmp_path / "records"
    possible = {write.path: (write.before, write.after) for write in writes}
    ends, said = set(), 0
    for _ in each_kill(lambda: save(root, writes), lambda: make(root)):
        for path, either in possible.items():
            file = root / path
            assert (file.read_bytes() if file.exists() else None) in either, path
        noticed, sentence = unfinished(root), recover(root)
        assert (noticed is None) == (sentence is None)
        said += sentence is not None
        now = state(root)
        assert now in (after([]), after(writes))
        ends.add(now == after(writes))
        assert own_leftovers(root) == []
        assert recover(root) is None and unfinished(root) is None and state(root) == now
    assert ends == {False, True}
    assert (said > 0) == (writes not in (CHANGE_ONE, ADD_ONE))


@needs_fork
def test_recovery_killed_at_any_call_is_recovered_from(tmp_path: Path) -> None:
    root, kept = tmp_path / "records", tmp_path / "kept"
    tried = 0
    for _ in each_kill(lambda: save(root, MIXED), lambda: make(root), STEPS):
        if unfinished(root) is None:
            continue
        # Without fault, and with a hand edit, so that both completing and taking back are cut off.
        for edit in (None, "register.yaml"):
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(root, kept)
            for _ in each_kill(lambda: recover(root), lambda: restore(kept, root, edit), STEPS):
                tried += 1
                recover(root)
                now = state(root)
                if edit:
                    assert now.pop(edit) == b"title: By hand\n"
                assert now in [{path: content for path, content in whole.items() if path != edit} for whole in (after([]), after(MIXED))]
                assert own_leftovers(root) == [] and recover(root) is None
            restore(kept, root, None)
    assert tried > 200


def restore(kept: Path, root: Path, edit: str | None) -> None:
    shutil.rmtree(root)
    shutil.copytree(kept, root)
    if edit:
        (root / edit).write_bytes(b"title: By hand\n")


def cut_off_after(root: Path, writes: list[Write], moved: int) -> None:
    """Kill the change after so many files have been moved to their places."""
    outcome = run_killed_at(moved + 2, lambda: save(root, writes), names=("replace",))
    # One replace gives the journal its name; the one of .gitignore is spared by making the folder first.
    assert outcome.killed, outcome


@needs_fork
def test_says_what_it_completed(root: Path) -> None:
    atomic.own_folder(root)
    cut_off_after(root, MIXED, 1)
    assert (root / "pdb/2026-01-01/01.yaml").read_bytes() == LONG and not (root / "pdb/2026-03-03/01.yaml").exists()
    before = state(root)
    assert "was cut off half-way" in str(unfinished(root))
    assert state(root) == before
    sentence = recover(root)
    assert sentence and "completed first" in sentence and "pdb/2026-03-03/01.yaml" in sentence
    assert state(root) == after(MIXED)


@needs_fork
@pytest.mark.parametrize("edited", ["register.yaml", "pdb/2026-02-02/meeting.yaml"])
def test_takes_back_what_it_cannot_complete_and_leaves_a_hand_edit_alone(root: Path, edited: str) -> None:
    atomic.own_folder(root)
    cut_off_after(root, MIXED, 1)
    (root / edited).write_bytes(b"by: hand\n")
    sentence = recover(root)
    assert sentence and "taken back" in sentence and f"Look at {edited}" in sentence
    assert state(root) == after([]) | {edited: b"by: hand\n"}
    assert recover(root) is None


@needs_fork
def test_a_hand_edit_of_what_was_already_moved_is_kept_and_the_rest_completed(root: Path) -> None:
    atomic.own_folder(root)
    cut_off_after(root, MIXED, 1)
    (root / "pdb/2026-01-01/01.yaml").write_bytes(LONG + b"# by hand\n")
    assert "completed" in str(recover(root))
    assert state(root) == after(MIXED) | {"pdb/2026-01-01/01.yaml": LONG + b"# by hand\n"}


@needs_fork
def test_a_change_that_someone_undid_by_hand_is_taken_back_whole(root: Path) -> None:
    atomic.own_folder(root)
    cut_off_after(root, MIXED, 1)
    make_old = root / "pdb/2026-01-01/01.yaml"
    make_old.write_bytes(OLD["pdb/2026-01-01/01.yaml"])
    assert "taken back" in str(recover(root))
    assert state(root) == after([])


@needs_fork
def test_nothing_is_saved_over_a_change_that_was_cut_off(root: Path) -> None:
    atomic.own_folder(root)
    cut_off_after(root, MIXED, 1)
    before = state(root)
    with pytest.raises(CannotSave, match="cut off"):
        save(root, ADD_ONE)
    assert state(root) == before


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("number, words", [
    (errno.ENOSPC, "disk is full"), (errno.EACCES, "no permission"), (errno.EIO, "fault"),
])
@pytest.mark.parametrize("writes", CHANGES_OF_EACH_KIND)
def test_a_disk_that_fails_at_any_call_changes_nothing_and_the_sentence_says_why(
    tmp_path: Path, writes: list[Write], number: int, words: str, lasting: bool
) -> None:
    root = tmp_path / "records"
    names = NEEDS_ROOM if number == errno.ENOSPC else CHANGES
    failed = 0
    for n in range(1, 400):
        make(root)
        with failing_at(n, number, names, lasting=lasting) as disk:
            sentence = attempt(root, writes)
        if sentence is None:
            assert state(root) == after(writes)
            if disk.calls < n:
                break
            continue
        failed += 1
        assert words in sentence and "\n" not in sentence
        if "Nothing was changed" in sentence:
            assert state(root) == after([])
            assert unfinished(root) is None
        else:
            assert "only in part" in sentence or "may not keep" in sentence
            # A disk that goes on failing cannot be written back to; a single fault can always be made good.
            assert lasting
        recover(root)
        assert state(root) in (after([]), after(writes)) and own_leftovers(root) == []
    else:
        raise AssertionError("never done")
    assert failed > 3


def attempt(root: Path, writes: list[Write]) -> str | None:
    try:
        save(root, writes)
    except TrackerError as error:
        return str(error)
    return None


@needs_fork
def test_a_file_size_limit_of_the_system_changes_nothing(root: Path) -> None:
    import resource
    import signal

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
        for writes in (CHANGE_ONE, MIXED):
            with pytest.raises(CannotSave, match="Nothing was changed: a file would become larger"):
                save(root, writes)

    assert run_killed_at(0, limited) .status == 0
    assert state(root) == after([]) and own_leftovers(root) == []


@needs_fork
@pytest.mark.parametrize("writes", [CHANGE_ONE, MIXED])
def test_a_folder_without_permission_changes_nothing(root: Path, writes: list[Write]) -> None:
    atomic.own_folder(root)
    (root / "pdb/2026-01-01").chmod(0o555)

    def as_an_ordinary_user() -> None:
        os.chdir(root)
        if os.geteuid() == 0:
            for place in [root, *root.rglob("*")]:
                os.chown(place, 65534, 65534)
            os.setuid(65534)
        with pytest.raises(CannotSave, match="Nothing was changed: there is no permission to write pdb/2026-01-01"):
            save(Path("."), writes)

    outcome = run_killed_at(0, as_an_ordinary_user)
    assert outcome.status == 0, outcome.error
    (root / "pdb/2026-01-01").chmod(0o755)
    assert state(root) == after([]) and own_leftovers(root) == []


@needs_fork
def test_a_file_that_its_owner_made_read_only_is_left_alone(root: Path) -> None:
    (root / "pdb/2026-01-01/01.yaml").chmod(0o444)

    def as_an_ordinary_user() -> None:
        os.chdir(root)
        if os.geteuid() == 0:
            os.setuid(65534)
        with pytest.raises(CannotSave, match="read-only"):
            save(Path("."), CHANGE_ONE)

    outcome = run_killed_at(0, as_an_ordinary_user)
    assert outcome.status == 0, outcome.error
    assert state(root) == after([])


@pytest.mark.parametrize("writes, path", [(CHANGE_ONE, "pdb/2026-01-01/01.yaml"), (MIXED, "register.yaml"), (ADD_ONE, "pdb/2026-01-01/02.yaml"),
                                          (REMOVE_ONE, "pdb/2026-02-02/meeting.yaml")])
def test_what_was_edited_by_hand_since_it_was_read_is_not_overwritten(root: Path, writes: list[Write], path: str) -> None:
    (root / path).write_bytes(b"by hand\n")
    before = state(root)
    with pytest.raises(ChangedMeanwhile, match=f"{path} was changed by someone else while this command ran; nothing was changed"):
        save(root, writes)
    assert state(root) == before and own_leftovers(root) == []


def test_what_was_removed_by_hand_is_not_made_again(root: Path) -> None:
    (root / "pdb/2026-01-01/01.yaml").unlink()
    with pytest.raises(ChangedMeanwhile):
        save(root, CHANGE_ONE)
    assert not (root / "pdb/2026-01-01/01.yaml").exists()


@pytest.mark.parametrize("writes", [CHANGE_ONE, MIXED])
def test_a_hand_edit_in_the_last_moment_is_seen(root: Path, writes: list[Write], monkeypatch: pytest.MonkeyPatch) -> None:
    path = writes[-1].path
    real = os.fsync

    def edit_then_sync(number: int) -> None:
        (root / path).write_bytes(b"by hand\n")
        real(number)

    monkeypatch.setattr(os, "fsync", edit_then_sync)
    with pytest.raises(ChangedMeanwhile, match=path):
        save(root, writes)
    assert state(root) == after([]) | {path: b"by hand\n"} and own_leftovers(root) == []


def test_an_interrupt_puts_everything_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace
    for writes in (CHANGE_ONE, MIXED):
        for n in range(2, 5):
            root = make(tmp_path / "records")
            calls = iter(range(1, 100))

            def interrupted(source: Path, target: Path) -> None:
                real(source, target)
                if next(calls) == n:
                    raise KeyboardInterrupt

            with monkeypatch.context() as patch:
                patch.setattr(os, "replace", interrupted)
                if writes is MIXED or n == 2:
                    with pytest.raises(KeyboardInterrupt):
                        save(root, writes)
                    assert state(root) == after([]) and own_leftovers(root) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
@pytest.mark.parametrize("writes", [CHANGE_ONE, MIXED])
def test_permissions_are_kept_and_new_files_get_the_usual_ones(root: Path, writes: list[Write]) -> None:
    (root / "pdb/2026-01-01/01.yaml").chmod(0o640)
    old = os.umask(0o027)
    try:
        save(root, [*writes, Write("pdb/2026-01-01/09.yaml", None, b"text: x\n")])
    finally:
        os.umask(old)
    assert stat.S_IMODE((root / "pdb/2026-01-01/01.yaml").stat().st_mode) == 0o640
    assert stat.S_IMODE((root / "pdb/2026-01-01/09.yaml").stat().st_mode) == 0o640


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_neither_followed_nor_replaced(root: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(OLD["register.yaml"])
    (root / "register.yaml").unlink()
    (root / "register.yaml").symlink_to(outside)
    (root / "away").symlink_to(tmp_path)
    with pytest.raises(CannotRead, match="register.yaml is not a plain file"):
        save(root, [Write("register.yaml", OLD["register.yaml"], b"x\n")])
    with pytest.raises(CannotRead, match="away is a link"):
        save(root, [Write("away/outside.yaml", OLD["register.yaml"], b"x\n")])
    with pytest.raises(CannotRead, match="away is a link"):
        save(root, [Write("away/fresh.yaml", None, b"x\n")])
    assert outside.read_bytes() == OLD["register.yaml"] and (root / "register.yaml").is_symlink()
    assert not (tmp_path / "fresh.yaml").exists()


@pytest.mark.parametrize("path", ["../x.yaml", "/etc/x.yaml", "pdb/../../x.yaml", ".git/config", "pdb//x.yaml", "", "a\\b.yaml", "C:/x.yaml", "x\0.yaml"])
def test_a_path_out_of_the_register_is_refused(root: Path, path: str) -> None:
    with pytest.raises(CannotRead, match="no place for a record"):
        save(root, [Write(path, None, b"x\n")])
    assert state(root) == after([])


def test_an_own_folder_that_is_a_link_is_refused(root: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (root / ".tracker").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CannotSave, match="not a plain folder"):
        save(root, MIXED)
    assert os.listdir(tmp_path / "elsewhere") == [] and state(root) == after([])


@pytest.mark.parametrize("writes", [CHANGE_ONE, MIXED])
def test_contents_reach_the_disk_before_they_are_moved_and_the_folder_after(root: Path, writes: list[Write], monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("folders cannot be synced on Windows")
    atomic.own_folder(root)
    synced: set[tuple[int, int]] = set()
    order: list[tuple[str, str]] = []
    sync, replace = os.fsync, os.replace

    def identity(status: os.stat_result) -> tuple[int, int]:
        return status.st_dev, status.st_ino

    def note_sync(number: int) -> None:
        synced.add(identity(os.fstat(number)))
        order.append(("sync", str(identity(os.fstat(number)))))
        sync(number)

    def note_replace(source: Path, target: Path) -> None:
        assert identity(os.stat(source)) in synced, f"{source} was moved before it was on the disk"
        replace(source, target)
        order.append(("move", str(identity(os.stat(Path(target).parent)))))

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(os, "replace", note_replace)
    save(root, writes)
    for index, (what, folder) in enumerate(order):
        assert what == "sync" or ("sync", folder) in order[index:], "a folder was not synced after a move into it"


def test_strays_of_killed_commands_are_swept_and_other_files_kept(root: Path) -> None:
    own = atomic.own_folder(root)
    (own / "tmp-1-abcd").write_text("half")
    (own / "tmp-2-abcd").mkdir()
    (own / "tmp-2-abcd/0.new").write_text("half")
    (own / "index").write_text("the index's")
    assert recover(root) is None
    assert sorted(os.listdir(own)) == [".gitignore", "index"]


@pytest.mark.parametrize("manifest", [
    b"", b"{", b"[]", b"null", b'{"version": 2}', b'{"version": 1, "steps": 3, "made": []}', b'{"version": 1, "steps": [["a", 1, null]], "made": []}',
    b'{"version": 1, "steps": [["../x.yaml", null, "0"]], "made": []}', b'{"version": 1, "steps": [], "made": ["../x"]}', b"\xff", b"[" * 100_000,
])
def test_a_damaged_journal_is_named_and_changes_nothing(root: Path, manifest: bytes) -> None:
    folder = atomic.own_folder(root) / "unfinished"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(manifest)
    with pytest.raises(CannotSave, match="damaged"):
        recover(root)
    assert state(root) == after([]) and folder.exists()


def test_a_read_only_register_that_waits_for_recovery_says_so(root: Path) -> None:
    atomic.own_folder(root)
    if not hasattr(os, "fork"):
        pytest.skip("needs a killed child")
    cut_off_after(root, MIXED, 1)
    with failing_at(1, errno.EROFS, CHANGES, lasting=True), pytest.raises(CannotSave, match="waits to be completed.*only be read"):
        recover(root)
    assert "completed" in str(recover(root))
    assert state(root) == after(MIXED)


def test_a_reader_waits_for_a_change_that_is_being_made(root: Path) -> None:
    """A running command holds the lock and a journal: that is no cut-off change."""
    atomic.own_folder(root).joinpath("unfinished").mkdir()
    code = ("import sys, time; from pathlib import Path; from tracker.storage.lock import Holder, locked\n"
            "with locked(Path(sys.argv[1]), Holder('a', 'b', 1, 'c', 'd'), wait=1):\n"
            "    print('held', flush=True); sys.stdin.read(1); Path(sys.argv[1], '.tracker/unfinished').rmdir()\n")
    with subprocess.Popen([sys.executable, "-c", code, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin and child.stdout and child.stdout.readline().strip() == b"held"
        assert unfinished(root, patience=0.2) is None
        child.stdin.write(b"x")
        child.stdin.flush()
        assert unfinished(root, patience=10) is None
        child.wait()
    (root / ".tracker/unfinished").mkdir()
    assert unfinished(root, patience=10) is not None
