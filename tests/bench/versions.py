"""What a secretary asks of git through `tracker`: what changed, who did it, and exchanging it with colleagues."""

from contextlib import suppress
from pathlib import Path

from tests.bench.colleague import publish
from tests.bench.offices import Office, commit_rest, edit_by_hand, git, next_untouched
from tests.bench.processes import Failed, output
from tests.bench.tasks import Round, Task

# So far back that the changes of a whole meeting lie between.
_BEFORE = "HEAD~20"


def _edit(round: Round) -> None:
    edit_by_hand(round.office, next_untouched(round.office))


def _stage(round: Round) -> None:
    output(round.office.desk, [git(), "add", "--update"])


def _both_work(round: Round) -> None:
    publish(round.office)
    round.run("update", *_note(round))


def _note(round: Round) -> list[str]:
    return [round.ref, "--note", round.text("The supplier has asked for more time")]


def _take_back_set_up(round: Round) -> None:
    """As `git-setup` itself says how, so that it has all to do again."""
    office = round.office
    with suppress(Failed):  # there is nothing to take back the first time
        output(office.desk, [git(), "config", "--remove-section", "merge.tracker"])
    for path in (office.root / ".gitattributes", _hook(office)):
        path.unlink(missing_ok=True)


def _hook(office: Office) -> Path:
    return office.desk.folder / ".git" / "hooks" / "pre-commit"


HISTORY = (
    Task("diff", "", prepare=_edit, note=", a record edited by hand"),
    Task("check-staged", "", prepare=_stage, note=", the same record staged"),
    Task("log", "", prepare=lambda round: commit_rest(round.office), commits=1),
    Task("log", "REF", lambda round: [round.ref]),
    Task("log", "MEETING", lambda round: [str(round.latest)]),
    Task("log", "BOARD", lambda round: [round.latest.board]),
    Task("diff", f"{_BEFORE}..HEAD", lambda round: [f"{_BEFORE}..HEAD"]),
    Task("list", f"--rev {_BEFORE}", lambda round: ["--rev", _BEFORE]),
)
"""What asks git for earlier states, and for what is about to be committed."""

SHARED = (
    Task("sync", "", prepare=_both_work, commits=3, note=", a change on both sides"),
)
"""What needs a colleague."""

SET_UP = (
    Task("git-setup", "", prepare=_take_back_set_up),
    Task("update", "REF", _note, commits=1, note=", with the hook of `git-setup`"),
)
"""Setting up a clone, and a change in one that is set up."""
