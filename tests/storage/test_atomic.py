"""Single file operations: what is read, what is refused, what a system that lacks a call gets."""

import errno
import os
from pathlib import Path

import pytest

from tracker.storage import atomic
from tracker.storage.atomic import CannotRead, Found, read


def test_reads_a_file_with_its_permissions_and_nothing_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/b.yaml").write_bytes(b"x\r\n\x1a\x00")
    (tmp_path / "a/b.yaml").chmod(0o600)
    assert read(tmp_path, "a/b.yaml") == Found(b"x\r\n\x1a\x00", 0o600 if os.name != "nt" else 0o666)
    assert read(tmp_path, "a/c.yaml") is None
    assert read(tmp_path, "z/c.yaml") is None


def test_a_file_up_to_the_limit_is_read_and_a_larger_one_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"12345")
    assert read(tmp_path, "a.yaml", 5)
    with pytest.raises(CannotRead, match="a.yaml is larger than 4 bytes"):
        read(tmp_path, "a.yaml", 4)


def test_a_folder_in_a_records_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    with pytest.raises(CannotRead, match="not a plain file"):
        read(tmp_path, "a.yaml")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_records_place_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yaml")
    with pytest.raises(CannotRead, match="not a plain file"):
        read(tmp_path, "a.yaml")


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_not_followed_even_if_they_appear_after_the_first_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text("s")
    (tmp_path / "plain").write_text("p")
    (tmp_path / "a.yaml").symlink_to(tmp_path / "secret")
    with pytest.raises(CannotRead, match="not a plain file"):
        read(tmp_path, "a.yaml")
    plain = os.lstat(tmp_path / "plain")
    monkeypatch.setattr(os, "lstat", lambda place: plain)
    with pytest.raises(OSError):
        read(tmp_path, "a.yaml")


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda number, content: real(number, content[:3]))
    atomic.write_new(tmp_path / "a", b"0123456789")
    assert (tmp_path / "a").read_bytes() == b"0123456789"


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("mine")
    with pytest.raises(FileExistsError):
        atomic.write_new(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_text() == "mine"


@pytest.mark.skipif(os.name == "nt", reason="folders are not synced on Windows")
@pytest.mark.parametrize("number, raises", [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True)])
def test_a_file_system_that_cannot_sync_folders_is_used_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, raises: bool) -> None:
    def fail(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    if raises:
        with pytest.raises(OSError):
            atomic.sync_folder(tmp_path)
    else:
        atomic.sync_folder(tmp_path)


def test_a_file_that_another_program_has_open_on_windows_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("new")
    real, refusals = os.replace, [PermissionError(), PermissionError()]

    def busy(source: Path, target: Path) -> None:
        if refusals:
            raise refusals.pop()
        real(source, target)

    monkeypatch.setattr(atomic, "_PAUSES", (0.001, 0.001))
    monkeypatch.setattr(os, "replace", busy)
    atomic.move(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "new"
    refusals.extend([PermissionError()] * 3)
    with pytest.raises(PermissionError):
        atomic.move(tmp_path / "b", tmp_path / "c")


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EXDEV, errno.EIO, errno.ENAMETOOLONG])
def test_every_reason_is_plain_words_and_says_what_to_do(number: int) -> None:
    words = atomic.reason(OSError(number, os.strerror(number), "temp", None, "pdb/{x}/01.yaml"))
    assert "[Errno" not in words and words.endswith(".") and words.count(". ") == 1
    assert atomic.reason(OSError(number, os.strerror(number))).endswith(".")
