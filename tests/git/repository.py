"""Real clones and bare repositories for tests, with a home, an identity and nothing of the machine's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.builders import action, board, meeting, on_disk, owner, settings
from tests.cli.program import Office

IDENTITY = "[user]\n\tname = Anna Officer\n\temail = anna@example.org\n[init]\n\tdefaultBranch = main\n"
REAL_GIT = shutil.which("git") or "git"


class Clone(Office):
    """A desk whose register lies in a clone: `top` is the work tree, `root` the register in it."""

    def __init__(self, folder: Path, top: Path, inside: str = "records") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, top / inside)
        self.top = top
        self.hooks = top / ".git" / "hooks"
        if not (self.home / ".gitconfig").exists():
            (self.home / ".gitconfig").write_text(IDENTITY)

    def git(self, *args: object, stdin: bytes = b"", cwd: Path | None = None, ok: bool = True, **env: str | None) -> str:
        """Run git as the officer would; with `ok=False` it may fail."""
        done = subprocess.run(
            [REAL_GIT, *map(str, args)], input=stdin, capture_output=True, cwd=cwd or self.top,
            env=self.environment(**env), timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0 or not ok, (args, done)
        return done.stdout.decode("utf-8", "surrogateescape")

    def start(self) -> "Clone":
        """Make it a repository and commit all that is there."""
        self.top.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message=Start")
        return self

    def hook(self, name: str, script: str) -> None:
        """Install a hook; `script` is for sh."""
        self.hooks.mkdir(exist_ok=True)
        (self.hooks / name).write_text(f"#!/bin/sh\n{script}\n")
        (self.hooks / name).chmod(0o755)

    def head(self) -> str:
        return self.git("rev-parse", "--verify", "--quiet", "HEAD", ok=False).strip()

    def count(self) -> int:
        """How many commits there are."""
        return int(self.git("rev-list", "--count", "HEAD"))

    def message(self, rev: str = "HEAD") -> str:
        return self.git("log", "-1", "--format=%B", rev)

    def trailers(self, rev: str = "HEAD") -> list[str]:
        return self.git("log", "-1", "--format=%(trailers)", rev).split("\n")[:-2]

    def touched(self, rev: str = "HEAD") -> list[str]:
        """The paths that a commit changed."""
        return self.git("diff-tree", "-r", "--root", "--no-commit-id", "--name-only", "--no-renames", "-z", rev).split("\0")[:-1]

    def index(self) -> bytes:
        """Every byte of git's index."""
        file = self.top / ".git" / "index"
        return file.read_bytes() if file.exists() else b""

    def state(self) -> dict[str, str]:
        """All that git shows of staged, half-staged and untracked work, as a reader that changes nothing sees it."""
        look = ("--no-optional-locks",)
        return {
            "status": self.git(*look, "status", "--porcelain=v2", "--untracked-files=all"),
            "staged": self.git(*look, "diff", "--cached"),
            "unstaged": self.git(*look, "diff"),
        }

    def sound(self) -> bool:
        """Whether git finds nothing wrong with the repository."""
        return self.git("fsck", "--strict", "--full").strip() == ""


def clone(folder: Path, inside: str = "records", top: str = "clone") -> Clone:
    """A clone below `folder` with a small register, all committed."""
    made = Clone(folder, folder / top, inside)
    fill(made.root)
    return made.start()


def fill(root: Path) -> Path:
    """A register with two meetings, one of them to come, and three actions."""
    return on_disk(
        root,
        settings(owner("Force", "Kent Police"), owner("OPCC", "The Commissioner"), commit=True),
        board(),
        meeting("PDB/2025-11-26"),
        meeting("PDB/2026-02-25", "scheduled"),
        meeting("PDB/2026-06-10", "scheduled"),
        action("PDB/2025-11-26/01", "Explore a rural crime update", due="2026-02-25"),
        action("PDB/2025-11-26/02", "Report the benefits of the pilot", due="2026-02-25"),
        action("PDB/2025-11-26/03", "Share the cadet figures", owners=("OPCC",), due="2026-02-25"),
    )


def bare(folder: Path, source: Clone) -> Path:
    """A bare repository with what the clone has, set up as its `origin`."""
    source.git("clone", "--quiet", "--bare", source.top, folder)
    source.git("remote", "add", "origin", folder)
    source.git("fetch", "--quiet", "origin")
    source.git("branch", "--quiet", "--set-upstream-to=origin/main", "main")
    return folder


def clone_of(origin: Path, folder: Path, inside: str = "records") -> Clone:
    """A clone of a bare repository for another officer, with a home of their own."""
    made = Clone(folder, folder / "clone", inside)
    made.git("clone", "--quiet", origin, made.top, cwd=folder)
    return made


def logging_git(folder: Path, log: Path) -> Mapping[str, str]:
    """The environment in which every git that is started writes its arguments, one line each, into `log`."""
    folder.mkdir(exist_ok=True)
    (folder / "git").write_text(f'#!/bin/sh\necho "$*" >> "{log}"\nexec "{REAL_GIT}" "$@"\n')
    (folder / "git").chmod(0o755)
    return {"PATH": os.pathsep.join([str(folder), os.path.dirname(sys.executable), os.environ["PATH"]])}
