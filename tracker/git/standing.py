"""How records stand in git before they are changed: whether a commit of the change would hold only the change."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.git.door import Git, joined, records

# More paths than this and git is asked about the whole register: a command line has a limit.
_MOST_PATHS: Final = 200
_STATUS: Final = (
    "status", "--porcelain=v2", "-z", "--branch", "--untracked-files=all", "--ignored", "--no-renames",
    "--no-ahead-behind", "--ignore-submodules=all", "--",
)  # fmt: skip
_UNBORN: Final = "(initial)"
_DETACHED: Final = "(detached)"
# How many fields stand before the path. Source: git-status(1), "Porcelain Format Version 2".
_FIELDS: Final = {"1": 8, "u": 10, "?": 1, "!": 1}


class Standing(NamedTuple):
    """How the paths stand. `head` is the commit that is checked out, None before the first one.

    `edited` bear edits that were not committed, staged or not; `ignored` are those git was told to ignore.
    """

    head: str | None
    on_branch: bool
    edited: tuple[str, ...]
    ignored: tuple[str, ...]


def standing(git: Git, folder: str, paths: Sequence[str]) -> Standing:
    """How these paths stand, relative to the top of the work tree; `folder` holds them all. Raises GitFailed."""
    asked = paths if len(paths) <= _MOST_PATHS else [folder or "."]
    headers: dict[str, str] = {}
    edited, ignored = set(), set()
    for record in records(git.read(*_STATUS, *asked, filters=True)):
        kind, _, rest = record.partition(" ")
        if kind == "#":
            name, _, value = rest.partition(" ")
            headers[name] = value
        elif kind == "!":
            ignored |= {path for path in paths if path == rest or (rest.endswith("/") and path.startswith(rest))}
        else:
            edited.add(record.split(" ", _FIELDS[kind])[-1])
    oid = headers.get("branch.oid", _UNBORN)
    return Standing(
        head=None if oid == _UNBORN else oid,
        on_branch=headers.get("branch.head") != _DETACHED,
        edited=tuple(path for path in paths if path in edited),
        ignored=tuple(path for path in paths if path in ignored),
    )


def all_committed(git: Git, folder: str, own: str) -> bool:
    """Whether the folder holds what the last commit does and nothing else, but for what lies in the folder `own`.

    Both end with `/`, or are empty for the top of the work tree. Raises GitFailed.
    """
    found = records(git.read(*_STATUS, folder.rstrip("/") or ".", filters=True))
    return all(record.startswith("# ") or record.partition(" ")[2].startswith(own) for record in found)


def ignored_among(git: Git, paths: Sequence[str]) -> tuple[str, ...]:
    """Those of the paths, which git does not track, that it was told to ignore. Raises GitFailed only without git."""
    # The command knows no literal pathspecs; `./` keeps a path from being read as magic. Told that nothing of it is
    # tracked, it need not read the index, which takes longer than all else.
    found = git.try_read("check-ignore", "--no-index", "-z", "--stdin", stdin=joined(f"./{path}" for path in paths))
    return tuple(path.removeprefix("./") for path in records(found or b""))


def is_tracked(git: Git, path: str) -> bool:
    """Whether git knows a file at this path."""
    return bool(git.try_read("ls-files", "-z", "--", path))
