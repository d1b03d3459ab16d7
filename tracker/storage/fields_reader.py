"""Reading the fields of one mapping, each with its own kind, keeping every doubt with its line.

Nothing here raises for what a file says: a wrong value becomes a problem and reads as absent, so that
all that is wrong in a file is told at once.
"""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from tracker.errors import Problem
from tracker.model.dates import read_iso
from tracker.model.quoting import quoted
from tracker.model.records import NEXT_MEETING, Due
from tracker.model.references import ActionRef, MeetingRef, canonical_action, canonical_meeting
from tracker.model.times import is_time
from tracker.storage.wording import NO_DAY, TRUTH, no_such_day, visible
from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode

Word = TypeVar("Word", bound=str)

# `ower` for `owners` is 0.8; below this, keys of a person's own begin to look like ours.
_LIKE_ENOUGH = 0.75


class Doubts:
    """What is wrong in one file, in the order it was met."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []

    def error(self, line: int | None, message: str, advice: str) -> None:
        self.problems.append(Problem(self.path, line, message, advice))

    def warning(self, line: int | None, message: str, advice: str) -> None:
        self.problems.append(Problem(self.path, line, message, advice, "warning"))

    @property
    def fatal(self) -> bool:
        """Whether anything is so wrong that the record cannot be used."""
        return any(problem.severity == "error" for problem in self.problems)


class FieldReader:
    """The fields of a mapping. `where` names the mapping inside its file (`history 2`), empty for the file's own.

    Every method takes a key and returns its value, or the value for absent after noting a problem.
    """

    def __init__(self, doubts: Doubts, node: MapNode, known: Sequence[str], where: str = "") -> None:
        self.doubts = doubts
        self.where = where
        self.line = node.line if where else None
        self.values: dict[str, Node] = {}
        for key, value in node.pairs:
            if key.text not in known:
                self._unknown(key, known)
            if not (isinstance(value, ScalarNode) and value.absent):
                self.values[key.text] = value

    def text(self, key: str) -> str | None:
        """A text as it stands; an empty one in quotes is a text."""
        value = self._scalar(key)
        return None if value is None else _words(value)

    def required_text(self, key: str, advice: str) -> str:
        """A text that must be there and say something; empty after a problem."""
        value = self._scalar(key)
        if value is not None and value.text.strip():
            return _words(value)
        if value is not None or key not in self.values:
            self._missing(key, advice)
        return ""

    def day(self, key: str) -> date | None:
        value = self._scalar(key)
        return None if value is None else self._as_day(key, value)

    def required_day(self, key: str, advice: str) -> date:
        """A day that must be there; `date.min` after a problem."""
        if key not in self.values:
            self._missing(key, advice)
        return self.day(key) or date.min

    def due(self, key: str, *, says_none: bool = False) -> Due:
        """A day or the words `next meeting`; where `says_none`, also `none`, and then the key must be there."""
        value = self._scalar(key)
        if value is None:
            if says_none and key not in self.values:
                self._missing(key, f"Write a day, `{NEXT_MEETING}` or `{NO_DAY}` after `{key}:`")
            return None
        if value.text == NEXT_MEETING:
            return NEXT_MEETING
        return None if says_none and value.text == NO_DAY else self._as_day(key, value, f" or `{NEXT_MEETING}`")

    def time(self, key: str) -> str | None:
        value = self._scalar(key)
        if value is None or is_time(value.text):
            return None if value is None else value.text
        self._wrong(key, value.line, f"{quoted(value.text)} is no time of day", 'Write hours and minutes, like "09:30"')
        return None

    def required_word(self, key: str, allowed: Sequence[Word]) -> Word | None:
        """One of the words that are allowed here, which must be there; None after a problem."""
        if key not in self.values:
            self._missing(key, _one_of(allowed))
        return self.word(key, allowed)

    def word(self, key: str, allowed: Sequence[Word]) -> Word | None:
        """One of the words that are allowed here."""
        value = self._scalar(key)
        if value is None:
            return None
        for word in allowed:
            if value.text == word:
                return word
        self._wrong(key, value.line, f"{quoted(value.text)} is not known here", _one_of(allowed))
        return None

    def flag(self, key: str) -> bool | None:
        value = self._scalar(key)
        if value is None:
            return None
        truth = TRUTH.get(value.text.lower())
        if truth is None:
            self._wrong(key, value.line, f"{quoted(value.text)} is neither true nor false", "Write `true` or `false`")
        return truth

    def meeting(self, key: str) -> MeetingRef | None:
        value = self._scalar(key)
        found = canonical_meeting(value.text) if value else None
        if value is not None and found is None:
            advice = "Write board and day, like `PDB/2025-11-26`"
            self._wrong(key, value.line, f"{quoted(value.text)} is no meeting", advice)
        return found

    def action(self, key: str) -> ActionRef | None:
        value = self._scalar(key)
        return None if value is None else self._as_action(key, value.text, value.line)

    def actions(self, key: str) -> tuple[ActionRef, ...]:
        """A list of references to actions."""
        if key not in self.values:
            return ()
        line = self.values[key].line
        found = (self._as_action(key, text, line) for text in self.texts(key))
        return tuple(ref for ref in found if ref is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        texts = (self._entry_text(f"{key} {number}", entry) for number, entry in enumerate(self._list(key), 1))
        return tuple(text for text in texts if text is not None)

    def required_texts(self, key: str) -> tuple[str, ...]:
        """A list that must be there, if only as `[]`."""
        if key not in self.values:
            self._missing(key, f"Write a list after `{key}:`, `[]` for an empty one")
        return self.texts(key)

    def entries(self, key: str, known: Sequence[str]) -> list["FieldReader"]:
        """A list of mappings, each as a reader of its own."""
        readers = []
        for number, entry in enumerate(self._list(key), 1):
            if isinstance(entry, MapNode):
                readers.append(FieldReader(self.doubts, entry, known, self._name(f"{key} {number}")))
            else:
                advice = f"Write each entry with its fields, like `- {known[0]}: …`"
                self._wrong(f"{key} {number}", entry.line, f"{_shape(entry)} stands where fields belong", advice)
        return readers

    def named_entries(self, key: str, known: Sequence[str]) -> list[tuple[str, "FieldReader"]]:
        """A mapping of mappings: each name with a reader of its fields, in the order of the file."""
        value = self.values.get(key)
        if value is None:
            return []
        if not isinstance(value, MapNode):
            advice = f"Write each one below `{key}:`, as `  Name:` with its fields below that"
            self._wrong(key, value.line, f"{_shape(value)} stands where names with fields belong", advice)
            return []
        readers = []
        for name, fields in value.pairs:
            where = f"{key} {visible(name.text)}"
            readers.append((name.text, FieldReader(self.doubts, self._fields_of(where, name, fields), known, where)))
        return readers

    def unused(self, key: str, why: str) -> None:
        """Warn that a field has no meaning here."""
        if key in self.values:
            message = self._name(f"{key}: {why}")
            self.doubts.warning(self.values[key].line, message, f"Delete `{key}:`, or mend what it should belong to")

    def _fields_of(self, where: str, name: ScalarNode, fields: Node) -> MapNode:
        if isinstance(fields, MapNode):
            return fields
        if not (isinstance(fields, ScalarNode) and fields.absent):
            advice = "Write its fields below it, like `    name: …`"
            self._wrong(where, fields.line, f"{_shape(fields)} stands where fields belong", advice)
        return MapNode((), False, name.start, name.end, name.line)

    def _list(self, key: str) -> tuple[Node, ...]:
        value = self.values.get(key)
        if value is None or isinstance(value, ListNode):
            return value.items if value else ()
        advice = f"Write it as a list: `{key}: [{value.text}]`" if isinstance(value, ScalarNode) else "Write a list"
        self._wrong(key, value.line, f"{_shape(value)} stands where a list belongs", advice)
        return ()

    def _entry_text(self, name: str, entry: Node) -> str | None:
        if not isinstance(entry, ScalarNode):
            message = f"{_shape(entry)} stands where a text belongs"
            self._wrong(name, entry.line, message, "Write one text for each entry")
            return None
        if entry.absent or not entry.text.strip():
            self._wrong(name, entry.line, "the entry is empty", "Delete it, or write a text")
            return None
        return entry.text

    def _scalar(self, key: str) -> ScalarNode | None:
        value = self.values.get(key)
        if value is None or isinstance(value, ScalarNode):
            return value
        message = f"{_shape(value)} stands where one value belongs"
        self._wrong(key, value.line, message, f"Write one value after `{key}:`")
        return None

    def _as_action(self, key: str, text: str, line: int) -> ActionRef | None:
        found = canonical_action(text)
        if found is None:
            advice = "Write board, day and number, like `PDB/2025-11-26/01`"
            self._wrong(key, line, f"{quoted(text)} is no action", advice)
        return found

    def _as_day(self, key: str, value: ScalarNode, also: str = "") -> date | None:
        day = read_iso(value.text)
        if day is None:
            message = no_such_day(value.text) or f"{quoted(value.text)} is no day"
            self._wrong(key, value.line, message, f"Write a day like `2026-02-25` (year-month-day){also}")
        return day

    def _unknown(self, key: ScalarNode, known: Sequence[str]) -> None:
        import difflib  # few files need it, and every start would pay for it

        like = difflib.get_close_matches(key.text.lower(), known, n=1, cutoff=_LIKE_ENOUGH)
        if like:
            message = self._name(f"{quoted(key.text)} is no field of the tracker and is not read")
            self.doubts.warning(key.line, message, f"Write `{like[0]}:` if that is what it should be")

    def _missing(self, key: str, advice: str) -> None:
        line = self.values[key].line if key in self.values else self.line
        self._wrong(key, line, "it is missing or empty", advice)

    def _wrong(self, name: str, line: int | None, message: str, advice: str) -> None:
        self.doubts.error(line, self._name(f"{name}: {message}"), advice)

    def _name(self, text: str) -> str:
        return f"{self.where}, {text}" if self.where else text


def _words(value: ScalarNode) -> str:
    """The text; the line end behind a block text (`|`, `>`) is only how it is written."""
    return value.text.rstrip("\n") if value.style in ("|", ">") else value.text


def _one_of(words: Sequence[str]) -> str:
    return "Write one of " + ", ".join(f"`{word}`" for word in words)


def _shape(node: Node) -> str:
    if isinstance(node, ScalarNode):
        return f"the text {quoted(node.text)}"
    return "a list" if isinstance(node, ListNode) else "a group of fields"
