"""What every change is made of: the occasion it happens on, and the draft that collects its records.

A change is a pure function of the register: it returns the records that will stand and the sentences
that say what now holds. Writing them is the storage's work.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from tracker.errors import Refused
from tracker.model.calendar import the_meeting
from tracker.model.dates import long_day
from tracker.model.holding import Layered, LayeredActions
from tracker.model.records import Action, Board, Event, Meeting, Record, Register, Settings
from tracker.model.references import MeetingRef
from tracker.model.state import words

_NO_FIELD = ("update", "corrected")
_QUOTED = 35


class Change(NamedTuple):
    """What a command does. `records` holds, by path, what will stand there; None removes the file.

    `sentence` says what now holds, in one line, and is the commit's message; `details` say it record by
    record where there are several. `notes` are for the person at the screen only. `moved` holds, by its
    new path, the old path of a file that is renamed, so that what people wrote into it goes along.
    """

    records: Mapping[str, Record | None]
    sentence: str
    details: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    moved: Mapping[str, str] = {}


class Occasion(NamedTuple):
    """When something happened: its day, and the meeting where it was agreed, if it was at one."""

    day: date
    at: MeetingRef | None = None

    @property
    def in_hand(self) -> date:
        """The day that `next meeting` counts from: the meeting's, else that of the change."""
        return self.at.day if self.at else self.day


def occasion(register: Register, today: date, day: date | None = None, at: MeetingRef | None = None) -> Occasion:
    """The occasion of a change: on `day`, else on the day of the meeting `at`, else today.

    Refused for a day to come or before the meeting, and for a meeting still to come or that did not take place.
    """
    if at is not None:
        _must_have_met(the_meeting(register, at), today)
    found = day or (at.day if at else today)
    if found > today:
        raise Refused(f"{long_day(found)} is still to come; a change is recorded on the day it happened or later.")
    if at is not None and found < at.day:
        raise Refused(f"{at} cannot have agreed anything before its day. Leave out --date, or mend --at.")
    return Occasion(found, at)


def _must_have_met(meeting: Meeting, today: date) -> None:
    if meeting.ref.day > today:
        raise Refused(f"{meeting.ref} is still to come and cannot have agreed anything yet.")
    if not meeting.stands:
        raise Refused(
            f"{meeting.ref} was {meeting.status} and cannot have agreed anything. "
            f"If it met after all: tracker meeting reinstate {meeting.ref}"
        )


class Draft:
    """A change in the making: the register as it will be, and by path the records of it that are new."""

    def __init__(self, register: Register) -> None:
        self._actions = LayeredActions(register.actions)
        self._meetings = Layered(register.meetings)
        self._boards = Layered(register.boards)
        self.register = register.changed(actions=self._actions, meetings=self._meetings, boards=self._boards)
        self.records: dict[str, Record | None] = {}
        self._details: list[str] = []
        self._notes: list[str] = []
        self._moved: dict[str, str] = {}

    def put(self, record: Record) -> None:
        """This record stands from now on."""
        self.records[record.path] = record
        match record:
            case Action():
                self._actions.put(record.ref, record)
            case Meeting():
                self._meetings.put(record.ref, record)
            case Board():
                self._boards.put(record.key, record)
            case Settings():
                self.register = self.register.changed(settings=record)

    def rename(self, meeting: Meeting, ref: MeetingRef) -> None:
        """The meeting's own file goes to another folder, because its day was another one."""
        self.records[meeting.path] = None
        self._meetings.remove(meeting.ref)
        self.put(meeting._replace(ref=ref))
        self._moved[ref.path] = meeting.path

    def hold(self, ref: MeetingRef | None) -> str:
        """Mark a scheduled meeting as held, because something was agreed at it; what the sentence adds, if anything."""
        meeting = self.register.meetings[ref] if ref else None
        if meeting is None or meeting.status != "scheduled":
            return ""
        self.put(meeting._replace(status="held"))
        return f"{ref} is now marked as held."

    def say(self, detail: str) -> None:
        """A sentence about one record."""
        self._details.append(detail)

    def note(self, text: str) -> None:
        """Something that only the person at the screen needs to know."""
        self._notes.append(text)

    def done(self, summary: str, held: str = "") -> Change:
        """The change; its sentence is the one detail, or the summary where there are several."""
        several = len(self._details) != 1
        sentence = summary if several else self._details[0]
        if held:
            sentence = f"{sentence} ({held.removesuffix('.')})"
        details = tuple(self._details) if several else ()
        return Change(dict(self.records), sentence, details, tuple(self._notes), self._moved)


def with_event(action: Action, event: Event) -> Action:
    """The action with the event in its history, after the last one of its day or earlier.

    Refused before the day the action was raised; except for an update, before the last event that changed
    a field, because the fields could not have come about in that order; and where it would come between
    words and their correction, which would then mend the wrong ones.
    """
    if event.date < action.raised:
        raise Refused(f"{action.ref} was raised on {long_day(action.raised)}; nothing can have happened to it before.")
    last = next((past for past in reversed(action.history) if past.event not in _NO_FIELD), None)
    if event.event != "update" and last and event.date < last.date:
        raise Refused(
            f"{action.ref} was {last.event} on {long_day(last.date)}; "
            f"it cannot be changed as of {long_day(event.date)}, before that. Give a --date from then on."
        )
    place = max((i for i, past in enumerate(action.history, 1) if past.date <= event.date), default=0)
    changed = action._replace(history=(*action.history[:place], event, *action.history[place:]))
    if event.event != "corrected" and not set(words(action.history)) <= set(words(changed.history)):
        mended = max(past.date for past in action.history if past.event == "corrected")
        raise Refused(
            f"{action.ref} was corrected on {long_day(mended)}, and what is put in before that would be taken "
            "for the words that were mended. Give a --date from then on."
        )
    return changed


def first_words(text: str) -> str:
    """The first words of a text, as sentences quote it."""
    line = " ".join(text.split())
    if len(line) <= _QUOTED:
        return line
    cut = line[:_QUOTED].rsplit(" ", 1)[0] if " " in line[:_QUOTED] else line[:_QUOTED]
    return f"{cut.rstrip(' ,;:.')} …"


def listed(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


def counted(number: int, noun: str) -> str:
    """`1 action`, `3 actions`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
