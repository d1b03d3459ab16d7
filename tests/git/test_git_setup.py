"""Setting up a clone: said, done once, nothing of anybody's overwritten; and the check before a commit."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.builders import put
from tests.git.repository import Clone, clone
from tracker.cli.main import program
from tracker.git.setup import driver, hook_line, place_of

ROOT = Path(__file__).parents[2]
ACTION = "pdb/2025-11-26/01.yaml"


@pytest.fixture
def made(tmp_path: Path) -> Clone:
    return clone(tmp_path)


def set_up(made: Clone, *args: str) -> str:
    return made.done("git-setup", *args).out


def commit(made: Clone, *args: str, **how: str | None) -> tuple[int, str]:
    """Run `git commit` as a person would; its status and words."""
    done = subprocess.run(
        ["git", "commit", "--message=By hand", *args], cwd=made.top, env=made.environment(**how), capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


def everything(made: Clone) -> dict[str, bytes]:
    git = made.top / ".git"
    kept = [git / "config", git / "index", *sorted((git / "hooks").glob("*")), *sorted(made.root.rglob(".gitattributes"))]
    return {str(path): path.read_bytes() for path in kept if path.exists()} | made.files()


def test_it_says_each_thing_and_how_to_take_it_back(made: Clone) -> None:
    ran = made.done("git-setup")
    assert [line.split()[0] for line in ran.lines] == ["Wrote", "Set", "Set", "Wrote"]
    assert "git config --remove-section merge.tracker" in ran.err
    assert str(made.hooks / "pre-commit") in ran.err


def test_a_second_time_changes_nothing_and_says_what_it_found(made: Clone) -> None:
    set_up(made)
    before = everything(made)
    said = set_up(made)
    assert everything(made) == before
    assert said.count("already") == 4 and "Wrote" not in said


def test_taking_it_back_as_it_says_leaves_the_clone_as_it_was(made: Clone) -> None:
    before = everything(made)
    lines = made.done("git-setup").err.splitlines()
    made.git(*lines[1].split()[1:])
    (made.root / ".gitattributes").unlink()
    (made.hooks / "pre-commit").unlink()
    assert {**everything(made), str(made.top / ".git" / "config"): b""} == {**before, str(made.top / ".git" / "config"): b""}
    assert "tracker" not in made.git("config", "--list")


@pytest.mark.parametrize("inside", ["records", "offices/kent", "."])
def test_every_record_is_merged_by_tracker_and_kept_byte_for_byte(tmp_path: Path, inside: str) -> None:
    made = clone(tmp_path, inside=inside)
    set_up(made)
    made.git("config", "core.autocrlf", "true")
    text = made.text(ACTION).replace("\n", "\r\n").encode()
    for path in ("register.yaml", "pdb/board.yaml", "pdb/2025-11-26/meeting.yaml", ACTION):
        said = made.git("check-attr", "merge", "text", "--", made.root / path)
        assert "merge: tracker" in said and "text: unset" in said
    put(made.root, ACTION, text)
    assert "tracker" not in made.git("check-attr", "merge", "--", "notes.yaml")
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message=CRLF")
    stored = subprocess.run(["git", "cat-file", "blob", f"HEAD:./{ACTION}"], cwd=made.root, env=made.environment(), capture_output=True)
    assert stored.stdout == text
    (made.root / ACTION).unlink()
    made.git("checkout", "--", made.root / ACTION)
    assert (made.root / ACTION).read_bytes() == text


def test_attributes_of_the_officers_own_are_kept(made: Clone) -> None:
    put(made.root, ".gitattributes", "*.yaml diff=yaml\n*.docx binary")
    set_up(made)
    lines = (made.root / ".gitattributes").read_text().splitlines()
    assert lines[:2] == ["*.yaml diff=yaml", "*.docx binary"] and "/register.yaml merge=tracker -text" in lines


def test_attributes_that_are_overruled_are_said(made: Clone) -> None:
    put(made.top, ".git/info/attributes", "*.yaml merge=binary\n")
    assert "overrules" in set_up(made)


def test_a_link_in_the_place_of_the_attributes_is_left_alone(made: Clone, tmp_path: Path) -> None:
    elsewhere = put(tmp_path, "elsewhere", "")
    (made.root / ".gitattributes").symlink_to(elsewhere)
    assert "no plain file" in made.run("git-setup").err
    assert elsewhere.read_text() == ""


def test_outside_of_git_it_says_what_to_type(tmp_path: Path) -> None:
    made = clone(tmp_path)
    (made.top / ".git").rename(tmp_path / "gone")
    ran = made.run("git-setup")
    assert ran.status == 1 and "git init" in ran.err


def test_a_hook_that_is_there_is_left_alone_and_told_what_to_run(made: Clone) -> None:
    made.hook("pre-commit", "exit 0")
    before = (made.hooks / "pre-commit").read_bytes()
    line = hook_line(place_of(made.root, sys.executable))
    said = set_up(made)
    assert (made.hooks / "pre-commit").read_bytes() == before and line in said
    made.hook("pre-commit", line)
    assert "runs the check already" in set_up(made)
    break_staged(made)
    assert commit(made)[0] == 1


def test_a_hook_of_ours_is_renewed_when_the_program_has_moved(made: Clone) -> None:
    set_up(made)
    hook = made.hooks / "pre-commit"
    ours = hook.read_text()
    hook.write_text(ours.replace(sys.executable, "/gone/python"))
    assert "anew" in set_up(made)
    assert hook.read_text() == ours and hook.stat().st_mode & 0o111
    hook.write_text(ours.replace(sys.executable, "/gone/python") + "make lint\n")
    assert "left alone" in set_up(made)


def test_hooks_of_a_folder_of_the_repository_are_honoured(made: Clone) -> None:
    made.git("config", "core.hooksPath", "tools/hooks")
    set_up(made)
    assert (made.top / "tools/hooks/pre-commit").exists() and not (made.hooks / "pre-commit").exists()
    break_staged(made)
    assert commit(made)[0] == 1


def test_hooks_that_other_repositories_share_are_left_alone(made: Clone, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    made.git("config", "--global", "core.hooksPath", shared)
    said = set_up(made)
    assert "share" in said and "check-staged" in said
    assert not shared.exists() and not (made.hooks / "pre-commit").exists()


def break_staged(made: Clone) -> None:
    """A record that contradicts itself in the index, and is right again on disk."""
    right = made.text(ACTION)
    put(made.root, ACTION, right.replace("status: open", "status: discharged"))
    made.git("add", "--", made.root / ACTION)
    put(made.root, ACTION, right)


def test_the_hook_checks_what_is_about_to_be_committed(made: Clone) -> None:
    set_up(made)
    break_staged(made)
    before, head = made.state(), made.head()
    status, said = commit(made)
    assert status == 1 and ACTION in said and "closed by hand" in said and "--no-verify" in said
    assert made.state() == before and made.head() == head
    # And the other way round: wrong on disk, right in the index.
    made.git("reset", "--quiet")
    put(made.root, ACTION, made.text(ACTION) + "# noted\n")
    made.git("add", "--", made.root / ACTION)
    put(made.root, ACTION, "status: [\n")
    assert commit(made)[0] == 0
    assert made.text(ACTION) == "status: [\n"


def test_the_hook_sees_what_commit_takes_besides_the_index(made: Clone) -> None:
    set_up(made)
    put(made.root, ACTION, made.text(ACTION).replace("status: open", "status: discharged"))
    for args in (["--all"], ["--only", "--", str(made.root / ACTION)]):
        status, said = commit(made, *args)
        assert status == 1 and "closed by hand" in said
    assert commit(made, "--all", "--no-verify")[0] == 0


def test_commits_of_other_files_are_not_held_up(made: Clone) -> None:
    set_up(made)
    break_staged(made)
    made.git("commit", "--quiet", "--no-verify", "--message=Wrong")
    hook = made.hooks / "pre-commit"
    hook.write_text(hook.read_text().replace(sys.executable, "/gone/python"))
    put(made.top, "minutes.txt", "Present: all")
    made.git("add", "--", "minutes.txt")
    assert commit(made)[0] == 0


def test_a_change_of_the_program_passes_the_hook(made: Clone) -> None:
    set_up(made)
    made.git("add", "--all")
    made.git("commit", "--quiet", "--message=Set up")
    head = made.head()
    ran = made.process("update", "26/1", "--note", "Begun")
    assert ran.status == 0, ran
    assert made.head() != head and made.state()["status"] == ""


def test_a_change_of_the_program_waits_for_no_check_of_the_rest(made: Clone) -> None:
    """It was checked while it was made, so that its commit costs the same at any size; the next one by hand is checked."""
    set_up(made)
    put(made.root, ACTION, made.text(ACTION).replace("status: open", "status: discharged"))
    made.git("add", "--all")
    made.git("commit", "--quiet", "--no-verify", "--message=Wrong")
    hook = made.hooks / "pre-commit"
    ours = hook.read_text()
    hook.write_text(ours.replace(sys.executable, "/gone/python"))
    head = made.head()
    for words in (("update", "26/2", "--note", "Begun"), ("add", "Report it", "--meeting", "PDB/2025-11-26", "--owner", "Force")):
        assert made.process(*words).status == 0
        assert made.head() != head
        head = made.head()
    hook.write_text(ours)
    put(made.root, ACTION, made.text(ACTION) + "# noted\n")
    status, said = commit(made, "--all")
    assert status == 1 and "closed by hand" in said and made.head() == head


def test_the_first_commit_of_all_passes_the_hook(tmp_path: Path) -> None:
    made = Clone(tmp_path, tmp_path / "clone")
    made.top.mkdir()
    made.git("init", "--quiet")
    made.done("init", str(made.root), "--no-commit")
    set_up(made)
    made.git("add", "--all")
    assert commit(made)[0] == 0


def test_the_driver_is_quoted_for_the_shell_and_for_git() -> None:
    assert driver("/a b/100%/it's").startswith("""'/a b/100%%/it'"'"'s' -P -m tracker merge-driver %O %A %B %L %P""")


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_workflows_are_written_once_and_never_over_another(made: Clone, service: str) -> None:
    path = {"github": ".github/workflows/tracker.yml", "gitlab": ".gitlab/tracker.yml"}[service]
    assert f"Wrote {path}" in set_up(made, "--ci", service)
    assert f"{path} is there already" in set_up(made, "--ci", service)
    put(made.top, path, "mine: 1\n")
    assert "left alone" in set_up(made, "--ci", service)
    assert (made.top / path).read_text() == "mine: 1\n"


def test_a_pipeline_that_is_there_is_left_alone(made: Clone) -> None:
    put(made.top, ".gitlab-ci.yml", "stages: [test]\n")
    assert "- local: .gitlab/tracker.yml" in set_up(made, "--ci", "gitlab")
    assert (made.top / ".gitlab-ci.yml").read_text() == "stages: [test]\n"


@pytest.mark.parametrize("folder", ["re'cords", 're"cords', "rec$(touch x)ords", "-records", "rec\nords"])
def test_a_folder_whose_name_would_need_care_gets_no_workflow(tmp_path: Path, folder: str) -> None:
    made = clone(tmp_path, inside=folder)
    ran = made.run("git-setup", "--ci", "github")
    assert ran.status == 1 and "by hand" in ran.err
    assert not (made.top / ".github").exists()


def workflow(made: Clone, service: str) -> tuple[str, dict[str, object]]:
    set_up(made, "--ci", service)
    text = (made.top / {"github": ".github/workflows/tracker.yml", "gitlab": ".gitlab/tracker.yml"}[service]).read_text()
    return text, yaml.safe_load(text)


def scripts(found: object) -> str:
    """All that a workflow gives to a shell."""
    if isinstance(found, dict):
        mine = [found[key] for key in ("run", "script") if key in found]
        return "\n".join(["\n".join(m) if isinstance(m, list) else m for m in mine] + [scripts(v) for v in found.values()])
    return "\n".join(map(scripts, found)) if isinstance(found, list) else ""


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_workflows_run_commands_that_exist_on_this_register(made: Clone, service: str) -> None:
    text, found = workflow(made, service)
    run = scripts(found)
    commands = re.findall(r"^\s*tracker (\w[\w-]*)(.*?)(?:>>|$)", run, re.MULTILINE)
    assert {name for name, _ in commands} == {"check", "diff"}
    context = program.make_context("tracker", ["check"], resilient_parsing=True)
    for name, options in commands:
        command = program.get_command(context, name)
        assert command is not None
        flags = {flag for param in command.params for flag in param.opts}
        assert set(re.findall(r"--[a-z-]+", options)) <= flags
    assert '--records "records"' in run and "@RECORDS@" not in text


@pytest.mark.parametrize("service", ["github", "gitlab"])
def test_scripts_of_workflows_are_sound_shell(made: Clone, service: str) -> None:
    _, found = workflow(made, service)
    done = subprocess.run(["sh", "-n"], input=scripts(found), text=True, capture_output=True)
    assert done.returncode == 0, done.stderr


def test_nothing_that_others_chose_gets_into_a_command_of_the_workflow(made: Clone) -> None:
    _, found = workflow(made, "github")
    assert "${{" not in scripts(found)
    _, found = workflow(made, "gitlab")
    variables = re.findall(r"""(.)\$(?!\()\{?[A-Z_]+""", scripts(found))
    assert variables and set(variables) <= set('"/$ '), "every variable stands in quotes"
    for line in scripts(found).splitlines():
        assert re.sub(r'"[^"]*"', "", line).count("$CI_") == 0, line


def test_each_job_may_do_only_what_it_needs(made: Clone) -> None:
    _, found = workflow(made, "github")
    assert found["permissions"] == {}
    jobs = json.loads(json.dumps(found["jobs"]))
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "check": {"contents": "read"}, "comment": {"pull-requests": "write"},
    }  # fmt: skip
    assert "checkout" not in json.dumps(jobs["comment"]) and "pip" not in json.dumps(jobs["comment"])
    assert jobs["check"]["steps"][0]["with"]["persist-credentials"] is False
    # YAML 1.1 reads the key `on` as true. Only `pull_request` gives a fork's request no more than it may have.
    assert list(found[True]) == ["pull_request"]  # type: ignore[index]


def test_the_definition_for_pre_commit_names_a_command_and_the_files_of_a_register() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert (hook["id"], hook["entry"], hook["pass_filenames"]) == ("tracker-check", "tracker check", False)
    takes = re.compile(hook["files"])
    for path in ("register.yaml", "records/register.yaml", "records/pdb/board.yaml", f"a/b/{ACTION}", "pdb/2025-11-26b/meeting.yaml"):
        assert takes.search(path), path
    assert not takes.search("docs/notes.yaml") and not takes.search("records/README.md")
