"""The calendar as calendar programs take it (RFC 5545): subscribing or importing again changes nothing.

Every entry keeps its UID, made from the reference, and the same register gives the same bytes: nothing
here comes from the clock or the machine.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from tracker.model.dates import long_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.papers.calendar import calendar_title, meeting_status, notes
from tracker.renderers.papers.common import withheld_words
from tracker.renderers.words import due_words, latest_words, status_words
from tracker.reports.papers.calendar import Calendar, DueDay, Sitting

if TYPE_CHECKING:
    from icalendar import Component, Event

    from tracker.renderers.base import Report

ZONE: Final = "Europe/London"
_PRODUCT: Final = "-//tracker//Action tracker//EN"
_END: Final = b"END:VCALENDAR\r\n"
_HOUR: Final = timedelta(hours=1)
# When summer time begins and ends. Source: the Summer Time Order 2002: at 1:00 UTC on the last Sundays of
# March and October, as it has been since the years given here.
_SUMMER: Final = ("DAYLIGHT", "BST", datetime(1981, 3, 29, 1), 3)
_WINTER: Final = ("STANDARD", "GMT", datetime(1996, 10, 27, 2), 10)


def write(report: "Report", file: BinaryIO, screen: Screen = Screen()) -> None:
    """One entry after the other, in lines that end with CRLF."""
    calendar = cast(Calendar, report)
    register = _register_name(calendar)
    file.write(_frame(calendar).removesuffix(_END))
    for entry in screen.watch([*calendar.sittings, *calendar.due_days]):
        event = _meeting(entry, register) if isinstance(entry, Sitting) else _due(entry, register)
        file.write(event.to_ical())
    file.write(_END)


def _register_name(calendar: Calendar) -> str:
    """What tells this register's entries from those of another: its title as a word.

    Only a new title of the register changes the UIDs.
    """
    plain = unicodedata.normalize("NFKD", calendar.head.register_title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-") or "register"


def _frame(calendar: Calendar) -> bytes:
    """The calendar without its entries."""
    from icalendar import Calendar as VCalendar

    frame = VCalendar()
    frame.add("PRODID", _PRODUCT)
    frame.add("VERSION", "2.0")
    frame.add("CALSCALE", "GREGORIAN")
    frame.add("METHOD", "PUBLISH")
    for name in ("NAME", "X-WR-CALNAME"):  # RFC 7986, and what was used before it
        frame.add(name, clean(calendar_title(calendar)))
    frame.add("X-WR-TIMEZONE", ZONE)
    remarks = (calendar.head.classification, *notes(calendar), *withheld_words(calendar.withheld))
    told = " ".join(clean(remark) for remark in remarks if remark)
    if told:
        for name in ("DESCRIPTION", "X-WR-CALDESC"):
            frame.add(name, told)
    frame.add_component(_zone())
    content: bytes = frame.to_ical()
    return content


def _zone() -> "Component":
    from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

    zone = Timezone()
    zone.add("TZID", ZONE)
    for kind, name, start, month in (_SUMMER, _WINTER):
        summer = kind == "DAYLIGHT"
        rule = TimezoneDaylight() if summer else TimezoneStandard()
        rule.add("DTSTART", start)
        rule.add("TZOFFSETFROM", timedelta() if summer else _HOUR)
        rule.add("TZOFFSETTO", _HOUR if summer else timedelta())
        rule.add("TZNAME", name)
        rule.add("RRULE", vRecur(FREQ="YEARLY", BYMONTH=month, BYDAY="-1SU"))
        zone.add_component(rule)
    return zone


def _meeting(sitting: Sitting, register: str) -> "Event":
    """A meeting; on its whole day while no time is known, without an end while that is not known."""
    meeting = sitting.meeting
    summary = sitting.board.title if meeting.stands else f"{meeting.status.capitalize()}: {sitting.board.title}"
    event = _event(str(meeting.ref), register, summary, meeting.ref.day, 0 if meeting.stands else 1)
    if meeting.time is None:
        event.add("DTSTART", meeting.ref.day)
    else:
        _add_time(event, "DTSTART", meeting.ref.day, meeting.time)
        if meeting.ends and meeting.ends > meeting.time:
            _add_time(event, "DTEND", meeting.ref.day, meeting.ends)
    if meeting.venue:
        event.add("LOCATION", clean(meeting.venue))
    event.add("STATUS", "CONFIRMED" if meeting.stands else "CANCELLED")
    event.add("TRANSP", "OPAQUE" if meeting.stands else "TRANSPARENT")
    event.add("CATEGORIES", ["Meeting"])
    event.add("DESCRIPTION", _text(_meeting_lines(sitting)))
    return event


def _due(due: DueDay, register: str) -> "Event":
    """A due day: on the whole day, and nobody is busy for it."""
    event = _event(str(due.row.ref), register, f"Due: {due.row.state.text}", due.told, due.events)
    event.add("DTSTART", due.day)
    event.add("TRANSP", "TRANSPARENT")
    event.add("CATEGORIES", ["Action due"])
    event.add("DESCRIPTION", _text(_due_lines(due)))
    return event


def _event(ref: str, register: str, summary: str, told: date, sequence: int) -> "Event":
    """What every entry has. `told` is the last day on which the register says that something happened to it.

    `sequence` only grows as a history does, so a program takes the later version for the later one.
    """
    from icalendar import Event

    event = Event()
    event.add("UID", f"{ref.lower().replace('/', '-')}@{register}")
    event.add("DTSTAMP", datetime.combine(told, time(), timezone.utc))
    event.add("SEQUENCE", sequence)
    event.add("SUMMARY", clean(summary))
    return event


def _add_time(event: "Event", name: str, day: date, at: str) -> None:
    """A local time. What is added has no zone of its own, so that the system's list of zones is not needed."""
    event.add(name, datetime.combine(day, time.fromisoformat(at)), parameters={"TZID": ZONE})


def _text(lines: Iterator[str]) -> str:
    return "\n".join(clean(line) for line in lines)


def _meeting_lines(sitting: Sitting) -> Iterator[str]:
    yield f"{sitting.meeting.ref}, {meeting_status(sitting, long_day)}"
    for item in sitting.items:
        yield f"{item.number} {item.title}"


def _due_lines(due: DueDay) -> Iterator[str]:
    state = due.row.state
    yield f"{due.row.ref}, {due.board.title}"
    yield f"Owner: {', '.join(state.owners) or 'no owner'}"
    yield f"Due: {due_words(state, long_day)}"
    yield f"Status: {_lasting_status(due)}"
    yield f"Latest word: {latest_words(state, long_day)}"


def _lasting_status(due: DueDay) -> str:
    """The status without the days overdue, which would be another number every morning."""
    row = due.row.changed(days_overdue=0)
    return status_words(row, long_day)
