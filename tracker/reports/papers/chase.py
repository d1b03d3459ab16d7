"""The letters that ask owners for updates before a meeting."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import date
from typing import Final, NamedTuple

from tracker.model.asking import last_asked
from tracker.model.calendar import next_meeting
from tracker.model.dates_relative import relative_day
from tracker.model.records import NEXT_MEETING, Board, Meeting, Owner, Register
from tracker.model.references import ActionRef
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.head import Head, head_of
from tracker.reports.rows import ActionRow, live_rows

WORKING_DAYS_BEFORE: Final = 5
"""How long before a meeting replies are wanted, so that the secretary can still write the paper."""


class Ask(NamedTuple):
    """Whose letters, and about what; None means no limit.

    `owner` and `board` are keys. With `meeting` only its board's actions are asked for, by that meeting;
    without, each board's by its next one. `reply_by` is None for what follows from the meeting.
    """

    owner: str | None = None
    board: str | None = None
    meeting: Meeting | None = None
    reply_by: date | None = None


class Asked(NamedTuple):
    """An action in a letter. `others` are the names of those who owe it too.

    `asked_on` is the last day on which an update was asked for before, where that was noted.
    """

    row: ActionRow
    others: tuple[str, ...] = ()
    asked_on: date | None = None


class Part(NamedTuple):
    """What one letter asks for one board, whose next meeting is None while it is not in the calendar.

    `reply_by` is None where no day is left before the meeting: as soon as possible.
    """

    board: Board
    meeting: Meeting | None
    reply_by: date | None
    overdue: tuple[Asked, ...] = ()
    due: tuple[Asked, ...] = ()
    with_board: tuple[Asked, ...] = ()

    @property
    def sections(self) -> tuple[tuple[str, tuple[Asked, ...]], ...]:
        """The actions by what is asked of them: `overdue`, `due`, `with the board`."""
        return (("overdue", self.overdue), ("due", self.due), ("with the board", self.with_board))

    @property
    def asked(self) -> tuple[Asked, ...]:
        """All actions in this part."""
        return (*self.overdue, *self.due, *self.with_board)


class Letter(NamedTuple):
    """To one owner. `withheld` counts what only this owner's letter would have held besides."""

    owner: Owner
    parts: tuple[Part, ...]
    withheld: Withheld = Withheld()


class Chase(NamedTuple):
    """A letter for each owner of whom something is wanted, in the order of `register.yaml`.

    `unowned` is what nobody can be asked for, because it has no owner.
    """

    head: Head
    withheld: Withheld
    letters: tuple[Letter, ...]
    unowned: tuple[ActionRow, ...]

    @property
    def paper(self) -> str:
        return "chase"


def chase(register: Register, day: date, audience: Audience, ask: Ask = Ask()) -> Chase:
    """The letters as at this day: what is overdue, what is due by the meeting, and what is with the board.

    An action with several owners is in each one's letter. Refused where a meeting that could be the next
    one cannot be read.
    """
    wanted = _wanted(register, day, ask)
    shown, withheld = audience.rows(row for _, row in wanted)
    visible = {row.ref for row in shown}
    letters = _letters(register, day, wanted, visible)
    unowned = () if ask.owner else tuple(row for row in shown if not row.state.owners)
    if ask.owner:
        letters = [letter for letter in letters if letter.owner.key == ask.owner]
        withheld = sum(letter.withheld.actions for letter in letters)
    written = tuple(letter for letter in letters if letter.parts)
    return Chase(_head(register, day, ask, wanted), Withheld(actions=withheld), written, unowned)


_Wanted = tuple[Part, ActionRow]
"""An action, and the part of a letter that it belongs into, which is still empty."""


def _head(register: Register, day: date, ask: Ask, wanted: Iterable[_Wanted]) -> Head:
    """Of one board where all is asked for it, or where that was said."""
    parts = {part.board.key: part for part, _ in wanted}
    key = ask.meeting.ref.board if ask.meeting else ask.board
    if key is None and len(parts) == 1:
        key = next(iter(parts))
    part = parts.get(key) if key else None
    return head_of(register, day, _board(register, key) if key else None, part.meeting if part else ask.meeting)


