"""Sync: two clones and a shared bare repository. All goes through and is said, or nothing changes and it is said why."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builders import put
from tests.cli.program import Ran
from tests.git.repository import REAL_GIT, Clone, bare, clone, clone_of
from tracker.git.door import Git
from tracker.git.remote import NotTaken, push, upstream_of

UPDATE = ("update", "PDB/2025-11-26/01", "--note", "Draft sent")
RECORD = "pdb/2025-11-26/01.yaml"


def raising(text: str, *more: str) -> tuple[str, ...]:
    return ("add", text, "--meeting", "PDB/2025-11-26", "--owner", "Force", *more)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna's clone, the bare repository, and Bill's clone."""
    folder = tmp_path_factory.mktemp("template")
    anna = clone(folder / "anna")
    bare(folder / "origin.git", anna)
    (folder / "bill").mkdir()
    clone_of(folder / "origin.git", folder / "bill")
    return folder


class Pair:
    """Two officers with a clone each."""

    def __init__(self, folder: Path) -> None:
        self.origin = folder / "origin.git"
        self.anna, self.bill = (Clone(folder / name, folder / name / "clone") for name in ("anna", "bill"))
        for desk in (self.anna, self.bill):
            desk.git("remote", "set-url", "origin", self.origin)
            desk.git("status")
        self.anna.git("log", cwd=self.origin)

    def at_origin(self) -> str:
        return self.anna.git("rev-parse", "main", cwd=self.origin).strip()

    def agree(self) -> None:
        """Both clones and the shared repository hold the same, and nothing is wrong with any of them."""
        assert self.anna.head() == self.bill.head() == self.at_origin()
        assert self.anna.files() == self.bill.files()
        for desk in (self.anna, self.bill):
            assert desk.git("fsck", "--strict", "--full", "--no-dangling") == "" and desk.state() == {"status": "", "staged": "", "unstaged": ""}
            assert desk.git("rev-parse", "origin/main").strip() == desk.head()
            assert desk.run("check").status == 0
            expect_tidy(desk)


@pytest.fixture
def pair(template: Path, tmp_path: Path) -> Pair:
    shutil.copytree(template, tmp_path / "pair", symlinks=True)
    return Pair(tmp_path / "pair")


def expect_tidy(desk: Clone) -> None:
    assert not list((desk.top / ".git").glob("tracker-sync*"))
    assert desk.git("for-each-ref", "refs/tracker") == ""


def whole(desk: Clone) -> tuple[object, ...]:
    """Every byte that a failed sync must leave alone: files, index, refs, HEAD, and what is staged or not."""
    return (desk.state(), desk.files(), desk.index(), desk.git("for-each-ref"), desk.git("reflog"), (desk.top / ".git/HEAD").read_text())


def fails(desk: Clone, **env: str | None) -> str:
    """Sync fails and nothing has changed; all that it said."""
    before = whole(desk)
    ran = desk.run("sync", **env)
    assert ran.status == 1 and ran.out == "", ran
    assert whole(desk) == before
    expect_tidy(desk)
    return ran.err


