"""Checks of meetings and boards, and of the numbers of the actions in a meeting's folder."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from tracker.model.checks.evidence import Evidence, Finding
from tracker.model.owners import folded
from tracker.model.dates import long_day
from tracker.model.quoting import quoted
from tracker.model.records import Board, Item, Meeting, Person
from tracker.model.references import ActionRef, MeetingRef, canonical_action

_SHOWN = 5


def past_but_scheduled(evidence: Evidence) -> Iterator[Finding]:
    """A meeting whose day has passed and of which nobody said whether it was held."""
    for ref, meeting in evidence.register.meetings.items():
        if meeting.status == "scheduled" and ref.day < evidence.today and ref not in evidence.business:
            advice = f"Has it been held? Then: tracker meeting held {ref}. If not: tracker meeting cancel {ref}"
            message = f"it is scheduled for {long_day(ref.day)}, which has passed"
            yield Finding(meeting.path, ("status",), message, advice, "warning")


def held_before_its_day(evidence: Evidence) -> Iterator[Finding]:
    """A meeting that is marked as held although its day is still to come."""
    for ref, meeting in evidence.register.meetings.items():
        if meeting.status == "held" and ref.day > evidence.today and ref not in evidence.business:
            message = f"it is marked as held, but {long_day(ref.day)} is still to come"
            advice = f"Write `status: scheduled`, or mend a wrong day with: tracker meeting move {ref} --to DATE"
            yield Finding(meeting.path, ("status",), message, advice)


def business_without_meeting(evidence: Evidence) -> Iterator[Finding]:
    """A meeting that raised actions or decided on them although it did not take place, or has not yet."""
    for ref, meeting in evidence.register.meetings.items():
        done = evidence.business.get(ref)
        to_come = ref.day > evidence.today
        if done and (to_come or meeting.status != "held"):
            is_ = "is still to come" if to_come else f"is {meeting.status}"
            message = f"{ref} {is_}, but {_some(done)} {'was' if len(done) == 1 else 'were'} raised or dealt with at it"
            yield Finding(meeting.path, ("status",), message, _business_advice(meeting, to_come))


def postponed_to_no_meeting(evidence: Evidence) -> Iterator[Finding]:
    """A meeting that was postponed to a day that is not later, or on which the calendar has no meeting."""
    for ref, meeting in evidence.register.meetings.items():
        day = meeting.postponed_to
        if day is None:
            continue
        there = any(m.ref.day == day for m in evidence.calendar[ref.board])
        if meeting.status != "postponed":
            message = f"it has a `postponed_to:`, but its status is {meeting.status}"
            advice = f"Delete `postponed_to:`, or postpone it with: tracker meeting postpone {ref} --to {day}"
            yield Finding(meeting.path, ("postponed_to",), message, advice)
        elif not there and not evidence.unread.may_hold(MeetingRef(ref.board, day).path):
            message = f"it was postponed to {long_day(day)}, and the calendar has no meeting on that day"
            advice = f"Mend the day, or add the meeting: tracker meeting add {ref.board} {day}"
            yield Finding(meeting.path, ("postponed_to",), message, advice)
        elif day <= ref.day:  # no error: the later meeting may have been brought forward since
            message = f"it was postponed to {long_day(day)}, which is not later than its own day"
            yield Finding(meeting.path, ("postponed_to",), message, "Mend the day after `postponed_to:`", "warning")


def ends_before_it_begins(evidence: Evidence) -> Iterator[Finding]:
    """A meeting that ends before it begins."""
    for meeting in evidence.register.meetings.values():
        if meeting.time and meeting.ends and meeting.ends < meeting.time:
            message = f"it ends at {meeting.ends}, before it begins at {meeting.time}"
            yield Finding(meeting.path, ("ends",), message, "Mend `time:` or `ends:`", "warning")


def items_twice(evidence: Evidence) -> Iterator[Finding]:
    """Two agenda items of a meeting, or standing items of a board, with one number."""
    for path, field, items in _agendas(evidence):
        numbers = [folded(item.number) for item in items]
        for place in _repeated(numbers):
            message = f"there are two agenda items {quoted(items[place].number)}"
            yield Finding(path, (field, place, "number"), message, "Give one of them another number", "warning")


def people_twice(evidence: Evidence) -> Iterator[Finding]:
    """A person who is listed twice, or both attended and sent apologies."""
    for board in evidence.register.boards.values():
        yield from _twice(board, "members", board.members)
    for meeting in evidence.register.meetings.values():
        yield from _twice(meeting, "attendees", meeting.attendees)
        yield from _twice(meeting, "apologies", meeting.apologies)
        came = {folded(person.name) for person in meeting.attendees}
        for place, person in enumerate(meeting.apologies):
            if folded(person.name) in came:
                message = f"{quoted(person.name)} attended and sent apologies"
                yield Finding(meeting.path, ("apologies", place), message, "Delete one of the two", "warning")


def gaps_in_numbers(evidence: Evidence) -> Iterator[Finding]:
    """Numbers of a meeting's actions that are not there; not judged where a misspelt file may be one of them."""
    for ref, numbers in _numbers(evidence).items():
        gaps = [(low + 1, high - 1) for low, high in pairwise([0, *sorted(numbers)]) if high - low > 1]
        if gaps and not any(evidence.unread.may_hold(ActionRef(ref, low).path) for low, _ in gaps):
            message = f"numbers are missing among the actions of {ref}: {_ranges(gaps)}"
            who = f"To see who did, in the register's folder: git log --stat -- {ref.folder}"
            yield Finding(ref.path, (), message, f"No command deletes an action. {who}", "warning")


