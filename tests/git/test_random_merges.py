"""Three hundred pairs of officers at work apart from each other, merged by real git, each pair judged on its own.

The pairs lie side by side in one repository, so that git merges all of them at once. What a pair's merge
should give is worked out from the facts of the two sides, not by the program's own merging.
"""

import os
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.builders import files_of
from tests.git.random_pairs import Officer, facts, make_pair, read
from tests.git.repository import Clone
from tracker.errors import Problem
from tracker.git.merge_driver import merge_files
from tracker.model.merging_values import Three
from tracker.storage.checking import check_register

PAIRS = 300
TODAY = date(2026, 2, 26)

Files = dict[str, bytes]


class Pair(NamedTuple):
    """What a pair had at first, what each officer made of it, what the merge made of both, and what git left unmerged."""

    base: Files
    ours: Files
    theirs: Files
    merged: Files
    unmerged: set[str]
    words: list[str]
    named: set[str]


class Work(NamedTuple):
    """The repository, and what each pair's officers wrote."""

    clone: Clone
    words: dict[str, list[str]]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Work:
    folder = tmp_path_factory.mktemp("pairs")
    clone = Clone(folder, folder / "clone")
    pairs = [f"{number:03}" for number in range(PAIRS)]
    for number, name in enumerate(pairs):
        make_pair(clone.top / name, number)
    (clone.top / ".gitattributes").write_text("*.yaml merge=tracker -text\n")
    (clone.top / ".gitignore").write_text(".tracker/\n")
    clone.start()
    words: dict[str, list[str]] = {name: [] for name in pairs}
    for side in ("theirs", "ours"):
        clone.git("checkout", "--quiet", "-b", side, "main")
        for number, name in enumerate(pairs):
            officer = Officer(clone, clone.top / name, side, random.Random(f"{number} {side}"))
            # Hundreds of changes; that they survive a power cut is tested elsewhere.
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(os, "fsync", lambda file: None)
                officer.work()
            words[name] += officer.standing()
        clone.git("add", "--all")
        clone.git("commit", "--quiet", f"--message={side}")
    return Work(clone, words)


def merged_pairs(work: Work, branch: str) -> list[Pair]:
    """Merge all pairs, and put everything back. What `check` names is asked only of pairs that git calls clean."""
    clone = work.clone
    states = {}
    for side in ("main", "theirs", "ours"):
        clone.git("checkout", "--quiet", side)
        states[side] = _by_pair(clone.top)
    clone.git("checkout", "--quiet", "-b", branch)
    clone.git("merge", "--quiet", "--no-edit", "theirs", ok=False)
    unmerged = set(clone.git("diff", "--name-only", "--diff-filter=U", "-z").split("\0"))
    merged = _by_pair(clone.top)
    loud = {path[:3] for path in unmerged}
    named = {name: set() if name in loud else _errors(clone.top / name) for name in work.words}
    clone.git("reset", "--quiet", "--hard")
    for side in ("ours", "theirs"):
        clone.git("checkout", "--quiet", side)
        for name in work.words:
            if named[name]:
                named[name] -= _errors(clone.top / name)
    return [
        Pair(*(states[side][name] for side in ("main", "ours", "theirs")), merged[name],
             {path[4:] for path in unmerged if path.startswith(name)}, work.words[name], named[name])
        for name in work.words
    ]  # fmt: skip


def _by_pair(top: Path) -> dict[str, Files]:
    return {folder.name: files_of(folder) for folder in sorted(top.iterdir()) if folder.name.isdigit()}


def _errors(root: Path) -> set[str]:
    return {f"{p.path}: {p.message}" for p in check_register(root, TODAY) if p.severity == "error"}


