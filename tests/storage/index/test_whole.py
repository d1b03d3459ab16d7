"""The whole register by its index is the register that the files hold."""

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, event, meeting, on_disk, put
from tests.storage.index.registers import (
    DAYS,
    TICK,
    index_of,
    opened_by,
    settled,
    some_actions,
    some_days,
    told_by_index,
    told_plainly,
    whole_of,
)
from tracker.model.holding import live_or_later
from tracker.model.records import Action
from tracker.model.references import ActionRef
from tracker.model.state import as_at
from tracker.reports.details import board_list, meeting_list
from tracker.storage.index import bundles, cards
from tracker.storage.index import room as module
from tracker.storage.index.database import Database
from tracker.storage.index.repairing import repair
from tracker.storage.index.rows import Row
from tracker.storage.index.walking import Walk
from tracker.storage.load import load

RECORDS = Path(__file__).parents[3] / "records"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    moved = event("2026-01-10", "carried forward", before="2026-01-01", after="2026-06-10")
    return on_disk(
        tmp_path / "records", action("PDB/2025-11-26/01", due="2026-01-01"), action("PDB/2025-11-26/02", due="2026-06-10", history=[moved]),
        action("PDB/2025-11-26/03", status="discharged", history=[event("2026-01-20", "discharged", note="Done")]),
        action("PDB/2026-02-25/12"), meeting("PDB/2026-06-10", "scheduled"), action("PDB-X/2026-02-25/01"), action("JAT/2026-02-25b/100"),
    )  # fmt: skip


def test_the_register_that_the_project_ships(tmp_path: Path) -> None:
    root = tmp_path / "records"
    shutil.copytree(RECORDS, root, ignore=shutil.ignore_patterns(".tracker"))
    plain = told_plainly(root)
    assert told_by_index(root) == plain
    settled(root)
    assert opened_by(lambda: told_by_index(root), root) == []
    assert told_by_index(root) == plain


def test_boards_and_meetings_whose_names_begin_alike(root: Path) -> None:
    for _ in range(3):
        assert told_by_index(root) == told_plainly(root)
        time.sleep(TICK)


