"""Options before and after the name, finding the register, the day, and exit statuses."""

import json
from pathlib import Path

import pytest

from tests.builders import action, on_disk, put
from tests.cli.program import Office

EVERY = [
    ("init",), ("board", "add"), ("board", "list"), ("owner", "add"), ("owner", "alias"), ("owner", "list"),
    ("meeting", "add"), ("meeting", "held"), ("meeting", "postpone"), ("meeting", "cancel"), ("meeting", "reinstate"),
    ("meeting", "move"), ("meeting", "list"), ("item", "add"), ("add",), ("update",), ("propose",), ("discharge",),
    ("carry",), ("redate",), ("correct",), ("reopen",), ("withdraw",), ("reassign",), ("reword",), ("tag",),
    ("restrict",), ("unrestrict",), ("edit",), ("list",), ("show",), ("overdue",), ("check",),
]  # fmt: skip
REPORTS = {("board", "list"), ("owner", "list"), ("meeting", "list"), ("list",), ("show",), ("overdue",), ("check",)}
BY_DAY = {("board", "list"), ("meeting", "list"), ("list",), ("show",), ("overdue",)}


@pytest.mark.parametrize("words", [
    ("--as-of", "2026-02-25", "overdue"), ("overdue", "--as-of", "2026-02-25"), ("--as-at", "25.02.26", "overdue"),
    ("--as-of", "2026-02-26", "overdue", "--as-of", "25 Feb"),
])  # fmt: skip
def test_an_option_before_or_after_the_name(office: Office, words: tuple[str, ...]) -> None:
    assert office.done(*words, "--format", "tsv").out == ""
    assert office.done("--format", "json", *words).out.startswith("{")


def test_before_the_name_through_the_process(office: Office) -> None:
    ran = office.process("--records", office.root, "--board", "pdb", "--format", "csv", "list", TRACKER_RECORDS=None)
    assert ran.status == 0 and ran.lines[1].startswith("PDB/2025-11-26/01,")
    ran = office.process("--dry-run", "--board", "PDB", "carry", "26/1")
    assert "Nothing is changed" in ran.err


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_where_an_option_means_nothing_it_is_an_error(office: Office, command: tuple[str, ...]) -> None:
    meaningless = [
        *(() if command in REPORTS else [("--format", "json")]),
        *(() if command in BY_DAY else [("--as-of", "2026-01-01")]),
        *([("--dry-run",)] if command in REPORTS else ()),
    ]
    for option in meaningless:
        assert f"{option[0]} means nothing to tracker" in office.refused(*option, *command, status=2)
        assert f"No such option '{option[0]}'" in office.refused(*command, *option, status=2)


@pytest.mark.parametrize("command", EVERY, ids=" ".join)
def test_every_command_has_help_and_says_what_it_needs(office: Office, command: tuple[str, ...]) -> None:
    assert office.done(*command, "--help").out.startswith(f"Usage: tracker {' '.join(command)} ")
    sentence = office.refused(*command, "--no-such-option", status=2)
    assert "No such option" in sentence and f"To see how: tracker {' '.join(command)} --help" in sentence


def test_without_a_command_the_help_is_shown(office: Office) -> None:
    for words in ((), ("meeting",)):
        ran = office.process(*words)
        assert ran.status == 2 and "\nCommands:\n" in ran.err and "Error" not in ran.err


def test_a_command_that_is_not_there(office: Office) -> None:
    assert "Did you mean tracker discharge?" in office.refused("disharge", status=2)
    assert 'There is no command "zzz"' in office.refused("zzz", status=2)


def test_the_register_is_found_upwards(office: Office) -> None:
    deep = office.folder / "a/b"
    deep.mkdir(parents=True)
    for folder in (deep, office.folder, office.root, office.root / "pdb/2025-11-26"):
        assert office.run("list", cwd=folder, TRACKER_RECORDS=None).out.startswith("PDB/2025-11-26/01")
    ran = office.process("list", cwd=deep, TRACKER_RECORDS=None)
    assert ran.status == 0 and ran.out.startswith("PDB/2025-11-26/01")


