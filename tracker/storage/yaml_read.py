"""Reading the text of a record into nodes that know where they stand.

The reader takes the events of ruamel.yaml, not its values: no type is guessed, no alias is followed and
no tag is obeyed, so nothing in a file can grow or run. What a record may not hold is refused at the first
event that shows it, before the rest of the file is read.
"""

import re
from collections.abc import Iterator
from typing import Any

from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_refusals import USE_TEXT, check_lines, check_tabs, explain
from tracker.storage.yaml_text import MAX_KEY, BadText, check_characters

MAX_DEPTH = 12
# Each node costs about 50 microseconds; a record of hundreds of events has some thousand nodes.
MAX_NODES = 10_000

_SURROGATE = re.compile("[\ud800-\udfff]")
_NODE_STARTS = ("ScalarEvent", "SequenceStartEvent", "MappingStartEvent")


def read_tree(text: str) -> MapNode:
    """The record that a text (without byte order mark) holds.

    Raises BadText, with line, cause and advice, for what is not YAML and for what no record may hold:
    anchors, aliases, merge keys, tags, directives, a second document, a key that is doubled or not a
    short text, nesting deeper than `MAX_DEPTH`, tabs as indentation, conflict markers, and anything but
    a mapping in block style at the top.
    """
    # The import costs more than reading a record, and not every command reads one.
    from ruamel.yaml.error import YAMLError

    check_characters(text)
    check_lines(text)
    not_yaml = (YAMLError, ValueError, OverflowError)  # the last two for escapes of no character
    try:
        tree = _Builder(text, quick_events(text)).record()
    except not_yaml:
        # The parser in Python has the last word, and the words that explain a mistake.
        try:
            tree = _Builder(text, plain_events(text)).record()
        except not_yaml as error:
            raise explain(error, text) from None
    check_tabs(text, tree)
    return tree


def quick_events(text: str) -> Iterator[Any]:
    """The events of the parser in C, some twenty times as quick; those of the one in Python where there is none."""
    try:
        from _ruamel_yaml import CParser
    except ImportError:
        yield from plain_events(text)
        return
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def plain_events(text: str) -> Iterator[Any]:
    """The events of the parser in Python."""
    from ruamel.yaml import YAML

    return iter(YAML(typ="safe", pure=True).parse(text))


class _Builder:
    """Builds the nodes of one text from its events."""

    def __init__(self, text: str, events: Iterator[Any]) -> None:
        self._text = text
        self._events = events
        self._nodes = 0

    def record(self) -> MapNode:
        self._next()
        start = self._next()
        if _kind(start) == "StreamEndEvent":
            raise _empty()
        if start.version or start.tags:
            raise BadText(_line(start), "a directive (%) stands here", "Delete the line that starts with %")
        tree = self._top(self._next())
        self._next()
        if _kind(end := self._next()) != "StreamEndEvent":
            raise BadText(_line(end), "a second document (---) starts here", "Keep one record in a file")
        return tree

    def _top(self, event: Any) -> MapNode:
        if _kind(event) == "ScalarEvent" and not event.value and not event.style:
            raise _empty()
        node = self._node(event, 1)
        if isinstance(node, MapNode) and not node.flow:
            return node
        raise BadText(
            node.line,
            "the file does not hold a record, which is made of lines such as `status: open`",
            "Write a key, a colon and a value on each line",
        )

    def _next(self) -> Any:
        return next(self._events)

    def _node(self, event: Any, depth: int) -> Node:
        self._check(event, depth)
        match _kind(event):
            case "ScalarEvent":
                return self._scalar(event)
            case "SequenceStartEvent":
                return self._list(event, depth)
            case _:
                return self._map(event, depth)

    def _check(self, event: Any, depth: int) -> None:
        line = _line(event)
        if _kind(event) not in _NODE_STARTS or event.anchor:
            raise BadText(line, "an anchor or alias (& or *) stands here", USE_TEXT)
        # What the parser itself notes as a tag is None; `!` alone is a tag too.
        if event.ctag is not None:
            raise BadText(line, "a tag (!) stands here", USE_TEXT)
        if depth > MAX_DEPTH:
            raise BadText(line, "lists and mappings are nested too deep here", "Take out the inner brackets or levels")
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise BadText(line, "the file holds too many values for one record", "Take out what is no part of it")

    def _scalar(self, event: Any) -> ScalarNode:
        style = event.style or "plain"
        start, end = event.start_mark.index, event.end_mark.index
        if style == '"' and _SURROGATE.search(event.value):
            message = "an escape (\\u…) in this text stands for no character"
            raise BadText(_line(event), message, "Type the character itself")
        if style in "|>":
            end = self._end_of_block_text(start, end)
        return ScalarNode(event.value, style, start, end, _line(event))

    def _end_of_block_text(self, start: int, end: int) -> int:
        written = self._text[start:end]
        header = written.partition("\n")[0].partition("#")[0]
        if "+" in header:
            return start + len(written.removesuffix("\n").removesuffix("\r"))
        return start + len(written.rstrip(" \t\r\n"))

    def _list(self, event: Any, depth: int) -> ListNode:
        items: list[Node] = []
        while _kind(found := self._next()) != "SequenceEndEvent":
            items.append(self._node(found, depth + 1))
        flow = bool(event.flow_style)
        end = found.end_mark.index if flow or not items else items[-1].end
        return ListNode(tuple(items), flow, event.start_mark.index, end, _line(event))

    def _map(self, event: Any, depth: int) -> MapNode:
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while _kind(found := self._next()) != "MappingEndEvent":
            key = self._key(found)
            if key.text in pairs:
                first = pairs[key.text][0].line
                message = f"the key `{key.text}` stands twice (first in line {first})"
                raise BadText(key.line, message, "Keep one of the two")
            pairs[key.text] = (key, self._value(key, self._node(self._next(), depth + 1)))
        flow = bool(event.flow_style)
        values = tuple(pairs.values())
        end = found.end_mark.index if flow or not values else values[-1][1].end
        return MapNode(values, flow, event.start_mark.index, end, _line(event))

    def _value(self, key: ScalarNode, node: Node) -> Node:
        """The value of a key; one of which nothing stands there is placed behind the colon.

        The parser places it at whatever comes next, behind comments and blank lines.
        """
        if not isinstance(node, ScalarNode) or node.text or node.style != "plain":
            return node
        place = self._text.index(":", key.end) + 1
        return node._replace(start=place, end=place, line=key.line)

    def _key(self, event: Any) -> ScalarNode:
        self._check(event, 1)
        node = self._scalar(event) if _kind(event) == "ScalarEvent" else None
        if node is None or not self._is_short(node):
            message = "a key here is not a short text with a colon behind it"
            raise BadText(_line(event), message, "Write it as `key: value`")
        if node.text == "<<" and node.style == "plain":
            raise BadText(node.line, "a merge key (<<) stands here", USE_TEXT)
        return node

    def _is_short(self, key: ScalarNode) -> bool:
        written = self._text[key.start : key.end]
        if not key.text.strip() or len(key.text) > MAX_KEY or "\n" in written or not key.text.isprintable():
            return False
        return self._text[key.end : key.end + MAX_KEY].lstrip(" ").startswith(":")


def _kind(event: Any) -> str:
    return type(event).__name__


def _line(event: Any) -> int:
    line: int = event.start_mark.line
    return line + 1


def _empty() -> BadText:
    return BadText(None, "the file is empty", "Restore it from git, or delete it if it was never a record")
