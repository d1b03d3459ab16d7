"""A second process that looks at the files: it never changes what comes out, and none is left behind."""

import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.builders import action, on_disk, put
from tests.storage.faults import needs_fork
from tests.storage.index.registers import TICK, index_of, none_is_left_behind, settled, told_by, told_by_index, told_plainly
from tracker.storage.index import helping, second_process, signature, walking
from tracker.storage.index.database import Database
from tracker.storage.index.helping import Helper, begin
from tracker.storage.index.rows import Key, Row
from tracker.storage.index.second_process import Second
from tracker.storage.index.whole import open_whole

pytestmark = needs_fork
YEARS = range(2014, 2026)
DAYS = [f"{year}-{month:02}-17" for year in YEARS for month in (3, 9)]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = on_disk(tmp_path / "records", *(action(f"PDB/{day}/01") for day in DAYS))
    settled(place)
    monkeypatch.setattr(helping, "_WORTH_IT", 4)
    monkeypatch.setattr(second_process, "_processors", lambda: 2)
    return place


def keys_of(root: Path) -> dict[str, Key]:
    """The keys of the shelves, by board and year."""
    database = Database(str(root / ".tracker/index"))
    try:
        return {name: head.key for name, head in database.heads("pdb").items()}
    finally:
        database.close()


def change_some(root: Path) -> set[str]:
    """Change some files; the shelves on which that is."""
    put(root, f"pdb/{DAYS[2]}/01.yaml", "text: Another\n")
    put(root, f"pdb/{DAYS[-3]}/02.yaml", "text: Another\n")
    (root / f"pdb/{DAYS[-2]}/01.yaml").unlink()
    return {f"pdb/{day[:4]}" for day in (DAYS[2], DAYS[-3], DAYS[-2])}


def known(helper: Helper, keys: dict[str, Key]) -> set[str]:
    """The shelves that the helper has told to stand."""
    return {name for name, key in keys.items() if helper.knows(key)}


def all_known(helper: Helper, keys: dict[str, Key], most: int) -> set[str]:
    """The same, once it has told so many, or has had time to."""
    for _ in range(200):
        helper.listen()
        if len(known(helper, keys)) >= most:
            break
        time.sleep(0.005)
    time.sleep(0.02)
    helper.listen()
    return known(helper, keys)


def told_by_two(
    root: Path, monkeypatch: pytest.MonkeyPatch, helper_takes: float, we_take: float
) -> tuple[dict[str, object], list[str]]:
    """What the register says, and the folders at which this process looked; each look takes so many seconds."""
    parent, seen = os.getpid(), []
    really = signature.stands

    def stands(place: str, row: Row) -> bool:
        ours = os.getpid() == parent
        if ours:
            seen.append(row.path)
        time.sleep(we_take if ours else helper_takes)
        return really(place, row)

    with monkeypatch.context() as patch:
        for module in (walking, helping):
            patch.setattr(module, "stands", stands)
        return told_with_helper(root), seen


def told_with_helper(root: Path, helper: Helper | None = None) -> dict[str, object]:
    helper = helper or begin(root)
    assert helper
    whole = open_whole(root, iter, helper)
    try:
        return told_by(whole.register(), whole.wrong.problems)
    finally:
        helper.end()
        whole.close()


# In seconds a folder: who takes longer leaves most of the work to the other.
@pytest.mark.parametrize("helper_takes, we_take", [(0.0, 0.02), (0.05, 0.0), (0.005, 0.005)])
def test_two_processes_say_what_one_says(
    root: Path, monkeypatch: pytest.MonkeyPatch, begun: list[int], helper_takes: float, we_take: float
) -> None:
    plain = told_plainly(root)
    told, seen = told_by_two(root, monkeypatch, helper_takes, we_take)
    assert told == plain
    assert len(seen) > len(DAYS) - 5 if helper_takes > we_take else len(seen) < len(DAYS) - 5
    change_some(root)
    assert told_by_two(root, monkeypatch, helper_takes, we_take)[0] == told_plainly(root) != plain
    none_is_left_behind(begun)


def test_it_tells_of_the_shelves_on_which_all_stands_and_of_no_others(root: Path, begun: list[int]) -> None:
    keys, changed = keys_of(root), change_some(root)
    assert len(keys) == len(YEARS)
    helper = begin(root)
    assert helper
    assert all_known(helper, keys, len(keys) - len(changed)) == {*keys} - changed
    helper.end()
    helper.end()
    none_is_left_behind(begun)


def test_what_the_helper_saw_of_another_state_of_the_index_counts_for_nothing(root: Path) -> None:
    """Another command has read a folder again, and kept that, after the helper looked."""
    helper, keys = begin(root), keys_of(root)
    assert helper and len(all_known(helper, keys, len(keys))) == len(keys)
    put(root, f"pdb/{DAYS[2]}/01.yaml", "text: Another\n")
    settled(root)
    put(root, f"pdb/{DAYS[2]}/01.yaml", "text: And another\n")
    assert told_with_helper(root, helper) == told_plainly(root)


