"""The register as it stood in a commit, without touching the work tree."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import NotFound
from tracker.git.door import Git, records
from tracker.git.objects import contents
from tracker.git.revisions import Clone, clone_of, find_commit
from tracker.storage.places import ref_at
from tracker.storage.trees import FILE, FOLDER, LINK, Entry, NotThere, never_opened
from tracker.storage.yaml_text import BadText

_KINDS: Final = {"100644": FILE, "100755": FILE, "100664": FILE, "120000": LINK, "160000": "another repository"}


class Stat(NamedTuple):
    """What a commit holds at a path: its kind, as in an `Entry`, and the hash of its content."""

    kind: str
    hash: str


class GitTree:
    """The register's files as they stood in a commit; all records are read at once when the first one is."""

    def __init__(self, git: Git, files: Mapping[str, Stat]) -> None:
        self._git = git
        self._files = files

    def listed(self, folder: str) -> Sequence[Entry]:
        """What lay in the folder."""
        return [Entry(name, kind) for name, kind in self._folders.get(folder, {}).items()]

    def content(self, path: str) -> bytes:
        """What stood in the file."""
        found = self._files.get(path)
        if found is None:
            raise NotThere()
        if found.kind != FILE:
            raise never_opened(found.kind)
        content = self._contents[found.hash]
        if isinstance(content, BadText):
            raise content
        return content

    @cached_property
    def _folders(self) -> Mapping[str, dict[str, str]]:
        folders: dict[str, dict[str, str]] = {"": {}}
        for path, found in self._files.items():
            folder, _, name = path.rpartition("/")
            folders.setdefault(folder, {})[name] = found.kind
            while folder:
                inner, (folder, _, name) = folder, folder.rpartition("/")
                folders.setdefault(folder, {})[name] = FOLDER
                folders.setdefault(inner, {})
        return folders

    @cached_property
    def _contents(self) -> Mapping[str, bytes | BadText]:
        return contents(self._git, (f.hash for path, f in self._files.items() if f.kind == FILE and ref_at(path)))


def tree_at(root: Path, revision: str) -> GitTree:
    """The register as it stood in the commit that this revision names.

    Errors: as for `find_commit`; NotFound if the register was not there yet.
    """
    clone = clone_of(root)
    commit = find_commit(clone, revision)
    files = files_at(clone, commit.hash)
    if files is None:
        raise NotFound(f"In the commit {commit.short} there was no register at {clone.prefix.rstrip('/')} yet.")
    return GitTree(clone.git, files)


def files_at(clone: Clone, commit: str, below: str = "") -> dict[str, Stat] | None:
    """Every file of the register in a commit, by its path in the register; None if there was no such folder.

    With `below` only those at this path, or in the folder there.
    """
    folder = f"{commit}:{clone.prefix}".rstrip("/")
    output = clone.git.try_read("ls-tree", "-r", "-z", "--full-tree", folder, *([below] if below else ()))
    if output is None:
        return None
    files = {}
    for line in records(output):
        about, _, path = line.partition("\t")
        mode, _, hash_ = about.split()
        files[path] = Stat(kind_of(mode), hash_)
    return files


def kind_of(mode: str) -> str:
    """What git's mode of an entry says that it is, in the words of an `Entry`."""
    return _KINDS.get(mode, "something unknown")