def lost(pair: Pair) -> list[str]:
    """What a merge that git calls clean lost, mixed or made up."""
    wrong = [f"the words {word}" for word in pair.words if not any(word.encode() in c for c in pair.merged.values())]
    wrong += [f"of the file {path}" for path in {*pair.ours, *pair.theirs} - set(pair.merged)]
    for path in set(pair.merged) - pair.unmerged:
        wrong += [f"in {path}: {what}" for what in _wrong_facts(pair, path)]
    return wrong


def _wrong_facts(pair: Pair, path: str) -> list[str]:
    was, one, other = (side.get(path) for side in (pair.base, pair.ours, pair.theirs))
    if was in (one, other) or one == other:
        return [] if pair.merged[path] == (one if other == was else other) else ["the one change is not there as it was made"]
    records = [read(path, side[path]) if path in side else None for side in (pair.merged, pair.base, pair.ours, pair.theirs)]
    if isinstance(records[0], Problem):
        # An officer's own slip, such as a key that stands twice, is as loud as before.
        return [] if any(isinstance(side, Problem) for side in records[2:]) else [str(records[0])]
    if any(isinstance(side, Problem) for side in records):
        return []
    now, base, ours, theirs = (facts(record) if record is not None and not isinstance(record, Problem) else set() for record in records)
    if records[1] is None:
        return [] if now in (ours, theirs) else ["two new records were mixed"]
    wanted = (base & ours & theirs) | (ours - base) | (theirs - base)
    return [f"{fact} is missing" for fact in wanted - now] + [f"{fact} is made up" for fact in now - wanted]


def without_a_person(pairs: list[Pair]) -> int:
    return sum(not pair.unmerged and not pair.named for pair in pairs)


@contextmanager
def driver(clone: Clone) -> Iterator[None]:
    """Git calls the driver of this process, which spares the start of Python for each file; otherwise it is the real one."""
    ask, answer = clone.folder / "ask", clone.folder / "answer"
    for pipe in (ask, answer):
        os.mkfifo(pipe)
    clone.git("config", "merge.tracker.driver",
              f"printf '%%s\\n' %O %A %B %P > '{ask}'; read status < '{answer}'; exit \"$status\"")  # fmt: skip
    server = threading.Thread(target=_serve, args=(clone.top, ask, answer), daemon=True)
    server.start()
    try:
        yield
    finally:
        ask.write_text("end\n")
        server.join(timeout=10)


def _serve(top: Path, ask: Path, answer: Path) -> None:
    while (names := ask.read_text().splitlines()) != ["end"]:
        base, ours, theirs = (top / name for name in names[:3])
        try:
            merged = merge_files(names[3], Three(ours.read_bytes(), base.read_bytes(), theirs.read_bytes()))
            ours.write_bytes(merged.content)
            answer.write_text("1\n" if merged.conflicts else "0\n")
        except BaseException:
            answer.write_text("129\n")
            raise


def test_with_the_driver_nothing_is_lost_or_mixed(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    with driver(work.clone):
        pairs = merged_pairs(work, "with")
    missing = {number: lost(pair) for number, pair in enumerate(pairs)}
    assert {number: what for number, what in missing.items() if what} == {}
    for pair in pairs:
        for path in pair.unmerged:
            assert b"<<<<<<< ours\n" in pair.merged[path], path
    share = without_a_person(pairs)
    with capsys.disabled():
        print(f"\nWith the driver {share} of {PAIRS} pairs merge without a person ({share * 100 // PAIRS} %).")
    assert share >= PAIRS * 0.6


def test_without_the_driver_nothing_is_lost_that_check_does_not_name(work: Work, capsys: pytest.CaptureFixture[str]) -> None:
    work.clone.git("config", "--unset", "merge.tracker.driver", ok=False)
    pairs = merged_pairs(work, "without")
    missing = {number: lost(pair) for number, pair in enumerate(pairs) if not pair.named}
    assert {number: what for number, what in missing.items() if what} == {}
    share = without_a_person(pairs)
    with capsys.disabled():
        print(f"\nWithout the driver {share} of {PAIRS} pairs merge without a person ({share * 100 // PAIRS} %).")
