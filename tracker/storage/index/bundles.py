"""What the index says of a folder, taken apart; nothing here reads a file of the register."""

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from tracker.errors import Problem
from tracker.model.holding import Held
from tracker.model.records import Record
from tracker.model.references import ActionRef, MeetingRef, Ref, ref_of_folder
from tracker.storage.index.cards import unpack, unpack_action, unpack_state
from tracker.storage.index.rows import Row

NEVER: Final = 1 << 30
"""A day after all others."""

OWN: Final = 0
"""The number, in its folder, of the record that the folder is that of: a meeting, a board, the register."""

Packed = tuple[int, bytes, int, bytes]
"""A record in a bundle: its number, its card, the day on which it is due, counted from the year 1, and its standing.

The day is that of an open action; it is 0 for a live action without one, so that it comes before all others,
and `NEVER` for anything else. The standing is the state of a live action, packed; empty for anything else.
"""

Cards = Mapping[int, bytes]
"""Packed records by their number in the folder; the folder's own one, that of the meeting or board, `OWN`."""


class Shelved(NamedTuple):
    """A folder as it was read: its row, and its packed records, those of live actions and the others."""

    row: Row
    live: bytes
    others: bytes


class Wrong(NamedTuple):
    """What is wrong in a folder: all problems, and by path those records that cannot be read."""

    problems: tuple[Problem, ...] = ()
    broken: Mapping[str, Problem] = {}


def kept_cards(fetch: Callable[[bool], bytes | None]) -> Cards:
    """The packed records of a folder, of the two bundles that `fetch` gives as far as they are whole."""
    found = (fetch(live) for live in (True, False))
    return {number: card for bundle in found if bundle is not None for number, card, _, _ in marshal.loads(bundle)}


def numbers_in(bundle: bytes) -> Iterable[int]:
    """The numbers of the records in a bundle, 0 for the folder's own."""
    return (number for number, _, _, _ in marshal.loads(bundle))


def records_in(path: str, bundle: bytes) -> list[tuple[Ref, Record]]:
    """The records of a bundle of the folder `path`."""
    own = ref_of_folder(path)
    return [(ref := ref_in(own, number), unpack(ref, card)) for number, card, _, _ in marshal.loads(bundle)]


def own_in(path: str, bundle: bytes) -> Record | None:
    """The record that the folder `path` is that of; None if it is not in this bundle. No other is unpacked."""
    own = ref_of_folder(path)
    return next((unpack(own, card) for number, card, _, _ in marshal.loads(bundle) if number == OWN), None)


def live_in(path: str, bundle: bytes, day: date, due_before: int) -> Iterator[Held]:
    """The live actions of a meeting's folder that are due before a day or have no due day.

    As at `day`, which is no earlier than any event there; if that is before the meeting, there are none.
    """
    meeting = ref_of_folder(path)
    if isinstance(meeting, MeetingRef) and meeting.day <= day:
        for number, card, due, standing in marshal.loads(bundle):
            if due < due_before:
                ref = ActionRef(meeting, number)
                yield Held(ref, unpack_state(standing), partial(unpack_action, ref, card))


def wrong_in(row: Row) -> Wrong:
    """What is wrong in a folder."""
    if not row.problems:
        return Wrong()
    problems, broken = marshal.loads(row.problems)
    return Wrong(tuple(Problem(*each) for each in problems), {path: Problem(*each) for path, each in broken})


def ref_in(own: Ref, number: int) -> Ref:
    """The record of this number in the folder of that one."""
    return ActionRef(own, number) if number and isinstance(own, MeetingRef) else own
