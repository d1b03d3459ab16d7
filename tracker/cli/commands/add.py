"""`tracker add`: raise actions at a meeting."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tracker.cli.ask import PHRASE, WORDS, needed, needed_some
from tracker.cli.complete import complete_actions, complete_meetings, complete_owners, complete_tags
from tracker.cli.days import coming_day
from tracker.cli.globals import Command, takes
from tracker.cli.options import option
from tracker.cli.owners import must_be_owners
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change
    from tracker.model.changes.raising import Wanted
    from tracker.model.records import Register
    from tracker.model.references import ActionRef


@click.command("add", cls=Command)
@click.argument("text", type=WORDS, required=False)
@option("--meeting", metavar="REF", shell_complete=complete_meetings, help="The meeting that raises it.")
@option(
    "--owner", "owners", metavar="O", multiple=True, shell_complete=complete_owners,
    help="Who must do it; may be repeated, the first one leads.",
)  # fmt: skip
@option("--item", metavar="N", help="The agenda item, such as 3i.")
@option("--due", metavar="WHEN", help='A day, "next meeting", "spring 2027", none; the next meeting unless said.')
@option("--by", metavar="DATE", help="The day to look again, for due words that name none.")
@option("--tag", "tags", metavar="T", type=PHRASE, multiple=True, shell_complete=complete_tags, help="A label.")
@option("--restricted", is_flag=True, help="Left out of public papers.")
@option("--follows", metavar="REF", shell_complete=complete_actions, help="The action that it goes on from.")
@option("--from", "source", metavar="FILE", help='Raise many, a line each: "item; owners; text; due".')
@takes("records", "board", "dry_run")
@click.pass_obj
def add_command(
    session: Session, text: str | None, meeting: str | None, owners: Sequence[str], item: str | None, due: str | None,
    by: str | None, tags: Sequence[str], restricted: bool, follows: str | None, source: str | None,
) -> None:  # fmt: skip
    """Raise an action at a meeting.

    It is due at the board's next meeting unless said. The meeting counts as held from then on.
    TEXT and FILE may be - for standard input.
    """
    from tracker.model.changes.raising import Wanted, raise_actions

    if source is not None:
        _only_meeting(text, owners, item, due, by, tags, restricted, follows)
        wanted = _from_file(source)
    else:
        text = needed(text, "Action", "TEXT")
        wanted = [Wanted(text, (), item, due, None, tags, restricted)]
    at = needed(meeting, "Meeting", "--meeting")
    if source is None:
        names = needed_some(owners, "Owner", "--owner", lambda name: must_be_owners(session, name))
        wanted = [wanted[0]._replace(owners=names)]

    def make(register: "Register") -> "Change":
        from tracker.model.resolve import find_meeting

        board = session.board_key(register)
        raising = find_meeting(register, at, today=session.today, board=board).ref
        before = _followed(session, register, follows)
        look_again = coming_day(session, by, raising.day) if by else None
        asked = [one._replace(follows=before, look_again=look_again) for one in wanted]
        return raise_actions(register, raising, asked, session.today)

    session.change(make)


def _followed(session: Session, register: "Register", follows: str | None) -> "ActionRef | None":
    from tracker.errors import Ambiguous
    from tracker.model.resolve import find_actions

    if follows is None:
        return None
    found = find_actions(register, [follows], today=session.today, board=session.board_key(register))
    if len(found) != 1:
        raise Ambiguous("An action follows one other action; --follows names several.")
    return found[0].ref


def _only_meeting(*others: object) -> None:
    if any(others):
        raise click.UsageError("--from FILE takes item, owners, text and due from its lines; give --meeting only.")


def _from_file(source: str) -> "list[Wanted]":
    """The actions of a list; empty lines and those that begin with # are passed over."""
    from tracker.errors import NotUnderstood
    from tracker.model.changes.raising import Wanted

    wanted = []
    for number, line in enumerate(_lines(source), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        parts = [part.strip() for part in line.split(";")]
        if len(parts) not in (3, 4) or not parts[1] or not parts[2]:
            raise NotUnderstood(f'Line {number} of {source} is not "item; owners; text; due"; nothing was changed.')
        item, owners, text, due = (*parts, "")[:4]
        wanted.append(Wanted(text, [owners], item or None, due or None, line=number))
    if not wanted:
        raise NotUnderstood(f"{source} has no actions in it; nothing was changed.")
    return wanted


def _lines(source: str) -> list[str]:
    from pathlib import Path

    from tracker.errors import NotFound

    if source == "-":
        return str(WORDS.convert("-", None, None)).splitlines()
    try:
        return Path(source).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise NotFound(f"{source} cannot be read: {why}.") from None
