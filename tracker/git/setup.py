"""Setting up a clone: how records are merged, and the check before a commit.

Each step looks first, does only what is missing, and says in a sentence what it did or found. Nothing
that somebody else put there is overwritten.
"""

import os
import re
import shlex
import stat
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Final, Literal, NamedTuple

from tracker.errors import NotFound, Refused
from tracker.git.committing import BY_THE_PROGRAM
from tracker.git.door import Git, find_work_tree, prefix, records, text
from tracker.storage.atomic import move, write_new

Service = Literal["github", "gitlab"]

# `-text`: a record is kept byte for byte. Git for Windows otherwise turns every line end in it to CRLF, and
# back when it is committed: records written with CRLF would come back changed.
_ATTRIBUTES: Final = ("/register.yaml", "/*/board.yaml", "/*/[0-9]*/*.yaml")
_ATTRIBUTES_SAY: Final = "merge=tracker -text"
_ATTRIBUTES_NOTE: Final = "# Records are merged field by field (tracker git-setup); their line ends stay as they are."
_SAMPLES: Final = ("register.yaml", "b/board.yaml", "b/2026-01-01/meeting.yaml", "b/2026-01-01/01.yaml")

_NAME: Final = "tracker: records, field by field"
_HOOK: Final = "pre-commit"
_HOOK_NOTE: Final = """#!/bin/sh
# Written by `tracker git-setup`. Checks the register as it is about to be committed, when the commit touches it.
# It changes nothing. To commit without it once: git commit --no-verify. To be rid of it: delete this file.
"""

_CI: Final[dict[Service, str]] = {"github": ".github/workflows/tracker.yml", "gitlab": ".gitlab/tracker.yml"}
_GITLAB_MAIN: Final = ".gitlab-ci.yml"
_GITLAB_INCLUDE: Final = f"include:\n  - local: {_CI['gitlab']}\n"
# What needs no care in YAML, in the shell or in a pattern.
_PLAIN_PATH: Final = re.compile(r"[A-Za-z0-9_.][A-Za-z0-9_./ -]*")


class Place(NamedTuple):
    """The clone that is set up: its work tree, the register in it, and the Python that runs this program."""

    top: Path
    root: Path
    inside: str
    python: str

    @property
    def git(self) -> Git:
        return Git(self.top)


def place_of(root: Path, python: str) -> Place:
    """The clone of the register at `root`. Raises NotFound if it lies in none."""
    top = find_work_tree(root)
    if top is None:
        raise NotFound(f"{root} does not lie in a git work tree. Make one with: git init")
    return Place(top, root, prefix(root), python)


def set_up(place: Place) -> Iterator[str]:
    """Set up merging and the check before a commit; yields what was done or found, as it happens."""
    yield from _set_attributes(place)
    yield from _set_driver(place)
    yield from _set_hook(place)


def undoing(place: Place) -> list[str]:
    """What to type to take all of it back."""
    return [
        "git config --remove-section merge.tracker",
        f"delete the lines with merge=tracker in {_attributes_file(place)}",
        f"delete {_hooks_folder(place) / _HOOK}, if git-setup wrote it",
    ]


def set_up_checks(place: Place, service: Service) -> Iterator[str]:
    """Write the workflow that checks a pull or merge request and comments on it."""
    file = place.top / _CI[service]
    shown = _CI[service]
    content = _workflow(place, service).encode()
    if not file.exists():
        _write_new(file, content)
        yield f"Wrote {shown}. Look at its top: it says how tracker is installed there. Then commit it."
    elif file.read_bytes() == content:
        yield f"{shown} is there already."
    else:
        yield f"{shown} is there and says something else; it was left alone. Delete it to have it written anew."
    if service == "gitlab":
        yield from _include(place)


def _set_attributes(place: Place) -> Iterator[str]:
    file = _attributes_file(place)
    if _attributes_hold(place):
        yield f"{file} says how records are merged already."
        return
    _must_be_plain(file)
    old = file.read_bytes() if file.exists() else b""
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    lines = [_ATTRIBUTES_NOTE, *(f"{pattern} {_ATTRIBUTES_SAY}" for pattern in _ATTRIBUTES)]
    _replace(file, old + gap + "".join(f"{line}\n" for line in lines).encode())
    yield f"Wrote into {file} that records are merged by tracker, and kept byte for byte. Commit that file."
    if not _attributes_hold(place):
        yield "Another file says otherwise and overrules that: look at .git/info/attributes."


def _attributes_file(place: Place) -> Path:
    return place.root / ".gitattributes"


def _attributes_hold(place: Place) -> bool:
    """Whether git, by whatever file, merges and keeps every kind of record as it should."""
    paths = [place.inside + sample for sample in _SAMPLES]
    said = records(place.git.read("check-attr", "-z", "merge", "text", "--", *paths))
    return said[2::3] == ["tracker", "unset"] * len(_SAMPLES)


