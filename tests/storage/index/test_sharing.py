"""A first reading that two processes share: what comes out is what one says, and no process is left behind."""

import os
import time
from pathlib import Path

import pytest

from tests.builders import action, on_disk, put
from tests.storage.faults import needs_fork
from tests.storage.index.registers import none_is_left_behind, opened_by, told_by, told_by_index, told_plainly, whole_of
from tracker.storage.index import folders, second_process, sharing
from tracker.storage.index.bundles import Shelved
from tracker.storage.index.sharing import begin
from tracker.storage.index.signature import UNSETTLED, parted
from tracker.storage.index.whole import open_whole

pytestmark = needs_fork
DAYS = [f"{year}-{month:02}-17" for year in (2024, 2025) for month in range(1, 13)]
FOLDERS = [f"{board}/{day}" for board in ("abc", "pdb") for day in DAYS]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(second_process, "_processors", lambda: 2)
    place = on_disk(tmp_path / "records", *(action(f"{folder.upper()}/01") for folder in FOLDERS))
    put(place, f"{FOLDERS[3]}/02.yaml", "text: [torn\n")
    put(place, f"{FOLDERS[6]}/01.yaml", "text: Do it\nownrs: [Force]\n")
    return place


def slowed(monkeypatch: pytest.MonkeyPatch, partner: float, ours: float) -> None:
    """Each reading of a folder takes so many seconds more."""
    parent, really = os.getpid(), folders.read_folder

    def read(*args: object) -> Shelved:
        time.sleep(ours if os.getpid() == parent else partner)
        return really(*args)  # type: ignore[arg-type]

    for module in (folders, sharing):
        monkeypatch.setattr(module, "read_folder", read)


# In seconds a folder.
@pytest.mark.parametrize("partner, ours", [(0.0, 0.0), (0.004, 0.0), (0.0, 0.004)])
def test_two_processes_say_what_one_says(
    root: Path, monkeypatch: pytest.MonkeyPatch, begun: list[int], partner: float, ours: float
) -> None:
    plain = told_plainly(root)
    slowed(monkeypatch, partner, ours)
    assert len(plain["problems"]) == 2
    assert told_by_index(root) == plain
    assert len(begun) == 1
    none_is_left_behind(begun)
    assert told_by_index(root) == plain
    assert len(begun) == 1


def test_each_reads_half(root: Path, begun: list[int]) -> None:
    def read() -> None:
        with whole_of(root) as whole:
            assert whole.wrong

    ours = {path.rpartition("/")[0] for path in opened_by(read, root)}
    assert ours & set(FOLDERS) == set(FOLDERS[::2])
    time.sleep(0.02)
    assert not {path.rpartition("/")[0] for path in opened_by(read, root)} & set(FOLDERS)
    none_is_left_behind(begun)


@pytest.mark.parametrize("late", [False, True])
def test_what_the_partner_read_is_trusted_no_more_than_what_we_read(root: Path, late: bool) -> None:
    """What changed at the mark or later is read again."""
    partner = begin(str(root), FOLDERS, time.time_ns() + 10**12 if late else 1)
    assert partner
    assert partner.take(FOLDERS[0]) is None
    shelved = partner.take(FOLDERS[1])
    partner.end()
    assert shelved and shelved.row.path == FOLDERS[1]
    assert [one == UNSETTLED for one in parted(shelved.row.signature)] == [not late] * 3


@pytest.mark.parametrize("reads", [0, 7])
def test_a_partner_that_dies(root: Path, monkeypatch: pytest.MonkeyPatch, begun: list[int], reads: int) -> None:
    left, really = [reads], sharing.read_folder

    def read(*args: object) -> Shelved:
        left[0] -= 1
        if left[0] < 0:
            os._exit(9)
        return really(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(sharing, "read_folder", read)
    assert told_by_index(root) == told_plainly(root)
    none_is_left_behind(begun)


def test_a_partner_that_is_cut_off_in_the_middle_of_a_word(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def hand_over(place: str, paths: list[str], mark: int, pipe: int) -> None:
        os.write(pipe, (500).to_bytes(8, "big") + b"half of it")

    monkeypatch.setattr(sharing, "_hand_over", hand_over)
    assert told_by_index(root) == told_plainly(root)


def test_who_stops_early_leaves_no_process_behind_and_can_go_on(root: Path, begun: list[int]) -> None:
    whole = open_whole(root, iter)
    first = next(whole.actions.of_board("abc"))
    whole.close()
    assert len(begun) == 1
    none_is_left_behind(begun)
    plain = told_plainly(root)
    assert first == plain["actions"][first.ref]
    assert told_by(whole.register(), whole.wrong.problems) == plain == told_by_index(root)


def test_a_folder_that_goes_while_it_is_read(root: Path) -> None:
    whole = open_whole(root, iter)
    assert next(iter(whole.meetings))
    for folder in FOLDERS[-4:]:
        for file in (root / folder).iterdir():
            file.unlink()
        (root / folder).rmdir()
    told_by(whole.register(), whole.wrong.problems)
    whole.close()
    assert told_by_index(root) == told_plainly(root)


def test_where_one_process_does_as_well(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = told_plainly(root)
    monkeypatch.setattr(os, "fork", lambda: pytest.fail("a process too many"))
    with monkeypatch.context() as patch:
        patch.setattr(second_process, "_processors", lambda: 1)
        assert told_by_index(root) == plain
    assert told_by_index(root) == plain  # there is an index
    assert begin(str(root), FOLDERS[:20], 0) is None


@pytest.mark.parametrize("refusal", [BlockingIOError(11, "Resource temporarily unavailable"), OSError(12, "No memory")], ids=str)
def test_where_no_second_process_may_be_had(root: Path, monkeypatch: pytest.MonkeyPatch, refusal: OSError) -> None:
    def refused() -> int:
        raise refusal

    monkeypatch.setattr(os, "fork", refused)
    assert told_by_index(root) == told_plainly(root)
