"""Markdown for a forge: text from the records is read there, and nothing in it comes alive."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.renderers.samples import DAY, EVERY_STATUS, REGISTER, a_register, drawn, every_report, said_everywhere
from tracker.renderers.markdown import inert
from tracker.reports.listing import list_actions, overdue

ALIVE = [
    "| cell | cell", "`code`", "``", "<script>alert(1)</script>", "<!-- comment", "<img src=x>", "&lt;b&gt;", "@someone", "@org/team", "a@b.example", "#12", "org/repo#12",
    "GH-12", "!12", "~label", "%milestone", "$12$", "^alert#1", "[link](http://x)", "[link]: http://x", "![image](http://x)", "http://example.org/x", "HTTPS://EXAMPLE.ORG",
    "ftp://example.org", "www.example.org", "mailto:a@b", ":smile:", "**bold**", "__bold__", "~~gone~~", "$`x`$", "$$x$$", "\\| cell", "\\`x", "{{x}}", "x\n# heading", "x\n\n- item", "[^1]",
    "<https://x>", "/close", "&amp;1", "[ ] task",
]  # fmt: skip
CELL = re.compile(r"(?<!\\)\|")
SPAN = re.compile(r"</?span>")


def read(text: str) -> str:
    """What a reader of the rendered text sees."""
    plain = SPAN.sub("", text)
    plain = re.sub(r"\\([\\`*_{}\[\]|~#])", r"\1", plain)
    return plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


@pytest.mark.parametrize("text", ALIVE)
def test_text_is_read_as_it_stands(text: str) -> None:
    assert read(inert(text)) == text.replace("\n", " ")


@pytest.mark.parametrize("text", ALIVE)
def test_nothing_comes_alive(text: str) -> None:
    found = inert(text)
    assert not CELL.search(found.replace("\\\\", ""))
    bare = re.sub(r"\\.", "\0", found).replace("<span>", "\0").replace("</span>", "\0")
    for alive in (r"<", r"`", r"@\w", r"#\d", r"://", r"www\.", r"GH-\d", r"[!~%$^]\w", r"\]\(", r":\w+:", r"\*\*", r"__", r"&(?!lt;|gt;|amp;)"):
        assert not re.search(alive, bare, re.IGNORECASE), (alive, found)


@given(st.text(st.characters(codec="ascii", min_codepoint=32, max_codepoint=126), max_size=60))
@settings(deadline=None, derandomize=True, max_examples=300)
def test_any_text_is_read_as_it_stands_and_stays_in_its_cell(text: str) -> None:
    assert read(inert(text)) == text
    assert not CELL.search(inert(text).replace("\\\\", ""))


@pytest.mark.parametrize("text", ALIVE)
def test_every_row_has_all_its_cells_and_no_more(text: str) -> None:
    for report in every_report(said_everywhere(text)):
        width = 0
        for line in drawn(report, "markdown").splitlines():
            cells = len(CELL.findall(line.replace("\\\\", "")))
            width = cells if line.startswith("| ") and width == 0 else width if line.startswith("|") else 0
            assert not line.startswith("|") or cells == width, line


def test_a_list_and_an_overdue_report() -> None:
    listed = drawn(list_actions(REGISTER, DAY, EVERY_STATUS), "markdown").splitlines()
    assert listed[:4] == ["### Actions as at 26 February 2026", "", "| Reference | Action | Owner | Due | Status |", "| --- | --- | --- | --- | --- |"]
    assert listed[5].startswith("| PDB/2025-11-26/01 | Explore a rural crime update in context for inclusion in the report | Force, OPCC | 25 February 2026 |")
    late = drawn(overdue(REGISTER, DAY, by_owner=True), "markdown")
    assert late.startswith("**2 actions overdue as at 26 February 2026**\n\n#### Force\n\n| Reference |") and late.endswith("see tracker list --no-due.\n")
    assert "There are none." in drawn(list_actions(a_register(), DAY), "markdown")
