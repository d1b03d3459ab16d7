"""Records as the index keeps them: plain values that Python's own `marshal` writes and reads fast.

Days are counted from 1 January of the year 1; every other value is a text, a flag or nothing. What is
packed is what was read from a file, so unpacking it gives a record equal to that.
"""

import marshal
from datetime import date
from typing import Any, Final, cast

from tracker.model.records import Action, Board, Event, EventValue, Item, Meeting, Owner, Person, Record, Settings
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, Ref
from tracker.model.state import State, Word

_FORM: Final = 2


class _Days(dict[int | str | None, Any]):
    """The days by their numbers, one value for each: the same ones stand in many records. Words and None stay."""

    def __missing__(self, number: int | str | None) -> Any:
        day = self[number] = date.fromordinal(number) if isinstance(number, int) else number
        return day


class _Meetings(dict[tuple[str, int, str], MeetingRef]):
    """The meetings that events name, likewise."""

    def __missing__(self, packed: tuple[str, int, str]) -> MeetingRef:
        board, day, sitting = packed
        meeting = self[packed] = MeetingRef(board, _DAYS[day], sitting)
        return meeting


_DAYS: Final = _Days()
_MEETINGS: Final = _Meetings()


def pack(record: Record) -> bytes:
    """The record without its reference, which its path says."""
    match record:
        case Action():
            values = _action(record)
        case Meeting():
            people = (tuple(map(tuple, record.attendees)), tuple(map(tuple, record.apologies)))
            values = (
                record.status, _number(record.postponed_to), record.time, record.ends, record.venue,
                *people, tuple(map(tuple, record.items)),
            )  # fmt: skip
        case Board():
            lists = (tuple(map(tuple, record.members)), tuple(map(tuple, record.agenda)))
            values = (record.title, record.chair, *lists, record.note, *record[6:])
        case Settings():
            values = (record.title, tuple(map(tuple, record.owners)), record.commit)
    return marshal.dumps(values, _FORM)


def unpack(ref: Ref, card: bytes) -> Record:
    """The record of this reference that was packed so."""
    if isinstance(ref, ActionRef):
        return unpack_action(ref, card)
    values = marshal.loads(card)
    if isinstance(ref, MeetingRef):
        status, postponed_to, time, ends, venue, attendees, apologies, items = values
        return Meeting(
            ref, status, _DAYS[postponed_to], time, ends, venue, _people(attendees), _people(apologies), _items(items)
        )
    if ref == REGISTER_PATH:
        title, owners, commit = values
        return Settings(title, tuple(Owner(*owner) for owner in owners), commit)
    title, chair, members, agenda, *rest = values
    return Board(ref, title, chair, _people(members), _items(agenda), *rest)


def unpack_action(ref: ActionRef, card: bytes) -> Action:
    """The action of this reference that was packed so."""
    text, owners, due, due_said, status, item, tags, restricted, follows, formerly, history = marshal.loads(card)
    return Action(
        ref, text, owners, _DAYS[due], due_said, status, item, tags, restricted,
        _as_ref(follows) if follows else None, tuple(map(_as_event, history)) if history else (),
        tuple(map(_as_ref, formerly)) if formerly else (),
    )  # fmt: skip


def pack_state(state: State) -> bytes:
    """The state of an action."""
    text, owners, due, due_said, status, by_hand, original, carried, proposed, discharged, route, outcome, word = state
    said = (word.day.toordinal(), word.event, word.note) if word else None
    days = (_number(original), carried, _number(proposed), _number(discharged))
    return marshal.dumps((text, owners, _value(due), due_said, status, by_hand, *days, route, outcome, said), _FORM)


def unpack_state(packed: bytes) -> State:
    """The state that was packed so."""
    values = marshal.loads(packed)
    text, owners, due, due_said, status, by_hand, original, carried, proposed, discharged, route, outcome, said = values
    return State(
        text, owners, _DAYS[due], due_said, status, by_hand, _DAYS[original], carried, _DAYS[proposed],
        _DAYS[discharged], route, outcome, Word(_DAYS[said[0]], said[1], said[2]) if said else None,
    )  # fmt: skip


def _action(action: Action) -> tuple[Any, ...]:
    return (
        action.text, action.owners, _value(action.due), action.due_said, action.status, action.item, action.tags,
        action.restricted, _ref(action.follows), tuple(map(_ref, action.formerly)), tuple(map(_event, action.history)),
    )  # fmt: skip


def _event(event: Event) -> tuple[Any, ...]:
    meeting = event.meeting
    return (
        event.date.toordinal(), event.event, (meeting[0], meeting[1].toordinal(), meeting[2]) if meeting else None,
        _value(event.before), _value(event.after), event.before_said, event.after_said, event.route, event.note,
    )  # fmt: skip


def _as_event(values: tuple[Any, ...]) -> Event:
    day, kind, meeting, before, after, before_said, after_said, route, note = values
    return Event(
        _DAYS[day], kind, _MEETINGS[meeting] if meeting else None,
        before if before is None else _as_value(before), after if after is None else _as_value(after),
        before_said, after_said, route, note,
    )  # fmt: skip


def _number(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def _value(value: EventValue) -> Any:
    return value.toordinal() if isinstance(value, date) else value


def _as_value(value: Any) -> EventValue:
    return _DAYS[value] if isinstance(value, int) else cast(EventValue, value)


def _ref(ref: ActionRef | None) -> tuple[str, int, str, int] | None:
    return (ref.meeting.board, ref.meeting.day.toordinal(), ref.meeting.sitting, ref.number) if ref else None


def _as_ref(values: tuple[str, int, str, int]) -> ActionRef:
    return ActionRef(_MEETINGS[values[:3]], values[3])


def _people(values: tuple[tuple[Any, ...], ...]) -> tuple[Person, ...]:
    return tuple(Person(*each) for each in values)


def _items(values: tuple[tuple[Any, ...], ...]) -> tuple[Item, ...]:
    return tuple(Item(*each) for each in values)
