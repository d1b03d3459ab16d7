"""What two clones did to the same record in different ways, in the words of the board."""

from collections.abc import Iterator, Mapping
from datetime import date

from tracker.errors import Problem, TrackerError
from tracker.git.comparing import Content, content_of, version
from tracker.git.objects import contents
from tracker.git.revisions import Clone
from tracker.git.staging import Sides
from tracker.model.dates import long_day
from tracker.model.difference import Version, called
from tracker.model.merging import merge
from tracker.model.merging_values import Three
from tracker.model.records import Event, Record
from tracker.model.references import Ref
from tracker.storage.places import ref_at
from tracker.storage.wording import visible


class Conflict(TrackerError):
    """Two sides that cannot be united without a person; nothing was changed. `details` says what, line by line."""

    def __init__(self, sentence: str, details: tuple[str, ...]) -> None:
        super().__init__(sentence)
        self.details = details


def conflicts(clone: Clone, sides: Mapping[str, Sides]) -> tuple[str, ...]:
    """What is different in these files, a line or more for each."""
    found = contents(clone.git, (stat.hash for three in sides.values() for stat in three if stat))
    lines: list[str] = []
    for path, three in sorted(sides.items()):
        inside = path.removeprefix(clone.prefix) if path.startswith(clone.prefix) else ""
        ref = ref_at(inside)
        if ref is None:
            lines.append(f"{visible(path)}: here and there the same lines were changed in different ways")
        else:
            lines += _told(ref, Three(*(content_of(stat, found) for stat in three)))
    return tuple(lines)


def _told(ref: Ref, sides: Three[Content]) -> Iterator[str]:
    name = called(ref)
    ours, base, theirs = (version(ref, content) for content in sides)
    if ours is None or theirs is None:
        gone, changed = ("here", "there") if ours is None else ("there", "here")
        yield f"{name}: {changed} it was changed, {gone} it was moved away or deleted"
    elif isinstance(ours, Problem) or isinstance(theirs, Problem):
        where, problem = ("here", ours) if isinstance(ours, Problem) else ("there", theirs)
        yield f"{name}: {where} it cannot be read ({problem.message if isinstance(problem, Problem) else ''})"
    else:
        yield from _fields(name, ours, base, theirs)


def _fields(name: str, ours: Record, base: Version, theirs: Record) -> Iterator[str]:
    """Both values of each field that was changed both ways."""
    fields: tuple[str, ...]
    if base is None or isinstance(base, Problem):
        old: Record | None = None
        fields = tuple(field for field in ours._fields if getattr(ours, field) != getattr(theirs, field))
        yield f"{name} was made here and there, each in its own way"
    else:
        old = base
        fields = _without_echo(merge(base, ours, theirs).conflicts)
    for field in fields:
        before = getattr(old, field) if old is not None else ()
        here, there = (_value(getattr(record, field), before) for record in (ours, theirs))
        yield f"{name}, {field.replace('_', ' ')}: {here} here, {there} there"
    if not fields:
        yield f"{name}: what people wrote around the fields was changed here and there in different ways"


def _without_echo(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields without the history, where that only repeats that one of them was changed."""
    return tuple(field for field in fields if field != "history") or fields


def _value(value: object, before: object) -> str:
    if value is None or value == ():
        return "nothing"
    if isinstance(value, date):
        return long_day(value)
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        known = before if isinstance(before, tuple) else ()
        new = [entry for entry in value if entry not in known] if any(isinstance(e, Event) for e in value) else value
        return ", ".join(map(_entry, new)) or "nothing new"
    return str(value)


def _entry(entry: object) -> str:
    if isinstance(entry, Event):
        words = f"{entry.event} on {long_day(entry.date)}"
        return f"{words} (“{entry.note}”)" if entry.note else words
    named = getattr(entry, "name", None) or getattr(entry, "title", None)
    return str(named or entry)
