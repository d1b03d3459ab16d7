"""Whether later records build on a change, so that the register would contradict itself without it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from tracker.errors import Problem
from tracker.git.objects import Commit
from tracker.git.revisions import Clone
from tracker.git.snapshot import GitTree, files_at
from tracker.model.changes.due_days import due_on
from tracker.model.dates import long_day
from tracker.model.references import MeetingRef
from tracker.storage.checking import check_register
from tracker.storage.journal import Write
from tracker.storage.load import load
from tracker.storage.overlay import OverlaidTree
from tracker.storage.places import ref_at
from tracker.storage.trees import DiskTree, Tree


class Around(NamedTuple):
    """The register before the change was made, as it is now, and as it would be without the change."""

    past: Tree
    now: Tree
    after: Tree


def builds_on(clone: Clone, parent: Commit, writes: Sequence[Write], today: date) -> str | None:
    """What would be wrong if these writes took a change back that was made after `parent`; None if nothing.

    Errors count, and all that `tracker check` finds in other records than those of the change, unless it
    was there before the change; and actions due at a meeting that would go.
    """
    now = DiskTree(clone.root)
    after = OverlaidTree(now, {write.path: write.after for write in writes})
    around = Around(GitTree(clone.git, files_at(clone, parent.hash) or {}), now, after)
    touched = {write.path for write in writes}
    new = unknown_to((around.now, around.past), check_register(after, today), today)
    wrong = [problem for problem in new if problem.severity == "error" or problem.path not in touched]
    if wrong:
        return f"without it {wrong[0].path} would be wrong ({wrong[0].message})"
    return next(_left_without_meeting(around, writes), None)


def unknown_to(trees: Iterable[Tree], problems: Sequence[Problem], today: date) -> list[Problem]:
    """Those problems that none of these registers has, wherever in its file each stands.

    To look at a register is to read all of it, so none is looked at once no problem is left.
    """
    left = list(problems)
    for tree in trees:
        if not left:
            break
        known = {(problem.path, problem.message) for problem in check_register(tree, today)}
        left = [problem for problem in left if (problem.path, problem.message) not in known]
    return left


def _left_without_meeting(around: Around, writes: Sequence[Write]) -> Iterator[str]:
    """Live actions that were given the day of a meeting that would go."""
    gone = [ref for write in writes if write.after is None and isinstance(ref := ref_at(write.path), MeetingRef)]
    if not gone:
        return
    after, past = load(around.after).register, load(around.past).register
    for ref in gone:
        if any(m.stands and (m.ref.board, m.ref.day) == (ref.board, ref.day) for m in after.meetings.values()):
            continue
        for action in due_on(after, ref.board, ref.day):
            before = past.actions.get(action.ref)
            if before is None or before.due != action.due:
                yield f"{action.ref} is due at {ref}, on {long_day(ref.day)}"
