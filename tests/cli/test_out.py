"""`--out FILE`: the format is the file's ending, the file is whole or not there, and it never lies on a record."""

import csv
import errno
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import action, files_of
from tests.cli.program import Office
from tests.storage.faults import failing_at, needs_fork, run_killed_at
from tracker.cli.output import lies_in

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal needs POSIX")

ENDINGS = {
    "a.txt": b"\nLive actions", "a.tsv": b"PDB/2025-11-26/01\t", "a.csv": b"\xef\xbb\xbfref,due", "a.json": b"[\n", "a.md": b"### Live",
    "a.html": b"<!doctype html>", "a.docx": b"PK", "a.xlsx": b"PK",
}  # fmt: skip


@pytest.mark.parametrize("name", ENDINGS)
def test_the_ending_says_the_format(office: Office, name: str) -> None:
    ran = office.done("list", "--out", name)
    assert (ran.out, ran.err) == ("", f"Wrote {name}.\n")
    content = (office.home / name).read_bytes()
    if name == "a.txt":
        assert b"PDB/2025-11-26/01" in content and b"\x1b" not in content
    else:
        assert content.lower().startswith(ENDINGS[name].lower())


def test_the_format_that_is_said_goes_before_the_ending(office: Office) -> None:
    office.done("list", "--out", "a.txt", "--format", "json")
    assert json.loads((office.home / "a.txt").read_text())
    office.done("--out", "b", "--format", "word", "list")
    assert zipfile.is_zipfile(office.home / "b")


@pytest.mark.parametrize(("words", "ending"), [
    (("check",), "docx"), (("show", "26/1"), "html"), (("show", "2025-11-26"), "xlsx"), (("meeting", "list"), "csv"),
    (("board", "list"), "xlsx"), (("owner", "list"), "docx"), (("overdue", "--by", "owner"), "docx"), (("overdue",), "html"),
])  # fmt: skip
def test_whatever_has_a_format_can_go_to_a_file(office: Office, words: tuple[str, ...], ending: str) -> None:
    ran = office.done(*words, "--out", f"a.{ending}")
    assert ran.out == "" and f"Wrote a.{ending}." in ran.err
    assert (office.home / f"a.{ending}").stat().st_size > 100


def test_diff_and_log_have_documents_too(office: Office) -> None:
    for command in ("init", "add .", "-c user.name=A -c user.email=a@b commit -qm x"):
        subprocess.run(["git", *command.split()], cwd=office.root, check=True, capture_output=True, env=office.environment())
    office.done("update", "26/1", "--note", "Asked", "--no-commit")
    for command in ("diff", "log"):
        for ending in ("html", "docx", "xlsx"):
            office.done(command, "--out", f"{command}.{ending}")
            assert (office.home / f"{command}.{ending}").stat().st_size > 100


def test_a_change_has_no_file(office: Office) -> None:
    assert "--out means nothing" in office.refused("--out", "a.html", "update", "26/1", "--note", "x", status=2)


def test_a_stroke_is_standard_output(office: Office) -> None:
    assert office.done("list", "--out", "-").out == office.done("list").out
    assert not (office.home / "-").exists()


def test_csv_in_a_pipe_and_in_a_file_opens_right_in_excel(office: Office) -> None:
    piped = office.process("list", "--format", "csv").out
    assert piped.startswith("\ufeffref,due,")
    office.done("list", "--out", "a.csv")
    assert (office.home / "a.csv").read_text("utf-8") == piped
    rows = list(csv.reader(io.StringIO(piped.removeprefix("\ufeff"))))
    assert rows[1][:2] == ["PDB/2025-11-26/01", "2026-02-25"]
    assert office.process("list", "--format", "csv", PYTHONIOENCODING="ascii").out.startswith("ref,due,")


