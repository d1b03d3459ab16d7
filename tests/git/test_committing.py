"""A commit for every change: of exactly its records, with nothing of the officer's other work touched."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.cli.program import Ran
from tests.git.repository import Clone, clone, fill, logging_git
from tracker.git.committing import Committed, NotCommitted, committer_for
from tracker.model.changes.draft import Change
from tracker.storage.saving import Write, save

UPDATE = ("update", "PDB/2025-11-26/01", "--note", "Draft sent")
RAISE = ("add", "Ask for the figures", "--meeting", "PDB/2025-11-26", "--owner", "Force")
MOVE = ("meeting", "move", "PDB/2026-06-10", "--to", "2026-06-17")
KINDS = {
    "changed": (UPDATE, ["pdb/2025-11-26/01.yaml"], ["PDB/2025-11-26/01"]),
    "new": (RAISE, ["pdb/2025-11-26/04.yaml"], ["PDB/2025-11-26/04"]),
    "new folder": (("meeting", "add", "pdb", "2026-09-09"), ["pdb/2026-09-09/meeting.yaml"], ["PDB/2026-09-09"]),
    "moved": (MOVE, ["pdb/2026-06-10/meeting.yaml", "pdb/2026-06-17/meeting.yaml"], ["PDB/2026-06-10", "PDB/2026-06-17"]),
    "several": (("carry", "--all", "--at", "PDB/2026-02-25"),
                [*(f"pdb/2025-11-26/0{n}.yaml" for n in (1, 2, 3)), "pdb/2026-02-25/meeting.yaml"],
                [*(f"PDB/2025-11-26/0{n}" for n in (1, 2, 3)), "PDB/2026-02-25"]),
    "register": (("owner", "add", "Panel", "--name", "The Panel"), ["register.yaml"], ["register"]),
    "board": (("board", "add", "jac", "--title", "Audit"), ["jac/board.yaml"], ["JAC"]),
}  # fmt: skip
each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return clone(tmp_path_factory.mktemp("template")).folder


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Clone:
    shutil.copytree(template, tmp_path / "desk", symlinks=True)
    return Clone(tmp_path / "desk", tmp_path / "desk" / "clone")


def not_committed(desk: Clone, *args: str, before: bytes | None = None, **env: str | None) -> Ran:
    """Run a change that is saved and not committed; index, HEAD and the officer's work stay as they were."""
    index, head, files = desk.index(), desk.head(), desk.files()
    ran = desk.run(*args, **env)
    assert ran.status == 3, ran
    assert ran.out != "" and desk.files() != files
    assert ran.err.splitlines()[-1].startswith("Error: The change is saved but not committed, because "), ran.err
    assert ran.err.count("Error:") == 1 and "Traceback" not in ran.err
    assert desk.index() == index and desk.head() == head
    return ran


@each_kind
def test_commits_what_it_touched_with_its_sentence_and_references(desk: Clone, kind: str) -> None:
    args, paths, refs = KINDS[kind]
    ran = desk.done(*args)
    assert desk.count() == 2
    assert sorted(desk.touched()) == sorted(f"records/{path}" for path in paths)
    assert desk.trailers() == [f"Tracker-Ref: {ref}" for ref in refs]
    said = ran.lines[0]
    assert desk.message().split("\n")[0] == said if len(said) <= 72 else said in desk.message().split("\n")
    assert desk.state() == {"status": "", "staged": "", "unstaged": ""}
    assert desk.sound()


def other_work(desk: Clone) -> None:
    """Of each kind of unfinished work one file, in the register and beside it."""
    for name in ("half", "gone", "kept", "moved", "mode"):
        (desk.top / name).write_text(f"{name} one\n")
    desk.git("add", "--all")
    desk.git("commit", "--quiet", "--message=Other files")
    (desk.top / "half").write_text("half two\n")
    desk.git("add", "half")
    (desk.top / "half").write_text("half three\n")
    desk.git("rm", "--quiet", "gone")
    desk.git("mv", "moved", "moved here")
    (desk.top / "staged new").write_text("new\n")
    desk.git("add", "staged new")
    (desk.top / "intended").write_text("intended\n")
    desk.git("add", "--intent-to-add", "intended")
    (desk.top / "untracked").write_text("untracked\n")
    (desk.top / "kept").unlink()
    (desk.top / "mode").chmod(0o755)
    third = desk.root / "pdb/2026-02-25/meeting.yaml"
    for line in ("# half", "# staged"):
        third.write_text(third.read_text() + line + "\n")
        if line == "# half":
            desk.git("add", third)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "several"])
