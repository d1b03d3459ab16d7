"""Tab-separated lines for other programs: no header, nothing cut, no colour."""

from collections.abc import Iterator

from tracker.renderers.base import Report, Screen
from tracker.renderers.clean import clean
from tracker.renderers.lines import lines


def render(report: Report, screen: Screen = Screen()) -> Iterator[str]:
    """A line each (`tracker.renderers.lines`); a tab or line break in a text becomes a space."""
    for line in lines(report):
        yield "\t".join(map(clean, line)) + "\n"
