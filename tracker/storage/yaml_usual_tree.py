"""The usual form of a record as the tree of nodes that a change needs, without a YAML parser.

What the usual form is, and what its values say, is known to `values_in` alone. Once it has taken a text,
the place of every value follows from its lines: one key a line, two more spaces a level.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, TypeAlias

from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_text import MAX_KEY
from tracker.storage.yaml_usual import Value, Values, values_in

_KEY = re.compile(r"[a-z_]{1,%d}" % MAX_KEY)
_DASH = "- "
_COLON = ": "
_COMMA = ", "

_Value: TypeAlias = Value | Values


class _Line(NamedTuple):
    start: int
    end: int
    number: int


def usual_tree(text: str) -> MapNode | None:
    """The tree that `read_tree` makes of a text (without byte order mark); None unless all is in the usual form.

    Never raises. None says nothing about the text, only that it must be read by `read_tree`.
    """
    values = values_in(text)
    if values is None or not all(_KEY.fullmatch(key) for fields in _lowest(values) for key in fields):
        return None
    return _mapping(text, values, 0, _lines_of_keys(text))


def _lowest(values: Values) -> Iterator[Values]:
    """The mappings of a record whose keys `values_in` does not judge."""
    for value in values.values():
        if isinstance(value, list):
            yield from value
        elif isinstance(value, dict):
            yield from value.values()


def _lines_of_keys(text: str) -> Iterator[_Line]:
    """The lines that are neither comments nor blank: each holds one key."""
    start = 0
    for number, written in enumerate(text.split("\n"), start=1):
        end = start + len(written)
        if written and not written.startswith("#"):
            yield _Line(start, end, number)
        start = end + 1


def _mapping(text: str, values: Mapping[str, _Value], column: int, lines: Iterator[_Line]) -> MapNode:
    """The mapping on the next lines, whose keys stand in this column."""
    pairs = tuple(_pair(text, key, value, column, lines) for key, value in values.items())
    key, last = pairs[0][0], pairs[-1][1]
    return MapNode(pairs, False, key.start, last.end, key.line)


def _pair(text: str, key: str, value: _Value, column: int, lines: Iterator[_Line]) -> tuple[ScalarNode, Node]:
    line = next(lines)
    start = line.start + column
    end = start + len(key)
    name = ScalarNode(key, "plain", start, end, line.number)
    behind = line._replace(start=end + len(_COLON))
    if isinstance(value, str):
        return name, _scalar(text, value, behind)
    if isinstance(value, tuple):
        return name, _in_brackets(text, value, behind)
    if isinstance(value, list):
        return name, _entries(text, value, column + 2, lines)
    return name, _mapping(text, value, column + 2, lines)


def _scalar(text: str, value: str, place: _Line) -> ScalarNode:
    first = text[place.start]
    return ScalarNode(value, first if first in "'\"" else "plain", *place)


def _in_brackets(text: str, values: tuple[str, ...], place: _Line) -> ListNode:
    """Short texts in brackets, each as it stands or between quotation marks that it does not hold itself."""
    items = []
    start = place.start + 1
    for value in values:
        end = start + len(value) + (2 if text[start] == '"' else 0)
        items.append(_scalar(text, value, _Line(start, end, place.number)))
        start = end + len(_COMMA)
    return ListNode(tuple(items), True, *place)


def _entries(text: str, values: list[Values], column: int, lines: Iterator[_Line]) -> ListNode:
    """The entries on the next lines, whose dashes stand in this column."""
    items = tuple(_mapping(text, entry, column + len(_DASH), lines) for entry in values)
    return ListNode(items, False, items[0].start - len(_DASH), items[-1].end, items[0].line)
