"""The house rules, held by machines: types, layers, style, sizes, one reading of the clock."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "tracker").rglob("*.py"))
LONGEST_MODULE = 300
LONGEST_FUNCTION = 60
# What tells the day or the time of day. A stopwatch (time.monotonic) and waiting (time.sleep) do not.
CLOCK = re.compile(r"\b(datetime\.(now|today|utcnow)|date\.today|time\.(time|time_ns|localtime|gmtime|strftime|ctime))\b")

# What takes the time of work. How long a lock is waited for is seen with time.monotonic.
STOPWATCH = re.compile(r"\btime\.(process_time|perf_counter|thread_time)")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    tree = ast.parse(path.read_text("utf-8"))
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("command", [["mypy"], ["flake8", "tracker", "tests"]], ids=lambda command: command[0])
def test_gate_is_clean(command: list[str]) -> None:
    ran = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_imports_only_point_downwards() -> None:
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command(['--no-cache']))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_one_line_reads_the_clock() -> None:
    found = [
        f"{named(path)}: {line.strip()}"
        for path in MODULES
        for line in path.read_text("utf-8").splitlines()
        if CLOCK.search(line)
    ]
    assert found == ["tracker/cli/clock.py: now = datetime.now()"]


def test_no_test_holds_the_speed_of_a_machine_against_the_program() -> None:
    """What measures does so in `tests/bench/`; a test measures how time grows, as a ratio, with `tests/growth.py`."""
    found = {
        named(path)
        for path in (ROOT / "tests").rglob("*.py")
        if "bench" not in path.relative_to(ROOT).parts and STOPWATCH.search(path.read_text("utf-8"))
    }
    assert found == {"tests/growth.py"}


def test_no_module_is_too_long() -> None:
    long = {named(path): len(path.read_text("utf-8").splitlines()) for path in MODULES}
    assert {path: lines for path, lines in long.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_too_long() -> None:
    long = {
        f"{named(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in MODULES
        for node in functions(path)
        if node.end_lineno is not None
    }
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


def test_every_module_and_every_public_function_says_what_it_is() -> None:
    silent = []
    for path in MODULES:
        tree = ast.parse(path.read_text("utf-8"))
        if path.name != "__init__.py" and not ast.get_docstring(tree):
            silent.append(named(path))
        silent += [f"{named(path)}:{node.name}" for node in _public(tree) if not ast.get_docstring(node)]
    assert silent == []


def _public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Functions and classes of a module that others may use; methods explain themselves with their class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
