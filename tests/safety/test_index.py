"""The index and the files never disagree, whatever happens to either: no action is ever shown stale."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import put
from tests.cli.conftest import KENT
from tests.cli.program import Office, Ran
from tests.safety.conftest import small_register
from tests.safety.test_many_at_once import ONE_AFTER_THE_OTHER, add, feed, start
from tests.storage.faults import needs_fork
from tests.storage.index.registers import index_of, opened_by, settled, told_by_index, told_plainly, whole_of
from tracker.storage.index import room as module

MEETING = "pdb/2025-11-26"
FILES = (f"{MEETING}/01.yaml", f"{MEETING}/02.yaml", f"{MEETING}/meeting.yaml", "pdb/board.yaml", "register.yaml", f"{MEETING}/06.yaml")
FOLDERS = (MEETING, "pdb/2026-02-25", "pdb", "pdb/2026-03-04", "jat")

Chance = Callable[[int], int]
"""A number from 0 up to one less than that."""


def edit_in_place(root: Path, chance: Chance) -> None:
    """As an editor that keeps the file, of the same size or longer."""
    file = root / FILES[chance(len(FILES))]
    content = file.read_bytes()
    with open(file, "r+b") as stream:
        stream.write(content.replace(b"e", b"a", 1 + chance(3)) + b"# more\n" * chance(2))


def edit_back_in_time(root: Path, chance: Chance) -> None:
    """Same size, same times as before: only what nobody can set tells of it."""
    file = root / FILES[chance(len(FILES))]
    old = file.stat()
    text = file.read_text()
    with open(file, "r+") as stream:
        stream.write(text.swapcase() if chance(4) == 0 else text.replace("26", "27", 1 + chance(2)))
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))


def save_by_renaming(root: Path, chance: Chance) -> None:
    file = root / FILES[chance(len(FILES))]
    old = file.stat()
    file.with_name(".new").write_bytes(file.read_bytes().replace(b"a", b"o", 1))
    os.replace(file.with_name(".new"), file)
    if chance(2):
        os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))


def swap_two(root: Path, chance: Chance) -> None:
    first, second = root / FILES[chance(2)], root / FILES[2 - chance(2)]
    os.rename(first, root / ".kept")
    os.rename(second, first)
    os.rename(root / ".kept", second)


def make(root: Path, chance: Chance) -> None:
    path = (f"{MEETING}/06.yaml", f"{MEETING}/9.yaml", f"{MEETING}/01.yaml.orig", "pdb/2026-03-04/meeting.yaml", "jat/board.yaml")[chance(5)]
    put(root, path, ("text: New\n", "status: held\ntitle: Audit\n", "text: [torn\n", "")[chance(4)])


def remove(root: Path, chance: Chance) -> None:
    (root / FILES[chance(len(FILES))]).unlink()


def break_or_mend(root: Path, chance: Chance) -> None:
    file = root / FILES[chance(len(FILES))]
    content = file.read_bytes()
    file.write_bytes(content[:-1] if content.endswith(b"[") else content + b"[")


def rename_folder(root: Path, chance: Chance) -> None:
    os.rename(root / FOLDERS[chance(len(FOLDERS))], root / FOLDERS[chance(len(FOLDERS))])


def remove_folder(root: Path, chance: Chance) -> None:
    shutil.rmtree(root / FOLDERS[chance(len(FOLDERS))])


def put_a_link(root: Path, chance: Chance) -> None:
    """In the place of a file or folder, to where that is now."""
    place = root / (*FILES, *FOLDERS)[chance(len(FILES) + len(FOLDERS))]
    kept = root.parent / f"kept{chance(100)}"
    os.rename(place, kept)
    os.symlink(kept, place)


def put_a_file(root: Path, chance: Chance) -> None:
    """In the place of a folder, or the other way round."""
    place = root / (*FILES, *FOLDERS)[chance(len(FILES) + len(FOLDERS))]
    was_folder = place.is_dir()
    os.rename(place, root.parent / f"kept{chance(100)}")
    if was_folder:
        place.write_text("text: Odd\n")
    else:
        place.mkdir()


def change_permissions(root: Path, chance: Chance) -> None:
    (root / FILES[chance(len(FILES))]).chmod((0o600, 0o644)[chance(2)])


def touch_a_folder(root: Path, chance: Chance) -> None:
    os.utime(root / FOLDERS[chance(len(FOLDERS))], ns=(0, chance(2)))


def put_back(root: Path, chance: Chance) -> None:
    """All as it was at first, as `git checkout` does it: what is the same stays."""
    with tempfile.TemporaryDirectory() as folder:
        first = small_register(Path(folder) / "records")
        if (root / "pdb").is_symlink() or not (root / "pdb").is_dir():
            with suppress(OSError):
                (root / "pdb").unlink()
        for place in sorted(path.relative_to(first) for path in first.rglob("*.yaml")):
            content = (first / place).read_bytes()
            with suppress(OSError):
                if not (root / place).is_file() or (root / place).is_symlink() or (root / place).read_bytes() != content:
                    put(root, place.as_posix(), content)


def rest(root: Path, chance: Chance) -> None:
    """Long enough that the index trusts all it has read."""
    settled(root)


def lose_the_index(root: Path, chance: Chance) -> None:
    if chance(3) == 0:
        shutil.rmtree(root / ".tracker")
    else:
        file = index_of(root)
        file.write_bytes(file.read_bytes()[: chance(20000)])


STEPS = (
    edit_in_place, edit_back_in_time, edit_in_place, edit_back_in_time, save_by_renaming, swap_two, make, make, remove, break_or_mend,
    rename_folder, remove_folder, put_a_link, put_a_file, change_permissions, touch_a_folder, put_back, rest, rest, rest, lose_the_index,
)  # fmt: skip


@given(st.lists(st.sampled_from(STEPS), min_size=6, max_size=16), st.randoms(use_true_random=False))
@settings(deadline=None, derandomize=True, max_examples=50)
def test_whatever_happens_to_the_files(steps: list[Callable[[Path, Chance], None]], chance: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = small_register(Path(folder) / "records")
        settled(root)
        for step in steps:
            # Some steps find nothing in their place; then nothing happens.
            with suppress(OSError, ValueError):
                step(root, chance.randrange)
            plain = told_plainly(root)
            assert told_by_index(root) == plain
            assert told_by_index(root) == plain


@pytest.fixture
def coarse_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A file system that dates changes to half a second; older ones take up to two; waits for the next of these ticks."""
    tick = 500_000_000

    class Coarse:
        def __init__(self, status: os.stat_result) -> None:
            self._status = status
            self.st_mtime_ns = status.st_mtime_ns // tick * tick
            self.st_ctime_ns = status.st_ctime_ns // tick * tick

        def __getattr__(self, name: str) -> Any:
            return getattr(self._status, name)

    for name in ("stat", "lstat", "fstat"):
        really = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *args, _really=really, **kwargs: Coarse(_really(*args, **kwargs)))

    def next_tick() -> None:
        begun = now()
        while now() == begun:
            time.sleep(0.001)

    def now() -> int:
        clock = tmp_path / "clock"
        clock.touch()
        return os.stat(clock).st_mtime_ns

    return next_tick


