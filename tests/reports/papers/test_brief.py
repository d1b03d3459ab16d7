"""Where each action stands in the paper before a meeting: nothing lost, nothing counted twice."""

from datetime import date, timedelta
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, board, day, event, item, meeting, meeting_ref, register
from tracker.errors import NotFound
from tracker.model.records import Action, Event, Meeting, Register
from tracker.model.state import as_at
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.brief import KINDS, Brief, BriefRow, brief, usual_day
from tracker.reports.papers.head import Given

DAY = date(2026, 2, 25)
EVE = date(2026, 2, 24)
HELD = meeting("PDB/2025-11-26", items=(item("3i", "Plan delivery"), item("9", "Personnel", restricted=True)))
COMING = meeting("PDB/2026-02-25", "scheduled")


def made(*records: object, on: date = EVE, at: Meeting = COMING, public: bool | None = None, by_owner: bool = False) -> Brief:
    held = register(HELD, at, *records)  # type: ignore[arg-type]
    choice = None if public is None else "public" if public else "everything"
    return brief(held, at, on, Audience(held, choice), by_owner=by_owner)


def where(report: Brief) -> dict[str, str]:
    """The section of each action; fails where one stands twice."""
    found = [(str(line.row.action.ref), section.kind) for section in report.sections for line in section.rows]
    assert len(dict(found)) == len(found)
    return dict(found)


def only(report: Brief) -> BriefRow:
    (line,) = chain.from_iterable(section.rows for section in report.sections)
    return line


def carried(times: int) -> list[Event]:
    days = [f"2025-12-{number + 1:02}" for number in range(times + 1)]
    return [event(days[n], "carried forward", before=days[n], after=days[n + 1]) for n in range(times)]


def test_each_section_has_what_belongs_there() -> None:
    report = made(
        action("PDB/2025-11-26/01", due="2026-02-24"),
        action("PDB/2025-11-26/02", due="2026-02-25"),
        action("PDB/2025-11-26/03", due="2026-01-01", status="proposed", history=[event("2026-01-20", "proposed", note="Done")]),
        action("PDB/2025-11-26/04", due="2026-02-25", status="discharged", history=[event("2026-01-20", "discharged", note="Sent")]),
        action("PDB/2025-11-26/05", due="2026-02-26"),
        action("PDB/2025-11-26/06"),
        action("PDB/2024-06-12/01", due="2024-09-11"),
        action("PDB/2025-11-26/07", due="2026-02-25", status="withdrawn", history=[event("2026-01-20", "withdrawn", note="No")]),
    )
    assert where(report) == {
        "PDB/2025-11-26/01": "overdue", "PDB/2025-11-26/02": "due", "PDB/2025-11-26/03": "with the board",
        "PDB/2025-11-26/04": "discharged", "PDB/2025-11-26/05": "not yet due", "PDB/2025-11-26/06": "without a day",
        "PDB/2024-06-12/01": "no record",
    }  # fmt: skip
    assert tuple(section.kind for section in report.sections) == KINDS
    assert report.summary == (6, 2, 1, 1, 1, 1, 1, 1)
    asks = {str(line.row.action.ref)[-2:]: line.asks for section in report.sections[:-1] for line in section.rows}
    assert asks == {
        "01": "seek an update", "02": "update due", "03": "discharge", "04": "note the outcome", "05": "note", "06": "set a day"
    }  # fmt: skip


def test_days_are_counted_to_the_meeting_whatever_the_day_of_the_paper() -> None:
    late = action(due="2026-02-20")
    for on in (date(2025, 12, 1), EVE, DAY):
        line = only(made(late, on=on))
        assert (line.row.days_overdue, line.standing) == (5, "overdue")
    assert only(made(action(due="2026-02-25"), on=date(2026, 3, 9))).standing == "due"


def test_the_usual_day_is_today_until_the_meeting_comes() -> None:
    assert usual_day(COMING, date(2026, 2, 1)) == date(2026, 2, 1)
    assert usual_day(COMING, EVE) == usual_day(COMING, DAY) == usual_day(COMING, date(2027, 1, 1)) == EVE


def test_what_was_said_since_the_last_meeting_is_an_update_and_nothing_older() -> None:
    said = [event("2026-01-10", note="Draft with the OPCC")]
    old = [event("2025-11-26", note="Draft with the OPCC")]
    for due, without in (("2026-02-24", "seek an update"), ("2026-02-25", "update due")):
        assert only(made(action(due=due, history=said))).asks == "consider the update"
        assert only(made(action(due=due, history=old))).asks == without
        assert only(made(action(due=due, history=said), on=date(2026, 1, 9))).asks == without


