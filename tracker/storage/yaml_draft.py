"""A text with the changes that are to be made in it, kept apart until all are known.

Changes are noted at offsets of the text as it was read, so that none has to know of the others.
"""

from typing import NamedTuple

from tracker.storage.yaml_text import InText, line_at


class CannotEdit(InText):
    """A record that is written in a way that the program cannot change without touching other lines.

    The file stays as it was.
    """


class _Splice(NamedTuple):
    start: int
    end: int
    new: str
    lines: bool = False
    """Whether `new` is made of whole lines, to be set off from what comes before."""


class Draft:
    """Collects the changes to one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._splices: list[_Splice] = []

    def replace(self, start: int, end: int, new: str) -> None:
        """Put `new` in the place of what stands between two offsets."""
        self._splices.append(_Splice(start, end, new))

    def insert_lines(self, offset: int, lines: list[str]) -> None:
        """Put lines below the line of this offset, below those put there before, ended like that line."""
        newline = self._newline(offset)
        at = self.next_line(offset)
        self._splices.append(_Splice(at, at, "".join(line + newline for line in lines), lines=True))

    def delete_lines(self, first: int, last: int) -> None:
        """Take out the lines from that of one offset to that of another."""
        self.replace(self.line_start(first), self.next_line(last), "")

    def line_start(self, offset: int) -> int:
        """Where the line of this offset starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def next_line(self, offset: int) -> int:
        """Where the line after that of this offset starts; the end of the text if it is the last one."""
        return self.text.find("\n", offset) + 1 or len(self.text)

    def column(self, offset: int) -> int:
        """How many characters stand before this offset on its line."""
        return offset - self.line_start(offset)

    def result(self) -> str:
        """The text with all changes made. Raises CannotEdit if two of them are in each other's way.

        Lines that are put below a last line without a newline leave the text without one.
        """
        result = ""
        done = 0
        splice: _Splice | None = None
        for splice in sorted(self._splices, key=lambda splice: (splice.start, splice.end)):
            if splice.start < done and splice.new:
                raise self.cannot_edit(splice.start)
            result += self.text[done : splice.start]
            if splice.lines and result and not result.endswith("\n"):
                result += self._newline(splice.start)
            result += splice.new
            done = max(done, splice.end)
        if splice and splice.lines and splice.start == len(self.text) and not self.text.endswith("\n"):
            return result[:-1].removesuffix("\r")
        return result + self.text[done:]

    def cannot_edit(self, offset: int) -> CannotEdit:
        """The refusal of a change at this offset."""
        return CannotEdit(
            line_at(self.text, offset),
            "the file is written in a way here that cannot be changed without disturbing what stands beside it",
            "Make this change in an editor, or write the lines in the usual form (one key a line) and try again",
        )

    def _newline(self, offset: int) -> str:
        """The newline that ends the line of this offset, or else the line before it."""
        end = self.text.find("\n", offset)
        if end < 0:
            end = self.text.rfind("\n")
        return "\r\n" if end > 0 and self.text[end - 1] == "\r" else "\n"
