"""The actions of a register that was read through the index, none of which is unpacked before it is asked for."""

from collections.abc import ItemsView, Iterator, ValuesView
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.model.holding import ActionShelf
from tracker.model.records import Action
from tracker.model.references import ActionRef
from tracker.storage.index.bundles import NEVER

if TYPE_CHECKING:
    from tracker.storage.index.whole import Whole


class IndexedActions(ActionShelf):
    """The actions of a whole register."""

    def __init__(self, whole: "Whole") -> None:
        self._whole = whole
        # whoever asks for one action of a meeting often asks for the next one
        self._last: tuple[str, dict[ActionRef, Action]] = ("", {})

    @cached_property
    def _all(self) -> dict[ActionRef, Action]:
        return {action.ref: action for action in self._whole.every_action()}

    @cached_property
    def _refs(self) -> tuple[ActionRef, ...]:
        return tuple(self._all) if "_all" in self.__dict__ else tuple(self._whole.action_refs())

    def named_in(self, folder: str) -> list[ActionRef]:
        return [ref for ref in self if ref.meeting.folder == folder]

    def live_or_later(self, day: date, due_before: date | None = None) -> Iterator[Action]:
        return self._whole.live_or_later(day.toordinal(), due_before.toordinal() if due_before else NEVER + 1)

    def __getitem__(self, ref: ActionRef) -> Action:
        if "_all" in self.__dict__:
            return self._all[ref]
        folder, found = self._last
        if folder != ref.meeting.folder:
            found = self._whole.actions_in(ref.meeting.folder)
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
