"""A commit for every change, of exactly the records that it touched.

The records are safe on the disk before git is asked for anything but how they stand. Whatever git answers
then, the change stays; where it could not be committed, a sentence says so, why, and what to type.
"""

import os
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tracker.errors import TrackerError
from tracker.git.door import Git, GitFailed, GitMissing, find_work_tree, joined, prefix, text
from tracker.git.index_kept import IndexKept
from tracker.git.message import message
from tracker.git.standing import Standing, ignored_among, is_tracked, standing
from tracker.git.work_tree import git_folder, head, under_way
from tracker.model.changes.draft import Change
from tracker.model.references import REGISTER_PATH
from tracker.storage import atomic
from tracker.storage.journal import Write
from tracker.storage.keeping import CommitOutcome, Committed, NotCommitted
from tracker.storage.wording import visible

__all__ = ["CommitOutcome", "Committed", "Committer", "NotCommitted", "committer_for"]

BY_THE_PROGRAM: Final = "TRACKER_COMMITTING"
"""Set in the environment of hooks while the program commits a change of its own, which it has checked itself.

It commits nothing but that change: no record that bore other edits. So the hook of `git-setup` need not read the whole
register for it.
"""

_PATIENCE: Final = 3.0
_PAUSE: Final = 0.1
_SHOWN: Final = 3
# Git names the lock that it could not get in quotes, in every language.
_LOCK: Final = re.compile(r"'([^'\n]+\.lock)'")
# What stands for itself after `:/`, which is the top of the work tree.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./ -]*")
_FOREIGN: Final = re.compile("dubious ownership|unsafe repository")


