"""A file outside the register is written whole, or what was there stays, whatever happens meanwhile."""

import errno
import os
from pathlib import Path
from typing import BinaryIO

import pytest

from tests.storage.faults import each_kill, failing_at, needs_fork
from tracker.storage.outfile import write_aside

OLD, NEW = b"old\n" * 1000, b"new\n" * 2000
posix = pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")


def fill(file: BinaryIO) -> None:
    for start in range(0, len(NEW), 1000):
        file.write(NEW[start : start + 1000])
        file.flush()


def test_makes_a_file_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    write_aside(str(tmp_path / "a.html"), fill)
    assert (tmp_path / "a.html").read_bytes() == NEW and os.listdir(tmp_path) == ["a.html"]


def test_a_name_as_long_as_a_name_may_be(tmp_path: Path) -> None:
    for name in ("x" * 250 + ".html", "\N{GRINNING FACE}" * 60 + ".html"):
        write_aside(str(tmp_path / name), fill)
        assert (tmp_path / name).read_bytes() == NEW


@posix
def test_a_new_file_has_the_usual_permissions_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_aside(str(tmp_path / "new"), fill)
    finally:
        os.umask(mask)
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640
    (tmp_path / "old").write_bytes(OLD)
    (tmp_path / "old").chmod(0o604)
    write_aside(str(tmp_path / "old"), fill)
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o604


@pytest.mark.parametrize("raised", [KeyboardInterrupt, ValueError, OSError])
def test_what_stops_the_writing_leaves_what_was_there(tmp_path: Path, raised: type[BaseException]) -> None:
    place = tmp_path / "a.html"
    place.write_bytes(OLD)

    def stopped(file: BinaryIO) -> None:
        file.write(NEW[:500])
        raise raised

    with pytest.raises(raised):
        write_aside(str(place), stopped)
    assert place.read_bytes() == OLD and os.listdir(tmp_path) == ["a.html"]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES])
def test_a_fault_at_any_call_leaves_the_old_or_the_new(tmp_path: Path, number: int) -> None:
    place = tmp_path / "a.html"
    failed = 0
    for n in range(1, 100):
        place.write_bytes(OLD)
        with failing_at(n, number, ("open", "fsync", "replace", "chmod")) as disk:
            try:
                write_aside(str(place), fill)
            except OSError as error:
                assert error.errno == number
                assert place.read_bytes() == OLD
                failed += 1
            else:
                assert place.read_bytes() == NEW
        assert os.listdir(tmp_path) == ["a.html"]
        if disk.calls < n:
            break
    assert failed >= 3


@needs_fork
def test_killed_at_any_call_leaves_the_old_or_the_new_whole(tmp_path: Path) -> None:
    place = tmp_path / "a.html"
    seen = set()
    for _ in each_kill(lambda: write_aside(str(place), fill), lambda: place.write_bytes(OLD)):
        content = place.read_bytes()
        assert content in (OLD, NEW)
        seen.add(content)
        assert all(name == "a.html" or name.endswith(".part") for name in os.listdir(tmp_path))
    assert seen == {OLD, NEW}
