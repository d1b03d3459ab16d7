"""What all papers have in common on the command line: whose eyes they are for, and what stands at their head."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.cli.globals import takes
from tracker.cli.options import option

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.papers.audience import Audience
    from tracker.reports.papers.head import Given

_F = TypeVar("_F", bound=Callable[..., Any])


def paper_options(function: _F) -> _F:
    """The options that every paper has; the command gets `public`, None unless said."""
    function = option(
        "--public/--with-restricted", "public", default=None,
        help="Leave out what is marked restricted, and say how much; or print it. Unless said, as board.yaml says.",
    )(function)  # fmt: skip
    return takes("records", "board", "as_of", "format", "rev")(function)


def head_options(function: _F) -> _F:
    """What is printed at the head of a paper for a meeting: `agenda_item`, `author` and `classification`."""
    for flag, metavar, words in (
        ("--classification", "TEXT", "Printed on every page, such as OFFICIAL."),
        ("--author", "NAME", "Who wrote the paper; unless said, as board.yaml says."),
        ("--agenda-item", "N", "The agenda item under which the paper is taken."),
    ):
        function = option(flag, metavar=metavar, help=words)(function)
    return function


def audience(register: "Register", public: bool | None) -> "Audience":
    """Who reads the paper."""
    from tracker.reports.papers.audience import Audience

    return Audience(register, None if public is None else "public" if public else "everything")


def given(agenda_item: str | None, author: str | None, classification: str | None) -> "Given":
    """What was said about the head of the paper."""
    from tracker.reports.papers.head import Given

    return Given(agenda_item, author, classification)
