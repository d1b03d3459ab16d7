"""Makes a register of any size, for measuring: `python -m tests.bench.make_register N DIR`.

The same number gives the same bytes. As at `AS_AT`, 30 % of the actions are live and 5 % of all are overdue,
exactly; about ten were raised at a meeting; a record has about 600 bytes; `tracker check --strict` finds
nothing on that day. The day is fixed, and the calendar is laid out backwards from it: each board met last
in the four weeks before it, every four weeks until then, and has its next two meetings in the calendar.
"""

import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

from tests.bench import words
from tracker.model.records import ROUTES, Action, Board, Event, Item, Meeting, Owner, Person, Record, Settings
from tracker.model.references import ActionRef, MeetingRef
from tracker.storage.fields import to_fields
from tracker.storage.yaml_scalars import write_record

AS_AT = date(2026, 2, 26)
LIVE_PERCENT = 30
OVERDUE_PERCENT = 5
ACTIONS_A_MEETING = 10

_SEED = 20260226
_WEEKS_BETWEEN = timedelta(weeks=4)
_MOST_BOARDS = len(words.BOARDS) * len(words.KINDS)
# How many days before AS_AT a board met last: Tuesdays, Wednesdays and Thursdays.
_LAST_MET = (2, 7, 8, 9, 14, 15, 16, 21, 22, 23)

Fate = Literal["closed", "overdue", "live", "proposed"]


class Past(NamedTuple):
    """What an action's history is made for: its meeting, and the later days of its board, held and to come."""

    ref: MeetingRef
    held: tuple[date, ...]
    coming: tuple[date, ...]


class Course(NamedTuple):
    """What has become of an action: its due day, its status and the events that brought them about."""

    due: date
    status: Literal["open", "proposed", "discharged", "withdrawn"]
    history: tuple[Event, ...]


def make_register(number: int, folder: Path) -> None:
    """Write a register of so many actions into `folder`, which must not be there or be empty."""
    made: set[Path] = set()
    for record in records(number):
        path = folder / record.path
        if path.parent not in made:
            path.parent.mkdir(parents=True, exist_ok=True)
            made.add(path.parent)
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(write_record(to_fields(record)))


def records(number: int) -> Iterator[Record]:
    """Every record of the register with so many actions."""
    days = _calendar(number)
    yield _settings()
    for board in days:
        yield _board(board)
        for day in days[board]:
            yield _meeting(board, day)
    yield from actions(number)


def actions(number: int) -> Iterator[Action]:
    """The actions of that register, those of the earliest meeting first."""
    rng = Random(_SEED + number)
    days = _calendar(number)
    fates = _fates(rng, number)
    asked: dict[str, set[str]] = {board: set() for board in days}
    earlier: dict[str, ActionRef] = {}
    place = 0
    for past, count in _sittings(rng, days, number):
        board = past.ref.board
        for nth in range(1, count + 1):
            ref = ActionRef(past.ref, nth)
            yield _action(rng, ref, past, fates.get(place, "closed"), asked[board], earlier.get(board))
            earlier[board] = ref
            place += 1


