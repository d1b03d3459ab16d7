"""Pictures of the papers of the register in `records`, for the README: `python -m tests.docs.gallery` draws them anew.

Needs Chromium; for the picture of the Word document LibreOffice and pdftoppm, too, else that one is left as it is.
What a picture looks like to the last dot depends on the fonts of the machine, so no test compares them.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tests.cli.program import Office
from tests.docs.pages import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PICTURES = ROOT / "docs" / "papers"
TODAY = "2026-02-26"
# GitHub shows a picture in a README some 900 dots wide
WIDTH, TALLEST = 1000, 1150


class Shown(NamedTuple):
    """A picture and the command that made what it shows."""

    name: str
    command: tuple[str, ...]


GALLERY = (
    Shown("brief", ("brief", "PDB/2026-02-25")),
    Shown("overview", ("overview", "PDB/2023-09-13")),
    Shown("notes", ("notes", "PDB/2025-11-26")),
    Shown("stats", ("stats", "--board", "pdb")),
)
IN_WORD = Shown("brief-word", ("brief", "PDB/2026-02-25"))


def draw_all(folder: Path) -> list[Path]:
    """Draw the gallery, with this empty folder to work in; the pictures drawn."""
    from playwright.sync_api import sync_playwright

    shutil.copytree(ROOT / "records", folder / "records", ignore=shutil.ignore_patterns(".tracker"))
    office = Office(folder, folder / "records")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"), args=["--no-sandbox", "--disable-gpu"]
        )
        drawn = [_draw_page(browser, office, shown) for shown in GALLERY]
        browser.close()
    if shutil.which("soffice") and shutil.which("pdftoppm"):
        drawn.append(_draw_word(office, IN_WORD))
    return drawn


def _draw_page(browser: "Browser", office: Office, shown: Shown) -> Path:
    """The top of the page, as a browser shows it."""
    page_file = office.folder / f"{shown.name}.html"
    office.done(*shown.command, "--out", page_file, today=TODAY)
    picture = PICTURES / f"{shown.name}.png"
    page = browser.new_page(viewport={"width": WIDTH, "height": 600})
    page.goto(page_file.as_uri())
    height = min(page.evaluate("document.body.scrollHeight"), TALLEST)
    page.screenshot(path=picture, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": height})
    page.close()
    return picture


def _draw_word(office: Office, shown: Shown) -> Path:
    """The first sheet of the document, as LibreOffice prints it."""
    document = office.folder / f"{shown.name}.docx"
    office.done(*shown.command, "--out", document, today=TODAY)
    profile = f"-env:UserInstallation={(office.folder / 'profile').as_uri()}"
    convert = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(office.folder), str(document)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180, env=office.environment())
    picture = PICTURES / f"{shown.name}.png"
    sheet = ["-png", "-r", "90", "-f", "1", "-singlefile", str(document.with_suffix(".pdf")), str(picture.with_suffix(""))]
    subprocess.run(["pdftoppm", *sheet], check=True, timeout=60)
    return picture


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as work:
        for path in draw_all(Path(work)):
            sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1000:.0f} kB\n")
