"""The life of records in git: which commit changed what, latest first."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import NotFound
from tracker.git.comparing import Step, changed_files, content_of, stat_of, stored_contents, versions
from tracker.git.door import records
from tracker.git.objects import Commit
from tracker.git.revisions import HEAD, Clone, find_commit
from tracker.model.dates import real_day
from tracker.model.difference import Difference, Version, board_of, called
from tracker.model.differences import compare, moved_meetings
from tracker.model.references import (
    REGISTER_PATH,
    ActionRef,
    MeetingRef,
    Ref,
    canonical_action,
    canonical_meeting,
    path_of,
)
from tracker.storage.places import ref_at
from tracker.storage.yaml_text import BadText

# A sign in front keeps every field from being empty, for the empty ones are dropped between the NULs.
_FIELDS: Final = (
    "%H", "=%an", "=%cn", "=%ad",
    "=%(trailers:key=Tracker-Ref,valueonly,separator=%x1f)",
    "=%(trailers:key=Tracker-Undoes,valueonly,separator=%x1f)",
)  # fmt: skip
_OPTIONS: Final = (
    "-z", "--raw", "-c", "--root", "--full-history", "--no-renames", "--no-relative", "--no-abbrev",
    "--no-follow", "-O/dev/null", "--no-show-signature", "--encoding=UTF-8", "--date=short",
    "--format=" + "%x00".join(_FIELDS),
)  # fmt: skip
_HASH: Final = re.compile(r"[0-9a-f]{40,64}")
_BETWEEN: Final = "\x1f"
# Most commits tell of something; only merges and changes of other files tell of nothing.
_SPARE: Final = 50


class Happened(NamedTuple):
    """What became of one record, and the commit that says so; None where it is not committed yet."""

    difference: Difference
    commit: Commit | None


class Touched(NamedTuple):
    """A commit and what it did to records. `steps` holds a list for each of its parents; one for the first commit."""

    commit: Commit
    steps: tuple[tuple[Step, ...], ...]

    def within(self, scope: "_Scope") -> "Touched":
        """Without what the scope cannot come to hold, which then is not read at all."""
        return self._replace(
            steps=tuple(tuple(step for step in steps if scope.may_hold(step.ref)) for steps in self.steps)
        )


def life_of(clone: Clone, ref: Ref | None, enough: int | None = None) -> list[Happened]:
    """What became of a record, latest first: an action; a meeting with its actions; a board with all that is its.

    None is the whole register. `enough` is how many things are wanted: where there are more, at least one
    more is given. A meeting is followed to the days that it was moved from. Raises NotFound if nothing is
    known of the record, NoHistory without a commit.
    """
    head = find_commit(clone, HEAD)
    commits = None if enough is None else enough + _SPARE
    found, looked_at = _life(clone, ref, head, commits, enough)
    if enough is not None and looked_at == commits and len(found) <= enough:
        found, _ = _life(clone, ref, head, None, enough)
    if ref is not None and not found:
        raise NotFound(f"No commit knows {called(ref)}. One that is no longer there is found by its full reference.")
    return found


def _life(
    clone: Clone, ref: Ref | None, head: Commit, commits: int | None, enough: int | None
) -> tuple[list[Happened], int]:
    """The life as far as so many commits tell it, and how many there were. Stops where there is enough."""
    scope = _Scope(ref)
    found = _uncommitted(clone, ref, head, scope)
    touched = [one.within(scope) for one in _touched(clone, ref, commits)]
    known = stored_contents(clone, (step for one in touched for steps in one.steps for step in steps))
    for one in touched:
        if enough is not None and len(found) > enough:
            break
        found += [Happened(difference, one.commit) for difference in reversed(_done(one, known, scope))]
    return found, len(touched)


class _Scope:
    """Which records a life is about. It grows by the days that a meeting was moved from."""

    def __init__(self, ref: Ref | None) -> None:
        self._ref = ref
        self._meetings = {ref} if isinstance(ref, MeetingRef) else set()

    def holds(self, ref: Ref) -> bool:
        """Whether the record is one of them."""
        if self._meetings:
            return (ref.meeting if isinstance(ref, ActionRef) else ref) in self._meetings
        if self._ref is None or isinstance(self._ref, ActionRef) or self._ref == REGISTER_PATH:
            return self._ref in (None, ref)
        return board_of(ref) == self._ref

    def may_hold(self, ref: Ref) -> bool:
        """Whether the record is one of them, or the scope may yet grow to hold it."""
        return self.holds(ref) or (bool(self._meetings) and isinstance(ref, MeetingRef))

    def grow(self, moves: Mapping[MeetingRef, MeetingRef]) -> None:
        """Take in the old days of the meetings that were moved."""
        self._meetings |= {old for new, old in moves.items() if new in self._meetings}


def _uncommitted(clone: Clone, ref: Ref | None, head: Commit, scope: _Scope) -> list[Happened]:
    changed = changed_files(clone, head, _below(ref), scope.may_hold)
    return [Happened(difference, None) for difference in reversed(_told(changed, (), scope))]


def _done(touched: Touched, known: Mapping[str, bytes | BadText], scope: _Scope) -> list[Difference]:
    """What a commit did: of a merge, only what none of its parents had already."""
    together = [ref for ref in map(_named, touched.commit.trailers) if ref is not None]
    sides = []
    for steps in touched.steps:
        pairs = {step.ref: (content_of(step.before, known), content_of(step.after, known)) for step in steps}
        sides.append(_told(versions(pairs), together, scope))
    first, *others = sides or [[]]
    return [difference for difference in first if all(difference in other for other in others)]


def _told(changed: Mapping[Ref, tuple[Version, Version]], together: Sequence[Ref], scope: _Scope) -> list[Difference]:
    scope.grow(moved_meetings(changed, together))
    return [difference for difference in compare(changed, together) if _concerns(scope, difference)]


def _concerns(scope: _Scope, difference: Difference) -> bool:
    return scope.holds(difference.ref) or (difference.moved_from is not None and scope.holds(difference.moved_from))


def _touched(clone: Clone, ref: Ref | None, commits: int | None) -> list[Touched]:
    limit = [] if commits is None else [f"--max-count={commits}"]
    pathspec = (clone.prefix + _below(ref)).rstrip("/") or "."
    output = clone.git.read("log", *_OPTIONS, *limit, "HEAD", "--", pathspec)
    return list(_parsed(records(output), clone.prefix))


def _below(ref: Ref | None) -> str:
    """Where in the register to look; empty for all of it.

    For a meeting it is the board's whole folder, because it may have lain under another day.
    """
    if ref is None:
        return ""
    return path_of(ref) if isinstance(ref, ActionRef) or ref == REGISTER_PATH else board_of(ref) or ""


def _parsed(words: Sequence[str], prefix: str) -> Iterator[Touched]:
    """The commits of a log with raw differences, between NULs: a hash and its fields, then lines and paths."""
    place = 0
    while place < len(words):
        assert _HASH.fullmatch(words[place]), words[place]
        commit = _commit(words[place : place + len(_FIELDS)])
        place += len(_FIELDS)
        steps: list[list[Step]] = []
        while place < len(words) and words[place].lstrip("\n").startswith(":"):
            ref = ref_at(words[place + 1].removeprefix(prefix))
            if ref is not None:
                steps.append(_steps(ref, words[place].lstrip("\n")))
            place += 2
        yield Touched(commit, tuple(zip(*steps, strict=True)))


def _steps(ref: Ref, line: str) -> list[Step]:
    """What became of one path, seen from each parent: `:MODE MODE HASH HASH LETTER`, with a colon for each parent."""
    parents = len(line) - len(line.lstrip(":"))
    words = line[parents:].split(" ")
    modes, hashes = words[: parents + 1], words[parents + 1 : 2 * (parents + 1)]
    after = stat_of(modes[-1], hashes[-1])
    return [Step(ref, stat_of(mode, hash_), after) for mode, hash_ in zip(modes[:-1], hashes[:-1], strict=True)]


def _commit(fields: Sequence[str]) -> Commit:
    author, committer, day, touched, undoes = (field.removeprefix("=") for field in fields[1:])
    numbers = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", day)
    found = real_day(*map(int, numbers.groups())) if numbers else None
    trailers = tuple(word for word in touched.split(_BETWEEN) if word)
    return Commit(fields[0], author, committer, found or date(1970, 1, 1), trailers, undoes or None)


def _named(trailer: str) -> Ref | None:
    """The record that a trailer names."""
    if trailer == called(REGISTER_PATH):
        return REGISTER_PATH
    return canonical_action(trailer) or canonical_meeting(trailer) or None
