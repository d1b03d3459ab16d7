"""`tracker check-staged`: what the hook of `tracker git-setup` runs before a commit that touches the register."""

import os

import click

from tracker.cli.globals import Command, takes
from tracker.cli.screen import say_error, say_note
from tracker.cli.session import Session


@click.command("check-staged", cls=Command, hidden=True)
@takes("records")
@click.pass_context
def check_staged_command(ctx: click.Context) -> None:
    """Check the register as it is about to be committed, and change nothing.

    Looks at the index that git names to its hooks, not at the files. Exits with 1 if there are errors.
    """
    from tracker.git.staged import staged_tree
    from tracker.storage.checking import check_register

    session: Session = ctx.obj
    tree = staged_tree(session.root, os.environ.get("GIT_INDEX_FILE"))
    problems = check_register(tree, session.today) if tree else []
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        say_note(str(problem))
    if errors:
        say_error("Nothing is committed. Mend this and commit again; to commit all the same: git commit --no-verify")
        ctx.exit(1)
