"""A start pays only for what it needs: which modules a command imports beside Click's own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import Office
from tests.safety.conftest import small_register

HEAVY = {
    "rich", "dateutil", "ruamel.yaml", "_ruamel_yaml", "holidays", "filelock", "subprocess", "socket", "tempfile", "shutil", "pathlib",
    "json", "csv", "email", "logging", "asyncio", "jinja2", "docx", "lxml", "xlsxwriter", "icalendar", "tracker.git.door",
    "inspect", "locale",
}  # fmt: skip
# What `import click` reads and a command of ours does not.
READ_LATER = {"inspect", "ast", "dis", "tokenize"}
WORDS = {
    "version": ("--version",), "overdue": ("overdue",), "show": ("show", "PDB/2025-11-26/01"), "completion": (),
    "list of a meeting": ("list", "--meeting", "PDB/2025-11-26"),
}  # fmt: skip
# Modules of the program and of Python that come on top of `import click`. Who needs one more says so here, and
# sees in docs/performance.md what it costs.
MOST = {"version": 18, "overdue": 55, "show": 59, "completion": 56, "list of a meeting": 58}


def imported(office: Office, *words: str, **more: str) -> set[str]:
    """The modules that this command imports."""
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tracker", *words],
        env=office.environment(**more), cwd=office.home, capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line.split("|") for line in ran.stderr.splitlines() if line.startswith("import time:")]
    return {parts[2].strip() for parts in lines if len(parts) == 3}


def with_click(office: Office) -> set[str]:
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import runpy, click"], env=office.environment(), capture_output=True, text=True, check=True
    )
    return {line.split("|")[2].strip() for line in ran.stderr.splitlines() if line.count("|") == 2}


@pytest.mark.parametrize("name", WORDS)
def test_a_command_imports_no_more_than_it_needs(tmp_path: Path, name: str) -> None:
    office = Office(tmp_path, small_register(tmp_path / "records"))
    office.done("overdue")  # makes the index
    typed = "show PDB/2025"
    more = {"_TRACKER_COMPLETE": "bash_complete", "COMP_WORDS": f"tracker {typed}", "COMP_CWORD": "2"} if name == "completion" else {}
    found = imported(office, *WORDS[name], **more) - (with_click(office) - READ_LATER)
    assert not found & HEAVY, sorted(found & HEAVY)
    assert len(found) <= MOST[name], (len(found), sorted(found))


def test_a_new_record_needs_no_editor_no_grammar_of_days_and_no_git(tmp_path: Path) -> None:
    office = Office(tmp_path, small_register(tmp_path / "records"))
    words = ("add", "Report on it", "--meeting", "PDB/2025-11-26", "--owner", "Force", "--due", "2026-06-10", "--no-commit")
    found = imported(office, *words)
    unwanted = {"tracker.storage.yaml_edit", "tracker.model.when_words", "ipaddress", "subprocess", "ruamel.yaml", "rich"}
    assert not found & unwanted, sorted(found & unwanted)
    assert "tracker.storage.store" in found


def test_who_stops_it_while_it_starts_sees_no_traceback() -> None:
    stopped = """
import sys
class Finder:
    def find_spec(self, name, *rest):
        if name == "tracker.cli":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Finder())
from tracker.__main__ import start
start()
"""
    ran = subprocess.run([sys.executable, "-c", stopped], capture_output=True, text=True)
    assert (ran.returncode, ran.stdout, ran.stderr) == (1, "", "Stopped.\n")
