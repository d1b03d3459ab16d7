"""The real program on a small register: as a process of its own, or in this one where many runs are needed.

Both ways it sees a clean environment: a home folder of the test's, a fixed day, and nothing of the machine's.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.builders import files_of, put, with_surroundings
from tracker.cli.main import main
from tracker.model.records import Record
from tracker.storage.fields import to_fields
from tracker.storage.yaml_scalars import write_record

TODAY = "2026-02-26"


class Ran(NamedTuple):
    """What a run of the program left: its exit status and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


class Office:
    """A secretary's desk: a folder with a home, a register, and the program to run on it."""

    def __init__(self, folder: Path, root: Path) -> None:
        self.folder = folder
        self.root = root
        self.home = folder / "home"
        self.home.mkdir(exist_ok=True)

    def environment(self, today: str = TODAY, **more: str | None) -> dict[str, str]:
        """The whole environment of a run; None takes a variable away."""
        given: dict[str, str | None] = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.home),
            "USERPROFILE": str(self.home),
            "SYSTEMROOT": os.environ.get("SYSTEMROOT"),
            "TMPDIR": str(self.home),
            "TRACKER_TODAY": today,
            "TRACKER_RECORDS": str(self.root),
            "TRACKER_TRACEBACK": None,
            "PYTHONIOENCODING": "utf-8",
            "COLUMNS": "100",
            "GIT_CONFIG_NOSYSTEM": "1",
            **more,
        }
        return {name: value for name, value in given.items() if value is not None}

    def process(
        self, *args: object, today: str = TODAY, stdin: str | bytes = "", cwd: Path | None = None, **env: str | None
    ) -> Ran:
        """Run the program as a process of its own, with nobody at the terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "tracker", *map(str, args)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=cwd or self.home,
            env=self.environment(today, **env),
            timeout=60,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def run(
        self, *args: object, today: str = TODAY, stdin: str | bytes = "", cwd: Path | None = None, **env: str | None
    ) -> Ran:
        """The same within this process: a tenth of the time."""
        given = stdin.encode() if isinstance(stdin, str) else stdin
        with _as_if_started(self.environment(today, **env), cwd or self.home, given) as (out, err):
            try:
                main([str(arg) for arg in args])
            except SystemExit as left:
                status = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
            sys.stdout.flush()
            sys.stderr.flush()
            return Ran(status, out.getvalue().decode("utf-8", "replace"), err.getvalue().decode("utf-8", "replace"))

    def own_files(self) -> list[str]:
        """What the program keeps for itself in the register, but for its index, which may be there or not."""
        return sorted({place.name for place in (self.root / ".tracker").iterdir()} - {"index"})

    def done(self, *args: object, **how: str) -> Ran:
        """Run it and expect that it is done."""
        ran = self.run(*args, **how)  # type: ignore[arg-type]
        assert ran.status == 0, (args, ran)
        return ran

    def refused(self, *args: object, status: int = 1, **how: str) -> str:
        """Run it and expect that it is refused with this status, and no byte of the register changed; its sentence."""
        before = self.files()
        ran = self.run(*args, **how)  # type: ignore[arg-type]
        assert ran.status == status, (args, ran)
        assert ran.out == "", ran
        assert self.files() == before
        return ran.err

    def files(self) -> dict[str, bytes]:
        """Every byte of the register, by path."""
        return files_of(self.root)

    def text(self, path: str) -> str:
        """A file of the register."""
        return (self.root / path).read_bytes().decode()

    def hold(self, *records: Record) -> None:
        """Put these records into the register by hand, and what they need around them."""
        for record in with_surroundings(*records):
            if not (self.root / record.path).exists():
                put(self.root, record.path, write_record(to_fields(record)))

    def changed(self, before: Mapping[str, bytes]) -> list[str]:
        """The paths that differ from what was there before."""
        now = self.files()
        return sorted(path for path in {*before, *now} if before.get(path) != now.get(path))


@contextmanager
def _as_if_started(env: Mapping[str, str], cwd: Path, stdin: bytes) -> Iterator[tuple[io.BytesIO, io.BytesIO]]:
    """Environment, folder and streams as a new process would find them; put back afterwards."""
    environ, folder, streams = dict(os.environ), os.getcwd(), (sys.stdin, sys.stdout, sys.stderr)
    out, err = io.BytesIO(), io.BytesIO()
    try:
        os.environ.clear()
        os.environ.update(env)
        os.chdir(cwd)
        tempfile.tempdir = None
        sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(out, encoding="utf-8", newline="\n")
        sys.stderr = io.TextIOWrapper(err, encoding="utf-8", newline="\n")
        yield out, err
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
        os.chdir(folder)
        tempfile.tempdir = None
        os.environ.clear()
        os.environ.update(environ)
