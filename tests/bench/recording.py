"""What a secretary records: the life of an action, the calendar, owners and boards. Each with its commit."""

from pathlib import Path

from tests.bench.make_register import AS_AT
from tests.bench.tasks import Round, Task

_EDITOR = {"EDITOR": "sed -i.bak '/^text: /s/$/ and say why/'"}


def _update(round: Round) -> list[str]:
    return [round.ref, "--note", round.text("Draft received from the lead officer")]


def _add(round: Round) -> list[str]:
    text = round.text("Report on the demand for the new service")
    return [text, "--meeting", str(round.latest), "--owner", "Force", "--item", "4"]


def _list_of(round: Round) -> Path:
    return Path(round.office.desk.environment["HOME"], "list.txt")


def _write_list(round: Round) -> None:
    """Ten actions, as they were noted at the meeting."""
    asked = (round.text(f"Supply the figures for district {place}") for place in range(10))
    _list_of(round).write_text("".join(f"3i; Force; {text}; next meeting\n" for text in asked), "utf-8")


def _add_list(round: Round) -> list[str]:
    return ["--from", str(_list_of(round)), "--meeting", str(round.latest)]


def _shortened(round: Round) -> list[str]:
    note = round.text("The clerk was asked again")
    return [f"{round.latest.day:%m-%d}/1", "--board", round.latest.board, "--note", note]


def _outcome(round: Round) -> list[str]:
    return [round.ref, "--outcome", round.text("Reported in the item 4 paper"), "--route", "paper"]


def _reason(round: Round) -> list[str]:
    return [round.ref, "--reason", round.text("The figures came late")]


def _reword(round: Round) -> list[str]:
    return [round.ref, "--text", round.text("Report on the demand for the service in all districts")]


LIFE = (
    Task("add", "TEXT", _add, commits=1),
    Task("add", "--from FILE", _add_list, _write_list, commits=1, note=", ten actions"),
    Task("update", "REF", _update, commits=1),
    Task("update", "REF", _shortened, commits=1, note=", shortened to month, day and number"),
    Task("propose", "REF", _outcome, commits=1),
    Task(
        "discharge", "--proposed --at MEETING",
        lambda round: ["--proposed", "--at", str(round.latest), "--date", str(AS_AT)], commits=1,
    ),
    Task("undo", "", commits=1, note=", of `discharge --proposed`"),
    Task("reopen", "REF", _reason, commits=1),
    Task("carry", "REF", lambda round: [*_reason(round), "--to", round.later(4)], commits=1),
    Task("carry", "--all --at MEETING", lambda round: ["--all", "--at", str(round.latest)], commits=1),
    Task("undo", "", commits=1, note=", of `carry --all`"),
    Task("redate", "REF", lambda round: [*_reason(round), "--to", round.later(8)], commits=1),
    Task("correct", "REF", lambda round: [round.ref, "--outcome", round.text("Draft received")], commits=1),
    Task("reassign", "REF", lambda round: [*_reason(round), "--owner", round.other_owner], commits=1),
    Task("reword", "REF", _reword, commits=1),
    Task("tag", "REF", lambda round: ["+budget", round.ref], commits=1),
    Task("restrict", "REF", lambda round: [round.ref], commits=1),
    Task("unrestrict", "REF", lambda round: [round.ref], commits=1),
    Task("edit", "REF", lambda round: [round.ref], commits=1, more=_EDITOR),
    Task("discharge", "REF", _outcome, commits=1),
    Task("withdraw", "REF", _reason, lambda round: round.run("reopen", *_reason(round)), commits=2),
    Task("undo", "", prepare=lambda round: round.run("update", *_update(round)), commits=2, note=", of `update REF`"),
)  # fmt: skip
"""An action of each round from its being raised to its end, and what is decided on many at once."""

CALENDAR = (
    Task("chase", "--for MEETING --record", lambda round: ["--for", str(round.coming), "--record"], commits=1),
    Task("meeting add", "BOARD DATE", lambda round: [round.coming.board, str(round.days_on(14))], commits=1),
    Task("meeting postpone", "REF", lambda round: [str(round.coming), "--to", str(round.days_on(7))], commits=1),
    Task("meeting reinstate", "REF", lambda round: [str(round.coming)], commits=1),
    Task("meeting cancel", "REF", lambda round: [str(round.coming)], commits=1),
    Task(
        "meeting move", "REF", lambda round: [str(round.coming), "--to", str(round.days_on(1))],
        lambda round: round.run("meeting", "reinstate", str(round.coming)), commits=2,
    ),
    Task(
        "meeting held", "REF",
        lambda round: [str(round.latest), "--attendee", f"Guest {round.number + 1}; Observer; Force"], commits=1,
    ),
    Task(
        "item add", "MEETING TITLE",
        lambda round: [f"{round.coming.board}/{round.days_on(1)}", round.text("The annual report")], commits=1,
    ),
    Task(
        "owner add", "KEY", lambda round: [f"Partner{round.number + 1}", "--name", f"Partner {round.number + 1} Trust"],
        commits=1,
    ),
    Task("owner alias", "KEY ALIAS", lambda round: ["Force", f"Police {round.number + 1}"], commits=1),
    Task(
        "board add", "KEY", lambda round: [f"panel-{round.number + 1}", "--title", f"Panel {round.number + 1}"], commits=1
    ),
)  # fmt: skip
"""What becomes of a meeting of each round, at which actions are due, and who there is."""
