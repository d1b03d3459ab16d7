"""Which records of the register typed references mean. A full one means one file, and asks for no other.

Reading what was shortened, and whatever goes wrong, is the business of `shortened`, which takes long to import.
"""

from collections.abc import Sequence
from datetime import date

from tracker.model.calendar import the_board, the_meeting
from tracker.model.records import Action, Board, Meeting, Record, Register
from tracker.model.references import canonical_action, canonical_meeting


def find_board(register: Register, text: str) -> Board:
    """The board with this key, in any case. NotFound lists the boards there are."""
    return the_board(register, text.strip().lower())


def find_meeting(register: Register, text: str, *, today: date, board: str | None = None) -> Meeting:
    """The one meeting that this reference means; `next` and `June 2026 meeting` are looked up in the calendar.

    `board` narrows a reference that names none. Errors: NotUnderstood, NotFound, Ambiguous.
    """
    ref = canonical_meeting(text)
    if ref is not None:
        return the_meeting(register, ref)
    from tracker.model.shortened import fitting_meeting

    return fitting_meeting(register, text, today, board)


def find_actions(
    register: Register, texts: Sequence[str], *, today: date, board: str | None = None, meeting: str | None = None
) -> list[Action]:
    """The actions that these references mean, in the order given and each once; lists and ranges are understood.

    A bare number counts at `meeting`; `board` narrows what names no board. Errors as for `find_meeting`.
    """
    at = find_meeting(register, meeting, today=today, board=board) if meeting else None
    found = [_exactly(register, text) for text in texts]
    if all(found):
        return list(dict.fromkeys(action for action in found if action))
    from tracker.model.shortened import fitting_actions

    return fitting_actions(register, texts, today, board, at)


def find_record(register: Register, text: str, *, today: date, board: str | None = None) -> Record:
    """The board, meeting or action that this reference means; Ambiguous if it could be several of them."""
    action = _exactly(register, text)
    if action is not None:
        return action
    from tracker.model.shortened import fitting_record

    return fitting_record(register, text, today, board)


def find_path(register: Register, text: str, *, today: date, board: str | None = None) -> str:
    """The file of the record that this reference means, even where the record in it cannot be read."""
    from tracker.model.shortened import fitting_path

    return fitting_path(register, text, today, board)


def _exactly(register: Register, text: str) -> Action | None:
    """The action whose full reference this is; None for any other text, and if there is none that can be read."""
    ref = canonical_action(text)
    return register.actions.get(ref) if ref else None
