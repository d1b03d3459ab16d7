"""Reports as a page: one file that any browser shows, a phone too, and that prints as a paper.

It asks for nothing from outside, and says so itself: a content security policy allows its own style sheet, by
its hash, and nothing else. So whatever a text from the records tries to be, it stays text. The page is laid out
for WCAG 2.2 AA: landmarks, headings in order, tables with captions and headers, no meaning in colour alone.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.model.dates import long_day
from tracker.renderers.base import Screen
from tracker.renderers.clean import clean
from tracker.renderers.papers.document import Bar, Bars, Block, Cell, Document, Heading, Table, Value
from tracker.renderers.papers.making import document_of
from tracker.renderers.words import cell_words

if TYPE_CHECKING:
    from jinja2 import Environment

    from tracker.renderers.base import Report

_TEMPLATES: Final = Path(__file__).with_name("templates")
# A table with more columns lies better on a sheet turned on its side, and may have to be scrolled in its frame.
_UPRIGHT: Final = 5
# So many bits of a page are handed on at a time: a long one needs no room for all of it, nor a write for each bit.
_BITS_AT_A_TIME: Final = 500
_NOT_PLAIN: Final = re.compile(r"[^A-Za-z0-9 ]")


class Part(NamedTuple):
    """A block with what its place in the page decides.

    `name` is its id in the page, `level` that of a heading, `most` the greatest amount of a plot. `repeated`
    says that the heading above has the words of its caption, `scrolls` that its table may be too wide for a window.
    """

    block: Block
    template: str
    name: str
    level: int = 2
    most: float = 0.0
    repeated: bool = False
    scrolls: bool = False


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """The report as a page. In a stream that is not UTF-8 the page names each letter beyond ASCII by its number."""
    pieces = html_document(document_of(report, long_day), screen)
    if screen.encoding.lower().replace("-", "") in ("utf8", "utf8sig"):
        return pieces
    return (piece.encode("ascii", "xmlcharrefreplace").decode("ascii") for piece in pieces)


def html_document(paper: Document, screen: Screen = Screen()) -> Iterator[str]:
    """The paper as a page, in pieces; the rows of its tables are taken one by one, through `screen.watch`."""
    style = _style(paper)
    page = _environment().get_template("page.html")
    stream = page.stream(
        paper=paper,
        parts=_parts(paper),
        landscape=any(_wide(block) for block in paper.blocks),
        style=_trusted(style),
        policy=_policy(style),
        watch=screen.watch,
    )
    stream.enable_buffering(_BITS_AT_A_TIME)
    yield from stream


def _environment() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_cleaned,
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
    )
    environment.tests.update(day=lambda value: isinstance(value, date), filled=_filled)
    environment.filters.update(words=_words, share=_share)
    environment.globals.update(told=_told)
    return environment


def _cleaned(value: Any) -> Any:
    """What a template prints, before it is escaped. What a template has made itself is no `str` but its subclass."""
    return clean(value) if type(value) is str else value


def _trusted(text: str) -> str:
    from markupsafe import Markup

    return Markup(text)


def _words(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int | float) else cell_words(value, long_day)


def _filled(cell: Cell) -> bool:
    return bool(_words(cell.value) or cell.beneath)


def _told(pairs: Iterable[tuple[str, Value]]) -> list[tuple[str, tuple[Value, ...]]]:
    """The facts that have a value, each with its lines."""
    lines = ((label, value if isinstance(value, tuple) else (value,)) for label, value in pairs)
    return [(label, kept) for label, values in lines if (kept := tuple(v for v in values if v not in (None, "")))]


def _share(bar: Bar, most: float) -> str:
    """How long the bar is, in hundredths of the longest."""
    return f"{100 * bar.amount / most:.4g}" if most > 0 else "0"


def _parts(paper: Document) -> Iterator[Part]:
    """The blocks in their places; no level of heading is left out on the way down."""
    above, said = 1, paper.title
    for number, block in enumerate(paper.blocks, start=1):
        part = Part(block, f"{type(block).__name__.lower()}.html", f"part-{number}")
        if isinstance(block, Heading):
            above = min(block.level, above + 1)
            said = block.text
            yield part._replace(level=above)
        elif isinstance(block, Table | Bars):
            yield _captioned(part, block, said)
        else:
            yield part


def _captioned(part: Part, block: Table | Bars, said: str) -> Part:
    """The place of a table or a plot under the heading `said`."""
    part = part._replace(repeated=block.caption.casefold() in said.casefold())
    if isinstance(block, Table):
        return part._replace(scrolls=_wide(block)) if block.rows else part._replace(template="nothing.html")
    if not block.bars:
        return part._replace(template="nothing.html")
    return part._replace(most=max(bar.amount for bar in block.bars))


def _wide(block: Block) -> bool:
    return isinstance(block, Table) and len(block.columns) > _UPRIGHT


def _style(paper: Document) -> str:
    """The style sheet, with what stands at the edges of each sheet when this paper is printed."""
    sheet = "A4 landscape" if any(_wide(block) for block in paper.blocks) else "A4"
    edges = [
        f"@bottom-left {{ content: {_css_text(paper.title)}; }}",
        '@bottom-right { content: "Page " counter(page) " of " counter(pages); }',
    ]
    if paper.marking:
        edges += [f"@{edge}-center {{ content: {_css_text(paper.marking)}; }}" for edge in ("top", "bottom")]
    # the first sheet begins with the marking anyway
    page = f"@page {{ size: {sheet}; {' '.join(edges)} }}\n@page :first {{ @top-center {{ content: none; }} }}\n"
    return "\n" + (_TEMPLATES / "page.css").read_text("utf-8") + page


def _css_text(text: str) -> str:
    """The text as a string of CSS in which every sign but letters, figures and blanks is written as its number."""
    return '"' + _NOT_PLAIN.sub(lambda sign: f"\\{ord(sign[0]):x} ", clean(text)) + '"'


def _policy(style: str) -> str:
    """What the page may do: wear this style and an icon of its own; ask for, run and send nothing."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
