"""The clone that a register lies in, as its files tell: where it is, and what is under way in it.

No process is started here: git is not asked before it is known which repository it would look at.
"""

import os
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import TrackerError

_POINTER: Final = b"gitdir: "
_LONGEST_POINTER: Final = 4096 + len(_POINTER)


class NotInGit(TrackerError):
    """The folder lies in no work tree of git."""


class UnderWay(NamedTuple):
    """What was begun in a clone and not finished, and what finishes it or gives it up."""

    what: str
    way_out: str


# What git leaves in its folder while something waits to be finished. Source: git's own `wt-status.c`
# and `branch.c` (remove_branch_state). A rebase leaves files of the others as well, so it comes first.
_SIGNS: Final = (
    ("rebase-merge", UnderWay("a rebase is under way", "git rebase --continue, or git rebase --abort")),
    ("rebase-apply", UnderWay("a rebase or `git am` is under way", "git status says how to go on or give it up")),
    ("MERGE_HEAD", UnderWay("a merge is under way", "git merge --continue, or git merge --abort")),
    ("CHERRY_PICK_HEAD", UnderWay("a cherry-pick is under way", "git cherry-pick --continue, or --abort")),
    ("REVERT_HEAD", UnderWay("a revert is under way", "git revert --continue, or --abort")),
    ("sequencer", UnderWay("a cherry-pick or revert is under way", "git status says how to go on or give it up")),
    # A commit of ours would throw away the message that waits there for the officer's own commit.
    ("SQUASH_MSG", UnderWay("a squashed merge waits to be committed", "git commit")),
    ("MERGE_MSG", UnderWay("a prepared merge or cherry-pick waits to be committed", "git commit")),
)


def find_work_tree(folder: Path) -> Path | None:
    """The top of the work tree that the folder lies in; None if there is none. The folder need not exist yet."""
    place = folder.resolve()
    return next((top for top in (place, *place.parents) if _is_top(top)), None)


def prefix(root: Path) -> str:
    """The register's path inside its work tree, with `/` and one at the end; empty if it is the top itself.

    So the path of a record in git is `prefix(root) + record.path`. Raises NotInGit.
    """
    top = find_work_tree(root)
    if top is None:
        raise NotInGit(f"{root} lies in no git repository. To make one: git init")
    inside = root.resolve().relative_to(top).as_posix()
    return "" if inside == "." else f"{inside}/"


def git_folder(top: Path) -> Path:
    """Where git keeps what belongs to this work tree: `.git`, or the folder that the file `.git` names."""
    place = top / ".git"
    target = _pointed_at(place)
    return place if target is None else top / target


def under_way(folder: Path) -> UnderWay | None:
    """What waits to be finished in the clone with this git folder; None if nothing does."""
    return next((found for name, found in _SIGNS if os.path.lexists(folder / name)), None)


def head(folder: Path) -> str | None:
    """The commit that is checked out, read from git's own files; None where they do not say it plainly."""
    said = _line(folder / "HEAD")
    if not said.startswith("ref: "):
        return said or None
    common = _line(folder / "commondir")
    return _line((folder / common if common else folder) / said.removeprefix("ref: ")) or None


def _is_top(top: Path) -> bool:
    """Whether git would find a repository here. What may not be looked at counts: that is to be told."""
    place = top / ".git"
    try:
        if place.is_dir():
            os.lstat(place / "HEAD")
            return True
        return _pointed_at(place) is not None
    except (FileNotFoundError, NotADirectoryError):
        return False
    except PermissionError:
        return True


def _pointed_at(place: Path) -> str | None:
    if not place.is_file():
        return None
    with open(place, "rb") as file:
        said = file.read(_LONGEST_POINTER)
    return os.fsdecode(said.removeprefix(_POINTER).rstrip(b"\r\n")) if said.startswith(_POINTER) else None


def _line(file: Path) -> str:
    try:
        with open(file, "rb") as stream:
            return os.fsdecode(stream.readline(_LONGEST_POINTER)).rstrip("\r\n")
    except OSError:
        return ""
