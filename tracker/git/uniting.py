"""Uniting two sides of the register beside the clone: new numbers, merge, check. Nothing in the clone changes."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import Refused
from tracker.git.comparing import Content, content_of
from tracker.git.conflicts import Conflict, conflicts
from tracker.git.door import GitFailed
from tracker.git.later_work import unknown_to
from tracker.git.merge_driver import merge_files
from tracker.git.message import message
from tracker.git.objects import contents
from tracker.git.revisions import Clone
from tracker.git.snapshot import GitTree, files_at
from tracker.git.staging import Sides, Staging
from tracker.model.changes.draft import Change
from tracker.model.changes.renumbering import new_numbers, renumber
from tracker.model.merging_values import Three
from tracker.model.records import Record
from tracker.model.references import ActionRef, MeetingRef, meeting_ref
from tracker.storage.checking import check_register
from tracker.storage.fields import to_fields
from tracker.storage.load import load, record_in
from tracker.storage.places import claimed_number, ref_at
from tracker.storage.yaml_edit import edit_record
from tracker.storage.yaml_text import BadText, decode, encode

_BY_HAND: Final = (
    "If it was your last change, you can take it back (tracker undo) and sync again. Else unite them by hand: "
    "tracker git-setup, git pull --no-rebase, mend what stands between the marks, git add and git commit, tracker sync."
)


class Met(NamedTuple):
    """The commits of both sides and the one that both came from; `name` is what people call the other side."""

    base: str
    ours: str
    theirs: str
    name: str


def united(clone: Clone, staged: Staging, met: Met, today: date) -> tuple[str, tuple[str, ...]]:
    """A commit that holds both sides, and a sentence for each record that had to be mended for it.

    Raises Conflict if the two cannot be united without a person, or contradict each other; Refused if
    git refuses.
    """
    try:
        numbers = _new_numbers(clone, met)
        said: tuple[str, ...] = ()
        ours = met.ours
        if numbers:
            ours, change = _renumbered(clone, staged, ours, numbers)
            said = change.details or (change.sentence,)
        result = _merged(clone, staged, met._replace(ours=ours))
    except GitFailed as failed:
        raise _refused(clone, failed) from failed
    _check(clone, result, met, today)
    return result, said


def _new_numbers(clone: Clone, met: Met) -> Mapping[ActionRef, ActionRef]:
    """New numbers for our actions whose numbers were also given on their side since both were the same."""
    before, here, there = (files_at(clone, commit) or {} for commit in (met.base, met.ours, met.theirs))
    twice = [
        ref for path, stat in here.items()
        if path not in before and path in there and there[path] != stat and isinstance(ref := ref_at(path), ActionRef)
    ]  # fmt: skip
    return new_numbers(twice, _highest([*here, *there])) if twice else {}


def _highest(paths: Iterable[str]) -> dict[MeetingRef, int]:
    highest: dict[MeetingRef, int] = {}
    for path in paths:
        parts = path.split("/")
        meeting = meeting_ref(parts[0], parts[1]) if len(parts) == 3 else None
        number = claimed_number(parts[-1])
        if meeting and number:
            highest[meeting] = max(highest.get(meeting, 0), number)
    return highest


def _renumbered(
    clone: Clone, staged: Staging, ours: str, numbers: Mapping[ActionRef, ActionRef]
) -> tuple[str, Change]:
    """A commit on top of ours in which the actions have their new numbers."""
    tree = GitTree(clone.git, files_at(clone, ours) or {})
    change = renumber(load(tree).register, numbers)
    files = {path: _edited(tree, change, path, record) for path, record in change.records.items()}
    staged.start(ours)
    staged.put({clone.prefix + path: content for path, content in files.items()})
    return staged.commit([ours], message(change, files)), change


def _edited(tree: GitTree, change: Change, path: str, record: Record | None) -> bytes | None:
    """The file with the fields of the record, and with all that people wrote into it."""
    if record is None:
        return None
    source = change.moved.get(path, path)
    content, ref = tree.content(source), ref_at(source)
    old = record_in(ref, content)[0] if ref else None
    assert old is not None, source
    text = decode(content)
    return encode(text._replace(text=edit_record(text.text, to_fields(old), to_fields(record))))


def _merged(clone: Clone, staged: Staging, met: Met) -> str:
    """A commit with both as its parents, records merged field by field and other files line by line."""
    both_changed = staged.unite(met.base, met.ours, met.theirs)
    known = contents(clone.git, (stat.hash for sides in both_changed.values() for stat in sides if stat))
    files = {}
    left = {}
    for path, sides in both_changed.items():
        content = _in_one(path, sides, Three(*(content_of(stat, known) for stat in sides)))
        if content is None:
            left[path] = sides
        else:
            files[path] = content
    if left:
        raise _conflict(conflicts(clone, left), met.name)
    staged.put(files)
    return staged.commit([met.ours, met.theirs], f"Unite with {met.name}\n")


def _in_one(path: str, sides: Sides, found: Three[Content]) -> bytes | None:
    """Both sides of a file in one; None if only a person can do that."""
    ours, base, theirs = found
    if not sides.plain or not isinstance(ours, bytes) or not isinstance(theirs, bytes) or isinstance(base, BadText):
        return None
    try:
        result = merge_files(path, Three(ours, base or b"", theirs))
    except GitFailed:  # no text
        return None
    return None if result.conflicts else result.content


def _conflict(found: tuple[str, ...], name: str) -> Conflict:
    what = "the same thing was" if len(found) == 1 else f"{len(found)} things were"
    return Conflict(
        f"Here and on {name} {what} changed in different ways, so nothing was changed in this clone. {_BY_HAND}", found
    )


def _check(clone: Clone, result: str, met: Met, today: date) -> None:
    """Conflict if the united register has errors that neither side had."""
    errors = [problem for problem in check_register(_tree(clone, result), today) if problem.severity == "error"]
    new = unknown_to((_tree(clone, side) for side in (met.ours, met.theirs)), errors, today)
    if new:
        raise Conflict(
            f"The changes here and on {met.name} contradict each other, so nothing was changed in this clone. Mend "
            "your side first, as is said above, or take your change back (tracker undo); then type tracker sync again.",
            tuple(map(str, new)),
        )


def _tree(clone: Clone, commit: str) -> GitTree:
    return GitTree(clone.git, files_at(clone, commit) or {})


def _refused(clone: Clone, failed: GitFailed) -> Refused:
    if not all(clone.git.try_read("var", f"GIT_{who}_IDENT") for who in ("AUTHOR", "COMMITTER")):
        return Refused(
            "Nothing was synced, because git does not know who you are. "
            'Type git config user.name "Your Name" and git config user.email you@example.org'
        )
    return Refused(f"Nothing was synced, because git refused: “{failed.reason}”.")
