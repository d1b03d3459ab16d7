"""Workbooks for Excel and its like: a sheet of rows to sort and filter, and a sheet on what they are.

Days are days and numbers numbers; a text is a text, whatever it begins with.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

from tracker.errors import Refused
from tracker.model.dates import long_day, write_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.office_file import LANGUAGE, Properties, properties_of
from tracker.renderers.papers.document import Column, Data, Document, Paragraph, Value
from tracker.renderers.papers.making import data_of, document_of
from tracker.renderers.words import cell_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from tracker.renderers.base import Report

# Source: Microsoft, "Excel specifications and limits".
_MOST_ROWS: Final = 1_048_576
_MOST_CHARACTERS: Final = 32_767
_CUT: Final = " … (cut here, as a cell of Excel holds no more; json and csv have the whole text)"
_LONGEST_NAME: Final = 31
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")

# Excel knows no day before 1900, and takes 1900 for a leap year.
_FIRST_DAY: Final = date(1901, 1, 1)

# In characters, as Excel has the widths of columns; heights are in points.
_WIDEST: Final = {"reference": 48, "day": 13, "number": 14, "short": 20, "text": 46}
_DAY: Final = 13
_FILTER: Final = 3
_ABOUT_WIDTHS: Final = (20, 100)
_FIT: Final = 1.15
_LINE: Final = 13.5
_HIGHEST: Final = 409
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_A4: Final = 9
# In per cent; at that size so many characters fit the long side of the page.
_SMALLEST: Final = 60
_WIDEST_PAGE: Final = 215
_ABOUT: Final = "About"
# A header holds 255 characters, and ours a title and a marking.
_LONGEST_HEADER: Final = 120
# What the writer takes for the place of a picture, also after an ampersand that is doubled.
_PICTURE: Final = re.compile(r"&(?=[G\[])")


class _Looks(NamedTuple):
    """The formats of a workbook's cells."""

    head: "Format"
    text: "Format"
    day: "Format"
    number: "Format"
    label: "Format"
    title: "Format"


def write(report: "Report", file: BinaryIO, screen: Screen = Screen()) -> None:
    """Any report as a workbook. Equal reports give equal bytes. Refused when there are more rows than Excel takes."""
    document = document_of(report, long_day)
    write_workbook(data_of(report), document, properties_of(report, document), file, screen)


def write_workbook(
    data: Data, document: Document, properties: Properties, file: BinaryIO, screen: Screen = Screen()
) -> None:
    """The rows on the first sheet; on the second what the document says about them."""
    if len(data.rows) >= _MOST_ROWS:
        there_are = f"there are {len(data.rows):,}"
        raise Refused(f"A sheet of Excel takes {_MOST_ROWS - 1:,} rows, and {there_are}. Say --format csv.")
    with _workbook(file) as book:
        _set_properties(book, properties)
        looks = _looks(book)
        _write_rows(book.add_worksheet(_sheet_name(data.name)), data, document, looks, screen)
        _write_about(book.add_worksheet(_ABOUT), document, looks)


@contextmanager
def _workbook(file: BinaryIO) -> Iterator["Workbook"]:
    """A workbook that keeps its rows in files until it is packed; those go with it, also where the disk is full."""
    from tempfile import TemporaryDirectory

    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        packed = io.BytesIO()
        book = Workbook(packed, {"constant_memory": True, "tmpdir": folder, **_PLAIN})
        yield book
        try:
            book.close()
        except FileCreateError as error:
            # What it says is no sentence; what it holds is the system's own error.
            raise error.args[0] from None
        file.write(packed.getbuffer())


def _set_properties(book: "Workbook", properties: Properties) -> None:
    book.set_properties({"title": properties.title, "author": properties.author, "created": properties.made})
    book.set_custom_property("Language", LANGUAGE)


def _looks(book: "Workbook") -> _Looks:
    cell = {"valign": "top", "font_name": "Arial", "font_size": 10}
    wrapped = {**cell, "text_wrap": True}
    return _Looks(
        head=book.add_format({**wrapped, "bold": True, "font_color": "#1D3557", "bg_color": "#E8EDF3", "bottom": 1}),
        text=book.add_format(wrapped),
        day=book.add_format({**cell, "num_format": "dd mmm yyyy", "align": "left"}),
        number=book.add_format({**cell, "align": "right", "indent": 1}),
        label=book.add_format({**cell, "bold": True}),
        title=book.add_format({**cell, "bold": True, "font_size": 14, "font_color": "#1D3557"}),
    )


