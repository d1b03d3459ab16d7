"""Differences between two versions of the register, said as a board member reads them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from tracker.model.changes.draft import counted, first_words, listed
from tracker.model.changes.due_days import nth
from tracker.model.dates import long_day
from tracker.model.difference import Difference, called
from tracker.model.records import NEXT_MEETING, Event, EventValue
from tracker.renderers.words import SayDay, cell_words, event_words

_NAMES: Final = {"due": "due day", "owners": "owner", "postponed_to": "new day"}
_SOLE: Final[dict[str, str]] = {
    "history reordered": "HISTORY PUT IN ANOTHER ORDER",
    "restricted": "restricted",
    "unrestricted": "no longer restricted",
    "meeting added": "meeting added",
    "board added": "board added",
    "register added": "register made",
    "owner added": "owner added",
    "owner removed": "owner taken out",
    "readable again": "can be read again; what changed meanwhile cannot be told",
    "rewritten": "written differently; what it says is the same",
    "scheduled": "to take place after all",
    "held": "held",
    "cancelled": "cancelled",
}
_LOUD: Final = (
    ("deleted", "record DELETED", "records DELETED"),
    ("unreadable", "record CANNOT BE READ", "records CANNOT BE READ"),
    ("history changed", "history entry CHANGED", "history entries CHANGED"),
    ("history removed", "history entry REMOVED", "history entries REMOVED"),
    ("history reordered", "history PUT IN ANOTHER ORDER", "histories PUT IN ANOTHER ORDER"),
)  # fmt: skip
_OF_ACTIONS: Final = (
    "raised", "discharged", "proposed", "carried forward", "re-dated", "withdrawn", "reopened", "reassigned",
    "reworded", "corrected", "restricted", "unrestricted",
)  # fmt: skip
_SAID_OTHERWISE: Final = {"unrestricted": "no longer restricted"}
_NAMED_ALONE: Final = frozenset({"carried forward", "re-dated"})
_OF_OTHERS: Final = (
    ("update", "update noted", "updates noted"),
    ("meeting added", "meeting added", "meetings added"),
    ("held", "meeting held", "meetings held"),
    ("postponed", "meeting postponed", "meetings postponed"),
    ("cancelled", "meeting cancelled", "meetings cancelled"),
    ("scheduled", "meeting to take place after all", "meetings to take place after all"),
    ("moved", "meeting moved to another day", "meetings moved to another day"),
    ("board added", "board added", "boards added"),
    ("register added", "register made", "registers made"),
    ("owner added", "owner added", "owners added"),
    ("owner removed", "owner taken out", "owners taken out"),
    ("tags", "action tagged differently", "actions tagged differently"),
    ("field", "other field changed", "other fields changed"),
    ("readable again", "record can be read again", "records can be read again"),
    ("rewritten", "record written differently", "records written differently"),
)  # fmt: skip
_BY_HAND: Final = "changed by hand without a history entry"


def summary(differences: Sequence[Difference]) -> str:
    """All of it in one line: `2 actions raised, 3 discharged (1 out of meeting), 1 owner changed by hand …`.

    What must not be overlooked comes first.
    """
    if not differences:
        return "Nothing changed in the register."
    kinds: Counter[str] = Counter(difference.kind for difference in differences)
    parts = [
        *_counts(kinds, _LOUD),
        *_actions(differences),
        *_counts(kinds, _OF_OTHERS),
        *_hand_made(differences),
    ]
    return f"{', '.join(parts)}."


def what_words(difference: Difference, say_day: SayDay) -> str:
    """What became of one record or field: `carried forward from 25 Feb 2026 to 10 Jun 2026 (second time)`."""
    kind, event = difference.kind, difference.event
    if kind in _SOLE:
        return _SOLE[kind]
    if kind == "history removed" and difference.was:
        return f"HISTORY ENTRY REMOVED: {_entry(difference.was, say_day)}"
    if kind == "history changed" and difference.was and event:
        return f"HISTORY ENTRY CHANGED from {_entry(difference.was, say_day)} to {_entry(event, say_day)}"
    if event is not None:
        turn = f" ({nth(difference.turn)} time)" if difference.turn else ""
        return event_words(event, say_day) + turn
    return _other(difference, say_day)


def subject_words(difference: Difference) -> str:
    """What it is about: a new action's whole text, the first words of one that is known."""
    return difference.subject if difference.kind == "raised" else first_words(difference.subject)


def note_words(difference: Difference) -> str:
    """What was said with it, or what to do about it."""
    if difference.problem is not None and difference.kind == "unreadable":
        return difference.problem.advice
    return (difference.event.note if difference.event else None) or ""


