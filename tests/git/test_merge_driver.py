"""Records merged as files: fields by what they mean, everything that people wrote around them kept."""

import sys
from pathlib import Path

import pytest

from tests.builders import put
from tests.git.repository import Clone, clone
from tracker.git.merge_driver import Result, merge_files
from tracker.git.setup import place_of, set_up
from tracker.model.merging_values import Three

PATH = "records/pdb/2025-11-26/01.yaml"
BASE = """\
# Raised by the Chair
text: Explore a rural crime update
owners: [Force]
due: 2026-02-25
status: open  # ask again
minute: 12
history:
  - date: 2025-12-10
    event: update
    note: Begun
"""
CARRIED = """\
  - date: 2026-02-25
    event: carried forward
    from: 2026-02-25
    to: 2026-06-10
    note: Draft
"""
DISCHARGED = """\
  - date: 2026-02-25
    event: discharged
    route: paper
    note: Reported
"""
UPDATED = """\
  - date: 2026-02-25
    event: update
    note: Nearly
"""


def merged(ours: str, theirs: str, base: str = BASE, path: str = PATH) -> Result:
    return merge_files(path, Three(ours.encode(), base.encode(), theirs.encode()))


def clean(ours: str, theirs: str, base: str = BASE, path: str = PATH) -> str:
    result = merged(ours, theirs, base, path)
    assert result.conflicts == (), result.content.decode()
    return result.content.decode()


def clash(ours: str, theirs: str, base: str = BASE, path: str = PATH) -> str:
    result = merged(ours, theirs, base, path)
    assert result.conflicts
    text = result.content.decode()
    assert "<<<<<<< ours\n" in text and "\n=======\n" in text and "\n>>>>>>> theirs\n" in text
    return text


def carried(text: str = BASE) -> str:
    return text.replace("due: 2026-02-25", "due: 2026-06-10") + CARRIED


def discharged(text: str = BASE) -> str:
    return text.replace("status: open", "status: discharged") + DISCHARGED


def test_histories_that_git_alone_cannot_unite() -> None:
    assert clean(carried(), BASE + UPDATED) == carried() + UPDATED
    assert clean(BASE + UPDATED, carried()) == carried(BASE + UPDATED)


def test_fields_on_neighbouring_lines() -> None:
    ours, theirs = BASE.replace("owners: [Force]", "owners: [Force, OPCC]"), BASE.replace("status: open", "status:   open")
    theirs = theirs.replace("due: 2026-02-25", "due: 2026-03-04")
    assert clean(ours, theirs) == theirs.replace("[Force]", "[Force, OPCC]")


def test_what_people_wrote_around_the_fields_is_kept_from_both_sides() -> None:
    said = BASE.replace("# Raised by the Chair", "# Raised by the Chair\n# and the Deputy")
    theirs = BASE.replace("minute: 12", "minute: 13\nseen: yes") + UPDATED + "# The end\n"
    text = clean(carried(said), theirs)
    assert text == carried(said).replace("minute: 12", "minute: 13\nseen: yes") + UPDATED + "# The end\n"


def test_quotes_and_line_ends_and_the_order_of_keys_survive() -> None:
    ours = carried(BASE.replace("text: Explore a rural crime update", 'text: "Explore a rural crime update"'))
    moved = BASE.replace("minute: 12\n", "").replace("# Raised by the Chair\n", "minute: 12\n# Raised by the Chair\n")
    text = clean(ours, moved + UPDATED)
    assert text.startswith('minute: 12\n# Raised by the Chair\ntext: "Explore') and text.endswith(CARRIED + UPDATED)
    windows = carried().replace("\n", "\r\n")
    assert clean(windows, BASE + UPDATED) == windows + UPDATED.replace("\n", "\r\n")
    assert clean("\ufeff" + carried(), BASE + UPDATED) == "\ufeff" + carried() + UPDATED


def test_a_conflict_shows_both_sides_and_only_what_conflicts() -> None:
    ours = carried().replace("owners: [Force]", "owners: [Force, OPCC]")
    theirs = discharged(BASE.replace("minute: 12", "minute: 13"))
    assert clash(ours, theirs) == f"""\
# Raised by the Chair
text: Explore a rural crime update
owners: [Force, OPCC]
<<<<<<< ours
due: 2026-06-10
status: open  # ask again
||||||| base
due: 2026-02-25
status: open  # ask again
=======
due: 2026-02-25
status: discharged  # ask again
>>>>>>> theirs
minute: 13
history:
  - date: 2025-12-10
    event: update
    note: Begun
<<<<<<< ours
{CARRIED}||||||| base
=======
{DISCHARGED}>>>>>>> theirs
"""


