from pathlib import Path

import pytest

from tests.builders import put
from tracker.errors import NotFound
from tracker.storage.finding import find_root


def test_the_folder_itself_and_every_folder_below(tmp_path: Path) -> None:
    put(tmp_path, "register.yaml", "title: Kent\n")
    deep = tmp_path / "pdb" / "2025-11-26"
    deep.mkdir(parents=True)
    assert find_root(tmp_path) == tmp_path
    assert find_root(deep) == tmp_path


def test_records_in_a_repository_from_anywhere_inside_it(tmp_path: Path) -> None:
    put(tmp_path, "records/register.yaml", "title: Kent\n")
    src = tmp_path / "docs" / "notes"
    src.mkdir(parents=True)
    assert find_root(tmp_path) == find_root(src) == tmp_path / "records"


def test_the_nearest_counts(tmp_path: Path) -> None:
    put(tmp_path, "register.yaml", "title: Outer\n")
    put(tmp_path, "inner/records/register.yaml", "title: Inner\n")
    assert find_root(tmp_path / "inner") == tmp_path / "inner" / "records"


def test_a_register_wins_over_records_beside_its_file(tmp_path: Path) -> None:
    put(tmp_path, "register.yaml", "title: Kent\n")
    put(tmp_path, "records/register.yaml", "title: A board called records\n")
    assert find_root(tmp_path) == tmp_path


def test_what_is_named_counts_and_is_taken_from_the_start(tmp_path: Path) -> None:
    put(tmp_path, "register.yaml", "title: Kent\n")
    put(tmp_path, "other/records/register.yaml", "title: Other\n")
    assert find_root(tmp_path, "other/records") == tmp_path / "other" / "records"
    assert find_root(tmp_path, "other") == tmp_path / "other" / "records"
    assert find_root(Path("/"), str(tmp_path)) == tmp_path


def test_nothing_found_says_what_to_type(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="tracker init"):
        find_root(tmp_path)


def test_what_is_named_is_not_looked_for_upwards(tmp_path: Path) -> None:
    put(tmp_path, "register.yaml", "title: Kent\n")
    (tmp_path / "pdb").mkdir()
    with pytest.raises(NotFound, match=r"`pdb` is no register.*`tracker init DIR`"):
        find_root(tmp_path, "pdb")


@pytest.mark.parametrize("explicit", ["nowhere", "", "a\0b", "x" * 5000, "register.yaml"])
def test_a_name_of_no_folder(tmp_path: Path, explicit: str) -> None:
    put(tmp_path, "register.yaml", "title: Kent\n")
    with pytest.raises(NotFound, match=r"There is no folder .*tracker init DIR"):
        find_root(tmp_path, explicit)


def test_control_characters_of_a_name_are_shown_escaped(tmp_path: Path) -> None:
    with pytest.raises(NotFound) as caught:
        find_root(tmp_path, "\x1b[31mred")
    assert "\x1b" not in str(caught.value)
    assert "\\x1b[31mred" in str(caught.value)


def test_a_link_in_place_of_the_file_still_marks_the_register(tmp_path: Path) -> None:
    (tmp_path / "register.yaml").symlink_to("gone.yaml")
    assert find_root(tmp_path) == tmp_path
