import pytest

from tests.builders import action, event, meeting, register
from tests.model.builders import on
from tracker.errors import Refused
from tracker.model.changes.steps import each, live_state
from tracker.model.records import Action
from tracker.model.state import standing

FIRST, SECOND = action("PDB/2025-11-26/01"), action("PDB/2025-11-26/02")
ELSEWHERE = action("PDB/2026-01-14/01")
KENT = register(FIRST, SECOND, ELSEWHERE, meeting("PDB/2026-02-25", "scheduled"))


def mark(found: Action) -> tuple[Action, str]:
    return found._replace(tags=("x",)), f"Marked {found.ref}"


def test_one_action_is_its_own_sentence() -> None:
    change = each(KENT, [FIRST], None, "Marked", mark)
    assert (change.sentence, change.details, list(change.records)) == ("Marked PDB/2025-11-26/01", (), [FIRST.path])


def test_several_are_summed_up_with_their_meeting_if_they_share_one() -> None:
    assert each(KENT, [FIRST, SECOND], None, "Marked", mark).sentence == "Marked 2 actions of PDB/2025-11-26"
    assert each(KENT, [FIRST, ELSEWHERE], None, "Marked", mark).sentence == "Marked 2 actions"


def test_the_meeting_where_it_was_agreed_is_held_once() -> None:
    change = each(KENT, [FIRST, SECOND], on("2026-02-25", "PDB/2026-02-25"), "Marked", mark)
    assert change.sentence == "Marked 2 actions of PDB/2025-11-26 (PDB/2026-02-25 is now marked as held)"
    assert list(change.records) == [FIRST.path, SECOND.path, "pdb/2026-02-25/meeting.yaml"]


def test_a_closed_action_says_since_when_it_is_closed_now() -> None:
    """It may have been closed and opened before; an update since does not count."""
    history = [
        event("2026-01-01", "withdrawn", note="x"), event("2026-01-02", "reopened"),
        event("2026-01-03", "discharged", note="y"), event("2026-01-04", note="z"),
    ]  # fmt: skip
    with pytest.raises(Refused, match="has been discharged since 3 January 2026. To open it again: tracker reopen PDB/2025-11-26/01"):
        live_state(FIRST._replace(status="discharged", history=tuple(history)))
    assert live_state(FIRST) == standing(FIRST)
