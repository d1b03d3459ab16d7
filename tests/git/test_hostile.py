"""A repository made by someone who means harm: reading it executes nothing of it.

Every way in which git's settings, hooks and attributes can name a program is laid, each program leaves a
mark, and every command that the door lets through is run. That the traps work is shown by git itself.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.git.repository import Clone, clone
from tracker.git.door import READING, Git, GitFailed

HOOKS = ("post-index-change", "pre-commit", "fsmonitor-watchman", "reference-transaction", "post-checkout", "query-watchman", "pre-auto-gc")
PROGRAMS = (
    "core.pager", "core.editor", "sequence.editor", "core.sshCommand", "core.askPass", "core.gitProxy", "core.alternateRefsCommand", "diff.external",
    "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "merge.evil.driver", "gpg.program",
    "gpg.ssh.program", "gpg.x509.program", "gpg.openpgp.program", "gpg.ssh.defaultKeyCommand", "credential.helper", "pager.log", "pager.config", "pager.ls-tree",
    "pager.status", "pager.diff-tree", "interactive.diffFilter", "trailer.Tracker-Ref.command", "trailer.Tracker-Ref.cmd", "uploadpack.packObjectsHook",
    "remote.origin.uploadpack", "browser.evil.cmd", "man.evil.cmd", "core.fsmonitor",
)  # fmt: skip
SIGNED = b"""tree %s
author A <a@b> 1700000000 +0000
committer A <a@b> 1700000000 +0000
gpgsig -----BEGIN PGP SIGNATURE-----
 x
 -----END PGP SIGNATURE-----

Signed
"""
READS: dict[str, Callable[[Git], object]] = {
    "cat-file": lambda git: (git.read("cat-file", "--batch", stdin=b"HEAD:records/register.yaml\n"), git.read("cat-file", "-p", "HEAD")),
    "check-attr": lambda git: git.read("check-attr", "--all", "-z", "--", "records/register.yaml"),
    "check-ignore": lambda git: git.read("check-ignore", "-z", "--stdin", stdin=b"ignored\0"),
    "check-ref-format": lambda git: git.read("check-ref-format", "refs/heads/main"),
    "config": lambda git: git.read("config", "--list", "-z"),
    "diff-tree": lambda git: (git.read("diff-tree", "-r", "-p", "HEAD~", "HEAD"), git.read("diff-tree", "--stat", "--submodule=diff", "HEAD~", "HEAD")),
    "for-each-ref": lambda git: git.read("for-each-ref", "--format=%(refname) %(contents:trailers)"),
    "log": lambda git: (git.read("log", "-p", "-z", "--format=%H %an %B %(trailers)"), git.read("log", "--raw", "--stat", "-m")),
    "ls-files": lambda git: (git.read("ls-files", "-s", "-z"), git.read("ls-files", "-z", "--others", "--exclude-standard")),
    "ls-tree": lambda git: git.read("ls-tree", "-r", "-l", "-z", "HEAD"),
    "merge-base": lambda git: git.read("merge-base", "HEAD", "HEAD~"),
    "merge-file": lambda git: git.read("merge-file", "-p", "plain", "plain", "plain"),
    "name-rev": lambda git: git.read("name-rev", "HEAD"),
    "rev-list": lambda git: git.read("rev-list", "--all", "--objects"),
    "rev-parse": lambda git: git.read("rev-parse", "HEAD"),
    "show-ref": lambda git: git.read("show-ref"),
    "symbolic-ref": lambda git: git.read("symbolic-ref", "HEAD"),
    "var": lambda git: git.read("var", "GIT_COMMITTER_IDENT"),
    "version": lambda git: git.read("version"),
}


class Trap:
    """A repository full of traps; `sprung` names those that went off."""

    def __init__(self, desk: Clone) -> None:
        self.desk = desk
        self.marks = desk.folder / "marks"
        self.marks.mkdir()

    def program(self, name: str, then: str = "cat") -> str:
        """A program that leaves a mark."""
        place = self.desk.folder / "evil" / name.replace(".", "-")
        place.parent.mkdir(exist_ok=True)
        place.write_text(f'#!/bin/sh\ntouch "{self.marks}/{name}"\n{then}\n')
        place.chmod(0o755)
        return str(place)

    @property
    def sprung(self) -> list[str]:
        return sorted(os.listdir(self.marks))

    def lay(self) -> None:
        desk = self.desk
        (desk.top / "plain").write_text("plain\n")
        (desk.top / ".gitattributes").write_text("* diff=evil filter=evil merge=evil\n")
        (desk.top / ".gitignore").write_text("ignored\n")
        desk.git("add", "--all")
        desk.git("commit", "--quiet", "--message=Attributes")
        tree = desk.git("rev-parse", "HEAD^{tree}").strip().encode()
        parent = b"\nparent " + desk.head().encode() + b"\n"
        raw = (SIGNED % tree).replace(b"\n", parent, 1)
        signed = desk.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw).strip()
        desk.git("update-ref", "HEAD", signed)
        for name in HOOKS:
            place = desk.hooks / name
            desk.hooks.mkdir(exist_ok=True)
            place.symlink_to(self.program(f"hook-{name}"))
        given = {
            "log.showSignature": "true", "alias.log": f"!{self.program('alias')}", "core.untrackedCache": "true", "protocol.ext.allow": "always",
            "remote.origin.promisor": "true", "remote.origin.url": f"ext::{self.program('fetch', 'exit 1')}",
            "include.path": "more-config", **{name: self.program(name) for name in PROGRAMS},
        }  # fmt: skip
        with open(desk.top / ".git/config", "a") as config:
            for name, value in given.items():
                *section, key = name.split(".")
                config.write(f'[{section[0]}{"".join(f" {chr(34)}{part}{chr(34)}" for part in section[1:])}]\n\t{key} = "{value}"\n')


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Trap:
    made = Trap(clone(tmp_path_factory.mktemp("hostile")))
    made.lay()
    return made


@pytest.fixture
def trap(laid: Trap, monkeypatch: pytest.MonkeyPatch) -> Trap:
    """The repository, and this process in an environment that means harm as well."""
    desk = laid.desk
    # So that git has a reason to look at the file again, and at what is in it.
    os.utime(desk.root / "register.yaml", (1, 1))
    for mark in laid.marks.iterdir():
        mark.unlink()
    for name, value in desk.environment().items():
        monkeypatch.setenv(name, value)
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_SSH_COMMAND", "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_EDITOR", "PAGER"):
        monkeypatch.setenv(name, laid.program(f"env-{name}"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", laid.program("env-config"))
    return laid


def test_every_reading_command_is_tried() -> None:
    assert set(READS) == READING - {"status"}


@pytest.mark.parametrize("command", sorted(READS))
def test_reading_executes_nothing(trap: Trap, command: str) -> None:
    READS[command](Git(trap.desk.top))
    assert trap.sprung == []


def test_looking_before_a_commit_runs_the_filters_that_the_commit_runs_and_nothing_else(trap: Trap) -> None:
    Git(trap.desk.top).read("status", "--porcelain=v2", "--untracked-files=all", filters=True)
    assert set(trap.sprung) <= {"filter.evil.clean", "filter.evil.process"}


def test_what_is_missing_is_not_fetched(trap: Trap) -> None:
    with pytest.raises(GitFailed):
        Git(trap.desk.top).read("cat-file", "-p", "1" * 40)
    with pytest.raises(GitFailed):
        Git(trap.desk.top).read("rev-list", "--objects", "2" * 40)
    assert trap.sprung == []


def test_the_traps_work(trap: Trap) -> None:
    """Without the door's settings git runs into them: else the tests above would show nothing."""
    def plainly(*args: str) -> None:
        trap.desk.git(*args, ok=False, GIT_CONFIG_COUNT=None)

    plainly("log", "-p", "-2")
    plainly("log", "-p", "-1", "--ext-diff", "HEAD~")
    plainly("status")
    plainly("add", "records")
    plainly("cat-file", "-p", "1" * 40)
    expected = {"gpg.openpgp.program", "core.fsmonitor", "diff.evil.textconv", "diff.evil.command", "filter.evil.process", "fetch", "hook-post-index-change"}
    assert expected - set(trap.sprung) == set()


