"""Tab-separated lines for other programs: no header, nothing cut, no colour."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tracker.renderers.action_lines import Line, action_line
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.reports.listing import ActionList, OverdueReport

if TYPE_CHECKING:
    from tracker.renderers.base import Report


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """A line each (`tracker.renderers.lines`); a tab or line break in a text becomes a space."""
    if isinstance(report, ActionList | OverdueReport):
        found: Iterable[Line] = map(action_line, report.rows)
    else:
        from tracker.renderers.lines import lines

        found = lines(report)
    for line in found:
        text = "".join(line)
        # most lines need no cleaning, and seeing that once is quicker than once a cell
        cells = line if text.isascii() and text.isprintable() else map(clean, line)
        yield "\t".join(cells) + "\n"
