"""What all tests share: golden files, which hold output as a person has looked at it and agreed.

`pytest --update-golden` writes them anew; the difference is then reviewed like any other change.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


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
