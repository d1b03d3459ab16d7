"""Reading a register that others may be changing at this moment.

Readers take no lock. Each record that they find is old or new; so that all are of one kind, the register
is read again if a change of several files was being made meanwhile.
"""

import os
from pathlib import Path
from typing import Final

from tracker.storage import journal
from tracker.storage.atomic import OWN_FOLDER
from tracker.storage.load import Loaded, load
from tracker.storage.saving import unfinished

# One command after the other may change the register; a report must come all the same.
_TRIES: Final = 5


def load_settled(root: Path) -> Loaded:
    """The register in the folder `root` as it stands before or after whatever is being done to it.

    Waits a little for a change that is being made, but not for one that was cut off. Never raises for
    what lies in the register.
    """
    for _ in range(_TRIES):
        unfinished(root)
        before = _stamp(root)
        loaded = load(root)
        if _stamp(root) == before:
            break
    return loaded


def _stamp(root: Path) -> tuple[bool, int]:
    """Differs before and after any change: each begins and ends with an entry in the program's own folder."""
    try:
        return journal.is_waiting(root), os.stat(root / OWN_FOLDER).st_mtime_ns
    except OSError:
        return False, 0