def _write_rows(sheet: "Worksheet", data: Data, document: Document, looks: _Looks, screen: Screen) -> None:
    _set_page(sheet, document)
    if not data.columns:
        _put(sheet, 0, 0, "There are none.", looks)
        return
    widths = [_width(data, index, column) for index, column in enumerate(data.columns)]
    for index, width in enumerate(widths):
        sheet.set_column(index, index, width)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _fit(sheet, sum(widths))
    sheet.autofilter(0, 0, len(data.rows), len(data.columns) - 1)
    _put_row(sheet, 0, tuple(column.heading for column in data.columns), widths, looks, looks.head)
    for number, row in enumerate(screen.watch(data.rows), 1):
        _put_row(sheet, number, row, widths, looks)


def _write_about(sheet: "Worksheet", document: Document, looks: _Looks) -> None:
    _set_page(sheet, document)
    for index, width in enumerate(_ABOUT_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.fit_to_pages(1, 0)
    sheet.set_row(0, 2 * _LINE)
    _put(sheet, 0, 0, document.title, looks, looks.title)
    for number, pair in enumerate(_about(document), 1):
        _put_row(sheet, number, pair, _ABOUT_WIDTHS, looks)
        _put(sheet, number, 0, pair[0], looks, looks.label)


def _about(document: Document) -> Iterator[tuple[str, Value]]:
    """Labels with their values, a line each; what has no label is a sentence."""
    facts = (("Marking", document.marking),) if document.marking else ()
    for label, value in (*facts, *document.facts):
        lines = value if isinstance(value, tuple) else (value,)
        yield from zip((label, *("" for _ in lines[1:])), lines, strict=False)
    for block in document.blocks:
        if isinstance(block, Paragraph) and block.tone == "lead":
            yield "", block.text
    yield from (("", remark) for remark in document.foot)


def _set_page(sheet: "Worksheet", document: Document) -> None:
    marking = _in_header(document.marking) if document.marking else ""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    sheet.set_header(f"&L{_in_header(document.title)}" + (f"&R{marking}" if marking else ""))
    sheet.set_footer((f"&L{marking}" if marking else "") + "&RPage &P of &N")


def _fit(sheet: "Worksheet", width: int) -> None:
    """One page wide in print as long as that can be read; else several, each with the first column."""
    if width <= _WIDEST_PAGE:
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_print_scale(_SMALLEST)
        sheet.repeat_columns(0)


def _in_header(text: str) -> str:
    words = _PICTURE.sub("& ", clean(text))
    if _length(words.replace("&", "&&")) <= _LONGEST_HEADER:
        return words.replace("&", "&&")
    words = words[:_LONGEST_HEADER]
    while _length(words.replace("&", "&&")) >= _LONGEST_HEADER:
        words = words[:-1]
    return words.replace("&", "&&") + "…"


def _length(text: str) -> int:
    """In characters as Excel counts them, those of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _width(data: Data, index: int, column: Column) -> int:
    """As wide as its longest value, within reason, and as the words of its heading with the filter's button."""
    heading = max(map(len, column.heading.split()), default=0) + _FILTER
    values = (row[index] for row in data.rows)
    longest = max((_DAY if isinstance(value, date) else len(_words(value)) + 2 for value in values), default=0)
    return max(heading, min(longest, _WIDEST[column.kind]))


def _put_row(
    sheet: "Worksheet",
    number: int,
    row: Sequence[Value],
    widths: Sequence[int],
    looks: _Looks,
    look: "Format | None" = None,
) -> None:
    """A row as high as its longest text needs: not every program finds that out for itself."""
    lines = max(ceil(len(words) / (width * _FIT)) for words, width in zip(map(_words, row), widths, strict=True))
    if lines > 1:
        sheet.set_row(number, min(lines * _LINE, _HIGHEST))
    for index, value in enumerate(row):
        _put(sheet, number, index, value, looks, look)


def _words(value: Value) -> str:
    # A day is always short, whatever its words.
    return "" if value is None or isinstance(value, date) else cell_words(value, write_day)


def _put(sheet: "Worksheet", row: int, column: int, value: Value, looks: _Looks, look: "Format | None" = None) -> None:
    if isinstance(value, date) and value >= _FIRST_DAY:
        sheet.write_datetime(row, column, _moment(value), looks.day)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(row, column, value, looks.number)
    elif words := _text(cell_words(value, write_day)):
        sheet.write_string(row, column, words, look or looks.text)


def _moment(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)


def _text(text: str) -> str:
    text = clean(text)
    if _length(text) > _MOST_CHARACTERS:
        room = 2 * (_MOST_CHARACTERS - len(_CUT))
        text = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + _CUT
    # What stands between these the writer takes for its own mark-up of rich text, and does not escape.
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text


def _sheet_name(name: str) -> str:
    usable = _NO_NAME.sub(" ", clean(name))[:_LONGEST_NAME].strip() or "Rows"
    return "Rows" if usable.casefold() in (_ABOUT.casefold(), "history") else usable
