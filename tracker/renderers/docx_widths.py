"""How wide the columns of a table in Word are: references and numbers do not break, texts share what is left."""

from collections.abc import Iterator
from math import sqrt
from typing import Final

from tracker.model.dates import long_day
from tracker.renderers.clean import clean
from tracker.renderers.layout import value_words
from tracker.renderers.papers.document import Table, Value

CELL_PADDING: Final = 160
"""What the margins of a cell take on both sides together, in twentieths of a point."""

# In points, of Arial at the size of the text in tables, rounded up.
_SIZE: Final = 9
_CAPITAL: Final = 6.6
_OTHER: Final = 5.1
_SLIM: Final = 2.7
_SLIM_LETTERS: Final = frozenset("/.,:;'|! iIl")
_HYPHEN: Final = 3.1
_BOLDER: Final = 1.08
_PADDING: Final = 9.0
_TWENTIETHS: Final = 20

# `25 September 2026`; where texts would get too little beside it, `25 September` and `2026` below it.
_WHOLE_DAY: Final = 86.0
_BROKEN_DAY: Final = 60.0
_COMFORT_FOR_TEXT: Final = 100.0
_WIDEST_SHORT: Final = 84.0
_LEAST_TEXT: Final = 60.0
# A longer reference breaks after all: the longest key that a board may have would fill the page.
_WIDEST_REFERENCE: Final = 200.0


def widths(table: Table, room: int) -> tuple[int, ...]:
    """The widths of the columns in twentieths of a point; together at most `room`.

    Texts share what the other columns leave, the longer ones more of it, though not in proportion: a text
    twice as long gets some 40 per cent more. Where there is too little room, all columns become narrower alike.
    """
    texts = {index: _weight(table, index) for index, column in enumerate(table.columns) if column.kind == "text"}
    given = room / _TWENTIETHS
    for day in (_WHOLE_DAY, _BROKEN_DAY):
        needs = [_need(table, index, day) for index in range(len(table.columns))]
        left = given - sum(need for index, need in enumerate(needs) if index not in texts)
        if left >= _COMFORT_FOR_TEXT * len(texts):
            break
    for index, weight in texts.items():
        needs[index] = max(needs[index], left * weight / sum(texts.values()))
    shrink = min(1.0, given / sum(needs)) if needs else 1.0
    return tuple(int(need * shrink * _TWENTIETHS) for need in needs)


def bold_width(text: str, size: float) -> int:
    """The width of a bold text of this size in points, with room to the next, in twentieths of a point."""
    return int((_points(clean(text)) * size / _SIZE * _BOLDER + _PADDING) * _TWENTIETHS)


def _need(table: Table, index: int, longest_day: float) -> float:
    column = table.columns[index]
    heading = max(map(_points, column.heading.split()), default=0.0) * _BOLDER
    if column.kind == "text":
        content = _LEAST_TEXT
    elif column.kind == "day":
        content = max((_day_width(row[index].value, longest_day) for row in table.rows), default=0.0)
    else:
        widest = _WIDEST_SHORT if column.kind == "short" else _WIDEST_REFERENCE
        content = min(_points(clean(max(_texts(table, index), key=len, default=""))), widest)
    return max(heading, content) + _PADDING


def _day_width(value: Value, longest: float) -> float:
    """What stands here instead of a day, and what stands beneath one, may break anywhere."""
    return min(_points(clean(value_words(value, long_day))), longest) if value else 0.0


def _weight(table: Table, index: int) -> float:
    characters = sum(map(len, _texts(table, index)))
    return max(1.0, sqrt(characters / (len(table.rows) or 1)))


def _texts(table: Table, index: int) -> Iterator[str]:
    for row in table.rows:
        yield value_words(row[index].value, str)
        yield from row[index].beneath


def _points(text: str) -> float:
    return sum(map(_letter, text))


def _letter(letter: str) -> float:
    if letter in _SLIM_LETTERS:
        return _SLIM
    if letter == "-":
        return _HYPHEN
    return _CAPITAL if letter.isupper() or letter in "mw" else _OTHER
