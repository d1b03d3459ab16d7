import errno
import os
import socket
from pathlib import Path

import pytest

from tests.builders import action, meeting, meeting_ref, on_disk, put
from tracker.errors import Problem
from tracker.model.references import path_of
from tracker.storage.places import ref_at
from tracker.storage.walk import Found, walk

MEETING = "pdb/2025-11-26"
FIRST = f"{MEETING}/01.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register without a fault: one board, one meeting, one action."""
    return on_disk(tmp_path / "records", action("PDB/2025-11-26/01"))


def only(found: Found) -> Problem:
    assert len(found.problems) == 1, found.problems
    return found.problems[0]


def paths(found: Found) -> list[str]:
    return [path_of(ref) for ref in found.refs]


EVERYTHING = [FIRST, f"{MEETING}/meeting.yaml", "pdb/board.yaml", "register.yaml"]


def test_a_sound_register_has_no_problem(root: Path) -> None:
    found = walk(root)
    assert (sorted(paths(found)), found.problems, found.broken) == (EVERYTHING, (), {})
    assert found.highest == {meeting_ref("PDB/2025-11-26"): 1}


def test_the_order_is_always_the_same(tmp_path: Path) -> None:
    many = [action(f"{board}/2025-11-{day}/{number:02}") for board in ("PDB", "ABC") for day in (26, 12) for number in (2, 10, 1)]
    found = paths(walk(on_disk(tmp_path, *many)))
    assert found[0] == "abc/2025-11-12/01.yaml"
    assert [path for path in found if path.endswith(("1.yaml", "2.yaml", "0.yaml"))] == sorted(path_of(record.ref) for record in many)


# Where, what it should be called (None where that cannot be told), and what the sentence must say besides.
MISSPELT = [
    ("pdb/2025-11-26/2.yaml", "02.yaml"),
    ("pdb/2025-11-26/002.yaml", "02.yaml"),
    ("pdb/2025-11-26/02.yml", "02.yaml"),
    ("pdb/2025-11-26/02.YAML", "02.yaml"),
    ("pdb/2025-11-26/02.yaml.txt", "02.yaml"),
    ("pdb/2025-11-26/ 02.yaml", None),
    ("pdb/2025-11-26/02 (1).yaml", "02.yaml"),
    ("pdb/2025-11-26/02 - Copy.yaml", "02.yaml"),
    ("pdb/2025-11-26/00.yaml", None),
    ("pdb/2025-11-26/0099.yaml", "99.yaml"),
    ("pdb/2025-11-26/1234567.yaml", None),
    ("pdb/2025-11-26/two.yaml", None),
    ("pdb/2025-11-26/board.yaml", None),
    ("pdb/board.yml", "board.yaml"),
    ("pdb/Board.yaml", "board.yaml"),
    ("pdb/01.yaml", None),
    ("register.yml", "register.yaml"),
    ("Register.yaml", "register.yaml"),
    ("pdb.yaml", None),
    ("pdb/2025-2-3/01.yaml", "2025-02-03"),
    ("pdb/2025-11-26B/01.yaml", "2025-11-26b"),
    ("pdb/2025-11-26a/01.yaml", "2025-11-26"),
    ("pdb/20251127/01.yaml", "2025-11-27"),
    ("pdb/2025-02-30/01.yaml", None),
    ("pdb/2025-13-01/01.yaml", None),
    ("pdb/26-11-2025/01.yaml", None),
    ("PDB/2025-11-26/01.yaml", "pdb"),
    ("My Board/board.yaml", "my-board"),
    ("con/board.yaml", None),
    ("2025-11-26/01.yaml", None),
    ("x" * 33 + "/board.yaml", None),
    ("pdb/2025-11-26/2025/01.yaml", None),
]


@pytest.mark.parametrize("path, meant", MISSPELT)
def test_a_misspelt_path_is_an_error_that_names_the_right_spelling(root: Path, path: str, meant: str | None) -> None:
    put(root, path, "text: Do it\n")
    found = walk(root)
    problem = only(found)
    assert problem.severity == "error"
    assert path.startswith(problem.path)
    assert found.broken == {problem.path: problem}
    assert sorted(paths(found)) == EVERYTHING
    if meant:
        assert f"`{meant}`" in problem.advice
    else:
        assert "Rename it or move it away" in problem.advice


