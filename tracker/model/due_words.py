"""Reading a due day: a day as anywhere else, or the words that boards use for one.

`spring 2024` is kept as it was said and taken as the last day of that season; so are a month, a year
and a financial year. Seasons are those of the weather (spring ends on 31 May); winter 2024 is the one
that begins in 2024. Words without any day (`when the pilot ends`) are kept too, for a day to be set
beside them. What looks like a date but is none is always an error, never words.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from tracker.errors import NotUnderstood
from tracker.model.dates import month_end, next_month_end
from tracker.model.said import NoDay, WhenDue, Words
from tracker.model.quoting import quoted
from tracker.model.when import find_when
from tracker.model.when_words import LONGEST, MONTH, WEEKDAY, full_year, month_number, not_a_day, tidied


_SEASON_ENDS: Final = {"spring": 5, "summer": 8, "autumn": 11, "winter": 2}
_FINANCIAL_YEAR_END: Final = 3
_SEASON = f"(?P<season>{'|'.join(_SEASON_ENDS)})"
_YEAR = "(?P<year>[0-9]{4})"
_TWO_YEARS = "(?P<year>[0-9]{4})[/-](?P<second>[0-9]{4}|[0-9]{2})"

# "before" says the same as "by" only where the end of something follows.
_BEFORE_DAY = "(?:(?:by|on|at|for) |before (?=(?:the )?end ))?(?:the )?"
_BEFORE_PERIOD = "(?:(?:by|in|at|during|over|for) |before (?=(?:the )?(?:end |year end)))?(?:the )?"
_WITHIN = "within (?=[a-z0-9]+ )"

# The beginning and the middle of a period are no day, and its last one would be far off.
_VAGUE = (
    "(?:(?:by|in) )?(?:the )?(?:early|mid|middle of|beginning of|start of)[ -](?:in )?(?:the )?"
    rf"(?:{MONTH}|{_SEASON}|year|[0-9]{{4}})(?: [0-9]{{4}})?"
)


def read_due(text: str, *, base: date) -> WhenDue:
    """Read when something is due: a day from `base` on, words that boards use, or `none`.

    `Words` holds the text as it was said, spaces tidied, and the day it is taken as; where that is
    None the caller needs a day from the user. Raises NotUnderstood for a text that is empty, too long
    or unprintable, and for one that looks like a date but is none.
    """
    said = re.sub("[ \t\r\n\u00a0\u202f]+", " ", text).strip()
    _check_said(said, text)
    tidy = tidied(said)
    if tidy == "none":
        return NoDay()
    if re.fullmatch(_VAGUE, tidy):
        return Words(said, None)
    taken_as = _period_end(tidy, base)
    if taken_as:
        return Words(said, taken_as)
    found = find_when(_without_lead(tidy), base=base, lean="future")
    if found is None and _looks_like_a_day(tidy):
        raise not_a_day(said)
    return found or Words(said, None)


def _check_said(said: str, text: str) -> None:
    if not said:
        raise not_a_day(text)
    if len(said) > LONGEST:
        raise NotUnderstood(f"{quoted(said)} is too long for a due day; {LONGEST} characters are the most. Shorten it.")
    if not said.isprintable():
        raise NotUnderstood(f"{quoted(said)} holds characters that cannot be printed. Type the due day again.")


def _without_lead(tidy: str) -> str:
    """`by the 25th February` says no more than `25th February`, `within 6 weeks` no more than `in 6 weeks`."""
    return re.sub(f"^{_BEFORE_DAY}", "", re.sub(f"^{_WITHIN}", "in ", tidy))


def _period_end(tidy: str, base: date) -> date | None:
    """The last day of the season, month or year that the text names; None if it names none."""
    bare = re.sub(f"^{_BEFORE_PERIOD}", "", tidy)
    for text, forms in ((tidy, _WITH_LEAD), (bare, _PERIODS)):
        for pattern, last_day in forms:
            if match := re.fullmatch(pattern, text):
                return last_day(match, base)
    return None


def _season_end(match: re.Match[str], base: date) -> date:
    season = match["season"]
    if match["year"] is None:
        return next_month_end(_SEASON_ENDS[season], base)
    year = full_year(match["year"])
    return month_end(year + (season == "winter"), _SEASON_ENDS[season])


def _two_year_winter_end(match: re.Match[str], base: date) -> date:
    return month_end(_second_year(match), _SEASON_ENDS["winter"])


def _month_in_year_end(match: re.Match[str], base: date) -> date:
    return month_end(full_year(match["year"]), month_number(match["month"]))


def _month_alone_end(match: re.Match[str], base: date) -> date:
    return next_month_end(month_number(match["month"]), base)


def _year_end(match: re.Match[str], base: date) -> date:
    year = match.groupdict().get("year")
    return month_end(full_year(year) if year else base.year, 12)


def _financial_year_end(match: re.Match[str], base: date) -> date:
    if match.groupdict().get("year"):
        return month_end(_second_year(match), _FINANCIAL_YEAR_END)
    return next_month_end(_FINANCIAL_YEAR_END, base)


def _next_year_end(match: re.Match[str], base: date) -> date:
    return month_end(base.year + 1, 12)


def _this_or_next_month_end(match: re.Match[str], base: date) -> date:
    if match["which"] == "this":
        return month_end(base.year, base.month)
    return month_end(base.year + base.month // 12, base.month % 12 + 1)


def _second_year(match: re.Match[str]) -> int:
    """The later of two years such as 2024/25, which have to follow one another."""
    second = full_year(match["year"]) + 1
    if match["second"] not in (f"{second}", f"{second % 100:02}"):
        said = f"{match['year']}/{match['second']}"
        raise NotUnderstood(f"{said} are not two years in a row. Did you mean {match['year']}/{second % 100:02}?")
    return second


_Forms = tuple[tuple[str, Callable[[re.Match[str], date], date]], ...]

_WITH_LEAD: Final[_Forms] = (
    (rf"(?:in|during) {_YEAR}", _year_end),
    (rf"(?:in|during) {_TWO_YEARS}", _financial_year_end),
    (rf"(?:by|in|during|late|late in|later in) (?P<month>{MONTH})", _month_alone_end),
)
"""Words for a period that say too little without the word before them (`may`, `2026`)."""

_LATE = "(?:end of|late|late in|later in)"
_PERIODS: Final[_Forms] = (
    (rf"(?:{_LATE} )?(?:the |this )?{_SEASON}(?: (?:of )?'?(?P<year>[0-9]{{4}}|[0-9]{{2}}))?", _season_end),
    (rf"(?:{_LATE} )?(?:the )?winter (?:of )?{_TWO_YEARS}", _two_year_winter_end),
    (rf"(?:(?:late|late in|later in) )?(?P<month>{MONTH}) (?:of )?{_YEAR}", _month_in_year_end),
    (rf"{_LATE} (?:(?:the )?(?:calendar )?year )?{_YEAR}", _year_end),
    (rf"{_LATE} (?:the |this )?(?:calendar )?year|(?:late |later )?this (?:calendar )?year|year[ -]end", _year_end),
    ("(?:end of )?next (?:calendar )?year", _next_year_end),
    (rf"(?:{_LATE} )?(?:the |this )?(?:financial year|fy)(?:[ -]end)?(?: {_TWO_YEARS})?", _financial_year_end),
    (rf"{_LATE} {_TWO_YEARS}", _financial_year_end),
    ("(?P<which>this|next) month", _this_or_next_month_end),
)
"""What is left of the words for a period without `by the`, and the day that each is taken as."""

_DATE_SHAPES: Final = (
    r".*[0-9] ?[./-] ?[0-9].*",
    r"[+-] ?[0-9].*",
    r"(?:(?:by|on|at|for|in|due) )?(?:the )?[0-9]\S*(?: \S+)?",
    r"(?:in|within|by|on) (?:the )?[0-9].*",
    rf"(?:the |this |next |last )?{MONTH}\.?",
    rf".*\b{WEEKDAY}s?\b.*",
    rf".*\b{MONTH}\b.*[0-9].*|.*[0-9].*\b{MONTH}\b.*",
    r".*\b[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]+ [0-9]{2,4}\b.*",
    r".*\b[a-z]+ [0-9]{1,2}(?:st|nd|rd|th)? [0-9]{4}\b.*",
)
"""Attempts at a date: bare numbers, numbers with a date's signs, a month with a number, a weekday."""


def _looks_like_a_day(tidy: str) -> bool:
    """Whether someone seems to have meant a date; other people's digits and wide letters count as ours do."""
    text = unicodedata.normalize("NFKC", tidy)
    if not any(c.isalpha() for c in text) or any(c.isdigit() and not c.isascii() for c in text):
        return True
    return any(re.fullmatch(shape, text) for shape in _DATE_SHAPES)