@pytest.mark.parametrize(("on", "silent"), [("2025-02-24", True), ("2025-02-25", False)])
def test_no_record_for_over_a_year(on: str, silent: bool) -> None:
    old = action("PDB/2024-06-12/01", due="2024-09-11", history=[event(on, note="In hand")])
    line = only(made(old))
    assert (where(made(old)) == {"PDB/2024-06-12/01": "no record"}) is silent
    assert (line.last_record, line.standing) == (day(on), "overdue")
    assert made(old).summary.overdue == made(old).summary.live == 1
    assert line.asks == ("establish" if silent else "seek an update")


def test_a_leap_day_has_a_year_before_it() -> None:
    at = meeting("PDB/2028-02-29", "scheduled")
    held = {"PDB/2027-02-28": "without a day", "PDB/2027-02-27": "no record"}
    for ref, kind in held.items():
        assert set(where(made(action(f"{ref}/01"), at=at, on=date(2028, 2, 28))).values()) == {kind}


def test_what_was_proposed_long_ago_still_waits_for_the_board() -> None:
    old = action("PDB/2024-06-12/01", due="2024-09-11", status="proposed", history=[event("2024-07-01", "proposed", note="Done")])
    assert set(where(made(old)).values()) == {"with the board"}


def test_a_status_typed_by_hand_counts_as_open_and_asks_for_its_outcome() -> None:
    line = only(made(action(due="2026-02-20", status="discharged")))
    assert (line.standing, line.asks, line.row.state.by_hand) == ("overdue", "confirm by hand", "discharged")


def test_only_what_was_discharged_after_the_last_standing_meeting() -> None:
    def gone(on: str) -> Action:
        return action("PDB/2025-09-16/01", status="discharged", history=[event(on, "discharged", note="Sent")])

    fallen = meeting("PDB/2026-01-14", "cancelled")
    for on, shown in (("2025-11-26", False), ("2025-11-27", True), ("2026-01-10", True), ("2026-02-24", True)):
        assert bool(where(made(gone(on), fallen))) is shown
    assert made(gone("2026-01-10"), fallen).since == HELD.ref.day
    live = made(gone("2026-02-25"), on=EVE)
    assert set(where(live).values()) == {"without a day"}


def test_next_meeting_means_this_one_only_where_it_is_the_next() -> None:
    waiting = action(due="next meeting")
    assert only(made(waiting)).standing == "due"
    assert only(made(waiting, on=date(2026, 3, 1))).standing == "due"
    assert only(made(waiting, meeting("PDB/2026-02-11", "scheduled"), on=date(2026, 2, 1))).standing == "not yet due"
    assert only(made(waiting, meeting("PDB/2026-02-11", "cancelled"), on=date(2026, 2, 1))).standing == "due"
    fallen = COMING._replace(status="cancelled")
    assert only(made(waiting, at=fallen)).standing == "not yet due"


def test_other_boards_and_what_this_meeting_raises_do_not_count() -> None:
    report = made(action("FIN/2025-11-26/01"), action("PDB/2026-02-25/01"), action("PDB/2026-06-10/01"), on=date(2026, 7, 1))
    assert where(report) == {}
    second = meeting("PDB/2026-02-25b", "scheduled")
    assert len(where(made(action("PDB/2026-02-25/01"), at=second, on=DAY))) == 1


def test_longest_overdue_first_and_silence_by_its_length() -> None:
    late = [action(f"PDB/2025-11-26/0{n}", due=due) for n, due in enumerate(("2026-02-20", "2026-01-10", "2026-02-20"), start=1)]
    assert list(where(made(*late))) == ["PDB/2025-11-26/02", "PDB/2025-11-26/01", "PDB/2025-11-26/03"]
    quiet = [action("PDB/2024-06-12/01", history=[event("2024-08-01")]), action("PDB/2024-06-13/01")]
    assert list(where(made(*quiet))) == ["PDB/2024-06-13/01", "PDB/2024-06-12/01"]


