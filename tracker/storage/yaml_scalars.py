"""Writing values as YAML that a YAML 1.1 and a YAML 1.2 reader take for the same thing.

A text is plain only where both read exactly that text in every place; otherwise it stands in quotes, on
one line however long it is, and what nobody could see in an editor is written as an escape.
"""

import re
import unicodedata
from datetime import date
from typing import TypeAlias, Union

from tracker.errors import Refused
from tracker.storage.yaml_text import MAX_BYTES, MAX_KEY

Value: TypeAlias = Union[str, date, bool, None, list["Value"], dict[str, "Value"]]
"""A value to be written. A key whose value is None is left out."""

Fields: TypeAlias = dict[str, Value]
"""The values of a record, or of a mapping inside one, in the order in which they are written."""

# Every spelling that YAML 1.1 (types bool, null) or 1.2 takes for something else, and a letter for `y`, `n`.
# Whatever else changes its type starts with a digit, a sign or a point, and so is never plain here.
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_PLAIN_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_-]*(?: [A-Za-z0-9_-]+)*")
_NOT_PLAIN = re.compile(r":(?= |\Z)| #|\s\Z|\t")
_NOT_PLAIN_IN_FLOW = re.compile(r"[\[\]{},:?#\"'`|]")
# Letters and marks that show nothing, beside the categories below. Source: Unicode, Default_Ignorable_Code_Point.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cn", "Zl", "Zp"})
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


class BadValue(Refused):
    """A value that no file can hold."""


def write_record(fields: Fields) -> str:
    """The text of a new record: mappings and lists of mappings in block style, other lists in brackets.

    Raises BadValue for a value that no file can hold, and for more than a record may hold.
    """
    text = "".join(line + "\n" for line in block_lines(fields, 0))
    if len(text.encode("utf-8")) > MAX_BYTES:
        raise BadValue(f"The record would be larger than {MAX_BYTES // 1024} KiB; shorten its texts.")
    return text


def block_lines(fields: Fields, indent: int) -> list[str]:
    """The lines of a mapping in block style, each key indented by so many spaces."""
    lines: list[str] = []
    for key, value in fields.items():
        if value is not None:
            lines += pair_lines(key, value, indent)
    return lines


def pair_lines(key: str, value: Value, indent: int) -> list[str]:
    """The lines of a key and its value in block style."""
    head = f"{' ' * indent}{write_key(key)}:"
    if is_inline(value):
        return [f"{head} {inline(value)}"]
    return [head, *nested_lines(value, indent + 2)]


def nested_lines(value: Value, indent: int) -> list[str]:
    """The lines of a list of mappings, or of a mapping, that stand under their key."""
    if isinstance(value, dict):
        return block_lines(value, indent)
    assert isinstance(value, list)
    return [line for entry in value for line in entry_lines(entry, indent)]


def entry_lines(entry: Value, indent: int, gap: int = 1) -> list[str]:
    """The lines of one entry of a list; `gap` spaces stand between its dash and its value."""
    lead = " " * indent + "-" + " " * gap
    if not isinstance(entry, dict) or not entry:
        return [lead + inline(entry)]
    first, *others = block_lines(entry, len(lead))
    return [lead + first.lstrip(" "), *others]


def is_inline(value: Value) -> bool:
    """Whether the value stands on the line of its key: all but mappings and lists that hold mappings."""
    if isinstance(value, list):
        return not any(isinstance(entry, dict) for entry in value)
    return not (isinstance(value, dict) and value)


def inline(value: Value, flow: bool = False) -> str:
    """The value on one line, lists in `[…]` and mappings in `{…}`; `flow` if it stands inside brackets itself."""
    if isinstance(value, list):
        return "[" + ", ".join(inline(entry, flow=True) for entry in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(inline_pair(key, entry) for key, entry in value.items() if entry is not None) + "}"
    return write_scalar(value, flow=flow)


def inline_pair(key: str, value: Value) -> str:
    """A key and its value inside braces."""
    return f"{write_key(key)}: {inline(value, flow=True)}"


def write_key(key: str) -> str:
    """The key as it stands before its colon. Raises BadValue for one that the reader would refuse."""
    if not 0 < len(key) <= MAX_KEY or not key.isprintable() or not key.strip():
        raise BadValue(f"{key[:40]!r} cannot be a key in a file; use a short name of letters and digits.")
    return key if _PLAIN_KEY.fullmatch(key) and key.lower() not in _RESERVED else _double_quoted(key)


def write_scalar(value: str | date | bool | None, *, flow: bool = False, like: str = "plain") -> str:
    """A text, day or truth value on one line.

    `flow` says that it stands inside brackets. `like` is the style of the value that it replaces or stands
    beside (as in `ScalarNode`), kept where the text allows it. Raises BadValue for half a character.
    """
    text = plain_text(value)
    if like == "'" and not _needs_escape(text):
        return _single_quoted(text)
    if like == '"':
        return _double_quoted(text)
    if not isinstance(value, str) or _is_plain(text, flow):
        return text
    if ('"' in text or "\\" in text) and "'" not in text and not _needs_escape(text):
        return _single_quoted(text)
    return _double_quoted(text)


def plain_text(value: str | date | bool | None) -> str:
    """What a reader of texts finds for this value. Raises BadValue for a lone surrogate, which is half a character."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadValue("The text holds half of a character, which no file can hold; type that character again.")
    return value


def _is_plain(text: str, flow: bool) -> bool:
    if not text[:1].isalpha() or text.lower() in _RESERVED or _needs_escape(text):
        return False
    return _NOT_PLAIN.search(text) is None and not (flow and _NOT_PLAIN_IN_FLOW.search(text))


def _needs_escape(text: str) -> bool:
    return not text.isprintable() and any(_unseen(character) for character in text) or not _BLANK.isdisjoint(text)


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN_CATEGORIES or character in _BLANK


def _single_quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    if character.isascii() and character.isprintable() or not _unseen(character):
        return character
    code = ord(character)
    return f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}" if code < 0x10000 else f"\\U{code:08X}"