@pytest.mark.parametrize("young", ["file", "folder"])
def test_an_edit_within_the_tick_of_the_reading(tmp_path: Path, coarse_clock: Callable[[], None], young: str) -> None:
    """Edited, read and edited again before the clock moves on: no time and no size tells of the second edit."""
    root = small_register(tmp_path / "records")
    file = root / f"{MEETING}/01.yaml"
    one, other = file.read_text(), file.read_text().replace("rural", "urban")
    settled(root)
    same = 0
    for _ in range(40):
        coarse_clock()
        if young == "file":
            rewrite(file, one)
        else:
            (root / f"{MEETING}/06.yaml").unlink(missing_ok=True)
        with whole_of(root):
            pass
        before = os.lstat(file).st_ctime_ns, os.lstat(file.parent).st_ctime_ns
        if young == "file":
            rewrite(file, other)
        else:
            put(root, f"{MEETING}/06.yaml", "text: New\n")
        same += before == (os.lstat(file).st_ctime_ns, os.lstat(file.parent).st_ctime_ns)
        assert told_by_index(root)["actions"] == told_plainly(root)["actions"]
        if same == 4:
            break
    assert same, "no edit was quick enough to prove anything"


def test_edits_straight_after_each_other(tmp_path: Path) -> None:
    root = small_register(tmp_path / "records")
    file = put(root, f"{MEETING}/01.yaml", "text: Count 000000\n")
    for number in range(150):
        rewrite(file, f"text: Count {number:06}\n")
        with whole_of(root) as whole:
            assert [each.text for each in whole.actions.values() if each.ref.number == 1] == [f"Count {number:06}"]