def test_what_is_wrong_on_a_shelf_is_told_whoever_looked_at_it(root: Path) -> None:
    put(root, f"pdb/{DAYS[4]}/02.yaml", "text: [torn\n")
    put(root, f"pdb/{DAYS[7]}/01.yaml", "text: Do it\nownrs: [Force]\n")
    settled(root)
    helper, keys, plain = begin(root), keys_of(root), told_plainly(root)
    assert helper and len(all_known(helper, keys, len(keys))) == len(keys)
    assert len(plain["problems"]) == 2 and told_with_helper(root, helper) == plain == told_by_index(root)


def test_what_comes_in_pieces_is_put_together() -> None:
    reader, writer = os.pipe()
    helper, keys = Helper(Second(1, reader)), [(1, 2**32 - 1), (70_000, 0), (3, 258)]
    told = b"".join((number << 32 | seal).to_bytes(8, sys.byteorder) for number, seal in keys)
    for piece, so_far in ((told[:3], 0), (told[3:17], 2), (told[17:], 3)):
        os.write(writer, piece)
        helper.listen()
        assert [helper.knows(key) for key in keys] == [place < so_far for place in range(3)]
    assert not helper.knows((3, 257)) and not helper.knows((0, 0))
    os.close(reader)
    os.close(writer)


def test_where_one_process_does_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process too many"))
    with monkeypatch.context() as patch:
        patch.setattr(second_process, "_processors", lambda: 1)
        assert begin(root) is None
    monkeypatch.setattr(helping, "_WORTH_IT", 10**9)
    assert begin(root) is None


def test_who_stops_early_leaves_no_process_behind_and_can_go_on(root: Path, begun: list[int]) -> None:
    change_some(root)
    helper = begin(root)
    assert helper
    whole = open_whole(root, iter, helper)
    first = next(iter(whole.actions))
    helper.end()
    helper.end()
    none_is_left_behind(begun)
    plain = told_plainly(root)
    assert first in plain["actions"]
    assert told_by(whole.register(), whole.wrong.problems) == plain
    whole.close()


def test_a_whole_register(root: Path) -> None:
    for _ in range(2):
        change_some(root)
        assert told_with_helper(root) == told_plainly(root)
        time.sleep(TICK)
        put(root, f"pdb/{DAYS[-2]}/01.yaml", "text: There again\n")
        assert told_with_helper(root) == told_plainly(root)


def test_where_no_second_process_may_be_had(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    before = len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 0
    assert begin(root) is None
    assert before == (len(os.listdir("/proc/self/fd")) if before else 0)


@pytest.mark.parametrize("looks", [0, 5])
def test_a_second_process_that_dies(root: Path, monkeypatch: pytest.MonkeyPatch, looks: int) -> None:
    keys, left = keys_of(root), [looks]
    change_some(root)
    really = signature.stands

    def stands(place: str, row: Row) -> bool:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return really(place, row)

    monkeypatch.setattr(helping, "stands", stands)
    helper = begin(root)
    assert helper
    time.sleep(0.1)
    helper.listen()
    assert len(known(helper, keys)) == (1 if looks else 0)
    assert told_with_helper(root, helper) == told_plainly(root)


@pytest.mark.parametrize("spoil", [lambda file: file.write_bytes(b"x" * 9000), lambda file: file.unlink()], ids=["spoilt", "gone"])
def test_a_second_process_that_finds_no_index(root: Path, monkeypatch: pytest.MonkeyPatch, spoil: Any) -> None:
    keys = keys_of(root)
    change_some(root)
    monkeypatch.setattr(helping, "size_of", lambda folder: 10**9)
    spoil(index_of(root))
    helper = begin(root)
    assert helper
    time.sleep(0.1)
    helper.listen()
    assert not known(helper, keys)
    assert told_with_helper(root, helper) == told_plainly(root)


def test_where_nobody_is_told_of_ended_processes(root: Path) -> None:
    """As some of what runs commands by night has it, and hands it on."""
    keys, changed = keys_of(root), change_some(root)
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        helper = begin(root)
        assert helper
        assert all_known(helper, keys, len(keys) - len(changed)) == {*keys} - changed
        time.sleep(0.05)
        assert told_with_helper(root, helper) == told_plainly(root)
    finally:
        signal.signal(signal.SIGCHLD, before)


@pytest.mark.parametrize("takes, told", [(0.0, 8192), (2.0, 8)], ids=["much to tell", "long looks"])
def test_nobody_waits_for_the_helper_of_a_process_that_died(
    root: Path, monkeypatch: pytest.MonkeyPatch, takes: float, told: int
) -> None:
    """Killed, say. What reads the output sees the end of it at once, and what cannot be told to anyone is not kept."""
    monkeypatch.setattr(helping, "stands", lambda place, row: not time.sleep(takes))
    monkeypatch.setattr(helping, "_TOLD", told)
    outputs, alive = os.pipe(), os.pipe()
    dying = os.fork()
    if dying == 0:
        try:
            os.dup2(outputs[1], 1)
            os.close(outputs[1])
            begin(root)
        finally:
            os._exit(0)
    os.waitpid(dying, 0)
    for reader, writer in (outputs, alive):
        os.close(writer)
    assert select.select([outputs[0]], [], [], 1.0)[0] and os.read(outputs[0], 1) == b""
    assert select.select([alive[0]], [], [], 30.0)[0] and os.read(alive[0], 1) == b""
    for reader, writer in (outputs, alive):
        os.close(reader)
