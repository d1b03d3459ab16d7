"""The pictures of the README: each stands there with the command that made it."""

import re
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.gallery import GALLERY, IN_WORD, PICTURES, Shown
from tracker.cli.main import COMMANDS

README = pages.read(pages.README)


@pytest.mark.parametrize("shown", [*GALLERY, IN_WORD], ids=lambda shown: shown.name)
def test_a_picture_stands_behind_the_command_that_made_it(shown: Shown) -> None:
    before, found, _ = README.partition(f"](docs/papers/{shown.name}.png)")
    assert found and shown.command[0] in COMMANDS
    words, _, description = before.rpartition("![")
    command = re.findall(r"`(tracker [^`]+)`", words)[-1]
    ending = "docx" if shown is IN_WORD else "html"
    assert command == " ".join(("tracker", *shown.command, "--out", f"{shown.command[0]}.{ending}"))
    assert len(description) > 40, "who cannot see the picture reads this instead"


def test_every_picture_is_in_the_gallery() -> None:
    drawn = {path.stem for path in PICTURES.iterdir()}
    assert drawn == {shown.name for shown in (*GALLERY, IN_WORD)}


@pytest.mark.parametrize("picture", sorted(PICTURES.iterdir()), ids=lambda path: path.stem)
def test_a_picture_is_a_whole_one_and_no_load_to_the_reader(picture: Path) -> None:
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n") and content.endswith(b"IEND\xaeB`\x82")
    assert len(content) < 300_000
