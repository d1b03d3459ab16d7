"""By what a file is known to be the one that was read."""

import importlib.util
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.storage.index.registers import TICK
from tracker.storage.index import signature
from tracker.storage.index.database import Database
from tracker.storage.index.signature import UNSETTLED, Stamp, joined, parted, signature_now, stamp

NAMES = ("01.yaml", "02.yaml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_text("text: Do it\n")
    time.sleep(TICK)
    return tmp_path


def mark_of(folder: Path) -> int:
    own = folder.parent / f"{folder.name}-own"
    own.mkdir(exist_ok=True)
    database = Database(own)
    try:
        return database.mark()
    finally:
        database.close()


def edit_in_place(file: Path) -> None:
    with open(file, "r+") as stream:
        stream.write("text: Be it")


def edit_back_in_time(file: Path) -> None:
    old = file.stat()
    edit_in_place(file)
    os.utime(file, ns=(old.st_atime_ns, old.st_mtime_ns))


def replace(file: Path) -> None:
    other = file.with_name("other")
    other.write_bytes(file.read_bytes())
    os.replace(other, file)


def swap(file: Path) -> None:
    """The two files change their names."""
    other = file.with_name(NAMES[1])
    os.rename(file, file.with_name("kept"))
    os.rename(other, file)
    os.rename(file.with_name("kept"), other)


def put_a_link(file: Path) -> None:
    os.rename(file, file.with_name(".there"))
    os.symlink(".there", file)


CHANGES: list[Callable[[Path], object]] = [
    edit_in_place, edit_back_in_time, replace, swap, put_a_link, lambda file: file.chmod(0o600), lambda file: file.write_text(""),
    lambda file: file.with_name("03.yaml").touch(), lambda file: file.with_name("03.yaml").mkdir(),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_seen(folder: Path, change: Callable[[Path], object]) -> None:
    before = signature_now(str(folder), NAMES)
    assert signature_now(str(folder), NAMES) == before
    time.sleep(TICK)
    change(folder / NAMES[0])
    assert signature_now(str(folder), NAMES) != before


def test_what_is_gone_has_no_signature(folder: Path) -> None:
    (folder / NAMES[1]).unlink()
    with pytest.raises(OSError):
        signature_now(str(folder), NAMES)
    with pytest.raises(OSError):
        signature_now(str(folder / "none"), ())
    with pytest.raises(OSError):
        signature_now(str(folder / NAMES[0]), ())


def test_the_stamps_of_a_folder_make_its_signature(folder: Path) -> None:
    mark = mark_of(folder)
    stamps = [stamp(os.lstat(place), mark) for place in (folder, *(folder / name for name in NAMES))]
    assert UNSETTLED not in stamps
    assert joined(stamps) == signature_now(str(folder), NAMES)
    assert parted(joined(stamps)) == stamps


def test_what_changed_at_the_mark_or_later_is_not_trusted(folder: Path) -> None:
    status = os.lstat(folder / NAMES[0])
    changed = status.st_ctime_ns
    assert stamp(status, changed) == stamp(status, changed - 1) == UNSETTLED
    assert stamp(status, changed + 1) == Stamp((status.st_mtime_ns, changed, status.st_size, status.st_ino))


def test_a_change_in_the_tick_of_the_mark_is_never_trusted(folder: Path) -> None:
    file = folder / NAMES[0]
    for _ in range(60):
        mark = mark_of(folder)
        edit_in_place(file)
        assert stamp(os.lstat(file), mark) == UNSETTLED
    time.sleep(TICK)
    assert stamp(os.lstat(file), mark_of(folder)) != UNSETTLED


def test_a_clock_that_was_wrong_costs_time_only(folder: Path) -> None:
    """A file of tomorrow is read each time, one of the last century is as good as any."""
    file = folder / NAMES[0]
    os.utime(file, ns=(0, 0))
    time.sleep(TICK)
    assert stamp(os.lstat(file), mark_of(folder)) != UNSETTLED
    assert stamp(os.lstat(file), mark_of(folder) - 10**15) == UNSETTLED


def without_folders_to_look_up_from(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(os, "supports_dir_fd", set())
    spec = importlib.util.spec_from_file_location("signature_elsewhere", str(signature.__file__))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_systems_that_look_up_by_the_whole_path_say_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = without_folders_to_look_up_from(monkeypatch)
    assert elsewhere.signature_now is not signature_now
    assert elsewhere.signature_now(str(folder), NAMES) == signature_now(str(folder), NAMES)
    put_a_link(folder / NAMES[0])
    assert elsewhere.signature_now(str(folder), NAMES) == signature_now(str(folder), NAMES)
    with pytest.raises(OSError):
        elsewhere.signature_now(str(folder), ("none.yaml",))
