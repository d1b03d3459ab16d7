"""The paper that goes to a board before its meeting: where each of its actions stands."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from tracker.model.asking import last_asked
from tracker.model.calendar import meetings_of, the_board
from tracker.model.holding import actions_of
from tracker.model.records import NEXT_MEETING, Item, Meeting, Register
from tracker.model.state import as_at
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.head import Given, Head, head_of
from tracker.reports.papers.overview import meeting_before, shown_meeting
from tracker.reports.rows import ActionRow, row_with

Standing = Literal["overdue", "due", "with the board", "discharged", "not yet due", "without a day"]
"""Where an action stands as at the meeting; each stands at exactly one place."""

Kind = Standing | Literal["no record"]

KINDS: Final[tuple[Kind, ...]] = (
    "overdue", "due", "with the board", "discharged", "not yet due", "without a day", "no record"
)  # fmt: skip
"""The sections in their order. `no record` holds live actions about which nothing was recorded for a year."""

Asks = Literal[
    "seek an update", "consider the update", "update due", "discharge", "note the outcome", "note", "set a day",
    "confirm by hand", "establish",
]  # fmt: skip
"""What the paper recommends to the board about an action."""


class BriefRow(NamedTuple):
    """An action as at the day of the paper, its days overdue as at the day of the meeting.

    `item` is the agenda item that raised it, where the notes of that meeting are known. `last_record` is the
    day of the last event, or that on which it was raised. `asked_on` is the day on which an update was last asked
    for, where nothing has been said since.
    """

    row: ActionRow
    item: Item | None
    standing: Standing
    last_record: date
    asks: Asks
    asked_on: date | None = None


class Section(NamedTuple):
    """The rows of one kind; `groups` holds the same rows by leading owner where that was asked for."""

    kind: Kind
    rows: tuple[BriefRow, ...]
    groups: tuple[tuple[str, tuple[BriefRow, ...]], ...] | None = None


class Summary(NamedTuple):
    """How many actions stand where; those without a record are counted where they stand, and in `no_record` again.

    `live` is the sum of `overdue`, `due`, `with_board`, `not_yet_due` and `without_day`.
    """

    live: int
    overdue: int
    due: int
    with_board: int
    not_yet_due: int
    without_day: int
    no_record: int
    discharged: int


class Brief(NamedTuple):
    """The sections in the order of `KINDS`; `since` is the day of the standing meeting before this one."""

    head: Head
    withheld: Withheld
    summary: Summary
    sections: tuple[Section, ...]
    since: date | None

    @property
    def paper(self) -> str:
        return "brief"


class _Ahead(NamedTuple):
    """What the rows are measured against; `is_next` says that the words `next meeting` mean this meeting."""

    meeting: Meeting
    as_of: date
    since: date | None
    is_next: bool


def usual_day(meeting: Meeting, today: date) -> date:
    """The day of a brief unless one is said: today, and once the meeting has come the day before it."""
    return min(today, meeting.ref.day - timedelta(days=1))


def brief(
    register: Register, meeting: Meeting, day: date, audience: Audience, *,
    by_owner: bool = False, given: Given = Given(),
) -> Brief:  # fmt: skip
    """The actions raised before this meeting of its board that are live as at the end of `day`, and those
    discharged by then since the standing meeting before it.

    What is due before the day of the meeting is overdue, whatever `day` is. NotFound where the board cannot be read.
    """
    board = the_board(register, meeting.ref.board)
    before = meeting_before(register, meeting)
    ahead = _Ahead(meeting, day, before.ref.day if before else None, _is_next(register, meeting, day))
    rows, left_out = audience.rows(_action_rows(register, ahead))
    lines = [_brief_row(register, row, ahead) for row in rows]
    sections = tuple(_section(kind, lines, ahead, by_owner) for kind in KINDS)
    head = head_of(register, day, board, shown_meeting(meeting, audience), given)
    return Brief(head, Withheld(left_out), _summary(lines, ahead), sections, ahead.since)


def _is_next(register: Register, meeting: Meeting, day: date) -> bool:
    ahead = min(day, meeting.ref.day - timedelta(days=1))
    standing = (found.ref.day for found in meetings_of(register, meeting.ref.board) if found.stands)
    return meeting.stands and next((on for on in standing if on > ahead), None) == meeting.ref.day


def _action_rows(register: Register, ahead: _Ahead) -> Iterator[ActionRow]:
    """What the paper is about. What this meeting itself or a later one raises is not."""
    for action in actions_of(register.actions, ahead.meeting.ref.board):
        if action.ref.meeting >= ahead.meeting.ref:
            continue
        state = as_at(action, ahead.as_of)
        if state is None:
            continue
        newly = state.discharged_on is not None and (ahead.since is None or state.discharged_on > ahead.since)
        if state.live or newly:
            yield row_with(action, state, ahead.meeting.ref.day)


def _brief_row(register: Register, row: ActionRow, ahead: _Ahead) -> BriefRow:
    raising = register.meetings.get(row.ref.meeting)
    items = raising.items if raising else ()
    item = next((item for item in items if item.number == row.action.item), None)
    past = (event.date for event in row.action.history if event.date <= ahead.as_of)
    last = max(past, default=row.action.raised)
    standing = _standing(row, ahead)
    return BriefRow(row, item, standing, last, _asks(row, standing, last, ahead), _asked_on(row, ahead.as_of))


def _asked_on(row: ActionRow, day: date) -> date | None:
    asked = last_asked(row.action, day + timedelta(days=1)) if row.state.live else None
    word = row.state.word
    return asked if asked and (word is None or word.day < asked) else None


def _standing(row: ActionRow, ahead: _Ahead) -> Standing:
    state = row.state
    if state.status in ("proposed", "discharged"):
        return "with the board" if state.status == "proposed" else "discharged"
    if row.overdue:
        return "overdue"
    if state.due == ahead.meeting.ref.day or (state.due == NEXT_MEETING and ahead.is_next):
        return "due"
    return "without a day" if state.due is None else "not yet due"


def _asks(row: ActionRow, standing: Standing, last: date, ahead: _Ahead) -> Asks:
    state = row.state
    if state.by_hand:
        return "confirm by hand"
    if standing == "with the board":
        return "discharge"
    if standing == "discharged":
        return "note the outcome"
    if standing == "due" or standing == "overdue":
        if state.word and (ahead.since is None or state.word.day > ahead.since):
            return "consider the update"
        if standing == "due":
            return "update due"
        return "establish" if _long_silent(last, ahead) else "seek an update"
    if standing == "without a day":
        return "establish" if _long_silent(last, ahead) else "set a day"
    return "note"


def _kind(line: BriefRow, ahead: _Ahead) -> Kind:
    """The section of a row. What an owner has proposed waits for the board, however long ago that was."""
    waits = line.standing in ("with the board", "discharged")
    return "no record" if not waits and _long_silent(line.last_record, ahead) else line.standing


def _long_silent(last: date, ahead: _Ahead) -> bool:
    """Whether the last record lies more than a year before the meeting."""
    day = ahead.meeting.ref.day
    a_year_before = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return last < a_year_before.replace(year=day.year - 1)


def _section(kind: Kind, lines: Sequence[BriefRow], ahead: _Ahead, by_owner: bool) -> Section:
    rows = tuple(sorted((line for line in lines if _kind(line, ahead) == kind), key=_ORDER[kind]))
    return Section(kind, rows, tuple(_by_owner(rows)) if by_owner else None)


def _by_owner(rows: Iterable[BriefRow]) -> Iterator[tuple[str, tuple[BriefRow, ...]]]:
    leaders: dict[str, list[BriefRow]] = {}
    for row in rows:
        owners = row.row.state.owners
        leaders.setdefault(owners[0] if owners else "", []).append(row)
    # those whom nobody owes come last
    for owner in sorted(leaders, key=lambda owner: (not owner, owner)):
        yield owner or "no owner", tuple(leaders[owner])


def _summary(lines: Sequence[BriefRow], ahead: _Ahead) -> Summary:
    def stand(standing: Standing) -> int:
        return sum(line.standing == standing for line in lines)

    discharged = stand("discharged")
    return Summary(
        live=len(lines) - discharged,
        overdue=stand("overdue"),
        due=stand("due"),
        with_board=stand("with the board"),
        not_yet_due=stand("not yet due"),
        without_day=stand("without a day"),
        no_record=sum(_kind(line, ahead) == "no record" for line in lines),
        discharged=discharged,
    )


def _late(line: BriefRow) -> tuple[object, ...]:
    return (-line.row.days_overdue, line.row.ref)


def _by_due(line: BriefRow) -> tuple[object, ...]:
    due = line.row.state.due
    return (due if isinstance(due, date) else date.max, line.row.ref)


def _by_outcome(line: BriefRow) -> tuple[object, ...]:
    state = line.row.state
    return (state.proposed_on or state.discharged_on or date.max, line.row.ref)


def _by_reference(line: BriefRow) -> tuple[object, ...]:
    return (line.row.ref,)


def _by_silence(line: BriefRow) -> tuple[object, ...]:
    return (line.last_record, line.row.ref)


_ORDER: Final[dict[Kind, Callable[[BriefRow], tuple[object, ...]]]] = {
    "overdue": _late,
    "due": _by_reference,
    "with the board": _by_outcome,
    "discharged": _by_outcome,
    "not yet due": _by_due,
    "without a day": _by_reference,
    "no record": _by_silence,
}
