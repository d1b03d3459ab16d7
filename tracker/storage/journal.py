"""A change of several files as one: the journal that outlives the command.

    .tracker/unfinished/      the change is to be completed; once this folder is there, it counts as made
    .tracker/taking-back/     the same folder, when the change is to be taken back instead
        manifest.json         what each file held before and is to hold after, by checksum
        0.old  0.new  1.new   those contents; a file is moved from here into its place

The journal is whole and on the disk before it gets its name, so all that is left to do from then on are moves,
which need no room on the disk. Where a step stands is read from the files themselves: a file that
holds neither what it held nor what it is to hold was edited by hand, and is left alone.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.storage import atomic
from tracker.storage.atomic import CannotRead, CannotSave
from tracker.storage.own_folder import OWN_FOLDER, TAKING_BACK, UNFINISHED

_MANIFEST: Final = "manifest.json"
_VERSION: Final = 1
_EDITED: Final = "edited"


class Write(NamedTuple):
    """What is to happen to one file.

    `path` is relative to the register, with `/`. `before` is what the file held when it was read under
    the lock (None: there was none), `after` what it is to hold (None: it goes, and its folder with it
    if nothing else is in there).
    """

    path: str
    before: bytes | None
    after: bytes | None


class Blocked(Exception):
    """A file no longer holds what the change was made for; `path` says which."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class _Step(NamedTuple):
    """One file of the change: checksums of what it held and is to hold, None for no file."""

    path: str
    before: str | None
    after: str | None


class Journal(NamedTuple):
    """A change under way. `made` are the folders that did not exist before it, outermost first."""

    root: Path
    folder: Path
    steps: tuple[_Step, ...]
    made: tuple[str, ...]

    @property
    def going_back(self) -> bool:
        """Whether it was already decided to take the change back."""
        return self.folder.name == TAKING_BACK

    @property
    def paths(self) -> tuple[str, ...]:
        """The files of the change."""
        return tuple(step.path for step in self.steps)


def begin(root: Path, writes: Sequence[tuple[Write, int | None]]) -> Journal:
    """Write down a change, each file with its permissions; on return it counts as made.

    Raises OSError, and then nothing has happened.
    """
    own = atomic.own_folder(root)
    draft = atomic.temp_name(own)
    steps = tuple(_Step(write.path, _checksum(write.before), _checksum(write.after)) for write, _ in writes)
    journal = Journal(root, draft, steps, tuple(_missing_folders(root, writes)))
    try:
        os.mkdir(draft)
        for index, (write, mode) in enumerate(writes):
            _write_contents(draft, index, write, mode)
        atomic.write_new(draft / _MANIFEST, _manifest(journal))
        atomic.sync_folder(draft)
        atomic.move(draft, own / UNFINISHED)
        return journal._replace(folder=own / UNFINISHED)
    except BaseException:
        # An interrupt may come just after the move.
        with suppress(OSError):
            atomic.move(own / UNFINISHED, draft)
        atomic.discard(draft)
        raise


def find(root: Path) -> Journal | None:
    """The journal of a change that was cut off; None if there is none. Only under the lock.

    Raises CannotSave if it cannot be understood.
    """
    for name in (TAKING_BACK, UNFINISHED):
        folder = root / OWN_FOLDER / name
        if os.path.lexists(folder):
            return _load(root, folder)
    return None


def complete(journal: Journal) -> None:
    """Do what is left of the change and remove the journal.

    Raises Blocked if a file was edited by hand, OSError if a step fails. Then `take_back` is next.
    """
    atomic.sync_folder(journal.folder.parent)
    for index, step in enumerate(journal.steps):
        _forward(journal, index, step)
    _finish(journal)


def take_back(journal: Journal) -> tuple[str, ...]:
    """Put every file back as it was and remove the journal.

    Returns the files that were left alone because they were edited by hand. Raises OSError if a step
    fails; the journal then stays for the next command.
    """
    if not journal.going_back:
        back = journal.folder.with_name(TAKING_BACK)
        atomic.move(journal.folder, back)
        journal = journal._replace(folder=back)
    atomic.sync_folder(journal.folder.parent)
    left = [step.path for index, step in enumerate(journal.steps) if not _back(journal, index, step)]
    for folder in reversed(journal.made):
        atomic.remove_empty(journal.root / folder)
    _finish(journal)
    return tuple(left)


