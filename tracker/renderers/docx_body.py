"""The blocks of a document as WordprocessingML, piece by piece.

All text from the records goes through `_text`, which makes it harmless and escapes it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from tracker.model.dates import long_day
from tracker.renderers.clean import clean
from tracker.renderers.docx_widths import CELL_PADDING, bold_width, widths
from tracker.renderers.layout import value_lines, value_words
from tracker.renderers.papers.document import (
    Bars,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
    Value,
)

Watch = Callable[[Sequence[Any]], Iterable[Any]]

_NOTHING: Final = "There are none."
_TONES: Final = {"plain": "Normal", "lead": "Lead", "small": "Remark"}
_BREAK: Final = "<w:r><w:br/></w:r>"
_SHADE: Final = "E8EDF3"
_BAR_COLOUR: Final = "1D3557"
# In hundredths of the page's width: label, words, bar.
_BAR_COLUMNS: Final = (25, 25, 50)

# In twentieths of a point. Where a label needs more than the widest, values stand below their labels.
_LEAST_LABEL: Final = 1900
_WIDEST_LABEL: Final = 3200
_BELOW: Final = 360
_LABEL_SIZE: Final = 11

# A row that must stay together and is longer than a page would lose what does not fit.
_TOO_LONG_TO_KEEP: Final = 1500


def body_of(document: Document, room: int, watch: Watch) -> Iterator[str]:
    """The title, the facts, the blocks and the remarks; `room` is the width of the page in twentieths of a point."""
    yield _paragraph("Title", _run(document.title))
    yield from _facts(document.facts)
    heading = ""
    for block in document.blocks:
        heading = block.text if isinstance(block, Heading) else heading
        yield from _block(block, heading, room, watch)
    for remark in document.foot:
        yield _paragraph("Remark", _run(remark))


def _block(block: Block, heading: str, room: int, watch: Watch) -> Iterator[str]:
    if isinstance(block, Heading):
        # The title is no heading to Word, so that a section is of the first level.
        layout = "<w:pageBreakBefore/>" if block.new_page else ""
        yield _paragraph(f"Heading{max(block.level - 1, 1)}", _run(block.text), layout)
    elif isinstance(block, Paragraph):
        yield _paragraph(_TONES[block.tone], _run(block.text))
    elif isinstance(block, Facts):
        yield from _facts(block.pairs)
    elif isinstance(block, Bullets):
        yield from (_paragraph("ListBullet", _run(entry)) for entry in block.entries)
    elif isinstance(block, Table):
        yield from _caption(block.caption, heading)
        yield from _table(block, room, watch)
    else:
        yield from _caption(block.caption, heading)
        yield from _bars(block, room)


def _facts(pairs: Iterable[tuple[str, Value]]) -> Iterator[str]:
    """Labels, with their values on an edge of their own; what is absent is left out."""
    known = [(label, lines) for label, value in pairs if any(lines := value_lines(value, long_day))]
    widest = max((bold_width(label, _LABEL_SIZE) for label, _ in known), default=0)
    beside = widest <= _WIDEST_LABEL
    edge, gap = (max(_LEAST_LABEL, widest), "<w:r><w:tab/></w:r>") if beside else (_BELOW, _BREAK)
    place = f'<w:tabs><w:tab w:val="left" w:pos="{edge}"/></w:tabs><w:ind w:left="{edge}" w:hanging="{edge}"/>'
    for label, lines in known:
        yield _paragraph("Fact", _run(label, bold=True) + gap + _BREAK.join(map(_run, lines)), place)


def _caption(caption: str, heading: str) -> Iterator[str]:
    """Above the table, unless the heading has just said so; the table itself carries it in any case."""
    if not heading.casefold().startswith(caption.casefold()):
        yield _paragraph("Caption", _run(caption))


def _table(table: Table, room: int, watch: Watch) -> Iterator[str]:
    if not table.rows:
        yield _paragraph("Normal", _run(_NOTHING))
        return
    cells = widths(table, room)
    yield _table_start(table.caption, cells, header=True)
    yield _header_row(table.columns, cells)
    for row in watch(table.rows):
        yield _row(row, table.columns, cells)
    yield _TABLE_END


def _table_start(caption: str, cells: Sequence[int], *, header: bool) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in cells)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="PaperTable"/><w:tblW w:w="{sum(cells)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"00A0" if header else "0080"}" w:firstRow="{int(header)}"'
        ' w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{_attribute(caption)}"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


# Between two tables Word needs a paragraph, or they become one.
_TABLE_END: Final = '</w:tbl><w:p><w:pPr><w:pStyle w:val="TableText"/></w:pPr></w:p>'


def _header_row(columns: Sequence[Column], cells: Sequence[int]) -> str:
    made = "".join(
        _cell(width, _paragraph("TableHeading", _run(column.heading), _side(column)), shade=_SHADE)
        for column, width in zip(columns, cells, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{made}</w:tr>"


def _row(row: Sequence[Cell], columns: Sequence[Column], cells: Sequence[int]) -> str:
    made = "".join(
        _cell(width, _cell_paragraphs(cell, _side(column)))
        for cell, column, width in zip(row, columns, cells, strict=True)
    )
    fits = all(len(str(cell.value)) < _TOO_LONG_TO_KEEP for cell in row)
    keep = "<w:trPr><w:cantSplit/></w:trPr>" if fits else ""
    return f"<w:tr>{keep}{made}</w:tr>"


def _cell(width: int, content: str, shade: str = "") -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{fill}</w:tcPr>{content}</w:tc>'


def _cell_paragraphs(cell: Cell, side: str) -> str:
    words = value_words(cell.value, long_day)
    first = _paragraph("TableText", _run(words, bold=cell.strong), side) if words or not cell.beneath else ""
    return first + "".join(_paragraph("TableNote", _run(line), side) for line in cell.beneath)


def _side(column: Column) -> str:
    return '<w:jc w:val="right"/>' if column.kind == "number" else ""


def _bars(plot: Bars, room: int) -> Iterator[str]:
    if not plot.bars:
        yield _paragraph("Normal", _run(_NOTHING))
        return
    longest = max(bar.amount for bar in plot.bars) or 1
    cells = tuple(room * part // 100 for part in _BAR_COLUMNS)
    yield _table_start(plot.caption, cells, header=False)
    for bar in plot.bars:
        words = (_paragraph("TableText", _run(text)) for text in (bar.label, bar.words))
        drawn = _bar(bar.amount / longest, cells[-1])
        made = "".join(_cell(width, part) for width, part in zip(cells, (*words, drawn), strict=True))
        yield f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{made}</w:tr>"
    yield _TABLE_END


def _bar(share: float, width: int) -> str:
    """A shaded paragraph without words: nothing is read aloud, as the words beside it say the same."""
    if not share:
        return _paragraph("TableText", "")
    room = width - CELL_PADDING
    rest = int(room * (1 - share))
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{_BAR_COLOUR}"/><w:ind w:right="{min(rest, room - 40)}"/>'
    return _paragraph("TableText", "", fill)


def _paragraph(style: str, content: str, layout: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{layout}</w:pPr>{content}</w:p>'


def _run(text: str, *, bold: bool = False) -> str:
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{_text(text)}</w:t></w:r>' if text else ""


def _text(text: str) -> str:
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attribute(text: str) -> str:
    return _text(text).replace('"', "&quot;")
