"""Differences in words: the one-line summary, the rows, and every format of them."""

import csv
import io
import json
from collections.abc import Iterator

import pytest

from tests.builders import action, action_ref, day, event, meeting_ref
from tests.renderers.samples import LIST_FORMATS, drawn, said
from tests.renderers.test_terminal_safety import HOSTILE, assert_harmless
from tracker.errors import Problem
from tracker.git.history import Happened
from tracker.git.objects import Commit
from tracker.git.revisions import Range
from tracker.model.dates import short_day
from tracker.model.difference import Difference
from tracker.model.differences import compare
from tracker.model.references import REGISTER_PATH
from tracker.renderers.change_words import summary, what_words
from tracker.reports.changes import Changes, Log, changes, log

REF = action_ref("PDB/2025-11-26/01")
OTHER = action_ref("PDB/2025-11-26/02")
MEETING = meeting_ref("PDB/2026-06-10")
DAY = day("2026-02-26")
COMMIT = Commit("0123456789abcdef" * 2 + "01234567", "Anna Officer", "A Forge", day("2026-02-20"))
CARRIED = event("2026-02-25", "carried forward", before="2026-02-25", after="2026-06-10", note="Draft only")
WAITS = event("2026-02-25", "re-dated", before="2026-02-25", after="next meeting")
OUT = event("2026-02-25", "discharged", route="out of meeting", note="Sent")
PAPER = event("2026-02-25", "discharged", route="paper", note="Item 4")


def of(kind: str, ref: object = REF, **more: object) -> Difference:
    return Difference(ref, kind, "Explore a rural crime update", **more)  # type: ignore[arg-type]


def test_the_summary_of_the_contract() -> None:
    found = [of("raised"), of("raised"), of("discharged", event=OUT), of("discharged", event=PAPER), of("discharged", event=PAPER),
             of("carried forward", event=CARRIED, turn=2), of("by hand", field="owners")]  # fmt: skip
    assert summary(found) == (
        "2 actions raised, 3 discharged (1 out of meeting), PDB/2025-11-26/01 carried forward to 10 June 2026 (second time), "
        "1 owner changed by hand without a history entry."
    )


@pytest.mark.parametrize(("found", "words"), [
    ([], "Nothing changed in the register."),
    ([of("discharged", event=PAPER)], "1 action discharged."),
    ([of("carried forward", event=CARRIED, turn=1), of("carried forward", OTHER, event=CARRIED, turn=3)], "2 actions carried forward."),
    ([of("re-dated", event=WAITS)], "PDB/2025-11-26/01 re-dated to the next meeting."),
    ([of("re-dated", event=WAITS._replace(after=None))], "PDB/2025-11-26/01 re-dated to no due day."),
    ([of("update"), of("update")], "2 updates noted."),
    ([of("raised"), of("deleted"), of("history removed"), of("history changed"), of("unreadable")],
     "1 record DELETED, 1 record CANNOT BE READ, 1 history entry CHANGED, 1 history entry REMOVED, 1 action raised."),
    ([of("by hand", field="due"), of("by hand", field="status"), of("by hand", field="status")],
     "1 due day changed by hand without a history entry, 2 statuses changed by hand without a history entry."),
    ([of("moved", MEETING), of("held", MEETING), of("rewritten")], "1 meeting held, 1 meeting moved to another day, 1 record written differently."),
    ([of("restricted"), of("unrestricted"), of("tags")], "1 action restricted, 1 no longer restricted, 1 action tagged differently."),
])  # fmt: skip
def test_summaries(found: list[Difference], words: str) -> None:
    assert summary(found) == words


def test_no_kind_of_difference_is_left_out_of_the_summary_or_the_words() -> None:
    from typing import get_args

    from tracker.model.difference import Kind
    from tracker.model.records import EventKind

    for kind in [*(one for one in get_args(Kind) if isinstance(one, str)), *get_args(EventKind)]:
        found = of(kind, event=CARRIED._replace(event=kind) if kind in get_args(EventKind) else None, was=CARRIED, field="venue")
        assert summary([found, found]) not in ("", "."), kind
        assert what_words(found, short_day), kind


@pytest.mark.parametrize(("found", "words"), [
    (of("raised", after=("Force", "OPCC"), due=day("2026-06-10"), after_said="spring"), "raised for Force, OPCC, due 10 Jun 2026 (spring)"),
    (of("raised", after=()), "raised for no owner, without a due day"),
    (of("carried forward", event=CARRIED, turn=2), "carried forward from 25 Feb 2026 to 10 Jun 2026 (second time)"),
    (of("discharged", event=OUT), "discharged, out of meeting"),
    (of("by hand", field="due", before=day("2026-02-25"), after=None), "due day changed by hand without a history entry, from 25 Feb 2026 to none"),
    (of("tags", field="tags", before=("a", "b"), after=("b", "c", "d")), "tags: added c and d; taken out a"),
    (of("field", field="attendees", before=("a", "b"), after=("b", "a")), "attendees: another order"),
    (of("field", field="venue", before=None, after="Clift Room"), "venue set to Clift Room"),
    (of("field", field="venue", before="Clift Room", after=None), "venue taken out, from Clift Room to none"),
    (of("postponed", after=day("2026-03-25")), "postponed to 25 Mar 2026"),
    (of("postponed"), "postponed, to a day not yet known"),
    (of("moved", moved_from=MEETING), "moved from PDB/2026-06-10"),
    (of("unreadable", problem=Problem("x", 3, "it is torn", "Mend it")), "CANNOT BE READ: line 3, it is torn"),
    (of("history removed", was=OUT), "HISTORY ENTRY REMOVED: 25 Feb 2026, discharged, out of meeting “Sent”"),
    (of("history changed", was=OUT, event=PAPER),
     "HISTORY ENTRY CHANGED from 25 Feb 2026, discharged, out of meeting “Sent” to 25 Feb 2026, discharged, paper “Item 4”"),
])  # fmt: skip
def test_words(found: Difference, words: str) -> None:
    assert what_words(found, short_day) == words


