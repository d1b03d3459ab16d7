"""Undo: the last change is taken back by a new commit, byte for byte, unless something builds on it."""

import os
import shutil
from pathlib import Path

import pytest

from tests.builders import action, put
from tests.git.repository import Clone, clone, clone_of, fill
from tests.git.test_committing import KINDS, each_kind
from tests.storage.faults import STEPS, count_calls, needs_fork, run_killed_at
from tests.storage.index.registers import opened_by
from tracker.model.references import REGISTER_PATH
from tracker.storage.fields import to_fields
from tracker.storage.yaml_scalars import write_record

UPDATE = ("update", "PDB/2025-11-26/01", "--note", "Draft sent")
RAISE = ("add", "Ask for the figures", "--meeting", "PDB/2025-11-26", "--owner", "Force")
RECORD = "pdb/2025-11-26/01.yaml"
CLEAN = {"status": "", "staged": "", "unstaged": ""}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone(tmp_path_factory.mktemp("template")).folder


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Clone:
    shutil.copytree(template, tmp_path / "desk", symlinks=True)
    return Clone(tmp_path / "desk", tmp_path / "desk" / "clone")


def refused(desk: Clone, **env: str) -> str:
    """Undo is refused and nothing has changed, in the files or in git; its sentence."""
    head, state = desk.head(), desk.state()
    index = desk.index()
    sentence = desk.refused("undo", **env)
    assert desk.index() == index
    assert (desk.head(), desk.state()) == (head, state)
    return sentence


@each_kind
def test_undo_takes_back_and_undo_of_undo_restores_byte_for_byte(desk: Clone, kind: str) -> None:
    args, paths, refs = KINDS[kind]
    before = desk.files()
    said = desk.done(*args).lines[0]
    after, made = desk.files(), desk.head()
    ran = desk.done("undo")
    assert desk.files() == before and not (desk.root / "pdb/2026-09-09").exists()
    assert ran.lines == [f"Took back: {said}"]
    assert "tracker undo" in ran.err
    assert desk.trailers() == [*(f"Tracker-Ref: {ref}" for ref in refs), f"Tracker-Undoes: {made}"]
    assert sorted(desk.touched()) == sorted(f"records/{path}" for path in paths)
    undone = desk.head()
    assert desk.done("undo").lines == [f"Made again: {said}"]
    assert desk.files() == after
    assert desk.trailers()[-1] == f"Tracker-Undoes: {undone}"
    assert desk.done("undo").lines == [f"Took back: {said}"]
    assert desk.files() == before
    assert desk.count() == 5 and desk.state() == CLEAN and desk.sound()


def test_what_people_wrote_into_a_file_comes_back(desk: Clone) -> None:
    text = "# kept\ntext: 'Explore'   # why\nowners: [Force]\n\nmine: 1\nstatus: open\ndue: 2026-02-25\n"
    put(desk.root, RECORD, text.replace("\n", "\r\n"))
    desk.git("commit", "-qam", "By hand")
    desk.done(*UPDATE)
    desk.done("undo")
    assert desk.text(RECORD) == text.replace("\n", "\r\n")


def test_the_newest_change_of_the_program_is_meant_whatever_else_was_committed(desk: Clone) -> None:
    before = desk.files()
    desk.done(*UPDATE)
    (desk.top / "notes.txt").write_text("mine\n")
    put(desk.root, "pdb/board.yaml", "title: Renamed by hand\n")
    desk.git("add", "--all")
    desk.git("commit", "-qm", "By hand\n\nTracker-Ref: in the body, which is no trailer\n\nMore words")
    desk.done("undo")
    assert desk.changed(before) == ["pdb/board.yaml"]


def test_other_work_of_the_officer_is_left_alone(desk: Clone) -> None:
    desk.done(*UPDATE)
    (desk.top / "half").write_text("one\n")
    desk.git("add", "half")
    (desk.top / "half").write_text("two\n")
    put(desk.root, "pdb/board.yaml", "title: Edited, not committed\n")
    state = desk.state()
    desk.done("undo")
    assert desk.state() == state


def test_dry_run_shows_and_changes_nothing(desk: Clone) -> None:
    desk.done(*UPDATE)
    before, head = desk.files(), desk.head()
    ran = desk.done("undo", "--dry-run")
    assert ran.lines[0].startswith("Took back: Noted progress on PDB/2025-11-26/01") and "-    note: Draft sent" in ran.out
    assert "Nothing is changed" in ran.err
    assert (desk.files(), desk.head()) == (before, head)


def test_without_a_commit_only_the_files_are_put_back(desk: Clone) -> None:
    before = desk.files()
    desk.done(*UPDATE)
    head = desk.head()
    desk.done("undo", "--no-commit")
    assert desk.files() == before and desk.head() == head
    assert "bears edits that are in no commit" in refused(desk)


