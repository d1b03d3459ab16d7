"""The one place that reads the clock."""

import os
import time
from datetime import date, datetime
from typing import NamedTuple


class Now(NamedTuple):
    """The day that counts as today, and the moment of this computer's clock (`2026-02-25 10:00:00`)."""

    today: date
    moment: str


def read_clock() -> Now:
    """Today and now. `TRACKER_TODAY` says another day than the clock's: for practice, for reports, for tests."""
    now = datetime.now()
    said = os.environ.get("TRACKER_TODAY")
    return Now(_said_day(said, now.date()) if said else now.date(), now.isoformat(" ", "seconds"))


def ticking() -> float:
    """Seconds of a clock that only measures how long something takes."""
    return time.monotonic()


def _said_day(said: str, base: date) -> date:
    from tracker.model.dates import said_as_data

    plain = said_as_data(said)
    if plain is not None:
        return plain
    from tracker.errors import NotUnderstood
    from tracker.model.said import Day
    from tracker.model.when import read_when

    try:
        when = read_when(said, base=base, lean="past")
    except NotUnderstood as error:
        raise NotUnderstood(f"TRACKER_TODAY: {error}") from None
    if not isinstance(when, Day):
        raise NotUnderstood(f"TRACKER_TODAY says “{said}”; it must be a day such as 2026-02-25.")
    return when.day
