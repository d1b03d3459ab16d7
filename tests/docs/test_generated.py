"""What the documentation takes from the program is what the program says today.

Where one of these fails: `python -m tests.docs.generate`, and read the difference.
"""

from pathlib import Path

import click
import pytest

from tests.docs import pages, picture, reference
from tests.docs.console import Shell
from tracker.cli.main import COMMANDS, program


def _command(name: str) -> click.Command | None:
    return program.get_command(click.Context(program), name)


def test_the_reference_is_that_of_the_program() -> None:
    assert pages.read(pages.COMMANDS) == reference.reference()


def test_the_table_of_commands_is_that_of_the_program() -> None:
    page = pages.read(pages.README)
    assert page == reference.with_commands(page)


def test_the_reference_has_every_command_and_every_option() -> None:
    page = reference.reference()
    context = click.Context(program)
    for name in COMMANDS:
        command = program.get_command(context, name)
        assert command is not None and f"\n## tracker {name}" in page
        for param in command.params:
            assert all(f"`{flag}" in page or f", {flag}" in page for flag in param.opts if flag.startswith("-")), param


@pytest.mark.parametrize("group", ["", *(name for name in COMMANDS if isinstance(_command(name), click.Group))])
def test_the_list_of_commands_cuts_no_sentence_in_a_narrow_window(group: str, tmp_path: Path) -> None:
    printed = Shell(tmp_path, width=80).run(*group.split(), "--help")[1]
    commands = printed.partition("Commands:\n")[2].splitlines()
    assert commands and [line for line in commands if line.endswith("...")] == []


def test_the_picture_shows_what_the_program_prints(tmp_path: Path) -> None:
    printed = picture.report(tmp_path, colour=False)
    assert picture.words(pages.read(pages.PICTURE)) == [line for line in printed.splitlines() if line]
    assert "overdue as at 26 February 2026" in printed


def test_the_picture_fetches_nothing() -> None:
    drawn = pages.read(pages.PICTURE)
    assert "url(http" not in drawn and "src:" not in drawn and "href" not in drawn
