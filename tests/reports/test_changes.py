"""The reports of `diff` and `log`: which lines they have, and of which day."""

from datetime import date

from tests.builders import action_ref, day, event
from tracker.git.history import Happened
from tracker.git.objects import Commit
from tracker.git.revisions import Range
from tracker.model.difference import Difference
from tracker.reports.changes import changes, day_of, log

TODAY = date(2026, 2, 26)
COMMIT = Commit("a" * 40, "Anna Officer", "A Forge", day("2026-02-20"))
REF = action_ref("PDB/2025-11-26/01")
NOTED = event("2026-01-05", note="Begun")
FOUND = [Happened(Difference(REF, "update", event=NOTED), COMMIT)] * 3


def test_the_differences_of_one_board() -> None:
    differences = [Difference("register.yaml", "owner added"), Difference("abc", "board added"), Difference(REF, "update")]
    report = changes(Range(COMMIT, None), differences, "pdb")
    assert (report.base, report.head, report.board, [one.ref for one in report.differences]) == (COMMIT, None, "PDB", [REF])
    assert len(changes(Range(COMMIT, COMMIT), differences).differences) == 3


def test_the_day_is_that_of_the_event_else_of_the_commit() -> None:
    assert day_of(FOUND[0], TODAY) == day("2026-01-05")
    assert day_of(Happened(Difference(REF, "raised"), COMMIT), TODAY) == day("2025-11-26")
    assert day_of(Happened(Difference(REF, "by hand"), COMMIT), TODAY) == day("2026-02-20")
    assert day_of(Happened(Difference(REF, "by hand"), None), TODAY) == TODAY
    changed = Difference(REF, "history changed", event=NOTED, was=NOTED)
    assert day_of(Happened(changed, COMMIT), TODAY) == day("2026-02-20"), "of the mending, not of what was mended"


def test_a_limit_is_told() -> None:
    assert (len(log(REF, FOUND, TODAY, 2).lines), log(REF, FOUND, TODAY, 2).cut) == (2, True)
    assert (len(log(REF, FOUND, TODAY, 3).lines), log(REF, FOUND, TODAY, 3).cut) == (3, False)
    assert (log(REF, FOUND, TODAY).of, log(REF, FOUND, TODAY).one) == ("PDB/2025-11-26/01", True)
    assert (log(None, FOUND, TODAY).of, log(None, FOUND, TODAY).one) == (None, False)
