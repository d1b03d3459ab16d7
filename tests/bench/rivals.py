"""Other trackers, filled with the same actions: texts, boards, items, owners, tags, due days, histories, what is open.

Each gets its data in files of its own kind, in the fields that it has for them: what happened to an action is an
annotation, a description, an attribute or a cell. Each answers the same question: what was due before `AS_AT` and is open?
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from tests.bench.make_register import AS_AT
from tests.bench.offices import git
from tests.bench.processes import Desk, clean_environment, output
from tracker.model.records import Action, Event

_DOORSTOP = """
import sys, doorstop
for item in doorstop.build().find_document('ACT'):
    if item.get('state') == 'open' and str(item.get('due')) < sys.argv[1]:
        print(item.uid, item.get('due'), item.text)
"""
_EXCEL = """
import sys, openpyxl
rows = openpyxl.load_workbook(sys.argv[1], read_only=True).active.iter_rows(min_row=2, values_only=True)
for reference, board, text, due, state, *rest in rows:
    if state == 'open' and due.date().isoformat() < sys.argv[2]:
        print(reference, due.date(), text)
"""
# Given the actions as JSON, a line each, on the way in.
_MAKE_WORKBOOK = """
import datetime, json, sys, openpyxl
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet('Actions')
sheet.append(['Reference', 'Board', 'Text', 'Due', 'State', 'Item', 'Owners', 'Tags', 'Progress'])
for line in open(sys.argv[1], encoding='utf-8'):
    reference, board, text, due, *rest = json.loads(line)
    sheet.append([reference, board, text, datetime.datetime.fromisoformat(due), *rest])
book.save(sys.argv[2])
"""


class Listing(NamedTuple):
    """The words that list what is overdue, and how many actions they list."""

    words: list[str]
    found: Callable[[], int]


class Goal(NamedTuple):
    """How many times the rival's time, and its memory, must be `tracker`'s; None where nothing is asked."""

    time: float | None = None
    memory: float | None = None


class Rival(NamedTuple):
    """Another tracker. `find` gives the path of its program, None where it is not installed.

    `fill` takes that path, a desk and the actions. `goals` are by the number of actions. Above `largest` actions it is not tried: it would take hours.
    """

    name: str
    find: Callable[[], str | None]
    version: Callable[[str, Desk], str]
    fill: Callable[[str, Desk, list[Action]], Listing]
    goals: tuple[tuple[int, Goal], ...]
    largest: int = 100_000


def desk_of(folder: Path, like: Desk) -> Desk:
    """A desk in a folder of its own, made now, with nothing of `tracker`'s in its environment."""
    folder.mkdir()
    return like._replace(folder=folder, environment=clean_environment(folder / "home", TZ="UTC", COLUMNS="200"))


def _fill_taskwarrior(
    program: str, desk: Desk, actions: list[Action], attributes: Callable[[Action], dict[str, str]]
) -> Listing:
    """Write its files as it does itself: it had not imported a hundred thousand tasks after ten minutes."""
    settings, data = desk.folder / "taskrc", desk.folder / "data"
    data.mkdir()
    overdue = f"status:pending due.before:{AS_AT}"
    settings.write_text(
        f"data.location={data}\nconfirmation=off\nverbose=nothing\nreport.overdue.filter={overdue}\n"
        "uda.item.type=string\nuda.owner.type=string\n",
        "utf-8",
    )
    with open(data / "pending.data", "w", encoding="utf-8") as live, open(data / "completed.data", "w", encoding="utf-8") as closed:
        for action in actions:
            pairs = [f"{name}:{_in_taskwarrior(value)}" for name, value in sorted(attributes(action).items())]
            (live if _open(action) else closed).write(f"[{' '.join(pairs)}]\n")
    asked = [program, f"rc:{settings}"]
    return Listing([*asked, "overdue"], lambda: int(output(desk, [*asked, *overdue.split(), "count"])))