def rewrite(file: Path, text: str) -> None:
    with open(file, "r+") as stream:
        stream.write(text)


def test_between_two_commits(tmp_path: Path) -> None:
    root = small_register(tmp_path / "records")

    def git(*args: str) -> None:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.checkStat=default"]
        subprocess.run(["git", "-C", str(root), *who, *args], check=True, capture_output=True, env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)})

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-q", "-m", "First")
    put(root, f"{MEETING}/01.yaml", (root / f"{MEETING}/01.yaml").read_text().replace("rural", "urban"))
    put(root, f"{MEETING}/06.yaml", "text: New\nowners: [Force]\n")
    (root / f"{MEETING}/02.yaml").unlink()
    put(root, "jat/2026-01-01/meeting.yaml", "status: held\n")
    git("add", "-A")
    git("commit", "-q", "-m", "Second")
    for number in range(6):
        git("checkout", "-q", ("main~1", "main")[number % 2])
        if number > 2:
            settled(root)
        plain = told_plainly(root)
        assert told_by_index(root) == plain
        assert ("jat" in plain["broken"] or "jat/board.yaml" in str(plain["problems"])) == bool(number % 2)


REPORTS: list[tuple[str, ...]] = [
    ("list",), ("list", "--status", "all", "--format", "json"), ("list", "--as-of", "2024-03-01", "--format", "csv"),
    ("list", "--board", "pdb", "--format", "markdown"), ("list", "--owner", "Force", "--no-due", "--format", "table"), ("list", "--meeting", "PDB/2025-11-26"),
    ("overdue",), ("overdue", "--as-of", "2024-06-01", "--format", "json"), ("overdue", "--by", "owner", "--format", "table"),
    ("overdue", "--exit-code", "--format", "html"), ("show", "pdb", "--format", "table"), ("show", "2025-11-26", "--format", "json"),
    ("show", "PDB/2025-11-26/01", "--format", "table"), ("show", "11-26/2"), ("show", "99/99"), ("board", "list"), ("meeting", "list"),
    ("owner", "list"), ("notes", "2025-11-26", "--format", "markdown"), ("brief", "2025-11-26", "--format", "markdown"),
    ("overview", "2025-11-26", "--format", "html"), ("chase", "pdb", "--format", "markdown"), ("stats", "--format", "json"), ("stats", "--by", "owner"),
    ("calendar", "--format", "ics"), ("calendar", "--board", "pdb"), ("check",), ("carry", "26/1", "--dry-run"), ("update", "11-26/1", "--note", "x", "--dry-run"),
]  # fmt: skip
LINES = ["tracker discharge ", "tracker show ", "tracker list --owner ", "tracker list --board ", "tracker tag 26/1 +", "tracker show PDB/2025-11"]


def offered(office: Office, line: str) -> Ran:
    return office.run(_TRACKER_COMPLETE="zsh_complete", COMP_WORDS=line, COMP_CWORD=str(len(line.split(" ")) - 1))


def everything_printed(office: Office) -> dict[str, Ran]:
    """What every report prints, byte for byte, and what the shell is offered."""
    printed = {" ".join(words): office.run(*words) for words in REPORTS}
    return printed | {line: offered(office, line) for line in LINES}


def put_in_order(office: Office) -> None: ...


def tear(office: Office) -> None:
    put(office.root, f"{MEETING}/02.yaml", "text: [torn\n")
    put(office.root, f"{MEETING}/7.yaml", "text: One too many\n")


def lose_the_settings(office: Office) -> None:
    (office.root / "register.yaml").unlink()
    put(office.root, "register.yaml/x", "")


