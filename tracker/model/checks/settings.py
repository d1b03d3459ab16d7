"""Checks of `register.yaml`."""

from collections.abc import Iterator

from tracker.model.checks.evidence import Evidence, Finding, as_word
from tracker.model.owners import folded
from tracker.model.quoting import quoted
from tracker.model.records import Owner
from tracker.model.references import REGISTER_PATH


def shared_spellings(evidence: Evidence) -> Iterator[Finding]:
    """A spelling that two owners share, so that nobody can say whose an action is."""
    first: dict[str, Owner] = {}
    for owner in evidence.register.settings.owners:
        for field, spelling in _places(owner):
            other = first.setdefault(folded(spelling), owner)
            if other.key != owner.key:
                message = f"{quoted(spelling)} is a spelling of both {as_word(other.key)} and {as_word(owner.key)}"
                yield Finding(REGISTER_PATH, field, message, "Delete it from the one that it does not belong to")


def _places(owner: Owner) -> Iterator[tuple[tuple[str | int, ...], str]]:
    here = ("owners", owner.key)
    yield here, owner.key
    yield (*here, "name"), owner.name
    for number, alias in enumerate(owner.aliases):
        yield (*here, "aliases", number), alias
