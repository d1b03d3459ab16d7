"""A disk that is full, faulty or only to be read: one sentence, exit 1, and every record as it was."""

import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.program import Office, Ran
from tests.safety.conftest import small_register
from tests.storage.faults import failing_at, needs_fork, run_killed_at

COMMANDS = [
    ("add", "Report it", "--meeting", "26/11", "--owner", "Force", "--due", "10/6"),
    ("discharge", "26/1", "--outcome", "Reported", "--route", "paper"),
    ("carry", "26/1-3", "--to", "2026-06-10", "--at", "25/2"),
    ("meeting", "postpone", "25/2", "--to", "2026-03-04"),
    ("meeting", "move", "25/2", "--to", "2026-02-24"),
    ("owner", "add", "Fire", "--name", "Kent Fire and Rescue"),
    ("board", "add", "jat", "--title", "Joint Audit"),
]
# Without the opening of files: most are only read, and fail in the tests of reading.
NEEDS_ROOM = ("write", "fsync", "mkdir", "replace")
CHANGING_CALLS = ("write", "fsync", "replace", "unlink", "mkdir", "chmod")


def named(words: tuple[str, ...]) -> str:
    return " ".join(words[:2])


def must_be_one_sentence(ran: Ran, cause: str) -> None:
    assert ran.status == 1 and ran.out == "", ran
    assert ran.err.startswith("Error: ") and ran.err.count("\n") == 1, ran
    assert cause in ran.err and ran.err.endswith(".\n") and "defect" not in ran.err, ran


@pytest.mark.parametrize(("number", "names", "cause", "lasting"), [
    (errno.ENOSPC, NEEDS_ROOM, "the disk is full", True), (errno.EIO, CHANGING_CALLS, "the disk reported a fault", False),
], ids=["full", "one fault"])  # fmt: skip
@pytest.mark.parametrize("words", [COMMANDS[1], COMMANDS[6], ("update", "26/1-2", "--note", "x")], ids=named)
def test_a_fault_at_any_call(
    office: Office, put_back: Callable[[], None], words: tuple[str, ...], number: int, names: tuple[str, ...], cause: str, lasting: bool
) -> None:
    old = office.files()
    office.done(*words)
    new = office.files()
    failed = 0
    for n in range(1, 300):
        put_back()
        with failing_at(n, number, names, lasting=lasting) as disk:
            ran = office.run(*words)
        if ran.status == 0:
            # What failed was only a note for others, or nothing at all.
            assert office.files() == new
            if disk.calls < n:
                break
            continue
        failed += 1
        must_be_one_sentence(ran, cause)
        if "only in part" in ran.err or "may not keep" in ran.err:
            assert lasting, ran
        else:
            assert re.search("Nothing was changed|nothing was changed", ran.err), ran
            assert office.files() == old
        # With room again, the next command finds nothing in its way.
        office.done("update", "26/5", "--note", "x")
        after = office.files() | {"pdb/2025-11-26/05.yaml": old["pdb/2025-11-26/05.yaml"]}
        assert after in (old, new)
    else:
        raise AssertionError("never done")
    assert failed > 3


@pytest.mark.parametrize("words", COMMANDS, ids=named)
def test_a_disk_that_is_full_from_the_beginning(office: Office, words: tuple[str, ...]) -> None:
    before = office.files()
    with failing_at(1, errno.ENOSPC, ("open", *NEEDS_ROOM), lasting=True):
        ran = office.run(*words)
        assert office.done("list").out
    must_be_one_sentence(ran, "the disk is full. Free some space and run the command again.")
    assert office.files() == before
    office.done(*words)


def test_no_room_for_a_new_register(tmp_path: Path) -> None:
    office = Office(tmp_path, tmp_path / "records")
    with failing_at(1, errno.ENOSPC, ("write",), lasting=True):
        ran = office.run("init", str(office.root), TRACKER_RECORDS=None)
    must_be_one_sentence(ran, "the disk is full")
    assert office.files() == {}
    assert office.run("init", str(office.root), TRACKER_RECORDS=None).status == 0


@needs_fork
def test_a_limit_of_the_system_on_the_size_of_files(office: Office) -> None:
    import resource

    before = office.files()
    for words in (
        ("add", "Long " * 1500, "--meeting", "26/11", "--owner", "Force"),
        ("update", "26/1-2", "--note", "Long " * 1500),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words],
            env=office.environment(PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1"),
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
            capture_output=True, check=False,
        )  # fmt: skip
        must_be_one_sentence(Ran(done.returncode, done.stdout.decode(), done.stderr.decode()), "a file would become larger than is allowed")
        assert office.files() == before
    assert office.done("update", "26/1", "--note", "short").err == ""


