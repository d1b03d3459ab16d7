"""Any change, any fault: the files are those before it or those after it, never a mixture."""

import errno
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from tests.storage.faults import CHANGES, NEEDS_ROOM, failing_at
from tests.storage.test_saving import own_leftovers
from tracker.errors import TrackerError
from tracker.storage.own_folder import is_waiting
from tracker.storage.saving import Write, recover, save

PATHS = ["register.yaml", "a/board.yaml", "a/1/01.yaml", "a/1/02.yaml", "a/2/01.yaml", "b/1/01.yaml"]
contents = some.dictionaries(some.sampled_from(PATHS), some.binary(max_size=40))
faults = some.tuples(some.integers(1, 70), some.sampled_from([(errno.ENOSPC, NEEDS_ROOM), (errno.EIO, CHANGES), (errno.EACCES, CHANGES)]), some.booleans())


def fill(root: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)


def files_in(root: Path) -> dict[str, bytes]:
    found = {place.relative_to(root).as_posix(): place for place in root.rglob("*")}
    return {path: place.read_bytes() for path, place in found.items() if place.is_file() and not path.startswith(".")}


@settings(deadline=None, derandomize=True, max_examples=150)
@given(before=contents, after=contents, fault=faults)
def test_any_change_under_any_fault_is_made_or_not_made(
    tmp_path_factory: pytest.TempPathFactory, before: dict[str, bytes], after: dict[str, bytes], fault: tuple[int, tuple[int, tuple[str, ...]], bool]
) -> None:
    n, (number, names), lasting = fault
    root = tmp_path_factory.mktemp("records")
    try:
        fill(root, before)
        writes = [Write(path, before.get(path), after.get(path)) for path in PATHS]
        with failing_at(n, number, names, lasting=lasting):
            try:
                save(root, writes)
                made: str | None = None
            except TrackerError as error:
                made = str(error)
        if made is None:
            assert files_in(root) == after
        elif "Nothing was changed" in made:
            assert files_in(root) == before
        recover(root)
        assert files_in(root) in (before, after)
        assert not is_waiting(root) and own_leftovers(root) == []
        assert recover(root) is None
    finally:
        shutil.rmtree(root)


def test_a_folder_that_was_emptied_and_filled_in_one_change_is_there_after_it(tmp_path: Path) -> None:
    fill(tmp_path, {"a/1/01.yaml": b"old", "a/2/01.yaml": b"moves"})
    save(tmp_path, [Write("a/1/01.yaml", b"old", None), Write("a/1/02.yaml", None, b"new"), Write("a/2/01.yaml", b"moves", None)])
    assert files_in(tmp_path) == {"a/1/02.yaml": b"new"}
    assert not (tmp_path / "a/2").exists()


def test_many_files_are_one_change(tmp_path: Path) -> None:
    writes = [Write(f"a/2026-01-01/{number:02}.yaml", None, b"%d" % number) for number in range(1, 60)]
    save(tmp_path, writes)
    assert files_in(tmp_path) == {write.path: write.after for write in writes}
    assert own_leftovers(tmp_path) == []
