"""The usual form of a record, as the program itself writes it, read many times as fast as YAML in general.

Contract: `usual_values` and `values_in` find what `read_tree` finds in the same bytes or text, or None, and never
raise. They know only
- lines ended by a bare newline, every character of them visible or a space;
- `key: value` at the left edge, and below `key:` a list of entries: `  - key: value`, then `    key: value`,
  or names: `  Name:`, then `    key: value`;
- values on the line of their key: plain, in quotes, or short texts in brackets;
- comments on lines of their own, and blank lines, above a key at the left edge.
Such lines cannot hold an anchor, alias, tag, directive or second document, and none can continue another;
whatever is written in any other way is left to `read_tree`, which also tells what is wrong in it.
"""

import re
from functools import lru_cache
from typing import TypeAlias, Union

from tracker.storage.yaml_text import MAX_KEY

Value: TypeAlias = Union[str, tuple[str, ...], "list[Values]", "dict[str, Values]"]
"""A text, a list of texts, the entries of a list of mappings, or mappings by their names."""

Values: TypeAlias = dict[str, Value]
"""The values of a mapping by their keys, in the order of the file; an absent one never stands there."""

# Each value takes more than two bytes, so that no file of this size has more of them than a record may hold.
MOST_BYTES = 16 * 1024

# The second alternative takes all that stands below the first line of another form: nothing is passed over.
_BLOCK = re.compile(
    r"(?:#.*\n|\n)*([a-z_]{1,%d}):(?: (.+)|((?:\n  - .+(?:\n    .+)*)+)|((?:\n  [A-Za-z].*:(?:\n    .+)+)+))\n|(?s:.+)"
    % MAX_KEY
)
_IN_BRACKETS = re.compile(r"""([^\W\d_](?:[\w &()./-]*[\w).])?)|"([^"\\]*)\"""")
# Texts, because compiling them takes longer than to read a record, and few records need them.
_NAME = r"[A-Za-z](?:[\w &./-]{0,%d}\w)?" % (MAX_KEY - 2)
_ESCAPED = r'[^"\\]*+(?:\\["\\n][^"\\]*+)*+'
_ESCAPE = r"\\(.)"
_ESCAPES = {"n": "\n", '"': '"', "\\": "\\"}
_ABSENT = ("null", "Null", "NULL")

# A value no longer than this is a day, a word, a reference or owners, and stands in many records.
_SHORT = 32


def usual_values(content: bytes) -> Values | None:
    """The values that the bytes of a file hold; None unless all of it is in the usual form."""
    if len(content) > MOST_BYTES:
        return None
    try:
        return values_in(content.decode())
    except UnicodeDecodeError:
        return None


def values_in(text: str) -> Values | None:
    """The values that the text of a file (without byte order mark) holds; None unless all of it is in the usual form.

    The keys of entries and below names are not judged: they are what stands before a colon and a space.
    """
    values: Values = {}
    value: Value | None
    for name, written, listed, named in _BLOCK.findall(_complete(text)):
        if named:
            value = _named(named)
        else:
            value = _entries(listed) if listed else _short(written) if len(written) <= _SHORT else _value(written)
        if value is None or name in values:
            return None
        values[name] = value
    return values or None


def _complete(text: str) -> str:
    """The text, ended by a newline; empty if it is long or a character of it cannot be seen."""
    if len(text) > MOST_BYTES or not text.replace("\n", "").isprintable():
        return ""
    return text if text.endswith("\n") else text + "\n"


def _entries(listed: str) -> list[Values] | None:
    entries = []
    for entry in listed.split("\n  - ")[1:]:
        values = _fields(entry.split("\n    "))
        if values is None:
            return None
        entries.append(values)
    return entries


def _named(below: str) -> dict[str, Values] | None:
    found: dict[str, Values] = {}
    for entry in re.split(r"\n  (?! )", below)[1:]:
        head, *lines = entry.split("\n    ")
        name = head[:-1]
        values = _fields(lines)
        if values is None or name in found or not re.fullmatch(_NAME, name, re.ASCII) or name in _ABSENT:
            return None
        found[name] = values
    return found


def _fields(lines: list[str]) -> Values | None:
    values: Values = {}
    for line in lines:
        name, _, written = line.partition(": ")
        value = _short(written) if len(written) <= _SHORT else _value(written)
        if value is None or name in values:
            return None
        values[name] = value
    return values


def _value(written: str) -> str | tuple[str, ...] | None:
    first = written[:1]
    if first.isalnum():
        return None if ": " in written or " #" in written or written[-1] in ": " or written in _ABSENT else written
    if first == "[":
        return _texts(written)
    if len(written) < 2 or written[-1] != first:
        return None
    if first == '"':
        return _double_quoted(written[1:-1])
    return _single_quoted(written[1:-1]) if first == "'" else None


_short = lru_cache(maxsize=4096)(_value)


def _double_quoted(inner: str) -> str | None:
    if "\\" not in inner:
        return None if '"' in inner else inner
    if re.fullmatch(_ESCAPED, inner) is None:
        return None
    return re.sub(_ESCAPE, lambda found: _ESCAPES[found[1]], inner)


def _single_quoted(inner: str) -> str | None:
    return None if "'" in inner.replace("''", "") else inner.replace("''", "'")


def _texts(written: str) -> tuple[str, ...] | None:
    inner = written[1:-1]
    found = [_IN_BRACKETS.fullmatch(entry) for entry in inner.split(", ")] if inner else []
    texts = tuple(match[1] or match[2] for match in found if match and match[1] not in _ABSENT)
    return texts if len(texts) == len(found) and written[-1] == "]" else None
