"""The bytes of a record as text, and back byte for byte.

A text keeps its newlines as they stand (LF, CRLF, or both): only a byte order mark at the start is
taken off, because positions would count it, and put back by `encode`.
"""

import re
from typing import NamedTuple

from tracker.errors import Problem, TrackerError

# The reader is pure Python and takes up to 4 microseconds a byte, so the worst file of this size is read
# or refused in about half a second. It leaves room for a text of 10,000 characters that all need escapes;
# a record of a long-lived action has 10 KiB.
MAX_BYTES = 128 * 1024

MAX_KEY = 128
"""The longest key, in characters; YAML itself ends at 1024."""

_BOM = "\ufeff"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")

# What YAML forbids, and the invisible line ends (NEL, U+2028, U+2029, a lone carriage return) that a YAML 1.1
# and a YAML 1.2 reader take for different things.
_FORBIDDEN = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]|\r(?!\n)"


class InText(TrackerError):
    """Something about a text whose file is not known here.

    `message` says what is wrong and `advice` what to do in the editor; `line` counts from 1 and is None
    where the whole file is meant.
    """

    def __init__(self, line: int | None, message: str, advice: str) -> None:
        where = "" if line is None else f"Line {line}: "
        super().__init__(f"{where}{message}. {advice}.")
        self.line = line
        self.message = message
        self.advice = advice

    def at(self, path: str) -> Problem:
        """The same, of the file at this path of the register."""
        return Problem(path, self.line, self.message, self.advice)


class BadText(InText):
    """A text that is not a record."""


class Text(NamedTuple):
    """The text of a file; `bom` says whether a byte order mark stands before it."""

    text: str
    bom: bool = False


def decode(data: bytes) -> Text:
    """The text of a record's bytes.

    Raises BadText for any encoding but UTF-8, for more than `MAX_BYTES`, and for control characters.
    """
    check_size(len(data))
    if data.startswith(_UTF16_MARKS):
        raise BadText(1, "the file is saved as UTF-16", _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BadText(line, "a letter here is not saved as UTF-8", _SAVE_AS_UTF8) from None
    bom = text.startswith(_BOM)
    text = text[1:] if bom else text
    check_characters(text)
    return Text(text, bom)


def encode(text: Text) -> bytes:
    """The bytes of a file that holds this text; what `decode` read comes back byte for byte."""
    return ((_BOM if text.bom else "") + text.text).encode("utf-8")


def check_size(size: int) -> None:
    """Raise BadText for a file of too many bytes."""
    if size > MAX_BYTES:
        raise BadText(
            None,
            f"the file is too large for a record ({size // 1024 + 1} KiB, at most {MAX_BYTES // 1024} KiB)",
            "Move what is no part of the record, such as the text of a paper, into a file of its own",
        )


def check_characters(text: str) -> None:
    """Raise BadText for the first character that no record may hold as it stands."""
    found = re.search(_FORBIDDEN, text)
    if found is None:
        return
    name = f"U+{ord(found[0]):04X}"
    line = line_at(text, found.start())
    if found[0] == "\0":
        raise BadText(line, "the file holds a NUL character: it is no text, or saved as UTF-16", _SAVE_AS_UTF8)
    raise BadText(line, f"an invisible control character ({name}) stands here", "Delete it, or retype the line")


def line_at(text: str, offset: int) -> int:
    """The number of the line, from 1, on which the character at this offset stands."""
    return text.count("\n", 0, offset) + 1


_SAVE_AS_UTF8 = 'Save the file again in your editor, choosing the encoding "UTF-8"'
