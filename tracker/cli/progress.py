"""A bar for a person who waits longer than a second, on standard error."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from tracker.cli.clock import ticking

_PATIENCE: Final = 1.0
_STEP: Final = 0.1
_LONGEST: Final = 30


class Bar:
    """Shows `done` of `total` once a second has passed; gone without a trace at the end.

    For a person at the terminal only: who makes one asks first whether standard error is one.
    """

    def __init__(self, label: str, total: int) -> None:
        self.label = label
        self.total = total
        self._next = ticking() + _PATIENCE
        self._shown = ""

    def show(self, done: int) -> None:
        """Draw the bar where it is time to."""
        if ticking() < self._next or not self.total:
            return
        self._next = ticking() + _STEP
        self._shown = self._drawn(done)
        self._put(f"\r{self._shown}")

    def end(self) -> None:
        """Take the bar away."""
        if self._shown:
            self._put("\r" + " " * len(self._shown) + "\r")
            self._shown = ""

    def _drawn(self, done: int) -> str:
        """The bar on one line of the terminal, however narrow: what is wrapped could not be taken away."""
        from tracker.cli.screen import width

        total = f"{self.total:,}"
        counts = f"{done:>{len(total)},} of {total}"
        room = min(_LONGEST, width() - len(self.label) - len(counts) - 5)
        if room < 1:
            return counts[: width() - 1]
        filled = room * done // self.total
        return f"{self.label} [{'#' * filled}{'-' * (room - filled)}] {counts}"

    def _put(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except OSError:  # what it says is lost, what it is about is not
            self._next = float("inf")


def watched_rows(label: str) -> Callable[[Sequence[Any]], Iterable[Any]]:
    """What takes the rows of a table and gives them on one by one, with a bar where a person waits."""

    def watch(rows: Sequence[Any]) -> Iterator[Any]:
        bar = Bar(label, len(rows)) if sys.stderr.isatty() else None
        try:
            for done, row in enumerate(rows):
                if bar:
                    bar.show(done)
                yield row
        finally:
            if bar:
                bar.end()

    return watch