class _Obstacle(Exception):
    """No commit can be made: why, as it stands after `because`, and what to do before committing by hand."""

    def __init__(self, why: str, first: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.first = first


class _Ignored(Exception):
    """The officer has told git to ignore the register: no commits are wanted."""


def committer_for(root: Path, wanted: bool, undoes: str | None = None) -> "Committer | None":
    """Who commits the changes of the register at `root`; None where it lies in no work tree or no commit is wanted.

    `undoes` is the full hash of the commit that the change takes back.
    """
    top = find_work_tree(root) if wanted else None
    return Committer(root, top, undoes) if top else None


class Committer:
    """Commits one change of a register. Both methods are called under the register's lock; neither raises."""

    def __init__(self, root: Path, top: Path, undoes: str | None = None) -> None:
        self._root = root
        self._undoes = undoes
        self._prefix = prefix(root)
        self._folder = git_folder(top)
        self._git = Git(top)
        self._stood: Standing | None = None
        self._failure: Exception | None = None

    def before(self, writes: Sequence[Write]) -> None:
        """Note how the records stand in git, before the writes are made."""
        try:
            self._look_at_clone()
            self._stood = self._looked_at(self._paths(writes), self._new(writes))
        except (_Obstacle, _Ignored, OSError) as failure:
            self._failure = failure
        except GitFailed as failed:
            self._failure = self._named(failed)

    def after(self, change: Change, writes: Sequence[Write]) -> CommitOutcome | None:
        """Commit what the writes have changed; None if git was told to ignore it all.

        Nothing is committed if one of the records bore uncommitted edits: they would be taken for the program's.
        """
        try:
            return self._committed(change, writes)
        except _Ignored:
            return None
        except _Obstacle as obstacle:
            return self._not_committed(obstacle, writes)
        except KeyboardInterrupt:
            made = self._made(_encoded(message(change, (), None)))
            return made or self._not_committed(_Obstacle("the commit was stopped"), writes)
        except (OSError, TrackerError) as error:
            return self._not_committed(_Obstacle(_without_stop(visible(str(error)))), writes)

    def _committed(self, change: Change, writes: Sequence[Write]) -> CommitOutcome:
        if self._failure:
            raise self._failure
        paths = self._paths(writes)
        new = self._new(writes)
        words = _encoded(message(change, [write.path for write in writes], self._undoes))
        try:
            self._commit_patiently(words, paths, new)
        except GitFailed as failed:
            # Git may have been killed with its work done.
            made = self._made(words)
            if made:
                return made
            raise self._refused(failed) from failed
        return self._new_head() or Committed(text(self._git.read("rev-parse", "HEAD")).strip())

    def _look_at_clone(self) -> None:
        waiting = under_way(self._folder)
        if waiting:
            raise _Obstacle(waiting.what, f"First finish that ({waiting.way_out})")

    def _looked_at(self, paths: Sequence[str], new: Sequence[str]) -> Standing:
        stood = standing(self._git, self._prefix, paths)
        if stood.ignored:
            raise self._about_ignored(stood.ignored)
        if not stood.on_branch:
            raise _Obstacle("no branch is checked out", "First make one (git switch -c NAME)")
        if stood.edited:
            raise _Obstacle(f"{_listed(stood.edited)} bore edits that were in no commit", "Look at git diff HEAD")
        # what is not there yet, git's status does not tell of
        if new and (ignored := ignored_among(self._git, new)):
            raise self._about_ignored(ignored)
        return stood

    def _commit_patiently(self, words: bytes, paths: Sequence[str], new: Sequence[str]) -> None:
        begun = time.monotonic()
        while True:
            try:
                return self._commit(words, paths, new)
            except GitFailed as failed:
                if not self._is_locked(failed) or time.monotonic() - begun > _PATIENCE:
                    raise
            time.sleep(_PAUSE)

    def _is_locked(self, failed: GitFailed) -> bool:
        """Whether another git command was in the way, which may be done in a moment or already."""
        lock = _LOCK.search(failed.said)
        return lock is not None and os.access(os.path.dirname(self._git.folder / lock[1]), os.W_OK)

    def _commit(self, words: bytes, paths: Sequence[str], new: Sequence[str]) -> None:
        if not new:
            self._commit_only(words, paths)
            return
        with IndexKept(self._folder) as index:
            try:
                # `git add` would ask once more what is ignored, of its whole index
                self._git.write("update-index", "--add", "-z", "--stdin", stdin=joined(new), step=True)
                index.added()
                self._commit_only(words, paths)
            except BaseException:
                if not self._made(words):
                    index.restore(self._git, new)
                raise

    def _commit_only(self, words: bytes, paths: Sequence[str]) -> None:
        listed = atomic.temp_name(atomic.own_folder(self._root))
        try:
            listed.write_bytes(_pathspecs(paths))
            self._git.write(
                "commit", "--quiet", "--only", "--cleanup=verbatim", "--file=-",
                f"--pathspec-from-file={listed.resolve()}", "--pathspec-file-nul", stdin=words,
                env={BY_THE_PROGRAM: "1"},
            )  # fmt: skip
        finally:
            atomic.discard(listed)

    def _new_head(self) -> Committed | None:
        """The commit that was made since `before`, as far as git's files tell."""
        now = head(self._folder)
        return Committed(now) if now and self._stood and now != self._stood.head else None

    def _made(self, words: bytes) -> Committed | None:
        """The commit that was made since `before`, if it is the one with these words."""
        found = self._new_head()
        if found is None:
            return None
        subject = (self._git.try_read("log", "-1", "--format=%B") or b"").partition(b"\n")[0]
        return found if subject == words.partition(b"\n")[0] else None

    def _paths(self, writes: Sequence[Write]) -> list[str]:
        return [self._prefix + write.path for write in writes]

    def _new(self, writes: Sequence[Write]) -> list[str]:
        return self._paths([write for write in writes if write.before is None])

    def _refused(self, failed: GitFailed) -> _Obstacle:
        """Why the commit failed."""
        lock = _LOCK.search(failed.said)
        if lock and os.path.lexists(self._git.folder / lock[1]):
            return _Obstacle(
                f"another git command holds {visible(lock[1])}, and still did after {_PATIENCE:.0f} seconds",
                "If no git command and no editor is at work in this clone, delete that file",
            )
        if not all(self._git.try_read("var", f"GIT_{who}_IDENT") for who in ("AUTHOR", "COMMITTER")):
            return _Obstacle(
                "git does not know who you are",
                'Type git config user.name "Your Name" and git config user.email you@example.org',
            )
        return self._named(failed)

    def _about_ignored(self, ignored: Sequence[str]) -> Exception:
        """Who ignores the whole register wants no commits; who keeps it in git has ignored a record by mistake."""
        if not is_tracked(self._git, self._prefix + REGISTER_PATH):
            return _Ignored()
        return _Obstacle(f"git was told to ignore {_listed(ignored)}", "To see by what: git check-ignore -v PATH")

    def _named(self, failed: GitFailed) -> _Obstacle:
        if isinstance(failed, GitMissing):
            return _Obstacle("git was not found on this computer", "Install it (https://git-scm.com)")
        if _FOREIGN.search(failed.said):
            return _Obstacle(
                "the clone belongs to someone else",
                f'If you trust it, type git config --global --add safe.directory "{self._git.folder}"',
            )
        return _Obstacle(f"git or one of your hooks refused: “{failed.reason}”")

    def _not_committed(self, obstacle: _Obstacle, writes: Sequence[Write]) -> NotCommitted:
        by_hand = self._command(self._paths(writes))
        advice = f"{obstacle.first}, then commit it:" if obstacle.first else "When that is put right, commit it:"
        return NotCommitted(f"The change is saved but not committed, because {obstacle.why}. {advice} {by_hand}")

    def _command(self, paths: Sequence[str]) -> str:
        """What to type to commit the paths, from any folder of the work tree."""
        from shlex import quote

        shown = paths if len(paths) <= _SHOWN else [self._prefix or "."]
        named = " ".join(quote(f":/{path}" if _PLAIN.fullmatch(path) else _pathspec(path)) for path in shown)
        return f"git add {named} && git commit {named}"


def _encoded(words: str) -> bytes:
    return words.encode("utf-8", "replace")


def _pathspecs(paths: Sequence[str]) -> bytes:
    return joined(map(_pathspec, paths))


def _pathspec(path: str) -> str:
    return f":(top,literal){path}"


def _listed(paths: Sequence[str]) -> str:
    more = len(paths) - _SHOWN
    return visible(", ".join(paths[:_SHOWN])) + (f" and {more} more" if more > 0 else "")


def _without_stop(sentence: str) -> str:
    return sentence.rstrip(". ")
