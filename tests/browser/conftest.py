"""A real Chromium without a head, and pages opened in it from files as a secretary opens them.

Where there is none the tests are skipped, and the end of the run says loudly how many.
"""

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip

Opens = Callable[..., "Page"]


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip("needs Chromium")
    driver = pytest.importorskip("playwright.sync_api", reason="needs playwright")
    home = tmp_path_factory.mktemp("home")
    with driver.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=_FLAGS, env={"HOME": str(home), "TZ": "UTC"})
        yield started
        started.close()


@pytest.fixture
def opens(browser: "Browser", tmp_path: Path) -> Iterator[Opens]:
    """A function `(page, width=1280, colours="light")` that opens the text of a page, or a file, in a new window."""
    contexts: list[BrowserContext] = []
    yield partial(_open, browser, tmp_path, contexts)
    for context in contexts:
        context.close()


def _open(
    browser: "Browser",
    folder: Path,
    contexts: "list[BrowserContext]",
    page: str | Path,
    width: int = 1280,
    colours: Any = "light",
) -> "Page":
    if isinstance(page, str):
        (folder / "page.html").write_text(page, "utf-8")
        page = folder / "page.html"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours)
    contexts.append(context)
    window = context.new_page()
    window.goto(page.as_uri())
    return window
