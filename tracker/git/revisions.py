"""Which commit is meant: a revision as git users write it, or the last one before a day."""

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import NotFound, NotUnderstood, TrackerError
from tracker.git.door import Git, GitFailed, find_work_tree, prefix, text
from tracker.git.objects import Commit, commit_of, stored
from tracker.model.dates import long_day, write_day
from tracker.model.quoting import quoted

HEAD: Final = "HEAD"
_LONGEST: Final = 1000


class NoHistory(TrackerError):
    """There is no commit to look at: the register is not kept in git, or nothing is committed yet."""


class Clone(NamedTuple):
    """The clone that a register lies in. `prefix` is the register's path in it, empty or with `/` at its end."""

    git: Git
    root: Path
    prefix: str


class Range(NamedTuple):
    """What is compared: from a commit to another one, or to the files as they are now (None)."""

    base: Commit
    head: Commit | None


def clone_of(root: Path) -> Clone:
    """The clone that the register at `root` lies in. Raises NoHistory if it lies in none."""
    if find_work_tree(root) is None:
        raise NoHistory(
            "The register does not lie in a git work tree, so nothing is known of its past. "
            "To keep it from now on: git init, then git add and git commit in its folder."
        )
    return Clone(Git(root), root, prefix(root))


def find_commit(clone: Clone, revision: str) -> Commit:
    """The commit of a hash, branch, tag or other revision. Raises NotUnderstood, NotFound, NoHistory."""
    if not revision or revision.startswith("-") or not revision.isprintable() or len(revision) > _LONGEST:
        raise NotUnderstood(
            f"{quoted(revision)} is no revision. Name a commit, a branch or a tag, such as HEAD, HEAD~2 or main."
        )
    if revision == HEAD:
        head = _stored(clone, HEAD)
        if head is None:
            raise NoHistory("Nothing is committed here yet, so there is nothing to look back at.")
        return head
    try:
        found, why = _stored(clone, revision), ""
    except GitFailed as error:
        found, why = None, f" ({error.reason})"
    if found is None:
        find_commit(clone, HEAD)  # where nothing can be read at all, that is what to say
        raise NotFound(
            f"There is no commit {quoted(revision)} in this clone{why}. To see what there is: git log --oneline"
        )
    return found


def find_range(clone: Clone, text_: str | None) -> Range:
    """`BASE`, `BASE..HEAD` or `BASE...HEAD` (from where the two parted); None is the last commit.

    A side that is left out is the last commit; without dots the other side is the files as they are now.
    Errors: as for `find_commit`, and NotFound for two commits without a common past.
    """
    if text_ is None or ".." not in text_:
        return Range(find_commit(clone, HEAD if text_ is None else text_), None)
    dots = "..." if "..." in text_ else ".."
    left, _, right = text_.partition(dots)
    base, head = find_commit(clone, left or HEAD), find_commit(clone, right or HEAD)
    return Range(_parting(clone, base, head, text_) if dots == "..." else base, head)


def last_before(clone: Clone, day: date) -> Commit:
    """The last commit on this branch before the day, by the clocks of those who committed.

    That is the one before the first one of the day or later, so that a commit whose clock was slow hides
    nothing that came before it. Raises NotFound, NoHistory.
    """
    head = find_commit(clone, HEAD)
    # What was merged in only later was not on this branch on that day, however old its commits are.
    output = clone.git.read("rev-list", "--first-parent", "--date=short", "--format=%H %cd", head.hash, "--")
    found = [line.split() for line in text(output).splitlines() if not line.startswith("commit ")]
    later = [place for place, (_, on) in enumerate(found) if on >= write_day(day)]
    before = later[-1] + 1 if later else 0
    if before == len(found):
        raise NotFound(f"There is no commit before {long_day(day)}. Give a later day, or a revision.")
    return find_commit(clone, found[before][0])


def is_shallow(clone: Clone) -> bool:
    """Whether this clone lacks the older part of the history."""
    return (clone.git.try_read("rev-parse", "--is-shallow-repository") or b"").strip() == b"true"


def _stored(clone: Clone, revision: str) -> Commit | None:
    found = next(stored(clone.git, [f"{revision}^{{commit}}"]))
    return commit_of(found) if found is not None and found.kind == "commit" else None


def _parting(clone: Clone, base: Commit, head: Commit, said: str) -> Commit:
    found = text(clone.git.try_read("merge-base", base.hash, head.hash) or b"").split()
    if not found:
        lacks = " This clone holds only a part of the history: git fetch --unshallow" if is_shallow(clone) else ""
        raise NotFound(f"The two sides of {quoted(said)} have no commit in common.{lacks}")
    return find_commit(clone, found[0])
