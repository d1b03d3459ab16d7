"""A report for a past day is the same whenever it is made, as long as nothing is backdated.

A secretary's working life is made up: commands in any order on days that only grow. What the reports gave
at the end of each day has to come out again, for that day, from the register as it is in the end.
"""

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, board, day, meeting, register
from tests.model.builders import after
from tracker.errors import Refused, TrackerError
from tracker.model.changes import due_days, editing, meetings, progress, raising, rescheduling, wording
from tracker.model.changes.draft import Change, Occasion, occasion
from tracker.model.records import EVENTS, STATUSES, Action, Meeting, Register
from tracker.model.references import MeetingRef
from tracker.model.state import as_at, standing
from tracker.reports.listing import Wanted, list_actions, overdue

FIRST_DAY = day("2026-01-05")
WHENS = (
    None, "next meeting", "in 2 weeks", "in 3 months", "none", "spring 2026", "June 2026 meeting",
    "when the pilot ends", "tomorrow", "end of the year",
)  # fmt: skip
OWNERS = ("Force", "OPCC", "PCC / CC", "CC")
EVERY_STATUS = Wanted(statuses=frozenset(STATUSES))


class Step(NamedTuple):
    """A command so many days after the last one; `which`, `how` and `when` choose what it is about."""

    gap: int
    command: str
    which: int
    how: int
    when: int


class World:
    """The register and the day; each command is a method that makes one change of it, or none."""

    def __init__(self) -> None:
        self.today = FIRST_DAY
        first = action("PDB/2026-01-05/01", due="2026-01-09")
        self.register = register(first, board("abc"), meeting("PDB/2026-02-04", "scheduled"))
        self.done: Counter[str] = Counter()

    def take(self, step: Step) -> None:
        try:
            change: Change = getattr(self, step.command)(step)
        except TrackerError:
            return
        self.register = after(self.register, change)
        self.done[step.command] += bool(change.records)

    def pick(self, step: Step) -> Action:
        actions = [found for _, found in sorted(self.register.actions.items())]
        return actions[step.which % len(actions)]

    def pick_several(self, step: Step) -> list[Action]:
        return list({found.ref: found for found in (self.pick(step), self.pick(step._replace(which=step.how)))}.values())

    def pick_meeting(self, step: Step) -> Meeting:
        """Any meeting, but where there are some, one that has raised nothing: little can become of the others."""
        raised = {ref.meeting for ref in self.register.actions}
        found = sorted(set(self.register.meetings) - raised) or sorted(raised)
        return self.register.meetings[found[step.which % len(found)]]

    def now(self, step: Step) -> Occasion:
        """Today, agreed at a meeting up to today or at none."""
        past = [ref for ref, found in sorted(self.register.meetings.items()) if ref.day <= self.today and found.stands]
        at = past[step.when % len(past)] if past and step.how % 2 else None
        return occasion(self.register, self.today, self.today, at)

    def sitting(self, step: Step) -> MeetingRef:
        """A meeting on this very day: raising at an earlier one would be backdated."""
        key = ("pdb", "pdb", "abc")[step.which % 3]
        ref = MeetingRef(key, self.today)
        if ref not in self.register.meetings:
            change = meetings.add_meetings(self.register, self.register.boards[key], [ref], meetings.Details(), self.simply())
            self.register = after(self.register, change)
        return ref

    def simply(self) -> Occasion:
        return Occasion(self.today)

    def add(self, step: Step) -> Change:
        wanted = [self.wanted(step), self.wanted(step._replace(when=step.how))][: 1 + step.how % 2]
        sitting = self.sitting(step)
        return raising.raise_actions(self.register, sitting, wanted, self.today)

    def wanted(self, step: Step) -> raising.Wanted:
        when = WHENS[step.when % len(WHENS)]
        by = self.today + timedelta(days=step.how) if when == "when the pilot ends" else None
        return raising.Wanted(f"Do {step.how}", [OWNERS[step.how % len(OWNERS)]], due=when, look_again=by)

    def update(self, step: Step) -> Change:
        return progress.update(self.register, self.pick_several(step), self.now(step), f"Progress {step.how}")

    def propose(self, step: Step) -> Change:
        return progress.propose(self.register, self.pick_several(step), self.now(step), f"Done {step.how}", None)

    def discharge(self, step: Step) -> Change:
        return progress.discharge(self.register, self.pick_several(step), self.now(step), f"Agreed {step.how}", "paper")

    def discharge_proposed(self, step: Step) -> Change:
        waiting = [key for key in self.register.boards if proposed_to(self.register, key, self.today)]
        if not waiting:
            return Change({}, "")
        sitting = self.sitting(step._replace(which=("pdb", "", "abc").index(waiting[0])))
        at = occasion(self.register, self.today, at=sitting)
        return progress.discharge_proposed(self.register, proposed_to(self.register, waiting[0], self.today), at)

    def follow_up(self, step: Step) -> Change:
        sitting = self.sitting(step)
        at = occasion(self.register, self.today, at=sitting)
        return raising.discharge_with_follow_up(self.register, self.pick(step), at, "Mostly", None, self.wanted(step))

    def withdraw(self, step: Step) -> Change:
        return progress.withdraw(self.register, [self.pick(step)], self.now(step), "Overtaken")

    def reopen(self, step: Step) -> Change:
        return progress.reopen(self.register, [self.pick(step)], self.now(step), "Not done" if step.how % 2 else None)

    def correct(self, step: Step) -> Change:
        route = progress.read_route("bau") if step.how % 2 else None
        return progress.correct(self.register, self.pick(step), self.now(step), f"Rather {step.how}", route)

    def carry(self, step: Step) -> Change:
        when = WHENS[step.when % len(WHENS)]
        by = self.today + timedelta(days=60 + step.how) if when == "when the pilot ends" else None
        return due_days.carry(self.register, self.pick_several(step), self.now(step), when, "Not done", by)

    def redate(self, step: Step) -> Change:
        when = WHENS[1 + step.when % (len(WHENS) - 1)] or ""
        by = self.today + timedelta(days=step.how) if when == "when the pilot ends" else None
        return due_days.redate(self.register, [self.pick(step)], self.now(step), when, None, by)

    def reassign(self, step: Step) -> Change:
        owners = [OWNERS[step.when % len(OWNERS)]]
        return wording.reassign(self.register, [self.pick(step)], self.now(step), owners, None)

    def reword(self, step: Step) -> Change:
        return wording.reword(self.register, self.pick(step), self.now(step), f"Do rather {step.how}", None)

    def edit(self, step: Step) -> Change:
        old = self.pick(step)
        due = self.today + timedelta(days=step.when) if step.how % 2 else None
        new = old._replace(text=f"Edited {step.when}", owners=("OPCC",), due=due, due_said=None)
        return editing.edited(self.register, old, new, self.simply())

    def meeting_add(self, step: Step) -> Change:
        key = ("pdb", "pdb", "abc")[step.which % 3]
        ref = MeetingRef(key, self.today + timedelta(days=step.when - 5), "b" if step.how == 1 else "")
        details = meetings.Details(time="10:00")
        return meetings.add_meetings(self.register, self.register.boards[key], [ref], details, self.simply())

    def meeting_held(self, step: Step) -> Change:
        details, attendance = meetings.Details(), meetings.Attendance()
        return meetings.hold(self.register, self.pick_meeting(step), details, attendance, self.today)

    def meeting_postpone(self, step: Step) -> Change:
        found = self.pick_meeting(step)
        to = found.ref.day + timedelta(days=1 + step.when) if step.how % 2 else None
        return rescheduling.postpone(self.register, found, to, self.simply())

    def meeting_cancel(self, step: Step) -> Change:
        return rescheduling.cancel(self.register, self.pick_meeting(step), self.simply())

    def meeting_reinstate(self, step: Step) -> Change:
        return rescheduling.reinstate(self.register, self.pick_meeting(step), self.simply())

    def meeting_move(self, step: Step) -> Change:
        found = self.pick_meeting(step)
        to = found.ref._replace(day=found.ref.day + timedelta(days=step.when - 20))
        return rescheduling.move(self.register, found, to, self.simply())


