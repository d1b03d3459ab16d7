"""Random command lines over the Kent register: whatever is typed, an answer in words, and records that hold together."""

import random

import pytest

from tests.cli.program import Office

WHEN = ["2026-02-25", "25.02.26", "25 Feb", "next meeting", "next", "tomorrow", "yesterday", "in 6 weeks", "+2w", "none", "10",
        "spring 2027", "end of March", "31/02/2026", "2026-06-10", "June 2026 meeting", "next Friday", "tbc", "2020-01-01",
        "when the pilot ends", "", "0000-00-00", "9999-12-31", "in 99999 years", "2 weeks ago"]  # fmt: skip
REFS = ["26/1", "26/2", "11-26/1", "2024-02-28/1", "28/2/1", "PDB/2019-09-25/03", "2019-09-25/1-5", "26/1,2", "7/9", "1", "25/2",
        "PDB/2026-02-25/1", "2026-06-10/1", "pdb", "", "26/", "/1", "-1", "26/99", "2023-06-07/2", "2025-09-16/1"]  # fmt: skip
MEETINGS = ["25/2", "PDB/2026-02-25", "2025-11-26", "11-26", "2026-06-10", "2026-06-10b", "10/6", "next", "PDB", "2020-03-25",
            "2019-12-04", "June 2026 meeting", "xyz/2026-01-01", "", "26/1"]  # fmt: skip
WORDS = ["Report the figures", "x", "", "-", "NO", "10:00", "a\nb", "#3", "[/]", "\x1b[31m", "é", "--", "3i Plan", "1", "+x", "-x"]
OWNERS = ["Force", "OPCC", "cc", "Force / OPCC", "Fource", "", "Chief Constable, PCC"]
OPTIONS = {
    "--note": WORDS, "--outcome": WORDS, "--reason": WORDS, "--text": WORDS, "--title": WORDS, "--name": WORDS,
    "--follow-up": WORDS, "--to": WHEN, "--due": WHEN, "--by": WHEN, "--date": WHEN, "--as-of": WHEN, "--due-by": WHEN,
    "--at": MEETINGS, "--meeting": MEETINGS, "--owner": OWNERS, "--route": ["out", "paper", "bau", "post", ""],
    "--format": ["table", "tsv", "csv", "json", "xml"], "--status": ["all", "open", "closed"], "--board": ["pdb", "x", ""],
    "--item": ["3i", "4", "9 New", ""], "--number": ["3i", "9", ""], "--lead": OWNERS, "--tag": WORDS, "--venue": WORDS,
    "--time": ["10am", "25:00", "10:00"], "--attendee": ["A; b; Force", ";", "B"], "--apologies": ["Tim Smith", "B", ""],
    "--all": None, "--proposed": None, "--dry-run": None, "--restricted": None, "--exit-code": None, "--strict": None,
    "--no-due": None, "--follows": REFS, "--alias": WORDS,
}  # fmt: skip
# Each command with the words it takes and the options that fit it; now and then another one is thrown in.
COMMANDS: dict[str, tuple[list[list[str]], str]] = {
    "add": ([WORDS], "--meeting --owner --item --due --by --tag --restricted --follows"),
    "update": ([REFS], "--note --at --date --meeting"),
    "propose": ([REFS], "--outcome --at --route --date"),
    "discharge": ([REFS], "--outcome --at --route --date --follow-up --due --owner --proposed"),
    "carry": ([REFS], "--to --at --reason --date --all"),
    "redate": ([REFS], "--to --reason --date --by"),
    "correct": ([REFS], "--outcome --date"),
    "reopen": ([REFS], "--reason --at"),
    "withdraw": ([REFS], "--reason --date"),
    "reassign": ([REFS], "--owner --reason"),
    "reword": ([REFS], "--text --date"),
    "tag": ([REFS, ["+a", "+b", "-a", "+", "-"]], ""),
    "restrict": ([REFS], ""),
    "unrestrict": ([REFS], ""),
    "board add": ([["jat", "PDB", "x y", "con"]], "--title --item"),
    "owner add": ([["Fire", "Force", "a,b"]], "--name --alias"),
    "owner alias": ([OWNERS, WORDS], ""),
    "meeting add": ([["pdb", "jat"], WHEN], "--time --venue --item --date"),
    "meeting held": ([MEETINGS], "--attendee --apologies --item --venue"),
    "meeting postpone": ([MEETINGS], "--to --date"),
    "meeting cancel": ([MEETINGS], "--date"),
    "meeting reinstate": ([MEETINGS], "--date"),
    "meeting move": ([MEETINGS], "--to --date"),
    "item add": ([MEETINGS, WORDS], "--number --lead"),
    "list": ([], "--owner --status --meeting --tag --due-by --text --as-of --format --no-due"),
    "overdue": ([], "--as-of --owner --exit-code --format"),
    "show": ([REFS + MEETINGS], "--as-of --format"),
    "check": ([], "--strict"),
}
TODAYS = ["2026-02-25", "2026-02-26", "2026-03-20", "2026-06-10", "2026-07-01"]


def command_line(chance: random.Random) -> list[str]:
    name = chance.choice(list(COMMANDS))
    arguments, fitting = COMMANDS[name]
    line = name.split()
    for choices in arguments:
        line += [picked(chance, choices) for _ in range(chance.choice([1, 1, 1, 1, 2]))]
    for place, option in enumerate(fitting.split()):
        if chance.random() < (0.9 if place < 2 else 0.25):
            line += said(chance, option)
    if chance.random() < 0.1:
        line += said(chance, chance.choice(list(OPTIONS)))
    return line


def said(chance: random.Random, option: str) -> list[str]:
    choices = OPTIONS[option]
    return [option] if choices is None else [option, picked(chance, choices)]


def picked(chance: random.Random, choices: list[str]) -> str:
    """Mostly one of the first, which make sense, so that enough of the lines change something."""
    return chance.choice(choices[: len(choices) // 2 + 1] if chance.random() < 0.7 else choices)


@pytest.mark.parametrize("seed", range(3))
def test_any_command_line_gets_an_answer_in_words(kent: Office, seed: int) -> None:
    chance = random.Random(seed)
    changes, files = 0, kent.files()
    for today in TODAYS:
        for _ in range(14):
            line = command_line(chance)
            ran = kent.run(*line, today=today)
            assert ran.status in (0, 1, 2, 4), (line, ran)
            assert "defect of the program" not in ran.err and "Traceback" not in ran.err, (line, ran)
            before, files = files, kent.files()
            if ran.status in (1, 2) and line[0] != "check":
                assert "Error: " in ran.err and files == before, (line, ran)
            changes += files != before
        checked = kent.run("check", today=today)
        assert checked.status == 0, checked
    assert changes > 3