def test_refused_where_a_later_commit_changed_the_file(desk: Clone) -> None:
    desk.done(*UPDATE)
    put(desk.root, RECORD, desk.text(RECORD).replace("Explore", "Look into"))
    desk.git("commit", "-qam", "By hand")
    sentence = refused(desk)
    assert f"{RECORD} was changed by a later commit" in sentence and "tracker log PDB/2025-11-26/01" in sentence


def refused_for(desk: Clone, added: str, why: str) -> None:
    """Undo is refused for what was written into the record by hand, staged or not; then that is given up."""
    put(desk.root, RECORD, desk.text(RECORD) + added)
    assert why in refused(desk)
    desk.git("add", "--all")
    assert why in refused(desk)
    desk.git("reset", "--hard", "-q")


def test_refused_where_the_file_bears_edits(desk: Clone) -> None:
    desk.done(*UPDATE)
    refused_for(desk, "# mine\n", "bears edits that are in no commit")
    (desk.root / RECORD).unlink()
    assert "bears edits that are in no commit" in refused(desk)


def by_hand(desk: Clone, number: int, **fields: object) -> None:
    record = action(f"PDB/2025-11-26/{number:02}", f"Action {number}", **fields)
    put(desk.root, record.path, write_record(to_fields(record)))
    desk.git("add", "--all")
    desk.git("commit", "-qm", "By hand")


def test_refused_where_an_action_follows_the_one_that_would_go(desk: Clone) -> None:
    desk.done(*RAISE)
    put(desk.root, RECORD, desk.text(RECORD) + "follows: PDB/2025-11-26/04\n")
    desk.git("commit", "-qam", "By hand")
    sentence = refused(desk)
    assert "later records build on it" in sentence and RECORD in sentence and "Ask for the figures" in sentence


def test_refused_where_something_in_no_commit_builds_on_it(desk: Clone) -> None:
    desk.done(*RAISE)
    refused_for(desk, "follows: PDB/2025-11-26/04\n", "later records build on it")
    new = "pdb/2025-11-26/05.yaml"
    put(desk.root, new, desk.text(RECORD))
    assert "later records build on it" in refused(desk)
    put(desk.top, ".git/info/exclude", "05.yaml\n")
    assert "later records build on it" in refused(desk)
    (desk.root / new).unlink()
    desk.done("undo")


def test_what_came_last_is_taken_back_without_reading_the_rest(desk: Clone) -> None:
    desk.done(*UPDATE)
    words = ("undo", "--dry-run")
    assert set(opened_by(lambda: desk.done(*words), desk.root)) == {RECORD, REGISTER_PATH}
    put(desk.root, "README.md", "Notes\n")
    assert len(set(opened_by(lambda: desk.done(*words), desk.root))) == 8


def test_refused_where_a_later_number_would_leave_a_gap(desk: Clone) -> None:
    desk.done(*RAISE)
    by_hand(desk, 5)
    assert "later records build on it" in refused(desk)


def test_refused_where_an_action_is_due_at_the_meeting_that_would_go(desk: Clone) -> None:
    desk.done("meeting", "add", "pdb", "2026-09-09")
    record = action("PDB/2025-11-26/03", "Share the cadet figures", owners=("OPCC",), due="2026-09-09",
                    history=[])
    put(desk.root, record.path, write_record(to_fields(record)))
    desk.git("commit", "-qam", "By hand")
    sentence = refused(desk)
    assert "PDB/2025-11-26/03 is due at PDB/2026-09-09" in sentence


def test_an_error_that_was_there_before_the_change_is_no_reason(desk: Clone) -> None:
    put(desk.root, RECORD, desk.text(RECORD).replace("[Force]", "[Nobody]"))
    desk.git("commit", "-qam", "By hand")
    before = desk.files()
    desk.done("reassign", "26/1", "--owner", "Force")
    desk.done("undo")
    assert desk.files() == before


def test_refused_for_a_merge_that_bears_the_trailers(desk: Clone) -> None:
    desk.git("switch", "-qc", "other")
    desk.done(*UPDATE)
    desk.git("switch", "-q", "main")
    (desk.top / "x").write_text("x")
    desk.git("add", "x")
    desk.git("commit", "-qm", "Other")
    desk.git("merge", "-q", "-m", "Merged\n\nTracker-Ref: PDB/2025-11-26/01", "other")
    assert "it is a merge" in refused(desk) and "git revert -m 1" in refused(desk)


def test_what_a_merge_brought_is_not_the_last_change_of_this_branch(desk: Clone) -> None:
    desk.git("switch", "-qc", "other")
    desk.done("update", "26/2", "--note", "On the other branch, and later by its clock")
    desk.git("commit", "-q", "--amend", "--no-edit", GIT_COMMITTER_DATE="2037-01-01T00:00:00")
    desk.git("switch", "-q", "main")
    desk.done(*UPDATE)
    desk.git("merge", "-q", "--no-edit", "other")
    assert "Noted progress on PDB/2025-11-26/01" in desk.done("undo").out


