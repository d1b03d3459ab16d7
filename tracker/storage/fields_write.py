"""From a record to the plain values of its file, in the order in which a new file has them (design: section 2)."""

from collections.abc import Iterable

from tracker.model.records import (
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
from tracker.storage.fields_read import MOVES
from tracker.storage.wording import NO_DAY
from tracker.storage.yaml_scalars import Fields, Value


def to_fields(record: Record) -> Fields:
    """The values of a record's file under every key that its kind can have; None where it has no value."""
    if isinstance(record, Action):
        return _action(record)
    if isinstance(record, Meeting):
        return _meeting(record)
    return _board(record) if isinstance(record, Board) else _settings(record)


def _action(action: Action) -> Fields:
    return {
        "text": action.text,
        "item": action.item,
        "owners": _texts(action.owners),
        "due": action.due,
        "due_said": action.due_said,
        "status": action.status,
        "tags": _texts(action.tags),
        "restricted": True if action.restricted else None,
        "follows": str(action.follows) if action.follows else None,
        "formerly": _texts(map(str, action.formerly)),
        "history": [_event(event) for event in action.history] or None,
    }


def _event(event: Event) -> Fields:
    return {
        "date": event.date,
        "event": event.event,
        "meeting": str(event.meeting) if event.meeting else None,
        "from": _changed(event.event, event.before),
        "from_said": event.before_said,
        "to": _changed(event.event, event.after),
        "to_said": event.after_said,
        "route": event.route,
        "note": event.note,
    }


def _changed(kind: EventKind, value: EventValue) -> Value:
    if value is None:
        return NO_DAY if kind in MOVES else None
    return list(value) if isinstance(value, tuple) else value


def _meeting(meeting: Meeting) -> Fields:
    return {
        "status": meeting.status,
        "postponed_to": meeting.postponed_to,
        "time": meeting.time,
        "ends": meeting.ends,
        "venue": meeting.venue,
        "attendees": _people(meeting.attendees),
        "apologies": _people(meeting.apologies),
        "items": _items(meeting.items),
    }


def _board(board: Board) -> Fields:
    return {
        "title": board.title,
        "chair": board.chair,
        "members": _people(board.members),
        "agenda": _items(board.agenda),
        "note": board.note,
        "author": board.author,
        "classification": board.classification,
        "publish": board.publish,
    }


def _settings(settings: Settings) -> Fields:
    owners: Fields = {owner.key: _owner(owner) for owner in settings.owners}
    return {
        "title": settings.title or None,
        "owners": owners or None,
        "commit": None if settings.commit else False,
    }


def _owner(owner: Owner) -> Fields:
    return {"name": owner.name, "aliases": _texts(owner.aliases), "email": owner.email}


def _people(people: Iterable[Person]) -> Value:
    listed: list[Value] = [
        {"name": person.name, "role": person.role, "organisation": person.organisation} for person in people
    ]
    return listed or None


def _items(items: Iterable[Item]) -> Value:
    listed: list[Value] = [
        {"number": item.number, "title": item.title, "lead": item.lead, "restricted": True if item.restricted else None}
        for item in items
    ]
    return listed or None


def _texts(texts: Iterable[str]) -> Value:
    listed: list[Value] = [*texts]
    return listed or None
