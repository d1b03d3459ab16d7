"""The frame of a meeting's notes: who was there, what became of earlier actions, what was raised."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from tracker.model.calendar import meetings_of, the_board
from tracker.model.holding import actions_at
from tracker.model.records import Action, Item, Meeting, Person, Register
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.head import Given, Head, head_of
from tracker.reports.papers.matters_arising import Matter, matters_arising
from tracker.reports.papers.overview import OverviewRow, meeting_before, overview, shown_meeting
from tracker.reports.rows import ActionRow


class Delegation(NamedTuple):
    """People of one organisation, by its full name where it is a known owner; None where none was given."""

    organisation: str | None
    people: tuple[Person, ...]


class AgendaItem(NamedTuple):
    """An item of the agenda with the actions raised under it; `lead` is the full name of who leads on it."""

    item: Item
    lead: str | None
    rows: tuple[ActionRow, ...]


class Notes(NamedTuple):
    """The notes of one meeting.

    `before` is the meeting before it that stands, None if there is none. `previous` are the actions raised
    there, `earlier` those of older meetings, as far as this meeting dealt with them or they fell due by it;
    `untouched` counts the shown actions of `before` that are not among these, `hidden` those of it that are
    withheld. `loose` are actions raised without an agenda item. `following` are the meetings after this
    one up to the first that stands: of a postponed or cancelled one the notes told when they were written.
    """

    head: Head
    withheld: Withheld
    attendees: tuple[Delegation, ...]
    apologies: tuple[Delegation, ...]
    before: Meeting | None
    previous: tuple[Matter, ...]
    earlier: tuple[Matter, ...]
    untouched: int
    hidden: int
    agenda: tuple[AgendaItem, ...]
    loose: tuple[ActionRow, ...]
    overview: tuple[OverviewRow, ...]
    following: tuple[Meeting, ...]

    @property
    def paper(self) -> str:
        return "notes"


def notes(register: Register, meeting: Meeting, day: date, audience: Audience, given: Given = Given()) -> Notes:
    """The notes of the meeting, with its actions as at the end of `day`; NotFound where its board cannot be read.

    What was agreed is told in the words that hold now: a later correction mends what was printed.
    """
    board = the_board(register, meeting.ref.board)
    if audience.public(board.key):
        # Another board's action, dealt with here, is printed in this board's paper.
        audience = audience._replace(choice="public")
    shown = shown_meeting(meeting, audience)
    before = meeting_before(register, meeting)
    matters = matters_arising(register, meeting, before, day)
    seen = [matter for matter in matters if audience.shows(matter.row.action)]
    previous, earlier = _by_meeting(seen, before)
    closing = overview(register, meeting, day, audience, given=given)
    raised = tuple(entry.row for entry in closing.rows)
    agenda = tuple(_under(register, item, raised) for item in shown.items)
    raised_before = _raised_at(register, before, day)
    shown_before = sum(map(audience.shows, raised_before))
    return Notes(
        head=head_of(register, day, board, shown, given),
        withheld=Withheld(len(matters) - len(seen) + closing.withheld.actions, len(meeting.items) - len(shown.items)),
        attendees=_by_organisation(register, meeting.attendees),
        apologies=_by_organisation(register, meeting.apologies),
        before=before,
        previous=previous,
        earlier=earlier,
        untouched=shown_before - len(previous),
        hidden=len(raised_before) - shown_before,
        agenda=agenda,
        loose=_loose(raised, agenda),
        overview=closing.rows,
        following=tuple(_following(register, meeting)),
    )


def _by_meeting(matters: Iterable[Matter], before: Meeting | None) -> tuple[tuple[Matter, ...], tuple[Matter, ...]]:
    """Those raised at the meeting before, and the others."""
    previous: list[Matter] = []
    earlier: list[Matter] = []
    for matter in matters:
        (previous if before and matter.row.ref.meeting == before.ref else earlier).append(matter)
    return tuple(previous), tuple(earlier)


def _under(register: Register, item: Item, raised: Iterable[ActionRow]) -> AgendaItem:
    rows = tuple(row for row in raised if row.action.item == item.number)
    return AgendaItem(item, _full_name(register, item.lead), rows)


def _loose(raised: Iterable[ActionRow], agenda: Iterable[AgendaItem]) -> tuple[ActionRow, ...]:
    numbers = {entry.item.number for entry in agenda}
    return tuple(row for row in raised if row.action.item not in numbers)


def _raised_at(register: Register, meeting: Meeting | None, day: date) -> list[Action]:
    """What the meeting had raised by the end of the day."""
    return [] if meeting is None or meeting.ref.day > day else actions_at(register.actions, meeting.ref)


def _following(register: Register, meeting: Meeting) -> Iterator[Meeting]:
    for found in meetings_of(register, meeting.ref.board):
        if found.ref.day > meeting.ref.day:
            yield found
            if found.stands:
                return


def _by_organisation(register: Register, people: Iterable[Person]) -> tuple[Delegation, ...]:
    groups: dict[str | None, list[Person]] = {}
    for person in people:
        groups.setdefault(_full_name(register, person.organisation), []).append(person)
    return tuple(Delegation(name, tuple(members)) for name, members in groups.items())


def _full_name(register: Register, key: str | None) -> str | None:
    """The owner's full name; what is no owner's key is printed as it stands."""
    return next((owner.name for owner in register.settings.owners if owner.key == key), key)
