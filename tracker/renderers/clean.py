"""Text from the records made safe to print. It is data: nothing in it is obeyed by a terminal.

Everything that a renderer prints goes through `clean` at one place of that renderer, or is escaped by
the format itself (JSON).
"""

import re
from functools import lru_cache
from typing import Final

# Unicode 16: the controls (Cc), format characters (Cf), line and paragraph separators, lone surrogates,
# private use and noncharacters, and what is drawn as nothing though it is no control (the Hangul fillers,
# the blank Braille pattern, most variation selectors, unassigned tags). Written out, so that the same
# text is printed alike whatever Unicode version the Python at hand was built with.
_HIDDEN: Final = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U0010ffff"
)
# The two selectors between a text and an emoji picture are left alone straight after such a sign.
_STRAY_SELECTOR: Final = "(?<![\u203c-\u3299\U0001f000-\U0001faff])[\ufe0e\ufe0f]"
_UNSAFE: Final = f"[{_HIDDEN}]|{_STRAY_SELECTOR}"
_LINE_SPACE: Final = r"\r\n|[\t\n\v\f\r\x85\u2028\u2029]"

# More marks on one letter than any living language writes; beyond it they only paint over other lines.
_MOST_MARKS: Final = 8
_FIRST_MARK: Final = "\u0300"


def unsafe(text: str) -> bool:
    """Whether `clean` would change the text because of a character that is hidden or a control."""
    return _pattern(_UNSAFE).search(text) is not None


def clean(text: str) -> str:
    """One line that any terminal prints and none obeys.

    Line breaks and tabs become a space. Every other control, bidirectional, invisible or format
    character, and each mark beyond the eighth on one letter, becomes a visible escape: `\\x1b`, `\\u202e`.
    Letters of any script, their marks and emoji stay; an emoji of several joined parts shows its joiner.
    """
    if text.isascii() and text.isprintable():
        return text
    if unsafe(text):
        text = _pattern(_UNSAFE).sub(_visible, _pattern(_LINE_SPACE).sub(" ", text))
    return text if max(text, default="") < _FIRST_MARK else _capped(text)


def encodable(text: str, encoding: str) -> str:
    """The text as a stream of this encoding can take it: what it lacks becomes a visible escape."""
    if text.isascii():
        return text
    return text.encode(encoding, "backslashreplace").decode(encoding)


@lru_cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compiled when a text needs it, which most do not: this takes longer than many a command."""
    return re.compile(text)


def _visible(match: re.Match[str]) -> str:
    return _escape(match[0])


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _capped(text: str) -> str:
    from unicodedata import category

    pieces = []
    marks = 0
    for character in text:
        marks = marks + 1 if category(character) in ("Mn", "Me") else 0
        pieces.append(character if marks <= _MOST_MARKS else _escape(character))
    return "".join(pieces)
