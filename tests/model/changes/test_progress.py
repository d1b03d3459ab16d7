import pytest

from tests.builders import action, day, event, meeting, register
from tests.model.builders import after, changed, last_event, on, the
from tracker.errors import NotUnderstood, Refused
from tracker.model.changes import progress
from tracker.model.records import Action
from tracker.model.state import standing

OPEN = action(due="2026-02-25")
PROPOSED = action("PDB/2025-11-26/02", "Report on file build", due="2026-02-25", status="proposed", history=[
    event("2026-02-01", "proposed", route="paper", note="In the item 4 paper"),
])  # fmt: skip
DISCHARGED = action("PDB/2025-11-26/03", status="discharged", history=[event("2026-01-10", "discharged", note="Done")])
WITHDRAWN = action("PDB/2025-11-26/04", status="withdrawn", history=[event("2026-01-10", "withdrawn", note="Overtaken")])
BY_HAND = action("PDB/2025-11-26/05", status="discharged")
KENT = register(OPEN, PROPOSED, DISCHARGED, WITHDRAWN, BY_HAND, meeting("PDB/2026-02-25"))
THEN = on("2026-02-25", "PDB/2026-02-25")


@pytest.mark.parametrize(
    ("text", "route"),
    [
        ("at meeting", "at meeting"), ("meeting", "at meeting"), ("paper", "paper"), ("Paper", "paper"),
        ("out", "out of meeting"), ("out of  meeting", "out of meeting"), ("future", "future item"),
        ("future item", "future item"), ("bau", "business as usual"), ("BAU", "business as usual"),
    ],
)  # fmt: skip
def test_routes_in_full_and_in_short(text: str, route: str) -> None:
    assert progress.read_route(text) == route


@pytest.mark.parametrize("text", ["", "post", "o", "x" * 1000])
def test_no_route_is_guessed(text: str) -> None:
    with pytest.raises(NotUnderstood, match="The routes are: at meeting, paper, out of meeting, future item, business as usual"):
        progress.read_route(text)


def test_update() -> None:
    change = progress.update(KENT, [OPEN], on("2026-01-10"), "Draft with the OPCC")
    assert change.sentence == "Noted progress on PDB/2025-11-26/01: Explore a rural crime update"
    assert changed(change) == OPEN._replace(history=(event("2026-01-10", note="Draft with the OPCC"),))


def test_an_update_of_a_closed_action_says_that_it_is_closed() -> None:
    change = progress.update(KENT, [DISCHARGED], THEN, "Thanks received")
    assert change.sentence == "Noted progress on PDB/2025-11-26/03 (discharged): Explore a rural crime update"
    assert changed(change).status == "discharged"


def test_propose() -> None:
    change = progress.propose(KENT, [OPEN], on("2026-02-01"), "In the item 4 paper", "paper")
    assert change.sentence == "Proposed PDB/2025-11-26/01 for discharge (paper): Explore a rural crime update"
    assert changed(change).status == "proposed"
    assert last_event(change) == event("2026-02-01", "proposed", route="paper", note="In the item 4 paper")


def test_what_is_with_the_board_is_not_proposed_again() -> None:
    with pytest.raises(Refused, match="has been with the board since 1 February 2026.*tracker correct PDB/2025-11-26/02"):
        progress.propose(KENT, [PROPOSED], THEN, "Again", None)


def test_discharge() -> None:
    change = progress.discharge(KENT, [OPEN], THEN, "Reported", "at meeting")
    assert change.sentence == "Discharged PDB/2025-11-26/01 (at meeting): Explore a rural crime update"
    new = changed(change)
    assert new.status == "discharged" and new.due == OPEN.due
    assert last_event(change) == event("2026-02-25", "discharged", meeting="PDB/2026-02-25", route="at meeting", note="Reported")


def test_several_at_once_have_a_summary_and_a_detail_each() -> None:
    change = progress.discharge(KENT, [OPEN, PROPOSED], THEN, "Reported", None)
    assert change.sentence == "Discharged 2 actions of PDB/2025-11-26"
    assert change.details == (
        "Discharged PDB/2025-11-26/01: Explore a rural crime update",
        "Discharged PDB/2025-11-26/02: Report on file build",
    )


def test_all_or_nothing() -> None:
    with pytest.raises(Refused, match="PDB/2025-11-26/03 has been discharged since 10 January 2026"):
        progress.discharge(KENT, [OPEN, DISCHARGED], THEN, "Reported", None)


@pytest.mark.parametrize("closed", [DISCHARGED, WITHDRAWN])
def test_a_closed_action_is_neither_proposed_nor_closed_again(closed: Action) -> None:
    says = f"has been {closed.status} since 10 January 2026. To open it again: tracker reopen {closed.ref}"
    with pytest.raises(Refused, match=says):
        progress.discharge(KENT, [closed], THEN, "x", None)
    with pytest.raises(Refused, match=says):
        progress.withdraw(KENT, [closed], THEN, "x")
    with pytest.raises(Refused, match=says):
        progress.propose(KENT, [closed], THEN, "x", None)


