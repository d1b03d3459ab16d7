"""The growth of every command is measured: whoever adds one finds out here that nobody looks how it grows."""

from collections.abc import Iterator

import click

from tests.bench.every import NOT_MEASURED, measured
from tracker.cli.main import _FOR_GIT, COMMANDS, program

CONTEXT = click.Context(program)


def names() -> Iterator[str]:
    """Every command; in place of a group, each of its subcommands behind its name."""
    for name in (*COMMANDS, *_FOR_GIT):
        command = program.get_command(CONTEXT, name)
        if isinstance(command, click.Group):
            yield from (f"{name} {under}" for under in command.list_commands(CONTEXT))
        else:
            assert command, name
            yield name


def test_every_command_is_measured_or_left_out_for_a_reason() -> None:
    assert sorted(measured() | set(NOT_MEASURED)) == sorted(names())


def test_what_is_left_out_is_not_measured_after_all() -> None:
    assert not measured() & set(NOT_MEASURED)
    assert all(NOT_MEASURED.values())
