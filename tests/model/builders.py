"""What the tests of the model share: occasions, and the register as it is after a change."""

from tests.builders import day, meeting_ref
from tracker.model.changes.draft import Change, Occasion
from tracker.model.records import Action, Board, Event, Meeting, Register, Settings
from tracker.model.references import ActionRef


def on(text: str, at: str | None = None) -> Occasion:
    """Something that happened on this day, agreed at this meeting if one is given."""
    return Occasion(day(text), meeting_ref(at) if at else None)


def after(register: Register, change: Change) -> Register:
    """The register once the change is on file."""
    actions, meetings, boards = dict(register.actions), dict(register.meetings), dict(register.boards)
    highest, settings = dict(register.highest), register.settings
    for path, record in change.records.items():
        assert record is None or record.path == path
        match record:
            case None:
                meetings = {ref: meeting for ref, meeting in meetings.items() if meeting.path != path}
            case Action():
                actions[record.ref] = record
                highest[record.ref.meeting] = max(record.ref.number, highest.get(record.ref.meeting, 0))
            case Meeting():
                meetings[record.ref] = record
            case Board():
                boards[record.key] = record
            case Settings():
                settings = record
    return register.changed(actions=actions, meetings=meetings, boards=boards, highest=highest, settings=settings)


def changed(change: Change) -> Action:
    """The one action that the change writes."""
    found = [record for record in change.records.values() if isinstance(record, Action)]
    assert len(found) == 1, change.records
    return found[0]


def last_event(change: Change) -> Event:
    """The last event of the one action that the change writes."""
    return changed(change).history[-1]


def the(register: Register, ref: ActionRef | str) -> Action:
    """The action of this reference, given as text."""
    return next(action for found, action in register.actions.items() if str(found) == str(ref))
