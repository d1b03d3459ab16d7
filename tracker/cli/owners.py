"""Owners named on the command line."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.model.records import Register


def owner_key(register: "Register", text: str | None) -> str | None:
    """The key of one owner, however it was written; None where none was named."""
    if not text:
        return None
    from tracker.model.owners import known_settings, owner_keys

    return owner_keys(known_settings(register), [text])[0]


def must_be_owners(session: "Session", text: str) -> None:
    """Raise what is wrong with an answer that should name owners the register knows."""
    from tracker.model.owners import known_settings, owner_keys

    owner_keys(known_settings(session.load().register), [text])
