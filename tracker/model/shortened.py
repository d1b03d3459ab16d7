"""Which records of the register shortened references mean. Nothing is guessed: what fits several is an error.

Only records of the kind that the command takes are candidates, those that cannot be read among them:
a reference to one of these says what is wrong with its file instead of missing it.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from tracker.errors import Ambiguous, NotFound, NotUnderstood
from tracker.model.calendar import (
    meeting_in_month,
    next_meeting,
    only_board,
    the_board,
    the_meeting,
    unreadable_meetings,
)
from tracker.model.holding import actions_at
from tracker.model.patterns import ActionPattern, MeetingPattern, not_a_reference, read_actions, read_meeting
from tracker.model.quoting import quoted
from tracker.model.records import Action, Meeting, Record, Register
from tracker.model.references import ActionRef, MeetingRef, board_path, canonical_action
from tracker.model.said import NextMeeting

_RefT = TypeVar("_RefT", MeetingRef, ActionRef)
_LIST_ALL = "tracker list --status all"


def fitting_meeting(register: Register, text: str, today: date, board: str | None) -> Meeting:
    """As `resolve.find_meeting`."""
    pattern = _on_board(read_meeting(text, today), board)
    if pattern.asked is not None:
        return _asked_meeting(register, text, pattern, today)
    if pattern.full:
        if pattern.only is None:
            raise not_a_reference(text)
        return the_meeting(register, pattern.only)
    refs = [ref for ref in _meeting_refs(register) if pattern.fits(ref)]
    return the_meeting(register, _only_one(refs, text, "meeting", "tracker meeting list"))


def fitting_actions(
    register: Register, texts: Sequence[str], today: date, board: str | None, at: Meeting | None
) -> list[Action]:
    """As `resolve.find_actions`; a bare number counts `at` the meeting."""
    found = [_action(register, pattern, today, board, at) for pattern in read_actions(list(texts), today)]
    return list(dict.fromkeys(found))


def fitting_record(register: Register, text: str, today: date, board: str | None) -> Record:
    """As `resolve.find_record`."""
    key = text.strip().lower()
    if key in register.boards or board_path(key) in register.broken:
        return the_board(register, key)
    meetings = _fitting_meetings(register, text, today, board)
    actions = _fitting_actions(register, text, today, board)
    if meetings and actions:
        raise _several(text, [*meetings, *actions])
    if meetings or not _reads_as_action(text, today):
        return fitting_meeting(register, text, today, board)
    found = fitting_actions(register, [text], today, board, None)
    if len(found) > 1:
        raise Ambiguous(f"{quoted(text)} names several actions; one at a time, please.")
    return found[0]


def fitting_path(register: Register, text: str, today: date, board: str | None) -> str:
    """As `resolve.find_path`."""
    key = text.strip().lower()
    if board_path(key) in register.broken:
        return board_path(key)
    refs: list[MeetingRef | ActionRef] = [
        *_fitting_meetings(register, text, today, board), *_fitting_actions(register, text, today, board)
    ]  # fmt: skip
    broken = [ref for ref in refs if ref.path in register.broken]
    if len(refs) == 1 and broken:
        return broken[0].path
    return fitting_record(register, text, today, board).path


def the_action(register: Register, ref: ActionRef) -> Action:
    """The action of this reference; NotFound says what its meeting has, or what is wrong with its file."""
    if ref in register.actions:
        return register.actions[ref]
    if ref.path in register.broken:
        raise NotFound(f"{ref} cannot be used until its file is mended. {register.broken[ref.path]}")
    have = [found.ref.number for found in actions_at(register.actions, ref.meeting)]
    numbers = ", ".join(f"{number:02}" for number in have) if have else "no actions"
    raise NotFound(f"There is no action {ref}. {ref.meeting} has {numbers}.")


def _asked_meeting(register: Register, text: str, pattern: MeetingPattern, today: date) -> Meeting:
    board = the_board(register, pattern.board or _only_board(register, text)).key
    if isinstance(pattern.asked, NextMeeting):
        found = next_meeting(register, board, today)
    else:
        assert pattern.asked is not None
        found = meeting_in_month(register, board, pattern.asked.year, pattern.asked.month)
    if found is None:
        raise NotFound(
            f"{board.upper()} has no such meeting in its calendar. Add it with: tracker meeting add {board} DATE"
        )
    return found


def _only_board(register: Register, text: str) -> str:
    board = only_board(register)
    if board is None:
        raise Ambiguous(f"{quoted(text)} is of which board? Say it with --board KEY.")
    return board


def _action(
    register: Register, pattern: ActionPattern, today: date, board: str | None, at: Meeting | None
) -> Action:
    if pattern.meeting is None:
        if at is None:
            number = pattern.number
            raise NotUnderstood(f"The bare number {number} needs its meeting: say 26/{number}, or --meeting REF.")
        return the_action(register, ActionRef(at.ref, pattern.number))
    pattern = pattern._replace(meeting=_on_board(pattern.meeting, board))
    if pattern.meeting and pattern.meeting.asked is not None:
        asked = _asked_meeting(register, pattern.said, pattern.meeting, today)
        return the_action(register, ActionRef(asked.ref, pattern.number))
    refs = _refs_of(register, pattern) or _formerly(register, pattern)
    found = _only_one(refs, pattern.said, "action", _LIST_ALL) if refs else _absent(register, pattern)
    return the_action(register, found)


def _formerly(register: Register, pattern: ActionPattern) -> list[ActionRef]:
    """The actions that once had a number which this means, and which no action has now."""
    return [ref for ref, action in register.actions.items() if any(pattern.fits(old) for old in action.formerly)]


def _absent(register: Register, pattern: ActionPattern) -> ActionRef:
    """The reference to say in the error that there is no such action: of the one meeting that it can only mean."""
    assert pattern.meeting is not None
    meetings = [ref for ref in _meeting_refs(register) if pattern.meeting.fits(ref)]
    return ActionRef(_only_one(meetings, pattern.said, "action", _LIST_ALL), pattern.number)


def _fitting_meetings(register: Register, text: str, today: date, board: str | None) -> list[MeetingRef]:
    try:
        pattern = _on_board(read_meeting(text, today), board)
    except NotUnderstood:
        return []
    if pattern.full:
        ref = pattern.only
        return [ref] if ref and (ref in register.meetings or ref.path in register.broken) else []
    return [ref for ref in _meeting_refs(register) if pattern.asked is None and pattern.fits(ref)]


def _fitting_actions(register: Register, text: str, today: date, board: str | None) -> list[ActionRef]:
    try:
        patterns = read_actions([text], today)
    except NotUnderstood:
        return []
    if len(patterns) != 1 or patterns[0].meeting is None or patterns[0].meeting.asked is not None:
        return []
    pattern = patterns[0]._replace(meeting=_on_board(patterns[0].meeting, board))
    return _refs_of(register, pattern)


def _refs_of(register: Register, pattern: ActionPattern) -> list[ActionRef]:
    """The actions, readable or not, that can be meant. A full reference means one file and asks for no other."""
    if pattern.meeting is not None and pattern.meeting.full:
        only = pattern.meeting.only
        ref = ActionRef(only, pattern.number) if only else None
        return [ref] if ref and (ref in register.actions or ref.path in register.broken) else []
    return [ref for ref in _action_refs(register) if pattern.fits(ref)]


def _reads_as_action(text: str, today: date) -> bool:
    try:
        return any(pattern.meeting is not None for pattern in read_actions([text], today))
    except NotUnderstood:
        return False


def _on_board(pattern: MeetingPattern, board: str | None) -> MeetingPattern:
    return pattern if pattern.board or not board else pattern._replace(board=board)


def _meeting_refs(register: Register) -> list[MeetingRef]:
    boards = {path.partition("/")[0] for path in register.broken}
    return [*register.meetings, *(ref for board in boards for ref in unreadable_meetings(register, board))]


def _action_refs(register: Register) -> list[ActionRef]:
    broken = (canonical_action(path.removesuffix(".yaml")) for path in register.broken)
    return [*register.actions, *(ref for ref in broken if ref)]


def _only_one(refs: Sequence[_RefT], text: str, kind: str, lists: str) -> _RefT:
    if not refs:
        raise NotFound(f"No {kind} fits {quoted(text)}. To see them: {lists}")
    if len(refs) > 1:
        raise _several(text, refs)
    return refs[0]


def _several(text: str, refs: Sequence[MeetingRef | ActionRef]) -> Ambiguous:
    shown = ", ".join(sorted(str(ref) for ref in refs)[:8])
    more = f" and {len(refs) - 8} more" if len(refs) > 8 else ""
    return Ambiguous(f"{quoted(text)} could be {shown}{more}. Write more of it; nothing was changed.")
