"""Several people at the same register at the same time, each a process of its own."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.cli.program import Office
from tracker.storage.load import load

MEETING = "pdb/2025-11-26"
# Runs the program once for each line that it is given, as if each were typed.
ONE_AFTER_THE_OTHER = """
import json, sys
from tracker.cli.main import main
for line in sys.stdin:
    try:
        main(json.loads(line))
    except SystemExit as left:
        if left.code:
            sys.exit(left.code)
"""
# Runs the program until it has the lock and has read the register, and on when it is told to.
HOLDS_THE_LOCK = """
import sys
from tracker.cli.main import main
from tracker.storage import store
really = store.Opened
def opened(*args):
    print("held", flush=True)
    sys.stdin.read(1)
    return really(*args)
store.Opened = opened
main(sys.argv[1:])
"""


def start(office: Office, *args: str, **env: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, *args],
        env=office.environment(PYTHONPATH=os.pathsep.join(sys.path), TRACKER_LOCK_WAIT="100", **env),
        cwd=office.home, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def add(text: str) -> list[str]:
    return ["add", text, "--meeting", "PDB/2025-11-26", "--owner", "Force", "--due", "2026-06-10"]


def feed(clerk: "subprocess.Popen[bytes]", commands: list[list[str]]) -> None:
    """All that the clerk is to type; few enough to fit into the pipe."""
    assert clerk.stdin
    clerk.stdin.write("".join(json.dumps(words) + "\n" for words in commands).encode())
    clerk.stdin.flush()


def said_by(clerks: list["subprocess.Popen[bytes]"]) -> list[str]:
    """What they said until they had done all, without a word of trouble."""
    said = []
    for clerk in clerks:
        out, err = clerk.communicate()
        assert (clerk.returncode, err) == (0, b""), err
        said += out.decode().splitlines()
    return said


def must_hold_all(office: Office, texts: list[str], said: list[str]) -> None:
    """Five actions were there before: each text has a number of its own, and is the one that its command named."""
    rows = json.loads(office.done("list", "--format", "json", "--status", "all").out)
    numbers = {row["number"]: row["text"] for row in rows}
    assert sorted(numbers) == list(range(1, len(texts) + 6)) and len(rows) == len(numbers)
    assert sorted(text for number, text in numbers.items() if number > 5) == sorted(texts)
    told = [re.match(r"Raised PDB/2025-11-26/(\d+) .*: (.+)$", line) for line in said]
    assert {int(found[1]): found[2] for found in told if found} == {n: text for n, text in numbers.items() if n > 5}
    checked = office.run("check")
    assert checked.status == 0 and checked.err == "No errors, 1 warning.\n", checked
    assert load(office.root).problems == ()
    assert office.own_files() == [".gitignore", "lock"]


def test_eight_processes_of_twenty_five_additions_each(office: Office) -> None:
    texts = [[f"Task {number} of clerk {clerk}" for number in range(25)] for clerk in range(8)]
    clerks = [start(office, "-c", ONE_AFTER_THE_OTHER) for _ in texts]
    for clerk, own in zip(clerks, texts, strict=True):
        feed(clerk, [add(text) for text in own])
    said = said_by(clerks)
    must_hold_all(office, [text for own in texts for text in own], said)


def test_a_new_process_for_every_command(office: Office) -> None:
    texts = [[f"Task {number} of clerk {clerk}" for number in range(5)] for clerk in range(4)]
    said = []
    for at_once in zip(*texts, strict=True):
        said += said_by([start(office, "-m", "tracker", *add(text)) for text in at_once])
    must_hold_all(office, [text for own in texts for text in own], said)


def test_different_changes_of_one_record_are_all_in_it(office: Office) -> None:
    notes = [f"Note {number}" for number in range(6)]
    clerks = [start(office, "-m", "tracker", "update", "26/1", "--note", note) for note in notes]
    clerks.append(start(office, "-m", "tracker", "carry", "26/1-3", "--to", "2026-06-10"))
    assert len(said_by(clerks)) >= 7
    text = office.text(f"{MEETING}/01.yaml")
    assert [text.count(note) for note in notes] == [1] * 6 and text.count("carried forward") == 1
    assert office.run("check").status == 0


def test_reports_beside_changes_are_never_torn(office: Office) -> None:
    with start(office, "-c", ONE_AFTER_THE_OTHER) as clerk:
        feed(clerk, [["meeting", "move", f"{day}/2", "--to", f"2026-02-{49 - day}"] for day in (25, 24) * 3])
        assert clerk.stdin
        clerk.stdin.close()
        seen = 0
        while clerk.poll() is None:
            ran = office.run("list", "--format", "json")
            assert ran.status == 0 and ran.err == "", ran
            assert len(json.loads(ran.out)) == 4
            seen += 1
        assert clerk.returncode == 0 and clerk.stderr and clerk.stderr.read() == b""
    assert seen > 1


@contextmanager
def holding_the_lock(office: Office) -> Iterator["subprocess.Popen[bytes]"]:
    """A `tracker update` that has the lock and takes its time."""
    with start(office, "-c", HOLDS_THE_LOCK, "update", "26/1", "--note", "Slowly", USER="anna", LOGNAME="anna") as other:
        assert other.stdout and other.stdout.readline() == b"held\n"
        try:
            yield other
        finally:
            other.kill()


CHANGES = [
    ("update", "26/2", "--note", "x"), ("add", "x", "--meeting", "26/11", "--owner", "Force"), ("carry", "26/1-3"),
    ("meeting", "postpone", "25/2", "--to", "2026-03-04"), ("owner", "add", "Fire", "--name", "Kent Fire"),
]  # fmt: skip


def test_who_holds_the_lock_and_how_long_the_command_waited(office: Office) -> None:
    with holding_the_lock(office) as other:
        for words in CHANGES:
            begun = time.monotonic()
            sentence = office.refused(*words, TRACKER_LOCK_WAIT="0.3")
            assert 0.25 < time.monotonic() - begun < 10
            who = rf"in use by anna on \S+ \(tracker update, process {other.pid}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d\)"
            assert re.search(who, sentence), sentence
            assert "waited 0 seconds and changed nothing. Run it again when that one has ended" in sentence
            assert sentence.count("\n") == 1
        assert "waited 1 second and changed nothing" in office.refused(*CHANGES[0], TRACKER_LOCK_WAIT="1.1")
        assert office.process(*CHANGES[0], TRACKER_LOCK_WAIT="0").status == 1


def test_an_edit_that_cannot_be_saved_now_is_kept(office: Office) -> None:
    script = office.folder / "editor.py"
    script.write_text("import sys\nopen(sys.argv[-1], 'a').write('minutes_page: 7\\n')\n")
    with holding_the_lock(office):
        sentence = office.refused("edit", "26/2", TRACKER_LOCK_WAIT="0.1", EDITOR=f"{sys.executable} {script}")
    assert "in use by anna" in sentence and "Your text is kept in" in sentence


def test_reports_and_dry_runs_need_no_lock(office: Office) -> None:
    before = office.files()
    with holding_the_lock(office):
        for words in (("list",), ("overdue",), ("show", "26/1"), ("check",), ("board", "list"), ("meeting", "list")):
            assert office.run(*words, TRACKER_LOCK_WAIT="0").status == 0
        for words in CHANGES:
            assert office.run(*words, "--dry-run", TRACKER_LOCK_WAIT="0").status == 0
    assert office.files() == before


def test_a_command_waits_for_its_turn_and_reads_what_the_other_wrote(office: Office) -> None:
    with holding_the_lock(office) as other, start(office, "-m", "tracker", "update", "26/1", "--note", "Second") as second:
        time.sleep(0.3)
        assert second.poll() is None
        out, _ = other.communicate(b"x")
        assert out.startswith(b"Noted progress")
        second.communicate()
        assert (other.returncode, second.returncode) == (0, 0)
    text = office.text(f"{MEETING}/01.yaml")
    assert text.index("Slowly") < text.index("Second")


def test_a_holder_that_is_killed_leaves_no_lock(office: Office) -> None:
    with holding_the_lock(office) as other:
        other.kill()
        other.wait()
        assert office.done("update", "26/2", "--note", "x", TRACKER_LOCK_WAIT="0").err == ""
    assert "Slowly" not in office.text(f"{MEETING}/01.yaml")
    assert office.own_files() == [".gitignore", "lock"]


@pytest.mark.parametrize("said", ["soon", "1s", "nan "])
def test_a_patience_that_is_no_number(office: Office, said: str) -> None:
    ran = office.run("update", "26/2", "--note", "x", TRACKER_LOCK_WAIT=said)
    assert (ran.status in (0, 2), "Traceback" in ran.err, "defect" in ran.err) == (True, False, False), ran
