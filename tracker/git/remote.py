"""The repository that this clone shares with others: fetching from it and pushing to it, as the officer would.

The officer's transport, credentials and ssh settings hold, and at a terminal git may ask. Nothing is
ever forced, and no ref of the clone moves before all has gone well.
"""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from tracker.errors import Refused, TrackerError
from tracker.git.door import Git, GitFailed, records, text
from tracker.storage.wording import visible

TRANSPORT: Final = frozenset({
    "GIT_SSH", "GIT_SSH_COMMAND", "GIT_SSH_VARIANT", "GIT_ASKPASS", "GIT_TERMINAL_PROMPT", "GIT_PROXY_COMMAND",
    "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_SSL_NO_VERIFY",
})  # fmt: skip
"""The variables of the environment with which an officer says how git reaches a server."""

_BRANCHES: Final = "refs/heads/"
_MISSING: Final = "couldn't find remote ref"
# Another push was at work on the branch at this very moment.
_IN_THE_WAY: Final = re.compile(r"\[rejected\]|cannot lock ref|failed to update ref|incorrect old value|\.lock'")
_SAID_BY_SERVER: Final = re.compile(r"^remote: (.*\S)", re.MULTILINE)
_WHY: Final = re.compile(r"\[remote rejected\][^\n]*\(([^()\n]*)\)")
_MOST_LINES: Final = 3
_LONGEST: Final = 300


class NotReached(TrackerError):
    """The shared repository could not be read."""


class NotTaken(TrackerError):
    """The shared repository did not take what was pushed; `meanwhile` if only because someone else was at work."""

    def __init__(self, sentence: str, meanwhile: bool) -> None:
        super().__init__(sentence)
        self.meanwhile = meanwhile


class Upstream(NamedTuple):
    """The branch of the shared repository that the branch checked out here belongs to."""

    branch: str
    remote: str
    ref: str

    @property
    def name(self) -> str:
        """How people call it: `origin/main`."""
        return visible(f"{self.remote}/{self.ref.removeprefix(_BRANCHES)}")


def upstream_of(git: Git) -> Upstream:
    """The upstream of the branch that is checked out. Refused says what to type where there is none."""
    head = text(git.try_read("symbolic-ref", "-q", "HEAD") or b"").strip()
    if not head.startswith(_BRANCHES):
        raise Refused("No branch is checked out, so there is nothing to sync. First: git switch BRANCH")
    branch = head.removeprefix(_BRANCHES)
    remote, ref = (_setting(git, f"branch.{branch}.{key}") for key in ("remote", "merge"))
    if remote and ref and remote != "." and not remote.startswith("-"):
        return Upstream(branch, remote, ref)
    if remote == ".":
        raise Refused(f"The branch {branch} belongs to another branch of this clone. Merge these two with git.")
    known = [name.removeprefix("remote.").removesuffix(".url") for name in _names(git, r"^remote\..*\.url$")]
    if not known:
        raise Refused("This clone knows no other repository to sync with. First: git remote add origin URL")
    raise Refused(f"The branch {branch} belongs to no branch of {known[0]} yet. First: git push -u {known[0]} {branch}")


def fetch(git: Git, upstream: Upstream, into: str, transport: Mapping[str, str]) -> str | None:
    """The commit of the upstream, fetched into the ref `into`; None if it has no such branch yet. Raises NotReached."""
    try:
        git.write(
            "fetch", "--quiet", "--no-tags", "--no-prune", "--no-recurse-submodules", "--no-write-fetch-head",
            "--refmap=", "--", upstream.remote, f"+{upstream.ref}:{into}", env={**transport, "LC_ALL": "C"},
        )  # fmt: skip
    except GitFailed as failed:
        if _MISSING in failed.said:
            return None
        raise NotReached(
            f"{visible(upstream.remote)} could not be reached, and nothing was changed: “{failed.reason}”. "
            "What is committed here is safe; type tracker sync again when it can be reached."
        ) from failed
    return text(git.read("rev-parse", "--verify", f"{into}^{{commit}}")).strip()


def push(git: Git, upstream: Upstream, commit: str, transport: Mapping[str, str]) -> None:
    """Make this commit the upstream's, unless that would lose something there. Raises NotTaken."""
    try:
        git.write(
            "push", "--quiet", "--", upstream.remote, f"{commit}:{upstream.ref}", env={**transport, "LC_ALL": "C"}
        )
    except GitFailed as failed:
        raise NotTaken(
            f"{upstream.name} did not take the changes, and nothing was changed: “{_why(failed)}”. "
            "What is committed here is safe; when that is settled, type tracker sync again.",
            _IN_THE_WAY.search(failed.said) is not None,
        ) from failed


def note_agreement(git: Git, upstream: Upstream, commit: str) -> None:
    """Note in the clone, as `git fetch` would, where the upstream stands."""
    found = git.try_read("for-each-ref", "--format=%(upstream)", _BRANCHES + upstream.branch)
    tracking = text(found or b"").strip()
    if tracking.startswith("refs/remotes/"):
        git.write("update-ref", "-m", "tracker sync", tracking, commit)


def _setting(git: Git, key: str) -> str:
    found = records(git.try_read("config", "-z", "--get", key) or b"")
    return found[-1] if found else ""


def _names(git: Git, pattern: str) -> list[str]:
    return records(git.try_read("config", "-z", "--name-only", "--get-regexp", pattern) or b"")


def _why(failed: GitFailed) -> str:
    """The server's own words, and the reason in git's."""
    said = [line for line in _SAID_BY_SERVER.findall(failed.said) if not line.startswith("error: hook declined")]
    why = _WHY.findall(failed.said)
    words = visible(" / ".join([*said[-_MOST_LINES:], *why])) or failed.reason
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} …"