@pytest.mark.parametrize("path, why", [("pdb/2025-02-30", "30 February 2025 does not exist"), ("pdb/2025-13-01", "no month 13")])
def test_an_impossible_day_in_a_folder_is_named_even_if_it_is_empty(root: Path, path: str, why: str) -> None:
    (root / path).mkdir()
    assert why in only(walk(root)).message


def test_a_copy_beside_the_original_is_not_to_replace_it(root: Path) -> None:
    put(root, f"{MEETING}/01 (1).yaml", "text: Do it\n")
    assert "`01.yaml` is there already" in only(walk(root)).advice


@pytest.mark.parametrize(
    "name", ["01.yaml~", "01.yaml.orig", "01.yaml.rej", "01.yaml.bak", "01.yaml.swp", "01_BASE_4711.yaml",
             "01_LOCAL_4711.yaml", "01.yaml.REMOTE.4711.yaml", "#01.yaml#", "scan.pdf", "01.txt", "Makefile"],
)  # fmt: skip
@pytest.mark.parametrize("folder", ["", "pdb", MEETING])
def test_left_overs_and_strays_are_warnings(root: Path, folder: str, name: str) -> None:
    put(root, f"{folder}/{name}" if folder else name, "anything")
    found = walk(root)
    assert (only(found).severity, found.broken) == ("warning", {})
    assert only(found).path.endswith(name)


@pytest.mark.parametrize("name", [".tracker/lock", ".gitignore", ".DS_Store", ".01.yaml.swp", "README.md", "README", "notes.md", "Thumbs.db", "desktop.ini"])
@pytest.mark.parametrize("folder", ["", "pdb/", MEETING + "/"])
def test_what_is_none_of_ours_is_passed_over(root: Path, folder: str, name: str) -> None:
    put(root, folder + name, "anything")
    assert walk(root).problems == ()


def test_a_stray_folder_is_an_error_only_if_records_may_be_in_it(root: Path) -> None:
    put(root, "pdb/papers of the year/agenda.pdf", "x")
    assert only(walk(root)).severity == "warning"
    put(root, "pdb/papers of the year/more/01.yaml", "text: Do it\n")
    assert only(walk(root)).severity == "error"


LINKED = ["register.yaml", "pdb", "pdb/board.yaml", MEETING, f"{MEETING}/meeting.yaml", FIRST]


@pytest.mark.parametrize("path", LINKED)
def test_links_are_errors_and_are_not_followed(root: Path, tmp_path: Path, path: str) -> None:
    (root / path).rename(tmp_path / "outside")
    (root / path).symlink_to(tmp_path / "outside")
    found = walk(root)
    assert only(found).path == path
    assert "link" in only(found).message
    assert path in found.broken
    assert not [seen for seen in paths(found) if seen.startswith(path)]


