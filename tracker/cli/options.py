"""Options and commands as Click has them, but for what costs every command time that few get anything from.

Click takes the indentation out of help texts when an option is made, and translates its own ones; ours are
single lines of English. Without that neither `inspect` nor `locale` need be read to run a command.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from tracker import __version__

_F = TypeVar("_F", bound=Callable[..., Any])


class Option(click.Option):
    """An option whose help text is printed as it stands."""

    def __init__(self, *args: Any, help: str | None = None, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self.help = help


def option(*flags: str, cls: type[click.Option] = Option, **settings: Any) -> Callable[[_F], _F]:
    """As `click.option`."""
    return click.option(*flags, cls=cls, **settings)


class FileName(click.ParamType[str]):
    """The name of a file or folder, which the shell completes; nobody asks whether it is there."""

    name = "path"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


FILE_NAME = FileName()


def _say_and_leave(words: Callable[[click.Context], str]) -> dict[str, Any]:
    def say(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            click.echo(words(ctx), color=ctx.color)
            ctx.exit()

    return {"is_flag": True, "expose_value": False, "is_eager": True, "callback": say}


_HELP = Option(["-h", "--help"], help="Show this message and exit.", **_say_and_leave(lambda ctx: ctx.get_help()))
VERSION = option("--version", help="Show the version and exit.", **_say_and_leave(lambda ctx: f"tracker {__version__}"))


class Helped(click.Command):
    """A command with -h and --help."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return _HELP


class Group(Helped, click.Group):
    """A group of commands with -h and --help."""
