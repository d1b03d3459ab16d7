"""Checks of an action's own fields, against the register's owners, items, calendar and other actions."""

from collections.abc import Iterator
from datetime import date

from tracker.model.calendar import unreadable_meetings
from tracker.model.changes.due_days import waits_since
from tracker.model.checks.evidence import Evidence, Finding, as_word
from tracker.model.dates import long_day, real_day
from tracker.model.owners import find_owner, folded
from tracker.model.quoting import quoted
from tracker.model.records import NEXT_MEETING, Action, Meeting, Settings
from tracker.model.references import ActionRef, MeetingRef
from tracker.model.state import standing


def no_owner(evidence: Evidence) -> Iterator[Finding]:
    """A live action that nobody owes."""
    for action in evidence.live:
        if not action.owners:
            advice = f"Say who must do it: tracker reassign {action.ref} --owner OWNER"
            yield Finding(action.path, ("owners",), "nobody owns this action", advice)


def unknown_owners(evidence: Evidence) -> Iterator[Finding]:
    """An owner that `register.yaml` does not have; not judged while that file cannot be read."""
    settings = evidence.register.settings
    keys = {owner.key for owner in settings.owners}
    for action in evidence.actions if evidence.knows_owners else ():
        for number, owner in enumerate(action.owners):
            if owner not in keys:
                yield Finding(action.path, ("owners", number), *_unknown_owner(settings, owner))


def owners_twice(evidence: Evidence) -> Iterator[Finding]:
    """An owner who is listed twice."""
    for action in evidence.actions:
        for number, owner in enumerate(action.owners):
            if owner in action.owners[:number]:
                message = f"the owner {quoted(owner)} is listed twice"
                yield Finding(action.path, ("owners", number), message, "Delete one of the two", "warning")


def unknown_items(evidence: Evidence) -> Iterator[Finding]:
    """An item that the meeting which raised the action does not have."""
    for action in evidence.actions:
        meeting = evidence.register.meetings.get(action.ref.meeting)
        if action.item is None or meeting is None:
            continue
        numbers = [item.number for item in meeting.items]
        if folded(action.item) not in map(folded, numbers):
            message = f"{meeting.ref} has no agenda item {quoted(action.item)}"
            write = f"Write one of {', '.join(map(as_word, numbers))} after `item:`, or add" if numbers else "Add"
            advice = f"{write} the item: tracker item add {meeting.ref} TITLE --number {as_word(action.item)}"
            yield Finding(action.path, ("item",), message, advice)


def no_due_day(evidence: Evidence) -> Iterator[Finding]:
    """A live action that can never be overdue."""
    for action in evidence.live:
        if action.due is None:
            advice = f"Say when: tracker redate {action.ref} --to WHEN"
            yield Finding(action.path, ("due",), "it has no due day, so it can never be overdue", advice, "warning")


def due_before_raised(evidence: Evidence) -> Iterator[Finding]:
    """A due day before the meeting that raised the action: as a rule, a wrong year."""
    for action in evidence.actions:
        if isinstance(action.due, date) and action.due < action.raised:
            message = f"it is due on {long_day(action.due)}, before it was raised on {long_day(action.raised)}"
            yield Finding(action.path, ("due",), message, _year_advice(action, action.due))


def due_without_meeting(evidence: Evidence) -> Iterator[Finding]:
    """A live action that is due at a meeting of its board which was postponed or cancelled.

    It does not count where another sitting of that day stands, or one that cannot be read may.
    """
    sittings: dict[tuple[str, date], list[Meeting]] = {}
    for ref, meeting in evidence.register.meetings.items():
        sittings.setdefault((ref.board, ref.day), []).append(meeting)
    for action in evidence.live:
        if not isinstance(action.due, date):
            continue
        fallen = sittings.get((action.ref.meeting.board, action.due), [])
        if fallen and not any(m.stands for m in fallen) and not _further_sitting_unread(evidence, fallen):
            message = f"it is due at {fallen[-1].ref}, which was {fallen[-1].status}"
            advice = f"Give it another day: tracker redate {action.ref} --to {_instead(evidence, fallen[-1])}"
            yield Finding(action.path, ("due",), message, advice)


