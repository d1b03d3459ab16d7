"""The life of records in git, from real commits: by the program, by hand, on two branches, moved and deleted."""

import os
from pathlib import Path

import pytest

from tests.builders import action_ref, meeting_ref, put
from tests.git.repository import Clone, clone, logging_git
from tests.storage.index.registers import opened_by
from tracker.errors import NotFound
from tracker.git.history import Happened, life_of
from tracker.git.revisions import clone_of
from tracker.model.references import REGISTER_PATH, Ref, path_of

FIRST = "pdb/2025-11-26/01.yaml"
REF = action_ref("PDB/2025-11-26/01")
MEETING = meeting_ref("PDB/2025-11-26")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    made = clone(tmp_path)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    return made


def life(desk: Clone, ref: Ref | None, enough: int | None = None) -> list[Happened]:
    return life_of(clone_of(desk.root), ref, enough)


def kinds(desk: Clone, ref: Ref | None) -> list[str]:
    return [found.difference.kind for found in life(desk, ref)]


def by_hand(desk: Clone, path: str, old: str, new: str, message: str | None = "By hand") -> None:
    put(desk.root, path, desk.text(path).replace(old, new))
    assert new in desk.text(path)
    if message:
        desk.git("commit", "--quiet", "--all", f"--message={message}")