def _fates(rng: Random, number: int) -> dict[int, Fate]:
    """What is live, by its place among all actions: it is among the younger half."""
    live = number * LIVE_PERCENT // 100
    overdue = number * OVERDUE_PERCENT // 100
    chosen = rng.sample(range(number // 2, number), live)
    proposed = live // 12
    fates: dict[int, Fate] = dict.fromkeys(chosen, "live")
    fates.update(dict.fromkeys(chosen[:overdue], "overdue"))
    fates.update(dict.fromkeys(chosen[overdue : overdue + proposed], "proposed"))
    return fates


def _calendar(number: int) -> dict[str, list[date]]:
    """The days of each board's meetings, held and to come."""
    meetings = max(1, number // ACTIONS_A_MEETING)
    boards = min(meetings, _MOST_BOARDS, max(3, meetings // 80))
    days = {}
    for place in range(boards):
        held = meetings // boards + (place < meetings % boards)
        last = AS_AT - timedelta(_LAST_MET[place % len(_LAST_MET)])
        days[_key(place)] = [last + step * _WEEKS_BETWEEN for step in range(1 - held, 3)]
    return days


def _sittings(rng: Random, days: dict[str, list[date]], number: int) -> Iterator[tuple[Past, int]]:
    """Every meeting that was held, by day, and how many actions it raised: ten, give or take four."""
    held = sorted((day, board) for board in days for day in days[board] if day < AS_AT)
    counts = [ACTIONS_A_MEETING] * len(held)
    counts[-1] += number - sum(counts)
    for place in range(0, len(counts) - 1, 2):
        more = rng.randint(-4, 4) if min(counts[place : place + 2]) >= ACTIONS_A_MEETING else 0
        counts[place] += more
        counts[place + 1] -= more
    for (day, board), count in zip(held, counts, strict=True):
        later = [other for other in days[board] if other > day]
        past = tuple(other for other in later if other < AS_AT)
        yield Past(MeetingRef(board, day), past, tuple(later[len(past) :])), count


def _action(
    rng: Random, ref: ActionRef, past: Past, fate: Fate, asked: set[str], earlier: ActionRef | None
) -> Action:
    text = words.ask(rng)
    while text in asked:
        text = words.ask(rng)
    if fate != "closed":  # no board asks twice for what it still waits for
        asked.add(text)
    course = _course(rng, past, fate)
    return Action(
        ref,
        text,
        owners=tuple(rng.sample(list(words.OWNERS), rng.choice((1, 1, 1, 2)))),
        due=course.due,
        status=course.status,
        item=rng.choice(words.AGENDA[2:])[0],
        tags=tuple(rng.sample(words.TAGS, rng.choice((0, 0, 1, 2)))),
        restricted=rng.random() < 0.02,
        follows=earlier if rng.random() < 0.03 else None,
        history=course.history,
    )


def _course(rng: Random, past: Past, fate: Fate) -> Course:
    dues = _dues(rng, past, fate)
    moves = [_move(rng, past.ref.board, before, after) for before, after in zip(dues, dues[1:])]
    if fate != "closed":
        end = [_proposal(rng, past.ref.day, moves)] if fate == "proposed" else []
        history = _with_updates(rng, past.ref.day, AS_AT if not end else end[0].date, moves)
        return Course(dues[-1], "proposed" if end else "open", (*history, *end))
    closing = _closing(rng, past, dues[-1])
    history = _with_updates(rng, past.ref.day, closing.date, moves)
    status: Literal["discharged", "withdrawn"] = "withdrawn" if closing.event == "withdrawn" else "discharged"
    return Course(dues[-1], status, (*history, closing))


def _dues(rng: Random, past: Past, fate: Fate) -> list[date]:
    """The days an action was due, one after the other."""
    carried = rng.choices((0, 1, 2, 3), (55, 28, 12, 5))[0]
    if fate == "closed":
        return list(past.held[: carried + 1]) or [past.coming[0]]
    if fate != "overdue":
        return [*sorted(rng.sample(past.held, min(carried, len(past.held)))), rng.choice(past.coming)]
    halfway = past.ref.day + (AS_AT - past.ref.day) // 2
    return sorted(rng.sample(past.held, min(carried + 1, len(past.held)))) or [halfway]


def _move(rng: Random, board: str, before: date, after: date) -> Event:
    if rng.random() < 0.05:
        return Event(before, "re-dated", before=before, after=after, note="The papers of that meeting were full")
    note = words.progress(rng)
    return Event(before, "carried forward", MeetingRef(board, before), before=before, after=after, note=note)


def _closing(rng: Random, past: Past, due: date) -> Event:
    """The event that closed it: at the meeting it was due at, or, where that is to come, out of meeting."""
    if due > AS_AT:
        return Event(_between(rng, past.ref.day, AS_AT), "discharged", route="out of meeting", note=words.outcome(rng))
    meeting = MeetingRef(past.ref.board, due)
    if rng.random() < 0.04:
        return Event(due, "withdrawn", meeting, note="Superseded by a later action of the board")
    return Event(due, "discharged", meeting, route=rng.choice(ROUTES), note=words.outcome(rng))


def _proposal(rng: Random, raised: date, moves: list[Event]) -> Event:
    since = moves[-1].date if moves else raised
    return Event(_between(rng, since, AS_AT), "proposed", route=rng.choice(ROUTES), note=words.outcome(rng))


def _with_updates(rng: Random, first: date, last: date, moves: list[Event]) -> list[Event]:
    said = [
        Event(_between(rng, first, last), "update", note=words.progress(rng)) for _ in range(rng.choice((0, 1, 1, 2)))
    ]
    return sorted([*said, *moves], key=lambda event: event.date)


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(rng.randint(0, (last - first).days))


def _key(place: int) -> str:
    return f"{words.BOARDS[place % len(words.BOARDS)][0]}-{words.KINDS[place // len(words.BOARDS)]}"


def _settings() -> Settings:
    owners = (Owner(key, name, (f"{name} lead",)) for key, name in words.OWNERS.items())
    return Settings("Office of the County Commissioner", tuple(owners))


def _board(key: str) -> Board:
    subject, kind = key.split("-")
    title = f"{dict(words.BOARDS)[subject]} {kind.capitalize()}"
    return Board(key, title, "Chair of the Board", _people(key), _agenda())


def _meeting(board: str, day: date) -> Meeting:
    meeting = Meeting(MeetingRef(board, day), time="10:00", ends="12:00", venue="County Hall, Room 3", items=_agenda())
    if day > AS_AT:
        return meeting
    return meeting._replace(status="held", attendees=_people(board))


def _people(board: str) -> tuple[Person, ...]:
    first = len(words.ROLES) * sum(map(ord, board))
    organisations = list(words.OWNERS)
    return tuple(
        Person(words.person(first + place), role, organisations[place % len(organisations)])
        for place, role in enumerate(words.ROLES)
    )


def _agenda() -> tuple[Item, ...]:
    return tuple(Item(number, title) for number, title in words.AGENDA)


def main(args: Iterable[str]) -> None:
    """Write the register that the command line asks for."""
    number, folder = args
    make_register(int(number), Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
