"""What the tables at a terminal show: which columns, how wide each may be, what stands in a cell.

A cell is a tuple of lines: what matters first, what goes with it beneath. Widths are in cells of the
terminal; nothing here knows Rich, so it costs nothing until a table is drawn.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from tracker.model.dates import short_day
from tracker.model.references import canonical_action, canonical_meeting, is_board_key
from tracker.renderers.sheets import Grid
from tracker.renderers.words import cell_words, count_words, due_words, latest_words, status_words, times_words
from tracker.reports.rows import ActionRow

GAP: Final = 2
# a board's key, a day with its sitting, a number of six figures
LONGEST_REFERENCE: Final = 32 + len("/2025-11-26B/123456")

# Below this a sentence falls apart into single words: the narrow columns are squeezed first, and where
# that is not enough the rows are stacked.
_COMFORT_FOR_TEXT: Final = 24
_LEAST_FOR_TEXT: Final = 18
# A column of cells no longer than this keeps its width; wider ones share what the others leave.
_NARROW: Final = 18

CellLines = tuple[str, ...]
Measure = Callable[[str], int]


class Column(NamedTuple):
    """`most` is the widest it may get, `squeezed` the same in a small window; `style` is Rich's.

    A column without `most` shares what the others leave.
    """

    heading: str
    most: int | None = None
    squeezed: int | None = None
    style: str = ""


class Table(NamedTuple):
    """Columns and rows. The first column names its row."""

    columns: tuple[Column, ...]
    rows: Sequence[tuple[CellLines, ...]]


_REFERENCE: Final = Column("Reference", most=LONGEST_REFERENCE, style="bold")
_ACTION: Final = Column("Action")
_OWNER: Final = Column("Owner", most=14, squeezed=8)
_DUE: Final = Column("Due", most=15, squeezed=12)
_OVERDUE: Final = Column("Overdue", most=10, style="red")
_CARRIED: Final = Column("Carried", most=9)
_STATUS: Final = Column("Status", most=_NARROW, squeezed=14)


def live_table(rows: Iterable[ActionRow]) -> Table:
    """Actions with their status, as `list` shows them."""
    return Table(
        (_REFERENCE, _ACTION, _OWNER, _DUE, _STATUS),
        [(_ref(row), _text(row), _owner(row), _due(row), (status_words(row, short_day),)) for row in rows],
    )


def overdue_table(rows: Iterable[ActionRow]) -> Table:
    """Overdue actions, everything in a column of its own."""
    return Table(
        (_REFERENCE, _ACTION, _OWNER, _DUE, _OVERDUE, _CARRIED, Column("Latest word")),
        [
            (
                _ref(row),
                _text(row),
                _owner(row),
                _due(row),
                (count_words(row.days_overdue, "day"),),
                (times_words(row.state.times_carried),),
                (latest_words(row.state, short_day),),
            )
            for row in rows
        ],
    )


def folded_overdue_table(rows: Iterable[ActionRow]) -> Table:
    """Overdue actions for a usual window: the latest word stands under the action, the slips under the days."""
    return Table(
        (_REFERENCE, _ACTION, _OWNER, _DUE, _OVERDUE),
        [
            (
                _ref(row),
                (row.state.text, f"Latest: {latest_words(row.state, short_day)}"),
                _owner(row),
                _due(row),
                _days_and_slips(row),
            )
            for row in rows
        ],
    )


def grid_table(grid: Grid) -> Table:
    """A plain grid of values, without its empty columns. A column of references keeps its width."""
    rows = [tuple(cell_words(cell, short_day) for cell in row) for row in grid.rows]
    kept = [index for index in range(len(grid.headings)) if index == 0 or any(row[index] for row in rows)]
    columns = [_grid_column(grid.headings[index], [row[index] for row in rows]) for index in kept]
    columns[0] = columns[0]._replace(style="bold")
    return Table(tuple(columns), [tuple((row[index],) for index in kept) for row in rows])


def is_reference(text: str) -> bool:
    """Whether the text is the reference of a board, a meeting or an action and nothing else."""
    if "/" in text:
        return (canonical_meeting(text) or canonical_action(text)) is not None
    return text.isupper() and is_board_key(text.lower())


def widths(table: Table, room: int, measure: Measure, squeeze: bool = False) -> list[int] | None:
    """How wide each column gets in so much room; None if the texts would get too little of it."""
    natural = [
        max([measure(column.heading), *(measure(line) for row in table.rows for line in row[index])])
        for index, column in enumerate(table.columns)
    ]
    fixed: dict[int, int] = {}
    for index, column in enumerate(table.columns):
        most = column.squeezed if squeeze and column.squeezed else column.most
        if most is not None or natural[index] <= _NARROW:
            fixed[index] = min(natural[index], most or _NARROW)
    left = room - sum(fixed.values()) - GAP * (len(natural) - 1)
    shared = _shares({index: width for index, width in enumerate(natural) if index not in fixed}, left)
    least = _LEAST_FOR_TEXT if squeeze else _COMFORT_FOR_TEXT
    if left < 0 or any(share < min(natural[index], least) for index, share in shared.items()):
        return None
    return [width for _, width in sorted((fixed | shared).items())]


def _grid_column(heading: str, cells: Sequence[str]) -> Column:
    if all(is_reference(cell) or not cell for cell in cells):
        return Column(heading, most=LONGEST_REFERENCE)
    return Column(heading)


def _shares(wanted: dict[int, int], room: int) -> dict[int, int]:
    """Equal shares of the room; what one does not need goes to the others."""
    shares: dict[int, int] = {}
    for place, (index, want) in enumerate(sorted(wanted.items(), key=lambda entry: entry[1])):
        share = min(want, max(room, 0) // (len(wanted) - place))
        shares[index] = share
        room -= share
    return shares


def _ref(row: ActionRow) -> CellLines:
    return (str(row.ref),)


def _text(row: ActionRow) -> CellLines:
    return (row.state.text,)


def _owner(row: ActionRow) -> CellLines:
    return (", ".join(row.state.owners) or "no owner",)


def _due(row: ActionRow) -> CellLines:
    return (due_words(row.state, short_day) or "no due day",)


def _days_and_slips(row: ActionRow) -> CellLines:
    days = count_words(row.days_overdue, "day")
    slips = times_words(row.state.times_carried)
    return (days, f"carried {slips}") if slips else (days,)
