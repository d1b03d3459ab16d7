"""A record's text as a tree of nodes that know where they stand.

Every scalar is the text that stands in the file: nothing is guessed to be a number, a day or a truth
value here (`NO` is the two letters). What a field means is decided field by field, with file and line.
Offsets count characters of the text that was read, lines count from 1.
"""

from typing import NamedTuple, Union

Node = Union["ScalarNode", "ListNode", "MapNode"]

_ABSENT = frozenset({"", "~", "null", "Null", "NULL"})


class ScalarNode(NamedTuple):
    """A text. `style` is `plain`, `'`, `"`, `|` or `>`; `start` and `end` bound it with its quotes.

    A text in block style ends with its last line that is not blank, unless it keeps the blank ones (`|+`).
    A value of which nothing stands there starts and ends where it would.
    """

    text: str
    style: str
    start: int
    end: int
    line: int

    @property
    def absent(self) -> bool:
        """Whether it says that there is no value: nothing at all, `~` or `null`, without quotes."""
        return self.style == "plain" and self.text in _ABSENT


class ListNode(NamedTuple):
    """A list, in block style or in `[…]` (flow).

    One in block style starts at its first dash and ends with its last entry.
    """

    items: tuple[Node, ...]
    flow: bool
    start: int
    end: int
    line: int


class MapNode(NamedTuple):
    """A mapping in the order of the file, in block style or in `{…}` (flow). Its keys are unique.

    One in block style starts at its first key and ends with its last value.
    """

    pairs: tuple[tuple[ScalarNode, Node], ...]
    flow: bool
    start: int
    end: int
    line: int

    def get(self, key: str) -> Node | None:
        """The value of this key; None if the key is not there."""
        return next((value for name, value in self.pairs if name.text == key), None)