def _wanted(register: Register, day: date, ask: Ask) -> list[_Wanted]:
    only = ask.meeting.ref.board if ask.meeting else ask.board
    live: dict[str, list[ActionRow]] = {}
    for row in live_rows(register.actions, day):
        if row.state.live and only in (None, row.ref.meeting.board):
            live.setdefault(row.ref.meeting.board, []).append(row)
    return [found for key in sorted(live) for found in _of_board(register, day, key, live[key], ask)]


def _of_board(register: Register, day: date, key: str, live: list[ActionRow], ask: Ask) -> Iterator[_Wanted]:
    meeting = ask.meeting or next_meeting(register, key, day)
    part = Part(_board(register, key), meeting, ask.reply_by or _reply_by(meeting, day))
    return ((part, row) for row in live if _section(row, day, meeting))


def _reply_by(meeting: Meeting | None, day: date) -> date | None:
    """Five working days before the meeting, where that is still to come."""
    if meeting is None:
        return None
    found = relative_day(f"{WORKING_DAYS_BEFORE} working days ago", meeting.ref.day, "past")
    return found.day if found and found.day > day else None


def _section(row: ActionRow, day: date, meeting: Meeting | None) -> str:
    """`overdue`, `due`, `with the board`; nothing for what is not asked about."""
    due = row.state.due
    if row.state.status == "proposed":
        return "with the board"
    if row.overdue:
        return "overdue"
    if due == NEXT_MEETING or (isinstance(due, date) and meeting and due <= meeting.ref.day):
        return "due"
    return ""


def _letters(register: Register, day: date, wanted: list[_Wanted], visible: Set[ActionRef]) -> list[Letter]:
    """A letter for each owner, even where all of it is withheld."""
    theirs: dict[str, list[_Wanted]] = {}
    for part, row in wanted:
        for key in row.state.owners:
            theirs.setdefault(key, []).append((part, row))
    names = {owner.key: owner.name for owner in register.settings.owners}
    return [_letter(owner, day, theirs[owner.key], visible, names) for owner in _owners(register, theirs)]


def _owners(register: Register, keys: Collection[str]) -> list[Owner]:
    """In the order of `register.yaml`; whom that file does not know comes last, by key."""
    known = [owner for owner in register.settings.owners if owner.key in keys]
    others = sorted(set(keys) - {owner.key for owner in known})
    return [*known, *(Owner(key, key) for key in others)]


def _letter(
    owner: Owner, day: date, theirs: list[_Wanted], visible: Set[ActionRef], names: Mapping[str, str]
) -> Letter:
    parts: dict[str, Part] = {}
    asked: dict[str, list[Asked]] = {}
    for part, row in theirs:
        if row.ref in visible:
            others = tuple(names.get(key, key) for key in row.state.owners if key != owner.key)
            parts.setdefault(part.board.key, part)
            asked.setdefault(part.board.key, []).append(Asked(row, others, last_asked(row.action, day)))
    shown = sum(map(len, asked.values()))
    filled = tuple(_filled(part, day, asked[key]) for key, part in parts.items())
    return Letter(owner, filled, Withheld(actions=len(theirs) - shown))


def _filled(part: Part, day: date, every: list[Asked]) -> Part:
    def of(section: str) -> list[Asked]:
        return [asked for asked in every if _section(asked.row, day, part.meeting) == section]

    return part._replace(
        overdue=tuple(sorted(of("overdue"), key=lambda asked: (-asked.row.days_overdue, asked.row.ref))),
        due=tuple(sorted(of("due"), key=_by_due)),
        with_board=tuple(sorted(of("with the board"), key=_by_proposal)),
    )


def _by_due(asked: Asked) -> tuple[date, object]:
    due = asked.row.state.due
    return (due if isinstance(due, date) else date.max, asked.row.ref)


def _by_proposal(asked: Asked) -> tuple[date, object]:
    return (asked.row.state.proposed_on or date.max, asked.row.ref)


def _board(register: Register, key: str) -> Board:
    """The board; by its key alone where its file cannot be read."""
    return register.boards.get(key) or Board(key, key.upper())