@pytest.fixture
def for_all() -> Iterator[Path]:
    """A folder that an ordinary user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    for place in folder.rglob("*"):
        if not place.is_symlink():
            place.chmod(0o755)
    shutil.rmtree(folder)


@needs_fork
@pytest.mark.parametrize("words", COMMANDS, ids=named)
def test_a_register_that_an_ordinary_user_may_only_read(for_all: Path, words: tuple[str, ...]) -> None:
    office = Office(for_all, small_register(for_all / "records"))
    office.home.chmod(0o777)
    import_all_on_the_way(for_all, words)
    for used in (False, True):
        if used:
            office.done("owner", "alias", "Force", "Police")
        places = [office.root, *office.root.rglob("*")]
        for place in places:
            place.chmod(0o555 if place.is_dir() else 0o444)
        before = office.files()
        outcome = run_killed_at(0, lambda: refused_as_an_ordinary_user(office, words))
        assert outcome.status == 0, outcome.error
        assert office.files() == before
        for place in places:
            place.chmod(0o755 if place.is_dir() else 0o644)


def import_all_on_the_way(folder: Path, words: tuple[str, ...]) -> None:
    """An ordinary user may not be able to read the modules that are imported only when they are needed."""
    other = Office(folder, small_register(folder / "other"))
    other.done(*words)
    for report in REPORTS:
        other.done(*report)
    with failing_at(1, errno.EACCES, ("open",), lasting=True):
        other.run(*words)


REPORTS = [("list",), ("check",), ("show", "26/1")]


def refused_as_an_ordinary_user(office: Office, words: tuple[str, ...]) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
    must_be_one_sentence(office.run(*words), "there is no permission to write")
    for report in REPORTS:
        ran = office.run(*report)
        assert ran.status == 0 and "cut off" not in ran.err, ran


@needs_fork
def test_a_record_that_its_owner_made_read_only(for_all: Path) -> None:
    office = Office(for_all, small_register(for_all / "records"))
    office.home.chmod(0o777)
    import_all_on_the_way(for_all, ("update", "26/1-2", "--note", "y"))
    office.done("update", "26/1", "--note", "x")
    for place in (office.root, *office.root.rglob("*")):
        place.chmod(0o777 if place.is_dir() else 0o666)
    (office.root / "pdb/2025-11-26/01.yaml").chmod(0o444)
    before = office.files()

    def refused() -> None:
        if os.geteuid() == 0:
            os.setuid(65534)
        for words in (("update", "26/1", "--note", "y"), ("update", "26/1-2", "--note", "y")):
            must_be_one_sentence(office.run(*words), "01.yaml is read-only, so nothing was changed")
        office.done("update", "26/2", "--note", "y")

    outcome = run_killed_at(0, refused)
    assert outcome.status == 0, outcome.error
    assert office.changed(before) == ["pdb/2025-11-26/02.yaml"]


OUTPUTS = [("list",), ("list", "--format", "table"), ("list", "--format", "json"), ("show", "26/1"), ("overdue",), ("check",), ("meeting", "list")]


def redirected(office: Office, words: tuple[str, ...], where: str, **env: str) -> Ran:
    """Run it by a shell that sends its streams where it is told."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {where}', "sh", sys.executable, "-m", "tracker", *words],
        env=office.environment(PYTHONPATH=os.pathsep.join(sys.path), **env), capture_output=True, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


needs_dev_full = pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")


@needs_dev_full
@pytest.mark.parametrize("env", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("words", OUTPUTS, ids=" ".join)
def test_output_that_finds_no_room(office: Office, words: tuple[str, ...], env: dict[str, str]) -> None:
    must_be_one_sentence(redirected(office, words, ">/dev/full", **env), "The output could not be written: No space left on device")


@needs_dev_full
@pytest.mark.parametrize("env", [{}, {"PYTHONUNBUFFERED": "1"}], ids=["buffered", "unbuffered"])
def test_a_change_whose_sentence_finds_no_room_is_made_and_the_person_is_told(office: Office, env: dict[str, str]) -> None:
    ran = redirected(office, ("update", "26/1", "--note", "Asked the inspector"), ">/dev/full", **env)
    must_be_one_sentence(ran, "The change has been made all the same.")
    assert "Asked the inspector" in office.text("pdb/2025-11-26/01.yaml")


@needs_dev_full
@pytest.mark.parametrize(("words", "status"), [
    (("list",), 0), (("check",), 0), (("overdue",), 0), (("overdue", "--exit-code"), 4), (("update", "26/9", "--note", "x"), 1),
    (("update",), 2), (("update", "26/1", "--note", "x"), 0),
])  # fmt: skip
def test_notes_and_errors_that_find_no_room_leave_the_exit_status(office: Office, words: tuple[str, ...], status: int) -> None:
    assert redirected(office, words, "2>/dev/full").status == status


@pytest.mark.skipif(os.name == "nt", reason="closes streams as a POSIX shell does")
@pytest.mark.parametrize("where", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize(("words", "status"), [(("check",), 0), (("update", "26/9", "--note", "x"), 1), (("update", "26/1", "--note", "x"), 0)])
def test_streams_that_are_closed(office: Office, words: tuple[str, ...], status: int, where: str) -> None:
    ran = redirected(office, words, where)
    assert ran.status == status and "defect" not in ran.err, ran
    assert ("note: x" in office.text("pdb/2025-11-26/01.yaml")) == (words[0] == "update" and status == 0)


def test_a_reader_that_leaves_is_no_failure(office: Office) -> None:
    for words in (("list", "--format", "json"), ("check",), ("update", "26/1", "--note", "x")):
        assert redirected(office, words, "| true").err == ""
