"""Reading a day that is counted from another: `in 6 weeks`, `-2w`, `next Friday`, `end of March`.

Everything here works on text that `when_words.plain` has tidied.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from tracker.model.dates import FIRST_YEAR, LAST_YEAR, month_end, next_month_end
from tracker.model.said import Day, Lean
from tracker.model.when_words import MONTH, WEEKDAY, full_year, month_number, too_far, weekday_number

_NAMED_DAYS: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NUMBER_WORDS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_UNITS: Final = {
    "d": "day", "day": "day", "days": "day",
    "wd": "working day", "working day": "working day", "working days": "working day",
    "w": "week", "wk": "week", "wks": "week", "week": "week", "weeks": "week",
    "fortnight": "fortnight", "fortnights": "fortnight",
    "m": "month", "month": "month", "months": "month",
    "y": "year", "yr": "year", "yrs": "year", "year": "year", "years": "year",
}  # fmt: skip

_COUNT = rf"(?P<count>[0-9]+|(?:{'|'.join(_NUMBER_WORDS)})(?= )) ?(?P<unit>{'|'.join(_UNITS)})"
_COUNTED = (
    (rf"in {_COUNT}(?:'?s?'? time)?", 1),
    (rf"{_COUNT} ago", -1),
    (rf"\+ ?{_COUNT}", 1),
    (rf"- ?{_COUNT}", -1),
)
_FORTNIGHT = "(?P<count>a )?(?P<unit>fortnight)"
_WEEKDAY = rf"(?P<which>next|last) (?P<weekday>{WEEKDAY})"
_MONTH_END = rf"(?:the )?end (?:of )?(?P<month>{MONTH})(?: (?P<year>[0-9]{{4}}))?"
_THIS_MONTH_END = "(?:the )?end of (?P<which>the|this|next|last) month"

# More figures than this are beyond every year that is understood, or a slip of the finger.
_MOST_FIGURES: Final = 5


def relative_day(text: str, base: date, lean: Lean) -> Day | None:
    """Read a day that is counted from `base`; None if the text does not look like one.

    `next Friday` is after `base`, `last Friday` before it, and neither is `base` itself. The end of a
    month without a year is the last one up to `base` or the next one from it, by `lean`. Working days
    leave out Saturdays, Sundays and the bank holidays of England. Raises NotUnderstood for a day
    beyond the years that are understood.
    """
    readers: tuple[Callable[[str, date, Lean], Day | None], ...] = (_named, _counted, _weekday, _end_of_month)
    try:
        found = next((day for reader in readers if (day := reader(text, base, lean))), None)
    except (OverflowError, ValueError) as error:
        raise too_far(text) from error
    if found and not FIRST_YEAR <= found.day.year <= LAST_YEAR:
        raise too_far(text)
    return found


def _named(text: str, base: date, lean: Lean) -> Day | None:
    days = _NAMED_DAYS.get(text)
    return None if days is None else Day(base + timedelta(days=days))


def _counted(text: str, base: date, lean: Lean) -> Day | None:
    for pattern, direction in _COUNTED:
        if match := re.fullmatch(pattern, text):
            return Day(_moved(base, direction * _count(match["count"]), _UNITS[match["unit"]]))
    # "a fortnight" alone says no direction; where something is to come, it can only be meant one way
    if lean == "future" and re.fullmatch(_FORTNIGHT, text):
        return Day(_moved(base, 1, "fortnight"))
    return None


def _count(said: str) -> int:
    if said in _NUMBER_WORDS:
        return _NUMBER_WORDS[said]
    if len(said.lstrip("0")) > _MOST_FIGURES:
        raise OverflowError(said)
    return int(said)


def _moved(base: date, count: int, unit: str) -> date:
    if unit in ("month", "year"):
        from dateutil.relativedelta import relativedelta

        return base + (relativedelta(months=count) if unit == "month" else relativedelta(years=count))
    if unit == "working day":
        return _working_days_from(base, count)
    return base + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _working_days_from(base: date, count: int) -> date:
    """Count working days, `base` not among them. Of holidays the library knows those decreed so far, and rules."""
    import holidays

    bank_holidays = holidays.country_holidays("GB", subdiv="ENG")
    step = timedelta(days=1 if count > 0 else -1)
    day, left = base, abs(count)
    while left and FIRST_YEAR <= day.year <= LAST_YEAR:
        day += step
        if day.weekday() < 5 and day not in bank_holidays:
            left -= 1
    return day


def _weekday(text: str, base: date, lean: Lean) -> Day | None:
    match = re.fullmatch(_WEEKDAY, text)
    if match is None:
        return None
    wanted = weekday_number(match["weekday"])
    if match["which"] == "next":
        return Day(base + timedelta(days=(wanted - base.weekday() - 1) % 7 + 1))
    return Day(base - timedelta(days=(base.weekday() - wanted - 1) % 7 + 1))


def _end_of_month(text: str, base: date, lean: Lean) -> Day | None:
    if match := re.fullmatch(_THIS_MONTH_END, text):
        months = base.year * 12 + base.month - 1 + {"next": 1, "last": -1}.get(match["which"], 0)
        return Day(month_end(months // 12, months % 12 + 1))
    match = re.fullmatch(_MONTH_END, text)
    if match is None:
        return None
    month = month_number(match["month"])
    if match["year"]:
        return Day(month_end(full_year(match["year"]), month))
    return Day(next_month_end(month, base) if lean == "future" else _last_month_end(month, base), year_taken=True)


def _last_month_end(month: int, base: date) -> date:
    this_year = month_end(base.year, month)
    return this_year if this_year <= base else month_end(base.year - 1, month)
