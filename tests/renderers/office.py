"""Files for an office as a reviewer reads them, and LibreOffice where it is installed."""

import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.table import Table
from openpyxl import load_workbook

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    SOFFICE is None or shutil.which("pdftotext") is None, reason="not installed: LibreOffice and pdftotext"
)


def converted(folder: Path, form: str, *names: str) -> list[Path]:
    """These files of the folder in another format; LibreOffice must not complain about any."""
    ran = subprocess.run(
        [str(SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", form, *names],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0 and "rror" not in ran.stdout + ran.stderr, ran
    assert ran.stdout.count("convert ") == len(names), ran
    return [folder / f"{Path(name).stem}.{form.partition(':')[0]}" for name in names]


def outline(content: bytes, form: str) -> str:
    """What stands in the file, to be read and compared."""
    return "\n".join(_docx_lines(content) if form == "docx" else _xlsx_lines(content)) + "\n"


def _docx_lines(content: bytes) -> Iterator[str]:
    package = Document(io.BytesIO(content))
    section = package.sections[0]
    core = package.core_properties
    yield f"[{section.orientation}; {core.title}; {core.author}; {core.created:%Y-%m-%d}; {core.language}]"
    yield from (f"[header] {one.text}" for one in section.header.paragraphs if one.text)
    for block in package.iter_inner_content():
        if isinstance(block, Table):
            yield from _table_lines(block)
        elif block.text:
            yield f"[{block.style.name if block.style else ''}] {block.text}"
    yield from (f"[footer] {one.text}" for one in section.footer.paragraphs if one.text)


def _table_lines(table: Table) -> Iterator[str]:
    for row in table.rows:
        yield "| " + " | ".join(cell.text.replace("\n", " // ") for cell in row.cells) + " |"


def _xlsx_lines(content: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(content))
    core: Any = book.properties
    yield f"[{core.title}; {core.creator}; {core.created:%Y-%m-%d}]"
    for sheet in book.worksheets:
        yield f"[{sheet.title}; header {sheet.oddHeader.left.text}]"
        for row in sheet.iter_rows():
            yield "\t".join("" if c.value is None else f"{c.value:%Y-%m-%d}" if c.is_date else str(c.value) for c in row).rstrip("\t")
