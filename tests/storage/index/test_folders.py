"""Only what changed is read again, and what is wrong in a folder is kept with it."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from tests.builders import action, meeting, meeting_ref, on_disk, put
from tests.storage.index.registers import TICK, opened_by, settled, told_by_index, told_plainly, whole_of
from tracker.model.references import ActionRef, MeetingRef, path_of
from tracker.storage import load

MEETING = "pdb/2025-11-26"
# Of an action and of a meeting, before and after; of the same size.
CONTENT = [("text: First\n", "text: Other\n"), ("status: held\nvenue: Hall\n", "status: held\nvenue: Room\n")]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    place = on_disk(
        tmp_path / "records", *(action(f"PDB/2025-11-26/0{number}") for number in (1, 2, 3)), action("PDB/2026-02-25/01"), meeting("JAT/2026-01-14"),
    )  # fmt: skip
    settled(place)
    return place


def read_again(root: Path) -> list[str]:
    return opened_by(lambda: told_by_index(root), root)


def test_nothing_is_opened_where_nothing_changed(root: Path) -> None:
    assert read_again(root) == []
    assert read_again(root) == []


def test_at_first_every_record_is_opened_once(tmp_path: Path) -> None:
    root = on_disk(tmp_path, *(action(f"PDB/2025-11-26/0{number}") for number in (1, 2, 3)))
    assert sorted(read_again(root)) == sorted(path.relative_to(root).as_posix() for path in root.rglob("*.yaml"))


def test_only_a_changed_file_is_opened(root: Path) -> None:
    put(root, f"{MEETING}/02.yaml", "text: Another\n")
    time.sleep(TICK)
    assert read_again(root) == [f"{MEETING}/02.yaml"]
    assert read_again(root) == []
    assert told_by_index(root) == told_plainly(root)


def test_a_change_in_the_tick_of_the_reading_is_read_once_more(root: Path) -> None:
    put(root, f"{MEETING}/02.yaml", "text: Another\n")
    read_again(root)
    time.sleep(TICK)
    read_again(root)
    assert read_again(root) == []


def test_only_a_new_file_is_opened(root: Path) -> None:
    put(root, f"{MEETING}/04.yaml", "text: Another\n")
    put(root, "pdb/2026-06-10/meeting.yaml", "status: scheduled\n")
    time.sleep(TICK)
    assert sorted(read_again(root)) == [f"{MEETING}/04.yaml", "pdb/2026-06-10/meeting.yaml"]
    assert read_again(root) == []


def test_what_goes_is_not_asked_for_again(root: Path) -> None:
    (root / f"{MEETING}/02.yaml").unlink()
    for name in ("01.yaml", "meeting.yaml"):
        (root / "pdb/2026-02-25" / name).unlink()
    (root / "pdb/2026-02-25").rmdir()
    time.sleep(TICK)
    assert read_again(root) == []
    assert told_by_index(root) == told_plainly(root)


def test_a_folder_that_is_renamed_is_read_under_its_new_name(root: Path) -> None:
    os.rename(root / MEETING, root / "pdb/2025-11-27")
    time.sleep(TICK)
    assert [path.rpartition("/")[0] for path in read_again(root)] == ["pdb/2025-11-27"] * 4
    assert read_again(root) == []
    assert told_by_index(root) == told_plainly(root)


WRONG: dict[str, str] = {
    "a record that cannot be read": f"{MEETING}/04.yaml",
    "a name that is none": f"{MEETING}/5.yaml",
    "what an editor left": f"{MEETING}/01.yaml.orig",
    "a stray file": "pdb/minutes.txt",
}


@pytest.mark.parametrize("path", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_without_opening_it_again(root: Path, path: str) -> None:
    put(root, path, "text: [torn\n")
    settled(root)
    plain = told_plainly(root)
    assert plain["problems"]
    # what cannot be read has no card, and is read again with any change in its folder
    assert read_again(root) == []
    assert told_by_index(root) == plain
    (root / path).unlink()
    assert told_by_index(root)["problems"] == ()


def test_a_warning_stays_with_a_record_that_did_not_change(root: Path) -> None:
    put(root, f"{MEETING}/01.yaml", "text: Do it\nownrs: [Force]\n")
    settled(root)
    put(root, f"{MEETING}/02.yaml", "text: Another\n")
    time.sleep(TICK)
    plain = told_plainly(root)
    assert [problem.severity for problem in plain["problems"]] == ["warning"]
    assert told_by_index(root) == plain


def test_what_hangs_on_a_deeper_folder_is_looked_at_each_time(root: Path) -> None:
    """Whether a folder of a wrong name holds records cannot be seen from above it."""
    (root / "(old)/deep").mkdir(parents=True)
    settled(root)
    assert [problem.severity for problem in told_by_index(root)["problems"]] == ["warning"]
    put(root, "(old)/deep/01.yaml", "text: Do it\n")
    plain = told_plainly(root)
    assert [problem.severity for problem in plain["problems"]] == ["error"]
    assert told_by_index(root) == plain


def test_a_folder_that_could_not_be_listed_is_looked_at_each_time(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, f"{MEETING}/04.yaml", "text: Another\n")
    time.sleep(TICK)
    really = os.scandir

    def refused(folder: str = ".") -> object:
        if str(folder).endswith(MEETING):
            raise PermissionError(13, "Permission denied", folder)
        return really(folder)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", refused)
        plain = told_plainly(root)
        assert told_by_index(root) == plain
        assert MEETING in plain["broken"]
    assert told_by_index(root) == told_plainly(root)


@pytest.mark.parametrize(("module", "moment"), [(os, "open"), (os, "lstat"), (load, "record_in")], ids=["open", "lstat", "read"])
@pytest.mark.parametrize("name", ["01.yaml", "03.yaml", "meeting.yaml"])
def test_a_change_while_the_folder_is_read_is_seen_the_next_time(
    root: Path, monkeypatch: pytest.MonkeyPatch, name: str, module: Any, moment: str
) -> None:
    """Straight after the reading has looked at a file, has opened it, and has read it."""
    for each in ("meeting.yaml", "01.yaml", "02.yaml", "03.yaml"):
        put(root, f"{MEETING}/{each}", CONTENT[each == "meeting.yaml"][0])
    time.sleep(TICK)
    really = getattr(module, moment)
    done: list[str] = []

    def call(place: Any, *args: Any, **kwargs: Any) -> Any:
        found = really(place, *args, **kwargs)
        path = path_of(place) if isinstance(place, ActionRef | MeetingRef) else str(place)
        if path.endswith(f"{MEETING}/{name}") and not done:
            done.append(name)
            put(root, f"{MEETING}/{name}", CONTENT[name == "meeting.yaml"][1])
            put(root, f"{MEETING}/04.yaml", "text: New\n")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(module, moment, call)
        with whole_of(root) as whole:
            assert whole.wrong is not None
    assert done
    assert told_by_index(root) == told_plainly(root)
    assert told_by_index(root)["highest"][meeting_ref("PDB/2025-11-26")] == 4