def test_an_event_is_never_torn_apart_by_the_marks() -> None:
    text = clash(carried(), carried().replace("note: Draft", "note: Their draft"))
    ours, theirs = text.split("<<<<<<< ours\n")[-1].split("=======\n")
    assert ours.startswith(CARRIED) and theirs.startswith(CARRIED.replace("Draft", "Their draft"))


@pytest.mark.parametrize("end", ["", "\n"])
def test_marks_stand_on_lines_of_their_own(end: str) -> None:
    base, ours, theirs = (f"title: {title}{end}" for title in ("Board", "One", "Other"))
    text = clash(ours, theirs, base, "records/pdb/board.yaml")
    assert text == "<<<<<<< ours\ntitle: One\n||||||| base\ntitle: Board\n=======\ntitle: Other\n>>>>>>> theirs\n"


def test_two_actions_with_one_number_are_never_mixed() -> None:
    ours, theirs = BASE, BASE.replace("Explore a rural crime update", "Share the cadet figures")
    assert clash(ours, theirs, base="") == f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"
    assert clean(ours, ours, base="") == ours


def test_keys_that_the_program_does_not_know_are_never_chosen_between() -> None:
    text = clash(carried(BASE.replace("minute: 12", "minute: 13")), (BASE + UPDATED).replace("minute: 12", "minute: 14"))
    assert "minute: 13\n" in text and "minute: 14\n" in text
    assert CARRIED + UPDATED in text, "the fields are united all the same"


def test_a_key_that_would_stand_twice_is_a_conflict() -> None:
    ours = BASE.replace("text:", "seen: yes\ntext:") + UPDATED
    text = clash(ours, BASE.replace("minute: 12", "minute: 12\nseen: no"))
    assert "seen: yes\n" in text and "seen: no\n" in text


@pytest.mark.parametrize("broken", ["text: [", "status: opne\ntext: A\n", "text: A\n<<<<<<< ours\n"])
def test_what_is_no_record_is_merged_as_text(broken: str) -> None:
    assert merged(broken, BASE, base=BASE + "x: 1\n").conflicts
    assert clean(BASE, broken) == broken


def test_what_is_no_path_of_a_record_is_merged_as_text() -> None:
    assert clean("a\nb\nc\nd\nE\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\ne\n", "records/notes.yaml") == "A\nb\nc\nd\nE\n"


def test_text_that_merges_line_by_line_into_something_wrong_is_a_conflict() -> None:
    ours = discharged()
    theirs = BASE.replace("due: 2026-02-25", "due: 2026-06-10\nagain: 1\nyet: 2").replace("history:\n", "history:\n" + CARRIED.replace("2026-02-25\n    event", "2025-12-01\n    event"))
    text = clash(ours, theirs)
    assert text.count("discharged") >= 2 and "carried forward" in text


# With real git from here on.


@pytest.fixture
def pair(tmp_path: Path) -> Clone:
    """A clone that is set up, with a branch `theirs` beside `main`."""
    made = clone(tmp_path)
    list(set_up(place_of(made.root, sys.executable)))
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message=Set up")
    made.git("branch", "theirs")
    return made


def on(made: Clone, branch: str, *commands: tuple[str, ...]) -> None:
    made.git("checkout", "--quiet", branch)
    for command in commands:
        made.done(*command)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--allow-empty", "--no-verify", f"--message=On {branch}")


def test_git_merges_what_two_officers_did(pair: Clone) -> None:
    on(pair, "theirs", ("update", "26/1", "--note", "Nearly", "--no-commit"), ("tag", "26/2", "+rural", "--no-commit"))
    on(pair, "main", ("carry", "26/1", "--at", "PDB/2026-02-25", "--no-commit"), ("restrict", "26/2", "--no-commit"))
    pair.git("merge", "--quiet", "--no-edit", "theirs")
    text = pair.text("pdb/2025-11-26/01.yaml")
    assert "carried forward" in text and "Nearly" in text
    assert "restricted: true" in pair.text("pdb/2025-11-26/02.yaml") and "rural" in pair.text("pdb/2025-11-26/02.yaml")
    assert pair.run("check").status == 0


def test_git_reports_a_conflict_as_usual_and_check_names_it(pair: Clone) -> None:
    on(pair, "theirs", ("withdraw", "26/1", "--reason", "Overtaken", "--no-commit"))
    on(pair, "main", ("carry", "26/1", "--at", "PDB/2026-02-25", "--no-commit"))
    said = pair.git("merge", "--no-edit", "theirs", ok=False)
    assert "CONFLICT" in said and "01.yaml" in said
    assert pair.git("ls-files", "--unmerged") != ""
    found = pair.run("check")
    assert found.status == 1 and "a merge was left unfinished" in found.out


