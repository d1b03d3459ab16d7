"""What Word documents and workbooks have in common: they are zip archives, and say what they are."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.renderers.clean import clean
from tracker.reports.papers.head import Head

if TYPE_CHECKING:
    from tracker.renderers.base import Report
    from tracker.renderers.papers.document import Document

LANGUAGE: Final = "en-GB"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip archive can hold; what is in ours is dated so, for equal reports to be equal bytes."""

# The properties hold 255 characters. Source: ECMA-376-1, 15.2.12.1, as Word and python-docx apply it.
_LONGEST: Final = 255


class Properties(NamedTuple):
    """What a file manager shows of the document; `made` is the day of the report, whenever the file was made."""

    title: str
    author: str
    made: datetime


def properties_of(report: "Report", document: "Document") -> Properties:
    """The properties of this report. Without an author it is the register, without a day the first one there is."""
    head = getattr(report, "head", None)
    of_paper = head if isinstance(head, Head) else None
    author = of_paper.author or of_paper.register_title if of_paper else ""
    day: date | None = of_paper.as_of if of_paper else getattr(report, "as_of", None)
    made = datetime(day.year, day.month, day.day) if day else datetime(*EPOCH)
    return Properties(clean(document.title)[:_LONGEST], clean(author)[:_LONGEST], made)