def test_records_goes_before_the_environment_and_that_before_the_folder(office: Office, tmp_path: Path) -> None:
    other = on_disk(tmp_path / "other", action("PDB/2025-11-26/01", "Another register", due="2026-01-01"))
    assert "Another register" in office.done("list", "--records", str(other)).out
    assert "Another register" in office.run("list", cwd=office.root, TRACKER_RECORDS=str(other)).out
    assert "rural" in office.run("list", "--records", office.root, cwd=other, TRACKER_RECORDS=str(other)).out


def test_no_register_anywhere(office: Office, tmp_path_factory: pytest.TempPathFactory) -> None:
    ran = office.process("list", cwd=tmp_path_factory.mktemp("elsewhere"), TRACKER_RECORDS=None)
    assert ran.status == 1 and ran.out == "" and "tracker init" in ran.err and "--records" in ran.err
    assert "no folder" in office.refused("list", "--records", "nowhere")
    assert "no register" in office.refused("list", "--records", str(office.home))


@pytest.mark.parametrize(("today", "overdue"), [("2026-02-25", 0), ("2026-02-26", 2), ("26.02.26", 2), ("1 March 2026", 2)])
def test_today_is_what_the_environment_says(office: Office, today: str, overdue: int) -> None:
    assert json.loads(office.done("overdue", "--format", "json", today=today).out)["count"] == overdue


@pytest.mark.parametrize("today", ["31/02/2026", "next meeting", "soon"])
def test_a_today_that_is_no_day(office: Office, today: str) -> None:
    assert "TRACKER_TODAY" in office.refused("list", status=2, today=today)


def test_as_of_without_a_year_is_the_last_such_day_and_says_so(office: Office) -> None:
    ran = office.done("overdue", "--as-of", "1 March", "--format", "json")
    assert json.loads(ran.out)["as_of"] == "2025-03-01"
    assert ran.err == "Taken as 1 March 2025.\n"


def test_exit_statuses_of_reports(office: Office) -> None:
    assert office.process("overdue").status == 0
    assert office.process("overdue", "--exit-code").status == 4
    assert office.process("overdue", "--exit-code", "--as-of", "2026-02-25").status == 0
    assert office.process("check").status == 0
    assert office.process("check", "--strict").status == 1


def test_a_broken_record_is_named_and_the_rest_is_reported(office: Office) -> None:
    put(office.root, "pdb/2025-11-26/02.yaml", "text: Report\nowners: [Force\n")
    for words in (("list",), ("overdue",), ("show", "26/1"), ("meeting", "list"), ("list", "--format", "json")):
        ran = office.run(*words)
        assert ran.status == 1, words
        assert "pdb/2025-11-26/02.yaml:" in ran.err and "1 file" in ran.err
        assert "PDB/2025-11-26" in ran.out
    assert office.run("overdue", "--exit-code").status == 1
    assert "pdb/2025-11-26/02.yaml" in office.process("check").out
    assert office.run("check").status == 1
    assert "mended" in office.run("show", "26/2").err


def test_the_version(office: Office) -> None:
    from tracker import __version__

    assert office.process("--version").out == f"tracker {__version__}\n"


@pytest.mark.parametrize("said", ["0226-02-25", "2926-02-25", "2026-W09-4", "2026-02-30", "2026-2-25", "20260225", "2026-02-2５"])
def test_a_day_that_only_looks_like_one_in_data_is_refused(office: Office, said: str) -> None:
    ran = office.run("overdue", "--as-of", said)
    assert ran.status == 2 and ran.out == "" and ran.err.startswith("Error: "), ran
    today = office.run("overdue", TRACKER_TODAY=said)
    assert today.status == 2 and "TRACKER_TODAY" in today.err, today
