"""The calendar: new meetings, and what is recorded of a meeting that was held."""

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.errors import NotFound, Refused
from tracker.model.changes.draft import Change, Draft, Occasion, counted, first_words
from tracker.model.changes.due_days import settle_waiting
from tracker.model.dates import long_day
from tracker.model.owners import find_owner, folded, known_settings, the_owner
from tracker.model.records import Board, Item, Meeting, Person, Register
from tracker.model.references import MeetingRef


class Details(NamedTuple):
    """What is said of a meeting beside its day. None or empty leaves what is there."""

    time: str | None = None
    ends: str | None = None
    venue: str | None = None
    items: Sequence[Item] = ()


class Attendance(NamedTuple):
    """Who attended besides, and who sent apologies; a bare name is that of someone who was expected."""

    attendees: Sequence[Person] = ()
    apologies: Sequence[Person] = ()


def add_meetings(
    register: Register, board: Board, refs: Sequence[MeetingRef], details: Details, occasion: Occasion
) -> Change:
    """Put meetings in the calendar, starting from the board's members and agenda.

    Live actions of the board that wait for the next meeting get its day.
    """
    draft = Draft(register)
    for ref in refs:
        if ref in draft.register.meetings or ref.path in register.broken:
            raise Refused(_there_already(draft.register, ref))
        draft.put(new_meeting(board, ref, details))
        draft.say(f"Added {ref}, {meeting_day(ref, details.time)}")
    say_settled(draft, board.key, occasion)
    return draft.done(f"Added {counted(len(refs), 'meeting')} of {board.key.upper()}")


def new_meeting(board: Board, ref: MeetingRef, details: Details) -> Meeting:
    """A scheduled meeting that starts from the board's members and agenda."""
    return Meeting(
        ref, "scheduled", None, details.time, details.ends, details.venue,
        attendees=board.members, items=_merged(board.agenda, details.items),
    )  # fmt: skip


def say_settled(draft: Draft, board: str, occasion: Occasion) -> None:
    """Settle the waiting actions of the board and say which day each has now."""
    for action in settle_waiting(draft, board, occasion):
        due = draft.register.actions[action.ref].due
        assert isinstance(due, date)
        said = first_words(action.text)
        draft.say(f"{action.ref}, which waited for the next meeting, is due {long_day(due)}: {said}")


def hold(register: Register, meeting: Meeting, details: Details, attendance: Attendance, today: date) -> Change:
    """Record that a meeting took place, who came and what its items were.

    Refused for a meeting to come or one that was postponed or cancelled; NotFound for apologies from a
    name that was not expected and comes without role.
    """
    if meeting.ref.day > today:
        day = long_day(meeting.ref.day)
        raise Refused(f"{meeting.ref} is still to come; on {day} or later it can be marked as held.")
    if not meeting.stands:
        raise Refused(
            f"{meeting.ref} was {meeting.status}. If it met after all: tracker meeting reinstate {meeting.ref}"
        )
    held = _attended(register, _detailed(meeting, details), attendance)._replace(status="held")
    if held == meeting:
        raise Refused(f"{meeting.ref} is marked as held already, and nothing else was said of it.")
    draft = Draft(register)
    draft.put(held)
    people = f", {counted(len(held.attendees), 'attendee')}" if held.attendees else ""
    draft.say(f"{meeting.ref} was held on {long_day(meeting.ref.day)}{people}")
    return draft.done("")


def add_item(register: Register, meeting: Meeting, title: str, number: str | None, lead: str | None) -> Change:
    """Put an item on the agenda; without a number it takes the one after the highest.

    `lead` is an owner, as typed. Errors: Refused for a number that is taken or without a title; NotFound for
    an unknown owner.
    """
    if number and any(item.number.lower() == number.lower() for item in meeting.items):
        raise Refused(f"{meeting.ref} has an item {number} already.")
    if not title.strip():
        raise Refused("An agenda item needs a title.")
    owner = the_owner(known_settings(register), lead).key if lead else None
    item = Item(number or _next_item(meeting), title.strip(), owner)
    draft = Draft(register)
    draft.put(meeting._replace(items=(*meeting.items, item)))
    draft.say(f"Added item {item.number} to {meeting.ref}: {first_words(item.title)}")
    return draft.done("")


def meeting_day(ref: MeetingRef, time: str | None = None) -> str:
    """The day of a meeting in words, with its time where that is known."""
    at = f" at {time}" if time else ""
    return f"{ref.day:%A} {long_day(ref.day)}{at}"


def _there_already(register: Register, ref: MeetingRef) -> str:
    if ref in register.meetings and not register.meetings[ref].stands:
        status = register.meetings[ref].status
        return f"{ref} is there, {status}. If it takes place after all: tracker meeting reinstate {ref}"
    further = f"{ref.day}{chr(ord(ref.sitting or 'a') + 1)}"
    return f"{ref} is in the calendar already. A further sitting on that day: tracker meeting add {ref.board} {further}"


def _merged(items: Sequence[Item], said: Sequence[Item]) -> tuple[Item, ...]:
    """The items with those said put in by number: in place of one, or at the end."""
    by_number = {item.number.lower(): item for item in items} | {item.number.lower(): item for item in said}
    return tuple(by_number.values())


def _detailed(meeting: Meeting, details: Details) -> Meeting:
    return meeting._replace(
        time=details.time or meeting.time,
        ends=details.ends or meeting.ends,
        venue=details.venue or meeting.venue,
        items=_merged(meeting.items, details.items),
    )


def _attended(register: Register, meeting: Meeting, attendance: Attendance) -> Meeting:
    came = {folded(person.name): person for person in meeting.attendees}
    absent = {folded(person.name): person for person in meeting.apologies}
    for person in attendance.attendees:
        absent.pop(folded(person.name), None)
        came[folded(person.name)] = _known(register, person) if person.role else came.get(folded(person.name), person)
    for person in attendance.apologies:
        expected = came.pop(folded(person.name), None) or absent.get(folded(person.name))
        if expected is None and person.role is None:
            raise NotFound(_not_expected(meeting, person))
        absent[folded(person.name)] = _known(register, person) if person.role else expected or person
    return meeting._replace(attendees=tuple(came.values()), apologies=tuple(absent.values()))


def _known(register: Register, person: Person) -> Person:
    """The person with the owner's key as organisation, however it was spelt."""
    owner = find_owner(known_settings(register), person.organisation) if person.organisation else None
    return person._replace(organisation=owner.key) if owner else person


def _not_expected(meeting: Meeting, person: Person) -> str:
    expected = ", ".join(p.name for p in meeting.attendees) or "nobody"
    return (
        f"{person.name} was not expected at {meeting.ref} (expected: {expected}). "
        'Say who it is: --apologies "Name; role; organisation"'
    )


def _next_item(meeting: Meeting) -> str:
    numbers = (re.match("[0-9]+", item.number) for item in meeting.items)
    return str(max((int(number[0]) for number in numbers if number), default=0) + 1)
