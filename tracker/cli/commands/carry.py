"""`tracker carry`: actions that were not done go to a later meeting."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.ask import WORDS
from tracker.cli.complete import complete_actions, complete_meetings
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change, Occasion
    from tracker.model.records import Action, Register


@click.command("carry", cls=Command)
@click.argument("refs", metavar="REF...", nargs=-1, shell_complete=complete_actions)
@option("--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting of bare numbers.")
@option("--all", "every", is_flag=True, help="Every live action of the board of --at that is due by that day.")
@option("--to", metavar="WHEN", help="A later day; the board's next meeting unless said.")
@option("--by", metavar="DATE", help="The day to look again, for due words that name none.")
@option("--reason", metavar="TEXT", type=WORDS, help="Why, or what was said.")
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def carry_command(
    session: Session, refs: Sequence[str], meeting: str | None, every: bool, to: str | None, by: str | None,
    reason: str | None, at: str | None, date: str | None,
) -> None:  # fmt: skip
    """Carry actions forward to a later meeting.

    They stay open, and it counts as a slip.
    """
    if every and (refs or not at):
        raise click.UsageError("--all takes every action due by a meeting: give --at MEETING and no REF.")
    if not every and not refs:
        raise click.UsageError("Say which: REF, or --all --at MEETING.")

    def make(register: "Register") -> "Change":
        from tracker.model.changes.due_days import carry

        when = the_occasion(session, register, at, date)
        actions = _all_due(register, when) if every else the_actions(session, register, refs, meeting)
        look_again = coming_day(session, by, when.in_hand) if by else None
        return carry(register, actions, when, to, reason, look_again)

    session.change(make)


def _all_due(register: "Register", when: "Occasion") -> "list[Action]":
    from tracker.errors import Refused
    from tracker.model.changes.due_days import due_by

    assert when.at is not None
    actions = due_by(register, when.at.board, when.at.day)
    if not actions:
        raise Refused(f"No live action of {when.at.board.upper()} is due by {when.at}.")
    return actions
