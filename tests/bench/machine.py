"""What the figures were taken on, in words that name no machine, no person and no path."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

from tests.bench.offices import git
from tests.bench.processes import Desk, output
from tracker import __version__


def machine(desk: Desk) -> list[str]:
    """Processor and system, the file system of the desk's folder, and the versions of what runs, a line each."""
    versions = [
        f"Python {platform.python_version()}",
        f"click {version('click')}",
        output(desk, [git(), "--version"]).strip().replace(" version", ""),
        f"tracker {__version__}",
    ]
    system = f"{platform.system()} {platform.release()}"
    return [f"{_processor()}; {system}; {_file_system(desk.folder)}.", f"{', '.join(versions)}."]


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        told = ""
    model = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    cores = os.cpu_count() or 1
    return f"{model[1] if model else platform.machine()}, {cores} core{'s' if cores > 1 else ''}"


def _file_system(folder: Path) -> str:
    """The kind of file system that the registers lie on, where the system tells it."""
    try:
        mounts = [line.split() for line in Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()]
    except OSError:
        return "file system unknown"
    above = {str(parent): None for parent in [folder.resolve(), *folder.resolve().parents]}
    kinds = {mount[1]: mount[2] for mount in mounts if mount[1] in above}
    return f"registers on {next((kinds[path] for path in above if path in kinds), 'an unknown file system')}"
