"""Reading one folder of the register for the index: what lies in it, each record, and what is wrong there."""

import marshal
import os
import stat
from collections.abc import Callable, Mapping
from typing import Any, Final

from tracker.errors import Problem
from tracker.model.records import Action, Record
from tracker.model.references import ActionRef, Ref, action_number, folder_of, path_of, ref_of_folder
from tracker.model.state import State, standing
from tracker.storage.index.bundles import NEVER, OWN, Cards, Packed, Shelved, Wrong, ref_in, wrong_in
from tracker.storage.index.cards import pack, pack_state, unpack
from tracker.storage.index.rows import Row
from tracker.storage.index.signature import UNSETTLED, Stamp, joined, parted, stamp
from tracker.storage.load import first_error, read_ref
from tracker.storage.own_folder import Place
from tracker.storage.trees import DiskTree

_FORM: Final = 2


def read_folder(
    root: Place, path: str, mark: int, before: Row | None = None, kept: Callable[[], Cards] = dict
) -> Shelved:
    """Read the folder `path` of the register at `root`; of its files only those that are not as they were `before`.

    `mark` is what the file system's clock said before anything was read; `kept` gives the packed records
    of `before`. Never raises for what lies in the folder.
    """
    return _Reading(root, path, mark, before, kept).shelved()


class _Reading:
    def __init__(self, root: Place, path: str, mark: int, before: Row | None, kept: Callable[[], Cards]) -> None:
        self.root = root
        self.path = path
        self.mark = mark
        self.own = ref_of_folder(path)
        self.tree = DiskTree(root)
        self.row = before
        self.before = _stamps(before)
        self.before_wrong = wrong_in(before) if before else Wrong()
        self.kept = kept
        self.kept_cards: Cards | None = None

    def shelved(self) -> Shelved:
        """Everything about the folder. Its stamp is taken before it is looked at, so that no change is missed."""
        own_stamp = self.stamp_of(self.path)
        # at most files were changed, and nothing was wrong with what lies there
        if self.row and not self.row.problems and self.stands(self.path, own_stamp):
            refs = [ref_in(self.own, action_number(name) or OWN) for name in self.row.record_names]
            names, inner, highest = self.row.names, self.row.inner, self.row.highest
            problems: list[Problem] = []
            broken: dict[str, Problem] = {}
        else:
            from tracker.storage.walk import look

            found = look(self.tree, self.own)
            if found.odd or not found.listed:
                own_stamp = UNSETTLED
            refs, highest = list(found.refs), found.highest
            names = "\n".join(path_of(ref).rpartition("/")[2] for ref in found.refs)
            inner = "\n".join(folder_of(ref).rpartition("/")[2] for ref in found.inner)
            problems, broken = list(found.problems), dict(found.broken)
        stamps = [own_stamp]
        live: list[Packed] = []
        others: list[Packed] = []
        summary = _Summary()
        for ref in refs:
            path = path_of(ref)
            file_stamp = self.stamp_of(path)
            stamps.append(file_stamp)
            number = ref.number if isinstance(ref, ActionRef) else OWN
            record, card, doubts = self.record(ref, number, path, file_stamp)
            problems += doubts
            if record is None:
                broken[path] = first_error(doubts)
            else:
                state = standing(record) if isinstance(record, Action) else None
                due = summary.count(record, state) if isinstance(record, Action) and state else None
                if due is None or state is None:
                    others.append((number, card, NEVER, b""))
                else:
                    live.append((number, card, due, pack_state(state)))
        wrong = marshal.dumps(_plain(problems, broken), _FORM) if problems else b""
        row = Row(self.path, names, inner, joined(stamps), *summary.facts(), highest, wrong)
        return Shelved(row, marshal.dumps(live, _FORM), marshal.dumps(others, _FORM))

    def stands(self, path: str, now: Stamp) -> bool:
        """Whether the folder or file at this path, which has this stamp now, is as it was before."""
        return now != UNSETTLED and self.before.get(path) == now

    def record(self, ref: Ref, number: int, path: str, now: Stamp) -> tuple[Record | None, bytes, list[Problem]]:
        """The record of a file, its card, and what is wrong in it; from `before` if it is as it was."""
        if self.stands(path, now):
            card = self.card(number)
            if card is not None:
                doubts = [problem for problem in self.before_wrong.problems if problem.path == path]
                return unpack(ref, card), card, doubts
        record, doubts = read_ref(self.tree, ref)
        return record, b"" if record is None else pack(record), doubts

    def card(self, number: int) -> bytes | None:
        if self.kept_cards is None:
            self.kept_cards = self.kept()
        return self.kept_cards.get(number)

    def stamp_of(self, path: str) -> Stamp:
        try:
            status = os.lstat(os.path.join(self.root, path))
        except (OSError, ValueError):
            return UNSETTLED
        plain = stat.S_ISREG(status.st_mode) or stat.S_ISDIR(status.st_mode)
        return stamp(status, self.mark) if plain else UNSETTLED


class _Summary:
    """What the row says of the actions in a folder."""

    def __init__(self) -> None:
        self.latest = 0
        self.first_due = NEVER
        self.dateless = 0

    def count(self, action: Action, state: State) -> int | None:
        """Take in an action; the day on which it is due, as a bundle says it, None if it is not live."""
        if action.history:
            self.latest = max(self.latest, *(event.date.toordinal() for event in action.history))
        if not state.live:
            return None
        if state.due is None:
            self.dateless += 1
            return 0
        if isinstance(state.due, str) or state.status != "open":
            return NEVER
        self.first_due = min(self.first_due, state.due.toordinal())
        return state.due.toordinal()

    def facts(self) -> tuple[int, int, int]:
        return self.latest, self.first_due, self.dateless


def _stamps(row: Row | None) -> dict[str, Stamp]:
    """The stamps of a folder and of the records in it, by path."""
    if row is None:
        return {}
    start = f"{row.path}/" if row.path else ""
    paths = [row.path, *(f"{start}{name}" for name in row.record_names)]
    return dict(zip(paths, parted(row.signature), strict=True))


def _plain(problems: list[Problem], broken: Mapping[str, Problem]) -> Any:
    return [tuple(each) for each in problems], [(path, tuple(each)) for path, each in broken.items()]