def test_by_owner_each_action_stands_once_under_the_leading_one() -> None:
    report = made(
        action("PDB/2025-11-26/01", owners=("OPCC", "Force"), due="2026-02-25"),
        action("PDB/2025-11-26/02", owners=("Force",), due="2026-02-25"),
        action("PDB/2025-11-26/03", owners=(), due="2026-02-25"),
        by_owner=True,
    )
    due = report.sections[1]
    assert due.groups
    assert [(owner, [line.row.action.ref.number for line in rows]) for owner, rows in due.groups] == [
        ("Force", [2]), ("OPCC", [1]), ("no owner", [3])
    ]  # fmt: skip
    assert made().sections[0].groups is None


def test_a_public_paper_leaves_out_what_is_restricted_and_counts_it() -> None:
    records = (
        action("PDB/2025-11-26/01", due="2026-02-20", restricted=True),
        action("PDB/2025-11-26/02", due="2026-02-20", item="9"),
        action("PDB/2025-11-26/03", due="2026-02-20", item="3i", follows="PDB/2025-11-26/01"),
        action("PDB/2025-09-16/01", status="discharged", restricted=True, history=[event("2025-10-01", "discharged", note="Long ago")]),
    )
    report = made(*records, public=True)
    assert list(where(report)) == ["PDB/2025-11-26/03"]
    assert (report.withheld, report.summary.live, only(report).row.action.follows) == ((2, 0), 1, None)
    assert only(report).item == item("3i", "Plan delivery")
    whole = made(*records, public=False)
    assert (len(where(whole)), whole.withheld) == (3, (0, 0))
    assert len(where(made(*records, board(publish="public")))) == 1
    assert len(where(made(*records, board(publish="public"), public=False))) == 3


def test_the_title_of_a_restricted_item_is_not_in_the_head_of_a_public_paper() -> None:
    at = COMING._replace(items=(item("7", "Complaint about an officer", restricted=True),))
    held = register(HELD, at)
    heads = [
        brief(held, at, EVE, Audience(held, choice), given=Given("7")).head for choice in ("public", "everything")
    ]  # fmt: skip
    assert "Complaint" not in str(heads[0])
    assert heads[1].agenda_item == "7 Complaint about an officer"


def test_a_board_that_cannot_be_read_gives_no_paper_for_it_may_be_public() -> None:
    held = register(HELD, COMING).changed(boards={})
    with pytest.raises(NotFound):
        brief(held, COMING, EVE, Audience(held))


EVENTS = st.lists(
    st.tuples(
        st.dates(date(2024, 6, 12), date(2026, 4, 1)),
        st.sampled_from(["update", "carried forward", "re-dated", "proposed", "discharged", "withdrawn", "reopened"]),
    ),
    max_size=5,
)
DUES = st.one_of(st.none(), st.just("next meeting"), st.dates(date(2024, 6, 12), date(2026, 6, 1)))


@st.composite
def lives(draw: st.DrawFn) -> Register:
    """A register of random lives, sound and unsound."""
    actions = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        raised = draw(st.sampled_from(["PDB/2024-06-12", "PDB/2025-11-26", "PDB/2026-02-25"]))
        history = []
        due = draw(DUES)
        for on, kind in sorted(draw(EVENTS)):
            after = on + timedelta(days=60)
            moves = {"before": due, "after": after} if kind in ("carried forward", "re-dated") else {}
            due = after if moves else due
            history.append(event(on, kind, **moves))
        status = draw(st.sampled_from(["open", "proposed", "discharged", "withdrawn"]))
        actions.append(action(f"{raised}/{number:02}", due=due, status=status, history=history))
    return register(HELD, COMING, *actions)


@given(lives(), st.dates(date(2025, 12, 1), date(2026, 3, 30)))
@settings(deadline=None, derandomize=True, max_examples=80)
def test_no_action_is_lost_or_counted_twice(held: Register, on: date) -> None:
    at = held.meetings[meeting_ref("PDB/2026-02-25")]
    report = brief(held, at, on, Audience(held))
    states = {ref: as_at(found, on) for ref, found in held.actions.items() if ref.meeting < at.ref}
    live = {str(ref) for ref, state in states.items() if state and state.live}
    gone = {str(ref) for ref, state in states.items() if state and state.discharged_on and state.discharged_on > HELD.ref.day}
    found = where(report)
    assert set(found) == live | gone
    summary = report.summary
    assert summary.live == len(live) and summary.discharged == len(gone)
    assert summary.live == summary.overdue + summary.due + summary.with_board + summary.not_yet_due + summary.without_day
    assert summary.no_record == sum(kind == "no record" for kind in found.values())
