"""What the shell offers when a person presses Tab: references with the action's words beside them.

Completion must never disturb the line that is being typed: whatever goes wrong, nothing is offered.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from tracker.cli.session import Session
    from tracker.model.records import Register

Offer = tuple[str, str]
"""What would be inserted, and what it is."""

Offers = Callable[["Register", "Session"], Iterable[Offer]]


def _completion(offers: Offers) -> "Callable[[click.Context, click.Parameter, str], list[CompletionItem]]":
    def complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> "list[CompletionItem]":
        from click.shell_completion import CompletionItem

        from tracker.cli.session import Session
        from tracker.renderers.clean import clean

        session = ctx.ensure_object(Session)
        try:
            found = list(_fitting(offers(session.load().register, session), incomplete))
        except Exception:  # noqa: BLE001
            return []
        return [CompletionItem(value, help=clean(help_)) for value, help_ in found]

    return complete


def _fitting(offers: Iterable[Offer], typed: str) -> Iterator[Offer]:
    """The offers that begin with what was typed; a reference may be typed from its day or its number on."""
    for value, help_ in offers:
        for tail in _tails(value):
            if tail.lower().startswith(typed.lower()):
                yield tail, help_
                break


def _tails(value: str) -> Iterator[str]:
    """`PDB/2025-11-26/01`, `2025-11-26/01`, `11-26/01`, `26/01`."""
    yield value
    board, slash, rest = value.partition("/")
    if slash:
        yield rest
        yield rest[5:]
        yield rest[8:]


def _actions(register: "Register", session: "Session") -> Iterator[Offer]:
    from tracker.model.changes.draft import first_words
    from tracker.model.state import standing

    board = session.board_key(register)
    for ref, action in sorted(register.actions.items(), reverse=True):
        if standing(action).live and board in (None, ref.meeting.board):
            yield str(ref), first_words(action.text)


def _all_actions(register: "Register", session: "Session") -> Iterator[Offer]:
    from tracker.model.changes.draft import first_words

    board = session.board_key(register)
    for ref, action in sorted(register.actions.items(), reverse=True):
        if board in (None, ref.meeting.board):
            yield str(ref), f"{first_words(action.text)} ({action.status})"


def _meetings(register: "Register", session: "Session") -> Iterator[Offer]:
    board = session.board_key(register)
    for ref, meeting in sorted(register.meetings.items(), reverse=True):
        if board in (None, ref.board):
            yield str(ref), " ".join(part for part in (meeting.status, meeting.venue) if part)


def _boards(register: "Register", session: "Session") -> Iterator[Offer]:
    for key, board in sorted(register.boards.items()):
        yield key, board.title


def _records(register: "Register", session: "Session") -> Iterator[Offer]:
    yield from ((key.upper(), title) for key, title in _boards(register, session))
    yield from _meetings(register, session)
    yield from _all_actions(register, session)


def _owners(register: "Register", session: "Session") -> Iterator[Offer]:
    for owner in register.settings.owners:
        yield owner.key, owner.name


def _tags(register: "Register", session: "Session") -> Iterator[Offer]:
    yield from ((tag, "") for tag in sorted({tag for action in register.actions.values() for tag in action.tags}))


complete_actions = _completion(_actions)
complete_all_actions = _completion(_all_actions)
complete_meetings = _completion(_meetings)
complete_boards = _completion(_boards)
complete_records = _completion(_records)
complete_owners = _completion(_owners)
complete_tags = _completion(_tags)
