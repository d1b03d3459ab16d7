"""The door to git: what it asks, what it hands back, and how it says what went wrong."""

import ast
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.git.repository import Clone, clone
from tracker.git import door
from tracker.git.door import READING, Git, GitFailed, GitMissing, NotInGit, find_work_tree, prefix, records, text
from tracker.git.work_tree import git_folder, head, under_way

ROOT = Path(__file__).parents[2]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone, and this process in the officer's environment."""
    made = clone(tmp_path)
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    return made


def test_only_the_door_starts_processes() -> None:
    starting = []
    for path in sorted((ROOT / "tracker").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            called = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if "subprocess" in names or called.startswith(("os.system", "os.popen", "os.posix_spawn", "os.startfile", "os.exec", "os.spawn")):
                starting.append(path.relative_to(ROOT).as_posix())
    assert set(starting) == {"tracker/git/door.py"}


def test_reads_from_the_top_wherever_it_is_asked(desk: Clone) -> None:
    git = Git(desk.root / "pdb")
    assert git.folder == desk.top
    paths = records(git.read("ls-tree", "-r", "-z", "--name-only", "HEAD"))
    assert "records/pdb/2025-11-26/01.yaml" in paths
    blobs = git.read("cat-file", "--batch", stdin=b"HEAD:records/register.yaml\n")
    assert b"title: Office of the PCC" in blobs


def test_odd_paths_come_back_as_they_are(desk: Clone) -> None:
    odd = ["a\nb", 'quo"te', "é", " x ", os.fsdecode(b"\xff"), "-x", ":!x"]
    for name in odd:
        (desk.top / name).write_text("")
    desk.git("add", "--all")
    git = Git(desk.top)
    assert set(odd) <= set(records(git.read("ls-files", "-z")))
    assert records(git.read("ls-files", "-z", "--", ":!x")) == [":!x"]


@pytest.mark.parametrize("args", [
    ("add", "x"), ("commit",), ("diff",), ("checkout", "."), ("hash-object", "x"), ("merge-tree", "a", "b"), ("status",), ("gc",), ("x-alias",), ("-c", "a=b"),
    ("cat-file", "--textconv", "HEAD:x"), ("cat-file", "--filters", "HEAD:x"), ("log", "--ext-diff"), ("log", "--show-signature"), ("log", "--format=%G?"),
    ("config", "--edit"),
])  # fmt: skip
def test_reading_refuses_what_might_execute_or_change(desk: Clone, args: tuple[str, ...]) -> None:
    with pytest.raises(ValueError):
        Git(desk.top).read(*args)


def test_status_says_that_it_may_run_filters(desk: Clone) -> None:
    assert Git(desk.top).read("status", "--porcelain", filters=True) == b""
    with pytest.raises(ValueError):
        Git(desk.top).read("log", filters=True)
    assert "status" in READING


def test_a_failure_gives_gits_own_reason_and_nothing_that_a_terminal_obeys(desk: Clone) -> None:
    with pytest.raises(GitFailed) as failed:
        Git(desk.top).read("rev-parse", "--verify", "no\x1b[31mwhere")
    assert failed.value.reason == "Needed a single revision"
    assert str(failed.value) == "git rev-parse did not work: Needed a single revision"
    with pytest.raises(GitFailed) as failed:
        Git(desk.top).read("ls-tree", "no\x1b[31mwhere")
    assert failed.value.reason == "Not a valid object name no?[31mwhere"
    assert GitFailed("x", 1, "no\x1b[31mwhere").reason == "no\\x1b[31mwhere"
    assert Git(desk.top).try_read("rev-parse", "--verify", "--quiet", "nowhere") is None
    assert Git(desk.top).try_read("rev-parse", "--is-inside-work-tree") == b"true\n"


def test_a_failure_without_a_word_and_one_with_too_many() -> None:
    assert GitFailed("x", 3, "").reason == "it gave no reason (status 3)"
    assert GitFailed("x", 3, "one\ntwo\n\nthree\nfour\nhint: try\n").reason == "two / three / four"
    assert len(GitFailed("x", 3, "fatal: " + "long " * 1000).reason) < 310


def test_reasons_are_in_the_words_the_program_knows_whatever_the_language(desk: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    assert Git(desk.top)._environment(door._READING_ENVIRONMENT)["LC_ALL"] == "C"
    assert Git(desk.top)._environment({})["LC_ALL"] == "de_DE.UTF-8"


def test_without_git(desk: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(desk.home))
    for ask in (Git(desk.top).read, Git(desk.top).try_read, Git(desk.top).write):
        with pytest.raises(GitMissing, match="Git was not found"):
            ask("rev-parse", "HEAD")


def test_a_git_in_the_current_folder_is_never_run(desk: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    (desk.top / "git").write_text(f"#!/bin/sh\ntouch {desk.folder}/owned\n")
    (desk.top / "git").chmod(0o755)
    monkeypatch.chdir(desk.top)
    monkeypatch.setenv("PATH", f".:{os.pathsep}{os.environ['PATH']}")
    Git(desk.top).read("rev-parse", "HEAD")
    assert not (desk.folder / "owned").exists()


def test_where_there_is_no_repository_only_what_needs_none_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("a", "o", "b"):
        (tmp_path / name).write_text("same\n")
    git = Git(tmp_path)
    assert git.read("merge-file", "-p", "a", "o", "b") == b"same\n"
    with pytest.raises(GitFailed, match="not a git repository"):
        git.read("rev-parse", "HEAD")
    with pytest.raises(NotInGit):
        prefix(tmp_path)


def test_finds_the_work_tree_without_git(desk: Clone, tmp_path: Path) -> None:
    assert find_work_tree(desk.root / "pdb/2025-11-26") == desk.top
    assert find_work_tree(desk.root / "not/yet/there") == desk.top
    assert find_work_tree(desk.folder) is None
    assert (prefix(desk.root), prefix(desk.top), prefix(desk.root / "pdb")) == ("records/", "", "records/pdb/")
    (tmp_path / "link").symlink_to(desk.root)
    assert prefix(tmp_path / "link") == "records/"


def test_what_only_looks_like_a_repository_is_none(tmp_path: Path) -> None:
    for number, make in enumerate([
        lambda place: place.mkdir(), lambda place: place.write_text("just a file"), lambda place: os.mkfifo(place), lambda place: place.symlink_to("nowhere"),
    ]):  # fmt: skip
        folder = tmp_path / str(number)
        folder.mkdir()
        make(folder / ".git")
        assert find_work_tree(folder) is None, number


def test_linked_work_trees_and_submodules(desk: Clone) -> None:
    other = desk.folder / "other"
    desk.git("worktree", "add", "--quiet", other, "-b", "meeting")
    assert find_work_tree(other / "records") == other
    assert git_folder(other) == desk.top / ".git/worktrees/other"
    assert head(git_folder(other)) == desk.head() == head(git_folder(desk.top))
    desk.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", desk.top, "inner")
    assert find_work_tree(desk.top / "inner/records") == desk.top / "inner"
    assert head(git_folder(desk.top / "inner")) == desk.head()


def test_head_where_git_keeps_it_elsewhere(desk: Clone) -> None:
    desk.git("pack-refs", "--all")
    assert head(git_folder(desk.top)) is None
    desk.git("checkout", "--quiet", "--detach")
    assert head(git_folder(desk.top)) == desk.head()


def test_nothing_is_under_way_in_a_quiet_clone(desk: Clone) -> None:
    assert under_way(git_folder(desk.top)) is None


@pytest.mark.parametrize("variable", ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_PARAMETERS", "GIT_AUTHOR_DATE", "GIT_EXEC_PATH"])
def test_what_the_environment_says_about_repositories_is_forgotten(desk: Clone, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, str(desk.home / "nowhere"))
    git = Git(desk.top)
    assert git.read("rev-parse", "HEAD").strip().decode() == desk.git("rev-parse", "HEAD", **{variable: None}).strip()
    git.write("commit", "--allow-empty", "--quiet", "--file=-", stdin=b"Hello")
    assert desk.git("log", "-1", "--format=%s", **{variable: None}) == "Hello\n"


def test_who_the_environment_says_the_officer_is_holds_for_writing(desk: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", f"The {role}")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", f"{role}@example.org")
    Git(desk.top).write("commit", "--allow-empty", "--quiet", "--file=-", stdin=b"Hello")
    assert desk.git("log", "-1", "--format=%an %ae %cn %ce") == "The AUTHOR AUTHOR@example.org The COMMITTER COMMITTER@example.org\n"


def test_a_hook_that_leaves_something_running_is_not_waited_for(desk: Clone) -> None:
    told, ended = desk.top / "told", desk.top / "ended"
    desk.hook("post-commit", f"(for n in $(seq 400); do [ -e {told} ] || sleep 0.05; done; touch {ended}) &")
    Git(desk.top).write("commit", "--allow-empty", "--quiet", "--file=-", stdin=b"Hello")
    assert not ended.exists()
    told.touch()
    while not ended.exists():
        time.sleep(0.05)


def test_told_to_stop_it_lets_git_put_its_locks_away(desk: Clone) -> None:
    desk.hook("pre-commit", f"echo here > {desk.folder}/here; exec sleep 15")
    (desk.root / "register.yaml").write_text("title: By hand\n")
    code = f"from pathlib import Path; from tracker.git.door import Git; Git(Path({str(desk.top)!r})).write('commit', '--only', '--file=-', 'records')"
    process = subprocess.Popen([sys.executable, "-c", code], env=desk.environment(), stderr=subprocess.DEVNULL)
    while not (desk.folder / "here").exists():
        time.sleep(0.02)
    assert (desk.top / ".git/index.lock").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) != 0
    assert not (desk.top / ".git/index.lock").exists()


def test_words_that_are_no_utf8() -> None:
    assert text(b"caf\xe9") == "caf\ufffd"
    assert records(b"") == []
