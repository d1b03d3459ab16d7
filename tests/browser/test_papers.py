"""Every kind of page in a real browser: for everyone to read, in light and dark, on a phone, as the program writes it."""

import shutil
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Opens
from tests.cli.program import Office
from tests.renderers.pages import PAPER, hostile
from tracker.renderers.html import html_document
from tracker.renderers.papers.document import Document

if TYPE_CHECKING:
    from playwright.sync_api import Page

RECORDS = Path(__file__).parents[2] / "records"
PAGES: dict[str, tuple[str, ...]] = {
    "brief": ("brief", "PDB/2026-02-25"),
    "brief by owner": ("brief", "PDB/2025-11-26", "--by", "owner", "--classification", "OFFICIAL"),
    "overview": ("overview", "PDB/2023-09-13"),
    "overview of all": ("overview", "PDB/2025-11-26", "--all-live"),
    "notes": ("notes", "PDB/2025-11-26"),
    "stats": ("stats", "--board", "pdb", "--by", "owner"),
    "overdue by owner": ("overdue", "--by", "owner"),
    "list": ("list",),
    "show": ("show", "PDB/2023-06-07/02"),
    "show of a meeting": ("show", "PDB/2025-11-26"),
    "show of a board": ("show", "pdb"),
    "check": ("check",),
    "diff": ("diff", "HEAD~1"),
    "log": ("log", "pdb", "--limit", "5"),
}
VIEWS = ((1280, "light"), (1280, "dark"), (320, "light"), (320, "dark"))
# the rules of WCAG 2.2 at A and AA, and what its authors' tools call good practice
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def kent(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The register of the Kent board in git, with a change."""
    folder = tmp_path_factory.mktemp("kent")
    shutil.copytree(RECORDS, folder / "records", ignore=shutil.ignore_patterns(".tracker"))
    office = Office(folder, folder / "records")
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "All of it")):
        name = ("-c", "user.name=Clerk", "-c", "user.email=clerk@example.org")
        subprocess.run(["git", *name, *words], cwd=folder, env=office.environment(), check=True)
    who = {f"GIT_{role}_{what}": said for role in ("AUTHOR", "COMMITTER") for what, said in (("NAME", "Clerk"), ("EMAIL", "c@example.org"))}
    office.done("update", "PDB/2025-11-26/01", "--note", "Draft with the OPCC for comment", **who)
    return office


@pytest.fixture
def written(kent: Office, tmp_path: Path) -> Iterator[Any]:
    """A function: a name of `PAGES` -> the file that the program writes."""

    @cache
    def write(name: str) -> Path:
        path = tmp_path / "paper.html"
        kent.done(*PAGES[name], "--out", path)
        return path

    yield write


def faults(page: "Page") -> list[str]:
    """What axe finds wrong, and what it cannot tell about contrast."""
    page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("tags => axe.run(document, {runOnly: tags, resultTypes: ['violations', 'incomplete']})", AXE_TAGS)
    unsure = [rule for rule in found["incomplete"] if rule["id"] == "color-contrast"]
    assert len(found["passes"]) > 10, "axe has looked at nothing"
    return [f"{rule['id']}: {node['html']}" for rule in [*found["violations"], *unsure] for node in rule["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_everyone_can_read_it(opens: Opens, written: Any, name: str) -> None:
    assert faults(opens(written(name))) == []


@pytest.mark.parametrize(("width", "colours"), VIEWS)
@pytest.mark.parametrize("paper", [PAPER, hostile("<script> \u202e & \"such\"")], ids=["usual", "hostile"])
def test_everyone_can_read_every_kind_of_block(opens: Opens, paper: Document, width: int, colours: str) -> None:
    assert faults(opens("".join(html_document(paper)), width, colours)) == []


@pytest.mark.parametrize("name", PAGES)
def test_it_never_scrolls_sideways_and_asks_for_nothing_but_itself(opens: Opens, written: Any, name: str) -> None:
    path = written(name)
    page = opens(path)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="load")
    for width in (320, 375, 600, 768, 900, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth"), width
    assert set(asked) <= {path.as_uri(), "data:,"} and asked
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
