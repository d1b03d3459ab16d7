"""The actions of a register that was read through the index, none of which is unpacked before it is asked for."""

from collections.abc import ItemsView, Iterator, ValuesView
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, cast

from tracker.model.holding import ActionShelf, Held, held_at
from tracker.model.records import Action, Record
from tracker.model.references import ActionRef, MeetingRef, Ref, ref_of_folder
from tracker.storage.index.bundles import NEVER, live_in, numbers_in, records_in

if TYPE_CHECKING:
    from tracker.storage.index.walking import Entry, Walk, Year


class IndexedActions(ActionShelf):
    """The actions of a whole register."""

    def __init__(self, walk: "Walk") -> None:
        self._walk = walk
        # whoever asks for one action of a meeting often asks for the next one
        self._last: tuple[str, dict[ActionRef, Action]] = ("", {})

    @cached_property
    def _all(self) -> dict[ActionRef, Action]:
        return {action.ref: action for entry in self._walk.meetings() for action in self._in(entry)}

    @cached_property
    def _refs(self) -> tuple[ActionRef, ...]:
        if "_all" in self.__dict__:
            return tuple(self._all)
        return tuple(ref for entry in self._walk.meetings() for ref in self._refs_in(entry))

    def named_in(self, folder: str) -> list[ActionRef]:
        return [ref for ref in self if ref.meeting.folder == folder]

    def of_board(self, board: str) -> Iterator[Action]:
        for year in self._walk.years():
            if year.name.startswith(f"{board}/"):
                for entry in self._walk.entries(year):
                    yield from self._in(entry)

    def live_or_later(self, day: date, due_before: date | None = None) -> Iterator[Held]:
        on, before = day.toordinal(), due_before.toordinal() if due_before else NEVER + 1
        for year in self._walk.years():
            if year.latest > on:
                yield from self._live_or_later(year, day, before)
            elif year.first_due < before or year.dateless:
                for path, bundle in self._walk.live_bundles(year, before):
                    yield from live_in(path, bundle, day, before)

    def _live_or_later(self, year: "Year", day: date, before: int) -> Iterator[Held]:
        """The same of a year in which something happened after the day."""
        on = day.toordinal()
        for entry in self._walk.entries(year):
            if entry.latest > on:
                yield from held_at(self._in(entry), day)
            elif entry.first_due < before or entry.dateless:
                yield from live_in(entry.path, self._walk.bundle(entry, live=True), day, before)

    def __getitem__(self, ref: ActionRef) -> Action:
        if "_all" in self.__dict__:
            return self._all[ref]
        folder, found = self._last
        if folder != ref.meeting.folder:
            entry = self._walk.folder(ref.meeting.folder)
            found = {action.ref: action for action in self._in(entry)} if entry else {}
            self._last = (ref.meeting.folder, found)
        return found[ref]

    def items(self) -> ItemsView[ActionRef, Action]:
        return self._all.items()

    def values(self) -> ValuesView[Action]:
        return self._all.values()

    def __iter__(self) -> Iterator[ActionRef]:
        return iter(self._refs)

    def __len__(self) -> int:
        return len(self._refs)

    def _in(self, entry: "Entry") -> list[Action]:
        """The actions of a meeting's folder, by number."""
        bundles = (self._walk.bundle(entry, live) for live in (True, False))
        found = [each for bundle in bundles for each in records_in(entry.path, bundle)]
        return [record for _, record in sorted(found, key=_number) if isinstance(record, Action)]

    def _refs_in(self, entry: "Entry") -> Iterator[ActionRef]:
        """The references of the actions in a meeting's folder that can be read, in order."""
        meeting = cast(MeetingRef, ref_of_folder(entry.path))
        numbers = [number for live in (True, False) for number in numbers_in(self._walk.bundle(entry, live))]
        return (ActionRef(meeting, number) for number in sorted(numbers) if number)


def _number(found: tuple[Ref, Record]) -> int:
    ref = found[0]
    return ref.number if isinstance(ref, ActionRef) else 0
