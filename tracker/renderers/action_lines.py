"""An action as a line of cells. It stands by itself, because most reports that are piped need no more."""

from datetime import date
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tracker.reports.rows import ActionRow

Line = tuple[str, ...]

ACTION_COLUMNS: Final[Line] = ("ref", "due", "status", "owners", "days_overdue", "times_carried", "text")


def action_line(row: "ActionRow") -> Line:
    """The cells of `ACTION_COLUMNS`; days are ISO. Cells are not cleaned here."""
    state = row.state
    due = state.due
    return (
        str(row.ref),
        due.isoformat() if isinstance(due, date) else due or "",
        state.status,
        ", ".join(state.owners),
        str(row.days_overdue),
        str(state.times_carried),
        state.text,
    )
