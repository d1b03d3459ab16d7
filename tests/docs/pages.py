"""The pages of the documentation, and the parts of them that tests look up.

A part that a test reads has a comment in front of it, which no reader sees: `<!-- file: NAME -->` or
`<!-- record: NAME -->` before a fenced block, `<!-- table: NAME -->` before a table.
"""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
CHANGELOG = ROOT / "CHANGELOG.md"
COMMANDS = ROOT / "docs" / "commands.md"
REVIEWING = ROOT / "docs" / "reviewing.md"
PERFORMANCE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "overdue.svg"
PAGES = (README, CONTRIBUTING, CHANGELOG, COMMANDS, REVIEWING, PERFORMANCE)

_BLOCK = re.compile(r"<!-- (?P<kind>[a-z]+): (?P<name>[^ ]+) -->\n```(?P<language>.+)\n(?P<text>(?:.*\n)*?)```\n")
_SPAN = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_CELL_EDGE = re.compile(r"(?<!\\)\|")


class Block(NamedTuple):
    """A fenced block with the comment in front of it."""

    kind: str
    name: str
    language: str
    text: str


def read(page: Path) -> str:
    return page.read_text("utf-8")


def blocks(text: str, kind: str) -> list[Block]:
    """The blocks marked as of this kind, in order."""
    return [Block(**match.groupdict()) for match in _BLOCK.finditer(text) if match["kind"] == kind]


def table(text: str, name: str) -> list[list[str]]:
    """The rows of the table marked so, without its head."""
    _, found, rest = text.partition(f"<!-- table: {name} -->\n")
    assert found, f"no table is marked {name}"
    lines = [line for line in rest.lstrip("\n").split("\n\n", 1)[0].splitlines() if line.startswith("|")]
    rows = [_cells(line) for line in lines[2:]]
    assert rows, f"the table {name} is empty"
    return rows


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL_EDGE.split(line)[1:-1]]


def spans(text: str) -> list[str]:
    """What stands in this text as code, fenced blocks apart."""
    return _SPAN.findall(without_blocks(text))


def links(text: str) -> list[str]:
    """Where the links of this text go."""
    return _LINK.findall(text)


def anchors(text: str) -> set[str]:
    """The headings of a page, as links name them."""
    headings = re.findall(r"^#+ (.+)$", without_blocks(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def without_blocks(text: str) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
