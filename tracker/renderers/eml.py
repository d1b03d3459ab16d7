"""Letters as drafts for a mail program. Nothing is sent.

A draft says `X-Unsent: 1`, with which Outlook opens it for sending. It names no sender and no message
number: these are the mail program's to add.
"""

import re
from collections.abc import Iterator
from datetime import datetime, time
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from tracker.errors import NotUnderstood, Refused
from tracker.model.dates import long_day
from tracker.model.references import is_windows_device
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.papers.chase_words import (
    carried_words,
    closing,
    latest_words,
    marking,
    notes,
    nothing_words,
    opening,
    salutation,
    section_words,
    shared_words,
    sign_off,
    subject,
)
from tracker.renderers.papers.common import withheld_words
from tracker.renderers.words import count_words, due_words
from tracker.reports.papers.chase import Asked, Chase, Letter, Part

if TYPE_CHECKING:
    from email.headerregistry import Address

    from tracker.renderers.base import Report

_LONGEST_NAME: Final = 60
# The plain form of an address; RFC 5322 allows more, which no public body uses and few programs take.
_ADDRESS: Final = r"[A-Za-z0-9.!#$%&'*+/^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"


def write(report: "Report", file: BinaryIO, screen: Screen = Screen()) -> None:
    """The draft of the one letter that there is. NotUnderstood where there are several, Refused where none is."""
    chase = cast(Chase, report)
    if not chase.letters:
        raise Refused(nothing_words(chase, long_day))
    if len(chase.letters) > 1:
        raise NotUnderstood(
            f"There are {len(chase.letters)} letters, and a file holds one. Name a folder for them, --out FOLDER, "
            "or one owner, --owner O."
        )
    file.write(draft(chase, chase.letters[0]))


def draft(report: Chase, letter: Letter) -> bytes:
    """A letter as a message of plain text, dated the day of the report. No `To` without a usable address."""
    from email.message import EmailMessage
    from email.policy import SMTP

    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    address = address_of(letter)
    if address:
        message["To"] = address
    message["Subject"] = _header(subject(report, letter, long_day))
    message["Date"] = datetime.combine(report.head.as_of, time())
    message.set_content("\n".join(body(report, letter)) + "\n", charset="utf-8", cte="quoted-printable")
    return message.as_bytes()


def address_of(letter: Letter) -> "Address | None":
    """Where the letter goes; None if no address is on file, or what is there is none."""
    from email.errors import MessageError
    from email.headerregistry import Address

    email = (letter.owner.email or "").strip()
    if not re.fullmatch(_ADDRESS, email):
        return None
    try:
        return Address(_header(letter.owner.name)[:_LONGEST_NAME], addr_spec=email)
    except (MessageError, ValueError, IndexError):  # what the parser of addresses raises depends on what it chokes on
        return None


def _header(text: str) -> str:
    """A text that a header takes for nothing but text.

    Python's email package decodes what looks like an encoded word in what it is given, and line breaks that
    come to light so would begin a header of their own.
    """
    return clean(text).replace("=?", "= ?")


def draft_names(report: Chase) -> tuple[str, ...]:
    """A file name for each letter, made from the owner's key: fit for any system, and no two alike."""
    names: list[str] = []
    for letter in report.letters:
        name = re.sub(r"[^\w.-]+", "-", letter.owner.key).strip(".-_")[:_LONGEST_NAME] or "owner"
        if is_windows_device(name.partition(".")[0]):
            name = f"{name}-owner"
        taken = {known.casefold() for known in names}
        number = 1
        while f"{_numbered(name, number)}.eml".casefold() in taken:
            number += 1
        names.append(f"{_numbered(name, number)}.eml")
    return tuple(names)


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def body(report: Chase, letter: Letter) -> Iterator[str]:
    """The letter line by line. A text from the records is never more than one line."""
    for line in _lines(report, letter):
        yield clean(line) if line.strip() else ""


def _lines(report: Chase, letter: Letter) -> Iterator[str]:
    mark = marking([letter])
    yield from (mark, "") if mark else ()
    yield from (salutation(letter), "")
    for part in letter.parts:
        yield from (opening(part, long_day), "")
        yield from _sections(letter, part)
    points = closing(letter)
    if points:
        yield from (points[0], *(f"- {point}" for point in points[1:]), "")
    yield from sign_off(report)
    for remark in (*notes(letter), *withheld_words(letter.withheld)):
        yield from ("", remark)


def _sections(letter: Letter, part: Part) -> Iterator[str]:
    number = 0
    for section, actions in part.sections:
        if not actions:
            continue
        title, remark = section_words(section, letter, part, long_day)
        yield title.upper()
        yield from (remark,) if remark else ()
        yield ""
        for asked in actions:
            number += 1
            yield from (f"{number}. {asked.row.ref}: {asked.row.state.text}", *_details(asked), "")


def _details(asked: Asked) -> Iterator[str]:
    state = asked.row.state
    overdue = (f"{count_words(asked.row.days_overdue, 'day')} overdue",) if asked.row.overdue else ()
    due = due_words(state, long_day)
    if due:
        yield f"   Due: {', '.join((due, *overdue, *carried_words(asked)))}"
    latest, *more = latest_words(asked, long_day)
    beside = f" ({'; '.join(more)})" if more else ""
    yield f"   Latest word: {latest}{beside}"
    yield from (f"   {line}" for line in shared_words(asked))
