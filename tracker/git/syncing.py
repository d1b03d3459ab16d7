"""Exchanging changes with colleagues: theirs come in, ours go out, or nothing happens and it is said why.

The two are united beside the clone and checked there. Only when the shared repository has taken the result
does the clone move to it, so until then nothing in the clone has changed.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import Refused, TrackerError
from tracker.git.comparing import changed_records
from tracker.git.conflicts import Conflict
from tracker.git.door import Git, GitFailed, records, text
from tracker.git.objects import Commit
from tracker.git.remote import NotTaken, Upstream, fetch, note_agreement, push, upstream_of
from tracker.git.revisions import HEAD, Clone, Range, clone_of, find_commit, is_shallow
from tracker.git.staging import own_name, staging
from tracker.git.standing import standing
from tracker.git.uniting import Met, united
from tracker.git.work_tree import git_folder, under_way
from tracker.model.difference import Difference
from tracker.model.differences import compare
from tracker.storage.lock import Holder, locked
from tracker.storage.saving import recover
from tracker.storage.wording import visible

__all__ = ["Conflict", "Synced", "sync"]

# Who has just pushed is quicker to push again than who has to unite first, so that one needs patience: the
# pauses grow until the quick ones are through.
_TRIES: Final = 100
_FIRST_PAUSE: Final = 0.05
_LONGEST_PAUSE: Final = 2.0
_SHOWN: Final = 3


class Synced(NamedTuple):
    """What came in and what went out: how many changes, and what they did to the records.

    `upstream` is the shared branch (`origin/main`); `renumbered` says which actions got another number;
    `edited` are records with edits that are in no commit, and so stayed here.
    """

    upstream: str
    came_in: int
    went_out: int
    incoming: tuple[Difference, ...] = ()
    outgoing: tuple[Difference, ...] = ()
    renumbered: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


class _Sides(NamedTuple):
    """Where the two sides stand: ours, theirs (None if the shared branch does not exist yet), what both came from."""

    ours: Commit
    theirs: Commit | None
    base: str | None


def sync(
    root: Path, today: date, holder: Holder, *, wait: float, tell: Callable[[str], None], transport: Mapping[str, str]
) -> Synced:
    """Fetch, unite, check and push; again if someone was faster.

    `wait` and `tell` are those of `store.apply`; `transport` is added to git's environment where it talks to
    the server. Raises Conflict, Refused, NotReached or NotTaken with nothing changed in the clone.
    """
    clone = clone_of(root)
    with locked(root, holder, wait=wait):
        recovered = recover(root)
        if recovered:
            tell(recovered)
        upstream = _ready(clone)
        private = f"refs/tracker/{own_name(clone)}"
        try:
            return _patiently(clone, upstream, private, today, transport)
        finally:
            with suppress(GitFailed):
                clone.git.write("update-ref", "-d", private)


def _ready(clone: Clone) -> Upstream:
    waiting = under_way(git_folder(clone.git.folder))
    if waiting:
        raise Refused(f"Nothing was synced, because {waiting.what}. First finish that: {waiting.way_out}")
    find_commit(clone, HEAD)
    return upstream_of(clone.git)


def _patiently(
    clone: Clone, upstream: Upstream, private: str, today: date, transport: Mapping[str, str]
) -> Synced:
    """Try until nobody else pushes meanwhile. What the server refuses for another reason is not tried again."""
    from random import uniform

    refused: tuple[str | None, NotTaken] | None = None
    for attempt in range(_TRIES):
        theirs = fetch(clone.git, upstream, private, transport)
        if refused and refused[0] == theirs and not refused[1].meanwhile:
            raise refused[1]
        try:
            return _once(clone, upstream, theirs, today, transport)
        except NotTaken as failed:
            refused = (theirs, failed)
        time.sleep(uniform(0, min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** min(attempt, 10))))
    raise Refused(
        f"Others changed {upstream.name} {_TRIES} times while this command ran, and nothing was changed here. "
        "Type tracker sync again."
    )


def _once(
    clone: Clone, upstream: Upstream, theirs: str | None, today: date, transport: Mapping[str, str]
) -> Synced:
    ours = find_commit(clone, HEAD)
    met = _Sides(ours, find_commit(clone, theirs) if theirs else None, _common(clone.git, ours.hash, theirs))
    renumbered: tuple[str, ...] = ()
    result = ours.hash
    if theirs is not None and met.base == ours.hash:
        result = theirs
    elif theirs is not None and met.base != theirs:
        result, renumbered = _united(clone, upstream, met, today)
    if result != ours.hash:
        _must_not_touch_edits(clone, ours.hash, result)
    if result != theirs:
        push(clone.git, upstream, result, transport)
    else:
        note_agreement(clone.git, upstream, result)
    if result != ours.hash:
        _move_to(clone, upstream, result)
    return _told(clone, upstream, met)._replace(renumbered=renumbered, edited=_edited(clone))


def _united(clone: Clone, upstream: Upstream, met: _Sides, today: date) -> tuple[str, tuple[str, ...]]:
    """The commit that unites both sides, and who got another number."""
    assert met.theirs is not None
    if met.base is None:
        lacks = " This clone holds only a part of the history: git fetch --unshallow" if is_shallow(clone) else ""
        raise Refused(f"This clone and {upstream.name} have no commit in common, so they cannot be united.{lacks}")
    with staging(clone) as staged:
        return united(clone, staged, Met(met.base, met.ours.hash, met.theirs.hash, upstream.name), today)


def _common(git: Git, ours: str, theirs: str | None) -> str | None:
    """The commit that both sides came from. Refused if there are several, for they may say different things."""
    found = text(git.try_read("merge-base", "--all", ours, theirs) or b"").split() if theirs else []
    if len(found) > 1:
        raise Refused("Both sides were merged with each other crosswise before. Unite them with: git pull --no-rebase")
    return found[0] if found else None


def _must_not_touch_edits(clone: Clone, ours: str, result: str) -> None:
    """Refused if what comes in would change files that bear edits which are in no commit, or are not git's."""
    options = ("-r", "-z", "--name-only", "--no-renames", "--no-relative")
    paths = records(clone.git.read("diff-tree", *options, ours, result))
    stood = standing(clone.git, "", paths)
    if not stood.on_branch or stood.head != ours:
        raise Refused("Another git command was at work in this clone, so nothing was synced. Type tracker sync again.")
    edited = sorted({*stood.edited, *stood.ignored})
    if edited:
        raise Refused(
            f"{_listed(edited)} bears edits that are in no commit, and changes to it come in; nothing was synced. "
            "First commit them (git commit), or give them up (git restore), then type tracker sync again."
        )


