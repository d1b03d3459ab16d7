"""`tracker meeting`: the calendar, and what became of each meeting."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from tracker.cli.ask import PHRASE, needed
from tracker.cli.complete import complete_boards, complete_meetings
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import the_occasion
from tracker.cli.options import Group, option
from tracker.cli.parsing import ITEM, PERSON, TIME
from tracker.cli.session import Session
from tracker.model.records import Item, Person

if TYPE_CHECKING:
    from tracker.model.records import Meeting, Register
    from tracker.model.references import MeetingRef

_F = TypeVar("_F", bound=Callable[..., Any])
_DATE_HELP = "The day it happened; today unless said."


@click.group("meeting", cls=Group)
def meeting_command() -> None:
    """The calendar: add, held, postpone, cancel, move, list."""


def _takes_details(function: _F) -> _F:
    function = option(
        "--item", "items", metavar='"N TITLE"', type=ITEM, multiple=True, help="An agenda item; may be repeated."
    )(function)
    function = option("--venue", metavar="PLACE", type=PHRASE, help="Where it meets.")(function)
    function = option("--ends", metavar="TIME", type=TIME, help="When it ends.")(function)
    return option("--time", metavar="TIME", type=TIME, help="When it begins, such as 10:00 or 10am.")(function)


def _takes_meeting(function: _F) -> _F:
    return click.argument("ref", metavar="REF", shell_complete=complete_meetings)(function)


@meeting_command.command("add", cls=Command)
@click.argument("board", shell_complete=complete_boards)
@click.argument("dates", metavar="DATE...", nargs=-1, required=True)
@_takes_details
@option("--date", metavar="DATE", help=_DATE_HELP)
@takes("records", "dry_run")
@click.pass_obj
def add(
    session: Session, board: str, dates: tuple[str, ...], time: str | None, ends: str | None,
    venue: str | None, items: tuple[Item, ...], date: str | None,
) -> None:  # fmt: skip
    """Put meetings in BOARD's calendar. A further sitting on a day is written 2025-11-26b.

    They start from the board's members and agenda. Actions that wait for the next meeting get its day.
    """
    from tracker.model.changes.meetings import Details, add_meetings
    from tracker.model.resolve import find_board

    details = Details(time, ends, venue, items)

    def make(register: "Register") -> Any:
        found = find_board(register, board)
        refs = [_new_ref(session, found.key, text) for text in dates]
        return add_meetings(register, found, refs, details, the_occasion(session, register, None, date))

    session.change(make)


@meeting_command.command("held", cls=Command)
@_takes_meeting
@option("--attendee", "attendees", metavar='"NAME; ROLE; ORG"', type=PERSON, multiple=True, help="Came as well.")
@option("--apologies", metavar="NAME", type=PERSON, multiple=True, help="Did not come; may be repeated.")
@_takes_details
@takes("records", "board", "dry_run")
@click.pass_obj
def held(
    session: Session, ref: str, attendees: tuple[Person, ...], apologies: tuple[Person, ...],
    time: str | None, ends: str | None, venue: str | None, items: tuple[Item, ...],
) -> None:  # fmt: skip
    """Record that a meeting took place, and who came. Apologies take a member off the attendees."""
    from tracker.model.changes.meetings import Attendance, Details, hold

    details, attendance = Details(time, ends, venue, items), Attendance(attendees, apologies)
    session.change(
        lambda register: hold(register, _meeting(session, register, ref), details, attendance, session.today)
    )


@meeting_command.command("postpone", cls=Command)
@_takes_meeting
@option("--to", metavar="DATE|tbc", help="The new day; tbc while there is none.")
@option("--date", metavar="DATE", help=_DATE_HELP)
@takes("records", "board", "dry_run")
@click.pass_obj
def postpone(session: Session, ref: str, to: str | None, date: str | None) -> None:
    """Postpone a meeting. The due days of actions follow: that is no slip of theirs."""
    from tracker.model.changes.rescheduling import postpone as postponed

    when = needed(to, "To which day (tbc while there is none)", "--to")

    def make(register: "Register") -> Any:
        meeting = _meeting(session, register, ref)
        day = None if when.lower() in ("tbc", "tba") else coming_day(session, when)
        return postponed(register, meeting, day, the_occasion(session, register, None, date))

    session.change(make)


@meeting_command.command("cancel", cls=Command)
@_takes_meeting
@option("--date", metavar="DATE", help=_DATE_HELP)
@takes("records", "board", "dry_run")
@click.pass_obj
def cancel(session: Session, ref: str, date: str | None) -> None:
    """Cancel a meeting. What was due at it moves to the next one."""
    from tracker.model.changes.rescheduling import cancel as cancelled

    session.change(
        lambda register: cancelled(
            register, _meeting(session, register, ref), the_occasion(session, register, None, date)
        )
    )


@meeting_command.command("reinstate", cls=Command)
@_takes_meeting
@option("--date", metavar="DATE", help=_DATE_HELP)
@takes("records", "board", "dry_run")
@click.pass_obj
def reinstate(session: Session, ref: str, date: str | None) -> None:
    """Let a meeting take place after all.

    It was postponed or cancelled; its actions come back to it.
    """
    from tracker.model.changes.rescheduling import reinstate as reinstated

    session.change(
        lambda register: reinstated(
            register, _meeting(session, register, ref), the_occasion(session, register, None, date)
        )
    )


@meeting_command.command("move", cls=Command)
@_takes_meeting
@option("--to", metavar="DATE", help="The right day.")
@option("--date", metavar="DATE", help=_DATE_HELP)
@takes("records", "board", "dry_run")
@click.pass_obj
def move(session: Session, ref: str, to: str | None, date: str | None) -> None:
    """Give a meeting that has raised nothing another day.

    Because its day was mistyped, or it was brought forward; due days follow.
    """
    from tracker.model.changes.rescheduling import move as moved

    when = needed(to, "To which day", "--to")

    def make(register: "Register") -> Any:
        meeting = _meeting(session, register, ref)
        new = _new_ref(session, meeting.ref.board, when)
        return moved(register, meeting, new, the_occasion(session, register, None, date))

    session.change(make)


@meeting_command.command("list", cls=Command)
@takes("records", "board", "as_of", "format")
@click.pass_obj
def list_(session: Session) -> None:
    """List the meetings, of one board or of all."""
    from tracker.reports.details import meeting_list

    session.report(lambda register, day: meeting_list(register, session.board_key(register), day))


def _meeting(session: Session, register: "Register", ref: str) -> "Meeting":
    from tracker.model.resolve import find_meeting

    return find_meeting(register, ref, today=session.today, board=session.board_key(register))


def _new_ref(session: Session, board: str, text: str) -> "MeetingRef":
    """A meeting to come into being; a letter behind an ISO date is its sitting."""
    from tracker.model.references import MeetingRef, meeting_ref

    found = meeting_ref(board, text.strip().lower())
    return found or MeetingRef(board, coming_day(session, text))
