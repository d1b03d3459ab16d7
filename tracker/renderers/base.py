"""What a renderer is: a module with a function `render` that turns a report into pieces of text.

Pieces come one after the other, so that a long report starts to print before all of it is laid out.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol, TextIO

from tracker.renderers.clean import encodable
from tracker.reports.changes import Changes, Log
from tracker.reports.details import ActionDetail, BoardDetail, Columns, MeetingDetail
from tracker.reports.findings import Findings
from tracker.reports.listing import ActionList, OverdueReport

Report = ActionList | OverdueReport | ActionDetail | MeetingDetail | BoardDetail | Columns | Findings | Changes | Log


class Screen(NamedTuple):
    """What the output goes to: its width in cells, whether it shows colour, what characters it takes."""

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"


class Renderer(Protocol):
    """A format. Data formats take no notice of the screen."""

    def render(self, report: Report, screen: Screen) -> Iterator[str]: ...


def write_out(stream: TextIO, pieces: Iterable[str]) -> None:
    """Write the pieces and flush.

    What the stream's encoding lacks is written as a visible escape. A reader that went away shows as
    BrokenPipeError, a full disk as OSError; both are the caller's to tell.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    for piece in pieces:
        stream.write(encodable(piece, encoding))
    stream.flush()
