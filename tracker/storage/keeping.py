"""What happens to a change once it is saved: whoever keeps the past of the register commits it."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tracker.model.changes.draft import Change
from tracker.storage.journal import Write


class Committed(NamedTuple):
    """The change is committed; `short` is enough of the hash for a person."""

    hash: str

    @property
    def short(self) -> str:
        return self.hash[:10]


class NotCommitted(NamedTuple):
    """The change is saved but not committed; `sentence` says so, why, and what to type."""

    sentence: str


CommitOutcome = Committed | NotCommitted


class Keeper(Protocol):
    """Keeps what was saved. Both are called under the register's lock, and neither raises a TrackerError."""

    def before(self, writes: Sequence[Write]) -> None:
        """The writes are about to be made."""

    def after(self, change: Change, writes: Sequence[Write]) -> CommitOutcome | None:
        """They have been made, and are safe on the disk. None where nothing was to be kept."""
