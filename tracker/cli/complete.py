"""What the shell offers when a person presses Tab: references with the action's words beside them.

Completion must never disturb the line that is being typed: whatever goes wrong, nothing is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tracker.cli.session import Session
    from tracker.model.records import Action, Register
    from tracker.model.references import MeetingRef

Offer = tuple[str, Callable[[], str | None]]
"""What would be inserted, and how to say what it is, which is asked only where it fits; None if it is no offer."""

Offers = Callable[["Register", "Session", str], Iterable[Offer]]
"""What a register offers where this was typed; the text only says what need not be looked at."""

_FEW: Final = 6
"""The files of so many meetings are read in less time than it takes to see that all files are as they were."""


def _completion(offers: Offers) -> "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]":
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        from tracker.cli.session import Session
        from tracker.renderers.clean import clean

        session = ctx.ensure_object(Session)
        try:
            found = session.read(
                lambda loaded: list(_fitting(offers(loaded.register, session, incomplete), incomplete))
            )
        except Exception:  # noqa: BLE001
            return []
        return [CompletionItem(value, help=clean(help_)) for value, help_ in found]

    return complete


def _fitting(offers: Iterable[Offer], typed: str) -> Iterator[tuple[str, str]]:
    """The offers that begin with what was typed; a reference may be typed from its day or its number on."""
    for value, say in offers:
        fitting = next((tail for tail in _tails(value) if tail.lower().startswith(typed.lower())), None)
        words = say() if fitting is not None else None
        if fitting is not None and words is not None:
            yield fitting, words


def _may_fit(meeting: "MeetingRef", typed: str) -> bool:
    """Whether the meeting or any of its actions can begin with what was typed."""
    said = typed.lower()
    return any(tail.startswith(said) or said.startswith(tail) for tail in _tails(f"{meeting}/".lower()))


def _tails(value: str) -> Iterator[str]:
    """`PDB/2025-11-26/01`, `2025-11-26/01`, `11-26/01`, `26/01`."""
    yield value
    board, slash, rest = value.partition("/")
    if slash:
        yield rest
        yield rest[5:]
        yield rest[8:]


def _actions(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    from tracker.model.changes.draft import first_words
    from tracker.model.state import standing

    def say(action: "Action") -> str | None:
        return first_words(action.text) if standing(action).live else None

    yield from _offered_actions(register, session, typed, say)


def _all_actions(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    from tracker.model.changes.draft import first_words

    def say(action: "Action") -> str:
        return f"{first_words(action.text)} ({action.status})"

    yield from _offered_actions(register, session, typed, say)


def _offered_actions(
    register: "Register", session: "Session", typed: str, say: "Callable[[Action], str | None]"
) -> Iterator[Offer]:
    """The actions, latest first; none of them is unpacked before it is known to fit."""
    from tracker.model.holding import actions_at

    meetings = _fitting_meetings(register, session, typed)
    if len(meetings) <= _FEW:
        refs = [action.ref for meeting in meetings for action in actions_at(register.actions, meeting)]
    else:
        wanted = frozenset(meetings)
        refs = [ref for ref in register.actions if ref.meeting in wanted]
    for ref in sorted(refs, reverse=True):
        yield str(ref), lambda ref=ref: say(register.actions[ref])  # type: ignore[misc]


def _meetings(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    meetings = _fitting_meetings(register, session, typed)
    held = register.meetings if len(meetings) <= _FEW else dict(register.meetings.items())
    for ref in meetings:
        meeting = held.get(ref)
        if meeting is not None:
            yield str(ref), _saying(" ".join(part for part in (meeting.status, meeting.venue) if part))


def _fitting_meetings(register: "Register", session: "Session", typed: str) -> "list[MeetingRef]":
    """The meetings that can fit, latest first, perhaps with some that cannot be read; none of them is read."""
    from tracker.model.holding import board_keys, meeting_refs

    only = session.board_key(register)
    boards = [only] if only else board_keys(register.boards)
    found = (ref for board in boards for ref in meeting_refs(register.meetings, board) if _may_fit(ref, typed))
    return sorted(found, reverse=True)


def _boards(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    for key, board in sorted(register.boards.items()):
        yield key, _saying(board.title)


def _records(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    yield from ((key.upper(), title) for key, title in _boards(register, session, typed))
    yield from _meetings(register, session, typed)
    yield from _all_actions(register, session, typed)


def _owners(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    for owner in register.settings.owners:
        yield owner.key, _saying(owner.name)


def _tags(register: "Register", session: "Session", typed: str) -> Iterator[Offer]:
    tags = {tag for action in register.actions.values() for tag in action.tags}
    yield from ((tag, _saying("")) for tag in sorted(tags))


def _saying(words: str) -> Callable[[], str]:
    return lambda: words


complete_actions = _completion(_actions)
complete_all_actions = _completion(_all_actions)
complete_meetings = _completion(_meetings)
complete_boards = _completion(_boards)
complete_records = _completion(_records)
complete_owners = _completion(_owners)
complete_tags = _completion(_tags)
