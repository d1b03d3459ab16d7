"""`tracker discharge`: the board accepts that actions are done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.ask import WORDS, needed
from tracker.cli.complete import complete_actions, complete_meetings, complete_owners
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import takes_occasion, the_actions, the_occasion
from tracker.cli.options import option
from tracker.cli.parsing import ROUTE
from tracker.cli.session import Session
from tracker.model.records import Route

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change
    from tracker.model.changes.raising import Wanted
    from tracker.model.records import Register


@click.command("discharge", cls=Command)
@click.argument("refs", metavar="REF...", nargs=-1, shell_complete=complete_actions)
@option("--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting of bare numbers.")
@option("--outcome", metavar="TEXT", type=WORDS, help="What was done; - reads it from standard input.")
@option("--route", metavar="R", type=ROUTE, help="How it reached the board: paper, out, bau …")
@option("--proposed", is_flag=True, help="All that are proposed to the board of --at, each with its own outcome.")
@option("--follow-up", metavar="TEXT", type=WORDS, help="Raise what is left over at the meeting of --at.")
@option("--due", metavar="WHEN", help="When the follow-up is due; the next meeting unless said.")
@option("--by", metavar="DATE", help="The day to look again, for due words that name none.")
@option(
    "--owner", "owners", metavar="O", multiple=True, shell_complete=complete_owners,
    help="Who owes the follow-up; the same owners unless said.",
)  # fmt: skip
@takes_occasion
@takes("records", "board", "dry_run")
@click.pass_obj
def discharge_command(
    session: Session, refs: Sequence[str], meeting: str | None, outcome: str | None, route: Route | None,
    proposed: bool, follow_up: str | None, due: str | None, by: str | None, owners: Sequence[str],
    at: str | None, date: str | None,
) -> None:  # fmt: skip
    """Discharge actions: the board accepts that they are done.

    It needs an outcome. The route says how that reached the board: at meeting, paper, out of meeting (out),
    future item (future) or business as usual (bau).
    """
    if proposed:
        _check_proposed(refs, outcome, route, follow_up, at)
        session.change(lambda register: _discharge_proposed(session, register, str(at), date))
        return
    if not refs:
        raise click.UsageError("Say which: REF, or --proposed --at MEETING for all that are proposed.")
    words = needed(outcome, "Outcome", "--outcome")
    wanted = _follow_up(follow_up, due, by, owners)

    def make(register: "Register") -> "Change":
        from tracker.model.changes.progress import discharge
        from tracker.model.changes.raising import discharge_with_follow_up

        actions = the_actions(session, register, refs, meeting)
        when = the_occasion(session, register, at, date)
        if wanted is None:
            return discharge(register, actions, when, words, route)
        if len(actions) != 1:
            raise click.UsageError("A follow-up is what is left over of one action; give one REF.")
        look_again = coming_day(session, by, when.in_hand) if by else None
        left_over = wanted._replace(look_again=look_again)
        return discharge_with_follow_up(register, actions[0], when, words, route, left_over)

    session.change(make)


def _check_proposed(
    refs: Sequence[str], outcome: str | None, route: Route | None, follow_up: str | None, at: str | None
) -> None:
    if refs or outcome or route or follow_up:
        raise click.UsageError("--proposed takes every proposed action with its own outcome; give only --at MEETING.")
    if not at:
        raise click.UsageError("--proposed needs the meeting that agreed: --at MEETING.")


def _discharge_proposed(session: Session, register: "Register", at: str, date: str | None) -> "Change":
    from tracker.model.changes.progress import discharge_proposed, proposed_to

    when = the_occasion(session, register, at, date)
    assert when.at is not None
    return discharge_proposed(register, proposed_to(register, when.at.board, when.day), when)


def _follow_up(text: str | None, due: str | None, by: str | None, owners: Sequence[str]) -> "Wanted | None":
    from tracker.model.changes.raising import Wanted

    if text is None:
        if due or by or owners:
            raise click.UsageError("--due, --by and --owner are for the action that --follow-up TEXT raises.")
        return None
    return Wanted(text, owners, due=due)
