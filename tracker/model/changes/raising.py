"""Raising actions at a meeting: one, many from a list, and the left-over of a discharged one."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from tracker.errors import NotFound, Refused, TrackerError
from tracker.model.calendar import the_meeting
from tracker.model.changes.draft import Change, Draft, Occasion, counted, first_words, occasion
from tracker.model.changes.progress import discharged
from tracker.model.due import DueChoice, choose_due, due_words, next_meeting_due
from tracker.model.holding import numbers_at
from tracker.model.owners import known_settings, owner_keys
from tracker.model.quoting import quoted
from tracker.model.records import Action, Meeting, Register, Route
from tracker.model.references import ActionRef, MeetingRef


class Wanted(NamedTuple):
    """An action as someone asks for it, in their own words: `owners`, `item` and `due` are as typed.

    `look_again` is the day for due words that name none (`--by`). `line` is where it stands in a list of
    many, from 1.
    """

    text: str
    owners: Sequence[str]
    item: str | None = None
    due: str | None = None
    look_again: date | None = None
    tags: Sequence[str] = ()
    restricted: bool = False
    follows: ActionRef | None = None
    line: int | None = None


def raise_actions(register: Register, meeting: MeetingRef, wanted: Sequence[Wanted], today: date) -> Change:
    """Raise these actions at the meeting, which counts as held from then on.

    Errors: Refused for a meeting still to come or not held; NotFound for an unknown owner or item. They
    name the line where the actions come from a list.
    """
    when = occasion(register, today, at=meeting)
    draft = Draft(register)
    for one in wanted:
        try:
            _raise(draft, the_meeting(register, meeting), one)
        except TrackerError as error:
            if one.line is not None:
                error.args = (f"Line {one.line} of the list: {error} Nothing was raised.",)
            raise
    return draft.done(f"Raised {counted(len(wanted), 'action')} at {meeting}", draft.hold(when.at))


def discharge_with_follow_up(
    register: Register, action: Action, when: Occasion, outcome: str, route: Route | None, wanted: Wanted
) -> Change:
    """Discharge an action and raise what is left over of it, at the same meeting, as one that follows it.

    The new action has the owners of the old one unless `wanted` names some, and is restricted if that was.
    """
    if when.at is None:
        raise Refused("A follow-up is raised at a meeting: say which with --at MEETING.")
    draft = Draft(register)
    changed, sentence = discharged(action, when, outcome, route)
    draft.put(changed)
    draft.say(sentence)
    follow_up = wanted._replace(
        owners=wanted.owners or action.owners, restricted=wanted.restricted or action.restricted, follows=action.ref
    )
    _raise(draft, the_meeting(register, when.at), follow_up)
    return draft.done(f"Discharged {action.ref} and raised its follow-up at {when.at}", draft.hold(when.at))


def next_number(register: Register, meeting: MeetingRef) -> int:
    """The number of the next action there: one above the highest that any file in its folder claims."""
    return max(register.highest.get(meeting, 0), *numbers_at(register.actions, meeting), 0) + 1


def find_item(meeting: Meeting, text: str) -> str:
    """The number of the agenda item meant, in any case. NotFound lists the meeting's items."""
    wanted = text.strip().lower().removeprefix("item").strip()
    found = next((item.number for item in meeting.items if item.number.lower() == wanted), None)
    if found is None:
        have = ", ".join(item.number for item in meeting.items)
        has = f"It has {have}." if have else "It has none yet."
        raise NotFound(
            f"{meeting.ref} has no agenda item {quoted(text)}. {has} A new one: tracker item add {meeting.ref} TITLE"
        )
    return found


def _raise(draft: Draft, meeting: Meeting, wanted: Wanted) -> None:
    register = draft.register
    ref = ActionRef(meeting.ref, next_number(register, meeting.ref))
    choice = _due(register, meeting.ref, wanted)
    action = Action(
        ref,
        text=_text(wanted.text),
        owners=_owners(register, wanted),
        due=choice.due,
        due_said=choice.said,
        item=find_item(meeting, wanted.item) if wanted.item else None,
        tags=tuple(dict.fromkeys(wanted.tags)),
        restricted=wanted.restricted,
        follows=wanted.follows,
    )
    draft.put(action)
    owners = ", ".join(action.owners)
    draft.say(f"Raised {ref} for {owners}, {_due_sentence(choice)}: {first_words(action.text)}")


def _text(text: str) -> str:
    if not text.strip():
        raise Refused("An action needs a text: what is asked for, in a sentence.")
    return text.strip()


def _owners(register: Register, wanted: Wanted) -> tuple[str, ...]:
    keys = owner_keys(known_settings(register), wanted.owners)
    if not keys:
        raise Refused(f"Who must do it? Say it with --owner, for: {first_words(wanted.text)}")
    return keys


def _due(register: Register, meeting: MeetingRef, wanted: Wanted) -> DueChoice:
    if wanted.due is None:
        return next_meeting_due(register, meeting.board, meeting.day)
    choice = choose_due(register, meeting.board, wanted.due, after=meeting.day, look_again=wanted.look_again)
    if isinstance(choice.due, date) and choice.due < meeting.day:
        raise Refused(f"{quoted(wanted.due)} is before {meeting}, which raises the action. Is the year right?")
    return choice


def _due_sentence(choice: DueChoice) -> str:
    words = due_words(choice.due, choice.said)
    return words if choice.due is None else f"due {words}" if isinstance(choice.due, date) else f"due at {words}"
