"""What an action says and who owes it: owners, text, tags, and whether it is restricted."""

from collections.abc import Sequence

from tracker.errors import NotUnderstood, Refused
from tracker.model.changes.draft import Change, Occasion, first_words, with_event
from tracker.model.changes.steps import each
from tracker.model.owners import known_settings, owner_keys
from tracker.model.quoting import quoted
from tracker.model.records import Action, Event, Register


def reassign(
    register: Register, actions: Sequence[Action], occasion: Occasion, owners: Sequence[str], reason: str | None
) -> Change:
    """Give the actions these owners, as typed, in place of theirs."""
    keys = owner_keys(known_settings(register), owners)
    if not keys:
        raise Refused("Who must do it? Say it with --owner.")

    def step(action: Action) -> tuple[Action, str]:
        if keys == action.owners:
            raise Refused(f"{action.ref} is {', '.join(keys)}'s already.")
        event = Event(occasion.day, "reassigned", occasion.at, before=action.owners, after=keys, note=reason)
        changed = with_event(action, event)._replace(owners=keys)
        return changed, f"Reassigned {action.ref} to {', '.join(keys)}: {first_words(action.text)}"

    return each(register, actions, occasion, "Reassigned", step)


def reword(register: Register, action: Action, occasion: Occasion, text: str, reason: str | None) -> Change:
    """Give the action this text."""
    new = text.strip()

    def step(action: Action) -> tuple[Action, str]:
        if not new:
            raise Refused("An action needs a text: what is asked for, in a sentence.")
        if new == action.text:
            raise Refused(f"{action.ref} says that already.")
        event = Event(occasion.day, "reworded", occasion.at, before=action.text, after=new, note=reason)
        return with_event(action, event)._replace(text=new), f"Reworded {action.ref}: {first_words(new)}"

    return each(register, [action], occasion, "Reworded", step)


def tag(register: Register, actions: Sequence[Action], signed: Sequence[str]) -> Change:
    """Add (`+rural-crime`) and take off (`-rural-crime`) tags. Tags are labels, without a history."""
    added = [_tag(word) for word in signed if word.startswith("+")]
    dropped = [_tag(word) for word in signed if word.startswith("-")]

    def step(action: Action) -> tuple[Action, str]:
        missing = [name for name in dropped if name not in action.tags]
        if missing:
            raise Refused(f"{action.ref} has no tag {missing[0]}. It has: {', '.join(action.tags) or 'none'}.")
        kept = [name for name in action.tags if name not in dropped]
        tags = tuple(dict.fromkeys([*kept, *added]))
        if tags == action.tags:
            raise Refused(f"{action.ref} has the tags {', '.join(tags) or '(none)'} already.")
        now = ", ".join(tags) if tags else "nothing"
        return action._replace(tags=tags), f"Tagged {action.ref} with {now}: {first_words(action.text)}"

    return each(register, actions, None, "Tagged", step)


def restrict(register: Register, actions: Sequence[Action], restricted: bool) -> Change:
    """Mark the actions as restricted (left out of public papers), or take the mark off."""
    did = "Restricted" if restricted else "Lifted the restriction on"

    def step(action: Action) -> tuple[Action, str]:
        if action.restricted == restricted:
            raise Refused(f"{action.ref} is {'restricted already' if restricted else 'not restricted'}.")
        return action._replace(restricted=restricted), f"{did} {action.ref}: {first_words(action.text)}"

    return each(register, actions, None, did, step)


def _tag(word: str) -> str:
    name = word[1:].strip()
    if not name or any(letter in name for letter in ",[]{}") or name[0] in "+-":
        raise NotUnderstood(f"{quoted(word)} is no tag. Write +rural-crime to add one and -rural-crime to take it off.")
    return name
