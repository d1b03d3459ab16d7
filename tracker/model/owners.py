"""Who is meant: owners by key, name or alias, in any case."""

from collections.abc import Iterable

from tracker.errors import NotFound
from tracker.model.quoting import quoted
from tracker.model.records import Owner, Register, Settings
from tracker.model.references import REGISTER_PATH


def known_settings(register: Register) -> Settings:
    """The register's settings, its owners among them; NotFound if `register.yaml` cannot be read."""
    if REGISTER_PATH in register.broken:
        raise NotFound(f"The owners are not known until register.yaml is mended. {register.broken[REGISTER_PATH]}")
    return register.settings


def spellings(owner: Owner) -> tuple[str, ...]:
    """Every way to write this owner."""
    return (owner.key, owner.name, *owner.aliases)


def find_owner(settings: Settings, text: str) -> Owner | None:
    """The owner known by this key, name or alias, in any case."""
    wanted = folded(text)
    return next((o for o in settings.owners if any(folded(s) == wanted for s in spellings(o))), None)


def the_owner(settings: Settings, text: str) -> Owner:
    """The owner known by this key, name or alias, in any case; NotFound names the closest spelling."""
    owner = find_owner(settings, text)
    if owner is None:
        raise unknown_owner(settings, text)
    return owner


def owner_keys(settings: Settings, texts: Iterable[str]) -> tuple[str, ...]:
    """The keys of the owners meant, each once, in the order given; `Force / OPCC` and `Force, OPCC` are two.

    NotFound names the closest spelling that is known and how to add an owner.
    """
    keys: list[str] = []
    for text in texts:
        for part in _parts(settings, text):
            keys.append(the_owner(settings, part).key)
    return tuple(dict.fromkeys(keys))


def unknown_owner(settings: Settings, text: str) -> NotFound:
    """The error for an owner that the register does not know."""
    from difflib import get_close_matches

    known = [spelling for owner in settings.owners for spelling in spellings(owner)]
    by_folded = {folded(spelling): spelling for spelling in known}
    close = get_close_matches(folded(text), by_folded, n=1, cutoff=0.6)
    if close:
        return NotFound(f"There is no owner {quoted(text)}. Did you mean {by_folded[close[0]]}?")
    keys = ", ".join(owner.key for owner in settings.owners)
    have = f"The register has {keys}." if keys else "The register has none yet."
    return NotFound(f"There is no owner {quoted(text)}. {have} A new one: tracker owner add KEY --name NAME")


def _parts(settings: Settings, text: str) -> list[str]:
    """One owner whose name holds a comma or a stroke is still one."""
    if find_owner(settings, text):
        return [text]
    return [part for part in (part.strip() for part in text.replace("/", ",").split(",")) if part] or [text]


def folded(text: str) -> str:
    """A name as it is compared: in any case, however it is spaced."""
    return " ".join(text.split()).casefold()
