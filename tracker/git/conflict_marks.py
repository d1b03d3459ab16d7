"""Two versions of a text in one, with git's usual marks around what differs."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

OURS: Final = "ours"
BASE: Final = "base"
THEIRS: Final = "theirs"

# Lines between two differences that are no use outside the marks: they would tear apart what belongs together.
_CLOSE: Final = 2
_Block = tuple[int, int, int, int]


def marked(ours: str, base: str | None, theirs: str, size: int) -> str:
    """Both texts, with marks of this size around the lines that differ, and in the middle what both came from.

    An entry of a list that differs anywhere stands between the marks as a whole, so that nobody puts
    half of one event and half of another together.
    """
    one, other = _lines(ours), _lines(theirs)
    start = _lines(base) if base is not None else None
    newline = "\r\n" if "\r\n" in ours else "\n"
    result: list[str] = []
    done = 0
    for i1, i2, j1, j2 in _blocks(one, other):
        result += one[done:i1]
        result += [f"{'<' * size} {OURS}{newline}", *_ended(one[i1:i2], newline)]
        before = _counterpart(one, (i1, i2), start)
        if before is not None:
            result += [f"{'|' * size} {BASE}{newline}", *_ended(before, newline)]
        result += [f"{'=' * size}{newline}", *_ended(other[j1:j2], newline), f"{'>' * size} {THEIRS}{newline}"]
        done = i2
    return "".join(result + one[done:])


def marked_whole(ours: str, theirs: str, size: int) -> str:
    """Both texts whole, one after the other: for two records that have nothing to do with each other."""
    newline = "\r\n" if "\r\n" in ours else "\n"
    one, other = (_ended(_lines(text), newline) for text in (ours, theirs))
    marks = [f"{'<' * size} {OURS}", "=" * size, f"{'>' * size} {THEIRS}"]
    top, middle, end = (mark + newline for mark in marks)
    return "".join([top, *one, middle, *other, end])


def _lines(text: str) -> list[str]:
    """The lines with their newlines; the last one may have none."""
    parts = text.split("\n")
    return [part + "\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def _ended(lines: Sequence[str], newline: str) -> list[str]:
    return [line if line.endswith("\n") else line + newline for line in lines]


def _blocks(one: Sequence[str], other: Sequence[str]) -> list[_Block]:
    """Where the two differ: whole entries, and joined where little stands between."""
    found: list[_Block] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        up, down = _rest_above(one, other, i1, j1), _rest_below(one, other, i2, j2)
        block = (i1 - up, i2 + down, j1 - up, j2 + down)
        if found and block[0] - found[-1][1] <= _CLOSE:
            last = found.pop()
            block = (min(last[0], block[0]), max(last[1], block[1]), min(last[2], block[2]), max(last[3], block[3]))
        found.append(block)
    return found


def _rest_above(one: Sequence[str], other: Sequence[str], i: int, j: int) -> int:
    """How many equal lines above a difference belong to the entry that it starts in."""
    inside = [lines[at] for lines, at in ((one, i), (other, j)) if at < len(lines) and lines[at].startswith(" ")]
    if not any(not _starts_entry(line) for line in inside):
        return 0
    count = 0
    while i - count > 0 and one[i - count - 1].startswith(" "):
        count += 1
        if _starts_entry(one[i - count]):
            return count
    return 0


def _rest_below(one: Sequence[str], other: Sequence[str], i: int, j: int) -> int:
    """How many equal lines below a difference belong to the entry that it ends in."""
    if not any(at and lines[at - 1].startswith(" ") for lines, at in ((one, i), (other, j))):
        return 0
    count = 0
    while i + count < len(one) and one[i + count].startswith(" ") and not _starts_entry(one[i + count]):
        count += 1
    return count


def _starts_entry(line: str) -> bool:
    return line.lstrip(" ").startswith("- ")


def _counterpart(one: Sequence[str], where: tuple[int, int], base: Sequence[str] | None) -> list[str] | None:
    """The lines of the base between those that stand around this place; None if these are not in it."""
    if base is None:
        return None
    places = {len(one): len(base)}
    for block in SequenceMatcher(None, one, base, autojunk=False).get_matching_blocks():
        places.update({block.a + n: block.b + n for n in range(block.size)})
    start = places.get(where[0] - 1, -2) + 1 if where[0] else 0
    end = places.get(where[1])
    return None if start < 0 or end is None or end < start else list(base[start:end])
