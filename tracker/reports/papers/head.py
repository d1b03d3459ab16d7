"""What stands at the head of every paper."""

from datetime import date
from typing import NamedTuple, Protocol

from tracker.model.records import Board, Meeting, Register


class Paper(Protocol):
    """What makes a report a paper: it says which, and that is the name of the module that words it."""

    @property
    def paper(self) -> str: ...


class Head(NamedTuple):
    """Whose paper it is and for which meeting; what was not given is None.

    `as_of` is the day whose state the paper shows. `agenda_item` is the item under which it is taken.
    """

    register_title: str
    as_of: date
    board: Board | None = None
    meeting: Meeting | None = None
    agenda_item: str | None = None
    author: str | None = None
    classification: str | None = None


class Given(NamedTuple):
    """What was said about a paper on the command line; it goes before what the board's file says."""

    agenda_item: str | None = None
    author: str | None = None
    classification: str | None = None


def head_of(
    register: Register, as_of: date, board: Board | None = None, meeting: Meeting | None = None, given: Given = Given()
) -> Head:
    """The head of a paper. An agenda item that names one of the meeting's items by number gets its title."""
    return Head(
        register.settings.title,
        as_of,
        board,
        meeting,
        _item_words(meeting, given.agenda_item),
        given.author or (board.author if board else None),
        given.classification or (board.classification if board else None),
    )


def _item_words(meeting: Meeting | None, said: str | None) -> str | None:
    items = meeting.items if meeting and said else ()
    found = next((item for item in items if item.number.casefold() == (said or "").casefold()), None)
    return f"{found.number} {found.title}" if found else said
