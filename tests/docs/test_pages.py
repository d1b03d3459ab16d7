"""The pages name what exists: files, links, commands, the version."""

import configparser
import re
from pathlib import Path

import pytest

from tests.docs import pages
from tests.docs.pages import ROOT
from tracker import __version__
from tracker.cli.main import COMMANDS

README = pages.read(pages.README)
CONTRIBUTING = pages.read(pages.CONTRIBUTING)


@pytest.mark.parametrize("page", pages.PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in pages.links(pages.read(page)):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        assert target.exists(), link
        assert not anchor or anchor in pages.anchors(pages.read(target)), link


def test_every_file_that_contributors_are_sent_to_exists() -> None:
    named = {span for span in pages.spans(CONTRIBUTING) if re.fullmatch(r"[\w./]+(/|\.\w+)|\.ci/run", span)}
    missing = {span for span in named if not (ROOT / span).exists()}
    assert len(named) > 20 and missing == set()


def test_every_name_that_contributors_add_to_exists() -> None:
    """`NAME`, or `NAME` and `NAME`, in `FILE`: the file has these names."""
    places = re.findall(r"((?:`\w+` and )?`\w+`) in `([\w/]+\.py)`", CONTRIBUTING)
    assert len(places) >= 8
    for names, path in places:
        for name in pages.spans(names):
            defined = rf"^(class |def )?{name}\b"
            assert re.search(defined, (ROOT / path).read_text("utf-8"), re.MULTILINE), f"{name} in {path}"


def test_the_drawing_shows_the_layers_as_the_contract_has_them() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    layers = settings["importlinter:contract:layers"]["layers"].split()
    drawing = CONTRIBUTING.partition("```text\n")[2].partition("```")[0]
    drawn = re.findall(r"^  (\w+)(?:/|\.py) ", drawing, re.MULTILINE)
    assert ["__main__", *drawn] == layers


def test_the_pages_name_only_commands_that_exist() -> None:
    for page in pages.PAGES:
        for name in re.findall(r"(?:`|\$ )tracker ([a-z][a-z-]*)", pages.read(page)):
            assert name in COMMANDS, f"{name} in {page.name}"


def test_the_two_commands_can_be_taken_from_the_readme() -> None:
    """As `.ci/run` takes them: from the mark to the first line that ends with a fence."""
    commands = {block.name: block for block in pages.blocks(README, "command")}
    assert list(commands) == ["try", "test"]
    for block in commands.values():
        assert block.language == "sh" and block.text.count("\n") == 1
    assert commands["try"].text.rstrip().endswith("/tracker overdue")
    assert commands["test"].text.rstrip().endswith("-m pytest")
    assert "<!-- command: test -->" in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"^## ([0-9.]+) \(", pages.read(pages.CHANGELOG), re.MULTILINE)
    assert first and first[1] == __version__


def test_the_package_describes_itself_with_the_readme() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "setup.cfg")
    assert settings["metadata"]["long_description"] == "file: README.md"
    assert "../" not in "".join(pages.links(README))


@pytest.mark.parametrize("page", sorted({*pages.PAGES} - {pages.COMMANDS}), ids=lambda page: page.name)
def test_lines_fit_an_editor(page: Path) -> None:
    """Tables and what programs print apart, no line is longer than the house allows in code by more than a word."""
    lines = pages.without_blocks(pages.read(page)).splitlines()
    assert [line for line in lines if len(line) > 140 and not line.startswith("|")] == []
