"""Times of the day, as people here write them and as files hold them."""

import re
from typing import Final

from tracker.errors import NotUnderstood
from tracker.model.quoting import quoted

_LONGEST: Final = 20
_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"

_MERIDIEM = r"(?P<half>[ap])\.?m\.?"
_FORMS = (
    r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?: ?(?:hrs?|hours))?",
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2}) ?(?:hrs?|hours)",
    rf"(?P<hour>[0-9]{{1,2}})(?:[:.](?P<minute>[0-9]{{2}}))? ?{_MERIDIEM}",
)


def is_time(text: str) -> bool:
    """Whether the text is a time as files hold it: exactly `HH:MM`, from `00:00` to `23:59`."""
    return re.fullmatch(_CLOCK, text) is not None


def read_time(text: str) -> str:
    """Read `10:00`, `10am`, `10.00 am`, `1000hrs` or `12 noon`; returns it as `HH:MM`.

    `12am` is midnight and `12pm` noon. Raises NotUnderstood for anything that is not clearly a time,
    a bare number among them.
    """
    tidy = " ".join(text[: _LONGEST + 1].lower().split(" ")).strip()
    found = _found(re.sub(" +", " ", tidy)) if len(text) <= _LONGEST else None
    if found is None or not is_time(found):
        raise NotUnderstood(f"{quoted(text)} is not understood as a time. Write it as 10:00, 10am, 2.30 pm or 1000hrs.")
    return found


def _found(text: str) -> str | None:
    if text in ("noon", "12 noon", "12noon"):
        return "12:00"
    match = next((m for form in _FORMS if (m := re.fullmatch(form, text))), None)
    if match is None:
        return None
    parts = match.groupdict()
    hour, half = int(parts["hour"]), parts.get("half")
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"{hour:02}:{parts['minute'] or '00'}"
