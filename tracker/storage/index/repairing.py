"""Bringing the index up to date with a change that was just made, so that the next report need not."""

import os
import time
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from tracker.storage.index.room import has_room, room_of
from tracker.storage.index.signature import UNSETTLED, stamp, stands
from tracker.storage.own_folder import Place

if TYPE_CHECKING:
    from tracker.storage.index.database import Database

# Longer than a tick of any usual file system's clock (Linux: 1 to 10 ms), shorter than a person notices.
_TICK: Final = 0.011


def repair(root: Place, paths: Sequence[str]) -> None:
    """Read again the folders of these records, if there is an index. Never raises: it costs time only.

    A record that was written within this tick of the clock cannot be told from one that changes in the same
    tick; then this waits for the next one.
    """
    if not has_room(root):
        return
    from tracker.storage.index.database import FAILURES, Database, is_damage

    try:
        database = Database(room_of(root))
    except FAILURES:
        return
    done = False
    try:
        if database.row("") is not None:
            _repair(os.fspath(root), database, paths)
        done = True
    except FAILURES as error:
        if is_damage(error):
            database.forget()
    finally:
        database.close(keep=done)


def _repair(root: str, database: "Database", paths: Sequence[str]) -> None:
    from functools import partial

    from tracker.storage.index.bundles import kept_cards
    from tracker.storage.index.folders import read_folder

    mark = database.mark()
    folders = _with_those_around(paths)
    if not all(_is_settled(f"{root}/{path}", mark) for path in (*folders, *paths)):
        time.sleep(_TICK)
        mark = database.mark()
    for folder in folders:
        found = database.row(folder)
        if not os.path.isdir(f"{root}/{folder}"):
            database.drop(folder)
            continue
        if found is None:
            database.put(*read_folder(root, folder, mark))
            continue
        key, row = found
        if not stands(root, row):
            kept = partial(kept_cards, partial(database.bundle, folder, key))
            database.put(*read_folder(root, folder, mark, row, kept))


def _is_settled(path: str, mark: int) -> bool:
    try:
        return stamp(os.lstat(path), mark) != UNSETTLED
    except OSError:  # it is gone
        return True


def _with_those_around(paths: Iterable[str]) -> list[str]:
    """The folders of these files and those that they lie in, outer ones first."""
    found = {""}
    for path in paths:
        while "/" in path:
            path = path.rpartition("/")[0]
            found.add(path)
    return sorted(found)
