"""The records that differ between two commits, or between a commit and the files as they are now.

Only what differs is read. The files are compared byte by byte by their hashes, so no filter and no
setting of the clone has a say in what counts as changed.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from tracker.errors import Problem
from tracker.git.door import records
from tracker.git.objects import Commit, contents
from tracker.git.revisions import Clone, Range
from tracker.git.snapshot import Stat, files_at, kind_of
from tracker.model.difference import Version
from tracker.model.references import REGISTER_PATH, Ref, path_of
from tracker.storage.load import record_in
from tracker.storage.places import ref_at
from tracker.storage.trees import FILE, DiskTree, NotThere, Tree, never_opened
from tracker.storage.walk import look, walk
from tracker.storage.yaml_text import BadText

_NOTHING: Final = "0"

Content = bytes | BadText | None
"""What lies at a path: bytes, something that cannot be read, or nothing."""


class Step(NamedTuple):
    """What lay at a record's path before and after, as git stores it; None where there was nothing."""

    ref: Ref
    before: Stat | None
    after: Stat | None


def changed_records(clone: Clone, compared: Range) -> dict[Ref, tuple[Version, Version]]:
    """The two versions of every record that is not the same on both sides, by its reference."""
    if compared.head is None:
        return changed_files(clone, compared.base)
    steps = steps_between(clone, compared.base, compared.head)
    found = stored_contents(clone, steps)
    return versions({step.ref: (content_of(step.before, found), content_of(step.after, found)) for step in steps})


def changed_files(
    clone: Clone, commit: Commit, below: str = "", wanted: Callable[[Ref], bool] = lambda ref: True
) -> dict[Ref, tuple[Version, Version]]:
    """The two versions of every record wanted whose file is not what the commit holds.

    Looks only at the file of this path, or into the board's folder there, where `below` names one.
    """
    held = {ref: stat for path, stat in (files_at(clone, commit.hash, below) or {}).items() if (ref := ref_at(path))}
    disk = DiskTree(clone.root)
    differing: dict[Ref, Content] = {}
    for ref in filter(wanted, {*held, *_present(disk, below)}):
        now = _now(disk, ref)
        if not _is_same(held.get(ref), now):
            differing[ref] = now
    found = stored_contents(clone, (Step(ref, held.get(ref), None) for ref in differing))
    return versions({ref: (content_of(held.get(ref), found), now) for ref, now in differing.items()})


def versions(pairs: Mapping[Ref, tuple[Content, Content]]) -> dict[Ref, tuple[Version, Version]]:
    """The records that these contents are, but for those that only differ in how their lines end."""
    return {
        ref: (version(ref, old), version(ref, new))
        for ref, (old, new) in pairs.items()
        if _without_returns(old) != _without_returns(new)
    }


def version(ref: Ref, content: Content) -> Version:
    """The record that this content is, or why it is none."""
    if content is None:
        return None
    if isinstance(content, BadText):
        return Problem(path_of(ref), content.line, content.message, content.advice)
    record, problems = record_in(ref, content)
    if record is not None:
        return record
    return next(problem for problem in problems if problem.severity == "error")


def stored_contents(clone: Clone, steps: Iterable[Step]) -> Mapping[str, bytes | BadText]:
    """The contents of all that these steps name, by hash."""
    sides = (side for step in steps for side in (step.before, step.after))
    return contents(clone.git, (side.hash for side in sides if side and side.kind == FILE))


def content_of(side: Stat | None, found: Mapping[str, bytes | BadText]) -> Content:
    """What lies on one side of a step."""
    if side is None:
        return None
    return found[side.hash] if side.kind == FILE else never_opened(side.kind)


def stat_of(mode: str, hash_: str) -> Stat | None:
    """One side of a line of git's raw differences; None for nothing there."""
    return None if set(mode) == {_NOTHING} else Stat(kind_of(mode), hash_)


def steps_between(clone: Clone, base: Commit, head: Commit) -> list[Step]:
    """The records that the two commits hold differently."""
    pathspec = clone.prefix.rstrip("/") or "."
    options = ("-r", "-z", "--raw", "--no-renames", "--no-relative", "--no-abbrev")
    found = iter(records(clone.git.read("diff-tree", *options, base.hash, head.hash, "--", pathspec)))
    steps = []
    for about, path in zip(found, found, strict=True):
        old_mode, mode, old, new, _ = about.removeprefix(":").split(" ")
        ref = ref_at(path.removeprefix(clone.prefix))
        if ref is not None:
            steps.append(Step(ref, stat_of(old_mode, old), stat_of(mode, new)))
    return steps


def _present(tree: Tree, below: str) -> list[Ref]:
    """The records whose files are there, be they what they may."""
    single = ref_at(below)
    if single is not None:
        return [single]
    if below and below not in look(tree, REGISTER_PATH).inner:  # no folder of that name, or a link
        return []
    found = walk(tree, below or REGISTER_PATH)
    return [*found.refs, *(ref for path in found.broken if (ref := ref_at(path)) is not None)]


def _now(disk: DiskTree, ref: Ref) -> Content:
    """What lies at a record's path on the disk."""
    try:
        return disk.content(path_of(ref))
    except NotThere:
        return None
    except BadText as error:
        return error


def _is_same(stat: Stat | None, content: Content) -> bool:
    if stat is None or not isinstance(content, bytes):
        return stat is None and content is None
    return stat.kind == FILE and stat.hash == blob_hash(content, len(stat.hash))


def blob_hash(content: bytes, length: int) -> str:
    """The hash under which git stores a file of this content, in a repository whose hashes are so long."""
    digest = hashlib.sha1(usedforsecurity=False) if length == 40 else hashlib.sha256()
    digest.update(b"blob %d\0" % len(content))
    digest.update(content)
    return digest.hexdigest()


def _without_returns(content: Content) -> Content:
    """The content with its lines ended as git's own copy may end them where a clone turns them into CRLF."""
    return content.replace(b"\r\n", b"\n") if isinstance(content, bytes) else content