def test_refused_during_a_merge(desk: Clone) -> None:
    desk.git("switch", "-qc", "other")
    desk.done("update", "26/1", "--note", "One way")
    desk.git("switch", "-q", "main")
    desk.done("update", "26/1", "--note", "Other way")
    desk.git("merge", "other", ok=False)
    assert "a merge is under way" in refused(desk) and "git merge --abort" in refused(desk)


def test_refused_where_there_is_nothing_to_take_back(desk: Clone, tmp_path: Path) -> None:
    assert "There is nothing to take back" in refused(desk)
    desk.git("switch", "-q", "--detach")
    assert "no branch is checked out" in refused(desk)
    plain = Clone(tmp_path / "plain", tmp_path / "plain" / "office")
    fill(plain.root)
    assert "does not lie in a git work tree" in plain.refused("undo")
    plain.git("init", "-q")
    assert "Nothing is committed here yet" in plain.refused("undo")


def test_refused_for_the_making_of_the_register(tmp_path: Path) -> None:
    desk = Clone(tmp_path, tmp_path / "clone")
    desk.top.mkdir()
    desk.git("init", "-q")
    desk.git("commit", "-q", "--allow-empty", "-m", "Start")
    fill(desk.root)
    desk.git("add", "--all")
    desk.git("commit", "-qm", "Made the register\n\nTracker-Ref: register")
    assert "it made the register" in refused(desk)


def test_refused_where_the_clone_lacks_what_was_before(desk: Clone, tmp_path: Path) -> None:
    desk.done(*UPDATE)
    (tmp_path / "shallow").mkdir()
    shallow = Clone(tmp_path / "shallow", tmp_path / "shallow" / "clone")
    desk.git("clone", "-q", "--depth=1", f"file://{desk.top}", shallow.top)
    assert "git fetch --unshallow" in refused(shallow)


def test_another_register_of_the_same_repository_is_another_matter(desk: Clone) -> None:
    desk.done(*UPDATE)
    fill(desk.top / "second")
    desk.git("add", "--all")
    desk.git("commit", "-qm", "Second")
    second = Clone(desk.folder, desk.top, "second")
    assert "There is nothing to take back" in refused(second)
    second.done("update", "26/2", "--note", "There")
    assert "PDB/2025-11-26/01" in desk.done("undo").out


@pytest.mark.parametrize("setting", [("core.autocrlf", "true"), ("core.autocrlf", "input")])
def test_lines_end_as_this_clone_keeps_them(desk: Clone, setting: tuple[str, str]) -> None:
    desk.git("config", *setting)
    windows = desk.text(RECORD).replace("\n", "\r\n").encode()
    put(desk.root, RECORD, windows)
    desk.git("add", "--renormalize", ".")
    desk.git("commit", "-q", "--allow-empty", "-m", "Line ends")
    desk.done(*UPDATE)
    after = desk.files()
    assert b"note: Draft sent\r\n" in after[RECORD]
    desk.done("undo")
    assert desk.files()[RECORD] == windows
    desk.done("undo")
    assert desk.files() == after


def test_a_commit_that_fails_leaves_the_change_taken_back_and_says_so(desk: Clone) -> None:
    before = desk.files()
    desk.done(*UPDATE)
    desk.hook("pre-commit", "echo no >&2; exit 1")
    ran = desk.run("undo")
    assert ran.status == 3 and "saved but not committed" in ran.err
    assert desk.files() == before


def test_the_register_may_have_been_cloned(desk: Clone, tmp_path: Path) -> None:
    desk.done(*UPDATE)
    (tmp_path / "other").mkdir()
    other = clone_of(desk.top, tmp_path / "other")
    other.done("undo")
    assert "Draft sent" not in other.text(RECORD)


@needs_fork
def test_killed_at_any_point_all_is_taken_back_or_nothing(template: Path, tmp_path: Path) -> None:
    def fresh() -> Clone:
        shutil.rmtree(tmp_path / "desk", ignore_errors=True)
        shutil.copytree(template, tmp_path / "desk", symlinks=True)
        return Clone(tmp_path / "desk", tmp_path / "desk" / "clone")

    desk = fresh()
    before = desk.files()
    desk.done("carry", "--all", "--at", "PDB/2026-02-25")
    after = desk.files()
    shutil.copytree(desk.folder, tmp_path / "kept", symlinks=True)
    points = count_calls(lambda: desk.done("undo"), STEPS)
    assert points > 5
    for n in range(1, points + 1, 3):
        shutil.rmtree(desk.folder)
        shutil.copytree(tmp_path / "kept", desk.folder, symlinks=True)
        assert run_killed_at(n, lambda: desk.run("undo"), STEPS).killed
        (desk.top / ".git/index.lock").unlink(missing_ok=True)
        desk.run("owner", "add", f"N{n}", "--name", f"Name {n}")
        now = {**desk.files(), "register.yaml": before["register.yaml"]}
        assert now in (before, after), n
        assert os.path.isdir(desk.top)
