"""What changed between two versions of a register: pure, record by record.

Whoever reads the versions (from files, from git) hands them over by reference, only those that may differ.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Final

from tracker.errors import Problem
from tracker.model import difference_actions
from tracker.model.difference import Difference, Version, fields, in_order
from tracker.model.records import Action, Board, Meeting, Owner, Record, Settings
from tracker.model.references import MeetingRef, Ref

Versions = Mapping[Ref, tuple[Version, Version]]
"""By reference, what a record was and what it is."""

_MEETING: Final = ("time", "ends", "venue", "attendees", "apologies", "items")
_BOARD: Final = ("title", "chair", "members", "agenda", "note", "author", "classification", "publish")
_OWNER: Final = ("name", "aliases", "email")
_SETTINGS: Final = ("title", "commit")


def compare(versions: Versions, together: Collection[Ref] = ()) -> tuple[Difference, ...]:
    """All differences, in the order of their records. A meeting that only changed its day is moved, not deleted.

    `together` are the records that one change of the program touched, where the versions are those around it.
    """
    moves = moved_meetings(versions, together)
    gone = set(moves.values())
    found: list[Difference] = []
    for ref in sorted(versions, key=in_order):
        old, new = versions[ref]
        if isinstance(ref, MeetingRef) and ref in moves:
            found += _moved(ref, moves[ref], versions[moves[ref]][0], new)
        elif ref not in gone:
            found += compare_versions(ref, old, new)
    return tuple(found)


def compare_versions(ref: Ref, old: Version, new: Version) -> Iterator[Difference]:
    """What became of one record. Two versions that say the same but are not the same file are `rewritten`."""
    about = Difference(ref, "rewritten", subject(new) or subject(old))
    if isinstance(new, Problem):
        yield about._replace(kind="unreadable", problem=new)
    elif new is None:
        yield from [about._replace(kind="deleted", problem=old if isinstance(old, Problem) else None)] if old else []
    elif isinstance(old, Problem):
        yield about._replace(kind="readable again", problem=old)
    elif old is None:
        yield from _added(about, new)
    elif old == new:
        yield about
    else:
        yield from _changed(about, old, new)


def moved_meetings(versions: Versions, together: Collection[Ref] = ()) -> dict[MeetingRef, MeetingRef]:
    """By the new reference, the old one of each meeting that changed its day.

    One of that board is gone and one that says the same is new, or is new by the same change of the program.
    """
    gone = {ref: old for ref, (old, new) in versions.items() if isinstance(old, Meeting) and new is None}
    moves: dict[MeetingRef, MeetingRef] = {}
    for ref in sorted((ref for ref in versions if isinstance(ref, MeetingRef))):
        old, new = versions[ref]
        if old is None and isinstance(new, Meeting):
            own = [was for was in gone.values() if was.ref.board == ref.board]
            same = [was for was in own if _same_but_day(was, new) or {was.ref, ref} <= set(together)]
            if same:
                nearest = min(same, key=lambda was: (_days_between(was.ref.day, ref.day), was.ref))
                moves[ref] = nearest.ref
                del gone[nearest.ref]
    return moves


def subject(version: Version) -> str:
    """What a record is called: an action's text, a board's or the register's title."""
    if isinstance(version, Action):
        return version.text
    return version.title if isinstance(version, Board | Settings) else ""


def _same_but_day(old: Meeting, new: Meeting) -> bool:
    return old._replace(ref=new.ref) == new


def _days_between(one: date, other: date) -> int:
    return abs((one - other).days)


def _moved(ref: MeetingRef, old_ref: MeetingRef, old: Version, new: Version) -> Iterator[Difference]:
    yield Difference(ref, "moved", moved_from=old_ref)
    if isinstance(old, Meeting) and isinstance(new, Meeting) and not _same_but_day(old, new):
        yield from _meeting_changed(Difference(ref, "moved"), old, new)


def _added(about: Difference, new: Record) -> Iterator[Difference]:
    match new:
        case Action():
            yield from difference_actions.raised(new)
        case Meeting():
            yield about._replace(kind="meeting added")
            if new.status != "scheduled":
                yield about._replace(kind=new.status, after=new.postponed_to)
        case Board():
            yield about._replace(kind="board added")
        case Settings():
            yield about._replace(kind="register added")
            yield from _owners(about, Settings(), new)


def _changed(about: Difference, old: Record, new: Record) -> Iterator[Difference]:
    if isinstance(old, Action) and isinstance(new, Action):
        yield from difference_actions.changed(old, new)
    elif isinstance(old, Meeting) and isinstance(new, Meeting):
        yield from _meeting_changed(about, old, new)
    elif isinstance(old, Board) and isinstance(new, Board):
        yield from fields(about, old, new, _BOARD)
    elif isinstance(old, Settings) and isinstance(new, Settings):
        yield from _owners(about, old, new)
        yield from fields(about, old, new, _SETTINGS)


def _meeting_changed(about: Difference, old: Meeting, new: Meeting) -> Iterator[Difference]:
    if (old.status, old.postponed_to) != (new.status, new.postponed_to):
        yield about._replace(kind=new.status, before=old.status, after=new.postponed_to)
    yield from fields(about, old, new, _MEETING)


def _owners(about: Difference, old: Settings, new: Settings) -> Iterator[Difference]:
    before = {owner.key: owner for owner in old.owners}
    after = {owner.key: owner for owner in new.owners}
    for owner in new.owners:
        if owner.key not in before:
            yield about._replace(kind="owner added", subject=_owner_name(owner))
        else:
            found = about._replace(subject=_owner_name(owner))
            yield from _owner_changed(found, before[owner.key], owner)
    for owner in old.owners:
        if owner.key not in after:
            yield about._replace(kind="owner removed", subject=_owner_name(owner))
    if old.owners != new.owners and dict(before) == dict(after):
        yield about._replace(kind="field", field="order of owners")


def _owner_changed(about: Difference, old: Owner, new: Owner) -> Iterator[Difference]:
    for name in _OWNER:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            yield about._replace(kind="field", field=f"owner's {name}", before=before, after=after)


def _owner_name(owner: Owner) -> str:
    return f"{owner.key}: {owner.name}"
