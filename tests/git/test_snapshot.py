"""The register as it stood in a commit: what is read, and that every bad file is named as on the disk."""

import os
from datetime import date
from pathlib import Path

import pytest

from tests.builders import parts_of, put
from tests.git.repository import Clone, clone, logging_git
from tests.storage.test_load import BAD_FILES
from tracker.errors import NotFound, NotUnderstood
from tracker.git.comparing import blob_hash
from tracker.git.door import Git
from tracker.git.objects import contents
from tracker.git.revisions import NoHistory, clone_of, find_commit, find_range, last_before
from tracker.git.snapshot import tree_at
from tracker.storage.lines import line_of
from tracker.storage.load import Loaded, load

BAD = "pdb/2025-11-26/02.yaml"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    made = clone(tmp_path)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    return made


def commit(desk: Clone, message: str = "Change", **env: str) -> str:
    desk.git("add", "--all")
    desk.git("commit", "--quiet", f"--message={message}", **env)
    return desk.head()


def then(desk: Clone, revision: str = "HEAD") -> Loaded:
    return load(tree_at(desk.root, revision))


def told(loaded: Loaded) -> tuple[object, ...]:
    """All that a reading gives, to compare it with another one."""
    return (parts_of(loaded.register), loaded.problems)


def test_a_sound_register_is_the_same_as_on_the_disk(desk: Clone) -> None:
    assert told(then(desk)) == told(load(desk.root))
    assert len(then(desk).register.actions) == 3


def test_the_work_tree_and_the_index_are_not_looked_at_and_not_touched(desk: Clone) -> None:
    before = load(desk.root)
    put(desk.root, BAD, "torn: [\n")
    desk.git("add", "--all")
    (desk.root / "register.yaml").unlink()
    files, index = desk.files(), desk.index()
    assert told(then(desk)) == told(before)
    assert (desk.files(), desk.index()) == (files, index)


def test_an_older_commit(desk: Clone) -> None:
    before = load(desk.root)
    (desk.root / BAD).unlink()
    commit(desk)
    assert told(then(desk, "HEAD~")) == told(before)
    assert len(then(desk).register.actions) == 2