def undone_words(difference: Difference, say_day: SayDay) -> str:
    """What an undo did: the program put it back, nobody's hand, and nothing of the record was lost."""
    words = what_words(difference, say_day).replace(_BY_HAND, "put back")
    return words.replace("HISTORY ENTRY REMOVED", "history entry taken out").replace("RECORD DELETED", "taken out")


def printed(difference: Difference) -> str:
    """The record's reference, as tables print it."""
    return called(difference.ref).upper()


def _other(difference: Difference, say_day: SayDay) -> str:
    match difference.kind:
        case "raised":
            owners = cell_words(difference.after, say_day)
            due = _value(difference.due, difference.after_said, say_day)
            return f"raised for {owners or 'no owner'}, {'due ' + due if due else 'without a due day'}"
        case "by hand":
            return f"{_name(difference.field)} {_BY_HAND}{_from_to(difference, say_day)}"
        case "postponed":
            to = cell_words(difference.after, say_day)
            return f"postponed to {to}" if to else "postponed, to a day not yet known"
        case "moved":
            return f"moved from {difference.moved_from}"
        case "deleted":
            return "RECORD DELETED"
        case "unreadable":
            return f"CANNOT BE READ: {_problem(difference)}"
        case _:
            return _field(difference, say_day)


def _field(difference: Difference, say_day: SayDay) -> str:
    name, before, after = _name(difference.field), difference.before, difference.after
    if isinstance(before, tuple) and isinstance(after, tuple):
        said = [f"{verb} {listed(entries)}" for verb, entries in _sides(before, after) if entries]
        return f"{name}: {'; '.join(said) or 'another order'}"
    if before is None and after is None:
        return f"{name} changed"
    if before is None:
        return f"{name} set to {cell_words(after, say_day)}"
    return f"{name} {'taken out' if after is None else 'changed'}{_from_to(difference, say_day)}"


def _sides(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    yield "added", list((Counter(after) - Counter(before)).elements())
    yield "taken out", list((Counter(before) - Counter(after)).elements())


def _from_to(difference: Difference, say_day: SayDay) -> str:
    before = _value(difference.before, difference.before_said, say_day)
    after = _value(difference.after, difference.after_said, say_day)
    return f", from {before or 'none'} to {after or 'none'}"


def _value(value: EventValue, said: str | None, say_day: SayDay) -> str:
    words = cell_words(value, say_day)
    return f"{words} ({said})" if said and words else words or said or ""


def _entry(event: Event, say_day: SayDay) -> str:
    note = f" “{event.note}”" if event.note else ""
    return f"{say_day(event.date)}, {event_words(event, say_day)}{note}"


def _problem(difference: Difference) -> str:
    problem = difference.problem
    if problem is None:
        return ""
    return problem.message if problem.line is None else f"line {problem.line}, {problem.message}"


def _name(field: str) -> str:
    return _NAMES.get(field, field.replace("_", " "))


def _counts(kinds: Counter[str], phrases: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for kind, one, several in phrases:
        if kinds[kind]:
            yield f"{kinds[kind]} {one if kinds[kind] == 1 else several}"


def _actions(differences: Sequence[Difference]) -> Iterator[str]:
    """`2 actions raised`, `3 discharged`: the first one says what it counts."""
    noun = True
    for kind in _OF_ACTIONS:
        found = [difference for difference in differences if difference.kind == kind]
        if len(found) == 1 and kind in _NAMED_ALONE:
            yield _named(found[0])
        elif found:
            count = counted(len(found), "action") if noun else str(len(found))
            noun = False
            yield f"{count} {_SAID_OTHERWISE.get(kind, kind)}{_out_of_meeting(found)}"


def _named(difference: Difference) -> str:
    event = difference.event
    assert event is not None
    to = _due(event)
    turn = f" ({nth(difference.turn)} time)" if difference.turn else ""
    return f"{difference.ref} {event.event} to {to}{turn}"


def _due(event: Event) -> str:
    if event.after == NEXT_MEETING:
        return "the next meeting"
    return long_day(event.after) if isinstance(event.after, date) else "no due day"


def _out_of_meeting(found: Sequence[Difference]) -> str:
    number = sum(
        one.kind == "discharged" and one.event is not None and one.event.route == "out of meeting" for one in found
    )
    return f" ({number} out of meeting)" if number else ""


def _hand_made(differences: Sequence[Difference]) -> Iterator[str]:
    fields = Counter(difference.field for difference in differences if difference.kind == "by hand")
    for field, number in sorted(fields.items()):
        name = _name(field)
        several = "statuses" if name == "status" else f"{name}s"
        yield f"{number} {name if number == 1 else several} {_BY_HAND}"
