"""What an edit by hand means for the history: the events that the changed fields imply."""

from tracker.errors import Refused
from tracker.model.changes.draft import Change, Draft, Occasion, first_words, with_event
from tracker.model.changes.due_days import must_not_precede
from tracker.model.due import must_not_have_fallen, next_meeting_due
from tracker.model.records import (
    NEXT_MEETING, Action, Board, Event, Meeting, MeetingStatus, Record, Register, Settings, Status,
)  # fmt: skip
from tracker.model.references import ActionRef

_COMMANDS: dict[Status, str] = {
    "open": "tracker reopen {ref}",
    "proposed": "tracker propose {ref} --outcome TEXT",
    "discharged": "tracker discharge {ref} --outcome TEXT",
    "withdrawn": "tracker withdraw {ref} --reason TEXT",
}

_MEETING_COMMANDS: dict[MeetingStatus, str] = {
    "scheduled": "tracker meeting reinstate {ref}",
    "held": "tracker meeting held {ref}",
    "postponed": "tracker meeting postpone {ref} --to DATE",
    "cancelled": "tracker meeting cancel {ref}",
}


def edited(register: Register, old: Record | None, new: Record, occasion: Occasion) -> Change:
    """The change that turns `old` into what someone made of it in an editor; None was no readable record.

    A new due day, owner or text brings its event with it. Refused: a change of status (the sentence names
    the command that records it), one of the history, which is only added to, and a due day before the
    action was raised.
    """
    if isinstance(old, Action) and isinstance(new, Action):
        new = _with_events(register, old, new, occasion)
    if isinstance(old, Meeting) and isinstance(new, Meeting):
        _same_fate(old, new)
    draft = Draft(register)
    draft.put(new)
    draft.say(f"Edited {_called(new)}")
    return draft.done("")


def _with_events(register: Register, old: Action, new: Action, occasion: Occasion) -> Action:
    if new.status != old.status:
        raise Refused(f"A change of status is recorded with its reason: {_COMMANDS[new.status].format(ref=old.ref)}")
    if new.history != old.history:
        raise Refused(
            "The history is only added to, so that it stays a record. "
            f"To mend the words of the last outcome or update: tracker correct {old.ref} --outcome TEXT"
        )
    _known(new.follows, new)
    if new.due != old.due:
        new = _with_real_due(register, new, occasion)
    for event in _implied(old, new, occasion):
        new = with_event(new, event)
    return new


def _with_real_due(register: Register, new: Action, occasion: Occasion) -> Action:
    """The action with the day that `next meeting` means, where that is in the calendar."""
    board = new.ref.meeting.board
    must_not_precede(new, new.due)
    must_not_have_fallen(register, board, new.due)
    return new._replace(due=next_meeting_due(register, board, occasion.in_hand).due) if new.due == NEXT_MEETING else new


def _implied(old: Action, new: Action, occasion: Occasion) -> list[Event]:
    events = []
    if new.text != old.text:
        events.append(Event(occasion.day, "reworded", before=old.text, after=new.text))
    if new.owners != old.owners:
        events.append(Event(occasion.day, "reassigned", before=old.owners, after=new.owners))
    if (new.due, new.due_said) != (old.due, old.due_said):
        events.append(
            Event(
                occasion.day, "re-dated", before=old.due, after=new.due,
                before_said=old.due_said, after_said=new.due_said,
            )  # fmt: skip
        )
    return events


def _same_fate(old: Meeting, new: Meeting) -> None:
    """The days of actions follow what becomes of a meeting, so it takes a command to change that."""
    if (new.status, new.postponed_to) != (old.status, old.postponed_to):
        command = _MEETING_COMMANDS[new.status].format(ref=old.ref)
        raise Refused(f"What becomes of a meeting is recorded with: {command}")


def _known(follows: ActionRef | None, action: Action) -> None:
    if follows == action.ref:
        raise Refused(f"{action.ref} cannot follow itself.")


def _called(record: Record) -> str:
    match record:
        case Action():
            return f"{record.ref}: {first_words(record.text)}"
        case Meeting():
            return str(record.ref)
        case Board():
            return f"the board {record.key.upper()}"
        case Settings():
            return "the register's settings"
