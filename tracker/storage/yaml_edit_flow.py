"""Changes inside brackets and braces, and changes of single values."""

import re
from typing import NamedTuple

from tracker.storage.yaml_align import Step, align, changed_keys, fits
from tracker.storage.yaml_draft import Draft
from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_scalars import Fields, Value, inline, inline_pair, write_scalar

_BLOCK_HEADER_COMMENT = re.compile(r"[|>][^\s#]*([ \t]+#[^\r\n]*)")
_COMMA_BEHIND = re.compile(r"(?:[ \t\r\n]|#[^\n]*\n)*,")


class _Span(NamedTuple):
    """Where one entry of a list, or one key with its value, stands inside brackets."""

    start: int
    end: int


def edit_flow(draft: Draft, node: Node, old: Value, new: Value) -> None:
    """Change a value that stands inside brackets, or that is a list or mapping in brackets itself."""
    if isinstance(node, MapNode) and isinstance(old, dict) and isinstance(new, dict) and new and fits(node, old):
        _edit_map(draft, node, old, new)
    elif isinstance(node, ListNode) and isinstance(old, list) and isinstance(new, list) and new and fits(node, old):
        _edit_list(draft, node, old, new)
    else:
        put_inline(draft, node, old, new, flow=True)


def put_inline(draft: Draft, node: Node, old: Value, new: Value, flow: bool) -> None:
    """Put a value on one line in the place of a scalar, or of a list or mapping in brackets."""
    if not isinstance(node, ScalarNode):
        if holds_more(node, old):
            raise draft.cannot_edit(node.start)
        draft.replace(node.start, node.end, inline(new, flow))
    elif isinstance(new, list | dict):
        _put_for_scalar(draft, node, inline(new, flow))
    else:
        _put_for_scalar(draft, node, write_scalar(new, flow=flow, like=node.style))


def holds_more(node: Node, old: Value) -> bool:
    """Whether a list or mapping holds something that was not read from it, and that would be lost with it."""
    if isinstance(node, MapNode):
        return not (isinstance(old, dict) and all(key.text in old for key, _ in node.pairs))
    return isinstance(node, ListNode) and bool(node.items) and not fits(node, old)


def _put_for_scalar(draft: Draft, node: ScalarNode, written: str) -> None:
    if node.style in "|>" and (comment := _BLOCK_HEADER_COMMENT.match(draft.text, node.start)):
        written += comment[1]
    if node.start == node.end and draft.text[node.start - 1] in ":-":
        written = " " + written
    draft.replace(node.start, node.end, written)


def _edit_list(draft: Draft, node: ListNode, old: list[Value], new: list[Value]) -> None:
    spans = [_Span(item.start, item.end) for item in node.items]
    style = chosen_style(node.items[-1])
    doomed: list[int] = []
    last: int | None = None
    for step in align(old, new):
        if step.kind == "insert":
            _insert(draft, spans, last, _inline_like(style, new[step.new]))
        elif step.kind == "delete":
            doomed.append(step.old)
        else:
            last = step.old
            _edit_item(draft, node.items[last], step, old, new)
    _remove(draft, spans, doomed)


def _edit_item(draft: Draft, item: Node, step: Step, old: list[Value], new: list[Value]) -> None:
    if step.kind == "edit":
        edit_flow(draft, item, old[step.old], new[step.new])
    elif step.kind == "swap":
        style = item.style if isinstance(item, ScalarNode) else "plain"
        draft.replace(item.start, item.end, _inline_like(style, new[step.new]))


def _inline_like(style: str, value: Value) -> str:
    if isinstance(value, list | dict):
        return inline(value, flow=True)
    return write_scalar(value, flow=True, like=style)


def _edit_map(draft: Draft, node: MapNode, old: Fields, new: Fields) -> None:
    spans = [_Span(key.start, value.end) for key, value in node.pairs]
    names = [key.text for key, _ in node.pairs]
    doomed: list[int] = []
    for key in changed_keys(old, new):
        if key not in names:
            _insert(draft, spans, predecessor(names, new, key), inline_pair(key, new[key]))
        elif new.get(key) is None:
            doomed.append(names.index(key))
        else:
            edit_flow(draft, node.pairs[names.index(key)][1], old.get(key), new[key])
    _remove(draft, spans, sorted(doomed))


def predecessor(names: list[str], new: Fields, key: str) -> int | None:
    """The place, among the keys of a mapping, of the nearest one that comes before this key in `new`."""
    order = list(new)
    before = (name for name in reversed(order[: order.index(key)]) if name in names)
    return next((names.index(name) for name in before), None)


def chosen_style(node: Node) -> str:
    """The style that somebody chose for a value, for another beside it: its quotes, unless it had to have them."""
    if isinstance(node, ScalarNode) and write_scalar(node.text, flow=True) == node.text:
        return node.style
    return "plain"


def _insert(draft: Draft, spans: list[_Span], after: int | None, written: str) -> None:
    if after is None:
        draft.replace(spans[0].start, spans[0].start, written + ", ")
    else:
        draft.replace(spans[after].end, spans[after].end, ", " + written)


def _remove(draft: Draft, spans: list[_Span], doomed: list[int]) -> None:
    """Take out the entries at these places, with their commas."""
    for place in doomed:
        ending = set(range(place, len(spans))) <= set(doomed)
        start = spans[place - 1].end if ending and place else spans[place].start
        end = spans[place].end if ending else spans[place + 1].start
        if _on_one_line(draft, start, end):
            draft.replace(start, end, "")
        else:
            _remove_alone(draft, spans[place])


def _remove_alone(draft: Draft, span: _Span) -> None:
    """Take out an entry and the comma behind it, and its line if it has one for itself.

    A comma that is left before the closing bracket does no harm.
    """
    comma = _COMMA_BEHIND.match(draft.text, span.end)
    behind = comma.end() if comma and _on_one_line(draft, span.end, comma.end()) else span.end
    rest = draft.text[behind : draft.next_line(behind)].strip()
    if not draft.text[draft.line_start(span.start) : span.start].strip() and (not rest or rest.startswith("#")):
        draft.delete_lines(span.start, behind)
    else:
        draft.replace(span.start, behind, "")
    if comma and behind == span.end:
        draft.replace(comma.end() - 1, comma.end(), "")


def _on_one_line(draft: Draft, start: int, end: int) -> bool:
    return "\n" not in draft.text[start:end]