def waiting_in_vain(evidence: Evidence) -> Iterator[Finding]:
    """A live action that waits for the next meeting although that is known: no earlier one is there unread."""
    for action in evidence.live:
        if action.due == NEXT_MEETING:
            board, since = action.ref.meeting.board, waits_since(evidence.register, action)
            meeting = _standing_after(evidence, board, since)
            unread = [ref for ref in unreadable_meetings(evidence.register, board) if ref.day > since]
            if meeting and not any(ref < meeting.ref for ref in unread):
                message = f"it waits for the next meeting, but {meeting.ref} is in the calendar"
                advice = f"Give it that day: tracker redate {action.ref} --to {meeting.ref.day}"
                yield Finding(action.path, ("due",), message, advice)


def follows_nothing(evidence: Evidence) -> Iterator[Finding]:
    """An action that follows itself, or one that is not there."""
    for action in evidence.actions:
        follows = action.follows
        if follows is None or (follows != action.ref and _there(evidence, follows)):
            continue
        itself = follows == action.ref
        message = "it follows itself" if itself else f"it follows {follows}, and there is no such action"
        advice = "Write the action that it follows, or delete `follows:`"
        yield Finding(action.path, ("follows",), message, advice)


def follows_in_a_circle(evidence: Evidence) -> Iterator[Finding]:
    """Actions that follow one another in a circle; named once, at the first of them."""
    seen: set[ActionRef] = set()
    for action in evidence.actions:
        trail: dict[ActionRef, None] = {}
        ref: ActionRef | None = action.ref
        while ref is not None and ref not in seen:
            seen.add(ref)
            trail[ref] = None
            found = evidence.register.actions.get(ref)
            ref = found.follows if found else None
        circle = _from(list(trail), ref) if ref in trail else []
        if len(circle) > 1:
            first, last = min(circle), max(circle)
            message = f"{first} and {last} follow one another in a circle"
            advice = f"Delete `follows:` in the one that came first, as a rule {first}"
            yield Finding(first.path, ("follows",), message, advice)


def doubled_text(evidence: Evidence) -> Iterator[Finding]:
    """Two live actions of a board that ask for the same, word by word."""
    first: dict[tuple[str, str], ActionRef] = {}
    for action in evidence.live:
        other = first.setdefault((action.ref.meeting.board, folded(action.text).rstrip(".")), action.ref)
        if other != action.ref:
            advice = f'If it is the same action: tracker withdraw {action.ref} --reason "Same as {other}"'
            yield Finding(action.path, ("text",), f"it asks for the same as {other}, word by word", advice, "warning")


def _unknown_owner(settings: Settings, owner: str) -> tuple[str, str]:
    known = find_owner(settings, owner)
    if known:
        return f"{quoted(owner)} is another spelling of the owner {as_word(known.key)}", f"Write `{as_word(known.key)}`"
    advice = f"Mend the spelling, or make the owner known: tracker owner add {as_word(owner)} --name NAME"
    return f"the register has no owner {quoted(owner)}", advice


def _year_advice(action: Action, due: date) -> str:
    later = real_day(due.year + 1, due.month, due.day)
    meant = later if later and later >= action.raised else None
    asks = f"If {long_day(meant)} is meant" if meant else "Is the year right? If not"
    if standing(action).live:
        return f"{asks}: tracker redate {action.ref} --to {meant or 'DATE'}"
    return f"{asks}, mend `due:` with: tracker edit {action.ref}"


def _further_sitting_unread(evidence: Evidence, fallen: list[Meeting]) -> bool:
    board, day, _ = fallen[0].ref
    sittings = (MeetingRef(board, day, sitting) for sitting in ("", *"bcdefghijklmnopqrstuvwxyz"))
    return any(evidence.unread.may_hold(ref.path) for ref in sittings)


def _instead(evidence: Evidence, fallen: Meeting) -> str:
    later = _standing_after(evidence, fallen.ref.board, fallen.ref.day)
    return str(fallen.postponed_to or (later.ref.day if later else f'"{NEXT_MEETING}"'))


def _standing_after(evidence: Evidence, board: str, day: date) -> Meeting | None:
    return next((m for m in evidence.calendar.get(board, ()) if m.stands and m.ref.day > day), None)


def _there(evidence: Evidence, ref: ActionRef) -> bool:
    return ref in evidence.register.actions or evidence.unread.may_hold(ref.path)


def _from(trail: list[ActionRef], ref: ActionRef | None) -> list[ActionRef]:
    return trail[trail.index(ref) :] if ref else []
