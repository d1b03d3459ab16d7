"""A colleague who works on the same register, in a clone of their own, and the repository that both publish to."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.offices import GIT_SETTINGS, Office, edit_by_hand, git, next_untouched
from tests.bench.processes import output


@contextmanager
def colleague(office: Office) -> Iterator[None]:
    """There is a colleague, until the end of this; their files lie beside the office's folder."""
    folder = _folder(office)
    bare, theirs = str(folder / "published.git"), str(folder / "colleague")
    settings = [word for name, value in GIT_SETTINGS.items() for word in ("-c", f"{name}={value}")]
    here = ("-C", str(office.desk.folder))
    try:
        _git(office, "clone", "--quiet", "--bare", *settings, str(office.desk.folder), bare)
        _git(office, *here, "remote", "add", "published", bare)
        _git(office, *here, "push", "--quiet", "--set-upstream", "published", "HEAD")
        _git(office, "clone", "--quiet", *settings, bare, theirs)
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(office: Office) -> None:
    """The colleague fetches what is published, edits a record by hand, and publishes it."""
    theirs = _folder(office) / "colleague"
    there = ("-C", str(theirs))
    _git(office, *there, "pull", "--quiet", "--ff-only")
    path = edit_by_hand(office._replace(root=theirs / office.root.name), next_untouched(office))
    _git(office, *there, "commit", "--quiet", "-o", "-m", "A record edited by a colleague", "--", path)
    _git(office, *there, "push", "--quiet")


def _folder(office: Office) -> Path:
    return office.desk.folder.with_name(f"{office.desk.folder.name}-shared")


def _git(office: Office, *words: str) -> None:
    output(office.desk, [git(), *words])
