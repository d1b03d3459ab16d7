"""What a renderer is: a module with a function `render` that turns a report into pieces of text.

Pieces come one after the other, so that a long report starts to print before all of it is laid out.
A format of bytes has `write` instead.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TextIO

from tracker.renderers.clean import encodable

if TYPE_CHECKING:
    from typing import BinaryIO, Protocol

    from tracker.reports.changes import Changes, Log
    from tracker.reports.details import ActionDetail, BoardDetail, Columns, MeetingDetail
    from tracker.reports.findings import Findings
    from tracker.reports.listing import ActionList, OverdueReport
    from tracker.reports.papers.head import Paper

    Detail = ActionDetail | MeetingDetail | BoardDetail
    Report = ActionList | OverdueReport | Detail | Columns | Findings | Changes | Log | Paper

    class Renderer(Protocol):
        """A format. Data formats take no notice of the width."""

        def render(self, report: Report, screen: "Screen") -> Iterator[str]: ...

    class FileRenderer(Protocol):
        """A format of bytes, which is written to a file that need not be able to seek."""

        def write(self, report: Report, file: BinaryIO, screen: "Screen") -> None: ...

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


def _unwatched(rows: Sequence[Any]) -> Iterable[Any]:
    return rows


class Screen(NamedTuple):
    """What the output goes to: its width in cells, whether it shows colour, what characters it takes.

    Rows of a table that may be long are taken through `watch`, which may show how far it is.
    """

    width: int = 80
    colour: bool = False
    encoding: str = "utf-8"
    watch: Callable[[Sequence[Any]], Iterable[Any]] = _unwatched


def write_out(stream: TextIO, pieces: Iterable[str]) -> None:
    """Write the pieces and flush.

    What the stream's encoding lacks is written as a visible escape. A reader that went away shows as
    BrokenPipeError, a full disk as OSError; both are the caller's to tell.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    for piece in pieces:
        stream.write(encodable(piece, encoding))
    stream.flush()
