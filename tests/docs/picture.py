"""The picture of the overdue report: what the program prints of the register in `records`, drawn by Rich."""

import io
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

from tests.docs.console import Shell
from tests.docs.pages import ROOT

COMMAND = ("overdue", "--as-of", "26/02/2026")
WIDTH = 120
# The picture must not fetch a font from elsewhere when someone opens the page.
_FONTS = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)


def report(folder: Path, *, colour: bool) -> str:
    """The report as printed, of a copy of the register in this folder."""
    shutil.copytree(ROOT / "records", folder / "records", ignore=shutil.ignore_patterns(".tracker"))
    shell = Shell(folder, width=WIDTH, colour=colour)
    shell.type("export TRACKER_TODAY=2026-02-26")
    status, printed = shell.run(*COMMAND)
    assert status == 0, printed
    return printed


def draw(printed: str) -> str:
    """The report as an SVG picture; the same report gives the same picture."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(printed.rstrip("\n")), no_wrap=True, overflow="ignore", crop=False)
    title = " ".join(("tracker", *COMMAND))
    drawn = console.export_svg(title=title, unique_id="overdue")
    return _FONTS.sub("", drawn).replace("Fira Code, monospace", "monospace")


def words(picture: str) -> list[str]:
    """The lines of text in a picture, without its title and without empty lines."""
    lines: dict[str, str] = {}
    for element in ElementTree.fromstring(picture).iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in element.attrib:
            column = round(float(element.attrib["x"]) / 12.2)
            line = lines.get(element.attrib["y"], "")
            lines[element.attrib["y"]] = line.ljust(column) + (element.text or "").replace("\N{NO-BREAK SPACE}", " ")
    return [line.rstrip() for line in lines.values() if line.strip()]
