"""A record that someone edits as text: its content, and what it says before and after."""

from pathlib import Path

from tracker.errors import NotFound, TrackerError
from tracker.model.records import Record
from tracker.storage import atomic
from tracker.storage.atomic import ChangedMeanwhile
from tracker.storage.load import record_in
from tracker.storage.places import ref_at


class NotARecord(TrackerError):
    """The edited text is not a record; the sentence says where and why."""


def content_of(root: Path, path: str) -> bytes:
    """The content of a record's file, whether it can be read as a record or not."""
    found = atomic.read(root, path)
    if found is None:
        raise NotFound(f"There is no file {path} in the register.")
    return found.content


def edited_records(root: Path, path: str, before: bytes, draft: bytes) -> tuple[Record | None, Record]:
    """What the file said before (None if it could not be read) and what the edited text says.

    Raises NotARecord for a text that is none, ChangedMeanwhile if the file is not what was given to edit.
    """
    if content_of(root, path) != before:
        raise ChangedMeanwhile(f"{path} was changed by someone else while you edited it. Look at it and edit it again.")
    new = _read(path, draft)
    if isinstance(new, str):
        raise NotARecord(new)
    old = _read(path, before)
    return (None if isinstance(old, str) else old), new


def _read(path: str, content: bytes) -> Record | str:
    """The record, or the sentence that says why it is none."""
    ref = ref_at(path)
    assert ref is not None, path
    record, problems = record_in(ref, content)
    return " ".join(map(str, problems)) if record is None else record
