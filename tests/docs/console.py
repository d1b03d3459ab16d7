"""The examples of the README, typed again: what the program prints for each line that begins with `$`.

A block knows three things to type: `tracker …`, `export NAME=VALUE` and `cat FILE`. They run in this
process, through the program's own entry, at what the program takes for a terminal without colour.
"""

import io
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs import pages
from tracker.cli.main import main

WIDTH = 92
FOLDER_SHOWN = "/home/clerk/northmoor"
_BLOCK = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)


class Terminal(io.StringIO):
    """What the program prints to: standard output and standard error, in the order they come."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Shell:
    """Types commands in a folder. What it exports holds for the commands that follow, and no longer."""

    def __init__(self, folder: Path, *, width: int = WIDTH, colour: bool = False) -> None:
        self.folder = folder.resolve()
        self._environment = {"COLUMNS": str(width), "TERM": "xterm"} | ({} if colour else {"NO_COLOR": "1"})

    def type(self, line: str) -> str:
        """What this line prints. A command that fails is an error of the example."""
        name, *words = shlex.split(line)
        if name == "export":
            key, _, value = words[0].partition("=")
            self._environment[key] = value
            return ""
        if name == "cat":
            return (self.folder / words[0]).read_text("utf-8")
        assert name == "tracker", f"an example cannot type {name}"
        status, printed = self.run(*words)
        assert status == 0, f"{line} ends with {status}:\n{printed}"
        return printed

    def run(self, *words: str) -> tuple[object, str]:
        """The exit status of the program, and what it prints."""
        screen = Terminal()
        with pytest.MonkeyPatch.context() as patch:
            for key in [key for key in os.environ if key.startswith(("TRACKER_", "GIT_")) or key == "NO_COLOR"]:
                patch.delenv(key)
            for key, value in self._environment.items():
                patch.setenv(key, value)
            patch.chdir(self.folder)
            patch.setattr(sys, "stdout", screen)
            patch.setattr(sys, "stderr", screen)
            patch.setattr(sys, "stdin", io.StringIO())
            with pytest.raises(SystemExit) as ended:
                main(list(words))
        return ended.value.code, screen.getvalue().replace(str(self.folder), FOLDER_SHOWN)


def replayed(page: str, shell: Shell) -> str:
    """The page with all its examples typed again, one after the other, in the shell's empty folder."""
    for block in pages.blocks(page, "file"):
        (shell.folder / block.name).write_text(block.text, "utf-8")
    return _BLOCK.sub(lambda match: typed_again(match[1], shell), page)


def typed_again(block: str, shell: Shell) -> str:
    """The block with each of its lines typed again, and what it prints."""
    text = ""
    for typed in _commands(block):
        printed = shell.type(typed.replace("\\\n", " "))
        gap = "\n" if text and not text.endswith("\n\n") and not _is_silent(text) else ""
        text += f"{gap}$ {typed}\n{printed}"
    return text


def _is_silent(text: str) -> bool:
    """Whether the last thing typed prints nothing, so that the next one follows without a gap."""
    return text.splitlines()[-1].startswith("$ ")


def _commands(block: str) -> Iterator[str]:
    """What is typed in a block; a line that ends with a backslash goes on in the next one."""
    typed = re.compile(r"^\$ ((?:.*\\\n)*.*)$", re.MULTILINE)
    yield from (match[1] for match in typed.finditer(block))
