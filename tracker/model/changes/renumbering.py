"""New numbers for actions that two clones raised under the same one."""

from collections.abc import Collection, Mapping

from tracker.model.changes.draft import Change, counted, first_words
from tracker.model.records import Action, Record, Register
from tracker.model.references import ActionRef, MeetingRef
from tracker.model.shortened import the_action


def new_numbers(taken: Collection[ActionRef], highest: Mapping[MeetingRef, int]) -> dict[ActionRef, ActionRef]:
    """For each of these references the next one that is free: above `highest` of its meeting, on either side."""
    last = dict(highest)
    found = {}
    for ref in sorted(taken):
        last[ref.meeting] = max(last.get(ref.meeting, 0), ref.number) + 1
        found[ref] = ActionRef(ref.meeting, last[ref.meeting])
    return found


def renumber(register: Register, numbers: Mapping[ActionRef, ActionRef]) -> Change:
    """Give these actions their new numbers, note the old ones in `formerly`, and mend what follows them."""
    records: dict[str, Record | None] = {}
    moved = {}
    details = []
    for old, new in numbers.items():
        action = the_action(register, old)
        records[old.path] = None
        records[new.path] = _mended(action, numbers)._replace(ref=new, formerly=(*action.formerly, old))
        moved[new.path] = old.path
        details.append(f"{old} is {new} now, because {old} was given elsewhere too: {first_words(action.text)}")
    for action in register.actions.values():
        if action.ref not in numbers and action.follows in numbers:
            records[action.path] = _mended(action, numbers)
            details.append(f"{action.ref} follows {_mended(action, numbers).follows} now")
    sentence = details[0] if len(details) == 1 else f"Gave {counted(len(numbers), 'action')} a new number"
    return Change(records, sentence, tuple(details) if len(details) > 1 else (), moved=moved)


def _mended(action: Action, numbers: Mapping[ActionRef, ActionRef]) -> Action:
    follows = action.follows
    return action._replace(follows=numbers[follows]) if follows is not None and follows in numbers else action
