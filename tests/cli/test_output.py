"""What reaches the screen, the pipe and the file: formats, widths, colour, encodings, and ends of all kinds."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pytest

from tests.builders import action, put
from tests.cli.program import Office

pexpect = pytest.importorskip("pexpect", reason="a pseudo-terminal needs POSIX")

KEYS = [
    "ref", "board", "meeting", "number", "text", "item", "owners", "raised", "due", "due_said", "due_at_next_meeting",
    "original_due", "status", "overdue", "days_overdue", "times_carried", "proposed_on", "discharged_on", "route",
    "outcome", "tags", "restricted", "follows", "path",
]  # fmt: skip
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def at_terminal(office: Office, *args: str, columns: int = 100, **env: str | None) -> str:
    """What the program writes to a real pseudo-terminal of this width."""
    said, status = pexpect.run(
        " ".join([sys.executable, "-m", "tracker", *args]),
        env=office.environment(COLUMNS=None, TERM="xterm-256color", **env), cwd=str(office.home),
        withexitstatus=True, encoding="utf-8", extra_args=None, timeout=30,
        dimensions=(40, columns),
    )  # fmt: skip
    assert status == 0, said
    return str(said)


def test_a_table_at_a_terminal_and_tsv_in_a_pipe(office: Office) -> None:
    shown = at_terminal(office, "overdue")
    assert "Explore a rural crime update" in ESCAPE.sub("", shown) and "25 Feb 2026" in shown
    piped = office.process("overdue")
    assert piped.lines[0] == (
        "PDB/2025-11-26/01\t2026-02-25\topen\tForce, OPCC\t1\t0\tExplore a rural crime update in context"
    )
    assert all(len(line.split("\t")) >= 7 for line in piped.lines)


def test_colour_is_taken_away_when_that_is_wished(office: Office) -> None:
    plain = at_terminal(office, "overdue", NO_COLOR="1")
    assert "\x1b" not in plain
    assert "\x1b" not in at_terminal(office, "overdue", "--format", "tsv")
    coloured = at_terminal(office, "overdue")
    assert re.sub(r"\s+", " ", ESCAPE.sub("", coloured)) == re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize("columns", [30, 60, 100, 200])
def test_references_are_whole_at_every_width(office: Office, columns: int) -> None:
    for words in (("overdue",), ("list", "--status", "all")):
        shown = at_terminal(office, *words, columns=columns, NO_COLOR="1")
        for number in (1, 2):
            assert f"PDB/2025-11-26/0{number}" in shown, shown
        assert max(map(len, shown.splitlines())) <= columns


@pytest.mark.parametrize("columns", [30, 100])
def test_references_are_whole_with_a_long_board_and_number(office: Office, columns: int) -> None:
    board = "performance-and-delivery-board-x"
    office.hold(action(f"{board.upper()}/2025-11-26/123456", "Long", due="2026-01-01"))
    shown = office.done("overdue", "--format", "table", COLUMNS=str(columns)).out
    assert f"{board.upper()}/2025-11-26/123456" in shown


def test_every_format_holds_the_same_actions(office: Office) -> None:
    refs = [f"PDB/2025-11-26/0{number}" for number in (1, 2, 3, 5)]
    tsv = office.done("list", "--format", "tsv").lines
    assert [line.split("\t")[0] for line in tsv] == refs
    rows = list(csv.DictReader(io.StringIO(office.done("list", "--format", "csv").out.removeprefix("\ufeff"))))
    assert [row["ref"] for row in rows] == refs
    assert [found["ref"] for found in json.loads(office.done("list", "--format", "json").out)] == refs
    table = office.done("list", "--format", "table").out
    assert all(ref in table for ref in refs)


def test_the_keys_of_json_are_those_of_the_contract(office: Office) -> None:
    for found in json.loads(office.done("list", "--status", "all", "--format", "json").out):
        assert list(found)[: len(KEYS)] == KEYS
    late = json.loads(office.done("overdue", "--format", "json").out)
    assert list(late)[:5] == ["as_of", "board", "count", "without_due", "actions"]
    assert (late["as_of"], late["count"], late["without_due"]) == ("2026-02-26", 2, 1)
    assert list(late["actions"][0])[: len(KEYS)] == KEYS
    one = json.loads(office.done("show", "26/3", "--format", "json").out)
    assert list(one)[: len(KEYS)] == KEYS and one["history"][0]["event"] == "proposed"


def test_json_says_what_the_record_says(office: Office) -> None:
    found = json.loads(office.done("show", "26/4", "--format", "json").out)
    assert {key: found[key] for key in KEYS} == {
        "ref": "PDB/2025-11-26/04", "board": "PDB", "meeting": "PDB/2025-11-26", "number": 4,
        "text": "Brief the board on fees", "item": None, "owners": ["Force"], "raised": "2025-11-26",
        "due": "2026-02-25", "due_said": None, "due_at_next_meeting": False, "original_due": "2026-02-25",
        "status": "discharged", "overdue": False, "days_overdue": 0, "times_carried": 0, "proposed_on": None,
        "discharged_on": "2026-01-10", "route": "out of meeting", "outcome": "Brief sent", "tags": [],
        "restricted": False, "follows": None, "path": "pdb/2025-11-26/04.yaml",
    }  # fmt: skip


@pytest.mark.parametrize(("words", "refs"), [
    (("--owner", "pcc"), "1 3"), (("--owner", "Kent Police"), "1 2 5"), (("--status", "discharged"), "4"),
    (("--status", "all"), "1 2 3 4 5"), (("--status", "open", "--status", "discharged"), "1 2 4 5"),
    (("--meeting", "26/11"), "1 2 3 5"), (("--tag", "rural-crime"), "1"), (("--due-by", "2026-02-25"), "1 2 3"),
    (("--due-by", "2026-02-24"), ""), (("--no-due",), "5"), (("--text", "CADET"), "3"), (("--item", "3i"), "1"),
    (("--board", "PDB"), "1 2 3 5"), (("--as-of", "2026-01-09"), "1 2 3 4 5"),
])  # fmt: skip
def test_list_picks_what_was_asked_for(office: Office, words: tuple[str, ...], refs: str) -> None:
    found = json.loads(office.done("list", *words, "--format", "json").out)
    assert sorted(action["number"] for action in found) == [int(ref) for ref in refs.split()]


def test_overdue_by_owner_and_its_last_sentence(office: Office) -> None:
    shown = office.done("overdue", "--by", "owner", "--format", "table").out
    assert "Force: 2 actions" in shown
    assert "1 live action has no due day" in shown
    assert json.loads(office.done("overdue", "--owner", "OPCC", "--format", "json").out)["count"] == 1


def test_show_each_kind_of_record(office: Office) -> None:
    assert "Performance and Delivery Board" in office.process("show", "pdb", "--format", "table").out
    assert "Clift Room" in office.process("show", "25/2", "--format", "table").out
    shown = office.process("show", "26/3", "--format", "table").out
    assert "In the item 4 paper" in shown and "proposed" in shown
    assert "was raised on 26 November 2025, after 1 November 2025" in office.refused("show", "26/3", "--as-of", "1.11.25")


def many(office: Office) -> None:
    office.hold(*(action(f"PDB/2026-01-07/{n:02}", "A long text " * 30) for n in range(1, 400)))


@pytest.mark.parametrize("form", ["tsv", "json", "table"])
def test_a_reader_that_leaves_early_is_no_error(office: Office, form: str) -> None:
    many(office)
    with subprocess.Popen(
        [sys.executable, "-m", "tracker", "list", "--format", form], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=office.environment(), cwd=office.home,
    ) as program:  # fmt: skip
        assert program.stdout is not None and program.stderr is not None
        program.stdout.readline()
        program.stdout.close()
        assert (program.stderr.read(), program.wait(30)) == (b"", 0)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no full disk to write to")
@pytest.mark.parametrize("words", [("list",), ("update", "26/1", "--note", "x"), ("show", "26/1"), ("--help",), ("check",)])
def test_a_full_disk_is_told_in_one_sentence(office: Office, words: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *words], stdout=full, stderr=subprocess.PIPE,
            env=office.environment(), cwd=office.home, check=False,
        )  # fmt: skip
    said = done.stderr.decode()
    assert done.returncode == 1
    assert said.startswith("Error: ") and "No space left on device" in said and len(said.splitlines()) == 1
    assert ("output could not be written" in said) == (words[0] != "--help")
    assert ("event: update" in office.text("pdb/2025-11-26/01.yaml")) == (words[0] == "update")


def test_an_ascii_locale(office: Office) -> None:
    ascii_only: dict[str, str | None] = {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    ran = office.process("reword", "26/1", "--text", "Größe – 東京 🚓", **ascii_only)
    assert ran.status == 0, ran
    for words in (
        ("list", "--format", "table"), ("overdue", "--format", "tsv"), ("list", "--format", "csv"), ("check",),
        ("show", "26/1", "--format", "json"), ("show", "26/1", "--format", "table"), ("show", "25/2"),
    ):  # fmt: skip
        ran = office.process(*words, **ascii_only)
        assert ran.status == 0 and ran.out.isascii() and "Traceback" not in ran.err, (words, ran)
    assert json.loads(office.done("show", "26/1", "--format", "json").out)["text"] == "Größe – 東京 🚓"


def test_a_locale_that_is_not_there(office: Office) -> None:
    ran = office.process("list", PYTHONIOENCODING=None, LC_ALL="xx_YY.ISO-8859-99", PYTHONUTF8="0")
    assert ran.status == 0


def test_a_report_without_rows_says_so(office: Office) -> None:
    assert "none" in office.done("list", "--tag", "x", "--format", "table").out.lower()
    assert office.done("list", "--tag", "x").out == ""
    assert json.loads(office.done("list", "--tag", "x", "--format", "json").out) == []
    put(office.root, "pdb/2025-11-26/notes.txt", "stray")
    assert office.run("list").status == 0
