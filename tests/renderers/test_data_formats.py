"""TSV, CSV and JSON: what scripts depend on."""

import csv
import io
import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

from tests.renderers.samples import DAY, EVERY_STATUS, LIFE, MEETING, REGISTER, a_register, an_action, drawn, said_everywhere
from tests.renderers.test_terminal_safety import HOSTILE
from tracker.model.records import Action, Register
from tracker.reports.details import Columns, action_detail, board_detail, meeting_detail, owner_list
from tracker.reports.listing import list_actions, overdue

# design.md, section 6
KEYS = """ref board meeting number text item owners raised due due_said due_at_next_meeting original_due status overdue
days_overdue times_carried proposed_on discharged_on route outcome tags restricted follows path""".split()


def loaded(report: Any) -> Any:
    return json.loads(drawn(report, "json"))


def detail_of(register: Register, action: Action) -> Any:
    return action_detail(register, action, DAY)


def test_tsv_is_a_line_an_action_in_the_agreed_columns() -> None:
    assert drawn(list_actions(REGISTER, DAY, EVERY_STATUS), "tsv").splitlines() == [
        f"PDB/2025-11-26/02\t2025-12-31\topen\tForce\t57\t1\t{LIFE[1].text}",
        f"PDB/2025-11-26/01\t2026-02-25\topen\tForce, OPCC\t1\t0\t{LIFE[0].text}",
        f"PDB/2025-11-26/04\t2026-02-25\tproposed\tForce\t0\t0\t{LIFE[3].text}",
        f"PDB/2025-11-26/06\t2026-02-25\tdischarged\tForce\t0\t0\t{LIFE[5].text}",
        f"PDB/2025-11-26/03\tnext meeting\topen\tOPCC\t0\t0\t{LIFE[2].text}",
        f"PDB/2025-11-26/05\t\topen\t\t0\t0\t{LIFE[4].text}",
    ]
    assert drawn(overdue(REGISTER, DAY), "tsv").count("\n") == 2
    assert drawn(list_actions(a_register(), DAY), "tsv") == ""


def test_tsv_of_an_action_begins_with_its_line_and_holds_its_history() -> None:
    assert drawn(detail_of(REGISTER, LIFE[1]), "tsv").splitlines() == [
        f"PDB/2025-11-26/02\t2025-12-31\topen\tForce\t57\t1\t{LIFE[1].text}",
        f"action\t{LIFE[1].text}",
        "owner\tForce",
        "due\t2025-12-31 (end of the year)",
        "first due\t2025-11-28",
        "carried\tonce",
        "status\topen, 57 days overdue",
        "raised\t2025-11-26",
        "board\tPerformance and Delivery Board",
        "event\t2025-12-01\tcarried forward from 2025-11-28 to 2025-12-31 (end of the year)\tPDB/2025-11-26\t",
    ]


def test_tsv_of_a_meeting_ends_with_its_actions() -> None:
    lines = drawn(meeting_detail(REGISTER, REGISTER.meetings[MEETING], DAY), "tsv").splitlines()
    assert "attendee\tTim Smith\tChief Constable\tForce" in lines
    assert [line.split("\t")[0] for line in lines[-6:]] == [str(action.ref) for action in LIFE]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_hostile_texts_make_no_further_line_or_column(text: str) -> None:
    report = list_actions(said_everywhere(text), DAY)
    tsv = drawn(report, "tsv")
    assert tsv.endswith("\n")
    assert [line.count("\t") for line in tsv[:-1].split("\n")] == [6, 6, 6]
    rows = list(csv.reader(io.StringIO(drawn(report, "csv"), newline="")))
    assert [len(row) for row in rows] == [7] * 4
    assert [cells for cells in rows[1:] if any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in cells)] == []


def test_csv_has_a_header_and_the_columns_of_tsv() -> None:
    rows = list(csv.reader(io.StringIO(drawn(list_actions(REGISTER, DAY), "csv"), newline="")))
    assert rows[0] == ["ref", "due", "status", "owners", "days_overdue", "times_carried", "text"]
    assert rows[2] == ["PDB/2025-11-26/01", "2026-02-25", "open", "Force, OPCC", "1", "0", LIFE[0].text]
    assert drawn(list_actions(a_register(), DAY), "csv").count("\n") == 1


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r@x", "\uff1d1", "\u3000=1"])
def test_csv_runs_no_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(drawn(list_actions(a_register(an_action(1, text)), DAY), "csv"), newline="")))
    assert rows[1][-1].startswith("'")


