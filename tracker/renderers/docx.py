"""Word documents: real headings, a title, header rows that repeat, British English, A4.

The package comes from python-docx; the body is written beside it, row by row, for its tables grow dear with
their length and a paper may have ten thousand rows.
"""

import io
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tracker.model.dates import long_day
from tracker.renderers.base import Screen
from tracker.renderers.docx_body import body_of
from tracker.renderers.docx_package import Page, package_of
from tracker.renderers.office_file import EPOCH, Properties, properties_of
from tracker.renderers.papers.document import Document, Table
from tracker.renderers.papers.making import document_of

if TYPE_CHECKING:
    from tracker.renderers.base import Report

_BODY: Final = "word/document.xml"
_END_OF_BODY: Final = b"<w:sectPr"
_MOST_UPRIGHT: Final = 5
"""A table with more columns than this needs the page's long side."""

_UNIX: Final = 3


def write(report: "Report", file: BinaryIO, screen: Screen = Screen()) -> None:
    """Any report as a Word document. Equal reports give equal bytes."""
    document = document_of(report, long_day)
    write_document(document, properties_of(report, document), file, screen)


def write_document(document: Document, properties: Properties, file: BinaryIO, screen: Screen = Screen()) -> None:
    """The document as a Word file."""
    page = Page(landscape=any(isinstance(b, Table) and len(b.columns) > _MOST_UPRIGHT for b in document.blocks))
    package = package_of(document, properties, page)
    # Packed it is small, and made here so that `file` need not be able to seek.
    packed = io.BytesIO()
    with ZipFile(package) as empty, ZipFile(packed, "w") as whole:
        for name in empty.namelist():
            content = empty.read(name)
            if name == _BODY:
                start, mark, end = content.partition(_END_OF_BODY)
                body = (piece.encode() for piece in body_of(document, page.room, screen.watch))
                _put(whole, name, chain((start,), body, (mark + end,)))
            else:
                _put(whole, name, (content,))
    file.write(packed.getbuffer())


def _put(archive: ZipFile, name: str, pieces: Iterable[bytes]) -> None:
    entry = ZipInfo(name, EPOCH)
    entry.compress_type = ZIP_DEFLATED
    # Else it would tell the system that it was made on.
    entry.create_system = _UNIX
    with archive.open(entry, "w") as part:
        for piece in pieces:
            part.write(piece)
