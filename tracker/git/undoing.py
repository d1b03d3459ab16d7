"""Taking back the last change that the program made, by a new commit. Taking that back makes the change again.

The files get back the very bytes that git has stored, with line ends as this clone keeps them. Nothing that
was done since is lost: where a later change builds on the one to be taken back, it is refused.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import Refused
from tracker.git.comparing import Content, Step, content_of, steps_between, stored_contents
from tracker.git.committing import committer_for
from tracker.git.door import records
from tracker.git.later_work import builds_on
from tracker.git.message import REF, UNDOES
from tracker.git.objects import Commit
from tracker.git.revisions import HEAD, Clone, clone_of, find_commit, is_shallow
from tracker.git.snapshot import files_at
from tracker.git.standing import all_committed, standing
from tracker.git.work_tree import git_folder, under_way
from tracker.model.changes.draft import Change
from tracker.model.records import Settings
from tracker.model.references import REGISTER_PATH, path_of
from tracker.storage import atomic
from tracker.storage.journal import Write
from tracker.storage.keeping import CommitOutcome
from tracker.storage.load import record_in
from tracker.storage.lock import Holder, locked
from tracker.storage.own_folder import OWN_FOLDER
from tracker.storage.overlay import OverlaidTree
from tracker.storage.places import ref_at
from tracker.storage.saving import recover
from tracker.storage.store import save_and_keep
from tracker.storage.trees import DiskTree, NotThere
from tracker.storage.wording import visible
from tracker.storage.yaml_text import BadText

_TOOK_BACK: Final = "Took back: "
_MADE_AGAIN: Final = "Made again: "
_CUT: Final = " …"
_PARTS: Final = ("%H", "=%P", "=%B", f"=%(trailers:key={REF},valueonly)", f"=%(trailers:key={UNDOES},valueonly)")
# The program's own last commit is almost always among the latest.
_FIRST_LOOK: Final = 100


class Undoing(NamedTuple):
    """What taking back the commit `undoes` does. `commits` says whether the register wants that to be committed."""

    undoes: str
    change: Change
    writes: tuple[Write, ...]
    commits: bool


class _Made(NamedTuple):
    """A commit of the program: its hash, its parents, what it says, and whether it took back another one."""

    hash: str
    parents: tuple[str, ...]
    words: str
    is_undo: bool

    @property
    def short(self) -> str:
        return self.hash[:10]

    @property
    def sentence(self) -> str:
        """The full sentence, which stands below a subject that had to be cut."""
        subject, _, rest = self.words.partition("\n")
        full = rest.strip("\n").partition("\n")[0]
        whole = subject.endswith(_CUT) and full.startswith(subject.removesuffix(_CUT))
        return visible((full if whole else subject).removeprefix("tracker: "))


def undo(
    root: Path, today: date, holder: Holder, *, wait: float, tell: Callable[[str], None], commit: bool
) -> tuple[Undoing, CommitOutcome | None]:
    """Take back the last change of the program, all of it or nothing.

    Refused says why it cannot be taken back, and what to do instead. `wait`, `tell` and the outcome are those
    of `store.apply`; without `commit` the files are only put back.
    """
    with locked(root, holder, wait=wait):
        recovered = recover(root)
        if recovered:
            tell(recovered)
        planned = plan_undo(root, today)
        keeper = committer_for(root, wanted=commit and planned.commits, undoes=planned.undoes)
        return planned, save_and_keep(root, planned.change, planned.writes, keeper)


def plan_undo(root: Path, today: date) -> Undoing:
    """What taking back the last change would do, with nothing written. Errors: as for `undo`, and NoHistory."""
    clone = clone_of(root)
    head = find_commit(clone, HEAD)
    _must_be_settled(clone)
    made = _last_made(clone)
    parent = _parent(clone, made)
    steps = steps_between(clone, parent, find_commit(clone, made.hash))
    writes = _writes(clone, head, made, steps)
    _nothing_may_build_on_it(clone, head, parent, made, writes, today)
    took_back = not made.is_undo or made.sentence.startswith(_MADE_AGAIN)
    words = made.sentence.removeprefix(_TOOK_BACK).removeprefix(_MADE_AGAIN) if made.is_undo else made.sentence
    note = "To make it again: tracker undo" if took_back else "To take it back once more: tracker undo"
    change = Change({}, (_TOOK_BACK if took_back else _MADE_AGAIN) + words, notes=(note,))
    return Undoing(made.hash, change, writes, _wants_commits(root, writes))


def _must_be_settled(clone: Clone) -> None:
    waiting = under_way(git_folder(clone.git.folder))
    if waiting:
        raise Refused(f"Nothing was taken back, because {waiting.what}. First finish that: {waiting.way_out}")
    if clone.git.try_read("symbolic-ref", "-q", HEAD) is None:
        raise Refused("Nothing was taken back, because no branch is checked out. First: git switch BRANCH")


def _last_made(clone: Clone) -> _Made:
    """The last commit of the program that touched this register, on this branch."""
    found = _made(clone, f"--max-count={_FIRST_LOOK}") or _made(clone)
    if found is None:
        raise Refused("There is nothing to take back: no commit on this branch was made by tracker. See: git log")
    return found


def _made(clone: Clone, *limit: str) -> _Made | None:
    options = ("-z", "--first-parent", "--encoding=UTF-8", "--no-show-signature", "--format=" + "%x00".join(_PARTS))
    output = clone.git.read("log", *options, *limit, HEAD, "--", clone.prefix.rstrip("/") or ".")
    words = records(output)
    for place in range(0, len(words), len(_PARTS)):
        hash_, parents, said, refs, undoes = (part.removeprefix("=") for part in words[place : place + len(_PARTS)])
        if refs.strip():
            return _Made(hash_, tuple(parents.split()), said, bool(undoes.strip()))
    return None


def _parent(clone: Clone, made: _Made) -> Commit:
    if len(made.parents) > 1:
        raise _refused(made, "it is a merge", f"git revert -m 1 {made.short}")
    if not made.parents:
        if is_shallow(clone):
            raise _refused(made, "this clone lacks what was before it", "git fetch --unshallow, then tracker undo")
        raise _refused(made, "there is nothing before it", "put the files right by hand and commit them")
    return find_commit(clone, made.parents[0])


def _writes(clone: Clone, head: Commit, made: _Made, steps: Sequence[Step]) -> tuple[Write, ...]:
    """The writes that put back what was there before the commit; Refused if a file is not as the commit left it."""
    later = [] if made.hash == head.hash else _changed_later(clone, head, steps)
    if later:
        raise _refused(made, f"{_listed(later)} was changed by a later commit", _by_hand(later))
    paths = [clone.prefix + path_of(step.ref) for step in steps]
    edited = standing(clone.git, clone.prefix, paths).edited
    if edited:
        raise _refused(
            made, f"{_listed(edited)} bears edits that are in no commit", "commit them, or give them up: git restore"
        )
    known = stored_contents(clone, steps)
    return tuple(_write(clone, made, step, known) for step in steps)


def _changed_later(clone: Clone, head: Commit, steps: Sequence[Step]) -> list[str]:
    now = files_at(clone, head.hash) or {}
    return [path_of(step.ref) for step in steps if now.get(path_of(step.ref)) != step.after]


def _write(clone: Clone, made: _Made, step: Step, known: Mapping[str, bytes | BadText]) -> Write:
    path = path_of(step.ref)
    disk = atomic.read(clone.root, path)
    before = disk.content if disk else None
    stored_now, stored_then = content_of(step.after, known), content_of(step.before, known)
    if isinstance(stored_now, BadText) or isinstance(stored_then, BadText):
        bad = stored_now if isinstance(stored_now, BadText) else stored_then
        assert isinstance(bad, BadText)
        raise _refused(made, f"of {path} {bad.message}", bad.advice)
    if (before is None) != (stored_now is None):
        raise _refused(made, f"{path} is not as that commit left it", "look at git status")
    if stored_then is None or step.before is None:
        return Write(path, before, None)
    return Write(path, before, _as_kept_here(clone, path, step.before.hash, stored_then, stored_now, before))


def _as_kept_here(
    clone: Clone, path: str, hash_: str, stored_then: bytes, stored_now: Content, disk: bytes | None
) -> bytes:
    """The older content as this clone keeps the file on the disk, where lines may end otherwise than in git."""
    if disk is not None and disk == stored_now:
        return stored_then
    if disk is not None and isinstance(stored_now, bytes) and disk == _with_returns(stored_now):
        return _with_returns(stored_then)
    return clone.git.write("cat-file", "--filters", f"--path={clone.prefix}{path}", hash_)


def _with_returns(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _nothing_may_build_on_it(
    clone: Clone, head: Commit, parent: Commit, made: _Made, writes: Sequence[Write], today: date
) -> None:
    if any(write.path == REGISTER_PATH and write.after is None for write in writes):
        raise _refused(made, "it made the register", "delete the folder by hand if you mean that")
    if made.hash == head.hash and all_committed(clone.git, clone.prefix, f"{clone.prefix}{OWN_FOLDER}/"):
        return  # nothing came after it, and reading the whole register to see that would take long
    wrong = builds_on(clone, parent, writes, today)
    if wrong:
        raise _refused(
            made, f"later records build on it: {wrong}",
            "take those back first, or use the command that closes or changes the record",
        )  # fmt: skip


def _wants_commits(root: Path, writes: Sequence[Write]) -> bool:
    changed = {write.path: write.after for write in writes}
    try:
        settings = record_in(REGISTER_PATH, OverlaidTree(DiskTree(root), changed).content(REGISTER_PATH))[0]
    except NotThere:
        return True
    return settings.commit if isinstance(settings, Settings) else True


def _refused(made: _Made, why: str, instead: str) -> Refused:
    return Refused(f"“{made.sentence}” ({made.short}) cannot be taken back: {why}. Instead: {instead}")


def _by_hand(paths: Sequence[str]) -> str:
    ref = ref_at(paths[0])
    return f"look at tracker log {str(ref).upper()}, and make a further change" if ref else "make a further change"


def _listed(paths: Sequence[str]) -> str:
    more = len(paths) - 1
    return visible(paths[0]) + (f" (and {more} more)" if more else "")
