"""Why a text is not YAML, in the words of somebody who edits it by hand."""

import re
from typing import Any

from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_text import BadText, line_at

USE_TEXT = "Write the text itself; if the text starts with this sign, put it in double quotes"

_CONFLICT = re.compile(r"^(<{7}|={7}|>{7}|\|{7})(?=[ \r\n]|\Z)", re.MULTILINE)
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\r?\n)*%")
_TAB_INDENT = re.compile(r"^ *\t[ \t]*(?![\s#])", re.MULTILINE)

_TAB = ("a tab stands where the line is indented", "Indent with spaces")
_ESCAPE = (
    "a backslash in double quotes is followed by something unknown",
    "Write \\\\ for one backslash, or use single quotes",
)
_NO_CHARACTER = re.compile(r"\\U(?!000|0010)")
_EXPLAINED: tuple[tuple[str, str, str], ...] = (
    (r"'\\t' that cannot start", *_TAB),
    (r"'[@`%|>]' that cannot start|parsing a block node expected the node content",
     "a text may not start with this sign", "Put the text in double quotes"),
    (r"unknown escape|escape sequence|hexadecimal", *_ESCAPE),
    (r"mapping values are not allowed|found unexpected ':'",
     "a colon stands here where no value can start",
     "Put the text that holds the colon in double quotes, or mend the indentation"),
    (r"quoted scalar|end of stream|document separator",
     "a quotation mark or bracket that was opened is not closed", "Close it, or put the whole text in double quotes"),
    (r"flow (sequence|mapping|node)",
     "a list in brackets is not closed, or a comma is missing", "Close the bracket, or put the text in double quotes"),
    (r"expected ':'", "a key without a colon stands here", "Write it as `key: value`"),
    (r"alias|anchor", "an anchor or alias (& or *) stands here", USE_TEXT),
    (r"tag", "a tag (!) stands here", USE_TEXT),
    (r"directive", "a directive (%) stands here", "Delete the line that starts with %"),
    (r"block scalar|indentation indicator",
     "a text that starts with | or > cannot be read", "Put the text in double quotes"),
    (r"document start|<block end>|block (sequence|mapping|collection)|sequence entries",
     "the line does not fit the lines above it",
     "Mend the indentation: keys of one record stand under each other"),
)  # fmt: skip


def check_lines(text: str) -> None:
    """Raise BadText for the marks of an unfinished merge, and for a directive."""
    if found := _CONFLICT.search(text):
        raise BadText(
            line_at(text, found.start()),
            f"a merge was left unfinished here ({found[1]})",
            "Keep the lines that are right and delete the lines <<<<<<<, ======= and >>>>>>>",
        )
    if found := _DIRECTIVE.match(text):
        line = line_at(text, found.end() - 1)
        raise BadText(line, "a directive (%) stands here", "Delete the line that starts with %")


def check_tabs(text: str, tree: MapNode) -> None:
    """Raise BadText for a line that is indented with a tab and does not merely continue a text."""
    for found in _TAB_INDENT.finditer(text):
        if not _inside_text(tree, found.start()):
            raise BadText(line_at(text, found.start()), *_TAB)


def explain(error: Exception, text: str) -> BadText:
    """What an error of the parser means, with the line where it shows."""
    mark: Any = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = None if mark is None else min(mark.line, text.rstrip().count("\n")) + 1
    if line is not None and _TAB_INDENT.match(text.splitlines(keepends=True)[line - 1]):
        return BadText(line, *_TAB)
    if isinstance(error, ValueError | OverflowError) and (found := _NO_CHARACTER.search(text)):
        return BadText(line_at(text, found.start()), *_ESCAPE)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '') or error}"
    for pattern, message, advice in _EXPLAINED:
        if re.search(pattern, said):
            return BadText(line, message, advice)
    return BadText(line, "this is not YAML", "Compare the line with another record and mend it")


def _inside_text(node: Node, offset: int) -> bool:
    if isinstance(node, ScalarNode):
        return node.start < offset < node.end
    children: list[Node] = list(node.items) if isinstance(node, ListNode) else [value for _, value in node.pairs]
    return any(_inside_text(child, offset) for child in children)
