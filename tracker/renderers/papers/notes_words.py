"""What became of an action at a meeting, in the words that a board's notes use."""

from datetime import date
from typing import Final, cast

from tracker.model.records import NEXT_MEETING, Event, Route
from tracker.renderers.words import SayDay, cell_words
from tracker.reports.papers.matters_arising import Matter

# Words with which an outcome goes on from `discharged, …` in small letters. Any other first word may be
# a name, and keeps its capital after a colon.
_GOES_ON: Final = frozenset(
    "a accepted added addressed agreed all an answered approved as at been being brief briefed briefing by circulated "
    "completed considered covered data dealt delivered discussed done explained final figures first for full given has "
    "in included incorporated information interim it issued letter met national no noted now on paper part "
    "presented provided published put raised received replaced report reported resolved reviewed scheduled see sent "
    "set shared shown submitted superseded supplied taken that the this to update updated verbal was will with "
    "written".split()
)
_SAYS_ROUTE: Final[dict[Route, tuple[str, ...]]] = {
    "at meeting": ("at meeting", "at the meeting", "verbal"),
    "paper": ("paper",),
    "out of meeting": ("out of meeting", "outside the meeting", "outside of the meeting"),
    "future item": ("future item", "future meeting", "item on", "agenda of"),
    "business as usual": ("business as usual", "bau"),
}


def matter_words(matter: Matter, meeting_day: date, say_day: SayDay) -> str:
    """`discharged, reported in the item 4 paper`; `carried forward to 10 June 2026`; `no update recorded`.

    What did not happen on the day of the meeting says its day.
    """
    state = matter.row.state
    events = matter.decided or ((matter.reported,) if matter.reported else ())
    parts = [_event_words(event, matter, meeting_day, say_day) for event in events]
    if state.proposed_on and not any(event.event == "proposed" for event in events):
        parts.append(f"with the Board since {say_day(state.proposed_on)}")
    return "; ".join(parts) or "no update recorded"


def _event_words(event: Event, matter: Matter, meeting_day: date, say_day: SayDay) -> str:
    words = _WORDS.get(event.event, event.event)
    if event.date != meeting_day:
        words += f" on {say_day(event.date)}"
    if event.event in ("carried forward", "re-dated"):
        words += f" to {_due_words(event, say_day)}{_turn(event, matter)}"
    elif event.event == "reassigned":
        words += f" to {cell_words(event.after, say_day) or 'no owner'}"
    return _with_route(f"{words}{_note(event)}", event)


_WORDS: Final = {
    "update": "update received",
    "proposed": "proposed for discharge",
    "corrected": "the words of its outcome corrected",
}


def _due_words(event: Event, say_day: SayDay) -> str:
    if event.after == NEXT_MEETING:
        return "the next meeting"
    day = cell_words(cast(date | None, event.after), say_day) or "no due day"
    return f"{day} ({event.after_said})" if event.after_said else day


def _turn(event: Event, matter: Matter) -> str:
    """Which time it was, from the second on: a board should see that."""
    history = matter.row.action.history
    times = sum(past.event == "carried forward" and past.date <= event.date for past in history)
    if event.event != "carried forward" or times < 2:
        return ""
    return f", its {_ORDINALS.get(times, f'{times}th')} time"


_ORDINALS: Final = {2: "second", 3: "third", 4: "fourth", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth"}


def _note(event: Event) -> str:
    """The note: after a discharge it goes on in small letters where that cannot maim a name, else after a colon."""
    note = (event.note or "").strip().removesuffix(".")
    if not note:
        return ""
    first, space, rest = note.partition(" ")
    if event.event == "discharged" and first.casefold() in _GOES_ON and not first.isupper():
        return f", {first.lower()}{space}{rest}"
    return f": {note}"


def _with_route(words: str, event: Event) -> str:
    """The words, with the route in brackets where they do not name it."""
    if event.route is None or any(said in words.casefold() for said in _SAYS_ROUTE[event.route]):
        return words
    return f"{words} ({event.route})"