@pytest.mark.parametrize("happens", [put_in_order, tear, lose_the_settings])
def test_with_the_index_deleted_every_command_prints_the_same_bytes(tmp_path: Path, happens: Callable[[Office], None]) -> None:
    root = tmp_path / "records"
    shutil.copytree(KENT, root, ignore=shutil.ignore_patterns(".tracker"))
    office = Office(tmp_path, root)
    office.run("overdue")
    happens(office)
    warm = everything_printed(office)
    assert index_of(root).exists()
    settled(root)
    assert everything_printed(office) == warm
    for line, ran in warm.items():
        shutil.rmtree(root / ".tracker", ignore_errors=True)
        cold = office.run(*line.split()) if line not in LINES else offered(office, line)
        assert cold == ran, line
    assert sum(ran.status == 0 and ran.out != "" for ran in warm.values()) > (20 if happens is put_in_order else 2)


def test_as_processes_of_their_own(tmp_path: Path) -> None:
    root = tmp_path / "records"
    shutil.copytree(KENT, root, ignore=shutil.ignore_patterns(".tracker"))
    office = Office(tmp_path, root)
    for words in (("overdue",), ("list", "--format", "json")):
        cold = office.process(*words)
        assert cold.status == 0 and cold.out
        assert office.process(*words) == cold
        shutil.rmtree(root / ".tracker")


@contextmanager
def clerks_at(office: Office, *tasks: list[list[str]]) -> "Iterator[list[subprocess.Popen[bytes]]]":
    """A process for each list of commands, which it works through; what they print must fit into the pipes."""
    clerks = [start(office, "-c", ONE_AFTER_THE_OTHER) for _ in tasks]
    try:
        for clerk, commands in zip(clerks, tasks, strict=True):
            feed(clerk, commands)
            assert clerk.stdin
            clerk.stdin.close()
        yield clerks
    finally:
        for clerk in clerks:
            clerk.kill()
            clerk.wait()
            for stream in (clerk.stdout, clerk.stderr):
                if stream:
                    stream.close()


def test_several_at_once_for_a_while(office: Office) -> None:
    """Clerks who add, a clerk who edits by hand and sees each edit at once, and colleagues who only look."""
    file = put(office.root, f"{MEETING}/05.yaml", "text: Count 000000\nowners: [Force]\ndue: 2026-01-10\n")
    notes = [["update", f"PDB/2025-11-26/0{number}", "--note", f"Note {time}"] for time in range(6) for number in (2, 3)]
    looks = [["list", "--status", "all"], ["overdue"]] * 10
    with clerks_at(office, [add(f"Task {number}") for number in range(12)], notes, looks, looks) as clerks:
        edits, known = 0, 0
        while edits < 30 or any(clerk.poll() is None for clerk in clerks):
            edits += 1
            rewrite(file, f"text: Count {edits:06}\n")
            ran = office.run("list", "--status", "all", "--format", "json")
            assert (ran.status, ran.err) == (0, ""), ran
            rows = {row["number"]: row["text"] for row in json.loads(ran.out)}
            assert rows[5] == f"Count {edits:06}"
            assert len(rows) >= known
            known = len(rows)
        for clerk in clerks:
            assert clerk.stdout and clerk.stderr
            out, err = clerk.stdout.read().decode(), clerk.stderr.read().decode()
            assert (clerk.returncode, "locked" in out) == (0, False), err
            assert set(err.splitlines()) <= {"Every live action has a due day."}
    assert known == 17
    assert told_by_index(office.root) == told_plainly(office.root)


def printed_by(office: Office) -> list[Ran]:
    return [office.run(*words) for words in (("list", "--status", "all", "--format", "json"), ("overdue",), ("check",))]


@needs_fork
@pytest.mark.parametrize("most", [0, 100, 4096, 9000, 20480])
def test_a_disk_with_room_for_so_many_bytes(office: Office, most: int) -> None:
    import resource

    plain = printed_by(office)
    for kept in (False, True):
        if not kept:
            shutil.rmtree(office.root / ".tracker")
        put(office.root, f"{MEETING}/06.yaml", "text: New\nowners: [Force]\n") if kept else None
        for words, before in zip((("list", "--status", "all", "--format", "json"), ("overdue",)), plain, strict=False):
            done = subprocess.run(
                [sys.executable, "-m", "tracker", *words],
                env=office.environment(PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1"),
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), capture_output=True, check=False,
            )  # fmt: skip
            expected = office_plainly(office, words) if kept else before
            assert Ran(done.returncode, done.stdout.decode(), done.stderr.decode()) == expected
    assert told_by_index(office.root) == told_plainly(office.root)


