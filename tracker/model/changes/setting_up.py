"""The register's own furniture: boards and owners."""

from collections.abc import Sequence

from tracker.errors import NotUnderstood, Refused
from tracker.model.changes.draft import Change, Draft, listed
from tracker.model.owners import find_owner, known_settings, the_owner
from tracker.model.quoting import quoted
from tracker.model.records import Board, Owner, Register
from tracker.model.references import is_board_key


def add_board(register: Register, board: Board) -> Change:
    """Make a board. Its key becomes the first part of every reference to its records."""
    if not is_board_key(board.key):
        raise NotUnderstood(
            f"{quoted(board.key)} cannot be a board's key. A key is short, in small letters, digits and hyphens, "
            "and begins with a letter, like pdb."
        )
    if board.key in register.boards or board.path in register.broken:
        raise Refused(f"There is a board {board.key.upper()} already.")
    draft = Draft(register)
    draft.put(board)
    draft.say(f"Added the board {board.key.upper()}, {board.title}")
    draft.note(f"Next, its first meeting: tracker meeting add {board.key} DATE")
    return draft.done("")


def add_owner(register: Register, owner: Owner) -> Change:
    """Make an owner known, by key, name and aliases that nobody else has."""
    _free(register, [owner.key, owner.name, *owner.aliases])
    if not owner.key.strip() or any(letter in owner.key for letter in ",/;[]{}") or owner.key.startswith("-"):
        raise NotUnderstood(f"{quoted(owner.key)} cannot be an owner's key. Choose a short word such as Force or OPCC.")
    draft = Draft(register)
    draft.put(known_settings(register)._replace(owners=(*register.settings.owners, owner)))
    also = f", also written {listed(list(owner.aliases))}" if owner.aliases else ""
    draft.say(f"Added the owner {owner.key}, {owner.name}{also}")
    return draft.done("")


def add_aliases(register: Register, key: str, aliases: Sequence[str]) -> Change:
    """Let an owner be known by further spellings too."""
    owner = the_owner(known_settings(register), key)
    _free(register, aliases)
    changed = owner._replace(aliases=(*owner.aliases, *dict.fromkeys(aliases)))
    owners = tuple(changed if known.key == owner.key else known for known in known_settings(register).owners)
    draft = Draft(register)
    draft.put(known_settings(register)._replace(owners=owners))
    draft.say(f"{owner.key} is also known as {listed(list(dict.fromkeys(aliases)))} now")
    return draft.done("")


def _free(register: Register, spellings: Sequence[str]) -> None:
    for spelling in spellings:
        taken = find_owner(known_settings(register), spelling)
        if taken:
            raise Refused(f"{quoted(spelling)} is {taken.key} already.")
