"""Where in a record's file a field stands."""

from collections.abc import Sequence

from tracker.storage.own_folder import Place
from tracker.storage.trees import Tree, as_tree
from tracker.storage.yaml_nodes import ListNode, MapNode, Node
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_text import BadText, decode


def line_of(place: Place | Tree, path: str, field: Sequence[str | int]) -> int | None:
    """The line where a field stands, such as `("history", 2, "date")` with entries counted from 0.

    Where the last parts of the field are not there, the line of the part that is; None if there is
    none, or the file cannot be read.
    """
    try:
        node: Node = read_tree(decode(as_tree(place).content(path)).text)
    except BadText:
        return None
    line = None
    for part in field:
        step = _step(node, part)
        if step is None:
            break
        line, node = step
    return line


def _step(node: Node, part: str | int) -> tuple[int, Node] | None:
    if isinstance(node, MapNode):
        return next(((key.line, value) for key, value in node.pairs if key.text == part), None)
    if isinstance(node, ListNode) and isinstance(part, int) and 0 <= part < len(node.items):
        return node.items[part].line, node.items[part]
    return None
