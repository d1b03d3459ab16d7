"""`tracker edit`: a record in the editor, on a copy that is checked before it counts."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.complete import complete_records
from tracker.cli.globals import Command, takes
from tracker.cli.occasions import the_occasion
from tracker.cli.options import option
from tracker.cli.screen import person_present, say, say_error
from tracker.cli.session import Session
from tracker.errors import Refused, TrackerError

if TYPE_CHECKING:
    from tracker.model.changes.draft import Change
    from tracker.model.records import Register


@click.command("edit", cls=Command)
@click.argument("ref", metavar="REF|register", shell_complete=complete_records)
@option("--date", metavar="DATE", help="The day the change happened; today unless said.")
@takes("records", "board", "dry_run")
@click.pass_obj
def edit_command(session: Session, ref: str, date: str | None) -> None:
    """Edit a record in $EDITOR, on a copy.

    REF is an action, a meeting or a board. The text is checked before it counts, and a new due day, owner
    or wording gets its entry in the history.
    """
    from tracker.storage.editing import content_of

    path = _path(session, ref)
    before = content_of(session.root, path)
    draft = before
    while True:
        draft = _in_editor(draft)
        if draft == before:
            say(f"{path} is as it was.")
            return
        try:
            _save(session, path, before, draft, date)
            return
        except TrackerError as error:
            say_error(str(error))
            if not (person_present() and click.confirm("Back to the editor?", default=True, err=True)):
                raise Refused(f"Nothing was changed. Your text is kept in {_kept(draft)}.") from None


def _path(session: Session, ref: str) -> str:
    """The file of the record; one that cannot be read may be edited too, that is how it gets mended."""
    from tracker.model.references import REGISTER_PATH
    from tracker.model.resolve import find_path

    if ref.strip().lower() == "register":
        return REGISTER_PATH
    register = session.load().register
    return find_path(register, ref, today=session.today, board=session.board_key(register))


def _in_editor(content: bytes) -> bytes:
    if not (person_present() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise Refused("An editor needs a person at the terminal. Set EDITOR to the program that edits instead of one.")
    try:
        edited = click.edit(content, extension=".yaml", require_save=False)
    except click.ClickException as error:
        raise Refused(f"{error.format_message()}. Set EDITOR to the editor to use, such as EDITOR=nano.") from None
    return content if edited is None else edited


def _save(session: Session, path: str, before: bytes, draft: bytes, date: str | None) -> None:
    from tracker.storage.editing import edited_records

    def make(register: "Register") -> "Change":
        from tracker.model.changes.editing import edited

        old, new = edited_records(session.root, path, before, draft)
        return edited(register, old, new, the_occasion(session, register, None, date))

    session.change(make, {path: draft})


def _kept(draft: bytes) -> Path:
    """The edited text in a file of the person's own, since what they wrote must not be lost."""
    import tempfile

    number, name = tempfile.mkstemp(".yaml", "tracker-edit-")
    with open(number, "wb") as file:
        file.write(draft)
    return Path(name)
