"""The one door to git: no other module runs it.

What a repository holds was written by others, its `.git/config` and hooks included. Reading executes
nothing of it: every setting that names a program is overruled, no network is used, nothing is written.
Writing is the officer's own doing, so the officer's hooks, signing and identity hold; what the
environment says about repositories (`GIT_DIR`, `GIT_INDEX_FILE`) never does.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from tracker.errors import TrackerError
from tracker.git.work_tree import NotInGit, find_work_tree, prefix
from tracker.storage.wording import visible

if TYPE_CHECKING:
    import subprocess

__all__ = ["Git", "GitFailed", "GitMissing", "NotInGit", "find_work_tree", "joined", "prefix", "records", "text"]

# Commands that execute nothing of the repository under the settings below. Not among them: what runs
# filters (diff against the work tree, hash-object, checkout), merge drivers or trailer commands. Whoever
# adds one looks up in git's manual what it can execute, and adds it to the hostile repository's test.
READING: Final = frozenset({
    "cat-file", "check-attr", "check-ignore", "check-ref-format", "config", "diff-tree", "for-each-ref", "log",
    "ls-files", "ls-tree", "merge-base", "merge-file", "name-rev", "rev-list", "rev-parse", "show-ref", "status",
    "symbolic-ref", "var", "version",
})  # fmt: skip
_SHOW_DIFFERENCES: Final = frozenset({"diff-tree", "log"})
_EXECUTING: Final = ("--ext-diff", "--textconv", "--filters", "--show-signature", "--alternate-refs", "--edit")

_NOTHING: Final = os.devnull
# Mostly a few paths are meant, and then starting threads to look at the files takes longer than they save.
_FEW_PATHS: Final = "core.preloadIndex=false"
_READING_SETTINGS: Final = (
    _FEW_PATHS,
    "core.fsmonitor=false",
    f"core.hooksPath={_NOTHING}",
    # A folder in the work tree that looks like a bare repository would bring its own configuration along.
    "safe.bareRepository=explicit",
    # A submodule is a repository of its own, read with its own configuration.
    "diff.ignoreSubmodules=all",
    "diff.submodule=short",
    "status.submoduleSummary=false",
    "submodule.recurse=false",
    "log.showSignature=false",
    *(f"gpg.{kind}program={_NOTHING}" for kind in ("", "openpgp.", "x509.", "ssh.")),
    "credential.helper=",
    "color.ui=false",
    "column.ui=never",
    "core.quotePath=false",
    "i18n.logOutputEncoding=UTF-8",
)
_READING_FLAGS: Final = ("--no-pager", "--no-optional-locks", "--no-replace-objects")
# These take plain paths, and fail where they are told to take them literally.
_NO_PATHSPECS: Final = frozenset({"check-ignore"})
_READING_ENVIRONMENT: Final = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone fetches what it lacks; older versions know only the second of the two.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
}
_WRITING_SETTINGS: Final = ("safe.bareRepository=explicit", "i18n.commitEncoding=UTF-8")
# What must be on the disk at the end. Before 2.36 git does not know this one and passes it over.
_KEPT: Final = ("core.fsync=added,reference",)
_STEP: Final = ("core.fsync=committed,reference", _FEW_PATHS)
_OFFICERS: Final = frozenset({
    "GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "GIT_CONFIG_NOSYSTEM",
})  # fmt: skip
_GRACE: Final = 3.0
_LAST_LINES: Final = 3
_LONGEST: Final = 300
# Advice, and what only follows from what was said before.
_NO_REASON: Final = ("hint:", "fatal: Unable to process path ")


class GitFailed(TrackerError):
    """Git did not do what it was asked; `reason` is its own, `said` all that it wrote, `status` its exit status."""

    def __init__(self, command: str, status: int, said: str) -> None:
        self.status = status
        self.said = said
        self.reason = _reason(said) or f"it gave no reason (status {status})"
        super().__init__(f"git {command} did not work: {self.reason}")


class GitMissing(GitFailed):
    """There is no git program."""

    def __init__(self) -> None:
        super().__init__("", 127, "there is no program `git` in the PATH")
        self.args = ("Git was not found on this computer. Install it (https://git-scm.com), or put it in the PATH.",)


class Git:
    """Git at work in the clone that a folder lies in: always at the top of the work tree, paths relative to that.

    Where the folder lies in no work tree only what needs no repository works (`merge-file`).
    """

    def __init__(self, folder: Path) -> None:
        self.folder = find_work_tree(folder) or folder.resolve()

    def read(self, *args: str, stdin: bytes = b"", filters: bool = False) -> bytes:
        """What a command of `READING` prints. Executes nothing of the repository, changes nothing.

        `filters` must be given for `status`, the one command that runs the officer's clean filters: only
        on the way to a commit, which runs them as well. Raises GitFailed; ValueError for other commands.
        """
        command = args[0]
        if command not in READING or (command == "status") != filters or _executes(args):
            raise ValueError(f"this does not only read: git {' '.join(args)}")
        if command in _SHOW_DIFFERENCES:
            args = (command, "--no-ext-diff", "--no-textconv", *args[1:])
        flags = _READING_FLAGS if command in _NO_PATHSPECS else (*_READING_FLAGS, "--literal-pathspecs")
        return self._run(flags, _READING_SETTINGS, args, stdin, _READING_ENVIRONMENT)

    def try_read(self, *args: str, stdin: bytes = b"") -> bytes | None:
        """What `read` gives; None if git fails, for questions whose answer may be no. Raises GitMissing."""
        try:
            return self.read(*args, stdin=stdin)
        except GitMissing:
            raise
        except GitFailed:
            return None

    def write(
        self, *args: str, stdin: bytes = b"", env: Mapping[str, str] | None = None, step: bool = False
    ) -> bytes:
        """Run a command that changes something, with the officer's hooks, signing and identity. Raises GitFailed.

        Pathspecs have their usual meaning here, because hooks inherit a setting that changes it: write
        `:(top,literal)…` before a path. `env` is added to the environment. `step` says that few paths are
        meant and that another command writes the index again at once, so that this one need not wait for the disk.
        """
        settings = _WRITING_SETTINGS + (_STEP if step else _KEPT)
        return self._run(("--no-pager",), settings, args, stdin, env or {})

    def _run(
        self, flags: Sequence[str], settings: Sequence[str], args: Sequence[str], stdin: bytes, env: Mapping[str, str]
    ) -> bytes:
        import subprocess

        given = [part for setting in settings for part in ("-c", setting)]
        command = [_program(), *flags, *given, *args]
        # Files, not pipes: a hook that leaves something running in the background would keep a pipe open.
        with _unnamed_file() as out, _unnamed_file() as err:
            process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=out, stderr=err, cwd=self.folder, env=self._environment(env)
            )
            _finish(process, stdin)
            if process.returncode != 0:
                raise GitFailed(args[0], process.returncode, text(_content(err) or _content(out)))
            return _content(out)

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not _is_gits(name) or name in _OFFICERS}
        return {**kept, "GIT_CEILING_DIRECTORIES": str(self.folder.parent), **more}


def records(output: bytes) -> list[str]:
    """What a command with `-z` printed, record by record; paths may hold any byte."""
    return [os.fsdecode(record) for record in output.split(b"\0") if record]


def joined(paths: Iterable[str]) -> bytes:
    """Paths as a command with `-z --stdin` takes them."""
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def text(output: bytes) -> str:
    """Words that git printed, for reading: what is no UTF-8 is replaced."""
    return output.decode("utf-8", "replace")


def _executes(args: Sequence[str]) -> bool:
    options = args[: args.index("--")] if "--" in args else args
    return any(option.startswith(_EXECUTING) or "%G" in option for option in options)


def _is_gits(name: str) -> bool:
    return name.upper().startswith("GIT_")


def _program() -> str:
    """The git of the PATH. Never one that lies in the current folder, where Windows would look first."""
    for folder in os.get_exec_path():
        for name in ("git.exe", "git.cmd") if os.name == "nt" else ("git",):
            program = os.path.join(folder, name)
            if os.path.isabs(folder) and os.path.isfile(program) and os.access(program, os.X_OK):
                return program
    raise GitMissing()


def _finish(process: "subprocess.Popen[bytes]", stdin: bytes) -> None:
    """Wait for git to end, also when this program is told to stop: killed outright, git would leave its locks."""
    try:
        process.communicate(stdin)
    except BaseException:
        from subprocess import TimeoutExpired

        with suppress(TimeoutExpired):
            process.wait(_GRACE)
        process.terminate()
        process.wait()
        raise


def _unnamed_file() -> IO[bytes]:
    """A file to write to that nobody else sees: in memory where the system has such, which takes less to begin."""
    if hasattr(os, "memfd_create"):
        with suppress(OSError):
            return open(os.memfd_create("git"), "w+b")
    from tempfile import TemporaryFile

    return TemporaryFile()


def _content(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _reason(said: str) -> str:
    """The words that say why: git's own complaint, else the last lines of what was written."""
    lines = [visible(line.strip()) for line in said.splitlines() if line.strip() and not line.startswith(_NO_REASON)]
    fatal = next((line for line in lines if line.startswith("fatal: ")), None)
    words = fatal.removeprefix("fatal: ") if fatal else " / ".join(lines[-_LAST_LINES:]).removeprefix("error: ")
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
