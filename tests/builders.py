"""Small registers for tests, in memory and on disk: only what matters is spelled out.

Days and references may be given as the texts that files hold. What a record needs around it (its board,
its meeting, the register) is made where it is missing.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from tracker.model.records import (
    NEXT_MEETING,
    Action,
    Board,
    Event,
    Item,
    Meeting,
    Owner,
    Person,
    Record,
    Register,
    Settings,
)
from tracker.model.references import ActionRef, MeetingRef, canonical_action, canonical_meeting
from tracker.storage.fields import to_fields


def day(text: str | date | None) -> Any:
    """A day from `2026-02-25`; `next meeting`, None and days stay what they are."""
    return date.fromisoformat(text) if isinstance(text, str) and text != NEXT_MEETING else text


def meeting_ref(text: str | MeetingRef) -> MeetingRef:
    ref = canonical_meeting(text) if isinstance(text, str) else text
    assert ref is not None, f"{text} is no meeting"
    return ref


def action_ref(text: str | ActionRef) -> ActionRef:
    ref = canonical_action(text) if isinstance(text, str) else text
    assert ref is not None, f"{text} is no action"
    return ref


def action(ref: str | ActionRef = "PDB/2025-11-26/01", text: str = "Explore a rural crime update", **fields: Any) -> Action:
    """An open action of the Force without a due day, unless said."""
    given = {"owners": ("Force",), **fields}
    if "due" in given:
        given["due"] = day(given["due"])
    if isinstance(given.get("follows"), str):
        given["follows"] = action_ref(given["follows"])
    for name in ("owners", "tags", "history"):
        given[name] = tuple(given.get(name, ()))
    return Action(ref=action_ref(ref), text=text, **given)


def event(on: str | date, kind: str = "update", **fields: Any) -> Event:
    """An event; of those that move the due day, `before` and `after` may be texts."""
    if isinstance(fields.get("meeting"), str):
        fields["meeting"] = meeting_ref(fields["meeting"])
    if kind in ("carried forward", "re-dated"):
        fields.update({name: day(fields.get(name)) for name in ("before", "after")})
    return Event(date=day(on), event=kind, **fields)  # type: ignore[arg-type]


def meeting(ref: str | MeetingRef = "PDB/2025-11-26", status: str = "held", **fields: Any) -> Meeting:
    return Meeting(ref=meeting_ref(ref), status=status, **fields)  # type: ignore[arg-type]


def person(name: str = "Matthew Scott", **fields: Any) -> Person:
    return Person(name, **fields)


def item(number: str = "3i", title: str = "Plan delivery", **fields: Any) -> Item:
    return Item(number, title, **fields)


def board(key: str = "pdb", title: str = "Performance and Delivery Board", **fields: Any) -> Board:
    return Board(key, title, **fields)


def owner(key: str = "Force", name: str | None = None, **fields: Any) -> Owner:
    return Owner(key, name or f"The {key}", **fields)


def settings(*owners: Owner, **fields: Any) -> Settings:
    """`register.yaml`, with the Force and the OPCC as owners unless some are given. No commits unless said."""
    known = owners or (owner("Force", "Kent Police", aliases=("CC",)), owner("OPCC", aliases=("PCC",)))
    return Settings(**{"title": "Office of the PCC", "owners": known, "commit": False, **fields})


def with_surroundings(*records: Record) -> list[Record]:
    """The records, and the settings, boards and meetings that they need and that are not among them."""
    made: dict[str, Record] = {record.path: record for record in records}
    for needed in [settings(), *(around for record in records for around in _around(record))]:
        made.setdefault(needed.path, needed)
    return [made[path] for path in sorted(made)]


def register(*records: Record) -> Register:
    """A register in memory that holds these records and what they need."""
    every = with_surroundings(*records)
    actions = {record.ref: record for record in every if isinstance(record, Action)}
    highest: dict[MeetingRef, int] = {}
    for ref in actions:
        highest[ref.meeting] = max(ref.number, highest.get(ref.meeting, 0))
    return Register(
        settings=next(record for record in every if isinstance(record, Settings)),
        boards={record.key: record for record in every if isinstance(record, Board)},
        meetings={record.ref: record for record in every if isinstance(record, Meeting)},
        actions=actions,
        highest=highest,
    )


def parts_of(register: Register) -> tuple[Any, ...]:
    """All that a register holds, to compare it with another one."""
    mappings = (register.boards, register.meetings, register.actions, register.broken, register.highest)
    return (register.settings, *map(dict, mappings))


def on_disk(root: Path, *records: Record) -> Path:
    """Write a register with these records, and what they need, into the folder `root`; returns it."""
    from tracker.storage.yaml_scalars import write_record

    for record in with_surroundings(*records):
        put(root, record.path, write_record(to_fields(record)))
    return root


def put(root: Path, path: str, content: str | bytes) -> Path:
    """Write a file of the register as it stands here, with the folders that it needs; returns its path."""
    place = root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def files_of(root: Path) -> dict[str, bytes]:
    """Every file below `root` by its path, but not what the program keeps for itself: to see what changed."""
    paths = (path for path in sorted(root.rglob("*")) if path.is_file() and ".tracker" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}


def _around(record: Record) -> Iterator[Record]:
    if isinstance(record, Action):
        yield meeting(record.ref.meeting)
        yield board(record.ref.meeting.board)
    elif isinstance(record, Meeting):
        yield board(record.ref.board)
