"""What a report of everything begins before the program that makes it is there.

To import what reads a command line and makes a report takes as long as to look at all files of a large register.
So a second process begins with the files (`tracker/storage/index/helping.py`) by what the words themselves tell:
a guess, which nothing but time hangs on.
"""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tracker.storage.reading import Begun

_GO_THROUGH_ALL: Final = frozenset({"brief", "calendar", "list", "overdue", "overview", "stats"})
# Options that may stand before the command's name and have a value.
_WITH_VALUE: Final = frozenset({"--records", "--board", "--as-of", "--as-at", "--format", "--out", "--rev"})
# With these, even such a command reads only a few files, or none.
_READ_LESS: Final = ("--rev", "--meeting", "--help", "-h")


def begin_ahead(words: Sequence[str]) -> "Begun | None":
    """Begin the reading that a command line of these words will probably need; None where there is no help in that."""
    if _name(words) not in _GO_THROUGH_ALL or any(word.partition("=")[0] in _READ_LESS for word in words):
        return None
    from tracker.errors import NotFound
    from tracker.storage.finding import find_folder
    from tracker.storage.reading import begin_reading

    try:
        return begin_reading(find_folder(os.getcwd(), _said(words) or os.environ.get("TRACKER_RECORDS") or None))
    except (NotFound, OSError):  # which the command says, when it comes to that
        return None


def _name(words: Sequence[str]) -> str | None:
    """The name of the command: the first word that is neither an option nor the value of one."""
    before = ""
    for word in words:
        if not word.startswith("-") and before not in _WITH_VALUE:
            return word
        before = word
    return None


def _said(words: Sequence[str]) -> str | None:
    """The register that `--records` names."""
    for word, following in zip(words, [*words[1:], ""]):
        name, equals, value = word.partition("=")
        if name == "--records":
            return value if equals else following
    return None
