"""How a row of the brief is said: which columns a section has, and what stands in them."""

from collections.abc import Callable
from typing import Final, NamedTuple

from tracker.model.changes.due_days import nth
from tracker.renderers.papers.common import (
    ACTION,
    DUE,
    OWNER,
    REFERENCE,
    due_cell,
    latest_cell,
    original_due_words,
    owner_cell,
    reference_cell,
)
from tracker.renderers.papers.document import Cell, Column, Table
from tracker.renderers.words import SayDay, count_words, hand_mark, times_words
from tracker.reports.papers.brief import Asks, BriefRow, Kind

_OFTEN: Final = 3
"""From so many times on, that an action was carried forward stands out."""

ASKS: Final[dict[Asks, str]] = {
    "seek an update": "The Board is asked to seek an update, or to carry it forward",
    "consider the update": "The Board is asked to consider the update, and to discharge it or carry it forward",
    "update due": "Update due at this meeting",
    "discharge": "The Board is asked to discharge",
    "note the outcome": "The Board is asked to note the outcome",
    "note": "For information",
    "set a day": "The Board is asked to set a due day",
    "confirm by hand": "The Board is asked to confirm the outcome, which is not on record",
    "establish": "The Board is asked to establish where it stands, and whether it is still wanted",
}


class SectionWords(NamedTuple):
    """A section: its heading, what its fifth column says and how, and what the column of words holds."""

    heading: str
    column: Column
    cell: Callable[[BriefRow, SayDay], Cell]
    word: str = "Latest word"


def section_table(words: SectionWords, caption: str, rows: tuple[BriefRow, ...], say_day: SayDay) -> Table:
    """These rows of a section."""
    columns = (
        REFERENCE, ACTION, OWNER, DUE, words.column,
        Column("latest_word", words.word), Column("recommendation", "Recommendation"),
    )  # fmt: skip
    cells = [_cells(line, words, say_day) for line in rows]
    # Where nothing was carried forward a column would have nothing to say.
    bare = words.column is _CARRIED and not any(line.row.state.times_carried for line in rows)
    if not bare:
        return Table(caption, columns, cells)
    at = columns.index(_CARRIED)
    return Table(caption, columns[:at] + columns[at + 1 :], [row[:at] + row[at + 1 :] for row in cells])


def _cells(line: BriefRow, words: SectionWords, say_day: SayDay) -> tuple[Cell, ...]:
    state = line.row.state
    mark = hand_mark(state)
    return (
        reference_cell(line.row),
        Cell(state.text, (_raised_words(line, say_day), *([mark] if mark else []))),
        owner_cell(state),
        due_cell(state, *original_due_words(state, say_day)),
        words.cell(line, say_day),
        Cell(state.outcome or "none recorded") if line.standing == "discharged" else _latest(line, say_day),
        Cell(ASKS[line.asks]),
    )


def _latest(line: BriefRow, say_day: SayDay) -> Cell:
    """The latest word, and when an update was asked for since."""
    cell = latest_cell(line.row.state, say_day)
    asked = (f"last asked for on {say_day(line.asked_on)}",) if line.asked_on else ()
    return cell._replace(beneath=(*cell.beneath, *asked))


def _raised_words(line: BriefRow, say_day: SayDay) -> str:
    """`Raised 26 Nov 2025, item 3i Plan delivery`."""
    words = f"Raised {say_day(line.row.action.raised)}"
    number = line.row.action.item
    if number is None:
        return words
    return f"{words}, item {number} {line.item.title}" if line.item else f"{words}, item {number}"


def carried_words(times: int) -> str:
    """`carried forward once`; from the third time on `carried forward for the third time`, which stands out."""
    if times >= _OFTEN:
        return f"carried forward for the {nth(times)} time"
    return f"carried forward {times_words(times)}" if times else ""


def _carried(line: BriefRow) -> tuple[str, ...]:
    words = carried_words(line.row.state.times_carried)
    return (words,) if words else ()


def _often(line: BriefRow) -> bool:
    return line.row.state.times_carried >= _OFTEN


def _overdue_cell(line: BriefRow, say_day: SayDay) -> Cell:
    return Cell(count_words(line.row.days_overdue, "day"), _carried(line), _often(line))


def _carried_cell(line: BriefRow, say_day: SayDay) -> Cell:
    return Cell(carried_words(line.row.state.times_carried).removeprefix("carried forward ") or None, (), _often(line))


def _proposed_cell(line: BriefRow, say_day: SayDay) -> Cell:
    route = line.row.state.route
    return Cell(line.row.state.proposed_on, (*([route] if route else []), *_carried(line)), _often(line))


def _discharged_cell(line: BriefRow, say_day: SayDay) -> Cell:
    route = line.row.state.route
    return Cell(line.row.state.discharged_on, (route,) if route else ())


def _silent_cell(line: BriefRow, say_day: SayDay) -> Cell:
    late = (f"{count_words(line.row.days_overdue, 'day')} overdue",) if line.row.overdue else ()
    return Cell(line.last_record, (*late, *_carried(line)), _often(line))


_CARRIED: Final = Column("times_carried", "Carried", "short")
SECTIONS: Final[dict[Kind, SectionWords]] = {
    "overdue": SectionWords("Overdue", Column("days_overdue", "Overdue", "short"), _overdue_cell),
    "due": SectionWords("Due at this meeting", _CARRIED, _carried_cell),
    "with the board": SectionWords(
        "With the board, for discharge", Column("proposed_on", "With the board since", "day"), _proposed_cell
    ),
    "discharged": SectionWords(
        "Discharged since the last meeting", Column("discharged_on", "Discharged", "day"), _discharged_cell, "Outcome"
    ),
    "not yet due": SectionWords("Not yet due", _CARRIED, _carried_cell),
    "without a day": SectionWords("Without a day", _CARRIED, _carried_cell),
    "no record": SectionWords(
        "No record for over a year", Column("last_record", "No record since", "day"), _silent_cell
    ),
}