def test_a_link_that_leads_nowhere_or_round_in_a_ring(root: Path) -> None:
    (root / MEETING / "02.yaml").symlink_to("gone")
    (root / "pdb" / "2025-11-27").symlink_to(root / "pdb")
    assert [problem.path for problem in walk(root).problems] == [f"{MEETING}/02.yaml", "pdb/2025-11-27"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and sockets in folders are POSIX")
def test_pipes_and_sockets_are_errors(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / MEETING / "02.yaml")
    monkeypatch.chdir(root)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as unix:
        unix.bind(f"{MEETING}/03.yaml")
    assert ["a pipe" in problem.message or "a socket" in problem.message for problem in walk(root).problems] == [True, True]


def test_folders_and_files_that_swap_their_names(root: Path) -> None:
    (root / MEETING / "02.yaml").mkdir()
    put(root, "pdb/2025-11-27", "not a folder")
    messages = [problem.message for problem in walk(root).problems]
    assert messages == ["this is a folder, but has the name of a file", "this is a file, but has the name of a meeting's folder"]


@pytest.mark.parametrize("path", ["register.yaml", "pdb/board.yaml", f"{MEETING}/meeting.yaml"])
def test_a_missing_file_of_a_folder_is_an_error_and_its_actions_are_found(root: Path, path: str) -> None:
    (root / path).unlink()
    found = walk(root)
    assert (only(found).path, only(found).severity) == (path, "error")
    assert "Make it" in only(found).advice
    assert FIRST in paths(found)


@pytest.mark.parametrize("leftover", ["meeting.yaml~", "meeting.yaml.orig"])
def test_a_left_over_does_not_stand_for_the_missing_file(root: Path, leftover: str) -> None:
    (root / MEETING / "meeting.yaml").rename(root / MEETING / leftover)
    assert {problem.severity for problem in walk(root).problems} == {"error", "warning"}


def test_a_misspelt_file_is_told_once_and_not_as_missing_too(root: Path) -> None:
    (root / MEETING / "meeting.yaml").rename(root / MEETING / "meeting.yml")
    assert only(walk(root)).path == f"{MEETING}/meeting.yml"


@pytest.mark.parametrize("folder", ["abc", "pdb/2025-12-01"])
def test_an_empty_folder_is_a_warning(root: Path, folder: str) -> None:
    put(root, f"{folder}/.DS_Store", "x")
    assert (only(walk(root)).path, only(walk(root)).severity) == (folder, "warning")


@pytest.mark.parametrize(
    "name, number",
    [("07.yaml", 7), ("7.yaml", 7), ("007.YML", 7), ("07 (1).yaml", 7), ("07.yaml~", 7), ("07_BASE_99.yaml", 7),
     ("120.yaml", 120), ("2025-12-24.yaml", 1), ("07.pdf", 1), ("1234567.yaml", 1), ("x7.yaml", 1)],
)  # fmt: skip
def test_every_claim_to_a_number_counts(root: Path, name: str, number: int) -> None:
    put(root, f"{MEETING}/{name}", "torn: [")
    assert walk(root).highest == {meeting_ref("PDB/2025-11-26"): number}


def test_links_and_folders_take_up_their_number_too(root: Path) -> None:
    (root / MEETING / "08.yaml").symlink_to("gone")
    (root / MEETING / "09.yaml").mkdir()
    assert walk(root).highest == {meeting_ref("PDB/2025-11-26"): 9}


def test_names_with_control_characters_are_shown_escaped(root: Path) -> None:
    put(root, f"{MEETING}/\x1b[31m\u202e.yaml", "x")
    os.close(os.open(os.fsencode(root / MEETING) + b"/\xff.yaml", os.O_CREAT))
    texts = [str(problem) for problem in walk(root).problems]
    assert len(texts) == 2
    assert all(text.isprintable() and text.encode() for text in texts)
    assert any("\\x1b[31m\\u202e" in text for text in texts)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(root: Path) -> None:
    (root / MEETING).chmod(0)
    try:
        problem = only(walk(root))
    finally:
        (root / MEETING).chmod(0o755)
    assert (problem.path, problem.severity) == (MEETING, "error")
    assert "ermission" in problem.message


def test_a_folder_on_a_failing_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def failing(place: Path) -> object:
        if Path(place) == root / MEETING:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return scandir(place)

    monkeypatch.setattr(os, "scandir", failing)
    found = walk(root)
    assert (only(found).path, only(found).severity) == (MEETING, "error")
    assert os.strerror(errno.EIO) in only(found).message
    assert paths(found) == ["pdb/board.yaml", "register.yaml"]


def test_a_root_that_is_not_there(tmp_path: Path) -> None:
    assert only(walk(tmp_path / "gone")).path == "."


@pytest.mark.parametrize("path", EVERYTHING)
def test_a_path_and_its_record_belong_together(root: Path, path: str) -> None:
    ref = ref_at(path)
    assert ref is not None and path_of(ref) == path


@pytest.mark.parametrize(
    "path", ["", "/", "..", "../register.yaml", "pdb/../register.yaml", "/etc/passwd", "PDB/board.yaml", "pdb/2025-11-26/1.yaml",
             "pdb/2025-11-26/01.yaml/", "pdb//board.yaml", "pdb", "pdb/2025-11-26", "pdb/2025-02-30/01.yaml", "con/board.yaml",
             "pdb/2025-11-26/01.yaml/01.yaml", "register.yaml\n"],
)  # fmt: skip
def test_other_paths_are_no_record(path: str) -> None:
    assert ref_at(path) is None


def test_second_sittings_are_meetings(tmp_path: Path) -> None:
    found = walk(on_disk(tmp_path, meeting("PDB/2025-11-26b"), action("PDB/2025-11-26B/01")))
    assert "pdb/2025-11-26b/01.yaml" in paths(found)
