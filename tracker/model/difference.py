"""One difference between two versions of a register, in the words of the board, as a value."""

from collections.abc import Iterator
from typing import Final, Literal, NamedTuple

from tracker.errors import Problem
from tracker.model.records import Event, EventKind, EventValue, Item, Person, Record
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, Ref

Version = Record | Problem | None
"""One side of a comparison: the record, what keeps it from being read, or None where there is none."""

Kind = Literal[
    EventKind,
    "raised", "by hand", "tags", "restricted", "unrestricted",
    "history changed", "history removed", "history reordered",
    "meeting added", "scheduled", "held", "postponed", "cancelled", "moved",
    "board added", "register added", "owner added", "owner removed",
    "field", "deleted", "unreadable", "readable again", "rewritten",
]  # fmt: skip

LOUD: Final[frozenset[str]] = frozenset(
    {"history changed", "history removed", "history reordered", "deleted", "unreadable"}
)
"""What no command does, and a reviewer must not overlook."""


class Difference(NamedTuple):
    """What became of one record, or of one field of it.

    `kind` is the kind of the event that is new in the history, or what happened besides. `subject` is the
    action's text, or the title or name of what else it is; `ref` is the register's path for `register.yaml`.
    For `by hand` and `field`, `field` is the field's name and `before` and `after` are its two values;
    people and items are texts there. For `raised`, `after`, `due` and `after_said` are the owners, the due day
    and the words for it that the action was raised with. `event` is the new or changed history entry, `was`
    what stood in its place; `turn` counts the times that an action has been carried forward. `moved_from` is
    the meeting's old day, and `problem` says why a record cannot be read.
    """

    ref: Ref
    kind: Kind
    subject: str = ""
    event: Event | None = None
    was: Event | None = None
    turn: int = 0
    field: str = ""
    before: EventValue = None
    after: EventValue = None
    before_said: str | None = None
    after_said: str | None = None
    due: EventValue = None
    moved_from: MeetingRef | None = None
    problem: Problem | None = None

    @property
    def loud(self) -> bool:
        return self.kind in LOUD


def called(ref: Ref) -> str:
    """A record's reference as it is printed; `register` for the register's own file."""
    if isinstance(ref, str):
        return "register" if ref == REGISTER_PATH else ref.upper()
    return str(ref)


def in_order(ref: Ref) -> tuple[str | int, ...]:
    """Sorts references: the register, then each board, its meetings, and their actions."""
    if isinstance(ref, ActionRef):
        return (*in_order(ref.meeting), ref.number)
    if isinstance(ref, MeetingRef):
        return (ref.board, ref.day.toordinal(), ref.sitting)
    return () if ref == REGISTER_PATH else (ref,)


def board_of(ref: Ref) -> str | None:
    """The key of the board that a record belongs to; None for the register's own file."""
    if isinstance(ref, ActionRef):
        return ref.meeting.board
    if isinstance(ref, MeetingRef):
        return ref.board
    return None if ref == REGISTER_PATH else ref


def fields(difference: Difference, old: Record, new: Record, names: tuple[str, ...]) -> Iterator[Difference]:
    """A `field` for each of these fields that differ. `difference` says of which record."""
    for name in names:
        before, after = _told(getattr(old, name)), _told(getattr(new, name))
        if before != after:
            yield difference._replace(kind="field", field=name, before=before, after=after)


def _told(value: object) -> EventValue:
    """A field's value as texts: `Tim Smith (Chief Constable, Force)`, `3i Plan delivery (Force)`, `yes`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple) and not isinstance(value, ActionRef | MeetingRef):
        return tuple(_entry(entry) for entry in value)
    return str(value) if isinstance(value, ActionRef | MeetingRef) else value  # type: ignore[return-value]


def _entry(entry: object) -> str:
    if isinstance(entry, Person):
        return _with_more(entry.name, (entry.role, entry.organisation))
    return _with_more(f"{entry.number} {entry.title}", (entry.lead,)) if isinstance(entry, Item) else str(entry)


def _with_more(name: str, more: tuple[str | None, ...]) -> str:
    said = ", ".join(part for part in more if part)
    return f"{name} ({said})" if said else name
