"""From the fields of a file to a record, quickly or with care: what each field must be (design: section 2)."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tracker.errors import Problem
from tracker.model.records import (
    EVENTS,
    MEETING_STATUSES,
    PUBLISH,
    ROUTES,
    STATUSES,
    Action,
    Board,
    Event,
    EventKind,
    EventValue,
    Item,
    Meeting,
    Owner,
    Person,
    Record,
    Settings,
)
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, Ref, path_of
from tracker.storage.fields_usual import Unusual, UsualFields
from tracker.storage.yaml_usual import usual_values

if TYPE_CHECKING:
    from tracker.storage.fields_reader import FieldReader
    from tracker.storage.yaml_nodes import MapNode

    Fields = FieldReader | UsualFields

MOVES = frozenset(("carried forward", "re-dated"))
"""The events whose `from` and `to` are due days."""

_ACTION = (
    "text", "item", "owners", "due", "due_said", "status", "tags", "restricted", "follows", "formerly", "history",
)  # fmt: skip
_EVENT = ("date", "event", "meeting", "from", "from_said", "to", "to_said", "route", "note")
_MEETING = ("status", "postponed_to", "time", "ends", "venue", "attendees", "apologies", "items")
_PERSON = ("name", "role", "organisation")
_ITEM = ("number", "title", "lead", "restricted")
_BOARD = ("title", "chair", "members", "agenda", "note", "author", "classification", "publish")
_OWNER = ("name", "aliases", "email")
_SETTINGS = ("title", "owners", "commit")


def from_node(ref: Ref, node: "MapNode") -> tuple[Record | None, list[Problem]]:
    """The record that a file says, and all that is wrong in it.

    `ref` says which record it is (a board by its key, `register.yaml` by its path). The record is None
    if any of the problems is an error. Keys that are not known are passed over; one that is close to a
    known key is a warning.
    """
    # only for what is not in the usual form
    from tracker.storage.fields_reader import Doubts, FieldReader

    doubts = Doubts(path_of(ref))
    record = _record(ref, lambda known: FieldReader(doubts, node, known))
    return (None if doubts.fatal else record), doubts.problems


def from_usual(ref: Ref, content: bytes) -> Record | None:
    """The record that the bytes of the file of `ref` say, if they are in the usual form and nothing is wrong in them.

    It is the record that `from_node` would return without any problem. None says nothing about the file,
    only that it must be read with care.
    """
    values = usual_values(content)
    if values is None:
        return None
    try:
        return _record(ref, lambda known: UsualFields(values, known))
    except Unusual:
        return None


def _record(ref: Ref, fields: "Callable[[Sequence[str]], Fields]") -> Record:
    if isinstance(ref, ActionRef):
        return _action(ref, fields(_ACTION))
    if isinstance(ref, MeetingRef):
        return _meeting(ref, fields(_MEETING))
    if ref == REGISTER_PATH:
        return _settings(fields(_SETTINGS))
    return _board(ref, fields(_BOARD))


def _action(ref: ActionRef, fields: "Fields") -> Action:
    return Action(
        ref=ref,
        text=fields.required_text("text", "Write after `text:` what is to be done"),
        owners=fields.texts("owners"),
        due=fields.due("due"),
        due_said=fields.text("due_said"),
        status=fields.word("status", STATUSES) or "open",
        item=fields.text("item"),
        tags=fields.texts("tags"),
        restricted=fields.flag("restricted") or False,
        follows=fields.action("follows"),
        formerly=fields.actions("formerly"),
        history=tuple(_event(entry) for entry in fields.entries("history", _EVENT)),
    )


def _event(fields: "Fields") -> Event:
    kind = fields.required_word("event", EVENTS)
    return Event(
        date=fields.required_day("date", "Write after `date:` the day it happened"),
        event=kind or "update",
        meeting=fields.meeting("meeting"),
        before=_changed(fields, kind, "from"),
        after=_changed(fields, kind, "to"),
        before_said=fields.text("from_said"),
        after_said=fields.text("to_said"),
        route=fields.word("route", ROUTES),
        note=fields.text("note"),
    )


def _changed(fields: "Fields", kind: EventKind | None, key: str) -> EventValue:
    """What an event's `from` or `to` says; its kind of value hangs on the kind of event."""
    if kind is None:
        return None
    if kind in MOVES:
        return fields.due(key, says_none=True)
    if kind == "reassigned":
        return fields.required_texts(key)
    if kind == "reworded":
        return fields.required_text(key, f"Write after `{key}:` the text of the action that it was changed {key}")
    fields.unused(key, f"an event `{kind}` has none")
    return None


def _meeting(ref: MeetingRef, fields: "Fields") -> Meeting:
    return Meeting(
        ref=ref,
        status=fields.word("status", MEETING_STATUSES) or "scheduled",
        postponed_to=fields.day("postponed_to"),
        time=fields.time("time"),
        ends=fields.time("ends"),
        venue=fields.text("venue"),
        attendees=_people(fields, "attendees"),
        apologies=_people(fields, "apologies"),
        items=_items(fields, "items"),
    )


def _board(key: str, fields: "Fields") -> Board:
    return Board(
        key=key,
        title=fields.required_text("title", "Write after `title:` the name of the board"),
        chair=fields.text("chair"),
        members=_people(fields, "members"),
        agenda=_items(fields, "agenda"),
        note=fields.text("note"),
        author=fields.text("author"),
        classification=fields.text("classification"),
        publish=fields.word("publish", PUBLISH),
    )


def _settings(fields: "Fields") -> Settings:
    commit = fields.flag("commit")
    return Settings(
        title=fields.text("title") or "",
        owners=tuple(_owner(key, entry) for key, entry in fields.named_entries("owners", _OWNER)),
        commit=True if commit is None else commit,
    )


def _owner(key: str, fields: "Fields") -> Owner:
    name = fields.required_text("name", "Write after `name:` the owner's full name")
    return Owner(key, name, fields.texts("aliases"), fields.text("email"))


def _people(fields: "Fields", key: str) -> tuple[Person, ...]:
    return tuple(
        Person(
            name=entry.required_text("name", "Write after `name:` who it is"),
            role=entry.text("role"),
            organisation=entry.text("organisation"),
        )
        for entry in fields.entries(key, _PERSON)
    )


def _items(fields: "Fields", key: str) -> tuple[Item, ...]:
    return tuple(
        Item(
            number=entry.required_text("number", 'Write after `number:` the number of the item, like "3i"'),
            title=entry.required_text("title", "Write after `title:` the name of the item"),
            lead=entry.text("lead"),
            restricted=entry.flag("restricted") or False,
        )
        for entry in fields.entries(key, _ITEM)
    )
