"""Moving due days: carried forward (a slip) and re-dated (none)."""

from collections.abc import Sequence
from datetime import date

from tracker.errors import Refused
from tracker.model.calendar import has_fallen, next_meeting
from tracker.model.changes.draft import Change, Draft, Occasion, first_words, with_event
from tracker.model.changes.steps import each, live_state
from tracker.model.dates import long_day
from tracker.model.due import DueChoice, choose_due, due_words, next_meeting_due
from tracker.model.holding import actions_of
from tracker.model.records import NEXT_MEETING, Action, Due, Event, EventKind, Register
from tracker.model.state import DUE_EVENTS, standing

_TIMES = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def carry(
    register: Register,
    actions: Sequence[Action],
    occasion: Occasion,
    to: str | None,
    reason: str | None,
    by: date | None = None,
) -> Change:
    """Carry the actions forward: `to` is WHEN as typed, None the board's next meeting. Always to a later day."""

    def step(action: Action) -> tuple[Action, str]:
        state = live_state(action)
        choice = _choice(register, action, occasion, to, by)
        _must_be_later(register, action, choice.due, occasion)
        moved = _moved(action, "carried forward", occasion, choice, reason)._replace(status="open")
        turn = nth(state.times_carried + 1)
        where = due_words(choice.due, choice.said)
        return moved, f"Carried {action.ref} forward to {where}, its {turn} time: {first_words(action.text)}"

    return each(register, actions, occasion, "Carried forward", step)


def redate(
    register: Register,
    actions: Sequence[Action],
    occasion: Occasion,
    to: str,
    reason: str | None,
    by: date | None = None,
) -> Change:
    """Move due days for another cause than that it was not done. `to` may be `none`.

    Refused for a day before the action was raised, and where nothing would change.
    """

    def step(action: Action) -> tuple[Action, str]:
        live_state(action)
        choice = _choice(register, action, occasion, to, by)
        if (choice.due, choice.said) == (action.due, action.due_said):
            raise Refused(f"{action.ref} is due then already ({due_words(action.due, action.due_said)}).")
        must_not_precede(action, choice.due)
        moved = _moved(action, "re-dated", occasion, choice, reason)
        return moved, f"Re-dated {action.ref} to {due_words(choice.due, choice.said)}: {first_words(action.text)}"

    return each(register, actions, occasion, "Re-dated", step)


def due_by(register: Register, board: str, day: date) -> list[Action]:
    """The live actions of this board that are due by this day, in order: what a meeting on that day must deal with."""
    return [
        action
        for action in actions_of(register.actions, board)
        if isinstance(action.due, date) and action.due <= day and standing(action).live
    ]


def due_on(register: Register, board: str, day: date) -> list[Action]:
    """The live actions of this board that are due on this very day."""
    return [action for action in due_by(register, board, day) if action.due == day]


def must_not_precede(action: Action, due: Due) -> None:
    """Refused for a due day before the action was raised."""
    if isinstance(due, date) and due < action.raised:
        raise Refused(
            f"{long_day(due)} is before {action.ref} was raised, on {long_day(action.raised)}. Is the year right?"
        )


def due_again(register: Register, action: Action, occasion: Occasion) -> Action:
    """A reopened action with a due day that still means something.

    While it was closed nobody moved its day: the meeting it waited for may be in the calendar by now, and
    the meeting it was due at may have been postponed or cancelled.
    """
    board = action.ref.meeting.board
    if action.due == NEXT_MEETING:
        choice = next_meeting_due(register, board, waits_since(register, action))
    elif isinstance(action.due, date) and has_fallen(register, board, action.due):
        choice = next_meeting_due(register, board, max(action.due, occasion.in_hand))
    else:
        return action
    return action if choice.due == action.due else _moved(action, "re-dated", occasion, choice, None)


def move_due(draft: Draft, action: Action, occasion: Occasion, due: Due, note: str) -> None:
    """Re-date one action within a larger change, such as the postponing of a meeting."""
    draft.put(_moved(action, "re-dated", occasion, DueChoice(due), note))


def settle_waiting(draft: Draft, board: str, occasion: Occasion) -> list[Action]:
    """Give every live action of the board that waits for the next meeting its day, where there is one now.

    Returns what was settled. The next meeting counts from when the action began to wait.
    """
    settled = []
    for action in list(actions_of(draft.register.actions, board)):
        if action.due == NEXT_MEETING and standing(action).live:
            meeting = next_meeting(draft.register, board, waits_since(draft.register, action))
            if meeting:
                draft.put(_moved(action, "re-dated", occasion, DueChoice(meeting.ref.day), None))
                settled.append(action)
    return settled


def waits_since(register: Register, action: Action) -> date:
    """The day that `next meeting` counts from for an action that waits for it.

    The day of the meeting in hand or of the change that made it wait. The day it was due until then counts
    where that is later and was its day in earnest: it was carried forward, or the meeting of that day fell.
    """
    last = next((event for event in reversed(action.history) if event.event in DUE_EVENTS), None)
    if last is None:
        return action.raised
    since = last.meeting.day if last.meeting else last.date
    was_due, board = last.before, action.ref.meeting.board
    if isinstance(was_due, date) and (last.event == "carried forward" or has_fallen(register, board, was_due)):
        return max(since, was_due)
    return since


def _choice(register: Register, action: Action, occasion: Occasion, to: str | None, by: date | None) -> DueChoice:
    board = action.ref.meeting.board
    if to is None:
        return next_meeting_due(register, board, occasion.in_hand)
    return choose_due(register, board, to, after=occasion.in_hand, look_again=by)


def _must_be_later(register: Register, action: Action, due: Due, occasion: Occasion) -> None:
    ref = action.ref
    if due is None:
        raise Refused(
            f"{ref} can only be carried to a later day. To leave it without one: tracker redate {ref} --to none"
        )
    if not isinstance(due, date):
        if action.due == NEXT_MEETING:
            raise Refused(f"{ref} waits for the next meeting already, which is not in the calendar. Say --to DATE.")
        return
    if isinstance(action.due, date) and due <= action.due:
        raise Refused(
            f"{ref} is due on {long_day(action.due)}; carrying it forward to {long_day(due)} would not be later. "
            f"Give a later day with --to, or mend a wrong day with: tracker redate {ref} --to DATE"
        )
    since = waits_since(register, action) if action.due == NEXT_MEETING else occasion.in_hand
    if due <= max(since, occasion.in_hand):
        raise Refused(
            f"{ref} cannot be carried forward to {long_day(due)}, "
            f"which is not after {long_day(max(since, occasion.in_hand))}. Give a later day with --to."
        )


def _moved(action: Action, event: EventKind, occasion: Occasion, choice: DueChoice, note: str | None) -> Action:
    entry = Event(
        occasion.day, event, occasion.at,
        before=action.due, after=choice.due, before_said=action.due_said, after_said=choice.said, note=note,
    )  # fmt: skip
    return with_event(action, entry)._replace(due=choice.due, due_said=choice.said)


def nth(number: int) -> str:
    """`first`, `second` …, from eleven on in figures: `11th`, `21st`."""
    if number < len(_TIMES):
        return _TIMES[number]
    ending = "th" if number // 10 % 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
