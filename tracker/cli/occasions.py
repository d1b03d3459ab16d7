"""The options that say which actions a change is about, and when it happened."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.complete import complete_actions, complete_meetings
from tracker.cli.days import past_day
from tracker.cli.options import option

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.model.changes.draft import Occasion
    from tracker.model.records import Action, Register

_F = TypeVar("_F", bound=Callable[..., Any])


def takes_refs(function: _F) -> _F:
    """The argument `REF…`, and `--meeting` for bare numbers."""
    function = option(
        "--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting of bare numbers."
    )(function)
    return click.argument("refs", metavar="REF...", nargs=-1, required=True, shell_complete=complete_actions)(function)


def takes_occasion(function: _F) -> _F:
    """The options `--at MEETING` and `--date DATE`."""
    function = option(
        "--date", metavar="DATE", help="The day it happened; that of the meeting in --at, else today."
    )(function)
    return option(
        "--at", metavar="MEETING", shell_complete=complete_meetings, help="The meeting where it was agreed."
    )(function)


def the_actions(session: "Session", register: "Register", refs: Sequence[str], meeting: str | None) -> "list[Action]":
    """The actions that were named."""
    from tracker.model.resolve import find_actions

    board = session.board_key(register)
    return find_actions(register, refs, today=session.today, board=board, meeting=meeting)


def the_occasion(session: "Session", register: "Register", at: str | None, date: str | None) -> "Occasion":
    """When it happened."""
    from tracker.model.changes.draft import occasion
    from tracker.model.resolve import find_meeting

    board = session.board_key(register)
    meeting = find_meeting(register, at, today=session.today, board=board).ref if at else None
    return occasion(register, session.today, past_day(session, date) if date else None, meeting)