def test_json_has_the_agreed_keys_in_order() -> None:
    objects = loaded(list_actions(REGISTER, DAY, EVERY_STATUS))
    assert {tuple(held)[: len(KEYS)] for held in objects} == {tuple(KEYS)}
    assert objects[1] == {
        "ref": "PDB/2025-11-26/01", "board": "PDB", "meeting": "PDB/2025-11-26", "number": 1, "text": LIFE[0].text,
        "item": "3i", "owners": ["Force", "OPCC"], "raised": "2025-11-26", "due": "2026-02-25", "due_said": None,
        "due_at_next_meeting": False, "original_due": "2026-02-25", "status": "open", "overdue": True, "days_overdue": 1,
        "times_carried": 0, "proposed_on": None, "discharged_on": None, "route": None, "outcome": None,
        "tags": ["rural-crime"], "restricted": False, "follows": None, "path": "pdb/2025-11-26/01.yaml", "closed_by_hand": None, "formerly": [],
    }  # fmt: skip
    by_ref = {held["ref"][-2:]: held for held in objects}
    assert (by_ref["03"]["due"], by_ref["03"]["due_at_next_meeting"]) == (None, True)
    assert (by_ref["04"]["proposed_on"], by_ref["04"]["outcome"]) == ("2026-02-03", "In the item 4 paper")
    assert (by_ref["05"]["status"], by_ref["05"]["closed_by_hand"]) == ("open", "discharged")
    assert (by_ref["06"]["discharged_on"], by_ref["06"]["route"]) == ("2026-02-25", "out of meeting")
    assert by_ref["06"]["follows"] == "PDB/2023-06-07/02"


def test_json_of_the_overdue_report() -> None:
    report = loaded(overdue(REGISTER, DAY, "pdb", by_owner=True))
    assert list(report) == ["as_of", "board", "count", "without_due", "actions"]
    assert (report["as_of"], report["board"], report["count"], report["without_due"]) == ("2026-02-26", "PDB", 2, 1)
    assert [held["days_overdue"] for held in report["actions"]] == [57, 1]
    assert loaded(overdue(REGISTER, date(2025, 11, 27)))["board"] is None


def test_json_of_what_show_prints() -> None:
    action = loaded(detail_of(REGISTER, LIFE[1]))
    assert list(action)[: len(KEYS)] == KEYS
    assert action["history"] == [
        {
            "date": "2025-12-01", "event": "carried forward", "meeting": "PDB/2025-11-26", "from": "2025-11-28", "to": "2025-12-31",
            "from_said": None, "to_said": "end of the year", "route": None, "note": None,
        }
    ]  # fmt: skip
    meeting = loaded(meeting_detail(REGISTER, REGISTER.meetings[MEETING], DAY))
    assert (meeting["ref"], meeting["date"], meeting["items"][0]["number"]) == ("PDB/2025-11-26", "2025-11-26", "3i")
    assert [held["number"] for held in meeting["actions"]] == [1, 2, 3, 4, 5, 6]
    board = loaded(board_detail(REGISTER, REGISTER.boards["pdb"], DAY))
    assert (board["ref"], board["meetings"][0]["raised"], board["meetings"][0]["live"]) == ("PDB", 6, 5)


def test_json_of_a_plain_list() -> None:
    assert loaded(owner_list(REGISTER.settings)) == [
        {"key": "Force", "name": "Kent Police", "aliases": ["CC", "DCC"], "email": "board@example.org"}
    ]
    assert drawn(Columns("Owners", ("Owner",), (), ("key",)), "json") == "[]\n"


def test_an_array_is_laid_out_as_json_lays_it_out() -> None:
    for register in (REGISTER, a_register()):
        text = drawn(list_actions(register, DAY), "json")
        assert text == json.dumps(json.loads(text), indent=2) + "\n"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_json_loads_back_equal(text: str) -> None:
    register = said_everywhere(text)
    out = drawn(detail_of(register, next(iter(register.actions.values()))), "json")
    assert out.isascii() and "\x7f" not in out
    action = json.loads(out)
    assert (action["text"], action["item"], action["tags"], action["owners"]) == (text, text, [text], [text, text])
    assert action["history"][0]["from"] == text and action["history"][-1]["note"] == text
    assert loaded(owner_list(register.settings))[0]["aliases"] == [text]


@pytest.mark.parametrize(
    ("form", "heavy"), [("tsv", ("rich", "csv", "json")), ("csv", ("rich", "json")), ("json", ("rich", "csv"))]
)
def test_a_pipe_pays_only_for_its_own_format(form: str, heavy: tuple[str, ...]) -> None:
    code = (
        "import sys\nfrom tests.renderers.samples import *\n"
        f"drawn(list_actions(REGISTER, DAY), {form!r})\n"
        f"sys.exit(', '.join(sorted(set(sys.modules) & set({heavy!r}))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stderr.strip() == ""
