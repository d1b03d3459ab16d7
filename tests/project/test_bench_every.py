"""The growth of every command is measured and shown: whoever adds one finds out here that nobody looks how it grows."""

from collections.abc import Iterator

import click

from tests.bench.every import NOT_MEASURED, Timed, measured
from tests.bench.page import Figures, page
from tests.bench.rows import Row
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


def test_the_page_shows_how_each_grows_from_size_to_size_above_a_thousand() -> None:
    every = [Timed("`stats`", number, taken, 3) for number, taken in ((1_000, 0.1), (10_000, 0.2), (100_000, 2.4))]
    every += [Timed("`log`", 10_000, 1.0, 3), Timed("`log`", 100_000, 1.5, 3)]
    text = page(Figures([], every, {}, []), ())
    assert "| `stats` | 10,000 to 100,000 | 200 to 2,400 | 10.0 | 12.0 | no | 3 |" in text
    assert "| `log` | 10,000 to 100,000 | 1,000 to 1,500 | 10.0 | 1.5 | yes | 3 |" in text
    assert "1,000 to 10,000" not in text


def test_a_command_that_is_held_against_a_floor_too_is_shown_once() -> None:
    rows = [Row("`show REF`", "click", number, None, 0.1, 0.2, 9) for number in (10_000, 100_000)]
    every = [Timed("`show REF`", number, 0.4, 3) for number in (10_000, 100_000)]
    grown = page(Figures(rows, every, {}, []), ()).partition("## Growth")[2]
    assert [line for line in grown.splitlines() if "`show REF`" in line] == [
        "| `show REF` | 10,000 to 100,000 | 200 to 200 | 10.0 | 1.0 | yes | 9 |"
    ]
