"""The one way to change a register: what it refuses to write over, and to write at all."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import action, files_of, meeting, on_disk, owner, put, settings
from tracker.model.changes.draft import Change, Draft
from tracker.model.records import Action, Meeting, Record, Register
from tracker.storage.lock import Holder
from tracker.storage.store import Applied, ChangedByHand, NotWritable, apply, plan

HOLDER = Holder("Ann", "office", 1, "2026-02-25 10:00:00", "tracker update")
REF = "PDB/2025-11-26/01"
PATH = "pdb/2025-11-26/01.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return on_disk(tmp_path / "records", action(REF), action("PDB/2025-11-26/02"))


def putting(*records: Record, first: Callable[[], object] = lambda: None) -> Callable[[Register], Change]:
    """A change that puts these records; `first` is what someone else does while it is being worked out."""

    def make(register: Register) -> Change:
        for record in records:  # as every command looks at what it changes
            if isinstance(record, Action):
                register.actions.get(record.ref)
            elif isinstance(record, Meeting):
                register.meetings.get(record.ref)
        first()
        draft = Draft(register)
        for record in records:
            draft.put(record)
        return draft.done("Changed")

    return make


def applied(root: Path, make: Callable[[Register], Change]) -> Applied:
    return apply(root, make, HOLDER, wait=1, tell=pytest.fail)


def test_a_change_is_written_and_a_plan_is_not(root: Path) -> None:
    change = putting(action(REF, "Another text"))
    before = files_of(root)
    assert [write.path for write in plan(root, change).writes] == [PATH]
    assert files_of(root) == before
    assert applied(root, change).change.sentence == "Changed"
    assert (root / PATH).read_text().startswith("text: Another text\n")


def test_nothing_is_written_where_nothing_changes(root: Path) -> None:
    assert plan(root, putting(action(REF))).writes == ()


def by_hand(root: Path) -> dict[str, Callable[[], object]]:
    return {
        "edited": lambda: put(root, PATH, "text: Edited by hand\nowners: [Force]\nstatus: open\n"),
        "torn": lambda: put(root, PATH, "text: [\n"),
        "deleted": lambda: (root / PATH).unlink(),
    }


@pytest.mark.parametrize("what", ["edited", "torn", "deleted"])
def test_a_file_that_changes_meanwhile_is_left_alone_and_so_are_the_others(root: Path, what: str) -> None:
    meanwhile = by_hand(root)[what]
    other = (root / "pdb/2025-11-26/02.yaml").read_bytes()
    with pytest.raises(ChangedByHand, match=PATH):
        applied(root, putting(action("PDB/2025-11-26/02", "Mine"), action(REF, "Mine"), first=meanwhile))
    left = files_of(root)
    assert left["pdb/2025-11-26/02.yaml"] == other
    assert b"Mine" not in left.get(PATH, b"")


def test_a_file_that_appears_meanwhile_is_not_written_over(root: Path) -> None:
    theirs = "text: Theirs\nowners: [Force]\nstatus: open\n"
    new = "pdb/2025-11-26/03.yaml"
    with pytest.raises(ChangedByHand):
        applied(root, putting(action("PDB/2025-11-26/03", "Mine"), first=lambda: put(root, new, theirs)))
    assert (root / new).read_text() == theirs


@pytest.mark.parametrize("record", [
    settings(owner("Force", aliases=(" ",))), meeting("PDB/2026-02-25", status="no such status"), action(REF, " "),
], ids=["owner", "meeting", "action"])  # fmt: skip
def test_what_could_not_be_read_again_is_not_written(root: Path, record: Record) -> None:
    before = files_of(root)
    with pytest.raises(NotWritable, match="nothing was changed"):
        applied(root, putting(record))
    assert files_of(root) == before