def test_the_life_of_an_action_by_the_program(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun")
    desk.done("update", "26/2", "--note", "Another action")
    desk.done("carry", "26/1", "--to", "2026-06-10")
    found = life(desk, REF)
    assert [one.difference.kind for one in found] == ["carried forward", "update", "raised"]
    assert [one.commit and one.commit.hash for one in found] == [desk.head(), desk.git("rev-parse", "HEAD~2").strip(), desk.git("rev-parse", "HEAD~3").strip()]
    assert {one.commit and one.commit.author for one in found} == {"Anna Officer"}
    assert found[0].commit and found[0].commit.trailers == ("PDB/2025-11-26/01",)


def test_several_things_in_one_commit_are_told_latest_first(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun", "--no-commit")
    desk.done("carry", "26/1", "--to", "2026-06-10", "--no-commit")
    assert kinds(desk, REF) == ["carried forward", "update", "raised"]
    assert [one.commit for one in life(desk, REF)][:2] == [None, None]
    desk.git("commit", "--quiet", "--all", "--message=Both")
    assert [one.commit is not None for one in life(desk, REF)] == [True] * 3


def test_edits_by_hand_are_told(desk: Clone) -> None:
    by_hand(desk, FIRST, "Force", "OPCC")
    by_hand(desk, FIRST, "text:", "# noted in pencil\ntext:")
    by_hand(desk, FIRST, "2026-02-25", "2026-03-31", None)
    found = life(desk, REF)
    assert [(one.difference.kind, one.difference.field) for one in found] == [("by hand", "due"), ("rewritten", ""), ("by hand", "owners"), ("raised", "")]
    assert found[0].commit is None


def test_line_ends_alone_are_no_event(desk: Clone) -> None:
    put(desk.root, FIRST, desk.text(FIRST).replace("\n", "\r\n"))
    assert kinds(desk, REF) == ["raised"]


def test_a_deleted_record_is_still_known(desk: Clone) -> None:
    (desk.root / FIRST).unlink()
    assert kinds(desk, REF) == ["deleted", "raised"]
    desk.git("commit", "--quiet", "--all", "--message=Gone")
    found = life(desk, REF)
    assert [(one.difference.kind, one.commit is not None) for one in found] == [("deleted", True), ("raised", True)]


def test_a_record_that_cannot_be_read_meanwhile(desk: Clone) -> None:
    good = desk.text(FIRST)
    by_hand(desk, FIRST, "text:", "torn: [\ntext:")
    put(desk.root, FIRST, good)
    desk.git("commit", "--quiet", "--all", "--message=Mended")
    assert kinds(desk, REF) == ["readable again", "unreadable", "raised"]


def test_a_meeting_is_told_with_its_actions_and_no_others(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun")
    desk.done("add", "Another", "--meeting", "2025-11-26", "--owner", "Force")
    desk.done("meeting", "add", "pdb", "2026-09-16")
    found = life(desk, MEETING)
    assert [str(one.difference.ref) for one in found][:2] == ["PDB/2025-11-26/04", "PDB/2025-11-26/01"]
    assert {str(one.difference.ref)[:14] for one in found} == {"PDB/2025-11-26"}


def test_a_moved_meeting_is_followed_back_to_its_old_day(desk: Clone) -> None:
    desk.done("meeting", "add", "pdb", "2026-09-16", "--venue", "Here")
    by_hand(desk, "pdb/2026-09-16/meeting.yaml", "Here", "There")
    desk.done("meeting", "move", "2026-09-16", "--to", "2026-09-17")
    desk.done("meeting", "move", "2026-09-17", "--to", "2026-09-18")
    assert desk.touched() == ["records/pdb/2026-09-17/meeting.yaml", "records/pdb/2026-09-18/meeting.yaml"]
    found = life(desk, meeting_ref("PDB/2026-09-18"))
    assert [one.difference.kind for one in found] == ["moved", "moved", "field", "meeting added"]
    assert [str(one.difference.moved_from) for one in found[:2]] == ["PDB/2026-09-17", "PDB/2026-09-16"]
    assert kinds(desk, meeting_ref("PDB/2026-09-16")) == ["moved", "field", "meeting added"]


def test_a_move_of_the_program_is_known_by_its_trailers(desk: Clone) -> None:
    new = put(desk.root, "pdb/2026-06-17/meeting.yaml", desk.text("pdb/2026-06-10/meeting.yaml") + "venue: Elsewhere\n")
    (desk.root / "pdb/2026-06-10/meeting.yaml").unlink()
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=Moved\n\nTracker-Ref: PDB/2026-06-10\nTracker-Ref: PDB/2026-06-17")
    assert new.exists() and kinds(desk, meeting_ref("PDB/2026-06-17")) == ["field", "moved", "meeting added"]
    desk.git("commit", "--quiet", "--amend", "--message=Moved")
    assert kinds(desk, meeting_ref("PDB/2026-06-17")) == ["meeting added"]


def test_a_move_that_is_not_committed_yet(desk: Clone) -> None:
    desk.done("meeting", "move", "2026-06-10", "--to", "2026-06-17", "--no-commit")
    found = life(desk, meeting_ref("PDB/2026-06-17"))
    assert [(one.difference.kind, one.commit is None) for one in found] == [("moved", True), ("meeting added", False)]


def test_a_board_the_register_and_everything(desk: Clone) -> None:
    desk.done("owner", "add", "HO", "--name", "Home Office")
    desk.done("update", "26/1", "--note", "Begun")
    assert {str(one.difference.ref) for one in life(desk, "pdb")} >= {"pdb", "PDB/2025-11-26", "PDB/2025-11-26/01"}
    assert "register.yaml" not in {one.difference.ref for one in life(desk, "pdb")}
    assert [one.difference.kind for one in life(desk, REGISTER_PATH)] == ["owner added", "owner added", "owner added", "register added"]
    assert kinds(desk, None)[:2] == ["update", "owner added"]


def test_what_is_named_is_looked_at_and_nothing_else(desk: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.done("board", "add", "audit", "--title", "Audit Board")
    for path in (FIRST, "pdb/2025-11-26/02.yaml"):
        by_hand(desk, path, "text: ", "text: Do ", message=None)
    by_hand(desk, "audit/board.yaml", "Audit", "Old", message=None)
    really, listed = os.scandir, []
    monkeypatch.setattr(os, "scandir", lambda place: listed.append(Path(place)) or really(place))
    for ref in (REF, REGISTER_PATH):
        assert opened_by(lambda: life(desk, ref), desk.root) == [path_of(ref)]  # noqa: B023
    assert listed == []
    assert [one.difference.ref for one in life(desk, MEETING) if one.commit is None] == [action_ref("PDB/2025-11-26/02"), REF]
    assert {one.difference.ref for one in life(desk, "audit") if one.commit is None} == {"audit"}
    listed.clear()
    assert {path.partition("/")[0] for path in opened_by(lambda: life(desk, "pdb"), desk.root)} == {"pdb"}
    assert desk.root / "pdb/2025-11-26" in listed
    assert desk.root / "audit" not in listed


def test_a_board_behind_a_link_is_gone(desk: Clone, tmp_path: Path) -> None:
    (desk.root / "pdb").rename(tmp_path / "elsewhere")
    (desk.root / "pdb").symlink_to(tmp_path / "elsewhere")
    put(desk.root, "pdb/2025-11-26/04.yaml", desk.text(FIRST))
    gone = [one.difference for one in life(desk, "pdb") if one.commit is None]
    assert len(gone) == 7
    assert gone == [one.difference for one in life(desk, None) if one.commit is None]


def branches(desk: Clone) -> None:
    """Both sides note progress on the first action; the merge unites the two histories."""
    desk.git("checkout", "--quiet", "-b", "side")
    desk.done("update", "26/1", "--note", "Side", today="2026-01-10")
    side = desk.text(FIRST)
    desk.git("checkout", "--quiet", "main")
    desk.done("update", "26/1", "--note", "Main", today="2026-01-20")
    desk.git("merge", "--quiet", "--no-commit", "side", ok=False)
    put(desk.root, FIRST, side + "  - date: 2026-01-20\n    event: update\n    note: Main\n")


def test_a_merge_is_shown_once(desk: Clone) -> None:
    branches(desk)
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=Merge")
    notes = [one.difference.event.note for one in life(desk, REF) if one.difference.event]
    assert sorted(notes, key=str) == ["Main", "Side"]
    assert kinds(desk, REF)[-1] == "raised"


def test_what_a_merge_itself_changes_is_told(desk: Clone) -> None:
    branches(desk)
    put(desk.root, FIRST, desk.text(FIRST).replace("Force", "OPCC"))
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=Merge")
    found = life(desk, REF)
    assert (found[0].difference.kind, found[0].difference.field) == ("by hand", "owners")
    assert found[0].commit and found[0].commit.hash == desk.head()
    assert len(found) == 4


def test_a_side_whose_change_the_merge_dropped_is_still_told(desk: Clone) -> None:
    desk.git("checkout", "--quiet", "-b", "side")
    desk.done("update", "26/1", "--note", "Side")
    desk.git("checkout", "--quiet", "main")
    desk.git("commit", "--quiet", "--allow-empty", "--message=x")
    desk.git("merge", "--quiet", "--strategy=ours", "--no-edit", "side")
    assert kinds(desk, REF) == ["update", "raised"]


def test_settings_and_files_of_the_clone_change_nothing(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "Begun")
    desk.done("meeting", "move", "2026-06-10", "--to", "2026-06-17")
    (desk.root / FIRST).rename(desk.root / "pdb/2025-11-26/05.yaml")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=Renamed")
    refs = (REF, action_ref("PDB/2025-11-26/05"), meeting_ref("PDB/2026-06-17"))

    def lives() -> list[list[Happened]]:
        return [[one._replace(commit=None) for one in life(desk, ref)] for ref in refs]

    before = lives()
    assert [[one.difference.kind for one in found] for found in before] == [["deleted", "update", "raised"], ["update", "raised"], ["moved", "meeting added"]]
    (desk.top / ".mailmap").write_text("Evil <evil@example.org> <anna@example.org>\n")
    for name, value in {
        "log.showRoot": "false", "log.follow": "true", "log.date": "relative", "log.mailmap": "true", "diff.renames": "copies", "diff.relative": "true",
        "diff.noprefix": "true", "log.diffMerges": "first-parent", "core.abbrev": "5", "core.quotePath": "true", "format.pretty": "oneline", "diff.orderFile": "/nowhere",
        "log.decorate": "full", "color.ui": "always", "diff.external": "false", "i18n.logOutputEncoding": "latin1", "trailer.separators": "#",
    }.items():  # fmt: skip
        desk.git("config", name, value)
    assert lives() == before
    assert {one.commit and one.commit.author for one in life(desk, REF)} == {"Anna Officer"}


def test_names_and_messages_can_hold_anything(desk: Clone) -> None:
    for number, name in enumerate(["a" * 40, "x:100644 100644", "=", "x\x1e\x1fy", "é\u202e", "-x"]):
        by_hand(desk, FIRST, "text:", f"# {number}\ntext:", None)
        desk.git("commit", "--quiet", "--all", "--message=:100644 100644 a b M\n\n\x01Tracker-Ref: x\n\nTracker-Ref: ../../x\nTracker-Ref: \x1f", GIT_AUTHOR_NAME=name)
        assert (found := life(desk, REF)[0].commit) and found.author == name
    assert len(life(desk, REF)) == 7


def test_enough_is_a_promise_of_at_least_one_more(desk: Clone) -> None:
    for number in range(4):
        desk.done("update", "26/1", "--note", str(number))
    for _ in range(60):
        desk.git("commit", "--quiet", "--allow-empty", "--message=x")
    every = life(desk, None)
    for enough in range(1, len(every) + 2):
        found = life(desk, None, enough)
        assert found == every[: len(found)] and len(found) >= min(enough + 1, len(every))


def test_enough_holds_where_many_commits_say_nothing(desk: Clone) -> None:
    desk.done("update", "26/1", "--note", "x")
    for number in range(60):
        put(desk.root, "pdb/README.md", str(number))
        desk.git("add", "--all")
        desk.git("commit", "--quiet", "--message=Notes")
    assert [one.difference.kind for one in life(desk, "pdb", 1)][:1] == ["update"]


def test_what_nobody_knows(desk: Clone) -> None:
    with pytest.raises(NotFound, match="No commit knows PDB/2025-11-26/99"):
        life(desk, action_ref("PDB/2025-11-26/99"))


def test_a_whole_register_takes_few_processes(desk: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "started"
    monkeypatch.setenv("PATH", logging_git(tmp_path / "bin", log)["PATH"])
    life(desk, None)
    assert len(log.read_text().splitlines()) <= 7
