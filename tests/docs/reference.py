"""The reference of the commands, made from what the program says of itself."""

import inspect
from collections.abc import Iterator

import click

from tracker.cli.main import program

_BEGIN = "<!-- generated: commands -->\n"
_END = "<!-- generated: end -->\n"
_HEAD = """\
# The commands

Made from the program; `tracker COMMAND --help` prints the same. What stands in capitals is yours to fill in, what
stands in square brackets may be left out, and `...` means that it may be repeated.

"""


def reference() -> str:
    """The page of all commands with all their options."""
    top = click.Context(program, info_name="tracker")
    parts = [_HEAD + _options("These options stand before or after the name of any command that takes them:", top)]
    parts += [_section(ctx) for ctx in _commands(top)]
    return "\n".join(parts)


def with_commands(page: str) -> str:
    """The page with the table of all commands between its two marks."""
    before, begin, rest = page.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    assert begin and end, "the page has no marks for the table of the commands"
    return before + begin + "\n" + _summary() + "\n" + end + after


def _summary() -> str:
    rows = [
        f"| [`{ctx.command_path}`](docs/commands.md#{_anchor(ctx)}) | {ctx.command.get_short_help_str(limit=200)} |\n"
        for ctx in _commands(click.Context(program, info_name="tracker"))
    ]
    return "| Command | What it does |\n|---|---|\n" + "".join(rows)


def _commands(ctx: click.Context) -> Iterator[click.Context]:
    """Every command that does something; a group of commands is gone through."""
    assert isinstance(ctx.command, click.Group)
    for name in ctx.command.list_commands(ctx):
        command = ctx.command.get_command(ctx, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=ctx)
        if isinstance(command, click.Group):
            yield from _commands(inner)
        else:
            yield inner


def _section(ctx: click.Context) -> str:
    usage = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
    paragraphs = inspect.cleandoc(ctx.command.help or "").split("\n\n")
    words = "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    parts = [f"## {ctx.command_path}", f"`{usage}`", words, _options("", ctx), _also(ctx)]
    return "\n\n".join(part.rstrip("\n") for part in parts if part) + "\n"


def _options(head: str, ctx: click.Context) -> str:
    params = [param for param in ctx.command.params if isinstance(param, click.Option) and param.expose_value]
    records = [record for param in params if (record := param.get_help_record(ctx))]
    lines = "".join(f"- `{flags}`: {' '.join(words.split())}\n" for flags, words in records)
    return f"{head}\n\n{lines}".lstrip("\n") if lines else ""


def _also(ctx: click.Context) -> str:
    """The options that many commands share, which the page explains once."""
    flags = [f"`{param.opts[0]}`" for param in ctx.command.params if not param.expose_value]
    return f"Also takes {', '.join(flags)}." if flags else ""


def _anchor(ctx: click.Context) -> str:
    return ctx.command_path.replace(" ", "-")
