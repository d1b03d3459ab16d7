"""The message of a commit: what the program said, and which records it was about.

    Carried PDB/2025-11-26/01 forward to 10 June 2026, its second time: Explore a …

    Carried PDB/2025-11-26/01 forward to 10 June 2026, its second time: Explore a rural crime update …

    - one line for each record, where there are several

    Tracker-Ref: PDB/2025-11-26/01

The trailers are how the program knows its own commits. Texts of the records stand in the message as
data: on one line each, and never at the beginning of one where git would obey them.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tracker.model.changes.draft import Change
from tracker.model.references import REGISTER_PATH
from tracker.storage.places import ref_at
from tracker.storage.wording import visible

REF: Final = "Tracker-Ref"
UNDOES: Final = "Tracker-Undoes"
_LONGEST_SUBJECT: Final = 72
# Git takes `#` for a comment, `fixup!` for an order to a rebase, `-` and `:` for options and magic
# when a subject is copied into a command.
_OBEYED: Final = re.compile(r"(?!\w)|(fixup|squash|amend)!", re.IGNORECASE)


def message(change: Change, paths: Iterable[str], undoes: str | None = None) -> str:
    """The commit's message for a change of the records at these paths; `undoes` is the commit that it takes back."""
    sentence = _inert(_line(change.sentence))
    subject = _cut(sentence)
    details = "\n".join(f"- {_line(detail)}" for detail in change.details)
    parts = [subject, sentence if subject != sentence else "", details, "\n".join(_trailers(paths, undoes))]
    return "\n\n".join(part for part in parts if part) + "\n"


def reference(path: str) -> str | None:
    """How a trailer names the record at this path: `PDB/2025-11-26/01`, `PDB`, `register`; None for other files."""
    ref = ref_at(path)
    if ref is None:
        return None
    return "register" if ref == REGISTER_PATH else str(ref).upper()


def _trailers(paths: Iterable[str], undoes: str | None) -> Sequence[str]:
    refs = dict.fromkeys(reference(path) or visible(path) for path in sorted(paths))
    return [f"{REF}: {ref}" for ref in refs] + ([f"{UNDOES}: {undoes}"] if undoes else [])


def _line(words: str) -> str:
    return visible(" ".join(words.split()))


def _inert(line: str) -> str:
    return f"tracker: {line}" if _OBEYED.match(line) else line


def _cut(sentence: str) -> str:
    if len(sentence) <= _LONGEST_SUBJECT:
        return sentence
    room = sentence[: _LONGEST_SUBJECT - 1]
    words = room.rsplit(" ", 1)[0] if " " in room else room[: _LONGEST_SUBJECT - 2]
    return f"{words.rstrip(' ,;:.')} …"
