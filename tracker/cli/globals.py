"""Options that are understood before and after the command's name, wherever they mean something.

`tracker --board pdb overdue` is `tracker overdue --board pdb`. What stands before the name is handed on
to the command; where it means nothing there, that is an error.
"""

from collections.abc import Callable
from typing import Any, Final, TypeVar

import click

from tracker.cli.complete import complete_boards
from tracker.cli.formats import FormatType
from tracker.cli.options import FILE_NAME, Helped, Option, option
from tracker.cli.session import Session

PENDING: Final = "tracker.pending"
_F = TypeVar("_F", bound=Callable[..., Any])


class _Shared(Option):
    """One of these options where a command takes it; its value goes to the session."""


def _to_session(ctx: click.Context, param: click.Parameter, value: object) -> None:
    _must_say_something(ctx, param, value)
    if value:
        setattr(ctx.ensure_object(Session), str(param.name), value)


def _must_say_something(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """A script's variable that is not set must not turn into a report or a change that nobody asked for."""
    if value == "" or (isinstance(value, tuple) and "" in value):
        raise click.BadParameter("it is empty.", ctx, param)


_OPTIONS: Final[dict[str, tuple[tuple[str, ...], dict[str, Any]]]] = {
    "records": (("--records",), {"metavar": "DIR", "type": FILE_NAME, "help": "The register to work on."}),
    "board": (
        ("--board",),
        {"metavar": "KEY", "shell_complete": complete_boards, "help": "Only this board, also in short references."},
    ),
    "as_of": (
        ("--as-of", "--as-at"),
        {"metavar": "DATE", "help": "The day of the report; unless said, today or the day that the command names."},
    ),
    "format": (
        ("--format",),
        {
            "type": FormatType(),
            "help": "table at a terminal, tsv when piped.",
        },
    ),
    "out": (
        ("--out",),
        {"metavar": "FILE", "type": FILE_NAME, "help": "Write to this file; its ending says the format."},
    ),
    "rev": (
        ("--rev",),
        {"metavar": "REV", "help": "The register as it stood in this commit; the day of the report stays as it is."},
    ),
    "dry_run": (("--dry-run",), {"is_flag": True, "help": "Show the change without making it."}),
    "no_commit": (("--no-commit",), {"is_flag": True, "help": "Save the change, but make no commit of it in git."}),
}
# What can be tried out can be made, and what can be made is committed; what has a format can go to a file.
_IMPLIED: Final = {"dry_run": ("dry_run", "no_commit"), "format": ("format", "out")}


def global_options(function: _F) -> _F:
    """Let the program take all of these before the command's name, on behalf of the command."""
    for name, (flags, settings) in reversed(_OPTIONS.items()):
        function = option(*flags, name, **settings)(function)
    return function


def takes(*names: str) -> Callable[[_F], _F]:
    """Let a command take these of the options: `records`, `board`, `as_of`, `rev`, `no_commit`; `format`, which
    brings `out` along, and `dry_run`, which brings `no_commit` along.
    """
    every = [option for name in names for option in _IMPLIED.get(name, (name,))]

    def decorate(function: _F) -> _F:
        for name in reversed(every):
            flags, settings = _OPTIONS[name]
            function = option(
                *flags, name, cls=_Shared, expose_value=False, callback=_to_session, **settings
            )(function)
        return function

    return decorate


class Command(Helped):
    """A command that also takes what stood before its name, and no empty words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        pending = ctx.meta.get(PENDING) or {}
        for name, value in pending.items():
            if value is not None and value is not False:
                args = [*self._handed_on(ctx, name, value), *args]
        rest = super().parse_args(ctx, args)
        for param in self.params:
            _must_say_something(ctx, param, ctx.params.get(param.name or ""))
        return rest

    def _handed_on(self, ctx: click.Context, name: str, value: object) -> list[str]:
        flag = _OPTIONS[name][0][0]
        if not any(isinstance(param, _Shared) and param.name == name for param in self.params):
            ctx.fail(f"{flag} means nothing to {ctx.command_path}.")
        return [flag] if value is True else [flag, str(value)]
