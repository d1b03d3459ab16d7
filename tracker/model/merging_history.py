"""Two histories of one action, united in the order of their days.

What touches the same thing on both sides (the due day, the status, the owners, the text) was decided
twice, and cannot be united. All else can: our events come before theirs of the same day, and an event
that both sides have stands once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal, NamedTuple

from tracker.model.merging_values import CONFLICT, Three, merge_values
from tracker.model.records import Event, EventKind
from tracker.model.state import DUE_EVENTS, OUTCOME_EVENTS, STATUS_AFTER, words

Touched = Literal["text", "owners", "due", "status", "past"]
"""What an event decides about. `past` is an event on file that both sides mended differently."""

History = Sequence[Event]

_EVERYTHING: Final[frozenset[Touched]] = frozenset({"text", "owners", "due", "status", "past"})
_SAY: Final[frozenset[EventKind]] = OUTCOME_EVENTS | {"update", "carried forward", "reopened"}


class _Past(NamedTuple):
    """What one side made of the history: what became of each event of the base (None: taken out), and what is new."""

    fates: tuple[Event | None, ...]
    added: tuple[Event, ...]


def touched_by_both(three: Three[History]) -> frozenset[Touched]:
    """What the sides decided about, each in its own way."""
    ours, theirs = _pasts(three)
    fates = zip(ours.fates, three.base, theirs.fates, strict=True)
    if any(merge_values(Three(*fate)) is CONFLICT for fate in fates):
        return _EVERYTHING
    return _touched(three.base, ours, theirs) & _touched(three.base, theirs, ours)


def closed_over(three: Three[History], tracks: frozenset[Touched]) -> frozenset[Touched]:
    """These, and what else the new events that touch them touch: an event is taken or left as a whole."""
    ours, theirs = _pasts(three)
    decided = [_touches(e) for e in (*_decisions(three.base, ours, theirs), *_decisions(three.base, theirs, ours))]
    while True:
        wider = tracks.union(*(touches for touches in decided if touches & tracks))
        if wider == tracks:
            return tracks
        tracks = wider


def united(three: Three[History], side: int, tracks: frozenset[Touched] = frozenset()) -> tuple[Event, ...]:
    """Both histories in one. What touches any of `tracks` is as on the side with this place in `three`."""
    if not tracks and three.theirs == three.base:
        return tuple(three.ours)
    if not tracks and three.ours == three.base:
        return tuple(three.theirs)
    ours, theirs = _pasts(three)
    fates = [_fate(Three(*fate), side, tracks) for fate in zip(ours.fates, three.base, theirs.fates, strict=True)]
    history = [event for event in fates if event is not None]
    for event, places in _additions(ours, theirs):
        if side in places or not _touches(event) & tracks:
            _insert(history, event)
    return tuple(history)


def same_words(three: Three[History], merged: History) -> bool:
    """Whether every event says in the united history what it says on its side, as mended by corrections.

    A correction mends what was said last before it; something new between the two would be mended instead.
    """
    ours, base, theirs, now = (_said(history) for history in (*three, merged))
    return all(note in _expected(event, ours, base, theirs) for event, note in now)


def _expected(event: Event, ours: "_Said", base: "_Said", theirs: "_Said") -> set[str]:
    sides = [{note for known, note in said if known == event} for said in (ours, theirs)]
    before = {note for known, note in base if known == event}
    new = set.union(*(side - before for side in sides))
    return new or before


_Said = list[tuple[Event, str]]


def _said(history: History) -> _Said:
    return [
        (event, word.note)
        for event, word in zip((e for e in history if e.event in _SAY), words(history), strict=True)
    ]


def _pasts(three: Three[History]) -> tuple[_Past, _Past]:
    return _past(three.base, three.ours), _past(three.base, three.theirs)


def _past(base: History, side: History) -> _Past:
    fates: list[Event | None] = [None] * len(base)
    added: list[Event] = []
    for same, i1, i2, j1, j2 in _blocks(base, side):
        if same:
            fates[i1:i2] = base[i1:i2]
            continue
        pairs = min(i2 - i1, j2 - j1)
        for i, j in zip(range(i1, i1 + pairs), range(j1, j1 + pairs), strict=True):
            if base[i].event == side[j].event:
                fates[i] = side[j]
            else:
                added.append(side[j])
        added += side[j1 + pairs : j2]
    return _Past(tuple(fates), tuple(added))


def _blocks(base: History, side: History) -> list[tuple[bool, int, int, int, int]]:
    if side[: len(base)] == base:  # the usual case: events were added at the end
        return [(True, 0, len(base), 0, len(base)), (False, len(base), len(base), len(base), len(side))]
    opcodes = SequenceMatcher(None, base, side, autojunk=False).get_opcodes()
    return [(tag == "equal", i1, i2, j1, j2) for tag, i1, i2, j1, j2 in opcodes]


def _touched(base: History, past: _Past, other: _Past) -> frozenset[Touched]:
    return frozenset[Touched]().union(*map(_touches, _decisions(base, past, other)))


def _decisions(base: History, past: _Past, other: _Past) -> list[Event]:
    """The events that a side added, mended (before and after) or took out, unless the other side did the same."""
    fates = zip(base, past.fates, other.fates, strict=True)
    mended = [(was, now) for was, now, elsewhere in fates if now not in (was, elsewhere)]
    added = Counter(past.added) - Counter(other.added)
    return [*(event for pair in mended for event in pair if event is not None), *added.elements()]


def _additions(ours: _Past, theirs: _Past) -> Iterator[tuple[Event, tuple[int, ...]]]:
    """Each new event once, with the places in `Three` of the sides that have it; ours first."""
    shared = Counter(ours.added) & Counter(theirs.added)
    on_theirs = Counter(shared)
    for event in ours.added:
        yield event, (0, 2) if on_theirs[event] else (0,)
        on_theirs[event] -= 1
    for event in theirs.added:
        if shared[event] <= 0:
            yield event, (2,)
        shared[event] -= 1


def _touches(event: Event) -> frozenset[Touched]:
    found: set[Touched] = set()
    if event.event in DUE_EVENTS:
        found.add("due")
    # What corrects an outcome belongs to the status that the outcome brought about.
    if event.event in STATUS_AFTER or event.event == "corrected":
        found.add("status")
    if event.event == "reassigned":
        found.add("owners")
    if event.event == "reworded":
        found.add("text")
    return frozenset(found)


def _fate(fate: Three[Event | None], side: int, tracks: frozenset[Touched]) -> Event | None:
    merged: Event | None = merge_values(fate)
    if "past" in tracks or any(event and _touches(event) & tracks for event in fate):
        return fate[side]
    return merged


def _insert(history: list[Event], event: Event) -> None:
    place = max((i for i, past in enumerate(history, 1) if past.date <= event.date), default=0)
    history.insert(place, event)
