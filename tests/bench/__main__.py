"""Measures `tracker` on made-up registers and prints the figures: `python -m tests.bench --help`."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from tests.bench.comparison import compare
from tests.bench.every import every
from tests.bench.machine import machine
from tests.bench.offices import Office, open_office
from tests.bench.page import Figures, line, page
from tests.bench.processes import Desk, Failed, clean_environment
from tests.bench.rivals import Rival, rivals
from tests.bench.rows import memory, rows

Found = dict[Rival, str | None]
"""The other trackers, each with the path of its program; None where it is not installed."""


def main() -> None:
    """Measure what the command line asks for."""
    asked = _command_line()
    if not Path(sys.executable).with_name("tracker").exists():
        raise SystemExit("There is no `tracker` beside this Python; install the project into its environment first.")
    folder = Path(tempfile.mkdtemp(prefix="tracker-bench-"))
    try:
        text = _measured(asked, folder)
    except Failed as failed:
        raise SystemExit(str(failed)) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    print(text, end="")
    if asked.markdown:
        asked.markdown.write_text(text, "utf-8")


def _command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000, 100_000], help="how many actions")
    parser.add_argument("--runs", type=int, default=9, help="runs of each command, of which the median counts")
    parser.add_argument(
        "--patience", type=float, default=600, metavar="SECONDS", help="stop a row after so long, but not before 3 runs"
    )
    parser.add_argument("--compare", action="store_true", help="measure other trackers too, where they are installed")
    parser.add_argument("--every", action="store_true", help="measure how every command grows too, three runs of each")
    parser.add_argument("--no-rows", action="store_true", help="leave out the table of commands")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="write the page into this file too")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the register of the largest size there")
    parser.add_argument("--date", type=date.fromisoformat, default=date.today(), help="the day on the page")
    return parser.parse_args()


def _measured(asked: argparse.Namespace, folder: Path) -> str:
    desk = Desk(folder, clean_environment(folder / "home"), asked.runs, asked.patience)
    others = _found() if asked.compare else {}
    head = [f"{asked.date:%-d %B %Y}.", *machine(desk), *_versions(others, desk)]
    figures = Figures([], [], {}, [])
    for number in sorted(asked.sizes):
        place = folder / str(number)
        begun = time.monotonic()
        office = open_office(number, place, desk)
        _say(f"{number:,} actions: made, committed and read in {time.monotonic() - begun:.0f} s")
        _measure(asked, office, others, figures)
        _say(f"{number:,} actions: done in {time.monotonic() - begun:.0f} s")
        if asked.keep and number == max(asked.sizes):
            shutil.move(office.root, asked.keep)
        shutil.rmtree(place)
    return page(figures, head)


def _measure(asked: argparse.Namespace, office: Office, others: Found, figures: Figures) -> None:
    for rival, path in others.items():
        beside = compare(rival, path, office, office.desk.folder.parent / "rival") if path else None
        if beside:
            figures.beside.append(beside)
            _say(line(beside))
    if not asked.no_rows:
        figures.memory[office.number] = memory(office)
        for row in rows(office):
            figures.rows.append(row)
            _say(line(row))
    for timed in every(office) if asked.every else ():
        figures.every.append(timed)
        _say(line(timed))


def _found() -> Found:
    return {rival: rival.find() for rival in rivals()}


def _versions(others: Found, desk: Desk) -> Iterator[str]:
    # what no goal is set for is one of the others once more, filled otherwise
    named = {rival: path for rival, path in others.items() if rival.goals}
    there = [f"{rival.name} {rival.version(path, desk)}" for rival, path in named.items() if path]
    missing = [rival.name for rival, path in named.items() if not path]
    if there:
        yield f"Compared with: {'; '.join(there)}."
    if missing:
        yield f"Not installed here, and so not compared: {'; '.join(missing)}."


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
