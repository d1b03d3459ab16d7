"""The small words of dates as people type them, and the refusals that readers of days share."""

import re
from typing import Final

from tracker.errors import NotUnderstood
from tracker.model.dates import FIRST_YEAR, LAST_YEAR, MONTHS, WEEKDAYS
from tracker.model.quoting import quoted

LONGEST: Final = 100
"""No day takes more characters to write."""

UNDERSTOOD: Final = (
    "Write it as 25/02/2026, 25 Feb, 25 February 2026, 2026-02-25, yesterday, in 6 weeks, "
    "2 weeks ago, in 10 working days, next Friday, end of March, next meeting or June 2026 meeting."
)

_MONTH_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): number for number, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_WEEKDAY_NUMBERS = {
    **{name.lower(): number for number, name in enumerate(WEEKDAYS)},
    **{name[:3].lower(): number for number, name in enumerate(WEEKDAYS)},
    "tues": 1, "weds": 2, "thur": 3, "thurs": 3,
}  # fmt: skip

MONTH: Final = "(?:" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + ")"
WEEKDAY: Final = "(?:" + "|".join(sorted(_WEEKDAY_NUMBERS, key=len, reverse=True)) + ")"

# What a day pasted from a document brings along: no-break spaces and the printer's apostrophe.
_FROM_DOCUMENTS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2019": "'"})

# Texts that are nearly a day, and what to write instead. The first that fits is told.
_NEARLY = (
    (rf"{MONTH}[. -]+[0-9]{{1,2}}(?:st|nd|rd|th)?(?: .*)?", "The day comes before the month, as in 25 February 2026."),
    (r"(?:by )?[0-9]{4}", "A year alone is no day; write the day, as in 25/02/2026."),
    (r"[0-9]{4}[./ -].*", "A date that begins with the year is written exactly as 2026-02-25."),
    (r"[0-9]{1,2}[.-][0-9]{1,2}\.?", "A day without its year is written 25/02 or 25 Feb."),
    (rf"(?:(?:this|on|by) )?{WEEKDAY}", "Say next Friday or last Friday, or write the date."),
    (rf"(?:in )?{MONTH}\.?(?: [0-9]{{4}})?", "Say which day of the month, as in 25 May 2026, or end of May."),
    (r"[0-9]+ ?(?:working )?(?:d|w|m|y|days?|weeks?|months?|years?)", "Say in 6 weeks or 6 weeks ago."),
    (r"[0-9]{1,2}(?:st|nd|rd|th)?", "Say which month, as in 25 Feb."),
)


def tidied(text: str) -> str:
    """The text in lower case, without commas, with single spaces; nothing else in it is changed."""
    return " ".join(part for part in re.split("[ \t\r\n,]+", text.translate(_FROM_DOCUMENTS).lower()) if part)


def plain(text: str) -> str | None:
    """The text `tidied`; None if it is too long for a day or holds what no day is written with.

    Foreign digits and full-width letters are refused here, before a pattern could take them for ours.
    """
    if len(text) > LONGEST:
        return None
    text = text.translate(_FROM_DOCUMENTS)
    return None if re.search("[^\t\r\n -~]", text) else tidied(text)


def month_number(name: str) -> int:
    """1 to 12 for a month's full or short name in lower case."""
    return _MONTH_NUMBERS[name]


def weekday_number(name: str) -> int:
    """0 (Monday) to 6 for a weekday's full or short name in lower case."""
    return _WEEKDAY_NUMBERS[name]


def full_year(digits: str) -> int:
    """The year of two or four figures; two are of this century (`25` is 2025).

    Raises NotUnderstood for a year that can only be a slip of the finger.
    """
    year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise NotUnderstood(
            f"The year {digits} looks like a slip of the finger. Years from {FIRST_YEAR} to {LAST_YEAR} are understood."
        )
    return year


def too_far(said: str) -> NotUnderstood:
    """The error for a day beyond the years that are understood."""
    return NotUnderstood(
        f"{quoted(said)} is too far away. Days from {FIRST_YEAR} to {LAST_YEAR} are understood; check the number."
    )


def not_a_day(said: str) -> NotUnderstood:
    """The error for words that are no day, with what to write instead."""
    text = plain(said)
    if text == "":
        return NotUnderstood(f"No day was given. {UNDERSTOOD}")
    hints = (hint for pattern, hint in _NEARLY if text is not None and re.fullmatch(pattern, text))
    return NotUnderstood(f"{quoted(said)} is not understood as a day. {next(hints, UNDERSTOOD)}")