def _task(action: Action) -> dict[str, str]:
    """The attributes of the action as a task; what happened are its annotations, which need different seconds."""
    tags = {f"tags_{tag}": "x" for tag in action.tags} | ({"tags": ",".join(action.tags)} if action.tags else {})
    happened = {
        f"annotation_{int(_seconds(event.date)) + place}": _said(event) for place, event in enumerate(action.history)
    }
    return _bare_task(action) | {"item": str(action.item), "owner": ", ".join(action.owners)} | tags | happened


def _bare_task(action: Action) -> dict[str, str]:
    """The same with nothing that its listing does not need."""
    status = {"status": "pending"} if _open(action) else {"status": "completed", "end": _seconds(AS_AT)}
    return status | {
        "description": action.text,
        "project": action.ref.meeting.board,
        "entry": _seconds(action.raised),
        "modified": _seconds(AS_AT),
        "due": _seconds(action.due),
        "uuid": str(uuid5(NAMESPACE_URL, str(action.ref))),
    }


def _seconds(day: object) -> str:
    assert isinstance(day, date)
    return f"{datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp():.0f}"


def _in_taskwarrior(value: str) -> str:
    """A value as its files hold it: JSON, but for the brackets that a task begins and ends with."""
    return json.dumps(value, ensure_ascii=False).replace("[", "&open;").replace("]", "&close;")


def _fill_todoman(todo: str, desk: Desk, actions: list[Action]) -> Listing:
    for action in actions:
        folder = desk.folder / "lists" / action.ref.meeting.board
        folder.mkdir(parents=True, exist_ok=True)
        name = str(action.ref).replace("/", "-")
        (folder / f"{name}.ics").write_bytes(_todo(name, action).encode())
    settings = desk.folder / "config.py"
    settings.write_text(
        f"path = {str(desk.folder / 'lists' / '*')!r}\ncache_path = {str(desk.folder / 'cache.sqlite3')!r}\n"
        "date_format = '%Y-%m-%d'\ntime_format = '%H:%M'\n",
        "utf-8",
    )
    # It knows no other day than now, so the day is told in hours from now.
    hours = (datetime(AS_AT.year, AS_AT.month, AS_AT.day, tzinfo=UTC) - datetime.now(UTC)).total_seconds() // 3600
    words = [todo, "--config", str(settings), "list", f"--due={hours:.0f}"]
    return Listing(words, lambda: len(output(desk, words).splitlines()))


def _todo(name: str, action: Action) -> str:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//records//EN", "BEGIN:VTODO", f"UID:{name}",
        f"DTSTAMP:{AS_AT:%Y%m%d}T000000Z", f"SUMMARY:{_escaped(action.text)}",
        f"DUE;VALUE=DATE:{action.due:%Y%m%d}", f"STATUS:{'NEEDS-ACTION' if _open(action) else 'COMPLETED'}",
        f"CATEGORIES:{','.join([*action.owners, *action.tags])}",
        f"DESCRIPTION:{_escaped(f'Item {action.item}{chr(10)}{_progress(action)}')}", "END:VTODO", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(line + "\r\n" for line in lines)


def _fill_doorstop(doorstop: str, desk: Desk, actions: list[Action]) -> Listing:
    output(desk, [git(), "init", "--quiet"])
    output(desk, [doorstop, "create", "ACT", "./actions", "--digits", "6"])
    for number, action in enumerate(actions, 1):
        told = [
            "active: true", "derived: false", "header: ''", f"level: 1.{number}", "links: []", "normative: true",
            "ref: ''", "reviewed: null", f"due: '{action.due}'", f"state: {_state(action)}",
            f"text: {json.dumps(action.text)}", f"item: '{action.item}'", f"owners: {json.dumps(action.owners)}",
            f"tags: {json.dumps(action.tags)}", f"progress: {json.dumps(_progress(action))}",
        ]  # fmt: skip
        (desk.folder / "actions" / f"ACT{number:06}.yml").write_text("\n".join([*told, ""]), "utf-8")
    return _counted(desk, [_interpreter_of(doorstop), "-c", _DOORSTOP, str(AS_AT)])


