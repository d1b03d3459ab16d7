"""Words that stand in the files, and words for what stands there, fit for a sentence."""

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO_SHAPE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})[b-z]?"

NO_DAY = "none"
"""What `from` and `to` of an event say where there was no due day."""

# Source: YAML 1.1, "Boolean Language-Independent Type".
TRUTH = {"true": True, "yes": True, "on": True, "y": True, "false": False, "no": False, "off": False, "n": False}
"""What a person may write for true and false, in any case."""


def visible(text: str) -> str:
    """The text with every control, invisible, bidirectional or undecodable character written as an escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def no_such_day(text: str) -> str | None:
    """Why a text of the shape `2025-02-30` is no day; None if it has another shape or cannot be told."""
    match = re.fullmatch(_ISO_SHAPE, text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    if not 1 <= month <= 12:
        return f"there is no month {month:02}, days are written year-month-day"
    return f"{day} {_MONTHS[month - 1]} {year} does not exist"