def test_a_folder_that_looks_like_a_bare_repository_is_not_entered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = clone(tmp_path)
    marker = Trap(desk)
    for name in ("objects", "refs"):
        (desk.root / name).mkdir()
    (desk.root / "HEAD").write_text("ref: refs/heads/main\n")
    (desk.root / "config").write_text(f"[core]\n\tbare = true\n\tfsmonitor = {marker.program('embedded')}\n")
    for name, value in desk.environment().items():
        monkeypatch.setenv(name, value)
    assert desk.git("rev-parse", "--is-bare-repository", cwd=desk.root) == "true\n"
    git = Git(desk.root)
    assert git.read("rev-parse", "--show-toplevel").decode().strip() == str(desk.top)
    git.read("status", "--porcelain", filters=True)
    assert marker.sprung == []


def test_an_embedded_bare_repository_where_there_is_no_other_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("objects", "refs"):
        (tmp_path / name).mkdir()
    (tmp_path / "HEAD").write_text("ref: refs/heads/main\n")
    with pytest.raises(GitFailed):
        Git(tmp_path).read("ls-files")


def test_a_commit_from_a_hostile_environment_goes_where_the_register_is(tmp_path: Path) -> None:
    desk = clone(tmp_path)
    other = clone(tmp_path / "elsewhere")
    before = other.head(), other.index()
    ran = desk.run(
        "update", "PDB/2025-11-26/01", "--note", "Draft sent", GIT_DIR=str(other.top / ".git"), GIT_WORK_TREE=str(other.top),
        GIT_INDEX_FILE=str(other.top / ".git/index"), GIT_EXTERNAL_DIFF="/bin/false", GIT_AUTHOR_DATE="nonsense", GIT_LITERAL_PATHSPECS="0",
        GIT_NAMESPACE="x", GIT_CONFIG_PARAMETERS="'user.name'='Evil'",
    )  # fmt: skip
    assert ran.status == 0, ran
    assert (other.head(), other.index()) == before
    assert desk.count() == 2 and desk.touched() == ["records/pdb/2025-11-26/01.yaml"]
    assert desk.git("log", "-1", "--format=%an") == "Anna Officer\n"
