"""The program: its commands, found when they are called, and what the shell gets back."""

import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from tracker.cli.globals import PENDING, global_options
from tracker.cli.options import VERSION, Group
from tracker.cli.screen import OutputLost, open_missing_streams, say_error, silence
from tracker.cli.session import Session
from tracker.errors import TrackerError

if TYPE_CHECKING:
    from tracker.storage.reading import Begun

# A command's module is imported when the command is called: a start pays only for what it needs.
# The order is that of a working quarter, and of the help.
COMMANDS = {
    "init": "init",
    "board": "board",
    "owner": "owner",
    "meeting": "meeting",
    "item": "item",
    "add": "add",
    "update": "update",
    "propose": "propose",
    "discharge": "discharge",
    "carry": "carry",
    "redate": "redate",
    "correct": "correct",
    "reopen": "reopen",
    "withdraw": "withdraw",
    "reassign": "reassign",
    "reword": "reword",
    "tag": "tag",
    "restrict": "restrict",
    "unrestrict": "restrict",
    "edit": "edit",
    "list": "list",
    "show": "show",
    "overdue": "overdue",
    "brief": "brief",
    "overview": "overview",
    "notes": "notes",
    "chase": "chase",
    "stats": "stats",
    "calendar": "calendar",
    "check": "check",
    "log": "log",
    "diff": "diff",
    "undo": "undo",
    "sync": "sync",
    "git-setup": "git_setup",
}
# What git calls, and nobody types.
_FOR_GIT = {"merge-driver": "merge_driver", "check-staged": "check_staged"}
_ALSO = {"close": "discharge", "complete": "discharge", "done": "discharge"}


class ReaderLeft(Exception):
    """Whoever reads the output has seen enough: `tracker list | head` is no error."""


class Program(Group):
    """The group of all commands. Options that mean something to the command may stand before its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        name = _ALSO.get(cmd_name, cmd_name)
        module_name = COMMANDS.get(name) or _FOR_GIT.get(name)
        if module_name is None:
            return None
        module = import_module(f"tracker.cli.commands.{module_name}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if name not in {*COMMANDS, *_FOR_GIT, *_ALSO} and not ctx.resilient_parsing:
            ctx.fail(_no_command(name))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # Click would take it for a failure
            raise ReaderLeft from None


def _no_command(name: str) -> str:
    from difflib import get_close_matches

    from tracker.model.quoting import quoted

    close = get_close_matches(name, COMMANDS, n=1, cutoff=0.5)
    meant = f" Did you mean tracker {close[0]}?" if close else ""
    return f"There is no command {quoted(name)}.{meant}"


@click.command(cls=Program, context_settings={"max_content_width": 100})
@VERSION
@global_options
@click.pass_context
def program(ctx: click.Context, /, **given: object) -> None:
    """Keep the actions of a public board: raise them, note progress, report what is overdue, discharge them."""
    ctx.obj = Session(ctx.obj)
    ctx.meta[PENDING] = given


def main(args: list[str] | None = None, begun: "Begun | None" = None) -> NoReturn:
    """Run one command and leave with its exit status. `begun` is the reading that was begun for it.

    0 done; 1 it could not be done; 2 the command line was wrong; 3 saved, but not committed; 4 `overdue
    --exit-code` found something.
    """
    open_missing_streams()
    sys.exit(run(lambda: program.main(args, prog_name="tracker", standalone_mode=False, obj=begun)))


def run(command: Callable[[], object]) -> int:
    """The exit status of a command, with what went wrong said in a sentence on standard error."""
    try:
        status = command()
    except click.ClickException as error:
        _say_usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _say("Stopped.", 1)
    except TrackerError as error:
        return _say(str(error), error.exit_status)
    except ReaderLeft:
        silence(sys.stdout)
        return 0
    except OutputLost as lost:
        return _say(f"The output could not be written: {lost}.", 1)
    except OSError as error:
        return _say(_what_failed(error), 1)
    except Exception as error:  # noqa: BLE001 - the last line of defence: a person never gets a traceback
        if os.environ.get("TRACKER_TRACEBACK"):
            raise
        return _say(f"This is a defect of the program ({type(error).__name__}); TRACKER_TRACEBACK=1 shows where.", 1)
    return status if isinstance(status, int) else 0


def _say_usage(error: click.ClickException) -> None:
    message = error.format_message()
    if isinstance(error, click.exceptions.NoArgsIsHelpError):  # its message is the help
        click.echo(message, err=True)
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    stop = "" if message.endswith((".", "?")) else "."
    how = f"{stop} To see how: {context.command_path} --help" if context else ""
    _say(message + how, error.exit_code)


def _say(sentence: str, status: int) -> int:
    say_error(sentence)
    return status


def _what_failed(error: OSError) -> str:
    why = error.strerror or error
    try:
        sys.stdout.flush()
    except OSError:
        silence(sys.stdout)
    return f"This could not be done: {why}."