def test_two_clones_that_raised_the_same_number(pair: Clone) -> None:
    raised = ("add", "--meeting", "PDB/2025-11-26", "--owner", "Force", "--no-commit")
    on(pair, "theirs", (*raised, "Theirs: report the response times"))
    on(pair, "main", (*raised, "Ours: brief the panel"))
    assert "CONFLICT (add/add)" in pair.git("merge", "--no-edit", "theirs", ok=False)
    text = pair.text("pdb/2025-11-26/04.yaml")
    ours, theirs = text.split("=======\n")
    assert "brief the panel" in ours and "response times" in theirs
    assert "response times" not in ours and "brief the panel" not in theirs


def test_a_record_deleted_here_and_changed_there_is_loud(pair: Clone) -> None:
    on(pair, "theirs", ("update", "26/1", "--note", "Nearly", "--no-commit"))
    pair.git("checkout", "--quiet", "main")
    pair.git("rm", "--quiet", PATH)
    pair.git("commit", "--quiet", "--no-verify", "--message=Gone")
    assert "CONFLICT (modify/delete)" in pair.git("merge", "--no-edit", "theirs", ok=False)
    assert "Nearly" in pair.text("pdb/2025-11-26/01.yaml")


def test_a_meeting_moved_here_and_changed_there_keeps_both(pair: Clone) -> None:
    on(pair, "theirs", ("item", "add", "PDB/2026-06-10", "Cadets", "--no-commit"))
    on(pair, "main", ("meeting", "move", "PDB/2026-06-10", "--to", "2026-06-11", "--no-commit"))
    said = pair.git("merge", "--no-edit", "theirs", ok=False)
    everything = "".join(content.decode() for content in pair.files().values())
    assert "Cadets" in everything
    found = pair.run("check")
    assert "CONFLICT" in said or found.status == 1 or "Cadets" in pair.text("pdb/2026-06-11/meeting.yaml")


def test_an_action_raised_at_a_meeting_that_moved_meanwhile_is_loud(pair: Clone) -> None:
    raised = ("add", "Report the response times", "--meeting", "PDB/2026-06-10", "--owner", "Force", "--due", "none", "--no-commit")
    pair.git("checkout", "--quiet", "theirs")
    pair.done(*raised, today="2026-06-11")
    on(pair, "theirs")
    on(pair, "main", ("meeting", "move", "PDB/2026-06-10", "--to", "2026-06-09", "--no-commit"))
    said = pair.git("merge", "--no-edit", "theirs", ok=False)
    assert any(b"response times" in content for content in pair.files().values())
    assert "CONFLICT" in said or pair.run("check").status == 1


def test_without_its_program_the_driver_still_stops_the_merge_with_both_sides(pair: Clone) -> None:
    pair.git("config", "merge.tracker.driver", pair.git("config", "merge.tracker.driver").strip().replace(sys.executable, "/gone/python"))
    on(pair, "theirs", ("update", "26/1", "--note", "Theirs", "--no-commit"))
    on(pair, "main", ("update", "26/1", "--note", "Ours", "--no-commit"))
    assert "CONFLICT" in pair.git("merge", "--no-edit", "theirs", ok=False)
    text = pair.text("pdb/2025-11-26/01.yaml")
    assert "Ours" in text and "Theirs" in text and "<<<<<<<" in text


def test_a_program_in_the_work_tree_is_not_taken_for_the_driver(pair: Clone) -> None:
    on(pair, "theirs", ("update", "26/1", "--note", "Theirs", "--no-commit"))
    on(pair, "main", ("update", "26/1", "--note", "Ours", "--no-commit"))
    for path in ("tracker/__init__.py", "tracker/__main__.py", "click.py"):
        put(pair.top, path, "open('TAKEN', 'w')")
    pair.git("merge", "--no-edit", "theirs")
    assert not (pair.top / "TAKEN").exists()
    assert "Theirs" in pair.text("pdb/2025-11-26/01.yaml")


def test_a_clone_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    made = clone(tmp_path, inside="our 'own' records", top="a clone's $HOME")
    list(set_up(place_of(made.root, sys.executable)))
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message=Set up")
    made.git("branch", "theirs")
    on(made, "theirs", ("update", "26/1", "--note", "Theirs", "--no-commit"))
    on(made, "main", ("carry", "26/1", "--at", "PDB/2026-02-25", "--no-commit"))
    made.git("merge", "--quiet", "--no-edit", "theirs")
    text = made.text("pdb/2025-11-26/01.yaml")
    assert "carried forward" in text and "Theirs" in text
