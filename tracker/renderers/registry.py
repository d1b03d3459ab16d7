"""The formats by name. A new format is a module here with a `render` and a line in `FORMATS`."""

from typing import Final

from tracker.renderers import csv, json, markdown, table, tsv
from tracker.renderers.base import Renderer

FORMATS: Final[dict[str, Renderer]] = {
    "table": table,
    "tsv": tsv,
    "csv": csv,
    "json": json,
    "markdown": markdown,
}
AT_A_TERMINAL: Final = "table"
PIPED: Final = "tsv"