def test_the_file_replaced_keeps_its_permissions(office: Office) -> None:
    place = office.home / "a.html"
    place.write_text("old")
    place.chmod(0o600)
    office.done("list", "--out", place)
    assert place.stat().st_mode & 0o777 == 0o600 and "old" != place.read_text()


@pytest.mark.parametrize(("name", "words"), [
    ("missing/a.html", "There is no folder"), ("a.pdf", "save that as PDF"), ("a", "or say --format"), (".", "is a folder"), ("a/", "is a folder"),
    ("a.ics", "ics is no format for this. Say one of: table, tsv"), ("pipe.html", "is no ordinary file"), ("loop.html", "is no ordinary file"),
])  # fmt: skip
def test_places_where_nothing_can_be_written(office: Office, name: str, words: str) -> None:
    os.mkfifo(office.home / "pipe.html")
    (office.home / "loop.html").symlink_to("loop.html")
    before = sorted(os.listdir(office.home))
    ran = office.run("list", "--out", name)
    assert ran.status in (1, 2) and words in ran.err and ran.err.count("\n") <= 3, ran
    assert sorted(os.listdir(office.home)) == before


RECORD = "pdb/2025-11-26/01.yaml"


def spellings(office: Office) -> dict[str, str]:
    """Paths that lie in the register, or lead into it."""
    (office.folder / "link.html").symlink_to(office.root / RECORD)
    (office.folder / "linked").symlink_to(office.root)
    (office.folder / "dangling.html").symlink_to(office.root / "pdb" / "new.html")
    return {
        "record": f"{office.root}/{RECORD}",
        "new": f"{office.root}/new.csv",
        "new, deep": f"{office.root}/pdb/x/y/new.csv",
        "dots": f"{office.root}/pdb/../pdb/2025-11-26/x.json",
        "relative": "../records/x.html",
        "own folder": f"{office.root}/.tracker/x.html",
        "link to a record": f"{office.folder}/link.html",
        "link to the register": f"{office.folder}/linked/x.html",
        "link to nothing yet": f"{office.folder}/dangling.html",
        "the register": f"{office.root}",
    }


def test_never_in_the_register_in_any_spelling(office: Office) -> None:
    for what, path in spellings(office).items():
        if not path.startswith("."):
            assert lies_in(office.root, path), what
        assert "lies in the register" in office.refused("list", "--out", path, "--format", "html"), what
        # The register itself may be said through a link.
        found = office.run("list", "--records", f"{office.folder}/linked", "--out", path, "--format", "html")
        assert found.status == 1 and "lies in the register" in found.err, what


def test_a_link_to_a_file_elsewhere_stays_and_its_file_is_written(office: Office) -> None:
    (office.home / "old.html").write_text("old")
    (office.home / "link.html").symlink_to("old.html")
    office.done("list", "--out", "link.html")
    assert (office.home / "link.html").is_symlink() and (office.home / "old.html").read_text().startswith("<!")


def test_a_folder_whose_name_begins_like_the_registers_is_another(office: Office) -> None:
    (office.folder / "records-papers").mkdir()
    office.done("list", "--out", f"{office.root}-papers/a.html")
    office.done("list", "--out", f"{office.root}.html")


