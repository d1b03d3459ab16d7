"""`tracker board`: the bodies that meet."""

import click

from tracker.cli.ask import PHRASE, WORDS, needed
from tracker.cli.globals import Command, takes
from tracker.cli.options import Group, option
from tracker.cli.parsing import ITEM, PERSON
from tracker.cli.session import Session
from tracker.model.records import Board, Item, Person


@click.group("board", cls=Group)
def board_command() -> None:
    """The bodies that meet: add, list."""


@board_command.command("add", cls=Command)
@click.argument("key", type=PHRASE)
@option("--title", metavar="T", type=PHRASE, help="The board's name.")
@option("--chair", metavar="ROLE", type=PHRASE, help="Who chairs it.")
@option("--member", "members", metavar='"NAME; ROLE; ORG"', type=PERSON, multiple=True, help="Normally attends.")
@option("--item", "agenda", metavar='"N TITLE"', type=ITEM, multiple=True, help="A standing agenda item.")
@option("--note", metavar="NOTE", type=WORDS, help="Printed on every paper of the board.")
@takes("records", "dry_run")
@click.pass_obj
def add(
    session: Session, key: str, title: str | None, chair: str | None,
    members: tuple[Person, ...], agenda: tuple[Item, ...], note: str | None,
) -> None:  # fmt: skip
    """Add a board. KEY is short, such as pdb, and begins every reference to its records."""
    from tracker.model.changes.setting_up import add_board

    board = Board(key.lower(), needed(title, "Title", "--title"), chair, members, agenda, note)
    session.change(lambda register: add_board(register, board))


@board_command.command("list", cls=Command)
@takes("records", "as_of", "format")
@click.pass_obj
def list_(session: Session) -> None:
    """List the boards."""
    from tracker.reports.details import board_list

    session.report(board_list)
