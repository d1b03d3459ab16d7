"""`tracker owner`: who can owe an action."""

import click

from tracker.cli.ask import PHRASE, needed
from tracker.cli.complete import complete_owners
from tracker.cli.globals import Command, takes
from tracker.cli.options import Group, option
from tracker.cli.session import Session


@click.group("owner", cls=Group)
def owner_command() -> None:
    """Who can owe an action: add, give aliases, list."""


@owner_command.command("add", cls=Command)
@click.argument("key", type=PHRASE)
@option("--name", metavar="N", type=PHRASE, help="The full name.")
@option(
    "--alias", "aliases", metavar="A", type=PHRASE, multiple=True, help="Another way to write it; may be repeated."
)
@option("--email", metavar="E", type=PHRASE, help="Where to write to.")
@takes("records", "dry_run")
@click.pass_obj
def add(session: Session, key: str, name: str | None, aliases: tuple[str, ...], email: str | None) -> None:
    """Add an owner. It is known by KEY, name or alias, in any case."""
    from tracker.model.changes.setting_up import add_owner
    from tracker.model.records import Owner

    owner = Owner(key, needed(name, "Full name", "--name"), aliases, email)
    session.change(lambda register: add_owner(register, owner))


@owner_command.command("alias", cls=Command)
@click.argument("key", shell_complete=complete_owners)
@click.argument("aliases", metavar="A...", type=PHRASE, nargs=-1, required=True)
@takes("records", "dry_run")
@click.pass_obj
def alias(session: Session, key: str, aliases: tuple[str, ...]) -> None:
    """Let an owner be known by further spellings."""
    from tracker.model.changes.setting_up import add_aliases

    session.change(lambda register: add_aliases(register, key, aliases))


@owner_command.command("list", cls=Command)
@takes("records", "format")
@click.pass_obj
def list_(session: Session) -> None:
    """List the owners."""
    from tracker.reports.details import owner_list

    session.report(lambda register, day: owner_list(register.settings))
