"""Where the records of a register are held: in a plain mapping, or on a shelf that need not be read whole.

A shelf is a mapping as any other. What asks only for some of its records goes through the functions
here, and then costs no more than these records.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from typing import NamedTuple, TypeVar

from tracker.errors import Problem
from tracker.model.records import Action, Board, Meeting
from tracker.model.references import ActionRef, MeetingRef
from tracker.model.state import State, as_at

K = TypeVar("K", bound=MeetingRef | ActionRef | str)
V = TypeVar("V")


class Held(NamedTuple):
    """An action that was there at the end of a day, with its state then; `fetch` gives the action, perhaps unpacked."""

    ref: ActionRef
    state: State
    fetch: Callable[[], Action]


class Shelf(Mapping[K, V]):
    """Records that can be found by their folder. Iterating over it reads them all."""

    @abstractmethod
    def named_in(self, folder: str) -> Sequence[K]:
        """The records whose names lie in this folder (`pdb` for meetings, `pdb/2025-11-26` for actions).

        In any order; one that cannot be read may be among them, and is then not in the mapping.
        """


class OnDemand(Mapping[str, Problem]):
    """What cannot be read, by path, found out for each path that is asked for.

    The shelves that go with it name readable and unreadable records alike. Iterating reads the whole register.
    """


class ActionShelf(Shelf[ActionRef, Action]):
    """Actions of which those that matter on some day, or to some board, can be found without reading the others."""

    @abstractmethod
    def of_board(self, board: str) -> Iterator[Action]:
        """The actions that this board's meetings raised, in order."""

    @abstractmethod
    def live_or_later(self, day: date, due_before: date | None = None) -> Iterator["Held"]:
        """Every action that was live at the end of this day, and some others, by meeting and number.

        With `due_before` only what can be due before that day then, or be without a due day.
        """


class Layered(Shelf[K, V]):
    """Records as they will be: some put on top of what is held, or taken away from it."""

    def __init__(self, held: Mapping[K, V]) -> None:
        self._held = held
        self._put: dict[K, V] = {}
        self._gone: set[K] = set()

    def put(self, key: K, record: V) -> None:
        """This record stands from now on."""
        self._put[key] = record
        self._gone.discard(key)

    def remove(self, key: K) -> None:
        """There is no such record from now on."""
        self._put.pop(key, None)
        self._gone.add(key)

    def named_in(self, folder: str) -> list[K]:
        below = [key for key in _named_in(self._held, folder) if key not in self._gone and key not in self._put]
        return below + [key for key in self._put if _folder(key) == folder]

    def __getitem__(self, key: K) -> V:
        if key in self._put:
            return self._put[key]
        if key in self._gone:
            raise KeyError(key)
        return self._held[key]

    def __iter__(self) -> Iterator[K]:
        yield from (key for key in self._held if key not in self._gone)
        yield from (key for key in self._put if key not in self._held)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class LayeredActions(Layered[ActionRef, Action]):
    """Actions as they will be."""

    def of_board(self, board: str) -> Iterator[Action]:
        """The actions that this board's meetings raised, in order."""
        found = {action.ref: action for action in actions_of(self._held, board) if action.ref not in self._gone}
        found |= {ref: action for ref, action in self._put.items() if ref.meeting.board == board}
        return (found[ref] for ref in sorted(found))


def actions_of(actions: Mapping[ActionRef, Action], board: str) -> Iterator[Action]:
    """The actions that this board's meetings raised, in order; those of other boards need not be read."""
    if isinstance(actions, ActionShelf | LayeredActions):
        return actions.of_board(board)
    return (actions[ref] for ref in sorted(actions) if ref.meeting.board == board)


def actions_at(actions: Mapping[ActionRef, Action], meeting: MeetingRef) -> list[Action]:
    """The actions that this meeting raised, by number."""
    found = (actions.get(ref) for ref in sorted(_named_in(actions, meeting.folder)))
    return [action for action in found if action is not None]


def numbers_at(actions: Mapping[ActionRef, Action], meeting: MeetingRef) -> list[int]:
    """The numbers of the meeting's actions, perhaps with some that cannot be read; none of them is read."""
    return [ref.number for ref in _named_in(actions, meeting.folder)]


def board_keys(boards: Mapping[str, Board]) -> list[str]:
    """The boards, perhaps with some that cannot be read; none of them is read."""
    return sorted(_named_in(boards, ""))


def meeting_refs(meetings: Mapping[MeetingRef, Meeting], board: str) -> list[MeetingRef]:
    """The board's meetings in order, perhaps with some that cannot be read; none of them is read."""
    return sorted(_named_in(meetings, board))


def live_or_later(
    actions: Mapping[ActionRef, Action], day: date, due_before: date | None = None
) -> Iterator[Held]:
    """As `ActionShelf.live_or_later`, of actions held anywhere; a plain mapping gives all that were there."""
    if isinstance(actions, ActionShelf):
        return actions.live_or_later(day, due_before)
    return held_at(actions.values(), day)


def held_at(actions: Iterable[Action], day: date) -> Iterator[Held]:
    """Those of the actions that were there at the end of the day."""
    for action in actions:
        state = as_at(action, day)
        if state is not None:
            yield Held(action.ref, state, partial(_itself, action))


def _itself(action: Action) -> Action:
    return action


def _named_in(held: Mapping[K, V], folder: str) -> Sequence[K]:
    if isinstance(held, Shelf):
        return held.named_in(folder)
    return [key for key in held if _folder(key) == folder]


def _folder(key: MeetingRef | ActionRef | str) -> str:
    if isinstance(key, str):  # a board, in the folder of the register
        return ""
    return key.meeting.folder if isinstance(key, ActionRef) else key.board
