"""The fields of a mapping in the usual form, in which nothing is wrong.

`UsualFields` answers as `FieldReader` does, from plain values, and raises `Unusual` wherever that one
would note a problem: the file is then read by that one, which tells what it is and where.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NoReturn, TypeVar

from tracker.model.dates import read_iso
from tracker.model.records import NEXT_MEETING, Due
from tracker.model.references import ActionRef, MeetingRef, canonical_action, canonical_meeting
from tracker.storage.wording import NO_DAY, TRUTH
from tracker.storage.yaml_usual import Value, Values

Word = TypeVar("Word", bound=str)

# The same days and meetings stand in many records, which then share one value of each.
_day_of = lru_cache(maxsize=4096)(read_iso)
_meeting_of = lru_cache(maxsize=4096)(canonical_meeting)


@lru_cache(maxsize=64)
def _keys(known: tuple[str, ...]) -> frozenset[str]:
    return frozenset(known)


class Unusual(Exception):
    """Something that only the careful reading can judge."""


class UsualFields:
    """The fields of a mapping; every method takes a key and returns its value, and raises Unusual for any doubt."""

    __slots__ = ("_values",)

    def __init__(self, values: Values, known: Sequence[str]) -> None:
        if not _keys(tuple(known)).issuperset(values):
            raise Unusual
        self._values = values

    def text(self, key: str) -> str | None:
        """A text as it stands."""
        value = self._values.get(key)
        return value if value is None or isinstance(value, str) else _unusual()

    def required_text(self, key: str, advice: str) -> str:
        """A text that says something."""
        value = self._values.get(key)
        return value if isinstance(value, str) and value.strip() else _unusual()

    def day(self, key: str) -> date | None:
        """A day, or None for none."""
        value = self._values.get(key)
        return None if value is None else _day(value)

    def required_day(self, key: str, advice: str) -> date:
        """A day that must be there."""
        return _day(self._values.get(key))

    def due(self, key: str, *, says_none: bool = False) -> Due:
        """A day, the words `next meeting`, or None; where `says_none`, None only for the word `none`."""
        value = self._values.get(key)
        if value == NEXT_MEETING:
            return NEXT_MEETING
        if says_none:
            return None if value == NO_DAY else _day(value)
        return None if value is None else _day(value)

    def time(self, key: str) -> str | None:
        """A time of day."""
        value = self.text(key)
        # only meetings have times
        from tracker.model.times import is_time

        return value if value is None or is_time(value) else _unusual()

    def required_word(self, key: str, allowed: Sequence[Word]) -> Word:
        """One of the words that are allowed here."""
        return self.word(key, allowed) or _unusual()

    def word(self, key: str, allowed: Sequence[Word]) -> Word | None:
        """One of the words that are allowed here, or None for none."""
        value = self._values.get(key)
        if value is None:
            return None
        for word in allowed:
            if word == value:
                return word
        raise Unusual

    def flag(self, key: str) -> bool | None:
        """A truth value."""
        value = self.text(key)
        if value is None:
            return None
        truth = TRUTH.get(value.lower())
        return _unusual() if truth is None else truth

    def meeting(self, key: str) -> MeetingRef | None:
        """A reference to a meeting."""
        value = self.text(key)
        return None if value is None else _meeting_of(value) or _unusual()

    def action(self, key: str) -> ActionRef | None:
        """A reference to an action."""
        value = self.text(key)
        return None if value is None else canonical_action(value) or _unusual()

    def actions(self, key: str) -> tuple[ActionRef, ...]:
        """A list of references to actions."""
        return tuple(canonical_action(text) or _unusual() for text in self.texts(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        return self.required_texts(key) if key in self._values else ()

    def required_texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there, none of them empty."""
        value = self._values.get(key)
        return value if isinstance(value, tuple) and all(map(str.strip, value)) else _unusual()

    def entries(self, key: str, known: Sequence[str]) -> list["UsualFields"]:
        """A list of mappings, each as the fields of its own."""
        value = self._values.get(key)
        if value is None or value == ():
            return []
        return [UsualFields(entry, known) for entry in value] if isinstance(value, list) else _unusual()

    def named_entries(self, key: str, known: Sequence[str]) -> list[tuple[str, "UsualFields"]]:
        """A mapping of mappings: each name with its fields, in the order of the file."""
        value = self._values.get(key)
        if value is None:
            return []
        if not isinstance(value, dict):
            raise Unusual
        return [(name, UsualFields(fields, known)) for name, fields in value.items()]

    def unused(self, key: str, why: str) -> None:
        """Make sure that a field that has no meaning here is not there."""
        if key in self._values:
            raise Unusual


def _day(value: Value | None) -> date:
    return isinstance(value, str) and _day_of(value) or _unusual()


def _unusual() -> NoReturn:
    raise Unusual