def _business_advice(meeting: Meeting, to_come: bool) -> str:
    ref = meeting.ref
    if to_come:
        return f"Mend `meeting:` where it is named; if its own day is wrong, rename the folder {ref.folder} too"
    if meeting.status == "scheduled":
        return f"Mark it as held: tracker meeting held {ref}"
    both = f"tracker meeting reinstate {ref}, then tracker meeting held {ref}"
    return f"If it met after all: {both}; else mend `meeting:` where it is named"


def _some(refs: list[ActionRef]) -> str:
    return str(refs[0]) if len(refs) == 1 else f"{refs[0]} and {len(refs) - 1} more"


def _ranges(gaps: list[tuple[int, int]]) -> str:
    said = [f"{low:02}" if low == high else f"{low:02} to {high:02}" for low, high in gaps]
    return ", ".join(said[:_SHOWN]) + (" and more" if len(said) > _SHOWN else "")


def _agendas(evidence: Evidence) -> Iterator[tuple[str, str, tuple[Item, ...]]]:
    for board in evidence.register.boards.values():
        yield board.path, "agenda", board.agenda
    for meeting in evidence.register.meetings.values():
        yield meeting.path, "items", meeting.items


def _twice(record: Board | Meeting, field: str, people: tuple[Person, ...]) -> Iterator[Finding]:
    for place in _repeated([folded(person.name) for person in people]):
        message = f"{quoted(people[place].name)} is listed twice among the {field}"
        yield Finding(record.path, (field, place), message, "Delete one of the two", "warning")


def _repeated(values: list[str]) -> Iterator[int]:
    """The places of values that stood there before."""
    seen: set[str] = set()
    for place, value in enumerate(values):
        if value in seen:
            yield place
        seen.add(value)


def _numbers(evidence: Evidence) -> dict[MeetingRef, set[int]]:
    """The numbers that are there in each meeting's folder, read or not, with one above the highest taken."""
    numbers: dict[MeetingRef, set[int]] = {}
    for ref in [*evidence.register.actions, *_unread_actions(evidence.register.broken)]:
        numbers.setdefault(ref.meeting, set()).add(ref.number)
    for meeting, highest in evidence.register.highest.items():
        known = numbers.setdefault(meeting, set())
        known.add(max(highest, *known, 0) + 1)
    return numbers


def _unread_actions(paths: Iterable[str]) -> list[ActionRef]:
    found = (canonical_action(path.removesuffix(".yaml")) for path in paths)
    return [ref for ref in found if ref]
