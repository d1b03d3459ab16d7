"""What a register holds: frozen values that know no file, no clock and no terminal.

The records are named tuples: they cannot be changed, `_replace` makes the next state of one, and they
cost little to define and to make, which a start-up and a register of a hundred thousand actions feel.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from tracker.errors import Problem
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef, board_path

Status = Literal["open", "proposed", "discharged", "withdrawn"]
STATUSES: Final[tuple[Status, ...]] = ("open", "proposed", "discharged", "withdrawn")
LIVE: Final[frozenset[str]] = frozenset({"open", "proposed"})

MeetingStatus = Literal["scheduled", "held", "postponed", "cancelled"]
MEETING_STATUSES: Final[tuple[MeetingStatus, ...]] = ("scheduled", "held", "postponed", "cancelled")

EventKind = Literal[
    "update", "carried forward", "re-dated", "reassigned", "reworded",
    "proposed", "discharged", "withdrawn", "reopened", "corrected",
]  # fmt: skip
EVENTS: Final[tuple[EventKind, ...]] = (
    "update", "carried forward", "re-dated", "reassigned", "reworded",
    "proposed", "discharged", "withdrawn", "reopened", "corrected",
)  # fmt: skip

Route = Literal["at meeting", "paper", "out of meeting", "future item", "business as usual"]
ROUTES: Final[tuple[Route, ...]] = ("at meeting", "paper", "out of meeting", "future item", "business as usual")

Publish = Literal["public", "internal"]
PUBLISH: Final[tuple[Publish, ...]] = ("public", "internal")

NEXT_MEETING: Final = "next meeting"
Due = date | Literal["next meeting"] | None
"""A day; the words `next meeting` while none is in the calendar; or None for no due day."""

EventValue = str | date | tuple[str, ...] | None
"""What an event's `from` and `to` hold: a text, a due day (or `next meeting`), owners, or nothing."""


class Event(NamedTuple):
    """One entry of an action's history.

    `before` and `after` are the file's `from` and `to`: the due day, the owners or the text that the
    event replaced and set. `before_said` and `after_said` are the due words that went with those days
    (`from_said`, `to_said` in the file).
    """

    date: date
    event: EventKind
    meeting: MeetingRef | None = None
    before: EventValue = None
    after: EventValue = None
    before_said: str | None = None
    after_said: str | None = None
    route: Route | None = None
    note: str | None = None


class Action(NamedTuple):
    """What a meeting asked someone to do. `owners` holds owner keys; the first one leads.

    `formerly` are numbers that it had before a colleague's action turned out to have the same one.
    """

    ref: ActionRef
    text: str
    owners: tuple[str, ...] = ()
    due: Due = None
    due_said: str | None = None
    status: Status = "open"
    item: str | None = None
    tags: tuple[str, ...] = ()
    restricted: bool = False
    follows: ActionRef | None = None
    history: tuple[Event, ...] = ()
    formerly: tuple[ActionRef, ...] = ()

    @property
    def path(self) -> str:
        return self.ref.path

    @property
    def raised(self) -> date:
        """The day of the meeting that raised it."""
        return self.ref.meeting.day


class Person(NamedTuple):
    """Someone who attends. `organisation` is an owner's key where there is one, else any text."""

    name: str
    role: str | None = None
    organisation: str | None = None


class Item(NamedTuple):
    """An agenda item; its number is text (`3i`). A restricted one is left out of public papers, with its actions."""

    number: str
    title: str
    lead: str | None = None
    restricted: bool = False


class Meeting(NamedTuple):
    """One sitting of a board. Times are `HH:MM`."""

    ref: MeetingRef
    status: MeetingStatus = "scheduled"
    postponed_to: date | None = None
    time: str | None = None
    ends: str | None = None
    venue: str | None = None
    attendees: tuple[Person, ...] = ()
    apologies: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def path(self) -> str:
        return self.ref.path

    @property
    def stands(self) -> bool:
        """Whether it takes or took place on its day: neither postponed nor cancelled."""
        return self.status in ("scheduled", "held")


class Board(NamedTuple):
    """A body that meets. A new meeting starts from its `members` and `agenda`.

    `note`, `author` and `classification` are printed on its papers; with `publish: public` these leave
    out what is restricted unless told otherwise.
    """

    key: str
    title: str
    chair: str | None = None
    members: tuple[Person, ...] = ()
    agenda: tuple[Item, ...] = ()
    note: str | None = None
    author: str | None = None
    classification: str | None = None
    publish: Publish | None = None

    @property
    def path(self) -> str:
        return board_path(self.key)


class Owner(NamedTuple):
    """Who can owe an action: an organisation, a role or a person."""

    key: str
    name: str
    aliases: tuple[str, ...] = ()
    email: str | None = None


class Settings(NamedTuple):
    """`register.yaml`: what holds for the whole register. `owners` in the order of the file."""

    title: str = ""
    owners: tuple[Owner, ...] = ()
    commit: bool = True

    @property
    def path(self) -> str:
        return REGISTER_PATH


Record = Action | Meeting | Board | Settings


class Register:
    """Everything that could be read. It cannot be changed; `changed` makes the next state of it.

    `broken` holds, by path, the records that are there but could not be read. `highest` is the highest
    number that any file in a meeting's folder claims, read or not: the next action takes the one above.
    The mappings may read what they are asked for.
    """

    __slots__ = ("_settings", "boards", "meetings", "actions", "broken", "highest")

    def __init__(
        self, settings: Settings = Settings(), boards: Mapping[str, Board] = {},
        meetings: Mapping[MeetingRef, Meeting] = {}, actions: Mapping[ActionRef, Action] = {},
        broken: Mapping[str, Problem] = {}, highest: Mapping[MeetingRef, int] = {},
    ) -> None:  # fmt: skip
        self._settings = settings
        self.boards = boards
        self.meetings = meetings
        self.actions = actions
        self.broken = broken
        self.highest = highest

    @property
    def settings(self) -> Settings:
        """What holds for the whole register."""
        return self._settings

    def changed(self, **parts: Any) -> "Register":
        """The register with these parts in the place of its own."""
        return Register(**self._parts() | parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Register) and self._parts() == other._parts()

    def _parts(self) -> dict[str, Any]:
        return {
            "settings": self.settings, "boards": self.boards, "meetings": self.meetings,
            "actions": self.actions, "broken": self.broken, "highest": self.highest,
        }  # fmt: skip
