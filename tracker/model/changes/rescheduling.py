"""Meetings that do not take place as planned, and what that does to the days of their actions.

A due day that follows its meeting is re-dated: it is no slip of the owner's.
"""

from datetime import date

from tracker.errors import Refused
from tracker.model.calendar import the_board
from tracker.model.changes.draft import Change, Draft, Occasion, counted, first_words
from tracker.model.changes.due_days import due_on, move_due
from tracker.model.changes.meetings import Details, meeting_day, new_meeting, say_settled
from tracker.model.changes.raising import next_number
from tracker.model.dates import long_day
from tracker.model.due import next_meeting_due
from tracker.model.holding import actions_of
from tracker.model.records import Action, Due, Meeting, Register
from tracker.model.references import MeetingRef
from tracker.model.state import DUE_EVENTS, standing


def postpone(register: Register, meeting: Meeting, to: date | None, occasion: Occasion) -> Change:
    """Postpone a meeting to another day, or to one that is not known yet (`to` is None).

    The new meeting is made if it is missing, with time, venue and items of the old one. Live actions of
    the board that were due on the old day move to the new one, or to the next meeting. A meeting that was
    postponed to an unknown day may be given one; what its falling moved follows.
    """
    ref = meeting.ref
    _may_fall(register, meeting, "postponed")
    if to is None and meeting.status == "postponed":
        raise Refused(f"{ref} is postponed already. When its day is known: tracker meeting postpone {ref} --to DATE")
    if to is not None and to <= ref.day:
        raise Refused(
            f"{ref} can only be postponed to a later day. To bring it forward: tracker meeting move {ref} --to DATE"
        )
    draft = Draft(register)
    draft.put(meeting._replace(status="postponed", postponed_to=to))
    where = f"to {long_day(to)}" if to else "to a day to be confirmed"
    draft.say(f"Postponed {ref} {where}")
    if to is not None:
        _make_if_missing(draft, meeting, to)
    _move_actions(draft, meeting, to, occasion, f"{ref} postponed {where}")
    say_settled(draft, ref.board, occasion)
    return draft.done(f"Postponed {ref} {where}{_moved(draft)}")


def cancel(register: Register, meeting: Meeting, occasion: Occasion) -> Change:
    """Cancel a meeting; what was due at it moves to the board's next one."""
    _may_fall(register, meeting, "cancelled")
    draft = Draft(register)
    draft.put(meeting._replace(status="cancelled"))
    draft.say(f"Cancelled {meeting.ref}")
    _move_actions(draft, meeting, None, occasion, f"{meeting.ref} cancelled")
    return draft.done(f"Cancelled {meeting.ref}{_moved(draft)}")


def reinstate(register: Register, meeting: Meeting, occasion: Occasion) -> Change:
    """Let a postponed or cancelled meeting take place after all.

    What was re-dated because of it, and has not been moved since, is due on its day again.
    """
    if meeting.stands:
        raise Refused(f"{meeting.ref} is {meeting.status}; there is nothing to reinstate.")
    draft = Draft(register)
    draft.put(meeting._replace(status="scheduled", postponed_to=None))
    draft.say(f"Reinstated {meeting.ref}, {meeting_day(meeting.ref, meeting.time)}")
    for action in actions_of(register.actions, meeting.ref.board):
        if _moved_because_of(action, meeting.ref):
            _move(draft, action, meeting.ref.day, occasion, f"{meeting.ref} reinstated")
    if meeting.status == "postponed" and meeting.postponed_to:
        draft.note(f"The meeting of {long_day(meeting.postponed_to)} stays in the calendar.")
    say_settled(draft, meeting.ref.board, occasion)
    return draft.done(f"Reinstated {meeting.ref}{_moved(draft)}")


def move(register: Register, meeting: Meeting, to: MeetingRef, occasion: Occasion) -> Change:
    """Give a meeting that has raised nothing another day; due days on the old day follow.

    An action raised only after the new day, or on it, goes to the meeting after that. Refused where actions
    were raised or decided at the meeting: their references and histories name its day.
    """
    _may_move(register, meeting, to, occasion)
    draft = Draft(register)
    draft.rename(meeting, to)
    draft.say(f"Moved {meeting.ref} to {meeting_day(to, meeting.time)}, now {to}")
    for other in list(register.meetings.values()):
        if other.ref.board == to.board and other.postponed_to == meeting.ref.day and other.ref != meeting.ref:
            draft.put(other._replace(postponed_to=to.day))
    for action in [] if _day_stands(draft, meeting.ref) else due_on(register, to.board, meeting.ref.day):
        due: Due = to.day
        if to.day <= action.raised:
            due = next_meeting_due(draft.register, to.board, action.raised).due
        _move(draft, action, due, occasion, f"{meeting.ref} moved to {long_day(to.day)}")
    say_settled(draft, to.board, occasion)
    return draft.done(f"Moved {meeting.ref} to {to}{_moved(draft)}")


