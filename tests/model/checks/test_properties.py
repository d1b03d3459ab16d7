"""What holds for any register: checking never fails, and the program's own changes leave no error behind."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tracker.errors import TrackerError
from tracker.model.changes import due_days, editing, meetings, progress, raising, rescheduling, setting_up, wording
from tracker.model.changes.draft import Change, Occasion, occasion
from tracker.model.checks import check
from tracker.model.checks.evidence import Unread
from tracker.model.records import (
    EVENTS, MEETING_STATUSES, NEXT_MEETING, ROUTES, STATUSES, Action, Board, Event, Item, Meeting, Owner, Person, Record, Register, Settings,
)  # fmt: skip
from tracker.model.references import ActionRef, MeetingRef

FIRST = date(2026, 1, 1)

# Any register that loads, however little its records fit together.

days = st.dates(date(1000, 1, 1), date(9999, 12, 31)) | st.dates(date(2026, 1, 1), date(2026, 1, 9))
refs = st.builds(MeetingRef, st.sampled_from(["pdb", "jac"]), st.dates(date(2026, 1, 1), date(2026, 1, 4)), st.sampled_from(["", "b"]))
action_refs = st.builds(ActionRef, refs, st.integers(1, 4))
words = st.text(min_size=1, max_size=4) | st.sampled_from(["Force", "force ", "CC", "3i", "3I"])
owners = st.lists(words, max_size=3).map(tuple)
dues = days | st.just(NEXT_MEETING) | st.none()
people = st.lists(st.builds(Person, words), max_size=3).map(tuple)
items = st.lists(st.builds(Item, words, words), max_size=3).map(tuple)
said = st.none() | words


def _event(kind: Any) -> st.SearchStrategy[Event]:
    values: st.SearchStrategy[Any] = {"reworded": words, "reassigned": owners}.get(kind, dues if kind in ("carried forward", "re-dated") else st.none())
    return st.builds(Event, days, st.just(kind), st.none() | refs, values, values, said, said, st.none() | st.sampled_from(ROUTES), said)


actions = st.builds(
    Action, action_refs, words, owners, dues, said, st.sampled_from(STATUSES), said, owners, st.booleans(), st.none() | action_refs,
    st.lists(st.sampled_from(EVENTS).flatmap(_event), max_size=6).map(tuple),
)  # fmt: skip
times = st.none() | st.sampled_from(["09:00", "10:00"])
any_meeting = st.builds(Meeting, refs, st.sampled_from(MEETING_STATUSES), st.none() | days, times, times, said, people, people, items)
boards = st.builds(Board, st.sampled_from(["pdb", "jac"]), words, said, people, items)
any_settings = st.builds(Settings, words, st.lists(st.builds(Owner, words, words, owners), max_size=3).map(tuple))
broken_paths = st.sampled_from([".", "pdb", "PDB", "register.yaml", "pdb/2026-01-02/1.yaml", "pdb/2026-01-02/meeting.yaml", "jac/2026-01-03/02.yaml", "\\x00"])


@st.composite
def registers(draw: st.DrawFn) -> Register:
    return Register(
        draw(any_settings),
        {b.key: b for b in draw(st.lists(boards, max_size=2))},
        {m.ref: m for m in draw(st.lists(any_meeting, max_size=5))},
        {a.ref: a for a in draw(st.lists(actions, max_size=6))},
        dict.fromkeys(draw(st.lists(broken_paths, max_size=3)), None),  # type: ignore[arg-type]
        draw(st.dictionaries(refs, st.integers(1, 999_999), max_size=2)),
    )


@settings(deadline=None, derandomize=True, max_examples=150)
@given(registers(), days)
def test_checking_never_fails_and_says_everything_it_should(register: Register, today: date) -> None:
    found = check(register, today)
    assert [f.path for f in found] == sorted(f.path for f in found)
    for finding in found:
        assert finding.message and finding.advice
        assert all(char.isprintable() for char in finding.message + finding.advice)
    assert check(register, today) == found


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(broken_paths | st.text(), max_size=4))
def test_whatever_is_broken_may_hold_itself(broken: list[str]) -> None:
    unread = Unread(broken)
    assert all(unread.may_hold(path) or unread.may_hold(f"{path}/board.yaml") for path in broken)


# The program's own changes.


class World(NamedTuple):
    """The register as the changes so far have left it, on a day."""

    register: Register
    today: date


Step = Callable[[World, int, int], Change]
OUTCOME, ROUTE = "Reported to the board", ROUTES


def _pick(found: Sequence[Any], number: int) -> Any:
    if not found:
        raise TrackerError("nothing there")
    return found[number % len(found)]


def _action(world: World, number: int) -> Action:
    return _pick(sorted(world.register.actions.values()), number)  # type: ignore[no-any-return]


def _meeting(world: World, number: int) -> Meeting:
    return _pick([world.register.meetings[ref] for ref in sorted(world.register.meetings)], number)  # type: ignore[no-any-return]


def _when(world: World, number: int) -> Occasion:
    """Today, or at a meeting, now and then backdated."""
    if number % 3 == 0:
        return occasion(world.register, world.today, day=world.today - timedelta(number % 40))
    if number % 3 == 1:
        return occasion(world.register, world.today, at=_meeting(world, number).ref)
    return occasion(world.register, world.today)


def _coming_day(world: World, number: int) -> date:
    return world.today + timedelta(number % 90)


def _due(world: World, number: int) -> str | None:
    return [None, "next meeting", _coming_day(world, number).isoformat(), "spring 2027", "none"][number % 5]


def _add_meeting(world: World, a: int, b: int) -> Change:
    board = world.register.boards["pdb" if a % 4 else "jac"]
    ref = MeetingRef(board.key, world.today + timedelta(a % 100 - 20), "b" if b % 9 == 0 else "")
    details = meetings.Details("10:00", "12:00", items=[Item("3i", "Plan")])
    return meetings.add_meetings(world.register, board, [ref], details, Occasion(world.today))


def _hold(world: World, a: int, b: int) -> Change:
    came = meetings.Attendance([Person("Ann", "Chair")], [Person("Bob", "Clerk")] if b % 2 else [])
    return meetings.hold(world.register, _meeting(world, a), meetings.Details(), came, world.today)


def _wanted(world: World, a: int, b: int) -> raising.Wanted:
    item = "3i" if b % 3 == 0 else None
    return raising.Wanted(f"Report number {a}", ["Force / OPCC" if b % 2 else "CC"], item, _due(world, b))


def _follow_up(world: World, a: int, b: int) -> Change:
    when = occasion(world.register, world.today, at=_meeting(world, b).ref)
    return raising.discharge_with_follow_up(world.register, _action(world, a), when, OUTCOME, _pick(ROUTE, b), _wanted(world, a, b))


def _reopen(world: World, a: int, b: int) -> Change:
    return progress.reopen(world.register, [_action(world, a)], _when(world, b), None)


def _edit(world: World, a: int, b: int) -> Change:
    old = _action(world, a)
    new = old._replace(text=f"{old.text} again", owners=("OPCC",) if b % 2 else old.owners)
    return editing.edited(world.register, old, new, Occasion(world.today))


STEPS: dict[str, Step] = {
    "add meeting": _add_meeting,
    "add another meeting": _add_meeting,
    "hold": _hold,
    "item": lambda w, a, b: meetings.add_item(w.register, _meeting(w, a), "Any other business", None, None),
    "postpone": lambda w, a, b: rescheduling.postpone(w.register, _meeting(w, a), None if b % 3 == 0 else _meeting(w, a).ref.day + timedelta(b % 60), Occasion(w.today)),
    "cancel": lambda w, a, b: rescheduling.cancel(w.register, _meeting(w, a), Occasion(w.today)),
    "reinstate": lambda w, a, b: rescheduling.reinstate(w.register, _meeting(w, a), Occasion(w.today)),
    "move": lambda w, a, b: rescheduling.move(w.register, _meeting(w, a), MeetingRef(_meeting(w, a).ref.board, w.today + timedelta(b % 60 - 20)), Occasion(w.today)),
    "raise": lambda w, a, b: raising.raise_actions(w.register, _meeting(w, a).ref, [_wanted(w, a, b)], w.today),
    "raise more": lambda w, a, b: raising.raise_actions(w.register, _meeting(w, b).ref, [_wanted(w, a, b), _wanted(w, b, a)], w.today),
    "follow up": _follow_up,
    "update": lambda w, a, b: progress.update(w.register, [_action(w, a)], _when(w, b), "Begun"),
    "propose": lambda w, a, b: progress.propose(w.register, [_action(w, a)], _when(w, b), OUTCOME, None),
    "discharge": lambda w, a, b: progress.discharge(w.register, [_action(w, a)], _when(w, b), OUTCOME, _pick(ROUTE, b)),
    "discharge proposed": lambda w, a, b: progress.discharge_proposed(w.register, [_action(w, a)], _when(w, b)),
    "withdraw": lambda w, a, b: progress.withdraw(w.register, [_action(w, a)], _when(w, b), "Overtaken"),
    "reopen": _reopen,
    "correct": lambda w, a, b: progress.correct(w.register, _action(w, a), _when(w, b), f"Outcome {b}", None),
    "carry": lambda w, a, b: due_days.carry(w.register, [_action(w, a)], _when(w, b), None if b % 2 else _coming_day(w, b).isoformat(), None),
    "redate": lambda w, a, b: due_days.redate(w.register, [_action(w, a)], _when(w, b), _due(w, b) or "next meeting", None),
    "reassign": lambda w, a, b: wording.reassign(w.register, [_action(w, a)], _when(w, b), ["OPCC" if b % 2 else "Force"], None),
    "reword": lambda w, a, b: wording.reword(w.register, _action(w, a), _when(w, b), f"Words {a} {b}", None),
    "tag": lambda w, a, b: wording.tag(w.register, [_action(w, a)], [f"+tag-{b % 3}"]),
    "edit": _edit,
    "owner": lambda w, a, b: setting_up.add_owner(w.register, Owner(f"Owner{a}", f"Owner number {a}")),
}  # fmt: skip


def _after(register: Register, change: Change) -> Register:
    """The register with what the change makes of it."""
    records: dict[str, Record | None] = {record.path: record for record in _records(register)}
    records.update(change.records)
    return builders.register(*(record for record in records.values() if record))


def _records(register: Register) -> list[Record]:
    return [register.settings, *register.boards.values(), *register.meetings.values(), *register.actions.values()]


def _run(steps: Sequence[tuple[str, int, int, int]]) -> tuple[World, set[str]]:
    world, done = World(builders.register(builders.board("pdb"), builders.board("jac")), FIRST), set()
    for name, passed, a, b in steps:
        world = world._replace(today=world.today + timedelta(passed))
        try:
            change = STEPS[name](world, a, b)
        except TrackerError:
            continue
        world = world._replace(register=_after(world.register, change))
        done.add(name)
        errors = [finding for finding in check(world.register, world.today) if finding.severity == "error"]
        assert errors == [], f"after {name} on {world.today}: {change.sentence}"
    return world, done


numbers = st.integers(0, 1000)
steps = st.lists(st.tuples(st.sampled_from(list(STEPS)), st.integers(0, 40), numbers, numbers), min_size=5, max_size=30)


@settings(deadline=None, derandomize=True, max_examples=150)
@given(steps)
def test_our_own_changes_leave_no_errors(steps: list[tuple[str, int, int, int]]) -> None:
    _run(steps)


def test_long_lives_leave_no_errors_and_reach_every_change() -> None:
    import random

    done: set[str] = set()
    for seed in range(60):
        dice = random.Random(seed)
        names = dice.choices(list(STEPS), k=80)
        done |= _run([(name, dice.randrange(25), dice.randrange(1000), dice.randrange(1000)) for name in names])[1]
    assert done == set(STEPS)