@pytest.mark.parametrize("inside", [".", "records", "a folder/with [x]*?/ünicode"])
def test_wherever_the_register_lies_in_the_clone(tmp_path: Path, inside: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = clone(tmp_path, inside)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    assert told(then(made)) == told(load(made.root))
    assert made.run("diff").status == 0


def test_all_bad_files_are_named_as_on_the_disk(desk: Clone) -> None:
    for number, (content, _, _) in enumerate(BAD_FILES.values(), 10):
        put(desk.root, f"pdb/2025-11-26/{number}.yaml", content)
    commit(desk)
    assert told(then(desk)) == told(load(desk.root))
    assert len(then(desk).register.broken) == len(BAD_FILES)


def test_what_is_no_record_is_named_as_on_the_disk(desk: Clone) -> None:
    for path in ("pdb/2025-11-26/4.yaml", "pdb/01.yaml", "PDB/2025-11-26/01.yaml", "pdb/notes.txt", "stray/deep/er/x.yaml", "pdb/2025-02-30/01.yaml",
                 "pdb/2025-11-26/01.yaml.orig", "pdb/2026-01-01/01.yaml", "README.md", ".hidden/x.yaml", "pdb/x\n\x1b.yaml"):  # fmt: skip
        put(desk.root, path, "text: x\n")
    (desk.root / "pdb/board.yaml").unlink()
    os.symlink("01.yaml", desk.root / "pdb/2025-11-26/05.yaml")
    os.symlink("..", desk.root / "pdb/2025-11-27")
    os.symlink("/etc/passwd", desk.root / "pdb/2025-11-26/06.yaml")
    commit(desk)
    assert told(then(desk)) == told(load(desk.root))
    assert len(then(desk).problems) > 10


def test_a_repository_in_the_register_is_never_opened(desk: Clone) -> None:
    desk.git("update-index", "--add", "--cacheinfo", f"160000,{desk.head()},records/pdb/2025-11-26/07.yaml")
    desk.git("commit", "--quiet", "--message=Submodule")
    (problem,) = then(desk).problems
    assert (problem.path, problem.message) == ("pdb/2025-11-26/07.yaml", "this is another repository, which is never opened")


def test_the_line_of_a_field_is_known_there_too(desk: Clone) -> None:
    assert line_of(tree_at(desk.root, "HEAD"), BAD, ("due",)) == line_of(desk.root, BAD, ("due",)) is not None


def test_what_is_too_large_or_not_there_is_never_read(desk: Clone) -> None:
    large, gone = desk.git("hash-object", "-w", "--stdin", stdin=b"x" * 200_000).strip(), "1" * 40
    small = desk.git("rev-parse", f"HEAD:records/{BAD}").strip()
    found = contents(Git(desk.top), [large, small, gone, small])
    assert found[small] == (desk.root / BAD).read_bytes()
    assert "too large" in str(found[large]) and "lacks" in str(found[gone])


def test_reading_takes_few_processes(desk: Clone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "started"
    monkeypatch.setenv("PATH", logging_git(tmp_path / "bin", log)["PATH"])
    then(desk)
    assert len(log.read_text().splitlines()) == 4


@pytest.mark.parametrize("length", ["sha1", "sha256"])
def test_files_are_hashed_as_git_hashes_them(tmp_path: Path, length: str) -> None:
    made = Clone(tmp_path, tmp_path / "clone")
    made.top.mkdir()
    made.git("init", "--quiet", f"--object-format={length}")
    for content in (b"", b"text: x\r\n", b"\0" * 100):
        found = made.git("hash-object", "--stdin", stdin=content).strip()
        assert blob_hash(content, len(found)) == found


@pytest.mark.parametrize("said", ["", "-x", "--all", "-", "HEAD\nHEAD", "HEAD\0", "x" * 2000])
def test_what_is_no_revision(desk: Clone, said: str) -> None:
    with pytest.raises(NotUnderstood, match="is no revision"):
        find_commit(clone_of(desk.root), said)


@pytest.mark.parametrize("said", ["nope", "HEAD~5", "HEAD:records", "^HEAD", "HEAD^@", ":x", ":(top)x", "HEAD HEAD", "%G?", "1" * 40, "@{u}", "HEAD^{tree}", "main blob 5"])
def test_what_is_not_there(desk: Clone, said: str) -> None:
    with pytest.raises(NotFound, match="There is no commit"):
        find_commit(clone_of(desk.root), said)


def test_every_way_to_name_a_commit(desk: Clone) -> None:
    desk.git("tag", "--annotate", "--message=x", "v1")
    desk.git("branch", "100%Grün")
    for said in ("HEAD", "main", "v1", desk.head(), desk.head()[:7], "HEAD^{/Start}", "@", "100%Grün", "refs/heads/main"):
        found = find_commit(clone_of(desk.root), said)
        assert (found.hash, found.author, found.committer) == (desk.head(), "Anna Officer", "Anna Officer")


@pytest.mark.parametrize(("zone", "day"), [("+0000", "2026-02-25"), ("+0200", "2026-02-26"), ("-0500", "2026-02-25")])
def test_the_day_of_a_commit_is_that_of_its_author(desk: Clone, zone: str, day: str) -> None:
    desk.git("commit", "--quiet", "--allow-empty", "--message=x", GIT_AUTHOR_DATE=f"1772058600 {zone}")  # 22:30 UTC
    assert find_commit(clone_of(desk.root), "HEAD").day.isoformat() == day


def test_a_commit_with_an_impossible_date_is_still_a_commit(desk: Clone) -> None:
    for moment in ("99999999999999 +0000", "x", "999999999999 +9999"):
        raw = f"tree {desk.git('rev-parse', 'HEAD^{tree}')}author A <a> {moment}\ncommitter A <a> {moment}\n\nx\n"
        made = desk.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw.encode()).strip()
        assert find_commit(clone_of(desk.root), made).hash == made
        assert desk.run("diff", made).status == 0


def test_ranges(desk: Clone) -> None:
    first = desk.head()
    desk.git("checkout", "--quiet", "-b", "side")
    put(desk.root, "pdb/2025-11-26/04.yaml", "text: Side\n")
    side = commit(desk)
    desk.git("checkout", "--quiet", "main")
    put(desk.root, "pdb/2025-11-26/05.yaml", "text: Main\n")
    main = commit(desk)
    here = clone_of(desk.root)

    def ends(said: str | None) -> tuple[str, str | None]:
        found = find_range(here, said)
        return found.base.hash, found.head.hash if found.head else None

    assert ends(None) == (main, None)
    assert ends("side") == (side, None)
    assert ends("side..") == (side, main)
    assert ends("..side") == (main, side)
    assert ends("side..main") == (side, main)
    assert ends("side...main") == (first, main)
    assert ends("main...") == (main, main)
    with pytest.raises(NotFound):
        find_range(here, "side..nope")
    with pytest.raises(NotUnderstood):
        find_range(here, "side..--all")
    desk.git("checkout", "--quiet", "--orphan", "alone")
    commit(desk)
    with pytest.raises(NotFound, match="no commit in common"):
        find_range(here, "main...alone")


def test_the_last_commit_before_a_day_is_of_this_branch(desk: Clone) -> None:
    def at(day: str, message: str) -> str:
        put(desk.root, "pdb/2025-11-26/04.yaml", f"text: {message}\n")
        return commit(desk, message, GIT_COMMITTER_DATE=f"{day}T12:00:00 +0000", GIT_AUTHOR_DATE=f"{day}T12:00:00 +0000", TZ="UTC")

    early = at("2040-01-10", "early")
    desk.git("checkout", "--quiet", "-b", "side")
    put(desk.root, "pdb/2025-11-26/05.yaml", "text: side\n")
    commit(desk, "side", GIT_COMMITTER_DATE="2040-01-20T12:00:00 +0000")
    desk.git("checkout", "--quiet", "main")
    late = at("2040-01-30", "late")
    desk.git("merge", "--quiet", "--no-edit", "side", GIT_COMMITTER_DATE="2040-02-10T12:00:00 +0000")
    here = clone_of(desk.root)
    for day, found in ((25, early), (30, early), (31, late)):
        assert last_before(here, date(2040, 1, day)).hash == found
    with pytest.raises(NotFound, match="no commit before 1 January 2000"):
        last_before(here, date(2000, 1, 1))


def test_a_clock_that_was_slow_hides_nothing(desk: Clone) -> None:
    def at(day: str) -> str:
        desk.git("commit", "--quiet", "--allow-empty", "--message=x", GIT_COMMITTER_DATE=f"{day}T12:00:00 +0000")
        return desk.head()

    before, _, _ = at("2040-01-10"), at("2040-01-20"), at("2001-01-01")
    assert last_before(clone_of(desk.root), date(2040, 1, 15)).hash == before


def test_where_there_is_no_history(tmp_path: Path, desk: Clone) -> None:
    alone = Clone(tmp_path / "alone", tmp_path / "alone")
    alone.root.mkdir()
    with pytest.raises(NoHistory, match="git init"):
        clone_of(alone.root)
    alone.git("init", "--quiet")
    with pytest.raises(NoHistory, match="Nothing is committed"):
        find_commit(clone_of(alone.root), "HEAD")
    with pytest.raises(NoHistory, match="Nothing is committed"):
        find_commit(clone_of(alone.root), "main")


def test_a_commit_from_before_there_was_a_register(desk: Clone) -> None:
    desk.git("checkout", "--quiet", "--orphan", "empty")
    desk.git("rm", "-r", "--quiet", "--cached", ".")
    desk.git("commit", "--quiet", "--allow-empty", "--message=Nothing")
    with pytest.raises(NotFound, match="no register at records yet"):
        tree_at(desk.root, "HEAD")