def _fill_workbook(python: str, desk: Desk, actions: list[Action]) -> Listing:
    rows, book = desk.folder / "rows", desk.folder / "actions.xlsx"
    with open(rows, "w", encoding="utf-8") as file:
        for action in actions:
            row = [str(action.ref), action.ref.meeting.board, action.text, str(action.due), _state(action), action.item]
            more = [", ".join(action.owners), ", ".join(action.tags), _progress(action)]
            file.write(json.dumps([*row, *more]) + "\n")
    output(desk, [python, "-c", _MAKE_WORKBOOK, str(rows), str(book)])
    return _counted(desk, [python, "-c", _EXCEL, str(book), str(AS_AT)])


def _counted(desk: Desk, words: list[str]) -> Listing:
    return Listing(words, lambda: len(output(desk, words).splitlines()))


def _progress(action: Action) -> str:
    """What happened to the action, an event a line."""
    return "\n".join(f"{event.date} {_said(event)}" for event in action.history)


def _said(event: Event) -> str:
    """All that our record tells of the event but its day, as one would write it into a log."""
    where = f" at {event.meeting}" if event.meeting else ""
    moved = f" from {event.before} to {event.after}" if event.after else ""
    route = f", {event.route}" if event.route else ""
    return f"{event.event}{where}{moved}{route}: {event.note}"


def _escaped(text: str) -> str:
    """A text as RFC 5545, section 3.3.11, wants it; that lines be folded is a wish there, not a duty."""
    return re.sub(r"([\\,;])", r"\\\1", text).replace("\n", "\\n")


def _state(action: Action) -> str:
    return "open" if _open(action) else "closed"


def _open(action: Action) -> bool:
    return action.status in ("open", "proposed")


def _interpreter_of(script: str) -> str:
    """The Python of an installed script, by its first line."""
    with open(script, encoding="utf-8") as file:
        return file.readline().removeprefix("#!").strip()


def _python_with_openpyxl() -> str | None:
    tools = [path for path in map(shutil.which, ("doorstop", "todo")) if path]
    for python in [sys.executable, *map(_interpreter_of, tools)]:
        if shutil.which(python) and _imports(python, "openpyxl"):
            return python
    return None


def _imports(python: str, package: str) -> bool:
    return subprocess.run([python, "-c", f"import {package}"], capture_output=True, check=False).returncode == 0


def _told(*words: str) -> Callable[[str, Desk], str]:
    """The version that a program tells when it is called with these words: the last of what it prints."""
    return lambda path, desk: output(desk, [path, *words]).split()[-1].removeprefix("v")


def rivals() -> Iterator[Rival]:
    """The others, whether they are installed or not."""
    taskwarrior = Rival(
        "Taskwarrior", lambda: shutil.which("task"), _told("--version"), partial(_fill_taskwarrior, attributes=_task),
        ((10_000, Goal(1)), (100_000, Goal(3, 5))),
    )  # fmt: skip
    yield taskwarrior
    bare = partial(_fill_taskwarrior, attributes=_bare_task)
    yield taskwarrior._replace(name="Taskwarrior without histories, items, owners and tags", fill=bare, goals=())
    yield Rival("todoman", lambda: shutil.which("todo"), _told("--version"), _fill_todoman, ((10_000, Goal(4)),))
    yield Rival(
        "Excel log, read by openpyxl", _python_with_openpyxl,
        _told("-c", "import openpyxl; print(openpyxl.__version__)"), _fill_workbook, ((10_000, Goal(10)),),
    )  # fmt: skip
    yield Rival(
        "Doorstop", lambda: shutil.which("doorstop"), _told("--version"), _fill_doorstop, ((10_000, Goal(50)),),
        largest=10_000,
    )  # fmt: skip
