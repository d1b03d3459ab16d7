"""What the README shows: examples that work as printed, and records that can be read."""

import json
from pathlib import Path

import pytest

from tests.docs import console, pages
from tracker.model.checks import check
from tracker.model.records import EVENTS, ROUTES
from tracker.renderers.registry import FORMATS
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
        "list", "show", "check",
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
    assert [pages.spans(row[0])[0] for row in pages.table(TEXT, "formats")] == list(FORMATS)


def _after_mark(name: str) -> str:
    return TEXT.partition(f"<!-- {name} -->\n")[2].partition(".")[0]


def test_the_columns_and_keys_are_those_that_are_printed(quarter: tuple[str, console.Shell]) -> None:
    _, shell = quarter
    heading = shell.run("list", "--format", "csv")[1].splitlines()[0]
    assert pages.spans(_after_mark("columns")) == heading.split(",")
    actions = json.loads(shell.run("list", "--format", "json")[1])
    assert pages.spans(_after_mark("keys")) == list(actions[0])
    overdue = json.loads(shell.run("overdue", "--format", "json")[1])
    sentence = next(line for line in TEXT.splitlines() if line.startswith("`tracker overdue` prints an object"))
    assert pages.spans(sentence)[1:] == list(overdue)
    assert "history" in json.loads(shell.run("show", "14/3", "--format", "json")[1])


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
