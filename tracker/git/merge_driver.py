"""Merging two versions of a record's file: its fields by what they mean, all else in it as git merges text.

Comments, keys that the program does not know, quotes and the order of both sides survive: where git's
own merge says just what the united record says, it is taken. Otherwise all three texts are first edited
to hold the united record, so that they differ only in what people wrote around it, and then merged by git.
"""

from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import TrackerError
from tracker.git.conflict_marks import BASE, OURS, THEIRS, marked, marked_whole
from tracker.git.door import Git, GitFailed
from tracker.model.merging import Merged, merge
from tracker.model.merging_values import Three
from tracker.model.records import Record
from tracker.model.references import Ref
from tracker.storage.fields import to_fields
from tracker.storage.load import record_in
from tracker.storage.places import ref_at
from tracker.storage.yaml_edit import edit_record
from tracker.storage.yaml_text import Text, decode, encode

MARKS: Final = 7
"""The usual length of git's marks, the only one that is known as an unfinished merge afterwards."""

# Source: git-merge-file(1): the exit status is the number of conflicts, 127 for more than that.
_MOST_CONFLICTS: Final = 127


class Result(NamedTuple):
    """What the file is to hold, and what has to be settled in it by a person, in words; none if it is merged."""

    content: bytes
    conflicts: tuple[str, ...] = ()


class _Textual(NamedTuple):
    content: bytes
    clean: bool


def merge_files(path: str, texts: Three[bytes], marks: int = MARKS) -> Result:
    """Merge what both sides made of the file at `path` (in the work tree, with `/`).

    An empty base stands for none: both sides made the file. Raises GitFailed, also for what is no text.
    """
    ref = _ref_of(path)
    if texts.ours == texts.theirs:
        return Result(texts.ours)
    if ref is None:
        return _as_text(texts, marks)
    ours, base, theirs = (record_in(ref, content)[0] for content in texts)
    if ours is None or theirs is None:
        return _as_text(texts, marks)
    if not texts.base.strip():
        return Result(_whole(texts, marks), ("both sides made this file",))
    if base is None:
        return _as_text(texts, marks)
    merged = merge(base, ours, theirs)
    finish = _conflicting if merged.conflicts else _united
    return finish(ref, texts, Three(ours, base, theirs), merged, marks)


def _ref_of(path: str) -> Ref | None:
    """The record of a path in the work tree, wherever in it the register lies."""
    parts = path.split("/")
    found = (ref_at("/".join(parts[start:])) for start in range(len(parts)))
    return next((ref for ref in found if ref is not None), None)


def _united(ref: Ref, texts: Three[bytes], records: Three[Record], merged: Merged, marks: int) -> Result:
    """The merged record, in a text that has what both sides wrote around it."""
    plain = _merged_text(texts, marks)
    if plain.clean and record_in(ref, plain.content)[0] == merged.ours:
        return Result(plain.content)
    found = _rewritten(texts, records, merged.ours, marks)
    if found is not None and not found.clean:
        return Result(found.content, ("the lines between the marks",))
    if found is None or record_in(ref, found.content)[0] != merged.ours:
        return Result(_marked(texts, marks), ("the way in which the file is written",))
    return Result(found.content)


def _conflicting(ref: Ref, texts: Three[bytes], records: Three[Record], merged: Merged, marks: int) -> Result:
    """All that could be united, and between marks what could not."""
    versions = Three(*(_rewritten(texts, records, version, marks) for version in merged[:3]))
    ours, base, theirs = (found.content if found and found.clean else None for found in versions)
    if ours is None or theirs is None or not _hold(ref, (ours, theirs), merged):
        return Result(_marked(texts, marks), merged.conflicts)
    return Result(_marked(Three(ours, base or b"", theirs), marks), merged.conflicts)


def _hold(ref: Ref, contents: tuple[bytes, bytes], merged: Merged) -> bool:
    return [record_in(ref, content)[0] for content in contents] == [merged.ours, merged.theirs]


def _as_text(texts: Three[bytes], marks: int) -> Result:
    """What git makes of it, for what is no record."""
    found = _merged_text(texts, marks)
    return Result(found.content, () if found.clean else ("the lines between the marks",))


def _rewritten(texts: Three[bytes], records: Three[Record], wanted: Record, marks: int) -> _Textual | None:
    """A text with this record and with what both sides wrote around theirs; None if a text cannot be edited so."""
    try:
        edited = [_edited(text, record, wanted) for text, record in zip(texts, records, strict=True)]
    except TrackerError:
        return None
    return _merged_text(Three(*edited), marks)


def _edited(content: bytes, record: Record, wanted: Record) -> bytes:
    text = decode(content)
    return encode(Text(edit_record(text.text, to_fields(record), to_fields(wanted)), text.bom))


def _marked(texts: Three[bytes], marks: int) -> bytes:
    ours, base, theirs = (decode(content) for content in texts)
    return encode(Text(marked(ours.text, base.text if base.text else None, theirs.text, marks), ours.bom))


def _whole(texts: Three[bytes], marks: int) -> bytes:
    ours, theirs = decode(texts.ours), decode(texts.theirs)
    return encode(Text(marked_whole(ours.text, theirs.text, marks), ours.bom))


def _merged_text(texts: Three[bytes], marks: int) -> _Textual:
    """What git makes of the texts line by line, with marks of this length where that is not clean."""
    from tempfile import TemporaryDirectory

    if texts.ours == texts.theirs or texts.theirs == texts.base:
        return _Textual(texts.ours, True)
    if texts.ours == texts.base:
        return _Textual(texts.theirs, True)
    labels = [part for label in (OURS, BASE, THEIRS) for part in ("-L", label)]
    with TemporaryDirectory(prefix="tracker-merge-") as folder:
        files = [Path(folder, label) for label in (OURS, BASE, THEIRS)]
        for file, content in zip(files, texts, strict=True):
            file.write_bytes(content)
        clean = True
        try:
            Git(Path(folder)).read("merge-file", "-q", "--diff3", f"--marker-size={marks}", *labels, *map(str, files))
        except GitFailed as failed:
            if not 0 < failed.status <= _MOST_CONFLICTS:
                raise
            clean = False
        return _Textual(files[0].read_bytes(), clean)
