"""What every check looks at, gathered once, and what a check reports."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tracker.errors import Severity
from tracker.model.calendar import meetings_of
from tracker.model.quoting import quoted
from tracker.model.records import Action, Meeting, Register, Settings
from tracker.model.references import (
    REGISTER_PATH, ActionRef, MeetingRef, board_path, canonical_action, canonical_meeting, is_board_key,
)  # fmt: skip
from tracker.model.state import standing

_YAML_FILE = re.compile(r"\.ya?ml", re.IGNORECASE)
_PLAIN = 40


class Finding(NamedTuple):
    """Something in a record that cannot be right, or is worth a look.

    `path` is relative to the register. `field` leads to the place in the file, such as
    `("history", 2, "date")` with entries counted from 0; empty where the whole file is meant. `advice`
    says what to type or change.
    """

    path: str
    field: tuple[str | int, ...]
    message: str
    advice: str
    severity: Severity = "error"


class Evidence(NamedTuple):
    """The register as the checks see it on a day.

    `actions` are in the order of their references, `live` those that count as open or proposed.
    `calendar` holds the meetings of each board by day. `business` names, for each meeting, the actions that
    were raised at it or that it decided on. `unread` tells what may be there without having been read.
    """

    register: Register
    today: date
    actions: tuple[Action, ...]
    live: tuple[Action, ...]
    calendar: Mapping[str, list[Meeting]]
    business: Mapping[MeetingRef, list[ActionRef]]
    unread: "Unread"

    @property
    def knows_owners(self) -> bool:
        """Whether `register.yaml` was there and could be read, so that an owner can be called unknown."""
        return self.register.settings != Settings()


Check = Callable[[Evidence], Iterable[Finding]]


class Unread:
    """Which records may lie behind the files and folders that could not be read.

    A record of that name counts as unread; a file or folder whose name is wrong may be any record of the
    folder that it lies in. What may be unread must never be called missing.
    """

    def __init__(self, broken: Iterable[str]) -> None:
        self._files: set[str] = set()
        self._folders: set[str] = set()
        self._trees: set[str] = set()
        for path in broken:
            self._add(path)

    def may_hold(self, path: str) -> bool:
        """Whether the record with this path may be among what could not be read."""
        parts = path.split("/")
        above = ["/".join(parts[:depth]) for depth in range(len(parts))]
        return path in self._files or above[-1] in self._folders or any(folder in self._trees for folder in above)

    def _add(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        if _is_record(path):
            self._files.add(path)
        elif _YAML_FILE.search(name):
            self._folders.add(folder)
        else:
            self._trees.add(path if _is_folder(path) else folder)


def gather(register: Register, today: date) -> Evidence:
    """Gather what the checks need."""
    actions = tuple(register.actions[ref] for ref in sorted(register.actions))
    return Evidence(
        register,
        today,
        actions,
        live=tuple(action for action in actions if standing(action).live),
        calendar={board: meetings_of(register, board) for board in {ref.board for ref in register.meetings}},
        business=_business(actions),
        unread=Unread(register.broken),
    )


def as_word(text: str) -> str:
    """The text as a word of a command or of a short list: in quotes unless it is plain."""
    plain = len(text) <= _PLAIN and text.replace("-", "").isalnum() and not text.startswith("-")
    return text if plain else quoted(text)


def _business(actions: Iterable[Action]) -> dict[MeetingRef, list[ActionRef]]:
    business: dict[MeetingRef, list[ActionRef]] = {}
    for action in actions:
        decided = [event.meeting for event in action.history if event.meeting]
        for meeting in dict.fromkeys([action.ref.meeting, *decided]):
            business.setdefault(meeting, []).append(action.ref)
    return business


def _is_record(path: str) -> bool:
    board, _, file = path.partition("/")
    if path == REGISTER_PATH or (is_board_key(board) and path == board_path(board)):
        return True
    meeting = canonical_meeting(path.removesuffix("/meeting.yaml"))
    action = canonical_action(path.removesuffix(".yaml"))
    return path in [ref.path for ref in (meeting, action) if ref]


def _is_folder(path: str) -> bool:
    meeting = canonical_meeting(path)
    return is_board_key(path) or (meeting is not None and meeting.folder == path)