def office_plainly(office: Office, words: tuple[str, ...]) -> Ran:
    """What it prints without any index."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(office.root, Path(folder) / "records", ignore=shutil.ignore_patterns(".tracker"))
        return office.run(*words, TRACKER_RECORDS=f"{folder}/records")


@contextmanager
def connections_that(fails: Callable[[int, str], None]) -> Iterator[None]:
    """The n-th statement that goes to any database of this process is shown to `fails` first."""
    count = 0

    class Watched(sqlite3.Connection):
        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            nonlocal count
            count += 1
            fails(count, sql)
            return super().execute(sql, *args)

    really = sqlite3.connect
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sqlite3, "connect", lambda *args, **kwargs: really(*args, factory=Watched, **kwargs))
        yield


ERRORS = [sqlite3.OperationalError("database or disk is full"), sqlite3.OperationalError("database is locked"), sqlite3.DatabaseError("malformed")]
CODES = [sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CORRUPT]


@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("error", range(3), ids=lambda number: str(ERRORS[number]))
def test_an_index_that_fails_at_any_statement(office: Office, error: int, lasting: bool) -> None:
    failure = ERRORS[error]
    failure.sqlite_errorcode = CODES[error]
    plain = printed_by(office)
    for n in range(1, 200):
        shutil.rmtree(office.root / ".tracker") if n % 2 else touch_all(office.root)
        done = 0

        def fails(number: int, sql: str) -> None:
            nonlocal done
            done = number
            if number == n or (lasting and number > n):  # noqa: B023
                raise failure

        with connections_that(fails):
            assert office.run("list", "--status", "all", "--format", "json") == plain[0]
        assert printed_by(office) == plain
        if done < n and n % 2:
            break
    assert n > 15


def touch_all(root: Path) -> None:
    for place in root.rglob("*.yaml"):
        place.touch()


@needs_fork
def test_a_change_beside_an_index_that_fails_is_made_all_the_same(office: Office) -> None:
    office.done("list")

    def fails(number: int, sql: str) -> None:
        raise ERRORS[1]

    with connections_that(fails):
        assert office.done("update", "PDB/2025-11-26/01", "--note", "First").err == ""
        assert office.done("update", "26/1", "--note", "Second").err == ""
    assert told_by_index(office.root) == told_plainly(office.root)
    assert office.text(f"{MEETING}/01.yaml").count("note: ") == 2


@needs_fork
def test_killed_at_any_statement(office: Office) -> None:
    plain = printed_by(office)
    killed = 0
    for n in range(1, 300):
        shutil.rmtree(office.root / ".tracker") if n % 2 else touch_all(office.root)
        child = os.fork()
        if child == 0:
            with connections_that(lambda number, sql: os.kill(os.getpid(), signal.SIGKILL) if number == n else None):  # noqa: B023
                with suppress(BaseException):
                    office.run("list")
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        killed += status != 0
        assert printed_by(office) == plain
        time.sleep(0.005)
        if n % 10 == 0:
            settled(office.root)
            assert opened_by(lambda: told_by_index(office.root), office.root) == []
        if status == 0 and n % 2:
            break
    assert killed > 15


@needs_fork
def test_killed_at_any_moment(office: Office) -> None:
    """Also while SQLite itself is writing."""
    plain = printed_by(office)
    for n in range(25):
        shutil.rmtree(office.root / ".tracker", ignore_errors=True)
        child = os.fork()
        if child == 0:
            with suppress(BaseException):
                for _ in range(100):
                    touch_all(office.root)
                    office.run("list")
            os._exit(0)
        time.sleep(0.01 + 0.004 * n)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert printed_by(office) == plain
    assert told_by_index(office.root) == told_plainly(office.root)


def a_file(place: Path) -> None:
    place.write_text("something else")


def a_folder(place: Path) -> None:
    (place / "x").mkdir(parents=True)


def a_link_to_nothing(place: Path) -> None:
    os.symlink(place.parent / "nothing", place)


def a_link_to_itself(place: Path) -> None:
    os.symlink(place.name, place)


def a_pipe(place: Path) -> None:
    os.mkfifo(place)


@needs_fork
@pytest.mark.parametrize("thing", [a_file, a_folder, a_link_to_nothing, a_link_to_itself, a_pipe])
@pytest.mark.parametrize("where", [".tracker/index", ".tracker/index/clock", ".tracker/index/DB", ".tracker/index/DB-journal", ".tracker"])
def test_something_else_in_its_place(office: Office, where: str, thing: Callable[[Path], None]) -> None:
    plain = printed_by(office)
    place = office.root / where.replace("DB", index_of(office.root).name)
    if place.is_dir():
        shutil.rmtree(place)
    else:
        place.unlink(missing_ok=True)
    thing(place)
    kind = os.lstat(place).st_mode
    for _ in range(2):
        assert printed_by(office) == plain
        put(office.root, f"{MEETING}/06.yaml", "text: New\nowners: [Force]\n")
        assert [ran.status for ran in printed_by(office)] == [0, 0, 0]
        assert told_by_index(office.root) == told_plainly(office.root)
        (office.root / f"{MEETING}/06.yaml").unlink()
    if "DB" not in where:
        assert os.lstat(place).st_mode == kind


@pytest.mark.parametrize("where", [".tracker", ".tracker/index"])
def test_where_a_link_in_its_place_leads_nothing_is_touched(office: Office, where: str) -> None:
    office.done("list")
    elsewhere = office.folder / "elsewhere"
    os.rename(office.root / where, elsewhere)
    os.symlink(elsewhere, office.root / where)
    for number in range(6):
        put(elsewhere, f"0000000{number}.db", "theirs")
    before = all_in(elsewhere)
    plain = told_plainly(office.root)
    for _ in range(2):
        assert told_by_index(office.root) == plain
        office.done("list")
    assert all_in(elsewhere) == before


def all_in(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(place): (place.read_bytes(), place.stat().st_mtime_ns) for place in folder.rglob("*") if place.is_file()}


def test_an_index_of_another_version(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = printed_by(office)
    ours = index_of(office.root)
    for number in range(3):
        module.form.cache_clear()
        monkeypatch.setattr(module, "__version__", f"9.{number}")
        put(office.root, f"{MEETING}/06.yaml", f"text: New {number}\nowners: [Force]\n")
        assert told_by_index(office.root) == told_plainly(office.root)
    (office.root / f"{MEETING}/06.yaml").unlink()
    monkeypatch.undo()
    module.form.cache_clear()
    assert ours.exists()
    assert printed_by(office) == plain
    # A file that only bears our name, as after a restored backup.
    other = next(file for file in ours.parent.glob("*.db") if file != ours)
    shutil.copy(other, ours)
    assert printed_by(office) == plain


def test_an_index_of_another_register(office: Office, tmp_path: Path) -> None:
    """As when a register is copied with all that lies in it, or one folder is moved over another."""
    office.done("list")
    other = Office(tmp_path, small_register(tmp_path / "other"))
    put(other.root, f"{MEETING}/01.yaml", "text: Another register\nowners: [Force]\n")
    settled(other.root)
    shutil.rmtree(office.root / ".tracker")
    shutil.copytree(other.root / ".tracker", office.root / ".tracker")
    assert told_by_index(office.root) == told_plainly(office.root)
    shutil.copytree(office.root, tmp_path / "third")
    assert told_by_index(tmp_path / "third") == told_plainly(tmp_path / "third")


@needs_fork
@pytest.mark.parametrize("warm", [True, False])
def test_a_register_that_may_only_be_read(warm: bool) -> None:
    folder = Path(tempfile.mkdtemp())
    office = Office(folder, small_register(folder / "records"))
    plain = printed_by(office)
    if not warm:
        shutil.rmtree(office.root / ".tracker")
    places = [office.root, *office.root.rglob("*")]
    for place in places:
        place.chmod(0o555 if place.is_dir() else 0o444)
    for place in (folder, office.home):
        place.chmod(0o777)
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        with suppress(BaseException):
            os._exit(0 if printed_by(office) == plain else 1)
        os._exit(2)
    assert os.waitpid(child, 0)[1] == 0
    for place in places:
        place.chmod(0o755 if place.is_dir() else 0o644)
    shutil.rmtree(folder)
