"""The formats by name. A new format is a module in this folder and a line in `FORMATS`."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from tracker.errors import NotUnderstood

if TYPE_CHECKING:
    from tracker.renderers.base import FileRenderer, Renderer, Report


class Format(NamedTuple):
    """A format: its module, the endings of its files, and whether it is written as bytes.

    `signed`: its files begin with a byte order mark, without which Excel takes UTF-8 for another encoding.
    """

    module: str
    endings: tuple[str, ...]
    binary: bool = False
    signed: bool = False


FORMATS: Final[dict[str, Format]] = {
    "table": Format("table", (".txt",)),
    "tsv": Format("tsv", (".tsv",)),
    "csv": Format("csv", (".csv",), signed=True),
    "json": Format("json", (".json",)),
    "markdown": Format("markdown", (".md", ".markdown")),
    "html": Format("html", (".html", ".htm")),
    "docx": Format("docx", (".docx",), binary=True),
    "xlsx": Format("xlsx", (".xlsx",), binary=True),
    "ics": Format("ics", (".ics",), binary=True),
    "eml": Format("eml", (".eml",), binary=True),
}
_ONLY_FOR: Final = {"ics": ("calendar",), "eml": ("chase",)}
"""Formats that mean something to some papers only."""

ALSO: Final = {"md": "markdown", "text": "table", "word": "docx", "excel": "xlsx"}
AT_A_TERMINAL: Final = "table"
PIPED: Final = "tsv"


def formats_for(report: "Report") -> tuple[str, ...]:
    """The formats that this report has."""
    paper = getattr(report, "paper", "")
    return tuple(name for name in FORMATS if name not in _ONLY_FOR or paper in _ONLY_FOR[name])


def text_renderer(name: str) -> "Renderer":
    """The module of a format that is text."""
    return cast("Renderer", import_module(f"tracker.renderers.{FORMATS[name].module}"))


def file_renderer(name: str) -> "FileRenderer":
    """The module of a format that is bytes."""
    return cast("FileRenderer", import_module(f"tracker.renderers.{FORMATS[name].module}"))


def format_of(file_name: str) -> str:
    """The format that a file's ending asks for. NotUnderstood lists the endings."""
    low = file_name.lower()
    for name, known in FORMATS.items():
        if low.endswith(known.endings):
            return name
    if low.endswith(".pdf"):
        raise NotUnderstood("A PDF is made by printing: write a .docx or .html file and save that as PDF.")
    endings = ", ".join(known.endings[0] for known in FORMATS.values())
    raise NotUnderstood(f"The ending of the file says its format; say one of {endings}, or say --format.")
