"""Who reads a paper, and what it therefore leaves out."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

from tracker.model.records import Action, Item, Register
from tracker.model.references import ActionRef, MeetingRef
from tracker.reports.rows import ActionRow

Choice = Literal["public", "everything"]


class Withheld(NamedTuple):
    """How many actions and agenda items a paper left out because they are restricted."""

    actions: int = 0
    items: int = 0


class Audience(NamedTuple):
    """Decides what is left out, board by board: `choice` is what was asked for, None for what each board says.

    An action raised under a restricted item is restricted with it.
    """

    register: Register
    choice: Choice | None = None

    def public(self, board: str) -> bool:
        """Whether papers of the board with this key leave out what is restricted."""
        if self.choice is not None:
            return self.choice == "public"
        found = self.register.boards.get(board)
        return found is not None and found.publish == "public"

    def shows(self, action: Action) -> bool:
        """Whether this action is printed."""
        return not (self.public(action.ref.meeting.board) and self._restricted(action))

    def shows_ref(self, ref: ActionRef) -> bool:
        """Whether an action may be named, as in `follows`. One that is not there, or unreadable, may not."""
        if not self.public(ref.meeting.board):
            return True
        action = self.register.actions.get(ref)
        return action is not None and self.shows(action)

    def shows_item(self, meeting: MeetingRef, item: Item) -> bool:
        """Whether this agenda item of the meeting is printed."""
        return not (self.public(meeting.board) and item.restricted)

    def rows(self, rows: Iterable[ActionRow]) -> tuple[tuple[ActionRow, ...], int]:
        """The rows that are printed, and how many are not. What a printed one follows is named only if it is shown."""
        every = list(rows)
        shown = tuple(self._unlinked(row) for row in every if self.shows(row.action))
        return shown, len(every) - len(shown)

    def items(self, meeting: MeetingRef, items: Iterable[Item]) -> tuple[tuple[Item, ...], int]:
        """The agenda items that are printed, and how many are not."""
        every = list(items)
        shown = tuple(item for item in every if self.shows_item(meeting, item))
        return shown, len(every) - len(shown)

    def _unlinked(self, row: ActionRow) -> ActionRow:
        follows = row.action.follows
        if follows is None or self.shows_ref(follows):
            return row
        return row.changed(action=row.action._replace(follows=None))

    def _restricted(self, action: Action) -> bool:
        if action.restricted:
            return True
        meeting = self.register.meetings.get(action.ref.meeting)
        if meeting is None:
            # What it was raised under cannot be read; a public paper errs on the side of silence.
            return action.item is not None
        return any(item.restricted and item.number == action.item for item in meeting.items)
