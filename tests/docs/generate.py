"""Writes anew what the documentation takes from the program: `python -m tests.docs.generate`.

These are the output in the examples of the README and docs/reviewing.md, the table of commands,
docs/commands.md and the picture. The difference is then reviewed like any other change.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs import console, officers, pages, picture, reference


def main() -> None:
    with TemporaryDirectory() as folder:
        readme = console.replayed(pages.read(pages.README), console.Shell(Path(folder)))
    _write(pages.README, reference.with_commands(readme))
    _write(pages.COMMANDS, reference.reference())
    with TemporaryDirectory() as folder:
        _write(pages.REVIEWING, officers.replayed(pages.read(pages.REVIEWING), officers.Desk(Path(folder))))
    with TemporaryDirectory() as folder:
        _write(pages.PICTURE, picture.draw(picture.report(Path(folder), colour=True)))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
