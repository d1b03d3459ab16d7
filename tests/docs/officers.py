"""The examples of docs/reviewing.md, typed again: two officers, a clone each, and the repository they share.

They go on where the examples of the README end. Git is the real one. A home folder of their own keeps what this
computer says about git out of it; and git's clock stands at noon of the day that the program takes for today,
so that the same commits have the same hashes whenever the page is typed again.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from tests.docs import console, pages

FOLDER_SHOWN = "/home/clerk"
_PYTHON_SHOWN = "/home/clerk/.venv/bin/python"
_PART = re.compile(r"^(?:<!-- file: (\S+) -->\n```\w+\n|```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_STATUS = "echo $?"
_GIT = shutil.which("git") or "git"


class Desk(console.Shell):
    """A shell that also knows `git`, `cd`, and `echo $?`, which must follow a command that fails."""

    def __init__(self, folder: Path) -> None:
        """In the folder `northmoor`, which is made in this empty one; that is home to both officers."""
        self._home = folder.resolve()
        start = self._home / "northmoor"
        start.mkdir()
        super().__init__(start)
        path = os.pathsep.join([str(_git_at_noon(self._home / ".bin")), os.environ["PATH"]])
        self._environment |= {"PATH": path, "HOME": str(self._home), "XDG_CONFIG_HOME": str(self._home)}
        self._environment |= {"GIT_CONFIG_NOSYSTEM": "1", "TZ": "UTC"}
        self._status = 0

    def type(self, line: str) -> str:
        """What this line prints. After a command that fails, the next line must be the one that shows its status."""
        name, *words = shlex.split(line)
        if line.strip() == _STATUS:
            shown, self._status = self._status, 0
            return f"{shown}\n"
        assert not self._status, f"the command before {line} ended with {self._status}"
        if name == "cd":
            self.folder = (self.folder / words[0]).resolve(strict=True)
            return ""
        if name == "git":
            return self._git(words)
        if name != "tracker":
            return super().type(line)
        status, printed = self.run(*words)
        assert status is None or isinstance(status, int), status
        self._status = status or 0
        return self._normal(printed)

    def _git(self, words: list[str]) -> str:
        done = subprocess.run(
            ["git", *words], cwd=self.folder, env=self._whole_environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
        )  # fmt: skip
        self._status = done.returncode
        return self._normal(done.stdout.decode("utf-8"))

    def _whole_environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "TRACKER_"))}
        return {**kept, "LC_ALL": "C.UTF-8", **self._environment}

    def _normal(self, printed: str) -> str:
        """What was printed, with this computer's folders as the page names them, and no spaces at the ends of lines."""
        printed = printed.replace(console.FOLDER_SHOWN, str(self.folder))
        printed = printed.replace(sys.executable, _PYTHON_SHOWN).replace(str(self._home), FOLDER_SHOWN)
        return "".join(f"{line.rstrip()}\n" for line in printed.splitlines())


def _git_at_noon(folder: Path) -> Path:
    """A folder with a git whose clock stands at noon of the day in `TRACKER_TODAY`."""
    folder.mkdir()
    program = folder / "git"
    noon = 'GIT_AUTHOR_DATE="${TRACKER_TODAY}T12:00:00+0000"'
    program.write_text(f'#!/bin/sh\nexport {noon} {noon.replace("AUTHOR", "COMMITTER")}\nexec "{_GIT}" "$@"\n')
    program.chmod(0o755)
    return folder


def replayed(page: str, desk: Desk) -> str:
    """The page with all its examples typed again at a new desk, after those of the README."""
    console.replayed(pages.read(pages.README), desk)
    again = _PART.sub(lambda match: _again(match, desk), page)
    desk.type("cd .")  # a last command that failed is noticed here
    return again


def _again(match: re.Match[str], desk: Desk) -> str:
    if match[1] is None:
        return "```console\n" + console.typed_again(match[2], desk)
    (desk.folder / match[1]).write_text(match[2], "utf-8")
    return match[0]