def _forward(journal: Journal, index: int, step: _Step) -> None:
    new = journal.folder / f"{index}.new"
    stands = _standing(journal.root, step.path)
    file = journal.root / step.path
    if step.after is None:
        if stands is not None:
            _expect(stands == step.before, step)
            atomic.remove(file)
        _remove_folder(journal.root, file)
    elif os.path.lexists(new):
        _expect(stands == step.before and _standing(journal.folder, new.name) == step.after, step)
        atomic.make_folder(file.parent)
        atomic.move(new, file)
    else:
        # Moved already, so whatever the file holds now came later; unless someone put the old text back.
        _expect(stands != step.before, step)


def _back(journal: Journal, index: int, step: _Step) -> bool:
    """Whether the file now is as it was before the change."""
    stands = _standing(journal.root, step.path)
    file = journal.root / step.path
    if stands == step.before:
        return True
    if stands != step.after:
        return False
    if step.before is None:
        atomic.remove(file)
        return True
    old = journal.folder / f"{index}.old"
    if _standing(journal.folder, old.name) != step.before:
        return False
    atomic.make_folder(file.parent)
    atomic.move(old, file)
    return True


def _expect(fits: bool, step: _Step) -> None:
    if not fits:
        raise Blocked(step.path)


def _standing(root: Path, path: str) -> str | None:
    """The checksum of what a file holds now, None if there is none."""
    try:
        found = atomic.read(root, path)
    except CannotRead:
        return _EDITED
    return _checksum(found.content) if found else None


def _finish(journal: Journal) -> None:
    atomic.sync_folders_of(journal.root / step.path for step in journal.steps)
    # Renamed first, so that no journal is ever seen with a part of it missing.
    done = atomic.temp_name(journal.folder.parent)
    atomic.move(journal.folder, done)
    # All is done by now: a journal that a power cut brings back finds every file as it should be.
    with suppress(OSError):
        atomic.sync_folder(done.parent)
    atomic.discard(done)


def _remove_folder(root: Path, file: Path) -> None:
    if file.parent != root:
        atomic.remove_empty(file.parent)


def _missing_folders(root: Path, writes: Sequence[tuple[Write, int | None]]) -> Iterator[str]:
    seen = set()
    for write, _ in writes:
        parts = write.path.split("/")[:-1] if write.after is not None else []
        for depth in range(1, len(parts) + 1):
            folder = "/".join(parts[:depth])
            if folder not in seen and not (root / folder).exists():
                seen.add(folder)
                yield folder


def _write_contents(draft: Path, index: int, write: Write, mode: int | None) -> None:
    for ending, content in (("old", write.before), ("new", write.after)):
        if content is not None:
            atomic.write_new(draft / f"{index}.{ending}", content, mode)


def _checksum(content: bytes | None) -> str | None:
    from hashlib import sha256  # costs start-up time that a change of one file need not pay

    return None if content is None else sha256(content).hexdigest()


def _manifest(journal: Journal) -> bytes:
    import json

    return json.dumps({"version": _VERSION, "steps": journal.steps, "made": journal.made}, indent=1).encode()


def _load(root: Path, folder: Path) -> Journal:
    import json

    try:
        found = atomic.read(folder, _MANIFEST)
        content = json.loads(found.content if found else b"")
        if content["version"] != _VERSION:
            raise ValueError(content["version"])
        steps = tuple(_step(*step) for step in content["steps"])
        made = tuple(map(str, content["made"]))
        for path in (*(step.path for step in steps), *made):
            atomic.locate(root, path)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, CannotRead) as error:
        raise CannotSave(
            f"A change was cut off, and its notes in {folder} are damaged, so it can be neither completed nor taken "
            "back. Compare the records with their last commit, then delete that folder."
        ) from error
    return Journal(root, folder, steps, made)


def _step(path: object, before: object, after: object) -> _Step:
    if not (isinstance(path, str) and isinstance(before, str | None) and isinstance(after, str | None)):
        raise TypeError(path)
    return _Step(path, before, after)
