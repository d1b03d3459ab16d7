"""`tracker tag`: labels on actions."""

import re
from collections.abc import Sequence

import click

from tracker.cli.complete import complete_all_actions
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import the_actions
from tracker.cli.session import Session

_SIGNED = "tracker.signed"
_SIGNED_TAG = re.compile(r"[+-][^-].*", re.DOTALL)


class _TagCommand(Command):
    """`-rural-crime` is a tag to take off here, no row of one-letter options; `-h` is no tag."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        signed = [arg for arg in args if _SIGNED_TAG.fullmatch(arg) and arg != "-h"]
        ctx.meta[_SIGNED] = signed
        return super().parse_args(ctx, [arg for arg in args if arg not in signed])


@click.command("tag", cls=_TagCommand, options_metavar="+T… -T… [OPTIONS]")
@click.argument("refs", metavar="REF...", nargs=-1, required=True, shell_complete=complete_all_actions)
@takes("records", "board", "dry_run")
@click.pass_context
def tag_command(ctx: click.Context, refs: Sequence[str]) -> None:
    """Add tags (+rural-crime) and take them off (-rural-crime)."""
    from tracker.model.changes.wording import tag

    session: Session = ctx.obj
    signed: list[str] = ctx.meta[_SIGNED]
    if not signed:
        raise click.UsageError("Say which: +TAG adds one, -TAG takes it off.")
    session.change(lambda register: tag(register, the_actions(session, register, refs, None), signed))
