"""The papers and reports of the Kent board in Word and Excel, as a reviewer reads them: their words, styles and tables."""

from collections.abc import Callable

import pytest

from tests.cli.program import Office
from tests.renderers.office import outline

Golden = Callable[[str, str], None]

OF_MEETINGS = ("brief", "overview", "notes")
MEETINGS = ("2019-09-25", "2023-09-13", "2023-11-29", "2025-11-26")
REPORTS = {
    "papers/stats_all": ("stats",),
    "papers/stats_2023-24_by_quarter": ("stats", "--year", "2023/24", "--by", "quarter"),
    "papers/chase_2026-02-25": ("chase",),
    "papers/calendar_2026-02-10": ("calendar",),
    "papers/overview_log_2025-11-26": ("overview", "PDB/2025-11-26", "--all-live"),
    "list": ("list",),
    "overdue": ("overdue",),
    "show_meeting": ("show", "PDB/2023-11-29"),
    "show_action": ("show", "PDB/2023-09-13/01"),
    "check": ("check",),
} | {f"papers/{paper}_{day}": (paper, f"PDB/{day}") for paper in OF_MEETINGS for day in MEETINGS}


@pytest.mark.parametrize("form", ["docx", "xlsx"])
@pytest.mark.parametrize("name", REPORTS)
def test_what_stands_in_the_file_is_as_agreed(kent: Office, golden: Golden, name: str, form: str) -> None:
    file = kent.home / f"paper.{form}"
    kent.done(*REPORTS[name], "--out", file, today="2026-02-10")
    golden(f"{name}.{form}.txt", outline(file.read_bytes(), form))