def _may_fall(register: Register, meeting: Meeting, fate: str) -> None:
    if meeting.status == "held":
        raise Refused(f"{meeting.ref} has been held and cannot be {fate}.")
    if meeting.status == "cancelled" or (meeting.status == "postponed" and meeting.postponed_to):
        until = f" to {long_day(meeting.postponed_to)}" if meeting.postponed_to else ""
        raise Refused(
            f"{meeting.ref} is {meeting.status}{until} already. To undo that: tracker meeting reinstate {meeting.ref}"
        )
    if next_number(register, meeting.ref) > 1:
        raise Refused(f"{meeting.ref} has raised actions, so it was held: tracker meeting held {meeting.ref}")


def _may_move(register: Register, meeting: Meeting, to: MeetingRef, occasion: Occasion) -> None:
    if next_number(register, meeting.ref) > 1:
        raise Refused(f"{meeting.ref} has raised actions, whose references name its day; it cannot move.")
    if not meeting.stands:
        raise Refused(f"{meeting.ref} is {meeting.status}. First: tracker meeting reinstate {meeting.ref}")
    if meeting.status == "held" and to.day > occasion.day:
        raise Refused(f"{meeting.ref} has been held, so its day cannot be {long_day(to.day)}, which is still to come.")
    if to in register.meetings or to.path in register.broken:
        raise Refused(f"{to} is in the calendar already.")
    decided = next((a for a in register.actions.values() if any(e.meeting == meeting.ref for e in a.history)), None)
    if decided:
        raise Refused(f"{meeting.ref} has decided on {decided.ref}, whose history names its day; it cannot move.")


def _make_if_missing(draft: Draft, meeting: Meeting, to: date) -> None:
    ref = MeetingRef(meeting.ref.board, to)
    if ref.path in draft.register.broken:
        raise Refused(str(draft.register.broken[ref.path]))
    found = draft.register.meetings.get(ref)
    if found is None:
        details = Details(meeting.time, meeting.ends, meeting.venue)
        draft.put(new_meeting(the_board(draft.register, ref.board), ref, details)._replace(items=meeting.items))
        draft.say(f"Added {ref}, {meeting_day(ref, meeting.time)}")
    elif not found.stands:
        raise Refused(f"{ref} is {found.status} itself. Choose another day, or: tracker meeting reinstate {ref}")


def _move_actions(draft: Draft, meeting: Meeting, to: date | None, occasion: Occasion, note: str) -> None:
    board = meeting.ref.board
    if _day_stands(draft, meeting.ref):
        if due_on(draft.register, board, meeting.ref.day):
            draft.note(f"What is due on {long_day(meeting.ref.day)} stays: {board.upper()} still meets on that day.")
        return
    due: Due = to or next_meeting_due(draft.register, board, max(meeting.ref.day, occasion.day)).due
    moving = due_on(draft.register, board, meeting.ref.day)
    if to is not None:  # the days that an earlier “to be confirmed” gave were only the next best
        moving += [a for a in actions_of(draft.register.actions, board) if _moved_because_of(a, meeting.ref)]
    for action in moving:
        _move(draft, action, due, occasion, note)


def _day_stands(draft: Draft, ref: MeetingRef) -> bool:
    """Whether the board has another sitting on that day, so that what is due then can still be heard."""
    return any(m.stands and (m.ref.board, m.ref.day) == (ref.board, ref.day) for m in draft.register.meetings.values())


def _move(draft: Draft, action: Action, due: Due, occasion: Occasion, note: str) -> None:
    move_due(draft, action, occasion, due, note)
    where = f"is due {long_day(due)}" if isinstance(due, date) else "waits for the next meeting"
    draft.say(f"{action.ref} {where}: {first_words(action.text)}")


def _moved_because_of(action: Action, ref: MeetingRef) -> bool:
    """Whether the last thing that moved the due day was the postponing or cancelling of this meeting."""
    last = next((event for event in reversed(action.history) if event.event in DUE_EVENTS), None)
    if last is None or last.event != "re-dated" or not standing(action).live:
        return False
    return last.before == ref.day and (last.note or "").startswith(f"{ref} ") and action.due == last.after


def _moved(draft: Draft) -> str:
    moved = sum(isinstance(record, Action) for record in draft.records.values())
    return f"; {counted(moved, 'due day')} moved" if moved else ""
