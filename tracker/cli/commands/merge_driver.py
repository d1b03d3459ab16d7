"""`tracker merge-driver`: what git calls to merge a record, once `tracker git-setup` has told it to."""

from pathlib import Path

import click

from tracker.cli.globals import Command
from tracker.cli.screen import say_note


@click.command("merge-driver", cls=Command, hidden=True)
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
@click.argument("marks", type=click.IntRange(min=1))
@click.argument("path")
@click.pass_context
def merge_driver_command(ctx: click.Context, base: Path, ours: Path, theirs: Path, marks: int, path: str) -> None:
    """Merge two versions of a record for git.

    As in gitattributes(5): %O %A %B %L %P. The result stands in OURS; exits with 1 if there is a conflict.
    """
    from tracker.git.merge_driver import merge_files
    from tracker.model.merging_values import Three

    texts = Three(ours.read_bytes(), base.read_bytes(), theirs.read_bytes())
    merged = merge_files(path, texts, marks)
    ours.write_bytes(merged.content)
    if merged.conflicts:
        say_note(f"{path}: to be settled by hand: {', '.join(merged.conflicts)}.")
        ctx.exit(1)