def _move_to(clone: Clone, upstream: Upstream, result: str) -> None:
    """Move the branch and the files to the result, which holds all that they hold."""
    try:
        clone.git.write("merge", "--quiet", "--ff-only", "--no-squash", "--no-autostash", "--no-stat", result)
    except GitFailed as failed:
        raise TrackerError(
            f"{upstream.name} holds the changes of both sides now, but the files here could not be brought up to it: "
            f"“{failed.reason}”. Nothing is lost; put that right and type tracker sync again."
        ) from failed


def _told(clone: Clone, upstream: Upstream, met: _Sides) -> Synced:
    if met.theirs is None:
        return Synced(upstream.name, 0, _count(clone.git, met.ours.hash))
    theirs, ours = met.theirs.hash, met.ours.hash
    came_in, went_out = (_count(clone.git, to, f"^{since}") for to, since in ((theirs, ours), (ours, theirs)))
    if met.base is None:
        return Synced(upstream.name, came_in, went_out)
    base = find_commit(clone, met.base)
    sides: Sequence[Commit] = (met.theirs, met.ours)
    incoming, outgoing = (compare(changed_records(clone, Range(base, side))) for side in sides)
    return Synced(upstream.name, came_in, went_out, incoming, outgoing)


def _count(git: Git, *revisions: str) -> int:
    """How many changes there are, not counting those that only united others."""
    return int(git.read("rev-list", "--count", "--no-merges", *revisions, "--"))


def _edited(clone: Clone) -> tuple[str, ...]:
    inside = clone.prefix.rstrip("/") or "."
    options = ("--porcelain", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
    return tuple(line[3:] for line in records(clone.git.read("status", *options, "--", inside, filters=True)))


def _listed(paths: Sequence[str]) -> str:
    more = len(paths) - _SHOWN
    return visible(", ".join(paths[:_SHOWN])) + (f" and {more} more" if more > 0 else "")
