"""The walk through the register's folders: what is there, and what cannot be what it seems.

No link is followed and nothing is opened; everything is told from names and kinds of files. Nothing is
skipped in silence except hidden files and notes for people (`README*`, `*.md`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from tracker.errors import Problem, Severity
from tracker.model.quoting import quoted
from tracker.model.references import REGISTER_PATH, MeetingRef, Ref, folder_of, path_of
from tracker.storage.places import (
    Level,
    claimed_number,
    is_ignored,
    is_left_over,
    level_of,
    looks_like_yaml,
)
from tracker.storage.own_folder import Place
from tracker.storage.trees import FILE, FOLDER, Entry, Tree, as_tree
from tracker.storage.wording import no_such_day, visible

# Folders of a stray tree that are looked into for records; a huge one must not hold up every command.
_STRAY_FOLDERS = 200


class Found(NamedTuple):
    """What the walk found.

    `refs` are the records to read, in the order of their paths (a board by its key, `register.yaml` by
    its path). `broken` holds what seems to be a record, or to hold some, and cannot be read, by path;
    all of it is in `problems` too. `highest` is the highest number that any name in a meeting's folder
    takes up.
    """

    refs: tuple[Ref, ...]
    problems: tuple[Problem, ...]
    broken: Mapping[str, Problem]
    highest: Mapping[MeetingRef, int]


class Look(NamedTuple):
    """What one folder of the register, a board or a meeting holds, told from names and kinds.

    `refs` are the records in it, its own first; `inner` the boards or meetings whose folders lie in it.
    `listed` is whether it could be listed. `odd` says that some of this hangs on what lies deeper than
    the folder itself.
    """

    refs: tuple[Ref, ...] = ()
    inner: tuple[Ref, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: Mapping[str, Problem] = {}
    highest: int = 0
    listed: bool = True
    odd: bool = False


def walk(place: Place | Tree, start: Ref = REGISTER_PATH) -> Found:
    """Look through the register at `place`, or through the folder of one board or meeting in it.

    Never raises: a folder that cannot be listed is a problem.
    """
    tree = as_tree(place)
    refs: list[Ref] = []
    problems: list[Problem] = []
    broken: dict[str, Problem] = {}
    highest: dict[MeetingRef, int] = {}
    waiting = [start]
    while waiting:
        ref = waiting.pop()
        found = look(tree, ref)
        refs += found.refs
        problems += found.problems
        broken |= found.broken
        if isinstance(ref, MeetingRef) and found.highest:
            highest[ref] = found.highest
        waiting += reversed(found.inner)
    problems.sort(key=lambda problem: problem.path)
    return Found(tuple(sorted(refs, key=path_of)), tuple(problems), broken, highest)


def look(tree: Tree, ref: Ref) -> Look:
    """Look into the folder of the register (`register.yaml`), a board (its key) or a meeting. Never raises."""
    looker = _Looker(tree)
    listed = looker.folder(ref)
    own_first = sorted(looker.refs, key=lambda found: found != ref)
    return Look(
        tuple(own_first), tuple(looker.inner_refs), tuple(looker.problems), looker.broken, looker.highest,
        listed, looker.odd,
    )  # fmt: skip


class _Looker:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.refs: list[Ref] = []
        self.inner_refs: list[Ref] = []
        self.problems: list[Problem] = []
        self.broken: dict[str, Problem] = {}
        self.highest = 0
        self.odd = False

    def folder(self, ref: Ref) -> bool:
        """Look through the folder; whether it could be listed."""
        folder = folder_of(ref)
        entries = self.listed(folder)
        if entries is None:
            return False
        names = [entry.name for entry in entries]
        if isinstance(ref, MeetingRef):
            self.highest = max((claimed_number(name) or 0 for name in names), default=0)
        self.own_file(ref, folder, names)
        level = level_of(ref)
        for entry in entries:
            self.entry(level, f"{folder}/{entry.name}" if folder else entry.name, entry, names)
        return True

    def listed(self, folder: str) -> Sequence[Entry] | None:
        try:
            entries = self.tree.listed(folder)
        except OSError as error:
            self.broke(folder or ".", f"the folder cannot be read ({error.strerror})", "Ask for access to it")
            return None
        return sorted(entry for entry in entries if not is_ignored(entry.name))

    def own_file(self, ref: Ref, folder: str, names: list[str]) -> None:
        """Say so if the folder lacks the file that makes it a register, a board or a meeting."""
        wanted = path_of(ref).rpartition("/")[2]
        level = level_of(ref)
        if wanted in names or any(level.meant_file(name) == wanted for name in names if not is_left_over(name)):
            return
        if not names and ref != REGISTER_PATH:
            self.warn(folder, "the folder is empty", "Delete it, or put the record back that belongs here")
            return
        self.problems.append(Problem(path_of(ref), None, "the file is missing", _how_to_make(ref)))

    def entry(self, level: Level, path: str, entry: Entry, names: list[str]) -> None:
        if entry.kind == FILE:
            self.file(level, path, entry.name, names)
        elif entry.kind == FOLDER:
            self.inner(level, path, entry.name, names)
        else:
            self.broke(path, f"this is {entry.kind}, which is never opened", "Put the real file or folder in its place")

    def file(self, level: Level, path: str, name: str, names: list[str]) -> None:
        ref = level.file_named(name)
        if ref is not None:
            self.refs.append(ref)
        elif is_left_over(name):
            self.warn(path, "this is left over from an editor or a merge", "Delete it if nothing in it is needed")
        elif looks_like_yaml(name):
            meant = level.meant_file(name)
            advice = _rename(meant, names) if meant else f"{level.file_rule}. Rename it or move it away"
            self.broke(path, f"{quoted(name)} is no name of a record here", advice)
        elif isinstance(level.folder_named(name), MeetingRef):
            self.broke(path, "this is a file, but has the name of a meeting's folder", "Rename it or move it away")
        else:
            self.warn(path, "this is no record", "Move it out of the register, or begin its name with a dot")

    def inner(self, level: Level, path: str, name: str, names: list[str]) -> None:
        ref = level.folder_named(name)
        if ref is not None:
            self.inner_refs.append(ref)
        elif looks_like_yaml(name):
            self.broke(path, "this is a folder, but has the name of a file", "Rename it or move it away")
        else:
            self.wrong_folder(level, path, name, names)

    def wrong_folder(self, level: Level, path: str, name: str, names: list[str]) -> None:
        self.odd = True
        meant = level.meant_folder(name)
        if meant:
            self.broke(path, f"{quoted(name)} is no name of a folder here", _rename(meant, names))
        elif _holds_yaml(self.tree, path) or no_such_day(name):
            why = no_such_day(name) or f"{quoted(name)} is no name of a folder here, and nothing in it was read"
            self.broke(path, why, f"{level.folder_rule}. Rename it or move it away")
        else:
            self.warn(path, "no record lies in this folder", "Move it out of the register")

    def broke(self, path: str, message: str, advice: str) -> None:
        problem = _problem(path, message, advice, "error")
        self.problems.append(problem)
        self.broken[problem.path] = problem

    def warn(self, path: str, message: str, advice: str) -> None:
        self.problems.append(_problem(path, message, advice, "warning"))


def _problem(path: str, message: str, advice: str, severity: Severity) -> Problem:
    return Problem(visible(path), None, message, advice, severity)


def _rename(meant: str, names: Iterable[str]) -> str:
    if meant in names:
        return f"`{meant}` is there already: keep what is right in that one and delete this one"
    return f"Rename it to `{meant}`"


def _how_to_make(ref: Ref) -> str:
    if isinstance(ref, MeetingRef):
        return "Make it with the line `status: held`, or `status: scheduled`"
    if ref == REGISTER_PATH:
        return "Make it with `tracker init`, or by hand with the line `title: …`"
    return "Make it with the line `title: …`, the name of the board"


def _holds_yaml(tree: Tree, folder: str) -> bool:
    return any(
        looks_like_yaml(entry.name) for entries in islice(_below(tree, folder), _STRAY_FOLDERS) for entry in entries
    )


def _below(tree: Tree, folder: str) -> Iterator[Sequence[Entry]]:
    """What lies in the folder and, one after the other, in the folders below it."""
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        try:
            entries = tree.listed(place)
        except OSError:
            continue
        yield entries
        waiting += [f"{place}/{entry.name}" for entry in entries if entry.kind == FOLDER]