def test_other_work_stays_exactly_as_it_was(desk: Clone, kind: str) -> None:
    other_work(desk)
    before = desk.state()
    assert "AM" not in before["status"] and " A " not in before["status"] and ".A" in before["status"]
    desk.done(*KINDS[kind][0])
    assert desk.state() == before
    assert sorted(desk.touched()) == sorted(f"records/{path}" for path in KINDS[kind][1])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "several"])
@pytest.mark.parametrize("hook", ["pre-commit", "prepare-commit-msg", "commit-msg"])
def test_after_a_failing_hook_index_and_other_work_are_as_they_were(desk: Clone, kind: str, hook: str) -> None:
    other_work(desk)
    staged = desk.state()["staged"]
    desk.hook(hook, "echo 'one'; echo 'The style checker says: no' >&2; exit 1")
    ran = not_committed(desk, *KINDS[kind][0])
    assert "git or one of your hooks refused: “one / The style checker says: no”." in ran.err
    assert desk.state()["staged"] == staged
    touched = {f"records/{path}" for path in KINDS[kind][1]}
    assert touched <= {line.split(" ")[-1] for line in desk.state()["status"].split("\n")}


def test_the_index_that_is_put_back_does_not_grow_younger(desk: Clone) -> None:
    """Else git would take a file that was changed in the same moment as the index, to the same size, for unchanged."""
    index = desk.top / ".git/index"
    os.utime(index, (1_700_000_000, 1_700_000_000))
    desk.hook("pre-commit", "exit 1")
    not_committed(desk, *RAISE)
    assert index.stat().st_mtime == 1_700_000_000


def test_what_the_sentence_says_to_type_commits_the_change(desk: Clone) -> None:
    for kind in ("changed", "new", "moved"):
        desk.hook("pre-commit", "exit 1")
        ran = not_committed(desk, *KINDS[kind][0])
        (desk.hooks / "pre-commit").unlink()
        command = ran.err.partition("commit it: ")[2].strip()
        command = command.replace("git commit ", "git commit -q -m 'By hand' ")
        subprocess.run(["sh", "-c", command], cwd=desk.root / "pdb", env=desk.environment(), check=True)
        assert sorted(desk.touched()) == sorted(f"records/{path}" for path in KINDS[kind][1])
        assert desk.state()["status"] == ""
    desk.done(*UPDATE)


def staged_only(desk: Clone, path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content + b"# by hand\n")
    desk.git("add", path)
    path.write_bytes(content)