COMMANDS = tuple(name for name in vars(World) if name not in (
    "take", "pick", "pick_several", "pick_meeting", "now", "sitting", "simply", "wanted",
) and not name.startswith("_"))  # fmt: skip


def report(world: World, on: date) -> Any:
    """Everything that the reports say about this day, but not the records that they were made from."""
    listed, late = list_actions(world.register, on, EVERY_STATUS), overdue(world.register, on)
    rows = [(row.action.ref, row.state, row.overdue, row.days_overdue) for row in (*listed.rows, *late.rows)]
    return rows, len(late.rows), late.without_due


def live_through(steps: list[Step]) -> World:
    """Take the steps; at the end, every day's reports have to be what they were on that day."""
    world = World()
    remembered: dict[date, Any] = {}
    for step in steps:
        for days in {0, step.gap // 2, step.gap - 1} if step.gap else ():
            past = world.today + timedelta(days=days)
            remembered[past] = report(world, past)
        world.today += timedelta(days=step.gap)
        world.take(step)
    for past, shown in remembered.items():
        assert report(world, past) == shown, f"as at {past}"
    for found in world.register.actions.values():
        assert as_at(found, world.today) == standing(found)
    return world


GAPS = (0, 0, 0, 1, 1, 2, 9, 30)
STEPS = st.builds(
    Step, st.sampled_from(GAPS), st.sampled_from(COMMANDS), st.integers(0, 11), st.integers(0, 9), st.integers(0, 60)
)


def proposed_to(register: Register, board: str, day: date) -> list[Action]:
    try:
        return progress.proposed_to(register, board, day)
    except Refused:
        return []


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(STEPS, max_size=25))
def test_reports_for_past_days_never_change(steps: list[Step]) -> None:
    live_through(steps)


def test_every_command_and_every_event_is_part_of_it() -> None:
    """The same property over many long lives, which between them have to reach everything there is."""
    dice, done, events = random.Random(2026), Counter[str](), Counter[str]()
    settled = due_said = 0
    for _ in range(160):
        steps = [
            Step(dice.choice(GAPS), dice.choice(COMMANDS), dice.randrange(12), dice.randrange(10), dice.randrange(61))
            for _ in range(25)
        ]
        world = live_through(steps)
        done += world.done
        histories = [event for found in world.register.actions.values() for event in found.history]
        events.update(event.event for event in histories)
        settled += sum(event.before == "next meeting" and event.event == "re-dated" for event in histories)
        due_said += sum(event.after_said is not None for event in histories)
    assert {name for name in COMMANDS if done[name] >= 5} == set(COMMANDS), done
    assert {kind for kind in EVENTS if events[kind] >= 10} == set(EVENTS), events
    assert settled >= 10 and due_said >= 10


def test_the_property_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that leaves no event behind is noticed."""
    monkeypatch.setattr(World, "reword", lambda world, step: _silently_reworded(world, step))
    with pytest.raises(AssertionError, match="as at 2026-01-05"):
        live_through([Step(1, "reword", 0, 0, 0)])


def _silently_reworded(world: World, step: Step) -> Change:
    new = world.pick(step)._replace(text="Something else")
    return Change({new.path: new}, "")
