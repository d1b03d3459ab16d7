import codecs
import errno
import os
from pathlib import Path

import pytest

from tests.builders import action, action_ref, board, event, files_of, meeting, meeting_ref, on_disk, parts_of, put, register, settings
from tracker.errors import Problem
from tracker.model.records import Register, Settings
from tracker.storage.lines import line_of
from tracker.storage.load import Loaded, load, read_record

MEETING = "pdb/2025-11-26"
BAD = f"{MEETING}/02.yaml"
GOOD = action("PDB/2025-11-26/01", due="next meeting", history=[event("2026-01-05", note="Begun")])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A register without a fault, where the second action is to be the bad one."""
    return on_disk(tmp_path / "records", GOOD, action("PDB/2025-11-26/03", "Report back"))


def only(loaded: Loaded) -> Problem:
    assert len(loaded.problems) == 1, loaded.problems
    return loaded.problems[0]


def test_a_sound_register(root: Path) -> None:
    loaded = load(root)
    assert parts_of(loaded.register) == parts_of(register(GOOD, action("PDB/2025-11-26/03", "Report back")))
    assert loaded.problems == ()


def test_an_empty_register(tmp_path: Path) -> None:
    loaded = load(on_disk(tmp_path))
    assert parts_of(loaded.register) == parts_of(Register(settings=settings()))
    assert loaded.problems == ()


def test_the_order_of_records_is_the_order_of_their_paths(tmp_path: Path) -> None:
    root = on_disk(tmp_path, *(action(f"{key}/2025-11-{day}/{number:02}") for key in ("PDB", "ABC") for day in (26, 12) for number in (10, 2)))
    assert list(load(root).register.actions) == sorted(load(root).register.actions)


# What stands in the bad file, the line that must be named (None: the whole file), and words of the cause.
BAD_FILES: dict[str, tuple[str | bytes, int | None, str]] = {
    "torn in a quote": ('text: "Do it\nowners: [Force]\n', 0, ""),
    "torn in a list": ("text: Do it\nowners: [Force\nstatus: open\n", 0, ""),
    "torn in a line": ("text: Do it\nown", 2, ""),
    "tab as indentation": ("text: Do it\nhistory:\n\t- date: 2026-01-01\n", 3, "tab"),
    "tab before a key": ("text: Do it\n\tdue: 2026-01-01\n", 2, "tab"),
    "wrong indentation": ("text: Do it\n  due: 2026-01-01\n", 2, ""),
    "duplicate key": ("text: Do it\ndue: 2026-01-01\ndue: 2026-01-02\n", 3, "due"),
    "duplicate key, deep": ("text: x\nhistory:\n  - date: 2026-01-01\n    event: update\n    date: 2026-01-02\n", 5, "date"),
    "conflict markers": ("text: Do it\n<<<<<<< HEAD\ndue: 2026-01-01\n=======\ndue: 2026-01-02\n>>>>>>> theirs\n", 2, "merge"),
    "anchor": ("text: &a Do it\n", 1, ""),
    "alias": ("text: Do it\nowners: [*a]\n", 2, ""),
    "merge key": ("text: Do it\n<<: {a: b}\n", 2, ""),
    "tag": ("text: !!python/object/apply:os.system [rm]\n", 1, ""),
    "own tag": ("text: !secret x\n", 1, ""),
    "directive": ("%YAML 1.1\n---\ntext: Do it\n", 1, ""),
    "second document": ("text: Do it\n---\ntext: Do that\n", 2, ""),
    "deep nesting": ("text: " + "[" * 100_000 + "\n", 1, ""),
    "deep nesting in blocks": ("x:\n" + "".join(" " * depth + "x:\n" for depth in range(1, 400)), 0, ""),
    "alias bomb": ("a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi")), 1, ""),
    "UTF-16": ("text: Do it\n".encode("utf-16"), 0, ""),
    "UTF-16 without its mark": ("text: Do it\n".encode("utf-16-le"), 0, ""),
    "latin-1": ("text: Do it\nvenue: Café\n".encode("latin-1"), 2, ""),
    "cut in a character": ("text: Café".encode()[:-1], 1, ""),
    "NUL": (b"text: Do\0it\n", 1, ""),
    "all NUL": (b"\0" * 500, 1, ""),
    "control character": ("text: Do it\nitem: \x1b[31m\n", 2, ""),
    "empty": ("", 0, "empty"),
    "only blanks": ("\n  \n", 0, "empty"),
    "only a comment": ("# nothing\n", 0, ""),
    "only a mark": (codecs.BOM_UTF8, 0, ""),
    "a list": ("- text: Do it\n", 1, ""),
    "a text": ("Do it\n", 1, ""),
    "null": ("~\n", 0, ""),
    "2 MB": ("text: " + "x" * 2_000_000 + "\n", 0, ""),
    "2 MB of lists": ("text: x\nowners:\n" + "  - a\n" * 350_000, 0, ""),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 4, 0, ""),
    "a key that is a list": ("text: x\n? [a]\n: b\n", 2, ""),
    "wrong type": ("text: Do it\nowners: Force\n", 2, "owners"),
    "impossible date": ("text: Do it\ndue: 2025-02-30\n", 2, "30 February 2025 does not exist"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_with_line_and_cause_and_the_others_work(root: Path, name: str) -> None:
    content, line, cause = BAD_FILES[name]
    put(root, BAD, content)
    before = files_of(root)
    loaded = load(root)
    problem = only(loaded)
    assert (problem.path, problem.severity) == (BAD, "error")
    assert problem.message and problem.advice and str(problem).isprintable() and len(str(problem)) < 500
    assert cause in str(problem)
    if line != 0:  # 0: where the line is not a matter of course
        assert problem.line == line
    assert loaded.register.broken == {BAD: problem}
    assert list(loaded.register.actions) == [action_ref("PDB/2025-11-26/01"), action_ref("PDB/2025-11-26/03")]
    assert loaded.register.highest == {meeting_ref("PDB/2025-11-26"): 3}
    assert files_of(root) == before


@pytest.mark.parametrize("path", ["register.yaml", "pdb/board.yaml", f"{MEETING}/meeting.yaml"])
def test_the_other_kinds_of_records_may_be_bad_too(root: Path, path: str) -> None:
    put(root, path, "torn: [\n")
    loaded = load(root)
    assert (only(loaded).path, list(loaded.register.broken)) == (path, [path])
    assert len(loaded.register.actions) == 2
    assert len(loaded.register.boards) == (path != "pdb/board.yaml")
    assert len(loaded.register.meetings) == (path != f"{MEETING}/meeting.yaml")
    assert (loaded.register.settings == Settings()) == (path == "register.yaml")


def test_without_register_yaml_the_rest_is_read(root: Path) -> None:
    (root / "register.yaml").unlink()
    loaded = load(root)
    assert "tracker init" in only(loaded).advice
    assert (len(loaded.register.actions), loaded.register.broken) == (2, {})


def test_the_first_line_that_is_wrong_stands_for_the_broken_record(root: Path) -> None:
    put(root, BAD, "text: x\nstatus: done\nower: a\nhistory: no\nowners: Force\n")
    loaded = load(root)
    assert [problem.line for problem in loaded.problems] == [2, 3, 4, 5]
    assert loaded.register.broken[BAD].line == 2


def test_a_warning_does_not_keep_a_record_out(root: Path) -> None:
    put(root, BAD, "text: Do it\nower: Force\n")
    loaded = load(root)
    assert only(loaded).severity == "warning"
    assert action_ref("PDB/2025-11-26/02") in loaded.register.actions
    assert loaded.register.broken == {}


@pytest.mark.parametrize("prefix", [b"", codecs.BOM_UTF8, b"# ours\n", b"---\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_editors_make_of_a_file_is_read(root: Path, prefix: bytes, newline: str) -> None:
    text = "text: Café\nowners:\n- Force   # leads\n- 'OPCC'\n\ndue: 2026-02-25"
    put(root, BAD, prefix + text.replace("\n", newline).encode())
    record, problems = read_record(root, BAD)
    assert problems == []
    assert record == action("PDB/2025-11-26/02", "Café", owners=("Force", "OPCC"), due="2026-02-25")


def secret(tmp_path: Path) -> Path:
    return put(tmp_path, "outside/secret.yaml", "text: Told to nobody\n")


def test_links_are_not_read_through_nor_their_content_shown(root: Path, tmp_path: Path) -> None:
    (root / BAD).symlink_to(secret(tmp_path))
    loaded = load(root)
    assert "link" in only(loaded).message
    assert loaded.register.broken == {BAD: only(loaded)}
    assert "nobody" not in str(loaded)


@pytest.mark.parametrize("linked", ["pdb", MEETING, BAD])
def test_one_record_is_not_read_through_a_link_either(tmp_path: Path, linked: str) -> None:
    root = on_disk(tmp_path / "records", action("PDB/2025-11-26/02", "Told to nobody"))
    (root / linked).rename(tmp_path / "outside")
    (root / linked).symlink_to(tmp_path / "outside")
    record, problems = read_record(root, BAD)
    assert record is None
    assert [(problem.path, "link" in problem.message) for problem in problems] == [(BAD, True)]


def test_a_register_that_is_itself_reached_by_a_link(root: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(root)
    assert parts_of(load(tmp_path / "link").register) == parts_of(load(root).register)
    assert len(load(root).register.actions) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes in folders are POSIX")
def test_a_pipe_is_never_opened(root: Path) -> None:
    os.mkfifo(root / BAD)
    assert "pipe" in only(load(root)).message
    assert "no ordinary file" in read_record(root, BAD)[1][0].message


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="devices in folders are POSIX")
def test_a_link_to_an_endless_device(root: Path) -> None:
    (root / BAD).symlink_to("/dev/zero")
    assert only(load(root)).path == BAD


def test_a_file_on_a_failing_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(root, BAD, "text: Do it\n")
    really_open = os.open

    def failing(place: str, *args: int, **kwargs: int) -> int:
        if str(place) == str(root / BAD):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return really_open(place, *args, **kwargs)

    monkeypatch.setattr(os, "open", failing)
    loaded = load(root)
    assert os.strerror(errno.EACCES) in only(loaded).message
    assert list(loaded.register.broken) == [BAD]


def test_misspelt_files_count_as_left_out(root: Path) -> None:
    put(root, f"{MEETING}/7.yaml", "text: Do it\n")
    loaded = load(root)
    assert list(loaded.register.broken) == [f"{MEETING}/7.yaml"]
    assert loaded.register.highest == {meeting_ref("PDB/2025-11-26"): 7}


@pytest.mark.parametrize("record", [GOOD, meeting(items=()), board(), settings()], ids=lambda record: record.path)
def test_one_record_by_its_path(root: Path, record: object) -> None:
    assert read_record(root, record.path) == (record, [])  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["../outside/secret.yaml", "/etc/passwd", "", "PDB/board.yaml", f"{MEETING}/1.yaml", "a\0b", "\x1b[31m"])
def test_a_path_that_is_no_record_is_not_opened(root: Path, tmp_path: Path, path: str) -> None:
    secret(tmp_path)
    record, problems = read_record(root, path)
    assert record is None
    assert [problem.message for problem in problems] == ["this is no path of a record"]
    assert str(problems[0]).isprintable()


def test_a_record_that_is_not_there(root: Path) -> None:
    record, problems = read_record(root, f"{MEETING}/04.yaml")
    assert record is None
    assert "not there" in problems[0].message


TEXT = """\
# ours
text: Do it
owners:
  - Force
  - OPCC