def edited(desk: Clone, path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# by hand\n")


def edited_and_staged(desk: Clone, path: Path) -> None:
    edited(desk, path)
    desk.git("add", path)


def untracked(desk: Clone, path: Path) -> None:
    desk.git("rm", "--quiet", "--cached", path)
    desk.git("commit", "--quiet", "--message=Not in git")


def intended(desk: Clone, path: Path) -> None:
    untracked(desk, path)
    desk.git("add", "--intent-to-add", path)


@pytest.mark.parametrize("edit", [staged_only, edited, edited_and_staged, untracked, intended])
def test_a_record_with_edits_of_its_own_is_not_committed(desk: Clone, edit: object) -> None:
    path = desk.root / "pdb/2025-11-26/01.yaml"
    edit(desk, path)  # type: ignore[operator]
    ran = not_committed(desk, *UPDATE)
    assert "records/pdb/2025-11-26/01.yaml bore edits that were in no commit. Look at git diff HEAD, then commit it: git add :/records/pdb/" in ran.err
    assert "Draft sent" in path.read_text()


def test_one_record_with_edits_keeps_the_whole_change_out(desk: Clone) -> None:
    edited(desk, desk.root / "pdb/2025-11-26/02.yaml")
    not_committed(desk, "update", "PDB/2025-11-26/1,2,3", "--note", "Draft sent")
    assert desk.done("update", "PDB/2025-11-26/01", "--note", "x", "--no-commit").err == ""


def test_edits_of_other_records_do_not_matter(desk: Clone) -> None:
    edited(desk, desk.root / "pdb/2025-11-26/02.yaml")
    desk.done(*UPDATE)
    assert desk.touched() == ["records/pdb/2025-11-26/01.yaml"]


def test_a_record_deleted_by_hand_and_its_number_taken_again(desk: Clone) -> None:
    (desk.root / "pdb/2025-11-26/03.yaml").unlink()
    ran = not_committed(desk, *RAISE)
    assert "03.yaml bore edits" in ran.err


def test_touched_but_unchanged_files_are_no_edits(desk: Clone) -> None:
    os.utime(desk.root / "pdb/2025-11-26/01.yaml", (1, 1))
    desk.done(*UPDATE)
    assert desk.count() == 2


@each_kind
def test_no_commit_and_dry_run(desk: Clone, kind: str, tmp_path: Path) -> None:
    log = tmp_path / "git.log"
    shim = logging_git(tmp_path / "shim", log)
    before, files = (desk.head(), desk.index()), desk.files()
    desk.done(*KINDS[kind][0], "--dry-run", **shim)
    assert desk.files() == files
    desk.done("--no-commit", *KINDS[kind][0], **shim)
    assert desk.files() != files and (desk.head(), desk.index()) == before
    assert not log.exists()


def test_register_yaml_may_want_no_commits(desk: Clone, tmp_path: Path) -> None:
    register = desk.root / "register.yaml"
    register.write_text(register.read_text() + "commit: false\n")
    head = desk.head()
    desk.done(*UPDATE)
    desk.done("owner", "add", "Panel", "--name", "The Panel")
    assert desk.head() == head
    register.write_text(register.read_text().replace("commit: false", "commit: true"))
    desk.git("commit", "--quiet", "--all", "--message=All")
    desk.done(*UPDATE)
    assert desk.touched() == ["records/pdb/2025-11-26/01.yaml"]


def test_what_register_yaml_says_once_the_change_stands_counts(desk: Clone) -> None:
    editor = desk.folder / "editor"
    editor.write_text("#!/bin/sh\nprintf 'commit: %s\\n' \"$WANTED\" > more; grep -v '^commit' \"$1\" >> more; cat more > \"$1\"; rm more\n")
    editor.chmod(0o755)
    head = desk.head()
    desk.done("edit", "register", EDITOR=str(editor), WANTED="false")
    assert desk.head() == head
    desk.git("commit", "--quiet", "--all", "--message=Off")
    desk.done("edit", "register", EDITOR=str(editor), WANTED="true")
    assert desk.touched() == ["records/register.yaml"] and desk.count() == 3


def test_no_commit_means_nothing_where_nothing_changes(desk: Clone) -> None:
    assert "--no-commit means nothing to tracker list" in desk.refused("--no-commit", "list", status=2)


def test_outside_git_nothing_is_said(tmp_path: Path) -> None:
    desk = Clone(tmp_path, tmp_path / "plain")
    fill(desk.root)
    assert desk.done(*UPDATE).err == ""


def test_init_commits_its_register_also_as_the_first_commit(tmp_path: Path) -> None:
    desk = Clone(tmp_path, tmp_path / "new")
    desk.top.mkdir()
    desk.git("init", "--quiet")
    desk.done("init", "records", "--title", "Ours", cwd=desk.top)  # type: ignore[arg-type]
    assert (desk.count(), desk.touched(), desk.message().split("\n")[0]) == (1, ["records/register.yaml"], "Made a register: Ours")
    assert desk.state()["status"] == ""
    desk.done("init", "other", "--no-commit", cwd=desk.top)  # type: ignore[arg-type]
    assert desk.count() == 1
    desk.hook("pre-commit", "exit 1")
    ran = desk.run("init", "third", cwd=desk.top)
    assert ran.status == 3 and "Made a register in" in ran.out and ":/third/register.yaml" in ran.err


def test_a_first_commit_that_fails_leaves_no_index(tmp_path: Path) -> None:
    desk = Clone(tmp_path, tmp_path / "new")
    desk.top.mkdir()
    desk.git("init", "--quiet")
    desk.hook("pre-commit", "exit 1")
    assert desk.run("init", "records", cwd=desk.top).status == 3
    assert not (desk.top / ".git/index").exists() and not (desk.top / ".git/index.lock").exists()


@pytest.mark.parametrize("inside", ["", "deep/in/records", "-x", ":!x", "*", "wörter und mehr", "a'b\"c"])
def test_wherever_the_register_lies_in_the_work_tree(tmp_path: Path, inside: str) -> None:
    desk = clone(tmp_path, inside)
    other_work_free = desk.state()
    desk.done(*UPDATE)
    desk.done(*RAISE)
    assert desk.touched("HEAD") == [f"{inside}/pdb/2025-11-26/04.yaml".removeprefix("/")]
    assert desk.touched("HEAD~") == [f"{inside}/pdb/2025-11-26/01.yaml".removeprefix("/")]
    desk.hook("pre-commit", "exit 1")
    command = not_committed(desk, *UPDATE).err.partition("commit it: ")[2].strip().replace("git commit ", "git commit -nqm 'By hand' ")
    subprocess.run(["sh", "-c", command], cwd=desk.root / "pdb", env=desk.environment(), check=True)
    assert desk.state() == other_work_free


def test_in_a_linked_work_tree(desk: Clone) -> None:
    other = desk.folder / "other"
    desk.git("worktree", "add", "--quiet", other, "-b", "meeting")
    main = desk.head()
    desk.done(*UPDATE, TRACKER_RECORDS=str(other / "records"))
    assert desk.head() == main
    assert desk.touched("meeting") == ["records/pdb/2025-11-26/01.yaml"]
    (desk.top / ".git/worktrees/other/MERGE_HEAD").write_text(main + "\n")
    assert "a merge is under way" in desk.run(*UPDATE, TRACKER_RECORDS=str(other / "records")).err


def test_without_git(desk: Clone) -> None:
    assert "git was not found on this computer. Install it" in not_committed(desk, *UPDATE, PATH=str(desk.home)).err


def test_without_an_identity(desk: Clone) -> None:
    (desk.home / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n")
    for args in (UPDATE, RAISE):
        assert 'git does not know who you are. Type git config user.name "Your Name" and git config user.email' in not_committed(desk, *args).err
    desk.done("update", "PDB/2025-11-26/02", "--note", "x", GIT_AUTHOR_NAME="A", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="C", GIT_COMMITTER_EMAIL="c@d")
    assert desk.git("log", "-1", "--format=%an %cn") == "A C\n"


def test_hooks_run_and_may_add_to_the_message(desk: Clone) -> None:
    desk.hook("pre-commit", f"git diff --cached --name-only > {desk.folder}/seen")
    desk.hook("commit-msg", 'echo "Reviewed-by: Hook" >> "$1"')
    desk.hook("post-commit", "echo something went wrong >&2; exit 1")
    for args, path in ((UPDATE, "01"), (RAISE, "04")):
        assert desk.done(*args).err == ""
        assert (desk.folder / "seen").read_text() == f"records/pdb/2025-11-26/{path}.yaml\n"
        assert desk.trailers()[-1] == "Reviewed-by: Hook"


def test_hooks_find_git_as_they_are_used_to(desk: Clone) -> None:
    desk.hook("pre-commit", f"git ls-files '*.yaml' > {desk.folder}/seen")
    desk.done(*UPDATE)
    assert "records/register.yaml" in (desk.folder / "seen").read_text()


def test_commits_are_signed_where_the_officer_signs(desk: Clone) -> None:
    signer = desk.folder / "signer"
    signer.write_text('#!/bin/sh\ncat > /dev/null\necho "[GNUPG:] SIG_CREATED D" >&2\necho "-----BEGIN PGP SIGNATURE-----"\necho x\necho "-----END PGP SIGNATURE-----"\n')
    signer.chmod(0o755)
    desk.git("config", "commit.gpgSign", "true")
    desk.git("config", "gpg.program", signer)
    desk.done(*UPDATE)
    assert "gpgsig -----BEGIN PGP SIGNATURE-----" in desk.git("cat-file", "-p", "HEAD")
    signer.write_text("#!/bin/sh\necho 'the key is on holiday' >&2\nexit 1\n")
    not_committed(desk, *RAISE)


def under_way(desk: Clone, what: str) -> None:
    """Begin it on files that are none of the register's, and leave it unfinished."""
    for branch in ("side", "main"):
        desk.git("checkout", "--quiet", "-B", branch)
        (desk.top / "notes").write_text(f"{branch}\n")
        desk.git("add", "notes")
        desk.git("commit", "--quiet", f"--message={branch}")
        if branch == "side":
            desk.git("branch", "--quiet", "--force", "main", "HEAD~")
            desk.git("checkout", "--quiet", "main")
    begin = {
        "a merge is": ("merge", "--no-commit", "--no-ff", "side"), "a squashed merge waits": ("merge", "--squash", "-Xours", "side"),
        "a rebase is": ("rebase", "side"), "a cherry-pick is": ("cherry-pick", "side"), "a revert is": ("revert", "--no-edit", "side"),
        "a prepared merge": ("cherry-pick", "--no-commit", "side~0"), "a rebase or": ("rebase", "--apply", "side"),
    }[what]  # fmt: skip
    desk.git(*begin, ok=False)


@pytest.mark.parametrize("what", ["a merge is", "a squashed merge waits", "a rebase is", "a cherry-pick is", "a revert is", "a rebase or"])
def test_what_is_under_way_is_left_alone(desk: Clone, what: str) -> None:
    under_way(desk, what)
    before = {path.name: path.read_bytes() for path in (desk.top / ".git").iterdir() if path.is_file()}
    state = desk.state()["staged"]
    for args in (UPDATE, RAISE):
        ran = not_committed(desk, *args)
        assert f"because {what}" in ran.err and "First finish that (" in ran.err
    assert {path.name: path.read_bytes() for path in (desk.top / ".git").iterdir() if path.is_file()} == before
    assert desk.state()["staged"] == state


def test_no_branch_is_checked_out(desk: Clone) -> None:
    desk.git("checkout", "--quiet", "--detach")
    assert "no branch is checked out. First make one (git switch -c NAME), then" in not_committed(desk, *UPDATE).err


@pytest.mark.parametrize("args", [UPDATE, RAISE], ids=["changed", "new"])
def test_a_lock_that_stays_is_named(desk: Clone, args: tuple[str, ...]) -> None:
    lock = desk.top / ".git/index.lock"
    lock.write_bytes(b"")
    begun = time.monotonic()
    ran = not_committed(desk, *args)
    assert 2.5 < time.monotonic() - begun < 8
    assert f"another git command holds {lock}, and still did after 3 seconds. If no git command" in ran.err
    assert lock.exists()


@pytest.mark.parametrize("name", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_that_goes_is_waited_for(desk: Clone, name: str) -> None:
    lock = desk.top / ".git" / name
    lock.write_bytes(b"")
    timer = threading.Timer(1.0, lock.unlink)
    timer.start()
    desk.done(*RAISE)
    timer.join()
    assert desk.touched() == ["records/pdb/2025-11-26/04.yaml"] and desk.state()["status"] == ""


def test_what_someone_stages_during_a_commit_that_fails_is_not_lost(desk: Clone) -> None:
    """A hook stands for another git command that stages a file just before ours gives up."""
    (desk.top / "mine").write_text("mine\n")
    desk.hook("commit-msg", f"rm {desk.top}/.git/index.lock; env -u GIT_INDEX_FILE git -C {desk.top} add mine; exit 1")
    ran = desk.run(*RAISE)
    assert ran.status == 3
    assert desk.git("diff", "--cached", "--name-only") == "mine\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="only root can give a clone away")
def test_a_clone_of_someone_else(desk: Clone) -> None:
    for folder in (desk.top, desk.top / ".git"):
        os.chown(folder, 12345, 12345)
    ran = not_committed(desk, *UPDATE, SUDO_UID=None)
    assert f'the clone belongs to someone else. If you trust it, type git config --global --add safe.directory "{desk.top}"' in ran.err


def as_anyone() -> list[str]:
    """What runs a command so that root, too, may write only what permissions allow."""
    if os.name != "posix" or os.geteuid() != 0:
        return []
    setpriv = shutil.which("setpriv")
    return [setpriv, "--bounding-set=-dac_override,-dac_read_search"] if setpriv else pytest.skip("no setpriv to drop root's rights")


def test_a_git_folder_that_can_only_be_read(desk: Clone) -> None:
    git = [desk.top / ".git", *(desk.top / ".git").rglob("*")]
    for place in git:
        place.chmod(0o555 if place.is_dir() else 0o444)
    index, head = desk.index(), desk.head()
    for args, step in ((UPDATE, "create"), (RAISE, "adding an object")):
        begun = time.monotonic()
        done = subprocess.run([*as_anyone(), sys.executable, "-m", "tracker", *args], env=desk.environment(), cwd=desk.top, capture_output=True, text=True)
        assert done.returncode == 3 and time.monotonic() - begun < 2.5, done
        assert re.search(f"{step}.*[Pp]ermission|permission.*{step}", done.stderr), done
    for place in git:
        place.chmod(0o755 if place.is_dir() else 0o644)
    assert (desk.index(), desk.head()) == (index, head)
    assert "Draft sent" in desk.text("pdb/2025-11-26/01.yaml") and (desk.root / "pdb/2025-11-26/04.yaml").exists()


def test_who_ignores_the_register_hears_nothing(desk: Clone) -> None:
    desk.git("rm", "-r", "--quiet", "--cached", "records")
    (desk.top / ".gitignore").write_text("/records/\n")
    desk.git("add", ".gitignore")
    desk.git("commit", "--quiet", "--message=Not in git")
    head, index = desk.head(), desk.index()
    for args in (UPDATE, RAISE, MOVE):
        assert desk.done(*args).err == ""
    assert (desk.head(), desk.index()) == (head, index)


def test_a_record_that_is_ignored_by_mistake_is_named(desk: Clone) -> None:
    (desk.top / ".git/info").mkdir(exist_ok=True)
    (desk.top / ".git/info/exclude").write_text("04.yaml\n")
    ran = not_committed(desk, *RAISE)
    assert "git was told to ignore records/pdb/2025-11-26/04.yaml" in ran.err
    ran = not_committed(desk, "update", "PDB/2025-11-26/04", "--note", "x")
    assert "git was told to ignore records/pdb/2025-11-26/04.yaml" in ran.err


def test_a_commit_of_very_many_records(tmp_path: Path) -> None:
    desk = clone(tmp_path)
    writes = [Write(f"pdb/2025-11-26/{number}.yaml", None, b"text: Many\n") for number in range(100, 700)]
    keeper = committer_for(desk.root, wanted=True)
    assert keeper is not None
    with pytest.MonkeyPatch.context() as patch:
        for name, value in desk.environment().items():
            patch.setenv(name, value)
        keeper.before(writes)
        save(desk.root, writes)
        outcome = keeper.after(Change({}, "Raised 600 actions"), writes)
    assert outcome == Committed(desk.head()) and outcome.short == desk.head()[:10]
    assert len(desk.touched()) == 600 and len(desk.trailers()) == 600


def test_how_many_processes_a_change_takes(desk: Clone, tmp_path: Path) -> None:
    log = tmp_path / "git.log"
    shim = logging_git(tmp_path / "shim", log)
    raised = ["status", "check-ignore", "update-index", "commit"]
    for args, commands in ((UPDATE, ["status", "commit"]), (RAISE, raised), (MOVE, raised)):
        log.unlink(missing_ok=True)
        desk.done(*args, **shim)
        started = [next(word for word in line.split() if word in (*raised, "add", "rev-parse", "log")) for line in log.read_text().splitlines()]
        assert started == commands


def test_stopped_during_a_hook(desk: Clone) -> None:
    desk.hook("pre-commit", f"touch {desk.folder}/here; exec sleep 15")
    index = desk.index()
    process = subprocess.Popen([sys.executable, "-m", "tracker", *RAISE], env=desk.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while not (desk.folder / "here").exists():
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 3 and out.startswith("Raised PDB/2025-11-26/04")
    assert "because the commit was stopped" in err
    assert desk.index() == index and not (desk.top / ".git/index.lock").exists()


def test_the_edit_command_does_not_go_back_to_the_editor_for_a_commit(desk: Clone) -> None:
    editor = desk.folder / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/rural crime/urban crime/" "$1"\n')
    editor.chmod(0o755)
    desk.hook("pre-commit", "exit 1")
    ran = not_committed(desk, "edit", "PDB/2025-11-26/01", EDITOR=str(editor))
    assert "urban crime" in desk.text("pdb/2025-11-26/01.yaml")
    assert "Nothing was changed" not in ran.err


def test_a_clone_whose_line_ends_git_converts(desk: Clone) -> None:
    desk.git("config", "core.autocrlf", "true")
    for path in desk.root.rglob("*.yaml"):
        path.unlink()
    desk.git("checkout", "--", ".")
    assert b"\r\n" in (desk.root / "pdb/2025-11-26/01.yaml").read_bytes()
    desk.done(*UPDATE)
    assert desk.count() == 2
    assert "\r" not in desk.git("show", "HEAD:records/pdb/2025-11-26/01.yaml")


def test_undoing_is_said_in_a_trailer(desk: Clone) -> None:
    keeper = committer_for(desk.root, wanted=True, undoes=desk.head())
    assert keeper is not None and committer_for(desk.root, wanted=False) is None
    path = desk.root / "pdb/2025-11-26/01.yaml"
    writes = [Write("pdb/2025-11-26/01.yaml", path.read_bytes(), path.read_bytes() + b"# more\n")]
    undone = desk.head()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in desk.environment().items():
            patch.setenv(name, value)
        keeper.before(writes)
        save(desk.root, writes)
        assert not isinstance(keeper.after(Change({}, "Took it back"), writes), NotCommitted)
    assert desk.trailers() == ["Tracker-Ref: PDB/2025-11-26/01", f"Tracker-Undoes: {undone}"]
