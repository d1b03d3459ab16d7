"""Reading a register that others may be changing at this moment.

Readers take no lock. Each record that they find is old or new; so that all are of one kind, what was read
is asked for again if a change of several files was being made meanwhile.
"""

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from tracker.storage.index.room import make_room
from tracker.storage.own_folder import Place, is_waiting, own_place

if TYPE_CHECKING:
    from tracker.storage.index.helping import Helper
    from tracker.storage.index.walking import Watch
    from tracker.storage.opened import Opened

_T = TypeVar("_T")
# One command after the other may change the register; a report must come all the same.
_TRIES: Final = 5


Stamp = tuple[bool, int]
"""Differs before and after any change: each begins and ends with an entry in the program's own folder."""


class Begun:
    """A reading that was begun before it was known what for: since when what it sees counts, and who is at work."""

    def __init__(self, root: Place, before: Stamp, helper: "Helper") -> None:
        self.root = root
        self.before = before
        self.helper = helper


def begin_reading(root: Place) -> Begun | None:
    """Have a second process look at the files of the register at `root`, if it is a large one, for `read_settled`.

    None where that has no use. Who began it need not use it.
    """
    from tracker.storage.index.helping import begin

    before = _stamp(root)
    helper = None if is_waiting(root) else begin(root)
    return Begun(root, before, helper) if helper else None


def read_settled(root: Place, read: "Callable[[Opened], _T]", watch: "Watch", begun: Begun | None = None) -> _T:
    """What `read` makes of the register in the folder `root`, `settled`.

    What `read` raises goes through. `watch` is given what takes long to go through. `begun` counts if it is of this
    register.
    """
    from tracker.storage.opened import Opened

    # before, because it changes what the stamp looks at
    make_room(root)
    begun = begun if begun and begun.root == root else None
    helpers = iter([begun.helper] if begun else [])

    def attempt() -> _T:
        opened = Opened(root, watch, next(helpers, None))
        try:
            return read(opened)
        finally:
            opened.close()

    return settled(root, attempt, begun.before if begun else None)


def settled(root: Place, attempt: "Callable[[], _T]", before: Stamp | None = None) -> _T:
    """What `attempt` makes of the register as it stands before or after whatever is being done to it.

    Waits a little for a change that is being made, but not for one that was cut off. What `attempt` raises goes
    through, unless a change was made meanwhile. `before` is how it stood where the first attempt has begun already.
    """
    for left in reversed(range(_TRIES)):
        if before is None:
            _wait(root)
            before = _stamp(root)
        try:
            made = attempt()
        except Exception:  # whoever stops the command means it
            if not left or _stamp(root) == before:
                raise
        else:
            if not left or _stamp(root) == before:
                break
        before = None
    return made


def _wait(root: Place) -> None:
    if is_waiting(root):
        from tracker.storage.saving import unfinished

        unfinished(root)


def _stamp(root: Place) -> Stamp:
    try:
        return is_waiting(root), os.stat(own_place(root)).st_mtime_ns
    except OSError:
        return False, 0
