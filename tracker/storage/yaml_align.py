"""Which entries of a list became which, and what the whole record is meant to be after a change."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, TypeAlias, Union

from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_scalars import Fields, Value, plain_text

Plain: TypeAlias = Union[str, None, list["Plain"], dict[str, "Plain"]]
"""What a reader who takes every scalar for a text finds; None where a value is absent."""


class Step(NamedTuple):
    """What becomes of one entry of a list: `old` and `new` are its places in the list before and after.

    `keep`: the same; `edit`: the same entry with other values; `swap`: another entry in its place;
    `delete` has no place after and `insert` none before (the number is then of no use).
    """

    kind: Literal["keep", "edit", "swap", "delete", "insert"]
    old: int
    new: int


def changed_keys(old: Fields, new: Fields) -> list[str]:
    """The keys whose values differ, in the order of `new`, those that go last."""
    keys = [*new, *(key for key in old if key not in new)]
    return [key for key in keys if old.get(key) != new.get(key)]


def align(old: Sequence[Value], new: Sequence[Value]) -> Iterator[Step]:
    """How one list became the other, in order. An entry that is a mapping is known by its first value."""
    for same, i1, i2, j1, j2 in _blocks(map(repr, old), map(repr, new)):
        if same:
            yield from (Step("keep", i, j) for i, j in zip(range(i1, i2), range(j1, j2)))
        else:
            yield from _align_changed(old, new, (i1, i2, j1, j2))


def _align_changed(old: Sequence[Value], new: Sequence[Value], where: tuple[int, int, int, int]) -> Iterator[Step]:
    i0, i_end, j0, j_end = where
    for same, i1, i2, j1, j2 in _blocks(map(_identity, old[i0:i_end]), map(_identity, new[j0:j_end])):
        paired = min(i2 - i1, j2 - j1)
        yield from (Step("edit" if same else "swap", i0 + i1 + n, j0 + j1 + n) for n in range(paired))
        yield from (Step("delete", i0 + i, 0) for i in range(i1 + paired, i2))
        yield from (Step("insert", 0, j0 + j) for j in range(j1 + paired, j2))


def _blocks(old: Iterable[str], new: Iterable[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    from difflib import SequenceMatcher  # costs a start-up more than the rest of this module

    for tag, i1, i2, j1, j2 in SequenceMatcher(None, list(old), list(new), autojunk=False).get_opcodes():
        yield tag == "equal", i1, i2, j1, j2


def _identity(entry: Value) -> str:
    return repr(next(iter(entry.items()), None)) if isinstance(entry, dict) else repr(entry)


def fits(node: Node | None, old: Value) -> bool:
    """Whether a list or mapping of the file has the entries that were read from it, so that each can be found."""
    if isinstance(node, MapNode):
        return isinstance(old, dict) and bool(node.pairs)
    return isinstance(node, ListNode) and isinstance(old, list) and bool(node.items) and len(old) == len(node.items)


def plain(node: Node) -> Plain:
    """The texts of a node and all inside it. A text in block style counts without its last newline.

    That newline depends on whether the file ends behind the text.
    """
    match node:
        case ScalarNode():
            text = node.text.removesuffix("\n") if node.style in "|>" else node.text
            return None if node.absent else text
        case ListNode():
            return [plain(item) for item in node.items]
        case MapNode():
            return {key.text: plain(value) for key, value in node.pairs}


def meant(node: Node | None, old: Value, new: Value) -> Plain:
    """What should stand in the place of a node once the change from `old` to `new` is made in it."""
    if isinstance(node, MapNode) and isinstance(old, dict) and isinstance(new, dict) and new:
        return _meant_map(node, old, new)
    if isinstance(node, ListNode) and isinstance(old, list) and isinstance(new, list) and fits(node, old):
        return [_meant_entry(step, node, old, new) for step in align(old, new) if step.kind != "delete"]
    return _written(new)


def _meant_map(node: MapNode, old: Fields, new: Fields) -> Plain:
    result = {key.text: plain(value) for key, value in node.pairs}
    for key in changed_keys(old, new):
        if new.get(key) is None:
            result.pop(key, None)
        else:
            result[key] = meant(node.get(key), old.get(key), new[key])
    return result


def _meant_entry(step: Step, node: ListNode, old: list[Value], new: list[Value]) -> Plain:
    if step.kind == "keep":
        return plain(node.items[step.old])
    return meant(node.items[step.old], old[step.old], new[step.new]) if step.kind == "edit" else _written(new[step.new])


def _written(value: Value) -> Plain:
    if isinstance(value, list):
        return [_written(entry) for entry in value]
    if isinstance(value, dict):
        return {key: _written(entry) for key, entry in value.items() if entry is not None}
    return None if value is None else plain_text(value)
