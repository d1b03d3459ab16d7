"""What all tests share: golden files, which hold output as a person has looked at it and agreed.

`pytest --update-golden` writes them anew; the difference is then reviewed like any other change.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say loudly what this machine could not test: a run without it is no proof."""
    skipped: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", ()):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        skipped[reason.removeprefix("Skipped: ")] += 1
    for reason, number in skipped.items():
        tests = "1 TEST WAS" if number == 1 else f"{number} TESTS WERE"
        terminalreporter.write_line(f"{tests} SKIPPED on this machine: {reason}", red=True, bold=True)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """A function `(name, text)` that compares the text with tests/golden/name."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.exists(), f"{path} is missing; look at the output, then run pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare
