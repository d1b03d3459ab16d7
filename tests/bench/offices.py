"""A register of some size in a repository of its own, with `tracker` to run on it."""

import itertools
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.make_register import AS_AT, OVERDUE_PERCENT, actions, make_register
from tests.bench.processes import Desk, clean_environment, output
from tracker.model.records import Action
from tracker.model.references import MeetingRef

# No upkeep of git's own may fall into a measured run, and no commit may ask who makes it.
GIT_SETTINGS = {
    "gc.auto": "0", "maintenance.auto": "false", "user.name": "Secretary", "user.email": "secretary@example.org",
}  # fmt: skip


class Office(NamedTuple):
    """A register with so many actions, and what the measurements need of it.

    `names` is a file that lists every file of the register, a line each, relative to the desk's folder.
    `untouched` gives open actions that are not overdue, each once. `latest` gives, in turn, the meeting
    that each board held last; `held` is all of these.
    """

    number: int
    desk: Desk
    root: Path
    names: Path
    untouched: Iterator[Action]
    latest: Iterator[MeetingRef]
    held: tuple[MeetingRef, ...]

    @property
    def python(self) -> str:
        return sys.executable

    @property
    def tracker(self) -> str:
        """The console script beside the interpreter."""
        return str(Path(sys.executable).with_name("tracker"))


def open_office(number: int, folder: Path, like: Desk) -> Office:
    """Make a register of so many actions in `folder`, committed and packed, and read by `tracker` once."""
    root = folder / "records"
    make_register(number, root)
    home = folder / "home"
    names = home / "names"
    environment = clean_environment(home, TRACKER_TODAY=str(AS_AT), TRACKER_RECORDS=str(root))
    desk = like._replace(folder=folder, environment=environment)
    names.write_text("".join(f"{path.relative_to(folder)}\n" for path in sorted(root.rglob("*.yaml"))), "utf-8")
    _commit_all(desk)
    made = list(actions(number))
    waiting = [action for action in made if action.status == "open" and str(action.due) >= str(AS_AT)]
    latest = {action.ref.meeting.board: action.ref.meeting for action in made}
    office = Office(number, desk, root, names, iter(waiting), itertools.cycle(latest.values()), tuple(latest.values()))
    _must_be_right(office)
    return office


def next_untouched(office: Office) -> Action:
    """An open action that is not overdue, and that no measurement has touched."""
    action = next(office.untouched, None)
    if action is None:
        raise SystemExit("The register has too few open actions for so many runs; measure a larger one.")
    return action


def edit_by_hand(office: Office, action: Action) -> str:
    """Edit an action's text as an editor does that writes in place; its path, relative to the desk's folder."""
    with open(office.root / action.path, "r+b") as file:
        content = file.read().replace(b"text: ", b"text: Again ", 1)
        file.seek(0)
        file.write(content)
        file.truncate()
    return f"{office.root.name}/{action.path}"


def commit_rest(office: Office) -> None:
    """Commit what the measurements have changed so far."""
    _git(office.desk, "add", "--all", "records")
    _git(office.desk, "commit", "--quiet", "--allow-empty", "--message", "What was changed so far")


def git() -> str:
    """The path of git."""
    return shutil.which("git") or "git"


def _commit_all(desk: Desk) -> None:
    _git(desk, "init", "--quiet")
    for name, value in GIT_SETTINGS.items():
        _git(desk, "config", name, value)
    _git(desk, "add", "records")
    _git(desk, "commit", "--quiet", "--message", "The register")
    _git(desk, "gc", "--quiet")


def _git(desk: Desk, *words: str) -> None:
    output(desk, [git(), *words])


def _must_be_right(office: Office) -> None:
    """A run that measures the wrong work is worse than none."""
    found = len(output(office.desk, [office.tracker, "overdue"]).splitlines())
    expected = office.number * OVERDUE_PERCENT // 100
    if found != expected:
        raise SystemExit(f"`tracker overdue` prints {found} lines, and should print {expected}.")