history:
  - date: 2026-01-01
    event: update
  - date: 2026-01-02
    event: update
    note: |
      Long
"""


@pytest.mark.parametrize(
    "field, line",
    [(("text",), 2), (("owners",), 3), (("owners", 1), 5), (("history",), 6), (("history", 0, "date"), 7), (("history", 1), 9),
     (("history", 1, "note"), 11), (("history", 1, "route"), 9), (("history", 7, "date"), 6), (("history", -1), 6), (("due",), None),
     (("text", 0), 2), (("owners", "x"), 3), ((), None)],
)  # fmt: skip
def test_the_line_of_a_field(root: Path, field: tuple[str | int, ...], line: int | None) -> None:
    put(root, BAD, TEXT)
    assert line_of(root, BAD, field) == line


@pytest.mark.parametrize("path", [f"{MEETING}/04.yaml", "../x", BAD])
def test_no_line_in_a_file_that_cannot_be_read(root: Path, path: str) -> None:
    put(root, BAD, "torn: [\n")
    assert line_of(root, path, ("text",)) is None


def test_hundreds_of_bad_files_around_a_good_one(tmp_path: Path) -> None:
    root = on_disk(tmp_path, action("PDB/2025-11-26/01"))
    for number in range(2, 400):
        put(root, f"{MEETING}/{number:02}.yaml", "text: Do it\ndue: 2025-02-30\n")
    loaded = load(root)
    assert (len(loaded.problems), len(loaded.register.actions)) == (398, 1)
