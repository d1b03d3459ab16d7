"""What the README shows: examples that work as printed, and records that can be read."""

import inspect
import json
import re
from pathlib import Path

import pytest
from click import Context

from tests.docs import console, pages
from tracker.cli.main import COMMANDS, program
from tracker.model.checks import check
from tracker.model.records import EVENTS, ROUTES
from tracker.renderers.registry import FORMATS
from tracker.storage import fields_read
from tracker.storage.load import load

TEXT = pages.read(pages.README)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, console.Shell]:
    """The README with its examples typed again, and the shell where they were typed."""
    shell = console.Shell(tmp_path_factory.mktemp("northmoor"))
    return console.replayed(TEXT, shell), shell


def test_the_examples_print_what_the_readme_shows(quarter: tuple[str, console.Shell]) -> None:
    assert quarter[0].splitlines() == TEXT.splitlines()


def test_the_examples_show_the_whole_working_cycle() -> None:
    typed = [line[2:] for line in TEXT.splitlines() if line.startswith("$ ")]
    for command in (
        "init", "owner add", "board add", "meeting add", "meeting held", "add ", "add --meeting 14/01 --from",
        "update", "overdue", "propose", "discharge --proposed", "discharge 14/2", "carry", "meeting postpone",
        "list", "show", "check", "brief", "overview", "notes", "chase --format eml",
    ):  # fmt: skip
        assert any(line.startswith(f"tracker {command}") for line in typed), command


def test_an_example_that_no_longer_works_is_noticed(tmp_path: Path) -> None:
    page = '```console\n$ tracker discharge 14/1 --outcome "Done"\n```\n'
    with pytest.raises(AssertionError, match="There is no register"):
        console.replayed(page, console.Shell(tmp_path))


def test_the_examples_leave_no_trace_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_RECORDS", "elsewhere")
    shell = console.Shell(tmp_path)
    shell.type("export TRACKER_TODAY=2026-01-08")
    assert shell.type('tracker init --title "Northmoor"').startswith("Made a register in /home/clerk/northmoor")
    assert (tmp_path / "records" / "register.yaml").exists()


def test_the_records_that_explain_the_files_are_sound(tmp_path: Path) -> None:
    records = pages.blocks(TEXT, "record")
    for block in records:
        path = tmp_path / block.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, "utf-8")
    loaded = load(tmp_path)
    assert not loaded.problems
    kinds = [len(loaded.register.boards), len(loaded.register.meetings), len(loaded.register.actions)]
    assert 1 + sum(kinds) == len(records) and all(kinds)
    on = max(meeting.day for meeting in loaded.register.meetings)
    assert [finding for finding in check(loaded.register, on) if finding.severity == "error"] == []


def test_all_events_and_routes_are_explained() -> None:
    assert [pages.spans(row[0])[0] for row in pages.table(TEXT, "events")] == list(EVENTS)
    sentence = next(line for line in TEXT.splitlines() if line.startswith("A route is "))
    assert pages.spans(sentence) == list(ROUTES)


def test_all_formats_are_explained() -> None:
    rows = [tuple(pages.spans(cell)[0] for cell in row[:2]) for row in pages.table(TEXT, "formats")]
    assert rows == [(name, known.endings[0]) for name, known in FORMATS.items()]


def test_all_papers_are_explained() -> None:
    commands = {name: program.get_command(Context(program), name) for name in COMMANDS}
    papers = [name for name, found in commands.items() if found and any("--public" in param.opts for param in found.params)]
    assert [pages.spans(row[0])[0].split()[1] for row in pages.table(TEXT, "papers")] == papers


def test_every_key_of_the_files_is_explained() -> None:
    files = TEXT.partition("\n## The files\n")[2].partition("\n## ")[0]
    lists = re.findall(r"^_[A-Z]+ = \((.*?)\)", inspect.getsource(fields_read), re.MULTILINE | re.DOTALL)
    keys = {key for known in lists for key in re.findall(r'"(\w+)"', known)}
    assert {"text", "publish", "restricted", "commit"} <= keys
    assert [key for key in sorted(keys) if not re.search(rf"\b{key}:|`{key}`", files)] == []


def _after_mark(name: str) -> str:
    return TEXT.partition(f"<!-- {name} -->\n")[2].partition(".")[0]


def test_the_columns_and_keys_are_those_that_are_printed(quarter: tuple[str, console.Shell]) -> None:
    _, shell = quarter
    heading = shell.run("list", "--format", "csv")[1].removeprefix("\ufeff").splitlines()[0]
    assert pages.spans(_after_mark("columns")) == heading.split(",")
    actions = json.loads(shell.run("list", "--format", "json")[1])
    assert pages.spans(_after_mark("keys")) == list(actions[0])
    overdue = json.loads(shell.run("overdue", "--format", "json")[1])
    sentence = next(line for line in TEXT.splitlines() if line.startswith("`tracker overdue` prints an object"))
    assert pages.spans(sentence)[1:] == list(overdue)
    assert "history" in json.loads(shell.run("show", "14/3", "--format", "json")[1])


@pytest.mark.parametrize("paper", ["brief 22/7", "overview 15/04", "notes 15/04", "chase", "stats", "calendar"])
def test_every_paper_begins_with_the_keys_and_columns_that_are_named(
    paper: str, quarter: tuple[str, console.Shell]
) -> None:
    words, shell = paper.split(), quarter[1]
    keys = pages.spans(_after_mark("paper keys"))
    assert list(json.loads(shell.run(*words, "--format", "json")[1]))[: len(keys)] == keys
    if words[0] in pages.spans(TEXT.partition("The papers about actions\n")[2].partition(")")[0]):
        columns = pages.spans(_after_mark("columns"))
        heading = shell.run(*words, "--format", "csv")[1].removeprefix("\ufeff").splitlines()[0]
        assert heading.split(",")[: len(columns)] == columns


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("check",), 0),
        (("show", "1/1"), 1),
        (("overdue", "--as-of", "May"), 2),
        (("overdue", "--as-of", "2026-04-14", "--exit-code"), 4),
    ],
)
def test_the_exit_statuses_are_those_in_the_table(
    words: tuple[str, ...], status: int, quarter: tuple[str, console.Shell]
) -> None:
    assert quarter[1].run(*words)[0] in (status, *((None,) if status == 0 else ()))
    assert str(status) in [row[0] for row in pages.table(TEXT, "statuses")]
