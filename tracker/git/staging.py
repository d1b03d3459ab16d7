"""Making trees and commits beside the clone: in an index of their own, with no file and no ref touched.

What a killed command leaves is one small file in git's folder, which the next one overwrites, and objects
that git clears away by itself.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Final, NamedTuple

from tracker.git.door import Git, records, text
from tracker.git.revisions import Clone
from tracker.git.snapshot import Stat, kind_of
from tracker.git.work_tree import git_folder
from tracker.storage.trees import FILE

_PLAIN: Final = "100644"
_GONE: Final = "0"


class Sides(NamedTuple):
    """What lies at a path that both sides changed, None for nothing."""

    ours: Stat | None
    base: Stat | None
    theirs: Stat | None

    @property
    def plain(self) -> bool:
        """Whether both sides have a file here."""
        return all(stat is not None and stat.kind == FILE for stat in (self.ours, self.theirs))


class Staging:
    """An index that only this command sees."""

    def __init__(self, git: Git, index: str) -> None:
        self._git = git
        self._env = {"GIT_INDEX_FILE": index}
        self._nothing = ""

    def start(self, commit: str) -> None:
        """Begin with what the commit holds."""
        self._nothing = "0" * len(commit)
        self._git.write("read-tree", commit, env=self._env)

    def unite(self, base: str, ours: str, theirs: str) -> dict[str, Sides]:
        """Begin with both sides; by path, what both of them changed.

        A record is its path: no file is taken for the new place of another one that is gone.
        """
        self._git.write("read-tree", "-i", "-m", "--aggressive", base, ours, theirs, env=self._env)
        found: dict[str, dict[str, Stat]] = {}
        for record in records(self._git.write("ls-files", "-u", "-z", env=self._env)):
            about, _, path = record.partition("\t")
            mode, hash_, stage = about.split(" ")
            found.setdefault(path, {})[stage] = Stat(kind_of(mode), hash_)
        # Source: git-ls-files(1): stage 1 is what both came from, 2 is ours, 3 is theirs.
        return {path: Sides(*(stages.get(stage) for stage in "213")) for path, stages in found.items()}

    def put(self, files: Mapping[str, bytes | None]) -> None:
        """Let these paths of the work tree hold this; None takes out what `start` found there."""
        lines = [self._line(path, content) for path, content in files.items()]
        if lines:
            self._git.write("update-index", "-z", "--index-info", stdin=b"".join(lines), env=self._env)

    def commit(self, parents: Sequence[str], words: str) -> str:
        """A commit of what is staged, signed if the officer signs commits; its hash. Raises GitFailed."""
        tree = text(self._git.write("write-tree", env=self._env)).strip()
        signing = self._git.try_read("config", "--type=bool", "--get", "commit.gpgSign") or b""
        options = [part for parent in parents for part in ("-p", parent)]
        options += ["-S"] if signing.strip() == b"true" else []
        message = words.encode("utf-8", "replace")
        return text(self._git.write("commit-tree", tree, *options, "-F", "-", stdin=message)).strip()

    def _line(self, path: str, content: bytes | None) -> bytes:
        if content is None:
            return os.fsencode(f"{_GONE} {self._nothing}\t{path}\0")
        stored = text(self._git.write("hash-object", "-w", "--stdin", stdin=content)).strip()
        return os.fsencode(f"{_PLAIN} {stored} 0\t{path}\0")


def own_name(clone: Clone) -> str:
    """A name that no other register of the same clone has."""
    return f"tracker-sync-{hashlib.sha256(clone.prefix.encode('utf-8', 'surrogateescape')).hexdigest()[:10]}"


@contextmanager
def staging(clone: Clone) -> Iterator[Staging]:
    """An index for this command. Only under the register's lock."""
    place = (git_folder(clone.git.folder) / own_name(clone)).resolve()
    _clear(os.fspath(place))
    try:
        yield Staging(clone.git, os.fspath(place))
    finally:
        _clear(os.fspath(place))


def _clear(index: str) -> None:
    for file in (index, f"{index}.lock"):
        with suppress(FileNotFoundError):
            os.unlink(file)
