"""Letters on their way out: printed, in one file, or as drafts in a folder, a file each."""

import os
from typing import TYPE_CHECKING, Final

from tracker.cli.screen import say_note

if TYPE_CHECKING:
    from tracker.cli.session import Session
    from tracker.reports.papers.chase import Chase

_DRAFT: Final = ".eml"


def printed(session: "Session") -> bool:
    """Whether the letters go to standard output."""
    return session.out in (None, "-")


def put_letters(session: "Session", report: "Chase") -> None:
    """Print the letters, or write them to `--out`: a file, or a folder that then gets a draft for each owner."""
    from tracker.cli.output import put_out

    folder = _folder(session)
    if not report.letters and (folder is not None or _wants_drafts(session)):
        from tracker.model.dates import short_day
        from tracker.renderers.papers.chase_words import nothing_words

        say_note(nothing_words(report, short_day))
    elif folder is not None:
        _write_drafts(session, folder, report)
        _say_without_address(report)
    elif put_out(session, report) == "eml":
        _say_without_address(report)


def _wants_drafts(session: "Session") -> bool:
    if session.format is None and session.out is not None:
        return session.out.lower().endswith(_DRAFT)
    return session.format == "eml"


def _folder(session: "Session") -> str | None:
    """The folder that `--out` names: one that is there, ends with a stroke, or is no file's name; None for a file."""
    out = session.out
    if out is None or printed(session) or session.format not in (None, "eml"):
        return None
    if out.endswith(("/", os.sep)) or os.path.isdir(out):
        return out
    ending = os.path.splitext(out)[1].lower()
    if session.format == "eml":
        return None if ending == _DRAFT else out
    return None if ending else out


def _write_drafts(session: "Session", folder: str, report: "Chase") -> None:
    """Every draft whole or not at all. A draft of this name from before is replaced, any other file left alone."""
    from tracker.cli.output import CannotWrite, free_place, write_whole
    from tracker.renderers.eml import draft, draft_names

    names = draft_names(report)
    paths = [free_place(session, os.path.join(folder, name)) for name in names]
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The folder {folder} could not be made: {error.strerror or error}.") from error
    for path, letter in zip(paths, report.letters, strict=True):
        content = draft(report, letter)
        write_whole(path, lambda file, content=content: file.write(content))  # type: ignore[misc]
    drafts = "1 draft" if len(names) == 1 else f"{len(names)} drafts"
    say_note(f"Wrote {drafts} into {folder}: {', '.join(names)}. Nothing was sent.")
    _say_others(folder, names)


def _say_others(folder: str, written: tuple[str, ...]) -> None:
    """Drafts that lie there and are none of these must not be sent by mistake."""
    ours = {name.casefold() for name in written}
    others = sorted(
        name for name in os.listdir(folder) if name.lower().endswith(_DRAFT) and name.casefold() not in ours
    )
    if others:
        say_note(f"Also in this folder, from before: {', '.join(others)}")


def _say_without_address(report: "Chase") -> None:
    from tracker.renderers.eml import address_of

    missing = [letter.owner.key for letter in report.letters if address_of(letter) is None]
    if missing:
        one = len(missing) == 1
        say_note(
            f"{', '.join(missing)} {'has' if one else 'have'} no e-mail address that can be used, so "
            f"{'this draft names' if one else 'these drafts name'} none. To add it: tracker edit register"
        )
