"""The index on the disk: it gives back what was put, or nothing; never anything else."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.storage.index.registers import TICK, index_of
from tracker.storage.index import database as module
from tracker.storage.index import room as file_module
from tracker.storage.index.database import FAILURES, Database
from tracker.storage.index.rows import NOTHING, Row

SHELVES = ("", "pdb/2025", "pdb/2026")
PATHS = ("", "pdb", "pdb/2025-11-26", "pdb/2026-02-25")
Held = dict[str, tuple[Row, bytes | None, bytes | None]]


def row(path: str, **fields: object) -> Row:
    given = Row(path, "meeting.yaml\n01.yaml", "", b"signed" + path.encode(), 739000, 739001, 0, 1, b"")
    return given._replace(**fields)  # type: ignore[arg-type]


WANTED: Held = {path: (row(path), f"live {path}".encode() * 40, f"others {path}".encode() * 300) for path in PATHS}


@contextmanager
def database(folder: Path, keep: bool = True) -> Iterator[Database]:
    opened = Database(folder)
    try:
        yield opened
    finally:
        opened.close(keep)


def fill(folder: Path) -> None:
    with database(folder) as opened:
        for each in WANTED.values():
            opened.put(*each)  # type: ignore[arg-type]


def held(folder: Path) -> Held:
    with database(folder) as opened:
        return {
            path: (kept.row, opened.bundle(path, kept.key, True), opened.bundle(path, kept.key, False))
            for shelf in SHELVES
            for path, kept in list(opened.kept(shelf).items())
        }


def must_be_part_of_it(found: Held) -> None:
    for path, (each, live, others) in found.items():
        wanted = WANTED[path]
        assert each == wanted[0]
        assert live in (None, wanted[1]) and others in (None, wanted[2])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / ".tracker/index"
    place.mkdir(parents=True)
    fill(place)
    return place


def file_of(folder: Path) -> Path:
    return index_of(folder.parents[1])


@contextmanager
def by_hand(folder: Path) -> Iterator[sqlite3.Connection]:
    """The file as anyone could change it."""
    link = sqlite3.connect(file_of(folder))
    yield link
    link.commit()
    link.close()


def test_what_is_put_is_there_for_the_next_one(folder: Path) -> None:
    assert held(folder) == WANTED
    assert list(held(folder)) == sorted(PATHS)
    with database(folder) as opened:
        found = opened.row("pdb")
        assert found is not None and found[1] == WANTED["pdb"][0]
        assert opened.row("jat") is None


def test_a_folder_that_is_put_again_has_only_what_is_new(folder: Path) -> None:
    with database(folder) as opened:
        old = opened.kept("")["pdb"].key
        new = opened.put(row("pdb", highest=7), NOTHING, b"new")
        assert new != old
        assert opened.bundle("pdb", old, False) is None and opened.bundle("pdb", old, True) is None
    assert held(folder) == WANTED | {"pdb": (row("pdb", highest=7), NOTHING, b"new")}


def test_a_folder_that_is_dropped_is_gone(folder: Path) -> None:
    with database(folder) as opened:
        found = opened.row(PATHS[-1])
        assert found
        opened.drop(PATHS[-1])
        assert opened.row(PATHS[-1]) is None
        assert opened.bundle(PATHS[-1], found[0], True) is None and opened.bundle(PATHS[-1], found[0], False) is None
    assert set(held(folder)) == {*PATHS[:-1]}


def test_with_a_board_go_its_meetings_and_no_others(folder: Path) -> None:
    near = ("pd", "pdb-x", "pdb-x/2025-11-26", "pdb.", "pdb0", "pdba/2025-11-26")
    with database(folder) as opened:
        for path in near:
            opened.put(row(path), b"", b"")
        opened.drop("pdb")
        assert {path for path in (*PATHS, *near) if opened.row(path)} == {"", *near}


def test_what_is_not_wanted_is_not_kept(folder: Path) -> None:
    with database(folder, keep=False) as opened:
        opened.put(row("jat"), b"", b"")
        assert opened.row("jat")
    assert held(folder) == WANTED


def test_what_was_not_ended_is_not_kept(folder: Path) -> None:
    opened = Database(folder)
    opened.put(row("jat"), b"", b"")
    opened._link.close()
    assert held(folder) == WANTED


HEAD = ("paths", "latest", "first_due", "dateless", "wrong", "seal", "live_seal", "checksum")


def told_of_shelf(folder: Path, name: str) -> tuple[list[Row] | None, dict[str, bytes] | None]:
    """What those are told that take a shelf whole: its rows and live actions, None for what is not whole."""
    with database(folder) as opened:
        head = opened.heads(name.partition("/")[0]).get(name)
        if head is None:
            return None, None
        rows, live = opened.rows_of(head), opened.live_of(head)
        return rows and [each for _, each in rows], live and {path: bundle for path, _, bundle in live}


def test_a_shelf_is_told_of_by_its_head(folder: Path) -> None:
    with database(folder) as opened:
        opened.put(row("pdb/2025-12-10", latest=739100, first_due=738000, problems=b"wrong"), NOTHING, b"")
        opened.put(row("pdb/2025-12-24", dateless=2), b"live", b"")
    with database(folder) as opened:
        heads = opened.heads("pdb")
        assert list(heads) == ["pdb/2025", "pdb/2026"] and opened.heads("") == opened.heads("pd") == {}
        head = heads["pdb/2025"]
        assert head.paths.split("\n") == ["pdb/2025-11-26", "pdb/2025-12-10", "pdb/2025-12-24"]
        assert head[2:6] == (739100, 738000, 2, 1) and heads["pdb/2026"][2:6] == (739000, 739001, 0, 0)
        assert opened.live_of(head) == [
            ("pdb/2025-11-26", 739001, WANTED["pdb/2025-11-26"][1]),
            ("pdb/2025-12-24", 0, b"live"),
        ]


@pytest.mark.parametrize("change", [
    *(f"{cell} = {value}" for cell in HEAD for value in (f"{cell} || 'x'", f"cast({cell} as int) + 1", "x'00'")), "name = 'pdb/2027'", "name = x'7064'",
    "name = 3",
])  # fmt: skip
def test_a_shelf_whose_head_has_anything_changed_is_empty(folder: Path, change: str) -> None:
    with by_hand(folder) as link:
        link.execute(f"update shelf set {change} where name = 'pdb/2025'")
    assert told_of_shelf(folder, "pdb/2025") == (None, None)
    found = held(folder)
    assert set(found) == {*PATHS} - {"pdb/2025-11-26"}
    must_be_part_of_it(found)


@pytest.mark.parametrize("sheet", [0, 1])
@pytest.mark.parametrize("change", ["body = 'x'", "body = 3", "body = substr(body, 2)", "body = cast(body || 'x' as blob)", "body = x''"])
def test_a_shelf_whose_rows_or_live_actions_are_changed_is_empty(folder: Path, change: str, sheet: int) -> None:
    with by_hand(folder) as link:
        link.execute(f"update sheet set {change} where id = {sheet} + 2 * (select id from shelf where name = 'pdb/2025')")
    told = told_of_shelf(folder, "pdb/2025")
    assert told[sheet] is None and told[1 - sheet] is not None
    assert set(held(folder)) == {*PATHS} - {"pdb/2025-11-26"}


def test_a_shelf_in_the_place_of_another_is_empty(folder: Path) -> None:
    with by_hand(folder) as link:
        link.execute("delete from shelf where name = 'pdb/2026'")
        link.execute("update shelf set name = 'pdb/2026' where name = 'pdb/2025'")
    assert set(held(folder)) == {"", "pdb"}


def test_the_rows_of_another_shelf_are_none(folder: Path) -> None:
    with by_hand(folder) as link:
        numbers = dict(link.execute("select name, id from shelf").fetchall())
        for kind in (0, 1):
            link.execute("delete from sheet where id = ?", (2 * numbers["pdb/2026"] + kind,))
            link.execute("update sheet set id = ? where id = ?", (2 * numbers["pdb/2026"] + kind, 2 * numbers["pdb/2025"] + kind))
    assert set(held(folder)) == {"", "pdb"}


def test_a_bundle_with_anything_changed_is_none(folder: Path) -> None:
    for change in ("body = body || 'x'", "body = 'x'", "body = 7", "checksum = checksum + 1", "checksum = 'x'"):
        with by_hand(folder) as link:
            link.execute(f"update bundle set {change}")
        assert held(folder) == {path: (each, live, None) for path, (each, live, _) in WANTED.items()}
        file_of(folder).unlink()
        fill(folder)


def test_records_of_another_folder_are_none(folder: Path) -> None:
    """As when a page is written to the wrong place."""
    with by_hand(folder) as link:
        link.execute("update bundle set id = 100 where id = 1")
        link.execute("update bundle set id = 1 where id = 2")
        link.execute("update bundle set id = 2 where id = 100")
    found = held(folder)
    must_be_part_of_it(found)
    assert sum(others is None for _, _, others in found.values()) == 2


def test_records_of_an_earlier_reading_are_none(folder: Path) -> None:
    """As when the disk was full after half of a folder was put."""
    with by_hand(folder) as link:
        old = link.execute("select * from bundle where id = 4").fetchall()
        old_sheets = link.execute("select id, body from sheet").fetchall()
    with database(folder) as opened:
        key = opened.put(row(PATHS[-1], signature=b"later"), b"later", b"later")
    assert key[0] == 4
    with by_hand(folder) as link:
        link.executemany("replace into bundle values (?, ?, ?)", old)
    assert held(folder)[PATHS[-1]] == (row(PATHS[-1], signature=b"later"), b"later", None)
    with by_hand(folder) as link:
        link.executemany("replace into sheet values (?, ?)", old_sheets)
        number = link.execute("select id from shelf where name = 'pdb/2026'").fetchone()[0]
        link.execute("update or replace sheet set id = ? where id = ?", (2 * number, max(old_sheets)[0] - 1))
    assert PATHS[-1] not in held(folder)


def test_another_version_has_an_index_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = file_of(folder)
    for number in range(6):
        file_module.form.cache_clear()
        monkeypatch.setattr(file_module, "__version__", f"9.{number}")
        time.sleep(TICK)
        assert held(folder) == {}
        fill(folder)
        assert held(folder) == WANTED
        assert first.exists() == (number < 3)
    assert len(list(folder.glob("*.db"))) == 4
    monkeypatch.undo()
    file_module.form.cache_clear()


def test_a_file_of_ours_that_says_it_is_of_another_version_is_made_anew(folder: Path) -> None:
    with by_hand(folder) as link:
        link.execute("pragma user_version = 7")
    assert held(folder) == {}
    fill(folder)
    assert held(folder) == WANTED


def test_only_files_of_ours_are_ever_removed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = [folder / name for name in ("members.db", "0.db", "0123456789.db", "0000000g.db", "notes.txt")]
    for place in theirs:
        place.write_text("theirs")
        os.utime(place, ns=(0, 0))
    for number in range(7):
        file_module.form.cache_clear()
        monkeypatch.setattr(file_module, "__version__", f"9.{number}")
        held(folder)
    assert [place.read_text() for place in theirs] == ["theirs"] * 5
    monkeypatch.undo()
    file_module.form.cache_clear()


@pytest.mark.parametrize("content", [b"", b"x", b"no database at all " * 300, b"SQLite format 3\0", b"SQLite format 3\0" + b"\0" * 5000])
def test_what_is_no_database_is_made_anew(folder: Path, content: bytes) -> None:
    file_of(folder).write_bytes(content)
    assert held(folder) == {}
    fill(folder)
    assert held(folder) == WANTED


def test_tables_that_are_not_ours_are_made_anew(folder: Path) -> None:
    for change in ("drop table bundle", "alter table sheet rename column body to figures", "drop table shelf"):
        with by_hand(folder) as link:
            link.execute(change)
            link.execute("pragma user_version = 0")
        assert held(folder) == {}
        fill(folder)
        assert held(folder) == WANTED


def test_a_link_in_its_place_is_replaced_and_nothing_touched_where_it_leads(folder: Path, tmp_path: Path) -> None:
    theirs = tmp_path / "theirs"
    for content in (b"", b"precious", file_of(folder).read_bytes(), None):
        for name in (file_of(folder).name, "clock"):
            (folder / name).unlink(missing_ok=True)
            os.symlink(theirs, folder / name)
        theirs.unlink(missing_ok=True)
        if content is not None:
            theirs.write_bytes(content)
            os.utime(theirs, ns=(0, 0))
        with database(folder) as opened:
            opened.put(row("jat"), b"", b"")
            assert opened.mark() > 10**18
        assert theirs.read_bytes() == content if content is not None else not theirs.exists()
        assert content is None or theirs.stat().st_mtime_ns == 0
        assert set(held(folder)) == {"jat"}


def test_a_folder_in_its_place(folder: Path) -> None:
    file = file_of(folder)
    file.unlink()
    file.mkdir()
    with pytest.raises((sqlite3.Error, OSError)):
        Database(folder)
    assert file.is_dir()


def answers(folder: Path) -> Held:
    """What is held, as far as it can be read."""
    found: Held = {}
    with suppress(*FAILURES), database(folder) as opened:
        for shelf in SHELVES:
            for path, kept in list(opened.kept(shelf).items()):
                found[path] = (kept.row, kept.live, None)
                with suppress(*FAILURES):
                    found[path] = (kept.row, kept.live, opened.bundle(path, kept.key, False))
    return found


def must_tell_part_of_it(folder: Path) -> None:
    """Also who takes a shelf whole is told what was put, or nothing."""
    for name in SHELVES[1:]:
        with suppress(*FAILURES):
            rows, live = told_of_shelf(folder, name)
            assert rows is None or rows == [wanted[0] for path, wanted in WANTED.items() if path.startswith(name)]
            assert live is None or live == {path: wanted[1] for path, wanted in WANTED.items() if path.startswith(name)}


def test_a_file_that_was_cut_short_holds_part_of_it_or_nothing(folder: Path) -> None:
    file = file_of(folder)
    content = file.read_bytes()
    for length in (*range(0, 120, 7), *range(120, len(content), 499)):
        file.write_bytes(content[:length])
        must_tell_part_of_it(folder)
        file.write_bytes(content[:length])
        must_be_part_of_it(answers(folder))
        fill_somehow(folder)
        must_be_part_of_it(answers(folder))


def test_flipped_bits_make_no_wrong_answer(folder: Path) -> None:
    file = file_of(folder)
    content = file.read_bytes()
    less = 0
    # Of the pages with the tables the most; the texts in between are alike.
    for place in (*range(0, 220), *range(220, len(content), 61)):
        flipped = bytearray(content)
        flipped[place] ^= 1 << place % 8
        file.write_bytes(flipped)
        must_tell_part_of_it(folder)
        found = answers(folder)
        must_be_part_of_it(found)
        less += found != WANTED
    assert less > 60


def fill_somehow(folder: Path) -> None:
    with suppress(*FAILURES):
        fill(folder)


def test_somebody_else_is_writing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE", 0.05)
    with by_hand(folder) as link:
        link.execute("begin exclusive")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            Database(folder)
        link.rollback()
        link.execute("begin immediate")
        with database(folder) as opened:
            assert opened.row("pdb")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                opened.put(row("jat"), b"", b"")
            assert opened.row("pdb")
    assert held(folder) == WANTED


def test_the_first_two_at_once(tmp_path: Path) -> None:
    first = Database(tmp_path)
    second = Database(tmp_path)
    first.put(row("pdb"), b"a", b"b")
    second.close()
    first.close()
    assert set(held(tmp_path)) == {"pdb"}


def test_the_mark_is_no_earlier_than_a_change_before_it_and_no_later_than_one_after_it(folder: Path) -> None:
    with database(folder) as opened:
        for number in range(50):
            before = folder.parent / f"before{number}"
            before.touch()
            mark = opened.mark()
            after = folder.parent / f"after{number}"
            after.touch()
            assert before.stat().st_ctime_ns <= mark <= after.stat().st_ctime_ns
