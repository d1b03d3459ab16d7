"""Two changes of one record, made apart from each other, united field by field.

What only one side changed is taken from it. What both changed in different ways is a conflict, and so
is whatever would leave the record at odds with its own history. Nothing is chosen between two sides.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.checks import check
from tracker.model.merging_history import Touched, closed_over, same_words, touched_by_both, united
from tracker.model.merging_lists import merge_lists
from tracker.model.merging_values import CONFLICT, Three, merge_values
from tracker.model.records import Action, Board, Meeting, Record, Register, Settings

# Fields that mean something only together: one side's day with the other side's words would be a third thing.
_TOGETHER: Final[dict[type, tuple[tuple[str, ...], ...]]] = {
    Action: (("due", "due_said"),),
    Meeting: (("status", "postponed_to"),),
}
_NAMES: Final = frozenset({"ref", "key"})
_TRACKED: Final[dict[str, Touched]] = {"text": "text", "owners": "owners", "due": "due", "status": "status"}


class Merged(NamedTuple):
    """Both sides united as far as they can be.

    `conflicts` names the fields that were changed both ways. The three records are the same but for
    these, where each says what its side says; without conflicts each is the merged record. Where the
    changes only contradict each other once both stand, the three are as they came.
    """

    ours: Record
    base: Record
    theirs: Record
    conflicts: tuple[str, ...] = ()


def merge(base: Record, ours: Record, theirs: Record) -> Merged:
    """Unite what two sides made of the same record. All three have the same reference.

    Fields that the history implies agree with the united history, or there is a conflict: in the merged
    record `tracker check` finds nothing that it does not find on one of the sides.
    """
    three = Three(ours, base, theirs)
    values = {group: _merged_group(three, group) for group in _groups(base)}
    clashing = {group for group, value in values.items() if value is CONFLICT}
    tracks = _clashing_tracks(three, clashing)
    clashing |= {group for group in values if _TRACKED.get(group[0]) in tracks}
    merged = Three(*(_version(three, side, values, clashing, tracks) for side in range(3)))
    names = _differing(merged.ours, merged.theirs)
    if names:
        return Merged(merged.ours, merged.base, merged.theirs, names)
    wrong = _contradictions(three, merged.ours)
    if wrong:
        return Merged(ours, base, theirs, wrong)
    return Merged(merged.ours, merged.ours, merged.ours)


def _differing(one: Record, other: Record) -> tuple[str, ...]:
    return tuple(name for name in one._fields if getattr(one, name) != getattr(other, name))


def _groups(record: Record) -> Iterator[tuple[str, ...]]:
    together = _TOGETHER.get(type(record), ())
    joined = {name for group in together for name in group}
    for name in record._fields:
        group = next((group for group in together if group[0] == name), None)
        if group:
            yield group
        elif name not in joined and name not in _NAMES and name != "history":
            yield (name,)


def _merged_group(three: Three[Record], group: tuple[str, ...]) -> Any:
    """The values of the group's fields, or CONFLICT."""
    values = Three(*(tuple(getattr(record, name) for name in group) for record in three))
    merged = merge_values(values)
    # A reference is a tuple as well, but no list.
    if merged is not CONFLICT or len(group) > 1 or any(type(value[0]) is not tuple for value in values):
        return merged
    lists = Three(*(value[0] for value in values))
    entries = merge_lists(lists, first_counts=group == ("owners",) and isinstance(three.base, Action))
    return CONFLICT if entries is CONFLICT else (entries,)


def _clashing_tracks(three: Three[Record], clashing: set[tuple[str, ...]]) -> frozenset[Touched]:
    """What both sides decided about, each in its own way, with all that hangs together with it."""
    if not isinstance(three.base, Action):
        return frozenset()
    histories = _histories(three)
    tracks = {_TRACKED[group[0]] for group in clashing if group[0] in _TRACKED}
    found = closed_over(histories, touched_by_both(histories) | tracks)
    return found if _decided(histories, found) else frozenset()


def _histories(three: Three[Record]) -> Three[Any]:
    return Three(*(getattr(record, "history") for record in three))


def _decided(histories: Three[Any], tracks: frozenset[Touched]) -> bool:
    """Whether leaving out what touches these makes a difference to the history."""
    return any(united(histories, 0, tracks) != united(histories, side, tracks) for side in (1, 2))


def _version(
    three: Three[Record],
    side: int,
    values: dict[tuple[str, ...], Any],
    clashing: set[tuple[str, ...]],
    tracks: frozenset[Touched],
) -> Record:
    """The merged record with this side's values where the sides clash."""
    fields: dict[str, Any] = {}
    for group, merged in values.items():
        own = tuple(getattr(three[side], name) for name in group)
        fields.update(zip(group, own if group in clashing else merged, strict=True))
    if isinstance(three.base, Action):
        fields["history"] = united(_histories(three), side, tracks)
    record: Record = three.base._replace(**fields)
    return record


def _contradictions(three: Three[Record], merged: Record) -> tuple[str, ...]:
    """The fields that cannot be right once both changes stand, though each was right on its own side."""
    known = {message for record in three[::2] for message, _ in _findings(record)}
    wrong = [field for message, field in _findings(merged) if message not in known]
    if isinstance(merged, Action) and not same_words(_histories(three), merged.history):
        wrong.append("history")
    return tuple(dict.fromkeys(wrong))


def _findings(record: Record) -> list[tuple[str, str]]:
    found = check(_alone(record), date.max)
    return [(finding.message, str(finding.field[0]) if finding.field else "status") for finding in found]


def _alone(record: Record) -> Register:
    make: dict[type, Callable[[Any], Register]] = {
        Action: lambda action: Register(actions={action.ref: action}),
        Meeting: lambda meeting: Register(meetings={meeting.ref: meeting}),
        Board: lambda board: Register(boards={board.key: board}),
        Settings: lambda settings: Register(settings=settings),
    }
    return make[type(record)](record)
