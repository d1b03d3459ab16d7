"""Lists of which two sides added, changed and took out entries, united where that is unambiguous."""

from collections.abc import Hashable, Sequence
from typing import Any

from tracker.model.merging_values import CONFLICT, Three, merge_values
from tracker.model.records import Item, Owner, Person

_Keyed = dict[Hashable, Any]


def merge_lists(three: Three[Sequence[Any]], *, first_counts: bool = False) -> Any:
    """The united list as a tuple, or CONFLICT.

    People are known by name, items by number, owners by key, texts by themselves. A conflict is: the same
    entry changed both ways, changed here and taken out there, or replaced by different ones; entries that
    stand twice; two new orders; and, where the first entry counts, two different first ones.
    """
    keyed = Three(*({_key(entry): entry for entry in entries} for entries in three))
    if any(len(keys) != len(entries) for keys, entries in zip(keyed, three, strict=True)) or _replaced_twice(keyed):
        return CONFLICT
    order = _order(Three(*map(list, keyed)))
    if order is CONFLICT:
        return CONFLICT
    entries = [_merged_entry(Three(*(keys.get(key) for keys in keyed))) for key in order]
    if any(entry is CONFLICT for entry in entries):
        return CONFLICT
    united = tuple(entry for entry in entries if entry is not None)
    if first_counts and merge_values(Three(*(entries[:1] for entries in three))) != united[:1]:
        return CONFLICT
    return united


def _key(entry: Any) -> Hashable:
    match entry:
        case Person():
            return entry.name
        case Item():
            return entry.number
        case Owner():
            return entry.key
    text: str = entry
    return text


def _replaced_twice(keyed: Three[_Keyed]) -> bool:
    """Whether both sides took out the same entry and put in others: perhaps each in its place."""
    ours, base, theirs = (set(keys) for keys in keyed)
    both_took_out = base - ours - theirs
    return bool(both_took_out) and bool(ours - base) and bool(theirs - base) and ours - base != theirs - base


def _merged_entry(three: Three[Any]) -> Any:
    """The entry; None if it was taken out; CONFLICT."""
    merged = merge_values(three)
    if merged is not CONFLICT or None in three or isinstance(three.base, str):
        return merged
    fields = [_merged_field(Three(*values)) for values in zip(*three, strict=True)]
    return CONFLICT if any(field is CONFLICT for field in fields) else type(three.base)(*fields)


def _merged_field(three: Three[Any]) -> Any:
    merged = merge_values(three)
    return merge_lists(three) if merged is CONFLICT and type(three.base) is tuple else merged


def _order(keys: Three[list[Hashable]]) -> Any:
    """The keys of both sides, in the order of the side that has a new one, ours before theirs; or CONFLICT."""
    common = set(keys.ours) & set(keys.base) & set(keys.theirs)
    orders = Three(*([key for key in side if key in common] for side in keys))
    order = merge_values(orders)
    if order is CONFLICT:
        return CONFLICT
    if order == orders.ours:
        return _woven(keys.ours, keys.theirs)
    return _woven(keys.theirs, keys.ours, before=True)


def _woven(main: list[Hashable], other: list[Hashable], *, before: bool = False) -> list[Hashable]:
    """`main` with what only `other` has, each below what it stands below there.

    Where both have something new in one place, that of `other` comes last unless `before`.
    """
    result = list(main)
    known = set(main)
    place = 0
    for key in other:
        if key in known:
            place = result.index(key) + 1
            continue
        while not before and place < len(result) and result[place] not in other:
            place += 1
        result.insert(place, key)
        place += 1
    return result
