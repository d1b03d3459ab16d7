import pytest

from tests.builders import action, action_ref, board, day, event, meeting, register, settings
from tests.model.builders import changed, on
from tracker.errors import Refused
from tracker.model.changes.editing import edited
from tracker.model.records import Action, Meeting, Record
from tracker.model.state import as_at

OLD = action(due="2026-02-25", history=[event("2025-12-01", note="Begun")])
KENT = register(OLD)
NOW = on("2026-01-10")


def edit(new: Action) -> Action:
    return changed(edited(KENT, OLD, new, NOW))


def test_what_changed_brings_its_events() -> None:
    new = edit(OLD._replace(text="Other words", owners=("OPCC",), due=day("2026-05-31"), due_said="spring 2026", tags=("x",)))
    assert new.history[1:] == (
        event("2026-01-10", "reworded", before=OLD.text, after="Other words"),
        event("2026-01-10", "reassigned", before=("Force",), after=("OPCC",)),
        event("2026-01-10", "re-dated", before="2026-02-25", after="2026-05-31", after_said="spring 2026"),
    )
    past = as_at(new, day("2026-01-09"))
    assert past and (past.text, past.owners, past.due, past.due_said) == (OLD.text, ("Force",), OLD.due, None)


def test_what_has_no_history_brings_no_event() -> None:
    new = OLD._replace(tags=("x",), restricted=True, item="3i", follows=action_ref("PDB/2023-09-13/01"))
    assert edit(new) == new


@pytest.mark.parametrize(
    ("status", "command"),
    [("proposed", "propose"), ("discharged", "discharge"), ("withdrawn", "withdraw")],
)
def test_a_change_of_status_names_its_command(status: str, command: str) -> None:
    with pytest.raises(Refused, match=f"tracker {command} PDB/2025-11-26/01"):
        edit(OLD._replace(status=status))  # type: ignore[arg-type]
    with pytest.raises(Refused, match="tracker reopen PDB/2025-11-26/01"):
        edited(KENT, OLD._replace(status=status), OLD, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("history", [(), (event("2025-12-01", note="Other"),), (*OLD.history, event("2026-01-01", note="More"))])
def test_the_history_is_only_added_to_by_commands(history: tuple[object, ...]) -> None:
    with pytest.raises(Refused, match="tracker correct PDB/2025-11-26/01 --outcome TEXT"):
        edit(OLD._replace(history=history))  # type: ignore[arg-type]


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(Refused, match="cannot follow itself"):
        edit(OLD._replace(follows=OLD.ref))
    with pytest.raises(Refused, match="Is the year right"):
        edit(OLD._replace(due=day("2025-02-25")))


@pytest.mark.parametrize(
    ("status", "command"),
    [
        ("scheduled", "reinstate PDB/2026-02-25"),
        ("postponed", "postpone PDB/2026-02-25 --to DATE"),
        ("cancelled", "cancel PDB/2026-02-25"),
    ],
)
def test_what_becomes_of_a_meeting_takes_its_command(status: str, command: str) -> None:
    old = meeting("PDB/2026-02-25")
    with pytest.raises(Refused, match=f"tracker meeting {command}"):
        edited(KENT, old, old._replace(status=status), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (OLD, OLD._replace(text="New"), "Edited PDB/2025-11-26/01: New"),
        (meeting("PDB/2026-02-25"), meeting("PDB/2026-02-25", venue="Online"), "Edited PDB/2026-02-25"),
        (board(), board(chair="The PCC"), "Edited the board PDB"),
        (settings(), settings(title="New"), "Edited the register's settings"),
    ],
)
def test_every_kind_of_record(old: Record, new: Record, sentence: str) -> None:
    change = edited(KENT, old, new, NOW)
    assert change.sentence == sentence and list(change.records) == [new.path]
    assert isinstance(new, (Action, Meeting)) or change.records[new.path] == new
