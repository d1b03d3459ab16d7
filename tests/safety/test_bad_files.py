"""Files that no record can be, and things that are no files: named, left alone, and in nobody else's way."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.builders import files_of, put
from tests.cli.program import Office, Ran
from tests.safety.bad_records import ACTION, BAD, BOARD, FOLDER, MEETING, PLACES, REGISTER

REPORTS: list[tuple[str, ...]] = [
    ("list",), ("list", "--status", "all", "--format", "table"), ("list", "--as-of", "2025-12-24"), ("show", "26/1"), ("overdue",),
    ("overdue", "--by", "owner"), ("board", "list"), ("meeting", "list"),
]  # fmt: skip


def must_be_in_words(ran: Ran, words: object) -> None:
    said = ran.out + ran.err
    assert "defect" not in said and "Traceback" not in said, (words, ran)
    assert all(char.isprintable() or char in "\n\t" for char in said), (words, ran)
    assert max(map(len, ran.err.splitlines()), default=0) < 600, (words, ran)


def must_name(
    office: Office, path: str, line: int = 0, cause: str = "", left_out: str = "1 file or folder", reports: list[tuple[str, ...]] = REPORTS
) -> None:
    """Every report works, names the file, and leaves with 1; `check` says the same in columns."""
    before = files_of(office.root)
    for words in reports:
        ran = office.run(*words)
        must_be_in_words(ran, words)
        named = [text for text in ran.err.splitlines() if text.startswith((f"{path}: ", f"{path}:"))]
        assert ran.status == 1 and len(named) >= 1, (words, ran)
        assert cause in named[0] and (not line or named[0].startswith(f"{path}:{line}: ")), named
        assert f"leaves out what could not be read: {left_out}." in ran.err, (words, ran)
    checked = office.run("check")
    must_be_in_words(checked, "check")
    rows = [row.split("\t") for row in checked.lines]
    mine = [row for row in rows if row[0] == path and row[2] == "error"]
    assert checked.status == 1 and mine, checked
    assert len(mine[0]) == 5 and all(mine[0][2:]) and (not line or mine[0][1] == str(line)), mine
    assert files_of(office.root) == before


def listed(office: Office) -> list[str]:
    return [row["ref"][-2:] for row in json.loads(office.run("list", "--status", "all", "--format", "json").out)]


def offered(office: Office) -> str:
    ran = office.run(TRACKER=None, _TRACKER_COMPLETE="bash_complete", COMP_WORDS="tracker update ", COMP_CWORD="2")
    assert (ran.status, ran.err) == (0, ""), ran
    return ran.out


@pytest.mark.parametrize(("content", "path", "line", "cause"), [row[1:] for row in BAD], ids=[f"{row[2][-12:-5]} {row[0]}" for row in BAD])
def test_a_bad_file_is_named_and_all_else_works(office: Office, content: bytes, path: str, line: int, cause: str) -> None:
    put(office.root, path, content)
    # Of a bad field, as of what takes half a second to be refused, one report tells as much as all.
    must_name(office, path, line, cause, reports=REPORTS if cause and len(content) < 50_000 else REPORTS[:1])
    others = ["01", "02", "03", "04", "05"]
    if path == ACTION:
        others.remove("02")
    assert sorted(listed(office)) == others
    assert "PDB/2025-11-26/01" in offered(office)
    changed = office.run("update", "26/1", "--note", "Elsewhere")
    assert changed.status == 0 and changed.out.startswith("Noted progress"), changed
    assert changed.err == f"Left out, because it cannot be read: {path}. To see why: tracker check\n"
    assert (office.root / path).read_bytes() == content


# What needs the broken record itself.
NEEDS = {
    ACTION: [("update", "26/2", "--note", "x"), ("discharge", "26/1-3", "--outcome", "x"), ("carry", "26/2"), ("reword", "26/2", "--text", "x"),
             ("redate", "26/2", "--to", "2026-06-10"), ("withdraw", "26/2", "--reason", "x"), ("tag", "26/2", "+x"), ("restrict", "26/2"), ("show", "26/2")],
    MEETING: [("add", "x", "--meeting", "26/11", "--owner", "Force", "--due", "10/6"), ("meeting", "held", "26/11", "--venue", "x"), ("item", "add", "26/11", "x"),
              ("meeting", "cancel", "26/11"), ("meeting", "postpone", "26/11", "--to", "2026-03-04"), ("update", "26/1", "--note", "x", "--at", "26/11"), ("show", "26/11")],
    BOARD: [("meeting", "add", "pdb", "2026-09-16"), ("show", "pdb"), ("list", "--board", "pdb")],
    REGISTER: [("owner", "add", "Fire", "--name", "x"), ("owner", "alias", "Force", "x"), ("add", "x", "--meeting", "26/11", "--owner", "Force", "--due", "10/6"),
               ("reassign", "26/1", "--owner", "OPCC"), ("list", "--owner", "Force")],
}  # fmt: skip


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("content", [b"title: x\ntext: [torn\n", b"", b"title: !x y\n", b"\xff\xfe", b"<<<<<<< HEAD\n", b"title: x\nstatus: [\n"])
def test_what_needs_the_bad_record_is_refused_and_says_what_to_mend(office: Office, path: str, content: bytes) -> None:
    put(office.root, path, content)
    for words in NEEDS[path]:
        before = files_of(office.root)
        ran = office.run(*words)
        assert ran.status == 1 and ran.out == "", (words, ran)
        must_be_in_words(ran, words)
        assert ran.err.startswith("Error: ") and path in ran.err, (words, ran)
        assert files_of(office.root) == before


def test_a_change_of_all_that_is_due_tells_what_it_passed_over(office: Office) -> None:
    put(office.root, ACTION, "text: [torn\n")
    for words in (("carry", "--all", "--at", "25/2"), ("meeting", "postpone", "10/6", "--to", "2026-07-01"), ("meeting", "add", "pdb", "2026-09-16")):
        for how in (("--dry-run",), ()):
            assert f"Left out, because it cannot be read: {ACTION}. To see why: tracker check\n" in office.done(*words, *how).err
    for number in range(10, 15):
        put(office.root, f"{FOLDER}/{number}.yaml", "text: [torn\n")
    assert f"{ACTION}, {FOLDER}/10.yaml, {FOLDER}/11.yaml and 3 more. To see why" in office.done("update", "26/1", "--note", "x").err


def test_many_bad_files_are_counted_and_the_first_are_named(office: Office) -> None:
    for number in range(6, 66):
        put(office.root, f"{FOLDER}/{number:02}.yaml", "text: x\ndue: 2025-02-30\n")
    ran = office.run("list")
    assert ran.status == 1 and len(ran.lines) == 4
    assert ran.err.count("30 February 2025 does not exist") == 10
    assert "60 files or folders. The first 10 are named; tracker check names all." in ran.err
    assert office.run("check").out.count("30 February 2025 does not exist") == 60


def test_a_new_action_never_takes_the_number_of_a_bad_file(office: Office) -> None:
    for name in ("06.yaml", "7.yaml", "08.yml", "09.YAML", "10 (1).yaml"):
        put(office.root, f"{FOLDER}/{name}", "text: [torn\n")
        kept = files_of(office.root)
        ran = office.run("add", "x", "--meeting", "26/11", "--owner", "Force", "--due", "10/6", "--dry-run")
        assert f"Raised PDB/2025-11-26/{int(name[:2].rstrip('.')) + 1:02} " in ran.out, ran
        assert files_of(office.root) == kept


# A name in a folder of the register, and the folders it is put into.
STRAYS = ["6.yaml", "06.yml", "06.YAML", "06.yaml.txt", "006.yaml", "0.yaml", "00.yaml", "06 (1).yaml", "Meeting.yaml", "meetings.yaml", "board.yml", "action.yaml", " 06.yaml", "06.yaml ",
          "-rf.yaml", "~.yaml", "%s.yaml", "\x1b[31m.yaml", "\u202elmay.yaml", "a\nb.yaml", "é.yaml", "e\u0301.yaml", "x" * 200 + ".yaml"]  # fmt: skip


@pytest.mark.parametrize("name", STRAYS, ids=ascii)
def test_misspelt_and_strange_names_are_named_wherever_they_lie(office: Office, name: str) -> None:
    for folder in ("", "pdb/", f"{FOLDER}/"):
        place = put(office.root, f"{folder}{name}", "text: Do it\nowners: [Force]\nstatus: open\n")
        for words in (("list",), ("show", "26/1"), ("check",)):
            ran = office.run(*words)
            must_be_in_words(ran, words)
            assert ran.status == 1, (words, ran)
            assert "is no name of a record here" in ran.out + ran.err or "is there already" in ran.out + ran.err, (words, ran)
        assert len(listed(office)) == 5
        assert office.run("update", "26/1", "--note", "x").status == 0
        place.unlink()
    assert office.run("list").status == 0


@pytest.mark.skipif(os.name == "nt", reason="such names are POSIX")
def test_a_name_that_is_no_text(office: Office) -> None:
    os.close(os.open(os.fsencode(office.root / FOLDER) + b"/\xff06.yaml", os.O_CREAT))
    for words in REPORTS:
        ran = office.run(*words)
        must_be_in_words(ran, words)
        assert ran.status == 1 and "\\udcff06.yaml" in ran.err, ran
    assert office.run("update", "26/1", "--note", "x").status == 0


@pytest.mark.parametrize("folder", ["PDB", "Pdb", "p d b", "con", "pdb.", "2025-11-26", "_pdb", "pdb/2025-02-30", "pdb/2025-11-26c1", "pdb/26-11-2025", "pdb/2025-11-27 ", "pdb/2025-11-27a",
                                    "pdb/2025-11-26B", f"{FOLDER}/more"])  # fmt: skip
def test_a_folder_of_a_wrong_name_with_records_in_it(office: Office, folder: str) -> None:
    put(office.root, f"{folder}/meeting.yaml", "status: held\n")
    put(office.root, f"{folder}/01.yaml", "text: Do it\nowners: [Force]\nstatus: open\n")
    must_name(office, folder)
    assert len(listed(office)) == 5


def test_folders_and_files_in_each_others_places(office: Office) -> None:
    for path in (f"{FOLDER}/06.yaml", f"{FOLDER}/07.yaml/deep", "jat/board.yaml"):
        (office.root / path).mkdir(parents=True)
    put(office.root, "pdb/2026-03-04", "a file with a meeting's name")
    for path in (f"{FOLDER}/06.yaml", f"{FOLDER}/07.yaml", "jat/board.yaml", "pdb/2026-03-04"):
        must_name(office, path, left_out="4 files or folders")
    assert len(listed(office)) == 5
    assert "PDB/2025-11-26/08" in office.done("add", "x", "--meeting", "26/11", "--owner", "Force", "--due", "10/6").out
    assert office.run("meeting", "add", "pdb", "2026-03-04").status == 1
    assert office.run("meeting", "postpone", "25/2", "--to", "2026-03-04").status == 1
    assert office.run("board", "add", "jat", "--title", "x").status == 1


@pytest.mark.parametrize("path", [*PLACES, FOLDER, "pdb"])
@pytest.mark.parametrize("target", ["outside", "nowhere", "ring", "device", "home"])
@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_named_and_neither_read_nor_written_through(office: Office, path: str, target: str) -> None:
    place, outside = office.root / path, office.folder / "outside"
    place.rename(outside)
    secret = put(office.folder, "secret.yaml", "text: Told to nobody\nowners: [Force]\nstatus: open\ntitle: Told to nobody\n")
    place.symlink_to({"outside": outside, "nowhere": Path("gone"), "ring": place, "device": Path("/dev/zero"), "home": secret}[target])
    before = files_of(outside) if outside.is_dir() else {"": outside.read_bytes()}
    must_name(office, path, cause="link", reports=[words for words in REPORTS if words[0] != "show" or path in PLACES])
    for words in NEEDS.get(path, NEEDS[ACTION] if path in (FOLDER, "pdb") else []):
        ran = office.run(*words)
        must_be_in_words(ran, words)
        assert ran.status == 1 and "nobody" not in ran.out + ran.err, (words, ran)
    assert place.is_symlink()
    assert (files_of(outside) if outside.is_dir() else {"": outside.read_bytes()}) == before
    assert secret.read_text().startswith("text: Told to nobody\nowners")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes and sockets in folders are POSIX")
@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("kind", ["pipe", "socket"])
def test_pipes_and_sockets_are_named_and_never_opened(office: Office, monkeypatch: pytest.MonkeyPatch, path: str, kind: str) -> None:
    place = office.root / path
    place.unlink()
    if kind == "pipe":
        os.mkfifo(place)
    else:
        monkeypatch.chdir(place.parent)  # the path of a socket must be short
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(place.name)
    must_name(office, path, cause=f"a {kind}")
    for words in NEEDS[path]:
        ran = office.run(*words)
        must_be_in_words(ran, words)
        assert ran.status == 1 and ran.out == "", (words, ran)
    assert office.run("update", "26/1", "--note", "x").status == 0
    assert not place.is_file()


def test_left_overs_and_other_files_are_in_nobodys_way(office: Office) -> None:
    for name in ("01.yaml~", "01.yaml.orig", ".01.yaml.swp", "#01.yaml#", "README.md", ".gitkeep", "scan.pdf", "Thumbs.db"):
        put(office.root, f"{FOLDER}/{name}", b"\xff\0anything")
    for words in REPORTS:
        ran = office.run(*words)
        assert ran.status == 0 and ran.err in ("", "Every live action has a due day.\n"), (words, ran)
    assert office.run("check").status == 0
    assert office.run("check", "--strict").status == 1
    assert office.done("update", "26/1", "--note", "x").err == ""


@pytest.mark.parametrize("path", PLACES)
def test_a_file_that_may_not_be_read(office: Office, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    really = os.open

    def refusing(place: object, *args: object, **kwargs: object) -> int:
        if str(place).endswith(path):
            raise PermissionError(13, "Permission denied", place)
        return really(place, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refusing)
    must_name(office, path, cause="Permission denied")
    for words in NEEDS[path]:
        ran = office.run(*words)
        must_be_in_words(ran, words)
        assert ran.status == 1 and ran.err.startswith("Error: "), (words, ran)
    assert office.run("update", "26/1", "--note", "x").status == 0


@pytest.mark.parametrize("path", [REGISTER, BOARD, MEETING])
def test_a_file_that_is_missing(office: Office, path: str) -> None:
    (office.root / path).unlink()
    words = ("list", "--records", str(office.root)) if path != REGISTER else ("list",)
    ran = office.run(*words)
    must_be_in_words(ran, words)
    assert ran.status == 1 and (path in ran.err), ran
    if path != REGISTER:
        assert len(listed(office)) == 5
        assert office.run("update", "26/1", "--note", "x").status == 0
