"""`tracker restrict` and `tracker unrestrict`: what public papers leave out."""

from collections.abc import Sequence

import click

from tracker.cli.complete import complete_all_actions, complete_meetings
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import the_actions
from tracker.cli.options import option
from tracker.cli.session import Session


def _command(name: str, restricted: bool, help_: str) -> click.Command:
    @click.command(name, cls=Command, help=help_)
    @click.argument("refs", metavar="REF...", nargs=-1, required=True, shell_complete=complete_all_actions)
    @option("--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting of bare numbers.")
    @takes("records", "board", "dry_run")
    @click.pass_obj
    def command(session: Session, refs: Sequence[str], meeting: str | None) -> None:
        from tracker.model.changes.wording import restrict

        session.change(
            lambda register: restrict(register, the_actions(session, register, refs, meeting), restricted)
        )

    return command


restrict_command = _command(
    "restrict",
    True,
    "Mark actions as restricted.\n\nPublic papers leave them out. Whoever holds the files can still read them.",
)
unrestrict_command = _command("unrestrict", False, "Take the mark of restriction off actions.")