def test_changes_of_different_records_come_in_and_go_out(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.done(*raising("Ask for the figures"))
    ran = pair.anna.done("sync")
    assert ran.lines == ["Synced with origin/main: 0 changes came in, 2 went out.", "  Out: 1 action raised, 1 update noted."]
    assert pair.at_origin() == pair.anna.head()
    pair.bill.done("carry", "26/2", "--to", "2026-06-10")
    ran = pair.bill.done("sync")
    assert ran.lines[0] == "Synced with origin/main: 2 changes came in, 1 went out."
    assert "  In: 1 action raised, 1 update noted." in ran.lines and any(line.startswith("  Out: PDB/2025-11-26/02 carried forward") for line in ran.lines)
    assert pair.anna.done("sync").lines[0] == "Synced with origin/main: 1 change came in, 0 went out."
    pair.agree()
    assert pair.anna.done("sync").lines == ["Nothing came in and nothing went out: this clone and origin/main agree."]
    assert "Draft sent" in pair.bill.text(RECORD) and "carried forward" in pair.anna.text("pdb/2025-11-26/02.yaml")


def test_both_changed_the_same_record_and_it_is_merged_field_by_field_without_git_setup(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.done("sync")
    pair.bill.done("update", "26/1", "--note", "Read by the board")
    pair.bill.done("tag", "26/1", "+rural")
    pair.bill.done("sync")
    pair.anna.done("sync")
    pair.agree()
    assert "Draft sent" in pair.anna.text(RECORD) and "Read by the board" in pair.anna.text(RECORD) and "rural" in pair.anna.text(RECORD)
    assert "merge.tracker" not in pair.bill.git("config", "--list") and not (pair.bill.root / ".gitattributes").exists()


def test_of_two_actions_with_the_same_number_ours_gets_the_next_one(pair: Pair) -> None:
    pair.anna.done(*raising("Anna's first"))
    pair.anna.done(*raising("Anna's second"))
    pair.anna.done("sync")
    pair.bill.done(*raising("Bill's own", "--tag", "kept"))
    put(pair.bill.root, "pdb/2025-11-26/04.yaml", "# Bill's comment\n" + pair.bill.text("pdb/2025-11-26/04.yaml"))
    pair.bill.git("commit", "-qam", "A comment")
    pair.bill.done(*raising("What follows Bill's", "--follows", "26/4"))
    pair.bill.done("discharge", "26/3", "--outcome", "Shared", "--route", "paper", "--follow-up", "The rest", "--at", "PDB/2026-02-25")
    ran = pair.bill.done("sync")
    assert "  PDB/2025-11-26/04 is PDB/2025-11-26/06 now, because PDB/2025-11-26/04 was given elsewhere too: Bill's own" in ran.lines
    assert "  PDB/2025-11-26/05 is PDB/2025-11-26/07 now, because PDB/2025-11-26/05 was given elsewhere too: What follows Bill's" in ran.lines
    texts = {n: pair.bill.text(f"pdb/2025-11-26/0{n}.yaml") for n in (4, 5, 6, 7)}
    assert "Anna's first" in texts[4] and "Anna's second" in texts[5] and "formerly" not in texts[4] + texts[5]
    assert texts[6].startswith("# Bill's comment\n") and "kept" in texts[6] and "formerly: [PDB/2025-11-26/04]\n" in texts[6]
    assert "follows: PDB/2025-11-26/06\n" in texts[7] and "formerly: [PDB/2025-11-26/05]\n" in texts[7]
    assert "Tracker-Ref: PDB/2025-11-26/06" in pair.bill.git("log", "-4")
    pair.anna.done("sync")
    pair.agree()


def test_the_old_number_is_found_again(pair: Pair) -> None:
    pair.anna.done(*raising("Anna's"))
    pair.anna.done("sync")
    pair.bill.done(*raising("Bill's"))
    pair.bill.done("sync")
    assert "was formerly that of PDB/2025-11-26/05" in pair.bill.done("show", "26/4").out
    assert "PDB/2025-11-26/04" in pair.bill.done("show", "26/5").out
    put(pair.bill.root, "pdb/2025-11-26/05.yaml", pair.bill.text("pdb/2025-11-26/05.yaml").replace("/04]", "/09]"))
    assert "Noted progress on PDB/2025-11-26/05" in pair.bill.done("update", "26/9", "--note", "Found", "--no-commit").out


def test_what_follows_follows_on_when_it_is_renumbered_later_itself(pair: Pair) -> None:
    """Renumbered twice, because the second push was late: both old numbers are kept."""
    for n in range(2):
        pair.anna.done(*raising(f"Anna's {n}"))
    pair.bill.done(*raising("Bill's"))
    put(pair.bill.root, "pdb/2025-11-26/04.yaml", pair.bill.text("pdb/2025-11-26/04.yaml") + "formerly: [PDB/2025-11-26/03]\n")
    pair.bill.git("commit", "-qam", "As if renumbered before")
    pair.anna.done("sync")
    pair.bill.done("sync")
    assert "formerly: [PDB/2025-11-26/03, PDB/2025-11-26/04]" in pair.bill.text("pdb/2025-11-26/06.yaml")


@pytest.mark.parametrize("ours_first", [True, False])
def test_a_true_conflict_changes_nothing_and_is_explained(pair: Pair, ours_first: bool) -> None:
    first, second = (pair.anna, pair.bill) if ours_first else (pair.bill, pair.anna)
    first.done("redate", "26/1", "--to", "2026-06-10", "--reason", "Asked for")
    first.done("sync")
    second.done("redate", "26/1", "--to", "2026-07-01", "--reason", "Holidays")
    second.done("update", "26/2", "--note", "Goes on")
    (second.top / "untracked").write_text("x")
    said = fails(second)
    assert "PDB/2025-11-26/01, due: 1 July 2026 here, 10 June 2026 there" in said
    assert "nothing was changed" in said and "git pull --no-rebase" in said and "tracker undo" in said
    assert pair.at_origin() == first.head()
    second.done("undo")
    assert "PDB/2025-11-26/01, due" in fails(second)


def test_the_way_out_of_a_conflict_is_a_way_out(pair: Pair) -> None:
    pair.anna.done("redate", "26/1", "--to", "2026-06-10", "--reason", "Asked for")
    pair.anna.done("sync")
    pair.bill.done("redate", "26/1", "--to", "2026-07-01", "--reason", "Holidays")
    fails(pair.bill)
    pair.bill.done("undo")
    pair.bill.done("sync")
    pair.anna.done("sync")
    pair.agree()
    assert "due: 2026-06-10" in pair.bill.text(RECORD)


def test_changes_that_contradict_each_other_only_together(pair: Pair) -> None:
    pair.anna.done("meeting", "move", "PDB/2026-06-10", "--to", "2026-06-17")
    pair.anna.done("sync")
    pair.bill.done("add", "Raised too soon", "--meeting", "PDB/2026-06-10", "--owner", "Force", today="2026-06-11")
    said = fails(pair.bill)
    assert "PDB/2026-06-10" in said and "moved away or deleted" in said


def test_an_action_due_at_a_meeting_that_was_cancelled_meanwhile(pair: Pair) -> None:
    pair.anna.done("meeting", "cancel", "PDB/2026-06-10")
    pair.anna.done("sync")
    pair.bill.done(*raising("Due then", "--due", "2026-06-10"))
    said = fails(pair.bill)
    assert "it is due at PDB/2026-06-10, which was cancelled" in said and "tracker redate PDB/2025-11-26/04" in said
    pair.bill.done("redate", "26/4", "--to", "2026-07-01", "--reason", "Cancelled")
    pair.bill.done("sync")
    pair.anna.done("sync")
    pair.agree()


def test_errors_that_one_side_had_already_do_not_stop_it(pair: Pair) -> None:
    put(pair.anna.root, RECORD, pair.anna.text(RECORD).replace("[Force]", "[Nobody]"))
    pair.anna.git("commit", "-qam", "By hand")
    pair.anna.done("sync")
    pair.bill.done("update", "26/2", "--note", "Goes on")
    pair.bill.done("sync")
    assert pair.at_origin() == pair.bill.head()


def test_two_meetings_on_the_same_day(pair: Pair) -> None:
    for desk in (pair.anna, pair.bill):
        desk.done("meeting", "add", "pdb", "2026-09-09")
    pair.anna.done("sync")
    pair.bill.done("sync")
    pair.anna.done("sync")
    pair.agree()
    pair.anna.done("meeting", "add", "pdb", "2026-10-07", "--time", "10:00")
    pair.anna.done("sync")
    pair.bill.done("meeting", "add", "pdb", "2026-10-07", "--time", "14:00")
    assert "PDB/2026-10-07, time: “14:00” here, “10:00” there" in fails(pair.bill)


def test_edits_that_would_be_touched_stop_it_and_others_stay(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.done("sync")
    put(pair.bill.root, RECORD, pair.bill.text(RECORD) + "# mine\n")
    said = fails(pair.bill)
    assert "records/pdb/2025-11-26/01.yaml bears edits" in said and "git commit" in said
    pair.bill.git("restore", ".")
    put(pair.bill.root, "pdb/board.yaml", "title: Edited\n")
    (pair.bill.top / "half").write_text("one\n")
    pair.bill.git("add", "half")
    (pair.bill.top / "half").write_text("two\n")
    pair.bill.done("update", "26/2", "--note", "Goes on")
    state = pair.bill.state()
    ran = pair.bill.done("sync")
    assert "edited in 1 file is in no commit and stays here" in ran.err
    assert pair.bill.state() == state and "Draft sent" in pair.bill.text(RECORD)


def test_an_untracked_or_ignored_file_is_never_overwritten(pair: Pair) -> None:
    pair.anna.done(*raising("New"))
    pair.anna.done("sync")
    put(pair.bill.root, "pdb/2025-11-26/04.yaml", "text: Mine\n")
    assert "04.yaml bears edits" in fails(pair.bill)
    (pair.bill.top / ".git/info/exclude").write_text("04.yaml\n")
    assert "04.yaml bears edits" in fails(pair.bill)


def test_what_lies_beside_the_register_is_exchanged_too(pair: Pair) -> None:
    (pair.anna.top / "paper.md").write_text("one\n")
    pair.anna.git("add", "--all")
    pair.anna.git("commit", "-qm", "Paper")
    pair.anna.done("sync")
    pair.bill.done(*UPDATE)
    pair.bill.done("sync")
    assert (pair.bill.top / "paper.md").read_text() == "one\n"
    (pair.anna.top / "paper.md").write_text("two\n")
    pair.anna.git("commit", "-qam", "Two")
    (pair.bill.top / "paper.md").write_text("three\n")
    pair.bill.git("commit", "-qam", "Three")
    pair.bill.done("sync")
    assert "paper.md: here and there the same lines" in fails(pair.anna)


def test_the_officers_own_settings_for_merging_do_not_get_in_the_way(pair: Pair) -> None:
    for key, value in (("merge.ff", "only"), ("pull.rebase", "true"), ("merge.autoStash", "true"), ("fetch.prune", "true"),
                       ("push.default", "nothing"), ("branch.main.mergeOptions", "--squash --no-commit"), ("merge.directoryRenames", "true")):  # fmt: skip
        pair.bill.git("config", key, value)
    pair.anna.done(*UPDATE)
    pair.anna.done("sync")
    pair.bill.done("update", "26/1", "--note", "Mine")
    pair.bill.done("sync")
    pair.anna.done("sync")
    pair.agree()
    pair.anna.done("update", "26/2", "--note", "Next")
    pair.anna.done("sync")
    pair.bill.done("sync")
    pair.agree()


def test_the_first_push_fills_an_empty_repository(tmp_path: Path) -> None:
    desk = clone(tmp_path)
    desk.git("init", "-q", "--bare", tmp_path / "empty.git")
    assert "git remote add origin URL" in fails(desk)
    desk.git("remote", "add", "origin", tmp_path / "empty.git")
    assert "git push -u origin main" in fails(desk)
    desk.git("config", "branch.main.remote", "origin")
    desk.git("config", "branch.main.merge", "refs/heads/main")
    assert desk.done("sync").lines[0] == "Synced with origin/main: 0 changes came in, 1 went out."
    assert desk.git("rev-parse", "main", cwd=tmp_path / "empty.git").strip() == desk.head()


def test_each_thing_in_the_way_gets_a_sentence(pair: Pair, tmp_path: Path) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.git("switch", "-q", "--detach")
    assert "No branch is checked out" in fails(pair.anna)
    pair.anna.git("switch", "-q", "main")
    pair.anna.git("remote", "set-url", "origin", tmp_path / "gone")
    said = fails(pair.anna)
    assert "origin could not be reached" in said and said.count("Error:") == 1
    pair.anna.git("remote", "set-url", "origin", pair.origin)
    pair.anna.git("config", "branch.main.remote", ".")
    assert "another branch of this clone" in fails(pair.anna)
    (pair.anna.top / ".git/MERGE_HEAD").write_text(pair.anna.head())
    assert "a merge is under way" in fails(pair.anna)


def test_rejected_by_the_server(pair: Pair) -> None:
    (pair.origin / "hooks").mkdir(exist_ok=True)
    hook = pair.origin / "hooks" / "pre-receive"
    asked = pair.origin / "asked"
    hook.write_text(f"#!/bin/sh\necho >>{asked}\necho 'main is protected; open a pull request' >&2\nexit 1\n")
    hook.chmod(0o755)
    pair.anna.done(*UPDATE)
    said = fails(pair.anna)
    assert "did not take the changes" in said and "main is protected; open a pull request" in said and "hook declined" in said
    assert len(asked.read_text().splitlines()) == 1


def test_histories_without_a_common_commit(pair: Pair, tmp_path: Path) -> None:
    other = clone(tmp_path / "other")
    # made in the same second it would else be the same commit
    other.git("commit", "--quiet", "--amend", "--message=Another beginning")
    other.done(*UPDATE)
    other.git("remote", "add", "origin", pair.origin)
    other.git("config", "branch.main.remote", "origin")
    other.git("config", "branch.main.merge", "refs/heads/main")
    assert "have no commit in common" in fails(other)


def test_the_officers_hook_before_a_push_is_asked(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.hook("pre-push", "echo 'not on a Friday' >&2; exit 1")
    assert "not on a Friday" in fails(pair.anna)


def test_nobody_to_sign_the_merge(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.done("sync")
    pair.bill.done("update", "26/2", "--note", "Mine")
    pair.bill.git("config", "user.useConfigOnly", "true")
    (pair.bill.home / ".gitconfig").write_text("")
    assert "git config user.name" in fails(pair.bill)


def test_someone_was_faster_every_time(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    from tracker.git import syncing

    monkeypatch.setattr(syncing, "_TRIES", 3)
    monkeypatch.setattr(syncing, "_LONGEST_PAUSE", 0.01)
    pair.anna.done(*UPDATE)
    pair.anna.hook("pre-push", f'cd "{pair.bill.top}" && unset GIT_DIR && git commit -q --allow-empty -m Faster && git push -q origin main')
    said = fails(pair.anna, HOME=str(pair.anna.home))
    assert "3 times while this command ran" in said


def test_nothing_is_ever_forced(pair: Pair) -> None:
    pair.bill.done(*UPDATE)
    pair.bill.done("sync")
    pair.anna.done("update", "26/2", "--note", "Late")
    upstream = upstream_of(Git(pair.anna.top))
    with pytest.raises(NotTaken) as late:
        push(Git(pair.anna.top), upstream, pair.anna.head(), {"HOME": str(pair.anna.home)})
    assert late.value.meanwhile and pair.at_origin() == pair.bill.head()


def test_someone_was_faster_once(pair: Pair) -> None:
    pair.anna.done(*UPDATE)
    pair.anna.hook("pre-push", f'test -e "{pair.anna.top}/.git/once" && exit 0; touch "{pair.anna.top}/.git/once"; '
                   f'cd "{pair.bill.top}" && unset GIT_DIR && git commit -q --allow-empty -m Faster && git push -q origin main')  # fmt: skip
    assert pair.anna.done("sync").lines[0] == "Synced with origin/main: 1 change came in, 1 went out."
    pair.bill.done("sync")
    pair.agree()


def killed_at(desk: Clone, n: int, log: Path) -> bool:
    """Sync in a process that is killed by the n-th git command which it starts, its git too; whether it came to that."""
    fake = log.parent / "bin"
    fake.mkdir(exist_ok=True)
    (fake / "git").write_text(
        f'#!/bin/sh\ncase "$PWD$*" in *merge-file*) exec "{REAL_GIT}" "$@";; esac\necho x >> "{log}"\n'
        f'if test "$(wc -l < "{log}")" -eq {n}; then kill -9 $PPID; fi\nexec "{REAL_GIT}" "$@"\n'
    )
    (fake / "git").chmod(0o755)
    log.write_text("")
    env = desk.environment(PATH=os.pathsep.join([str(fake), os.environ["PATH"]]))
    done = subprocess.run([sys.executable, "-m", "tracker", "sync"], env=env, cwd=desk.top, capture_output=True, timeout=60, check=False)
    return done.returncode == -9


def test_killed_at_any_git_command_the_next_sync_works_and_nothing_is_lost(template: Path, tmp_path: Path) -> None:
    shutil.copytree(template, tmp_path / "kept", symlinks=True)
    kept = Pair(tmp_path / "kept")
    kept.anna.done(*raising("Anna's"))
    kept.anna.done("sync")
    kept.bill.done(*raising("Bill's"))
    kills = 0
    for n in range(1, 60, 3):
        shutil.rmtree(tmp_path / "pair", ignore_errors=True)
        shutil.copytree(tmp_path / "kept", tmp_path / "pair", symlinks=True)
        pair = Pair(tmp_path / "pair")
        before = pair.bill.files()
        if not killed_at(pair.bill, n, tmp_path / "log"):
            break
        kills += 1
        time.sleep(0.1)  # the last git that it started ends by itself
        assert pair.bill.files() == before or "Bill's" in pair.bill.text("pdb/2025-11-26/05.yaml")
        for lock in (pair.bill.top / ".git").glob("*.lock"):
            lock.unlink()
        assert pair.bill.run("sync").status == 0, n
        pair.anna.done("sync")
        pair.agree()
        assert "Anna's" in pair.anna.text("pdb/2025-11-26/04.yaml") and "Bill's" in pair.anna.text("pdb/2025-11-26/05.yaml")
    assert kills > 5


def test_one_sentence_for_what_is_not_in_git(tmp_path: Path) -> None:
    from tests.git.repository import fill

    plain = Clone(tmp_path, tmp_path / "office")
    fill(plain.root)
    ran: Ran = plain.run("sync")
    assert ran.status == 1 and "git init" in ran.err
    plain.git("init", "-q")
    assert "Nothing is committed here yet" in plain.run("sync").err
