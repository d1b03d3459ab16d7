"""A file that someone edits by hand while a command runs is not overwritten, whenever the edit comes."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import put
from tests.cli.program import Office
from tracker.storage import atomic, journal, store

FIRST = "pdb/2025-11-26/01.yaml"
SECOND = "pdb/2025-11-26/02.yaml"
MEETING = "pdb/2026-02-25/meeting.yaml"
THEIRS = b"text: As someone else would have it\nowners: [OPCC]\ndue: 2026-02-25\nstatus: open\n"
MEETING_THEIRS = b"status: scheduled\nvenue: By hand\n"

# A command, a record that it is about to change, and what someone writes there meanwhile (None: deletes it).
EDITS: list[tuple[tuple[str, ...], str, bytes | None]] = [
    (("update", "26/1", "--note", "x"), FIRST, THEIRS),
    (("update", "26/1", "--note", "x"), FIRST, None),
    (("update", "26/1", "--note", "x"), FIRST, b"text: [torn\n"),
    (("update", "26/1", "--note", "x"), FIRST, b""),
    (("reword", "26/1", "--text", "Other words"), FIRST, THEIRS),
    (("discharge", "26/1-2", "--outcome", "x"), SECOND, THEIRS),
    (("carry", "26/1-3", "--at", "25/2"), MEETING, MEETING_THEIRS),
    (("carry", "26/1-3", "--at", "25/2"), FIRST, None),
    (("meeting", "postpone", "25/2", "--to", "2026-03-04"), MEETING, MEETING_THEIRS),
    (("meeting", "postpone", "25/2", "--to", "2026-03-04"), "pdb/2026-03-04/meeting.yaml", b"status: scheduled\n"),
    (("meeting", "move", "25/2", "--to", "2026-02-24"), MEETING, MEETING_THEIRS),
    (("meeting", "move", "25/2", "--to", "2026-02-24"), FIRST, THEIRS),
    (("add", "x", "--meeting", "26/11", "--owner", "Force", "--due", "10/6"), "pdb/2025-11-26/06.yaml", THEIRS),
    (("add", "x", "--meeting", "25/2", "--owner", "Force"), "pdb/2026-02-25/01.yaml", b"text: [torn\n"),
    (("owner", "add", "Fire", "--name", "Kent Fire"), "register.yaml", b"title: By hand\n"),
    (("board", "add", "jat", "--title", "Joint Audit"), "jat/board.yaml", b"title: By hand\n"),
]


def named(value: object) -> str:
    return " ".join(value[:2]) if isinstance(value, tuple) else str(value)[-12:]


def just_after(patch: pytest.MonkeyPatch, module: Any, name: str, edit: Callable[[], object]) -> None:
    """Have the edit made once, when this function of the program has returned for the first time.

    The note of who holds the lock, which is written before the register is read, does not count.
    """
    really, made = getattr(module, name), []

    def then_edited(*args: Any, **kwargs: Any) -> Any:
        result = really(*args, **kwargs)
        if not made and not str(args[0]).endswith("lock-holder"):
            made.append(edit())
        return result

    patch.setattr(module, name, then_edited)


# When the register has been read; when the change is worked out; when its files are written but not yet in place.
MOMENTS = {"read": (store, "work_out"), "worked out": (store, "plan"), "written": (atomic, "write_new")}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize(("words", "path", "theirs"), EDITS, ids=named)
def test_an_edit_between_reading_and_writing(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], path: str, theirs: bytes | None, moment: str
) -> None:
    # The first change of all makes the program's own folder, before anything is read.
    office.done("owner", "alias", "Force", "Police")
    before = office.files()

    def edit() -> None:
        if theirs is None:
            (office.root / path).unlink()
        else:
            put(office.root, path, theirs)

    with monkeypatch.context() as patch:
        just_after(patch, *MOMENTS[moment], edit)
        ran = office.run(*words)
    assert ran.status == 1 and ran.out == "", ran
    assert ran.err.startswith("Error: ") and ran.err.count("\n") == 1 and "defect" not in ran.err, ran
    assert path in ran.err and "changed" in ran.err, ran
    expected = {name: content for name, content in before.items() if name != path}
    assert office.files() == (expected if theirs is None else expected | {path: theirs})
    assert office.own_files() == [".gitignore", "lock"]


def test_a_comment_added_meanwhile_is_kept_or_the_change_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the record says is the same, so the change may go on; the comment must not go."""
    for module, name in MOMENTS.values():
        text = office.text(FIRST)
        with monkeypatch.context() as patch:
            just_after(patch, module, name, lambda: put(office.root, FIRST, f"# Mind this\n{text}"))
            ran = office.run("update", "26/1", "--note", "x")
        assert ran.status in (0, 1) and office.text(FIRST).startswith("# Mind this\n" + text[:40]), ran
        assert ("note: x" in office.text(FIRST).removeprefix("# Mind this\n" + text)) == (ran.status == 0)


