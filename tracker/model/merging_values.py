"""The rule of every merge: what one side left alone is as the other side has it."""

from typing import Any, Final, Generic, NamedTuple, TypeVar

_T = TypeVar("_T")


class Three(NamedTuple, Generic[_T]):
    """What our side has, what both started from, and what their side has."""

    ours: _T
    base: _T
    theirs: _T


class _Conflict:
    """The mark of what was changed both ways."""


CONFLICT: Final = _Conflict()


def merge_values(three: Three[Any]) -> Any:
    """The value that the sides agree on, or that one of them changed; CONFLICT if both changed it."""
    ours, base, theirs = three
    if ours == theirs or theirs == base:
        return ours
    return theirs if ours == base else CONFLICT
