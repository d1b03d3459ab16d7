"""Reading the register: everything at once, or one record by its path.

What a file says can never make reading fail: a file that cannot be read becomes a problem with line and
cause, is left alone, and the others are read.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import Problem
from tracker.model.records import Action, Board, Meeting, Record, Register, Settings
from tracker.model.references import ActionRef, MeetingRef, Ref, path_of
from tracker.storage.fields_read import from_node, from_usual
from tracker.storage.own_folder import Place
from tracker.storage.trees import Tree, as_tree
from tracker.storage.wording import visible
from tracker.storage.yaml_text import BadText, decode

if TYPE_CHECKING:
    from tracker.storage.index.walking import Watch


class Loaded(NamedTuple):
    """The register as far as it could be read, and all that is wrong in its files, in the order of their paths."""

    register: Register
    problems: tuple[Problem, ...]


def load(place: Place | Tree, watch: "Watch" = iter) -> Loaded:
    """Read the whole register at `place`: its folder, or any other tree. Never raises for what lies in it.

    `watch` is given what is read file by file.
    """
    # who reads a single record needs no walk
    from tracker.storage.walk import walk

    tree = as_tree(place)
    found = walk(tree)
    problems = list(found.problems)
    broken = dict(found.broken)
    records: dict[Ref, Record] = {}
    for ref in watch(found.refs):
        record, doubts = read_ref(tree, ref)
        problems += doubts
        if record is None:
            broken[path_of(ref)] = first_error(doubts)
        else:
            records[ref] = record
    problems.sort(key=lambda problem: (problem.path, problem.line or 0))
    register = _register(records).changed(broken=broken, highest=found.highest)
    return Loaded(register, tuple(problems))


def read_record(place: Place | Tree, path: str) -> tuple[Record | None, list[Problem]]:
    """Read the record in the file at `path` (relative to the register, with `/`) and nothing else.

    The record is None if any of the problems is an error.
    """
    # who reads the register by its index knows the references
    from tracker.storage.places import ref_at

    ref = ref_at(path)
    if ref is None:
        return None, [Problem(visible(path), None, "this is no path of a record", "See `tracker check` for the paths")]
    return read_ref(as_tree(place), ref)


def record_in(ref: Ref, content: bytes) -> tuple[Record | None, list[Problem]]:
    """The record that these bytes are, were they the file of `ref`. None if any of the problems is an error."""
    record = from_usual(ref, content)
    if record is not None:
        return record, []
    # only what is not in the usual form needs a YAML parser
    from tracker.storage.yaml_read import read_tree

    try:
        tree = read_tree(decode(content).text)
    except BadText as bad:
        return None, [bad.at(path_of(ref))]
    return from_node(ref, tree)


def read_ref(tree: Tree, ref: Ref) -> tuple[Record | None, list[Problem]]:
    """The record of this reference. None if any of the problems is an error."""
    path = path_of(ref)
    try:
        content = tree.content(path)
    except BadText as bad:
        return None, [bad.at(path)]
    return record_in(ref, content)


def first_error(problems: Sequence[Problem]) -> Problem:
    """The error that stands first in its file; there must be one."""
    errors = [problem for problem in problems if problem.severity == "error"]
    return min(errors, key=lambda problem: problem.line or 0)


def _register(records: dict[Ref, Record]) -> Register:
    settings = Settings()
    boards: dict[str, Board] = {}
    meetings: dict[MeetingRef, Meeting] = {}
    actions: dict[ActionRef, Action] = {}
    for record in records.values():
        if isinstance(record, Action):
            actions[record.ref] = record
        elif isinstance(record, Meeting):
            meetings[record.ref] = record
        elif isinstance(record, Board):
            boards[record.key] = record
        else:
            settings = record
    return Register(settings, boards, meetings, actions)
