"""Pairs of small registers that two officers change apart from each other, by a seed; and what a record says.

Every word that somebody writes is unlike any other, so that it can be looked for afterwards.
"""

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.builders import action, board, event, files_of, item, meeting, on_disk, owner, person, settings
from tests.cli.program import Office
from tracker.errors import Problem
from tracker.model.records import Owner, Record
from tracker.storage.load import record_in
from tracker.storage.places import ref_at

PAST, LAST, NEXT = "PDB/2025-11-26", "PDB/2026-02-25", "PDB/2026-06-10"
ACTION = "pdb/2025-11-26/01.yaml"


def make_pair(root: Path, number: int) -> None:
    """The register that both officers start from."""
    on_disk(
        root,
        settings(owner("Force", f"Police {number}", aliases=("CC",)), owner("OPCC", f"Commissioner {number}"), title=f"Register {number}"),
        board(title=f"Board {number}", members=(person("Anna"),)),
        meeting(PAST, venue=f"Hall {number}", items=(item("1", "Welcome"),)),
        meeting(LAST, venue=f"Barn {number}"),
        meeting(NEXT, "scheduled", venue=f"Room {number}"),
        action(f"{PAST}/01", f"Explore {number}", due="2026-02-25", tags=("rural",), history=[event("2025-12-10", note=f"Begun {number}")]),
        action(f"{PAST}/02", f"Report {number}", due="2026-02-25"),
    )  # fmt: skip
    file = root / ACTION
    file.write_text(f"# kept-{number}-top\n" + file.read_text().replace("status: open", f"status: open  # kept-{number}-side") + f"minute: kept-{number}-key\n")


class Officer:
    """Somebody who changes a register, at the command line or in an editor."""

    def __init__(self, office: Office, root: Path, name: str, chance: random.Random) -> None:
        self.office = office
        self.root = root
        self.chance = chance
        self.word = f"{name}-{root.name}"
        self.written: list[str] = []

    def work(self) -> None:
        """One or two changes."""
        for _ in range(self.chance.choice((1, 1, 2))):
            self.chance.choice(_CHANGES)(self)

    def standing(self) -> list[str]:
        """The words that still stand there: some write over their own."""
        content = b"".join(files_of(self.root).values())
        return [word for word in self.written if word.encode() in content]

    def new_word(self) -> str:
        return f"{self.word}-{len(self.written)}"

    def run(self, *args: str) -> None:
        """A command with a word of its own; one that is refused writes nothing."""
        word = self.new_word()
        ran = self.office.run(*(arg.replace("WORD", word) for arg in args), TRACKER_RECORDS=str(self.root))
        assert ran.status in (0, 1), (args, ran)
        if ran.status == 0:
            self.written.append(word)

    def which(self) -> str:
        return self.chance.choice(("1", "1", "1", "2"))

    def edit(self, change: Callable[[list[str], str], object]) -> None:
        """Change the lines of the action by hand."""
        lines, word = (self.root / ACTION).read_text().splitlines(), self.new_word()
        if change(lines, word) is not False:
            self.written.append(word)
        (self.root / ACTION).write_text("\n".join(lines) + "\n")


def _command(*args: str) -> Callable[[Officer], None]:
    return lambda officer: officer.run(*(arg.replace("ACTION", f"{PAST}/{officer.which()}") for arg in args))


def _add_comment(officer: Officer) -> None:
    officer.edit(lambda lines, word: lines.insert(officer.chance.randint(0, len(lines)), f"# {word}"))


def _add_key(officer: Officer) -> None:
    officer.edit(lambda lines, word: lines.append(f"{officer.chance.choice(('seen', word))}: {word}"))


def _edit_key(officer: Officer) -> None:
    officer.edit(lambda lines, word: _put(lines, "minute:", f"minute: {word}"))


def _edit_text(officer: Officer) -> None:
    officer.edit(lambda lines, word: _put(lines, "text:", f"text: Explore {word}"))


def _edit_due(officer: Officer) -> None:
    day = officer.chance.randint(1, 28)
    officer.edit(lambda lines, word: _put(lines, "due:", f"due: 2026-05-{day:02}") and False)


def _edit_owners(officer: Officer) -> None:
    officer.edit(lambda lines, word: _put(lines, "owners:", "owners: [Force, OPCC]") and False)


def _edit_note(officer: Officer) -> None:
    officer.edit(lambda lines, word: _put(lines, "    note: Begun", f"    note: Begun, {word}"))


def _requote(officer: Officer) -> None:
    officer.edit(lambda lines, word: _put(lines, "tags:", "tags: ['rural']") and False)


def _put(lines: list[str], start: str, line: str) -> bool:
    """Replace the line that starts so; whether there was one."""
    for place, old in enumerate(lines):
        if old.startswith(start):
            lines[place] = line
            return True
    return False


_CHANGES: tuple[Callable[[Officer], None], ...] = (
    _command("update", "ACTION", "--note", "WORD"),
    _command("update", "ACTION", "--note", "WORD", "--date", "2025-12-20"),
    _command("carry", "ACTION", "--at", LAST, "--reason", "WORD"),
    _command("discharge", "ACTION", "--outcome", "WORD", "--route", "paper", "--at", LAST),
    _command("propose", "ACTION", "--outcome", "WORD"),
    _command("withdraw", "ACTION", "--reason", "WORD"),
    _command("correct", "ACTION", "--outcome", "WORD"),
    _command("redate", "ACTION", "--to", "2026-07-01", "--reason", "WORD"),
    _command("reassign", "ACTION", "--owner", "OPCC", "--reason", "WORD"),
    _command("reword", "ACTION", "--text", "Look into WORD"),
    _command("tag", "ACTION", "+WORD"),
    _command("add", "Raise WORD", "--meeting", PAST, "--owner", "Force"),
    _command("item", "add", PAST, "Item WORD"),
    _command("owner", "alias", "Force", "WORD"),
    _command("owner", "add", "WORD", "--name", "Name WORD"),
    _command("meeting", "held", LAST, "--attendee", "WORD"),
    _add_comment, _add_comment, _add_key, _edit_key, _edit_text, _edit_due, _edit_owners, _edit_note, _requote,
)  # fmt: skip


def read(path: str, content: bytes) -> Record | Problem:
    """The record of these bytes, or what is wrong with them."""
    ref = ref_at(path)
    assert ref is not None
    record, problems = record_in(ref, content)
    return problems[0] if record is None else record


def facts(record: Record) -> set[Any]:
    """Everything that a record says, each thing for itself: what must come through a merge."""
    return {fact for field in record._fields for fact in _of(field, getattr(record, field))}


def _of(field: str, value: Any) -> Iterator[Any]:
    if field == "owners" and value and isinstance(value[0], str):
        yield ("lead", value[0])
    if not isinstance(value, tuple) or field in ("ref", "follows"):
        yield (field, value)
    elif field == "history":
        yield from ((field, one) for one in value)
    else:
        for entry in value:
            yield from [(field, entry)] if isinstance(entry, str) else _of_entry(field, entry)


def _of_entry(field: str, entry: Any) -> Iterator[Any]:
    for name in entry._fields:
        value = getattr(entry, name)
        aliases = isinstance(entry, Owner) and name == "aliases"
        yield from ((field, entry[0], name, one) for one in (value if aliases else [value]))
