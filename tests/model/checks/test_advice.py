"""What a finding tells to type ends it: the changes behind the commands, carried out."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.builders import action, event, meeting, register
from tracker.model.changes import due_days, editing, meetings, progress, rescheduling, setting_up, wording
from tracker.model.changes.draft import Change, Occasion
from tracker.model.checks import check
from tracker.model.records import Action, Event, Owner, Record, Register
from tracker.model.references import ActionRef, MeetingRef

TODAY = date(2026, 3, 1)
NOW = Occasion(TODAY)
REF = ActionRef(MeetingRef("pdb", date(2025, 11, 26)), 1)
Advised = Callable[[Register, Action], Change]


def due(**given: object) -> Action:
    return action(REF, **{"due": "2026-06-10", **given})


def redate(to: str) -> Advised:
    return lambda register, one: due_days.redate(register, [one], NOW, to, None)


def discharged(**given: object) -> Action:
    return due(status="discharged", history=[event("2026-01-10", "discharged", **given)])


def mended_year(register: Register, one: Action) -> Change:
    return editing.edited(register, one, one._replace(due=date(2026, 2, 25)), NOW)


ADVISED: dict[str, tuple[tuple[Record, ...], str, Advised]] = {
    "closed by hand": ((due(status="discharged"),), "tracker discharge", lambda r, a: progress.discharge(r, [a], NOW, "Done", "paper")),
    "withdrawn by hand": ((due(status="withdrawn"),), "tracker withdraw", lambda r, a: progress.withdraw(r, [a], NOW, "Overtaken")),
    "proposed by hand": ((due(status="proposed"),), "tracker propose", lambda r, a: progress.propose(r, [a], NOW, "Done", None)),
    "no owner": ((due(owners=()),), "tracker reassign", lambda r, a: wording.reassign(r, [a], NOW, ["Force"], None)),
    "unknown owner": ((due(owners=("Council",)),), "tracker owner add Council", lambda r, a: setting_up.add_owner(r, Owner("Council", "The Council"))),
    "unknown item": ((due(item="4"),), "tracker item add", lambda r, a: meetings.add_item(r, r.meetings[REF.meeting], "People", "4", None)),
    "no due day": ((due(due=None),), "tracker redate", redate("2026-06-10")),
    "wrong year": ((due(due="2025-02-25"),), "--to 2026-02-25", redate("2026-02-25")),
    "wrong year of a closed one": (
        (discharged(note="Done", route="paper")._replace(due=date(2025, 2, 25)),), "tracker edit", mended_year,
    ),
    "meeting cancelled": (
        (due(), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-09-09", "scheduled")), "--to 2026-09-09", redate("2026-09-09"),
    ),
    "last meeting cancelled": ((due(), meeting("PDB/2026-06-10", "cancelled")), '--to "next meeting"', redate("next meeting")),
    "waiting in vain": ((due(due="next meeting"), meeting("PDB/2026-06-10", "scheduled")), "--to 2026-06-10", redate("2026-06-10")),
    "waiting in vain for a past meeting": (
        (due(due="next meeting"), meeting("PDB/2026-02-25", "held")), "--to 2026-02-25", redate("2026-02-25"),
    ),
    "doubled": ((due(), due()._replace(ref=REF._replace(number=2))), "tracker withdraw", lambda r, a: progress.withdraw(r, [a], NOW, "Same as 01")),
    "no outcome": ((discharged(route="paper"),), "tracker correct", lambda r, a: progress.correct(r, a, NOW, "Done", None)),
    "no route": ((discharged(note="Done"),), "--route", lambda r, a: progress.correct(r, a, NOW, "Done", "paper")),
    "no reason": (
        (due(status="withdrawn", history=[event("2026-01-10", "withdrawn")]),), "tracker correct", lambda r, a: progress.correct(r, a, NOW, "Overtaken", None),
    ),
    "agreed at no meeting": (
        (due(history=[event("2026-02-25", meeting="PDB/2026-02-25")]),), "tracker meeting add pdb 2026-02-25",
        lambda r, a: meetings.add_meetings(r, r.boards["pdb"], [MeetingRef("pdb", date(2026, 2, 25))], meetings.Details(), NOW),
    ),
    "raised at a scheduled meeting": (
        (due(), meeting(status="scheduled")), "tracker meeting held", lambda r, a: meetings.hold(r, r.meetings[REF.meeting], meetings.Details(), meetings.Attendance(), TODAY),
    ),
}  # fmt: skip


@pytest.mark.parametrize("records, typed, advised", ADVISED.values(), ids=ADVISED)
def test_following_the_advice_ends_the_finding(records: tuple[Record, ...], typed: str, advised: Advised) -> None:
    found = check(register(*records), TODAY)
    assert len(found) == 1 and typed in found[0].advice
    before = register(*records)
    change = advised(before, before.actions[max(before.actions)])
    after = [record for record in {**{r.path: r for r in records}, **change.records}.values() if record]
    assert found[0] not in check(register(*after), date(2026, 7, 1))
    assert not [f for f in check(register(*after), date(2026, 7, 1)) if f.severity == "error" and f.field == found[0].field]


BACK_AND_AGAIN: dict[str, tuple[Event, Advised]] = {
    "reopen": (event("2026-01-10", "discharged", note="Done", route="paper"), lambda r, a: progress.reopen(r, [a._replace(status="discharged")], NOW, None)),
    "reword": (event("2026-01-10", "reworded", before="Old", after="New"), lambda r, a: wording.reword(r, a._replace(text="New"), NOW, a.text, None)),
    "reassign": (
        event("2026-01-10", "reassigned", before=("Force",), after=("OPCC",)), lambda r, a: wording.reassign(r, [a._replace(owners=("OPCC",))], NOW, a.owners, None),
    ),
    "redate": (
        event("2026-01-10", "re-dated", before="2026-04-01", after="2026-05-01"),
        lambda r, a: due_days.redate(r, [a._replace(due=date(2026, 5, 1))], NOW, str(a.due), None),
    ),
}  # fmt: skip


@pytest.mark.parametrize("past, again", BACK_AND_AGAIN.values(), ids=BACK_AND_AGAIN)
def test_setting_a_field_back_and_recording_the_change_ends_the_finding(past: Event, again: Advised) -> None:
    before = register(due(history=[past]))
    assert len(check(before, TODAY)) == 1
    change = again(before, before.actions[REF])
    assert check(register(*(record for record in change.records.values() if record)), TODAY) == []


def test_a_meeting_that_met_after_all() -> None:
    before = register(due(), meeting(status="cancelled"))
    assert "tracker meeting reinstate PDB/2025-11-26, then tracker meeting held" in check(before, TODAY)[0].advice
    met = rescheduling.reinstate(before, before.meetings[REF.meeting], NOW).records[REF.meeting.path]
    then = register(due(), met)  # type: ignore[arg-type]
    held = meetings.hold(then, then.meetings[REF.meeting], meetings.Details(), meetings.Attendance(), TODAY)
    assert check(register(due(), *(r for r in held.records.values() if r)), TODAY) == []