def _set_driver(place: Place) -> Iterator[str]:
    wanted = {"merge.tracker.name": _NAME, "merge.tracker.driver": driver(place.python)}
    for key, value in wanted.items():
        found = place.git.try_read("config", "--local", "--get", key)
        if found is not None and text(found).removesuffix("\n") == value:
            yield f"{key} is set already."
        else:
            place.git.write("config", "--local", "--replace-all", key, value)
            yield f"Set {key} in this clone."


def driver(python: str) -> str:
    """The command that git runs to merge a record, for its shell.

    Should the program not run, because its Python was moved, git's own merge puts both sides into the
    file, and the merge stops all the same.
    """
    program = _program(python).replace("%", "%%")
    fallback = "grep -q '^<<<<<<<' %A || git merge-file -L ours -L base -L theirs %A %O %B"
    return f"{program} merge-driver %O %A %B %L %P || {{ {fallback}; false; }}"


def _program(python: str) -> str:
    # -P: without it Python would run a file tracker.py of the work tree it is started in.
    return f"{shlex.quote(python)} -P -m tracker"


def _set_hook(place: Place) -> Iterator[str]:
    folder = _hooks_folder(place)
    file = folder / _HOOK
    if os.path.lexists(file):
        yield from _look_at_hook(place, file)
    elif not _is_ours(place, folder):
        yield f"Hooks lie in {folder}, which other repositories share. Have its {_HOOK} run: {hook_line(place)}"
    else:
        folder.mkdir(parents=True, exist_ok=True)
        _write_new(file, _hook(place).encode(), executable=True)
        yield f"Wrote the hook {file}: it runs tracker check before a commit by hand."


def _look_at_hook(place: Place, file: Path) -> Iterator[str]:
    found = file.read_text("utf-8", "replace") if file.is_file() else ""
    if hook_line(place) in found:
        yield f"The hook {file} runs the check already."
    elif found.startswith(_HOOK_NOTE) and " check-staged " in found and found.count("\n") == _hook(place).count("\n"):
        _replace(file, _hook(place).encode())
        yield f"Wrote the hook {file} anew: it was ours, for another place of the program or of the register."
    else:
        yield f"There is a hook {file}, which was left alone. Add this line to it: {hook_line(place)}"


def _hook(place: Place) -> str:
    return f"{_HOOK_NOTE}{hook_line(place)}\n"


def hook_line(place: Place) -> str:
    """The line of a hook that checks the register, if others than the program have changed it in the commit.

    For sh, at the top of the work tree.
    """
    folder = shlex.quote(place.inside.rstrip("/") or ".")
    nothing_new = f'[ -n "${BY_THE_PROGRAM}" ] || git diff --cached --quiet --no-ext-diff -- {folder}'
    return f"{nothing_new} || {_program(place.python)} check-staged --records {folder} || exit 1"


def _hooks_folder(place: Place) -> Path:
    """Where git looks for hooks: `core.hooksPath`, else the folder of all work trees of this clone."""
    said = place.git.try_read("config", "-z", "--show-scope", "--type=path", "--get-all", "core.hooksPath") or b""
    parts = records(said)
    # The scope `command` is what was set for this reading itself.
    folders = [path for scope, path in zip(parts[::2], parts[1::2], strict=True) if scope != "command"]
    if folders:
        return place.top / folders[-1]
    return _common_folder(place) / "hooks"


def _common_folder(place: Place) -> Path:
    return place.top / text(place.git.read("rev-parse", "--git-common-dir")).removesuffix("\n")


def _is_ours(place: Place, folder: Path) -> bool:
    """Whether only this repository uses the folder."""
    inside = (place.top.resolve(), _common_folder(place).resolve())
    return any(folder.resolve().is_relative_to(ours) for ours in inside)


def _workflow(place: Place, service: Service) -> str:
    folder = place.inside.rstrip("/") or "."
    if not _PLAIN_PATH.fullmatch(folder):
        raise Refused(f"The name of the folder {folder} would need care in a workflow. Write the workflow by hand.")
    template = files("tracker.git").joinpath("templates", f"{service}.yml").read_text("utf-8")
    return template.replace("@RECORDS@", folder)


def _include(place: Place) -> Iterator[str]:
    file = place.top / _GITLAB_MAIN
    if not file.exists():
        _write_new(file, _GITLAB_INCLUDE.encode())
        yield f"Wrote {_GITLAB_MAIN}, which includes it."
    elif f"local: {_CI['gitlab']}".encode() in file.read_bytes():
        yield f"{_GITLAB_MAIN} includes it already."
    else:
        yield f"{_GITLAB_MAIN} was left alone. Add below its `include:`: - local: {_CI['gitlab']}"


def _write_new(file: Path, content: bytes, *, executable: bool = False) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    write_new(file, content)
    if executable:
        mode = stat.S_IMODE(file.stat().st_mode)
        file.chmod(mode | (mode & 0o444) >> 2)


def _replace(file: Path, content: bytes) -> None:
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
    temp = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    write_new(temp, content, mode)
    move(temp, file)


def _must_be_plain(file: Path) -> None:
    if os.path.lexists(file) and not (file.is_file() and not file.is_symlink()):
        raise Refused(f"{file} is no plain file, so it was left alone. Put a plain file there and try again.")
