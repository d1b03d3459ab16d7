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
    from tracker.storage.index.whole import Watch
    from tracker.storage.opened import Opened

_T = TypeVar("_T")
# One command after the other may change the register; a report must come all the same.
_TRIES: Final = 5


def read_settled(root: Place, read: "Callable[[Opened], _T]", watch: "Watch", *, expect_all: bool = False) -> _T:
    """What `read` makes of the register in the folder `root` as it stands before or after whatever is being done to it.

    Waits a little for a change that is being made, but not for one that was cut off. What `read` raises
    goes through. `watch` is given what takes long to go through. `expect_all` says that all of it
    will be asked for, so that there can be help.
    """
    # before, because it changes what the stamp looks at
    make_room(root)
    for left in reversed(range(_TRIES)):
        _wait(root)
        before = _stamp(root)
        helper = _helper(root) if expect_all else None
        try:
            # all that is imported from here on is so while the helper is at work
            from tracker.storage.opened import Opened

            opened = Opened(root, watch, helper)
            try:
                made = read(opened)
            finally:
                opened.close()
        except BaseException:
            if not left or _stamp(root) == before:
                raise
            continue
        finally:
            if helper:
                helper.end()
        if _stamp(root) == before:
            break
    return made


def _helper(root: Place) -> "Helper | None":
    from tracker.storage.index.helping import begin

    return begin(root)


def _wait(root: Place) -> None:
    if is_waiting(root):
        from tracker.storage.saving import unfinished

        unfinished(root)


def _stamp(root: Place) -> tuple[bool, int]:
    """Differs before and after any change: each begins and ends with an entry in the program's own folder."""
    try:
        return is_waiting(root), os.stat(own_place(root)).st_mtime_ns
    except OSError:
        return False, 0
