"""The one way to change a register: lock, complete what was cut off, read, change, write.

Every command that changes something goes through `apply`, so safety is written once. The change itself
is a pure function of the register that was read under the lock.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import Problem, TrackerError
from tracker.model.changes.draft import Change
from tracker.model.records import Record, Register, Settings
from tracker.model.references import REGISTER_PATH, ActionRef, MeetingRef
from tracker.storage import atomic
from tracker.storage.fields import to_fields
from tracker.storage.keeping import CommitOutcome, Keeper
from tracker.storage.index.repairing import repair
from tracker.storage.load import first_error, record_in
from tracker.storage.lock import Holder, locked
from tracker.storage.opened import Opened
from tracker.storage.places import ref_at
from tracker.storage.saving import Write, recover, save
from tracker.storage.yaml_scalars import write_record
from tracker.storage.yaml_text import decode, encode

if TYPE_CHECKING:
    from tracker.storage.index.walking import Watch

Make = Callable[[Register], Change]


class Applied(NamedTuple):
    """A change that was made, or that would be.

    `settings` are those that it was made with; `left_out` are the records, among those that it asked for, that
    cannot be read. `outcome` tells of its commit, None where none was wanted.
    """

    change: Change
    writes: tuple[Write, ...]
    settings: Settings
    left_out: tuple[str, ...] = ()
    outcome: CommitOutcome | None = None

    @property
    def commits(self) -> bool:
        """Whether `register.yaml`, once the change stands, wants changes to be committed."""
        settings = self.change.records.get(REGISTER_PATH)
        return (settings if isinstance(settings, Settings) else self.settings).commit


class ChangedByHand(TrackerError):
    """A record was edited while the command was at work on it; nothing was changed."""


class NotWritable(TrackerError):
    """What a change would write could not be read again as a record; nothing was changed."""


def apply(
    root: Path, make: Make, holder: Holder, *, wait: float, tell: Callable[[str], None],
    drafts: Mapping[str, bytes] | None = None, keeper: Keeper | None = None, watch: "Watch" = iter,
) -> Applied:  # fmt: skip
    """Make the change and save it, all of it or nothing.

    `wait` is how many seconds to wait for the lock. `tell` is given the sentence about an earlier change that
    was cut off and is completed or taken back first, whatever then becomes of this one. `drafts` holds, by
    path, the content that someone edited in place of what is on file. `keeper` commits what was saved, unless
    `register.yaml` wants no commits. `watch` is given what takes long to go through. Every error leaves the
    records as they were; a commit that fails is no error but the outcome.
    """
    with locked(root, holder, wait=wait):
        recovered = recover(root)
        if recovered:
            tell(recovered)
        planned = plan(root, make, drafts, watch=watch)
        outcome = save_and_keep(root, planned.change, planned.writes, keeper if planned.commits else None)
        repair(root, [write.path for write in planned.writes])
    return planned._replace(outcome=outcome)


def save_and_keep(
    root: Path, change: Change, writes: Sequence[Write], keeper: Keeper | None
) -> CommitOutcome | None:
    """Do the writes, and let the keeper commit them. Only under the lock, after `recover`."""
    if keeper is None or not writes:
        save(root, writes)
        return None
    keeper.before(writes)
    save(root, writes)
    return keeper.after(change, writes)


def plan(
    root: Path, make: Make, drafts: Mapping[str, bytes] | None = None, *, watch: "Watch" = iter
) -> Applied:
    """What the change would do, with nothing written."""
    drafts = drafts or {}
    # before the change is worked out, which sees for itself whether the draft was made from this
    bases = {path: _content(root, path) for path in drafts}
    opened = Opened(root, watch)
    try:
        change = work_out(opened, make)
        register = opened.register
        writes = [
            _write(root, register, change, path, record, drafts.get(path)) for path, record in change.records.items()
        ]
        for write in writes:
            if bases.get(write.path, write.before) != write.before:
                raise _changed_by_hand(write.path)
        doing = tuple(write for write in writes if write.before != write.after)
        return Applied(change, doing, register.settings, opened.left_out)
    finally:
        opened.close()


def work_out(opened: Opened, make: Make) -> Change:
    """The change. What it did not look at counts as not there: nothing it knows nothing of is written over."""
    change = make(opened.register)
    opened.freeze()
    return change


def _write(
    root: Path, register: Register, change: Change, path: str, record: Record | None, draft: bytes | None
) -> Write:
    before = _content(root, path)
    if record is None:
        return Write(path, before, None)
    source = change.moved.get(path, path)
    after = _made(record) if _is_new(root, register, source) else _edited(root, register, source, record, draft)
    _must_be_readable(path, after)
    return Write(path, before, after)


def _is_new(root: Path, register: Register, path: str) -> bool:
    return _on_file(register, path) is None and _content(root, path) is None


def _made(record: Record) -> bytes:
    return write_record(to_fields(record)).encode()


def _edited(root: Path, register: Register, path: str, record: Record, draft: bytes | None) -> bytes:
    """The draft, or what is on file, with the fields of the record."""
    base = draft if draft is not None else _content(root, path)
    if base is None:
        raise _changed_by_hand(path)
    old = _record(path, base)
    if draft is None and old != _on_file(register, path):
        raise _changed_by_hand(path)
    # a new record needs no editing
    from tracker.storage.yaml_edit import CannotEdit, edit_record

    text = decode(base)
    try:
        return encode(text._replace(text=edit_record(text.text, to_fields(old), to_fields(record))))
    except CannotEdit as cannot:
        raise NotWritable(f"Nothing was changed. {cannot.at(path)}") from None


def _changed_by_hand(path: str) -> ChangedByHand:
    return ChangedByHand(f"{path} was changed while this command ran; nothing was done. Run the command again.")


def _record(path: str, content: bytes) -> Record:
    record = _reading(path, content)
    if isinstance(record, Problem):
        raise ChangedByHand(f"Nothing was changed, because a file needs mending first: {record}")
    return record


def _must_be_readable(path: str, content: bytes) -> None:
    """The last look before a file is written: a record that cannot be read back is lost to every report."""
    record = _reading(path, content)
    if isinstance(record, Problem):
        raise NotWritable(f"This cannot be recorded, and nothing was changed: {record}")


def _reading(path: str, content: bytes) -> Record | Problem:
    ref = ref_at(path)
    assert ref is not None, path
    record, problems = record_in(ref, content)
    return first_error(problems) if record is None else record


def _on_file(register: Register, path: str) -> Record | None:
    """The record at this path as the register was read."""
    ref = ref_at(path)
    match ref:
        case ActionRef():
            return register.actions.get(ref)
        case MeetingRef():
            return register.meetings.get(ref)
        case str() if ref != REGISTER_PATH:
            return register.boards.get(ref)
    return register.settings


def _content(root: Path, path: str) -> bytes | None:
    found = atomic.read(root, path)
    return found.content if found else None
