"""Changes of mappings and lists in block style: whole lines come and go, the others stay."""

from tracker.storage.yaml_align import align, changed_keys, fits
from tracker.storage.yaml_draft import Draft
from tracker.storage.yaml_edit_flow import chosen_style, edit_flow, holds_more, predecessor, put_inline
from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_scalars import (
    Fields,
    Value,
    entry_lines,
    inline,
    is_inline,
    nested_lines,
    pair_lines,
    write_scalar,
)

_USUAL_GAP = 1
_WIDEST_GAP = 7


def edit_map(draft: Draft, node: MapNode, old: Fields, new: Fields) -> None:
    """Change the keys of a mapping in block style whose values differ."""
    places = {key.text: place for place, (key, _) in enumerate(node.pairs)}
    added: list[str] = []
    for key in changed_keys(old, new):
        if key not in places:
            added.append(key)
        elif new.get(key) is None:
            _remove_key(draft, node, places[key])
        else:
            _edit_value(draft, node.pairs[places[key]], old.get(key), new[key])
    for key in added:
        _add_key(draft, node, key, new)


def _add_key(draft: Draft, node: MapNode, key: str, new: Fields) -> None:
    """A value of one line goes below the key that precedes it in `new`, one of several lines to the end."""
    names = [name.text for name, _ in node.pairs]
    later = list(new)[list(new).index(key) + 1 :]
    place = predecessor(names, new, key)
    if place is None or not is_inline(new[key]) and not any(name in names and new[name] is not None for name in later):
        place = len(names) - 1
    indent = draft.column(node.pairs[0][0].start)
    draft.insert_lines(node.pairs[place][1].end, pair_lines(key, new[key], indent))


def _remove_key(draft: Draft, node: MapNode, place: int) -> None:
    key, value = node.pairs[place]
    if not draft.text[draft.line_start(key.start) : key.start].strip(" "):
        draft.delete_lines(key.start, value.end)
        return
    # The key stands behind the dash of a list entry: the next key moves up to the dash.
    if place + 1 == len(node.pairs):
        raise draft.cannot_edit(key.start)
    following = node.pairs[place + 1][0].start
    if draft.next_line(value.end) != draft.line_start(following):
        raise draft.cannot_edit(key.start)
    draft.replace(key.start, following, "")


def _edit_value(draft: Draft, pair: tuple[ScalarNode, Node], old: Value, new: Value) -> None:
    node = pair[1]
    if isinstance(node, MapNode) and isinstance(old, dict) and isinstance(new, dict) and new and fits(node, old):
        if node.flow:
            edit_flow(draft, node, old, new)
        else:
            edit_map(draft, node, old, new)
    elif isinstance(node, ListNode) and isinstance(old, list) and isinstance(new, list) and new and fits(node, old):
        if node.flow:
            edit_flow(draft, node, old, new)
        else:
            _edit_list(draft, pair[0], node, old, new)
    else:
        _put_value(draft, pair, old, new)


def _put_value(draft: Draft, pair: tuple[ScalarNode, Node], old: Value, new: Value) -> None:
    """Put a value in the place of another of which nothing stays."""
    key, node = pair
    if holds_more(node, old):
        raise draft.cannot_edit(node.start)
    if is_inline(new) and (isinstance(node, ScalarNode) or node.flow):
        put_inline(draft, node, old, new, flow=False)
        return
    colon = draft.text.index(":", key.end) + 1
    if draft.line_start(node.start) > key.start:
        draft.delete_lines(node.start, node.end)
    else:
        draft.replace(colon, node.end, "")
    if is_inline(new):
        draft.replace(colon, colon, " " + inline(new))
    else:
        draft.insert_lines(node.end, nested_lines(new, draft.column(key.start) + 2))


def _edit_list(draft: Draft, key: ScalarNode, node: ListNode, old: list[Value], new: list[Value]) -> None:
    dashes = _dashes(draft, node)
    above = key.end
    for step in align(old, new):
        if step.kind == "insert":
            draft.insert_lines(above, _new_entry(draft, dashes[-1], node.items[-1], new[step.new]))
            continue
        item = node.items[step.old]
        above = item.end
        if step.kind == "delete":
            draft.delete_lines(dashes[step.old], item.end)
        elif step.kind == "edit":
            _edit_entry(draft, item, old[step.old], new[step.new])
        elif step.kind == "swap":
            _swap_entry(draft, dashes[step.old], item, new[step.new])


def _edit_entry(draft: Draft, item: Node, old: Value, new: Value) -> None:
    if isinstance(item, MapNode) and not item.flow and isinstance(old, dict) and isinstance(new, dict):
        edit_map(draft, item, old, new)
    else:
        edit_flow(draft, item, old, new)


def _swap_entry(draft: Draft, dash: int, item: Node, new: Value) -> None:
    if isinstance(item, ScalarNode) and not isinstance(new, list | dict):
        put_inline(draft, item, item.text, new, flow=False)
        return
    lines = _new_entry(draft, dash, item, new)
    draft.delete_lines(dash, item.end)
    draft.insert_lines(item.end, lines)


def _new_entry(draft: Draft, dash: int, like: Node, new: Value) -> list[str]:
    """The lines of a new entry, set like an existing one whose dash stands at this offset."""
    indent = draft.column(dash)
    same_line = draft.next_line(dash) == draft.next_line(like.start)
    gap = like.start - dash - 1 if same_line and like.start > dash else _USUAL_GAP
    gap = gap if 0 < gap <= _WIDEST_GAP else _USUAL_GAP
    lead = " " * indent + "-" + " " * gap
    if isinstance(new, dict) and isinstance(like, MapNode) and like.flow:
        return [lead + inline(new)]
    if isinstance(like, ScalarNode) and not isinstance(new, list | dict):
        return [lead + write_scalar(new, like=chosen_style(like))]
    return entry_lines(new, indent, gap)


def _dashes(draft: Draft, node: ListNode) -> list[int]:
    """The offset of each entry's dash."""
    column = draft.column(node.start)
    found = [node.start]
    for before, item in zip(node.items, node.items[1:]):
        line = draft.next_line(before.end)
        while not draft.text.startswith(" " * column + "-", line):
            line = draft.next_line(line)
            if line > item.start:
                raise draft.cannot_edit(item.start)
        found.append(line + column)
    return found