@given(some_actions, st.lists(st.tuples(some_days, some_days), min_size=3, max_size=3))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_whatever_can_matter_on_a_day_is_given(actions: list[Action], days: list[tuple[date, date]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = on_disk(Path(folder), *actions)
        held = load(root).register.actions
        with whole_of(root) as whole:
            for day, other in days:
                for off in (-1, 0, 1):
                    must_give_all(held, whole.actions, day + timedelta(off), other - timedelta(off))


def must_give_all(held: Any, indexed: Any, day: date, due_before: date) -> None:
    """What is live on the day is given, and, where only what is due is asked for, what is due or has no day."""
    states = {found.ref: (found.fetch(), found.state) for found in live_or_later(indexed, day)}
    assert states == {ref: (action, as_at(held[ref], day)) for ref, (action, _) in states.items()}
    given = {ref: action for ref, (action, _) in states.items()}
    assert given.items() <= held.items() and list(given) == sorted(given)
    some = {found.ref: found.fetch() for found in live_or_later(indexed, day, due_before)}
    assert some.items() <= given.items()
    for ref, each in held.items():
        state = as_at(each, day)
        if state is not None and state.live:
            assert ref in given
            if state.due is None or state.overdue_days(due_before):
                assert ref in some


@given(some_actions)
@settings(deadline=None, derandomize=True, max_examples=30)
def test_random_registers(actions: list[Action]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = on_disk(Path(folder), *actions)
        plain = told_plainly(root)
        for _ in range(2):
            assert told_by_index(root) == plain


def test_lists_of_meetings_unpack_no_action(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(root)
    plain, day = load(root).register, date(2026, 3, 1)
    for unpacking in (cards, bundles):
        monkeypatch.setattr(unpacking, "unpack_action", lambda ref, card: pytest.fail(f"{ref} was unpacked"))
    with whole_of(root) as whole:
        assert whole.meetings == plain.meetings
        for made in (partial(board_list, day=day), partial(meeting_list, board=None, day=day)):
            assert made(whole.register()) == made(plain)
    with whole_of(root) as whole, pytest.raises(BaseException, match="was unpacked"):
        list(whole.actions.values())


def test_a_report_of_what_is_live_leaves_the_rest_packed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(root)
    asked: list[str] = []

    def watch(name: str) -> None:
        really = getattr(Database, name)
        monkeypatch.setattr(Database, name, lambda self, *args: asked.append(name) or really(self, *args))

    for name in ("bundle", "live_of", "kept"):
        watch(name)
    with whole_of(root) as whole:
        asked.clear()
        assert len(list(whole.actions.live_or_later(date(2026, 3, 1)))) == 5
        assert set(asked) == {"live_of"}
        asked.clear()
        # one was carried forward since then, so its whole folder matters
        assert len(list(whole.actions.live_or_later(date(2025, 12, 1), date(2025, 12, 1)))) == 3
        assert asked.count("bundle") == 2
        asked.clear()
        # nothing is due as early as that, but three have no day: those of other boards and years
        assert len(list(whole.actions.live_or_later(date(2026, 3, 1), date(2020, 1, 1)))) == 3
        assert asked == ["live_of"] * 3


@pytest.fixture
def filled(root: Path) -> Iterator[Path]:
    settled(root)
    yield root


def test_where_there_can_be_no_index(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", always_failing(sqlite3.OperationalError("unable to open database file")))
    for _ in range(2):
        assert told_by_index(root) == told_plainly(root)


def always_failing(error: Exception) -> Any:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


ERRORS = [
    sqlite3.OperationalError("database or disk is full"), sqlite3.OperationalError("database is locked"),
    sqlite3.DatabaseError("database disk image is malformed"), sqlite3.OperationalError("disk I/O error"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
]  # fmt: skip


@pytest.mark.parametrize("error", ERRORS, ids=str)
@pytest.mark.parametrize("name", ["put", "drop", "bundle", "heads", "rows_of", "live_of", "kept", "mark", "row"])
def test_an_index_that_fails_at_any_moment(filled: Path, monkeypatch: pytest.MonkeyPatch, name: str, error: Exception) -> None:
    for number in range(6):
        put(filled, f"pdb/2025-11-26/{number + 4:02}.yaml", "text: Another\n")
        shutil.rmtree(filled / "jat", ignore_errors=True)
        plain = told_plainly(filled)
        left = [number]
        really = getattr(Database, name)

        def failing(*args: Any, _left: list[int] = left, _really: Any = really) -> Any:
            _left[0] -= 1
            if _left[0] < 0:
                raise error
            return _really(*args)

        with monkeypatch.context() as patch:
            patch.setattr(Database, name, failing)
            assert told_by_index(filled) == plain
        assert told_by_index(filled) == plain


@pytest.mark.parametrize("name", ["put", "drop", "bundle", "live_of", "rows_of"])
def test_a_write_that_fails_and_takes_back_what_was_put(filled: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """As SQLite does by itself when the disk is full."""
    put(filled, "pdb/2025-11-26/01.yaml", "text: Another\n")
    put(filled, "pdb/2026-02-25/12.yaml", "text: Another\n")
    shutil.rmtree(filled / "jat")
    plain = told_plainly(filled)
    count = 0

    def failing(self: Database, *args: Any) -> Any:
        nonlocal count
        count += 1
        if count == 2:
            self._link.execute("rollback")
            raise sqlite3.OperationalError("database or disk is full")
        return really(self, *args)

    really = getattr(Database, name)
    with monkeypatch.context() as patch:
        patch.setattr(Database, name, failing)
        assert told_by_index(filled) == plain
    assert count or name == "drop"
    assert told_by_index(filled) == plain


def test_who_cannot_write_tries_once(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each try waits for the other command, and there may be thousands of folders to keep."""
    tried: list[str] = []

    def locked(self: Database, row: Row, *rest: object) -> None:
        tried.append(row.path)
        raise sqlite3.OperationalError("database is locked")

    for path in ("pdb/2025-11-26/01.yaml", "pdb/2026-02-25/12.yaml", "jat/2026-02-25b/100.yaml"):
        put(filled, path, "text: Another\n")
    monkeypatch.setattr(Database, "put", locked)
    assert told_by_index(filled) == told_plainly(filled)
    assert len(tried) == 1


def test_an_index_that_was_spoilt_is_made_anew(filled: Path) -> None:
    """It costs time once, not for ever."""
    plain = told_plainly(filled)
    content = index_of(filled).read_bytes()
    slow = 0
    for place in (*range(0, 130), *range(130, len(content), 397)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        index_of(filled).write_bytes(flipped)
        read: list[str] = []
        for _ in range(2):
            read = opened_by(lambda: must_be(told_by_index(filled), plain), filled)
            slow += len(read) > 0
        time.sleep(0.004)
        told_by_index(filled)
        assert place == 18 or opened_by(lambda: told_by_index(filled), filled) == [], place
        for file in (filled / ".tracker/index").iterdir():
            file.unlink()
        index_of_content(filled, content)
    assert slow > 15


@pytest.mark.parametrize("damage", [
    "update bundle set id = 9223372036854775807 where id = (select max(id) from bundle)",
    "update shelf set id = 9223372036854775807 where name = ''",
    "pragma writable_schema = 1; update sqlite_master set sql = replace(sql, 'body blob', 'b,dy blob')",
    "pragma writable_schema = 1; update sqlite_master set sql = replace(sql, 'paths text', 'pathz text')",
    "update sheet set body = x'00' where id % 2 = 0", "update sheet set body = x'00' where id % 2 = 1", "delete from sheet",
    "update shelf set live_seal = live_seal + 1", "update shelf set first_due = 1 << 30, latest = 0",
])  # fmt: skip
@pytest.mark.parametrize("by", ["a report", "a change", "an edited record"])
def test_an_index_that_is_damaged_in_a_way_of_its_own(filled: Path, damage: str, by: str) -> None:
    """Whatever comes upon it first, the answer is right, and the index is soon in order."""
    link = sqlite3.connect(index_of(filled))
    link.executescript(damage)
    link.commit()
    link.close()
    if by != "a report":
        put(filled, "pdb/2026-02-25/13.yaml", "text: Another\n")
    if by == "a change":
        repair(filled, ["pdb/2026-02-25/13.yaml"])
    for _ in range(3):
        assert told_by_index(filled) == told_plainly(filled)
    settled(filled)
    assert opened_by(lambda: told_by_index(filled), filled) == []


def test_a_walk_that_was_broken_off_is_not_taken_for_the_whole(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with whole_of(root) as whole:
        with monkeypatch.context() as patch:
            patch.setattr(Walk, "_year", lambda *rest: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                list(whole.actions)
        with pytest.raises(RuntimeError, match="broken off"):
            list(whole.actions)


def must_be(found: object, plain: object) -> None:
    assert found == plain


def index_of_content(root: Path, content: bytes) -> None:
    """The index as it was."""
    (root / ".tracker/index" / f"{module.form():08x}.db").write_bytes(content)


def test_what_is_gone_leaves_nothing_behind(root: Path) -> None:
    settled(root)
    shutil.rmtree(root / "pdb/2025-11-26")
    shutil.rmtree(root / "pdb-x")
    (root / "pdb-x.yaml").unlink(missing_ok=True)
    settled(root)
    database = Database(str(root / ".tracker/index"))
    try:
        assert {path for shelf in ("", "pdb/2025", "pdb/2026", "pdb-x/2026", "jat/2026") for path in database.kept(shelf)} == {
            "", "pdb", "jat", "pdb/2026-02-25", "pdb/2026-06-10", "jat/2026-02-25b",
        }  # fmt: skip
    finally:
        database.close()
    link = sqlite3.connect(index_of(root))
    # a shelf has two sheets, and each folder a bundle
    assert [link.execute(f"select count(*) from {table}").fetchone()[0] for table in ("shelf", "sheet", "bundle")] == [3, 6, 6]
    link.close()


def test_what_went_while_nobody_knew_of_it_leaves_nothing_behind_either(root: Path) -> None:
    """The index had lost what was in the board's folder, so nothing told that a meeting is missing."""
    settled(root)
    link = sqlite3.connect(index_of(root))
    link.execute("delete from shelf where name = ''")
    link.commit()
    link.close()
    shutil.rmtree(root / "pdb/2026-02-25")
    assert told_by_index(root) == told_plainly(root)
    database = Database(str(root / ".tracker/index"))
    try:
        assert [*database.kept("pdb/2026")] == ["pdb/2026-06-10"]
    finally:
        database.close()


def test_what_is_asked_for_after_the_end_is_read_from_the_files(filled: Path) -> None:
    with whole_of(filled) as whole:
        register = whole.register()
    assert dict(register.actions.items()) == dict(load(filled).register.actions)


def test_one_action_needs_only_its_own_folder(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    really = Walk.bundle
    monkeypatch.setattr(Walk, "bundle", lambda self, entry, live: asked.append(entry.path) or really(self, entry, live))
    with whole_of(filled) as whole:
        ref = next(ref for ref in whole.actions if isinstance(ref, ActionRef))
        asked.clear()
        assert whole.actions[ref].ref == ref
        assert set(asked) == {ref.meeting.folder}
        missing = ref._replace(number=77)
        assert missing not in whole.actions and whole.actions.get(missing) is None
        assert ref._replace(meeting=ref.meeting._replace(day=DAYS[0])) not in whole.actions
        assert ref.meeting.folder and sorted(whole.actions.named_in(ref.meeting.folder)) == [
            other for other in sorted(whole.actions) if other.meeting == ref.meeting
        ]