SAMPLE = [of("carried forward", event=CARRIED, turn=2), of("by hand", OTHER, field="owners", before=("Force",), after=("OPCC",)), of("owner added", REGISTER_PATH)]


def report(*found: Difference) -> Changes:
    return changes(Range(COMMIT, None), found or SAMPLE)


def a_log() -> Log:
    return log(None, [Happened(one, COMMIT) for one in SAMPLE] + [Happened(SAMPLE[0], None)], DAY)


def test_markdown_begins_with_the_summary_and_holds_a_table() -> None:
    assert drawn(report(), "markdown").splitlines() == [
        "**PDB/2025-11-26/01 carried forward to 10 June 2026 (second time), 1 owner added, 1 owner changed by hand without a history entry.**",
        "",
        "- From: commit 0123456789 of 20 February 2026",
        "- To: the files as they are now",
        "",
        "| Reference | What changed | Day | What it is about | Note |",
        "| --- | --- | --- | --- | --- |",
        "| PDB/2025-11-26/01 | carried forward from 25 February 2026 to 10 June 2026 (second time) | 25 February 2026 | Explore a rural crime update | Draft only |",
        "| PDB/2025-11-26/02 | owner changed by hand without a history entry, from Force to OPCC |  | Explore a rural crime update |  |",
        "| REGISTER | owner added |  | Explore a rural crime update |  |",
    ]


def test_nothing_changed_is_a_sentence() -> None:
    nothing = changes(Range(COMMIT, COMMIT), [])
    assert drawn(nothing, "table").startswith("Nothing changed in the register.\n")
    assert drawn(nothing, "markdown").startswith("**Nothing changed in the register.**\n")
    assert (drawn(nothing, "tsv"), drawn(nothing, "csv")) == ("", "")
    assert json.loads(drawn(nothing, "json"))["differences"] == []


def test_data_formats() -> None:
    assert drawn(report(), "tsv").splitlines()[0].split("\t") == [
        "PDB/2025-11-26/01", "carried forward from 2026-02-25 to 2026-06-10 (second time)", "2026-02-25", "Explore a rural crime update", "Draft only",
    ]  # fmt: skip
    rows = list(csv.reader(io.StringIO(drawn(a_log(), "csv"))))
    assert rows[0] == ["Day", "Reference", "What happened", "Note", "By", "Commit"]
    assert rows[1][-2:] == ["Anna Officer", "0123456789"] and rows[-1][-2:] == ["", "not committed"]
    found = json.loads(drawn(report(), "json"))
    assert (found["base"]["hash"], found["head"], found["board"]) == (COMMIT.hash, None, None)
    assert found["differences"][1] | {"ref": "PDB/2025-11-26/02", "kind": "by hand", "field": "owners", "from": ["Force"], "to": ["OPCC"]} == found["differences"][1]
    line = json.loads(drawn(a_log(), "json"))[0]
    assert (line["day"], line["commit"]["author"], line["commit"]["committer"], line["event"]["to"]) == ("2026-02-25", "Anna Officer", "A Forge", "2026-06-10")


def test_an_undo_is_called_one() -> None:
    undone = log(REF, [Happened(of("history removed", was=OUT), COMMIT._replace(undoes="f" * 40))], DAY)
    assert "undo of ffffffffff: history entry taken out" in drawn(undone, "table", 200)


@pytest.mark.parametrize("width", [20, 60, 100, 200])
def test_references_are_never_cut(width: int) -> None:
    assert "PDB/2025-11-26/01" in drawn(report(), "table", width)
    assert "PDB/2025-11-26/01" in drawn(a_log(), "table", width)


def said_everywhere(text: str) -> Iterator[Changes | Log]:
    old = action(REF, text, owners=(text,), history=(event("2026-01-05", note=text),))
    new = old._replace(text=text + "x", owners=(text, text), due_said=text, tags=(text,), item=text, history=(event("2026-01-05", note=text + "x"), CARRIED._replace(note=text, after_said=text)))
    commit = Commit("a" * 40, text, text, DAY, (text,), text)
    problem = Problem(text, 1, text, text)
    found = compare({REF: (old, new), OTHER: (None, old._replace(ref=OTHER)), MEETING: (None, problem)})
    yield changes(Range(commit, commit), found)
    yield log(None, [Happened(one, commit) for one in found], DAY)


@pytest.mark.parametrize("form", LIST_FORMATS)
def test_hostile_text_comes_alive_nowhere(form: str) -> None:
    for text in HOSTILE if form in ("table", "tsv", "csv", "json", "markdown") else ["".join(HOSTILE)]:
        for made in said_everywhere(text):
            out = said(made, form)
            assert_harmless(out.replace("\t", "") if form == "tsv" else out)
