"""Each check: the smallest register in which it finds something, and it alone."""

from datetime import date
from typing import NamedTuple

import pytest

from tests.builders import action, board, event, item, meeting, owner, person, register, settings
from tests.model.checks.samples import DISCHARGED, PROPOSED, RAISED, REOPENED, TODAY, WITHDRAWN, due, moved
from tracker.model.checks import CHECKS, Check, actions, check, events, fields, meetings
from tracker.model.checks import settings as settings_checks
from tracker.model.checks.evidence import gather
from tracker.model.records import Record

PATH = "pdb/2025-11-26/01.yaml"
MEETING = "pdb/2025-11-26/meeting.yaml"
LATER = "pdb/2026-02-25/meeting.yaml"


class Case(NamedTuple):
    """A register with one thing wrong: the check that finds it, where, what it says and what it tells to type."""

    name: str
    check: Check
    records: tuple[Record, ...]
    field: tuple[str | int, ...]
    says: str
    advises: str
    severity: str = "error"
    path: str = PATH


CASES = [
    Case("closed by hand", fields.status_by_hand, (due(status="discharged"),), ("status",),
         "closed by hand", f"`status: open` again, or record it with: tracker discharge {RAISED} --outcome"),
    Case("withdrawn by hand", fields.status_by_hand, (due(status="withdrawn"),), ("status",),
         "closed by hand", f"tracker withdraw {RAISED} --reason"),
    Case("closed by hand after a proposal", fields.status_by_hand, (due(status="discharged", history=[PROPOSED]),), ("status",),
         "closed by hand", "`status: proposed` again"),
    Case("proposed by hand", fields.status_by_hand, (due(status="proposed"),), ("status",),
         "proposed by hand", f"tracker propose {RAISED} --outcome"),
    Case("reopened by hand", fields.status_by_hand, (due(history=[DISCHARGED]),), ("status",),
         "reopened by hand", f"`status: discharged` again; if it was reopened, then type: tracker reopen {RAISED}"),
    Case("a proposal taken back by hand", fields.status_by_hand, (due(history=[PROPOSED]),), ("status",),
         "reopened by hand", "`status: proposed` again"),

    Case("due against history", fields.fields_against_history, (due(history=[moved("2026-04-01", "2026-05-01")]),), ("due",),
         "`due` is 2026-06-10, but the last event that changed it says 2026-05-01", f"`due: 2026-05-01` again; if it has changed since, then type: tracker redate {RAISED}"),
    Case("due against an end of the due day", fields.fields_against_history, (due(history=[moved("2026-04-01", None)]),), ("due",),
         "says none", "Delete `due:` again"),
    Case("due of a closed action", fields.fields_against_history,
         (due(status="discharged", history=[moved("2026-04-01", "2026-05-01"), DISCHARGED]),), ("due",), "2026-05-01", "`due: 2026-05-01` again"),
    Case("due words against history", fields.fields_against_history,
         (due(due_said="summer", history=[moved("2026-04-01", "2026-06-10", after_said="June 2026")]),), ("due_said",),
         "\"summer\"", f"tracker redate {RAISED}"),
    Case("owners against history", fields.fields_against_history,
         (due(history=[event("2026-01-10", "reassigned", before=("Force",), after=("OPCC", "Force"))]),), ("owners",),
         "`owners` is [Force]", f"`owners: [OPCC, Force]` again; if it has changed since, then type: tracker reassign {RAISED} --owner"),
    Case("text against history", fields.fields_against_history,
         (due(history=[event("2026-01-10", "reworded", before="Old", after="New")]),), ("text",), "\"New\"", f"tracker reword {RAISED} --text"),

    Case("broken chain of due days", fields.broken_chains,
         (due(history=[moved("2026-03-01", "2026-04-01"), moved("2026-05-01", "2026-06-10")]),), ("history", 1, "from"),
         "is 2026-05-01, but the event before it set 2026-04-01", "`from:`"),
    Case("broken chain of due words", fields.broken_chains,
         (due(history=[moved("2026-03-01", "2026-04-01", after_said="spring"), moved("2026-04-01", "2026-06-10")]),),
         ("history", 1, "from_said"), "is none, but the event before it set \"spring\"", "`from_said:`"),
    Case("broken chain of owners", fields.broken_chains,
         (due(history=[event("2026-01-10", "reassigned", before=("OPCC",), after=("Force", "OPCC")), event("2026-01-10"),
                       event("2026-01-11", "reassigned", before=("OPCC",), after=("Force",))]),), ("history", 2, "from"), "[Force, OPCC]", "`from:`"),

    Case("no owner", actions.no_owner, (due(owners=()),), ("owners",), "nobody owns", f"tracker reassign {RAISED} --owner"),
    Case("unknown owner", actions.unknown_owners, (due(owners=("Force", "Council")),), ("owners", 1),
         "no owner \"Council\"", "tracker owner add Council --name"),
    Case("unknown owner of two words", actions.unknown_owners, (due(owners=("County Council",)),), ("owners", 0),
         "no owner", "tracker owner add \"County Council\" --name"),
    Case("owner by an alias", actions.unknown_owners, (due(owners=("pcc",)),), ("owners", 0), "another spelling of the owner OPCC", "`OPCC`"),
    Case("owner of a closed action", actions.unknown_owners, (due(owners=("Council",), status="discharged", history=[DISCHARGED]),), ("owners", 0),
         "no owner", "tracker owner add"),
    Case("owner twice", actions.owners_twice, (due(owners=("Force", "OPCC", "Force")),), ("owners", 2), "listed twice", "Delete", "warning"),
    Case("unknown item", actions.unknown_items, (due(item="4"), meeting(items=(item("3i"), item("5")))), ("item",),
         "no agenda item \"4\"", "one of 3i, 5 after `item:`, or add the item: tracker item add PDB/2025-11-26 TITLE --number 4"),
    Case("unknown item of no agenda", actions.unknown_items, (due(item="4"),), ("item",),
         "no agenda item", "Add the item: tracker item add PDB/2025-11-26"),
    Case("no due day", actions.no_due_day, (action(RAISED),), ("due",), "no due day", f"tracker redate {RAISED} --to", "warning"),
    Case("no due day since proposed", actions.no_due_day, (action(RAISED, status="proposed", history=[PROPOSED]),), ("due",),
         "no due day", f"tracker redate {RAISED} --to", "warning"),
    Case("wrong year", actions.due_before_raised, (due(due="2025-02-25"),), ("due",),
         "25 February 2025, before it was raised on 26 November 2025", f"If 25 February 2026 is meant: tracker redate {RAISED} --to 2026-02-25"),
    Case("wrong year of the day it was raised", actions.due_before_raised, (due(due="2024-11-26"),), ("due",), "26 November 2024", "If 26 November 2025 is meant"),
    Case("very wrong year", actions.due_before_raised, (due(due="2020-02-29"),), ("due",), "29 February 2020", f"tracker redate {RAISED} --to DATE"),
    Case("wrong year of a closed one", actions.due_before_raised, (due(due="2025-02-25", status="discharged", history=[DISCHARGED]),), ("due",),
         "25 February 2025", f"tracker edit {RAISED}"),
    Case("due at a cancelled meeting", actions.due_without_meeting,
         (due(), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-09-09", "scheduled")), ("due",),
         "PDB/2026-06-10, which was cancelled", f"tracker redate {RAISED} --to 2026-09-09"),
    Case("due at the last meeting, cancelled", actions.due_without_meeting, (due(), meeting("PDB/2026-06-10", "cancelled")), ("due",),
         "cancelled", f"tracker redate {RAISED} --to \"next meeting\""),
    Case("due at a postponed meeting", actions.due_without_meeting,
         (due(), meeting("PDB/2026-06-10", "postponed", postponed_to=date(2026, 9, 9)), meeting("PDB/2026-07-01", "scheduled"),
          meeting("PDB/2026-09-09", "scheduled")), ("due",), "postponed", f"tracker redate {RAISED} --to 2026-09-09"),
    Case("due when both sittings fell", actions.due_without_meeting,
         (due(), meeting("PDB/2026-06-10", "cancelled"), meeting("PDB/2026-06-10b", "postponed")), ("due",), "PDB/2026-06-10B, which was postponed", "redate"),
    Case("waiting in vain", actions.waiting_in_vain, (due(due="next meeting"), meeting("PDB/2026-06-10", "scheduled"), meeting("PDB/2026-09-09", "scheduled")), ("due",),
         "PDB/2026-06-10 is in the calendar", f"tracker redate {RAISED} --to 2026-06-10"),
    Case("follows nothing", actions.follows_nothing, (due(follows="PDB/2025-09-16/03"),), ("follows",), "no such action", "`follows:`"),
    Case("follows itself", actions.follows_nothing, (due(follows=RAISED),), ("follows",), "follows itself", "`follows:`"),
    Case("follows in a circle", actions.follows_in_a_circle,
         (due(follows="PDB/2025-11-26/03"), action("PDB/2025-11-26/02", "B", due="2026-06-10", follows=RAISED),
          action("PDB/2025-11-26/03", "C", due="2026-06-10", follows="PDB/2025-11-26/02"),
          action("PDB/2025-11-26/04", "D", due="2026-06-10", follows="PDB/2025-11-26/02")), ("follows",),
         "PDB/2025-11-26/01 and PDB/2025-11-26/03 follow one another", "as a rule PDB/2025-11-26/01"),
    Case("doubled text", actions.doubled_text, (due(text="Report the figures"), action("PDB/2025-11-26/02", "Report  the Figures.", due="2026-06-10")),
         ("text",), f"the same as {RAISED}", "tracker withdraw PDB/2025-11-26/02 --reason", "warning", "pdb/2025-11-26/02.yaml"),

    Case("event in the future", events.wrong_days, (due(history=[event("2062-01-10")]),), ("history", 0, "date"), "updated on 10 January 2062, which is still to come", "`date:`"),
    Case("event before raised", events.wrong_days, (due(history=[event("2025-01-10"), event("2026-01-10")]),), ("history", 0, "date"), "before it was raised", "`date:`"),
    Case("out of order", events.wrong_days, (due(history=[event("2026-01-10"), event("2026-01-09"), event("2026-01-10")]),), ("history", 1, "date"),
         "9 January 2026, but the entry before it is of 10 January 2026", "order of their days"),
    Case("only the wrong day is blamed", events.wrong_days, (due(history=[event("2062-01-10"), event("2026-01-10")]),), ("history", 0, "date"), "2062", "`date:`"),
    Case("at no meeting", events.meetings_unknown, (due(history=[event("2026-01-10", meeting="PDB/2026-01-10B")]),), ("history", 0, "meeting"),
         "updated at PDB/2026-01-10B, and there is no such meeting", "tracker meeting add pdb 2026-01-10b"),
    Case("no outcome", events.no_outcome, (due(status="discharged", history=[event("2026-01-10", "discharged", route="paper")]),), ("history", 0),
         "discharged without an outcome", f"Supply it with: tracker correct {RAISED} --outcome"),
    Case("blank outcome", events.no_outcome, (due(status="proposed", history=[event("2026-01-10", "proposed", note=" ")]),), ("history", 0),
         "proposed without an outcome", f"tracker correct {RAISED} --outcome"),
    Case("no outcome on an earlier proposal", events.no_outcome, (due(status="discharged", history=[event("2026-01-09", "proposed"), DISCHARGED]),), ("history", 0),
         "proposed without", "after `note:` in history 1"),
    Case("no outcome before reopening", events.no_outcome, (due(history=[event("2026-01-09", "discharged", route="paper"), REOPENED]),), ("history", 0),
         "discharged without", "after `note:` in history 1"),
    Case("no reason", events.no_outcome, (due(status="withdrawn", history=[event("2026-01-10", "withdrawn")]),), ("history", 0),
         "withdrawn without a reason", f"tracker correct {RAISED} --outcome", "warning"),
    Case("no route", events.no_route, (due(status="discharged", history=[event("2026-01-10", "discharged", note="Done")]),), ("history", 0),
         "without a route", f"tracker correct {RAISED} --outcome TEXT --route", "warning"),
    Case("no route, another one's correction", events.no_route,
         (due(status="discharged", history=[event("2026-01-10", "discharged", note="Done"), REOPENED, DISCHARGED._replace(date=date(2026, 1, 13)),
                                            event("2026-01-14", "corrected", route="paper", note="Done")]),), ("history", 0),
         "without a route", "after `route:` in history 1", "warning"),
    Case("carried after closing", events.after_closing,
         (due(history=[DISCHARGED, moved("2026-03-01", "2026-06-10", "carried forward", "2026-02-01")]),), ("history", 1, "event"),
         "carried forward although it had been discharged on 10 January 2026", "`reopened`"),
    Case("discharged after withdrawal", events.after_closing, (due(status="discharged", history=[WITHDRAWN, event("2026-01-12"), DISCHARGED._replace(date=date(2026, 1, 13))]),),
         ("history", 2, "event"), "although it had been withdrawn", "delete history 3"),
    Case("carried back", events.carried_to_no_later_day, (due(history=[moved("2026-07-10", "2026-06-10", "carried forward")]),), ("history", 0, "to"),
         "from 10 July 2026 to 10 June 2026, which is not later", "`event: re-dated`"),
    Case("carried nowhere", events.carried_to_no_later_day, (due(history=[moved("2026-06-10", "2026-06-10", "carried forward")]),), ("history", 0, "to"),
         "not later", "`event: re-dated`"),
    Case("carried to no day", events.carried_to_no_later_day, (due(due=None, status="withdrawn", history=[moved("2026-06-10", None, "carried forward"), WITHDRAWN]),),
         ("history", 0, "to"), "from 10 June 2026 to no day, which is not later", "`to:`"),
    Case("changed nothing", events.changed_nothing, (due(history=[moved("2026-06-10", "2026-06-10")]),), ("history", 0, "to"),
         "re-dated, but `from` and `to` are the same", "delete history 1", "warning"),
    Case("reassigned to the same", events.changed_nothing, (due(history=[event("2026-01-10", "reassigned", before=("Force",), after=("Force",))]),), ("history", 0, "to"),
         "reassigned, but", "delete history 1", "warning"),

    Case("scheduled in the past", meetings.past_but_scheduled, (meeting("PDB/2026-02-25", "scheduled"),), ("status",),
         "25 February 2026, which has passed", "Has it been held? Then: tracker meeting held PDB/2026-02-25", "warning", LATER),
    Case("held in the future", meetings.held_before_its_day, (meeting("PDB/2026-06-10", "held"),), ("status",),
         "10 June 2026 is still to come", "tracker meeting move PDB/2026-06-10 --to", path="pdb/2026-06-10/meeting.yaml"),
    Case("raised at a scheduled meeting", meetings.business_without_meeting, (due(), meeting(status="scheduled")), ("status",),
         f"PDB/2025-11-26 is scheduled, but {RAISED} was raised", "tracker meeting held PDB/2025-11-26", path=MEETING),
    Case("raised at a cancelled meeting", meetings.business_without_meeting,
         (due(), action("PDB/2025-11-26/02", "Other", due="2026-06-10"), meeting(status="cancelled")), ("status",),
         f"is cancelled, but {RAISED} and 1 more were raised", "tracker meeting reinstate PDB/2025-11-26", path=MEETING),
    Case("raised at a meeting to come", meetings.business_without_meeting, (action("PDB/2026-06-10/01", due="2026-09-09"), meeting("PDB/2026-06-10", "held")), ("status",),
         "PDB/2026-06-10 is still to come, but PDB/2026-06-10/01", "rename the folder pdb/2026-06-10", path="pdb/2026-06-10/meeting.yaml"),
    Case("decided at a postponed meeting", meetings.business_without_meeting,
         (due(history=[event("2026-02-25", meeting="PDB/2026-02-25")]), meeting("PDB/2026-02-25", "postponed")), ("status",),
         f"is postponed, but {RAISED} was", "mend `meeting:`", path=LATER),
    Case("postponed to no meeting", meetings.postponed_to_no_meeting, (meeting("PDB/2026-02-25", "postponed", postponed_to=date(2026, 3, 25)), meeting("JAC/2026-03-25", "scheduled")),
         ("postponed_to",), "no meeting on that day", "tracker meeting add pdb 2026-03-25", path=LATER),
    Case("postponed to an earlier day", meetings.postponed_to_no_meeting, (meeting("PDB/2026-02-25", "postponed", postponed_to=date(2026, 1, 25)), meeting("PDB/2026-01-25", "held")),
         ("postponed_to",), "not later", "`postponed_to:`", "warning", LATER),
    Case("postponed and yet held", meetings.postponed_to_no_meeting, (meeting("PDB/2026-02-25", "held", postponed_to=date(2026, 3, 25)), meeting("PDB/2026-03-25", "scheduled")),
         ("postponed_to",), "status is held", "Delete `postponed_to:`", path=LATER),
    Case("ends before it begins", meetings.ends_before_it_begins, (meeting(time="10:00", ends="09:30"),), ("ends",), "ends at 09:30", "`ends:`", "warning", MEETING),
    Case("items twice", meetings.items_twice, (meeting(items=(item("3i"), item("4"), item("3I"))),), ("items", 2, "number"), "two agenda items \"3I\"", "another number", "warning", MEETING),
    Case("items twice on the agenda", meetings.items_twice, (board(agenda=(item("1"), item("1"))),), ("agenda", 1, "number"), "two agenda items", "another number", "warning", "pdb/board.yaml"),
    Case("attendee twice", meetings.people_twice, (meeting(attendees=(person(), person("matthew  scott"))),), ("attendees", 1), "twice among the attendees", "Delete", "warning", MEETING),
    Case("apologies twice", meetings.people_twice, (meeting(apologies=(person(), person())),), ("apologies", 1), "twice among the apologies", "Delete", "warning", MEETING),
    Case("member twice", meetings.people_twice, (board(members=(person(), person())),), ("members", 1), "twice among the members", "Delete", "warning", "pdb/board.yaml"),
    Case("attended and sent apologies", meetings.people_twice, (meeting(attendees=(person(),), apologies=(person(),)),), ("apologies", 0), "attended and sent apologies", "Delete", "warning", MEETING),
    Case("gap", meetings.gaps_in_numbers, (due(), action("PDB/2025-11-26/03", "Other", due="2026-06-10"), action("PDB/2025-11-26/07", "Third", due="2026-06-10")), (),
         "PDB/2025-11-26: 02, 04 to 06", "git log --stat -- pdb/2025-11-26", "warning", MEETING),

    Case("shared alias", settings_checks.shared_spellings, (settings(owner("Force", aliases=("CC",)), owner("OPCC", aliases=("PCC", "cc"))),), ("owners", "OPCC", "aliases", 1),
         "both Force and OPCC", "Delete", path="register.yaml"),
    Case("shared name", settings_checks.shared_spellings, (settings(owner("Force", "Police"), owner("OPCC", "police")),), ("owners", "OPCC", "name"), "both", "Delete", path="register.yaml"),
    Case("shared key", settings_checks.shared_spellings, (settings(owner("Force", "Police"), owner("FORCE", "Office")),), ("owners", "FORCE"), "both", "Delete", path="register.yaml"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_finds_this_and_nothing_else(case: Case) -> None:
    found = check(register(*case.records), TODAY)
    assert [(f.path, f.field, f.severity) for f in found] == [(case.path, case.field, case.severity)]
    assert case.says in found[0].message
    assert case.advises in found[0].advice
    assert list(case.check(gather(register(*case.records), TODAY))) == found


def test_every_check_has_a_case() -> None:
    assert set(CHECKS) == {case.check for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_sentences_read_well_behind_one_another(case: Case) -> None:
    found = check(register(*case.records), TODAY)[0]
    assert not found.message.endswith((".", "?")) and not found.advice.endswith(".")
    assert found.advice and "\n" not in found.message + found.advice


def test_a_closed_action_is_not_told_to_be_redated() -> None:
    closed = due(status="discharged", history=[moved("2026-04-01", "2026-05-01"), DISCHARGED])
    assert [f.advice for f in check(register(closed), TODAY)] == ["Write `due: 2026-05-01` again"]


def test_what_was_closed_by_hand_still_counts_as_live() -> None:
    found = check(register(action(RAISED, owners=(), status="discharged")), TODAY)
    assert [f.field for f in found] == [("status",), ("owners",), ("due",)]


def test_findings_come_in_the_order_of_paths() -> None:
    found = check(register(due(owners=("X", "X"), item="9"), action("JAC/2025-11-26/01"), meeting("PDB/2026-02-25", "scheduled")), TODAY)
    assert [f.path for f in found] == ["jac/2025-11-26/01.yaml", *[PATH] * 4, LATER]


def test_a_gap_at_the_end_is_seen_by_what_a_left_over_file_claims() -> None:
    kept = register(due())
    found = check(kept.changed(highest={due().ref.meeting: 3}), TODAY)
    assert [f.message for f in found] == ["numbers are missing among the actions of PDB/2025-11-26: 02 to 03"]


def test_huge_numbers_cost_nothing() -> None:
    found = check(register(due(), action("PDB/2025-11-26/999999", "Other", due="2026-06-10")), TODAY)
    assert [f.message for f in found] == ["numbers are missing among the actions of PDB/2025-11-26: 02 to 999998"]


def test_a_long_line_of_followers_is_walked_once() -> None:
    chain = [action(f"PDB/2025-11-26/{n:02}", f"Number {n}", due="2026-06-10", follows=f"PDB/2025-11-26/{n - 1:02}") for n in range(2, 3000)]
    assert check(register(due(), *chain), TODAY) == []