def test_a_file_system_that_takes_no_notice_of_case(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where `RECORDS` and `records` are one folder, the system says so when it is asked for the folder itself."""
    (office.folder / "RECORDS").symlink_to(office.root)
    monkeypatch.setattr(os.path, "realpath", lambda path, **_: os.path.abspath(path))
    assert lies_in(office.root, f"{office.folder}/RECORDS/x.html")
    assert not lies_in(office.root, f"{office.folder}/other/x.html")


@pytest.fixture
def for_all() -> Iterator[Path]:
    """A folder that an ordinary user may enter, which those of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    for place in (folder, *folder.rglob("*")):
        if place.is_dir():
            place.chmod(0o755)
    shutil.rmtree(folder)


@needs_fork
@pytest.mark.parametrize(("file", "folder", "words"), [
    (0o444, 0o777, "a.html is read-only, so nothing was written."), (None, 0o555, "Nothing was written: there is no permission to write"),
], ids=["file", "folder"])  # fmt: skip
def test_without_permission(office: Office, for_all: Path, file: int | None, folder: int, words: str) -> None:
    there = Office(for_all, Path(shutil.copytree(office.root, for_all / "records")))
    there.done("list", "--out", "imports-what-is-needed.html")
    place = for_all / "papers" / "a.html"
    place.parent.mkdir()
    if file is not None:
        place.write_text("old")
        place.chmod(file)
    place.parent.chmod(folder)

    def refused() -> None:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        ran = there.run("list", "--out", str(place))
        assert ran.status == 1 and words in ran.err and ran.err.count("\n") == 1, ran

    there.home.chmod(0o777)
    outcome = run_killed_at(0, refused)
    assert outcome.status == 0, outcome.error
    assert file is None or place.read_text() == "old"


@pytest.mark.parametrize("name", ["a.csv", "a.html", "a.docx", "a.xlsx"])
def test_a_full_disk_leaves_the_old_file(office: Office, name: str) -> None:
    place = office.home / name
    office.done("list", "--out", name)
    place.write_bytes(b"old")
    for call in ("fsync", "replace"):
        with failing_at(1, errno.ENOSPC, (call,), lasting=True):
            ran = office.run("list", "--out", name)
        assert ran.status == 1 and ran.err == "Error: Nothing was written: the disk is full. Free some space and run the command again.\n"
        assert place.read_bytes() == b"old" and [one for one in os.listdir(office.home) if one != name] == []


@needs_fork
@pytest.mark.parametrize("name", ["a.csv", "a.docx", "a.xlsx"])
def test_a_limit_of_the_system_on_the_size_of_files(office: Office, name: str) -> None:
    import resource

    office.hold(action("PDB/2025-11-26/06", "".join(map(chr, range(0x4E00, 0x9000)))))
    (office.home / name).write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "list", "--out", name], cwd=office.home, capture_output=True, text=True, check=False,
        env=office.environment(PYTHONPATH=os.pathsep.join(sys.path), PYTHONDONTWRITEBYTECODE="1"),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
    )  # fmt: skip
    assert done.returncode == 1 and "Nothing was written: a file would become larger" in done.stderr, done
    assert (office.home / name).read_bytes() == b"old" and os.listdir(office.home) == [name]


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
@pytest.mark.parametrize("form", ["csv", "html", "docx", "xlsx"])
def test_a_pipe_that_takes_no_more(office: Office, form: str) -> None:
    for where, status in ((">/dev/full", 1), ("| true", 0)):
        done = subprocess.run(
            ["sh", "-c", f'"$@" {where}', "sh", sys.executable, "-m", "tracker", "list", "--format", form],
            env=office.environment(PYTHONPATH=os.pathsep.join(sys.path)), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == status, done
        assert ("could not be written: No space left" in done.stderr) == (status == 1), done
        assert status == 1 or done.stderr == ""


@pytest.mark.parametrize("form", ["docx", "xlsx"])
def test_files_for_an_office_go_through_a_pipe_but_not_to_a_screen(office: Office, form: str) -> None:
    raw = subprocess.run(
        [sys.executable, "-m", "tracker", "list", "--format", form], env=office.environment(), cwd=office.home, capture_output=True, check=True
    ).stdout
    office.done("list", "--out", f"a.{form}")
    assert raw == (office.home / f"a.{form}").read_bytes()
    shown, status = at_terminal(office, "list", "--format", form)
    assert status == 2 and f"{form} is no format for a screen. Name a file: --out FILE.{form}" in shown


def test_a_file_is_written_and_what_could_not_be_read_is_named(office: Office) -> None:
    (office.root / "pdb/2025-11-26/02.yaml").write_bytes(b"text: [\n")
    ran = office.run("list", "--out", "a.docx")
    assert ran.status == 1 and ran.err.startswith("Wrote a.docx.\n") and "02.yaml" in ran.err and "leaves out" in ran.err
    assert zipfile.is_zipfile(office.home / "a.docx")


def test_the_sentence_beside_an_overdue_report_stands_in_a_table_of_the_file(office: Office) -> None:
    assert "1 live action has no due day" in office.done("overdue", "--out", "a.csv").err
    assert "no due day" not in office.done("overdue", "--out", "a.docx").err


# A secretary at a terminal.

IMPATIENT = (
    "import sys, tracker.cli.progress as progress\nprogress._PATIENCE = progress._STEP = 0\n"
    "from tracker.cli.main import main\nmain(sys.argv[1:])"
)


def at_terminal(office: Office, *args: str, code: str = "from tracker.cli.main import main; import sys; main(sys.argv[1:])", **how: object) -> tuple[str, int]:
    child = pexpect.spawn(
        sys.executable, ["-c", code, *args], env=office.environment(COLUMNS=None, TERM="xterm"), cwd=str(office.home),
        encoding="utf-8", timeout=30, **how,
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    return child.before, child.exitstatus


def many(office: Office) -> None:
    office.hold(*(action(f"PDB/2025-11-26/{number}", f"Report number {number}", due="2026-02-25") for number in range(10, 40)))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.html"])
@pytest.mark.parametrize("columns", [30, 100])
def test_a_bar_for_a_person_who_waits_and_gone_at_the_end(office: Office, name: str, columns: int) -> None:
    many(office)
    shown, status = at_terminal(office, "list", "--out", name, code=IMPATIENT, dimensions=(24, columns))
    assert status == 0
    drawn = [piece for piece in shown.split("\r") if " of 34" in piece]
    assert len(drawn) > 5 and all(len(piece) < columns for piece in drawn), shown
    assert "[#" in shown or columns == 30
    # What stays on the screen is the sentence, where the bar was.
    last = shown.rstrip("\r\n").split("\r")
    assert last[-1] == f"Wrote {name}." and last[-2].strip() == "", last[-3:]
    assert re.search("[#-]{3}|of 34", last[-1]) is None


@pytest.mark.parametrize("command", ["check", "overdue"])
def test_a_bar_while_the_register_is_read(office: Office, command: str) -> None:
    many(office)
    shown, _ = at_terminal(office, command, code=IMPATIENT, dimensions=(24, 100))
    assert re.search(r"\rReading \[#+-*\] +\d+ of \d+\r +\r", shown), shown


def test_no_bar_for_what_is_quick_nor_where_nobody_looks(office: Office) -> None:
    many(office)
    assert at_terminal(office, "list", "--out", "a.docx") == ("Wrote a.docx.\r\n", 0)
    done = subprocess.run([sys.executable, "-c", IMPATIENT, "list", "--out", "a.docx"], env=office.environment(), cwd=office.home, capture_output=True, text=True, check=True)
    assert done.stderr == "Wrote a.docx.\n"


def test_a_bar_beside_a_file_that_the_shell_writes_but_not_beside_a_pipe(office: Office) -> None:
    many(office)
    run = f"{sys.executable} -c '{IMPATIENT}' list --format html"
    for where, bar in (("> a.html", True), ("| cat > b.html", False)):
        child = pexpect.spawn("sh", ["-c", f"{run} {where}"], env=office.environment(TERM="xterm"), cwd=str(office.home), encoding="utf-8", timeout=30)
        child.expect(pexpect.EOF)
        assert (" of 34" in child.before) == bar, child.before
    assert (office.home / "a.html").read_bytes() == (office.home / "b.html").read_bytes()


def test_nothing_of_the_register_is_touched(office: Office) -> None:
    before = files_of(office.root)
    for name in ENDINGS:
        office.done("list", "--out", name)
    assert files_of(office.root) == before
