"""The sentences of a letter that asks for updates, in whatever format it goes out."""

from collections.abc import Iterable
from typing import Final

from tracker.model.dates import weekday_name
from tracker.renderers.papers.common import time_words
from tracker.renderers.words import SayDay, times_words
from tracker.reports.papers.chase import Asked, Chase, Letter, Part

SECTIONS: Final = {"overdue": "overdue", "due": "due", "with the board": "with_board"}
"""The sections of a letter and their keys in json."""

_POINTS: Final = (
    "For each action that is overdue or due, please tell us:",
    "what has been done since the latest word given here;",
    "if it is complete, what came of it, and how the board was or will be told: at the meeting, in a paper, or outside"
    " the meeting;",
    "if it is not complete, what stands in the way, and by when it will be done.",
)


def subject(report: Chase, letter: Letter, say_day: SayDay) -> str:
    """`Performance and Delivery Board, 25 February 2026: request for updates by 18 February 2026`."""
    days = {part.reply_by for part in letter.parts}
    reply_by = next(iter(days)) if len(days) == 1 else None
    by = f" by {say_day(reply_by)}" if reply_by else ""
    if len(letter.parts) > 1:
        return f"{report.head.register_title or 'Actions'}: request for updates{by}"
    part = letter.parts[0]
    when = f", {say_day(part.meeting.ref.day)}" if part.meeting else ""
    return f"{part.board.title}{when}: request for updates{by}"


def salutation(letter: Letter) -> str:
    """`Dear Kent Police,`."""
    return f"Dear {letter.owner.name},"


def opening(part: Part, say_day: SayDay) -> str:
    """When the board meets, and by when it needs to know what."""
    by = f"by {weekday_name(part.reply_by)} {say_day(part.reply_by)}" if part.reply_by else "as soon as you can"
    number = len(part.overdue) + len(part.due)
    if number:
        each = "the action" if number == 1 else f"each of the {number} actions"
        return f"{_meets(part, say_day)} Please let us have an update on {each} below {by}."
    return f"{_meets(part, say_day)} If there is anything to add to what you have reported, please let us know {by}."


def _meets(part: Part, say_day: SayDay) -> str:
    meeting = part.meeting
    if meeting is None:
        return f"No further meeting of the {part.board.title} is in the calendar yet."
    time = (f" from {time_words(meeting)}" if meeting.ends else f" at {meeting.time}") if meeting.time else ""
    where = f", {meeting.venue}" if meeting.venue else ""
    return f"The {part.board.title} meets on {weekday_name(meeting.ref.day)} {say_day(meeting.ref.day)}{time}{where}."


def section_words(section: str, letter: Letter, part: Part, say_day: SayDay) -> tuple[str, str]:
    """The heading of a section, which names the board where the letter is about several; and a remark, if any."""
    remark = ""
    if section == "due":
        title = f"Due by {say_day(part.meeting.ref.day)}" if part.meeting else "Due at the next meeting"
    else:
        title = section.capitalize()
    if section == "with the board":
        done = "this is done" if len(part.with_board) == 1 else "these are done"
        remark = f"You have reported that {done}; the board has still to agree."
    several = len(letter.parts) > 1
    return (f"{part.board.title}: {title[0].lower()}{title[1:]}" if several else title), remark


def shared_words(asked: Asked) -> tuple[str, ...]:
    """Who else owes it."""
    return (f"Shared with {', '.join(asked.others)}",) if asked.others else ()


def carried_words(asked: Asked) -> tuple[str, ...]:
    """How often it was carried forward."""
    times = times_words(asked.row.state.times_carried)
    return (f"carried forward {times}",) if times else ()


def latest_words(asked: Asked, say_day: SayDay) -> tuple[str, ...]:
    """The latest word, then its day, and when an update was last asked for."""
    word = asked.row.state.word
    said = (word.note, say_day(word.day)) if word else ("no update received",)
    return (*said, f"last asked for on {say_day(asked.asked_on)}") if asked.asked_on else said


def closing(letter: Letter) -> tuple[str, ...]:
    """What an update should say: a sentence, then its points. Nothing where no update is asked for."""
    return _POINTS if any(part.overdue or part.due for part in letter.parts) else ()


def sign_off(report: Chase) -> tuple[str, ...]:
    """The end of a letter. The register's title is who writes it."""
    return tuple(line for line in ("Yours sincerely,", report.head.register_title) if line)


def notes(letter: Letter) -> tuple[str, ...]:
    """What stands on every paper of the boards that the letter is about."""
    return tuple(dict.fromkeys(part.board.note for part in letter.parts if part.board.note))


def marking(letters: Iterable[Letter]) -> str | None:
    """The classifications of the boards that these letters are about, in one line."""
    boards = [part.board for letter in letters for part in letter.parts]
    return ", ".join(dict.fromkeys(board.classification for board in boards if board.classification)) or None


def nothing_words(report: Chase, say_day: SayDay) -> str:
    """What the paper says when there is no letter to write."""
    board = f" for the {report.head.board.title}" if report.head.board else ""
    return f"Nobody has to be asked for an update{board} as at {say_day(report.head.as_of)}."
