"""Which module words a report for people, for spreadsheets and for programs.

A paper names its module here by its attribute `paper` (`brief` is worded by `brief.py`); every other
report is worded by `lists.py`.
"""

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

if TYPE_CHECKING:
    from tracker.renderers.base import Json, Report
    from tracker.renderers.papers.document import Data, Document


class Wording(Protocol):
    """What a module of this folder must have."""

    def document(self, report: Any, say_day: Callable[[date], str]) -> "Document":
        """The paper for people; days inside sentences are written by `say_day`."""

    def data(self, report: Any) -> "Data":
        """The rows for tsv, csv and xlsx."""

    def json_object(self, report: Any) -> "dict[str, Json]":
        """The object for json; its first key is `paper`, the name of the paper."""


def is_paper(report: "Report") -> bool:
    """Whether the report is one of the papers."""
    return hasattr(report, "paper")


def document_of(report: "Report", say_day: Callable[[date], str]) -> "Document":
    """Any report as a document."""
    return _wording(report).document(report, say_day)


def data_of(report: "Report") -> "Data":
    """Any report as rows of one kind."""
    return _wording(report).data(report)


def object_of(report: "Report") -> "dict[str, Json]":
    """A paper as an object for json."""
    return _wording(report).json_object(report)


def _wording(report: "Report") -> Wording:
    name = getattr(report, "paper", "lists")
    return cast(Wording, import_module(f"tracker.renderers.papers.{name}"))
