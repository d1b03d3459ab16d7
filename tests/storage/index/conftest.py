"""What the tests of the index share."""

import os

import pytest


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The processes begun so far; nobody else's, as the process that runs the tests may have others."""
    found = []
    fork = os.fork

    def counted() -> int:
        process = fork()
        if process:
            found.append(process)
        return process

    monkeypatch.setattr(os, "fork", counted)
    return found