def test_an_edit_of_a_record_that_the_command_leaves_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in MOMENTS.values():
        with monkeypatch.context() as patch:
            just_after(patch, module, name, lambda: put(office.root, SECOND, THEIRS))
            office.done("update", "26/1", "--note", "x")
        assert (office.root / SECOND).read_bytes() == THEIRS


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("linked", [FIRST, "pdb/2025-11-26", "pdb"])
def test_a_link_put_in_the_place_of_a_record_meanwhile_is_not_written_through(
    office: Office, monkeypatch: pytest.MonkeyPatch, linked: str, moment: str
) -> None:
    office.done("owner", "alias", "Force", "Police")
    before, place, outside = office.files(), office.root / linked, office.folder / "outside"

    def put_link() -> None:
        place.rename(outside)
        place.symlink_to(outside)

    with monkeypatch.context() as patch:
        just_after(patch, *MOMENTS[moment], put_link)
        ran = office.run("update", "26/1", "--note", "x")
    assert ran.status == 1 and ran.out == "" and ran.err.count("\n") == 1 and "defect" not in ran.err, ran
    assert place.is_symlink()
    place.unlink()
    outside.rename(place)
    assert office.files() == before


def test_an_edit_after_the_journal_has_begun_is_left_alone_and_all_else_taken_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.files()
    with monkeypatch.context() as patch:
        just_after(patch, journal, "begin", lambda: put(office.root, SECOND, THEIRS))
        sentence = office.run("discharge", "26/1-3", "--outcome", "x")
    assert sentence.status == 1 and SECOND in sentence.err and "changed" in sentence.err
    assert office.files() == before | {SECOND: THEIRS}
    assert office.done("list").err == ""


def during(office: Office, theirs: str) -> str:
    """An editor in which the person changes the due day, while `theirs` happens."""
    script = office.folder / "editor.py"
    script.write_text(
        f"import os, subprocess, sys\nfrom pathlib import Path\nroot = Path({str(office.root)!r})\n{theirs}\n"
        "file = Path(sys.argv[-1])\nfile.write_text(file.read_text().replace('due: 2026-02-25', 'due: 2026-06-10'))\n"
    )
    return f"{sys.executable} {script}"


def kept(err: str) -> str:
    return Path(err.rpartition("is kept in ")[2].strip().removesuffix(".")).read_text()


COMMAND = f"subprocess.run([{sys.executable!r}, '-m', 'tracker', *%r.split(), '--note', 'Theirs'], check=True)"


def test_another_persons_command_while_the_editor_is_open(office: Office) -> None:
    path = os.pathsep.join(sys.path)
    ran = office.run("edit", "26/1", EDITOR=during(office, COMMAND % "update 26/1"), PYTHONPATH=path)
    assert ran.status == 1 and f"{FIRST} was changed by someone else while you edited it" in ran.err, ran
    assert "due: 2026-06-10" in kept(ran.err)
    assert "note: Theirs" in office.text(FIRST) and "due: 2026-02-25" in office.text(FIRST)
    assert office.run("edit", "26/1", EDITOR=during(office, COMMAND % "update 26/2"), PYTHONPATH=path).status == 0
    assert "note: Theirs" in office.text(SECOND) and "due: 2026-06-10" in office.text(FIRST)


@pytest.mark.parametrize("theirs", [
    f"(root / {FIRST!r}).write_text('text: Theirs\\n')", f"(root / {FIRST!r}).write_text('text: [torn\\n')", f"(root / {FIRST!r}).unlink()",
    f"(root / {FIRST!r}).unlink(); (root / {FIRST!r}).mkdir()", f"(root / {FIRST!r}).unlink(); (root / {FIRST!r}).symlink_to('/dev/zero')",
    f"file = root / {FIRST!r}; file.write_text('# Mind this\\n' + file.read_text())", "import shutil; shutil.rmtree(root / 'pdb')",
])  # fmt: skip
def test_anything_done_to_the_file_while_the_editor_is_open(office: Office, theirs: str) -> None:
    ran = office.run("edit", "26/1", EDITOR=during(office, theirs))
    done = office.files()
    assert ran.status == 1 and "defect" not in ran.err, ran
    assert "due: 2026-06-10" in kept(ran.err)
    assert not any(b"due: 2026-06-10" in content and b"rural" in content for content in done.values())


def test_a_record_edited_between_checking_the_edit_and_saving_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for module, name in MOMENTS.values():
        with monkeypatch.context() as patch:
            before = office.text(FIRST)
            just_after(patch, module, name, lambda: put(office.root, FIRST, THEIRS))
            ran = office.run("edit", "26/1", EDITOR=during(office, ""))
        assert ran.status == 1 and "changed" in ran.err and "due: 2026-06-10" in kept(ran.err), ran
        assert (office.root / FIRST).read_bytes() == THEIRS
        put(office.root, FIRST, before)
