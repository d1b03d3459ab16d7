"""`tracker chase`: the letters that ask for updates."""

import sys
from contextlib import nullcontext, redirect_stdout
from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_meetings, complete_owners
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.papers import audience, paper_options
from tracker.cli.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.changes.chasing import Request
    from tracker.model.records import Meeting, Register
    from tracker.reports.papers.chase import Chase


@click.command("chase", cls=Command)
@option("--owner", metavar="O", shell_complete=complete_owners, help="Only the letter to this owner.")
@option(
    "--for", "meeting", metavar="MEETING", shell_complete=complete_meetings,
    help="What is due by this meeting; by each board's next one unless said.",
)  # fmt: skip
@option("--reply-by", metavar="WHEN", help="Unless said, five working days before the meeting.")
@option("--record", is_flag=True, help="Note on each action that an update was asked for today.")
@paper_options
@takes("dry_run")
@click.pass_context
def chase_command(
    ctx: click.Context, owner: str | None, meeting: str | None, reply_by: str | None, record: bool, public: bool | None
) -> None:
    """Write to each owner, asking for updates before a meeting.

    The letters list what is overdue, what is due by the meeting, and what is with the board. With --format eml
    --out FOLDER they are drafts for a mail program, a file for each owner; nothing is sent.
    """
    from tracker.cli.drafts import put_letters
    from tracker.cli.reporting import report_day, say_left_out, say_unfinished

    session: Session = ctx.obj
    _must_fit(ctx, session, record)
    say_unfinished(session)
    loaded = session.load()
    day = report_day(session, loaded.register)
    if record:
        _must_be_today(session, day)
    report = _letters(session, loaded.register, day, owner, meeting, reply_by, public)
    put_letters(session, report)
    _say_unowned(report)
    if record and report.letters:
        _record(session, report)
    say_left_out(loaded.problems)


def _must_fit(ctx: click.Context, session: Session, record: bool) -> None:
    if record and session.rev is not None:
        ctx.fail("--record changes the register as it is now; leave out --rev.")
    for flag, said in (("--dry-run", session.dry_run), ("--no-commit", session.no_commit)):
        if said and not record:
            ctx.fail(f"{flag} means nothing here without --record.")


def _must_be_today(session: Session, day: date) -> None:
    from tracker.errors import NotUnderstood

    if day != session.today:
        raise NotUnderstood("--record notes what is asked today; leave out --as-of.")


def _letters(
    session: Session, register: "Register", day: date, owner: str | None, meeting: str | None, reply_by: str | None,
    public: bool | None,
) -> "Chase":  # fmt: skip
    from tracker.cli.owners import owner_key
    from tracker.reports.papers.chase import Ask, chase

    board = session.board_key(register)
    found = _meeting(register, meeting, day, board) if meeting else None
    by = _reply_day(register, reply_by, day, found.ref.board if found else board) if reply_by else None
    return chase(register, day, audience(register, public), Ask(owner_key(register, owner), board, found, by))


def _meeting(register: "Register", text: str, day: date, board: str | None) -> "Meeting":
    """A meeting that can be written about beforehand. Refused for one that is over or does not take place."""
    from tracker.errors import Refused
    from tracker.model.dates import long_day
    from tracker.model.resolve import find_meeting

    found = find_meeting(register, text, today=day, board=board)
    if not found.stands:
        raise Refused(f"{found.ref} was {found.status}; nothing is asked for it. Name another meeting with --for.")
    if found.ref.day < day:
        raise Refused(f"{found.ref} is over on {long_day(day)}. Name a meeting to come, or leave out --for.")
    return found


def _reply_day(register: "Register", text: str, day: date, board: str | None) -> date:
    """The day of `--reply-by`. Refused for one that has passed."""
    from tracker.cli.days import say_taken
    from tracker.errors import Refused
    from tracker.model.dates import long_day
    from tracker.model.due import day_of

    found = say_taken(day_of(register, board, text, base=day, past=False))
    if found < day:
        raise Refused(f"{long_day(found)} has passed; nobody can reply by then. Give a later day with --reply-by.")
    return found


def _say_unowned(report: "Chase") -> None:
    from tracker.cli.screen import say_note

    if report.unowned:
        refs = ", ".join(str(row.ref) for row in report.unowned)
        are = "is in no letter, because it has" if len(report.unowned) == 1 else "are in no letter, because they have"
        say_note(f"{refs} {are} no owner. Give one: tracker reassign {report.unowned[0].action.ref} --owner O")


def _record(session: Session, report: "Chase") -> None:
    """Note the requests, saying so beside the letters where these went to standard output."""
    from tracker.cli.drafts import printed
    from tracker.model.changes.chasing import note_requests

    requests = list(_requests(report))
    with redirect_stdout(sys.stderr) if printed(session) else nullcontext():
        session.change(lambda register: note_requests(register, requests, session.today))


def _requests(report: "Chase") -> "Iterator[Request]":
    """What was asked, action by action."""
    from tracker.model.changes.chasing import Request

    found: dict[object, Request] = {}
    for letter in report.letters:
        for part in letter.parts:
            for asked in part.asked:
                ref = asked.row.ref
                keys = (*(found[ref].asked if ref in found else ()), letter.owner.key)
                found[ref] = Request(ref, part.reply_by, keys, set(keys) == set(asked.row.state.owners))
    yield from found.values()
