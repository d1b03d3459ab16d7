"""Seeing which folders are as the index has them: one look at every file of the register."""

import os
from collections.abc import Sequence

from tracker.storage.index.database import Row
from tracker.storage.index.signature import signature_now

# Below so many folders a second process takes longer to start than it saves.
_WORTH_A_PROCESS = 500


def which_stand(root: str, rows: Sequence[Row]) -> bytes:
    """For each row a byte: 1 if the folder and its records on the disk are the very ones that were read.

    Of many folders another process of this program looks at the first half, where the machine can do two
    things at once: the disk's own tables are all that both need.
    """
    half = len(rows) // 2
    if len(rows) < _WORTH_A_PROCESS or not hasattr(os, "fork") or _processors() < 2:
        return _stand(root, rows)
    reader, writer = os.pipe()
    try:
        child = os.fork()
    except OSError:  # no more processes allowed
        os.close(reader)
        os.close(writer)
        return _stand(root, rows)
    if child == 0:
        try:
            with os.fdopen(writer, "wb") as pipe:
                pipe.write(_stand(root, rows[:half]))
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        try:
            second = _stand(root, rows[half:])
            first = pipe.read()
        finally:
            os.waitpid(child, 0)
    if len(first) != half:  # it was killed
        first = _stand(root, rows[:half])
    return first + second


def _stand(root: str, rows: Sequence[Row]) -> bytes:
    return bytes(stands(root, row) for row in rows)


def stands(root: str, row: Row) -> bool:
    """Whether the folder and its records on the disk are the very ones that were read."""
    try:
        return signature_now(f"{root}/{row.path}", row.record_names) == row.signature
    except OSError:
        return False


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