def test_what_was_closed_by_hand_can_be_given_its_outcome() -> None:
    assert standing(changed(progress.discharge(KENT, [BY_HAND], THEN, "Reported", None))).status == "discharged"
    assert standing(changed(progress.propose(KENT, [BY_HAND], THEN, "Written", None))).status == "proposed"
    reopened = changed(progress.reopen(KENT, [BY_HAND], THEN, None))
    assert (reopened.status, standing(reopened).by_hand) == ("open", None)


@pytest.mark.parametrize("blank", ["", " ", "\n"])
def test_words_are_needed(blank: str) -> None:
    with pytest.raises(Refused, match="PDB/2025-11-26/01 has no outcome to discharge it with"):
        progress.discharge(KENT, [OPEN], THEN, blank, None)
    with pytest.raises(Refused, match="--outcome"):
        progress.propose(KENT, [OPEN], THEN, blank, None)
    with pytest.raises(Refused, match="--outcome"):
        progress.correct(KENT, DISCHARGED, THEN, blank, None)
    with pytest.raises(Refused, match="--reason"):
        progress.withdraw(KENT, [OPEN], THEN, blank)
    with pytest.raises(Refused, match="--note"):
        progress.update(KENT, [OPEN], THEN, blank)


def test_what_was_proposed_is_discharged_with_its_own_words_and_route() -> None:
    other = action("PDB/2023-09-13/01", status="proposed", history=[
        event("2026-01-10", "proposed", note="Riten"), event("2026-01-12", "corrected", note="Written"),
    ])  # fmt: skip
    elsewhere = action("ABC/2025-11-26/01", status="proposed", history=[event("2026-01-10", "proposed", note="No")])
    later = action("PDB/2025-11-26/09", status="proposed", history=[event("2026-03-01", "proposed", note="Late")])
    claimed = action("PDB/2025-11-26/10", status="proposed")
    records = register(*KENT.actions.values(), other, elsewhere, later, claimed, meeting("PDB/2026-02-25"))
    found = progress.proposed_to(records, "pdb", day("2026-02-25"))
    assert [str(one.ref) for one in found] == ["PDB/2023-09-13/01", "PDB/2025-11-26/02"]
    change = progress.discharge_proposed(records, found, THEN)
    assert change.sentence == "Discharged 2 actions"
    outcomes = [(state.outcome, state.route) for ref in found if (state := standing(the(after(records, change), ref.ref)))]
    assert outcomes == [("Written", None), ("In the item 4 paper", "paper")]


def test_withdraw() -> None:
    change = progress.withdraw(KENT, [OPEN], THEN, "Overtaken by the review")
    assert change.sentence == "Withdrew PDB/2025-11-26/01: Explore a rural crime update"
    assert (changed(change).status, last_event(change).note) == ("withdrawn", "Overtaken by the review")


def test_reopen_keeps_the_due_day() -> None:
    closed = DISCHARGED._replace(due=day("2026-02-25"))
    change = progress.reopen(KENT, [closed], THEN, "It was not")
    assert change.sentence == "Reopened PDB/2025-11-26/03, due 25 February 2026: Explore a rural crime update"
    assert (changed(change).status, changed(change).due) == ("open", closed.due)
    assert "no due day" in progress.reopen(KENT, [WITHDRAWN], THEN, None).sentence
    assert changed(progress.reopen(KENT, [PROPOSED], THEN, None)).status == "open"


def test_a_reopened_action_that_waited_is_due_at_the_meeting_that_came_into_the_calendar_meanwhile() -> None:
    change = progress.reopen(KENT, [DISCHARGED._replace(due="next meeting")], THEN, None)
    assert changed(change).due == day("2026-02-25")
    assert (last_event(change).event, last_event(change).before) == ("re-dated", "next meeting")


def test_a_reopened_action_whose_meeting_fell_meanwhile_is_due_at_the_next_one() -> None:
    calendar = register(meeting("PDB/2026-02-25", status="cancelled"), meeting("PDB/2026-06-10"), DISCHARGED)
    change = progress.reopen(calendar, [DISCHARGED._replace(due=day("2026-02-25"))], on("2026-02-25"), None)
    assert changed(change).due == day("2026-06-10")


def test_what_is_open_is_not_reopened() -> None:
    with pytest.raises(Refused, match="PDB/2025-11-26/01 is open already."):
        progress.reopen(KENT, [OPEN], THEN, None)


def test_correct() -> None:
    change = progress.correct(KENT, DISCHARGED, THEN, "Done, and reported in the item 4 paper of June", "paper")
    assert change.sentence == (
        "Corrected the words recorded on PDB/2025-11-26/03: Done, and reported in the item 4 …"
    )
    state = standing(changed(change))
    assert (state.status, state.outcome, state.route, state.discharged_on) == (
        "discharged", "Done, and reported in the item 4 paper of June", "paper", day("2026-01-10"),
    )  # fmt: skip


def test_there_must_be_something_to_correct() -> None:
    with pytest.raises(Refused, match="has no outcome or update to correct.*tracker update PDB/2025-11-26/01 --note NOTE"):
        progress.correct(KENT, OPEN, THEN, "x", None)
