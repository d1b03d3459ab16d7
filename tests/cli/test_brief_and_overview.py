"""The papers before a meeting and at the end of its notes, through the real command line."""

import json
from collections.abc import Callable

import pytest

from tests.builders import action, board, event, item, meeting
from tests.cli.program import Office

Golden = Callable[[str, str], None]
MEETINGS = ("2019-09-25", "2023-09-13", "2023-11-29", "2025-11-26")
ENDINGS = {"table": "txt", "markdown": "md", "tsv": "tsv", "csv": "csv", "json": "json", "html": "html"}


@pytest.mark.parametrize("form", ENDINGS)
@pytest.mark.parametrize("day", MEETINGS)
def test_the_papers_of_the_kent_board_are_as_agreed(kent: Office, golden: Golden, day: str, form: str) -> None:
    for words in ("brief", "overview"):
        out = kent.done(words, f"PDB/{day}", "--format", form).out
        golden(f"papers/{words}_{day}.{ENDINGS[form]}", out)


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_the_rolling_log_and_the_groups_are_as_agreed(kent: Office, golden: Golden, form: str) -> None:
    log = kent.done("overview", "PDB/2025-11-26", "--all-live", "--format", form).out
    golden(f"papers/overview_log_2025-11-26.{ENDINGS[form]}", log)
    grouped = kent.done("brief", "PDB/2023-11-29", "--by", "owner", "--format", form).out
    golden(f"papers/brief_by_owner_2023-11-29.{ENDINGS[form]}", grouped)


def as_json(office: Office, *words: object, **how: str) -> dict:  # type: ignore[type-arg]
    return json.loads(office.done(*words, "--format", "json", **how).out)  # type: ignore[no-any-return]


def test_a_brief_is_as_at_today_or_the_day_before_the_meeting(office: Office) -> None:
    assert as_json(office, "brief", "PDB/2026-02-25", today="2026-01-15")["as_of"] == "2026-01-15"
    assert as_json(office, "brief", "PDB/2026-02-25")["as_of"] == "2026-02-24"
    assert as_json(office, "brief", "PDB/2026-02-25", "--as-of", "2026-01-11")["as_of"] == "2026-01-11"
    assert as_json(office, "--as-at", "1 Dec 2025", "brief", "25/02/2026")["as_of"] == "2025-12-01"


def test_the_sections_of_the_office(office: Office) -> None:
    found = as_json(office, "brief", "next", today="2026-02-20")
    refs = {kind: [line["ref"][-2:] for line in lines] for kind, lines in found["sections"].items()}
    assert refs == {
        "overdue": [], "due": ["01", "02"], "with_the_board": ["03"], "discharged": ["04"], "not_yet_due": [],
        "without_a_day": ["05"], "no_record": [],
    }  # fmt: skip
    assert found["meeting"]["ref"] == "PDB/2026-02-25"
    after = as_json(office, "brief", "next")
    assert after["meeting"]["ref"] == "PDB/2026-06-10" and after["summary"]["overdue"] == 2


def test_an_overview_is_as_at_the_meetings_own_day(office: Office) -> None:
    assert as_json(office, "overview", "PDB/2025-11-26")["as_of"] == "2025-11-26"
    assert {line["status"] for line in as_json(office, "overview", "26/11/2025")["actions"]} == {"open"}
    later = as_json(office, "overview", "PDB/2025-11-26", "--as-of", "today")
    assert [line["status"] for line in later["actions"]] == ["open", "open", "proposed", "discharged", "open"]
    assert as_json(office, "overview", "next")["as_of"] == "2026-02-26"
    assert as_json(office, "overview", "next", "--all-live")["count"] == 4


def test_what_was_asked_since_the_latest_word_is_told(office: Office) -> None:
    office.done("update", "26/1", "--note", "Half done", "--date", "2026-01-12", today="2026-01-12")
    office.done("chase", "--record", today="2026-01-20")
    out = office.done("brief", "next", "--format", "markdown", today="2026-02-20").out
    assert "Half done<br>12 January 2026<br>last asked for on 20 January 2026" in out
    assert "no update received<br>last asked for on 20 January 2026" in out
    due = as_json(office, "brief", "next", today="2026-02-20")["sections"]["due"]
    assert [line["asked_on"] for line in due] == ["2026-01-20", "2026-01-20"]
    before = as_json(office, "brief", "next", "--as-of", "2026-01-19", today="2026-02-20")["sections"]["due"]
    assert {line["asked_on"] for line in before} == {None}
    office.done("update", "26/1", "--note", "Done but for the annex", "--date", "2026-02-01", today="2026-02-01")
    answered = as_json(office, "brief", "next", today="2026-02-20")["sections"]["due"]
    assert [line["asked_on"] for line in answered] == [None, "2026-01-20"]


def test_next_needs_the_board_where_there_are_several(office: Office) -> None:
    office.hold(board("fin", "Finance"), meeting("FIN/2026-03-03", "scheduled"))
    assert "--board" in office.refused("brief", "next")
    assert as_json(office, "brief", "next", "--board", "fin")["meeting"]["ref"] == "FIN/2026-03-03"
    assert "no such meeting" in office.refused("brief", "next", "--board", "fin", today="2027-01-01")
    assert "There is no meeting" in office.refused("overview", "PDB/2020-01-01")
    assert office.run("brief").status == 2


def test_public_and_restricted(office: Office) -> None:
    office.hold(
        action("PDB/2025-11-26/06", "Suspend the officer", due="2026-02-25", restricted=True),
        action("PDB/2025-11-26/07", "Settle the claim", due="2026-02-25", item="9"),
        action("PDB/2025-11-26/08", "Follow it up", due="2026-02-25", follows="PDB/2025-11-26/06"),
    )
    path = office.root / "pdb/2025-11-26/meeting.yaml"
    path.write_text(path.read_text() + '  - number: "9"\n    title: Claims against the Force\n    restricted: true\n')
    for command in (("brief", "PDB/2026-02-25"), ("overview", "PDB/2025-11-26"), ("overview", "PDB/2025-11-26", "--all-live")):
        for form in ENDINGS:
            out = office.done(*command, "--public", "--format", form).out
            assert "Suspend" not in out and "Settle" not in out and "Claims" not in out and "26/06" not in out
            assert "Follow it up" in " ".join(out.split())
            whole = office.done(*command, "--format", form).out
            assert "Suspend" in whole and "Settle" in whole
        foot = " ".join(office.done(*command, "--public", "--format", "markdown").out.split())
        assert foot.endswith("2 actions are left out of this public paper because they are restricted.")
    file = office.root / "pdb/board.yaml"
    file.write_text(file.read_text() + "publish: public\n")
    assert "Suspend" not in office.done("brief", "PDB/2026-02-25").out
    assert "Suspend" in office.done("brief", "PDB/2026-02-25", "--with-restricted").out


def test_the_head_says_what_was_given(office: Office) -> None:
    given = ("--agenda-item", "1", "--author", "A Clerk", "--classification", "OFFICIAL")
    out = office.done("brief", "PDB/2026-02-25", *given, "--format", "markdown").out
    assert out.startswith("**OFFICIAL**\n\n# Performance") and out.endswith("\n**OFFICIAL**\n")
    assert "- Agenda item: 1\n- Author: A Clerk\n" in out
    assert "OFFICIAL" in office.done("overview", "PDB/2025-11-26", *given, "--format", "table").out


def test_a_meeting_that_fell_is_said_so(office: Office) -> None:
    office.done("meeting", "postpone", "PDB/2026-02-25", "--to", "2026-03-25", today="2026-02-01")
    out = office.done("brief", "PDB/2026-02-25", "--format", "table", today="2026-02-10").out
    assert "This meeting was postponed to 25 Mar 2026." in out
    moved = as_json(office, "brief", "2026-03-25", today="2026-02-10")
    assert len(moved["sections"]["due"]) == 2
    office.done("meeting", "cancel", "PDB/2026-06-10", today="2026-02-10")
    assert "This meeting was cancelled." in office.done("overview", "PDB/2026-06-10", "--format", "markdown").out


def test_records_that_cannot_be_read_are_named_and_the_rest_is_printed(office: Office) -> None:
    (office.root / "pdb/2025-11-26/02.yaml").write_text("text: [")
    ran = office.run("brief", "PDB/2026-02-25", "--format", "table")
    assert ran.status == 1 and "pdb/2025-11-26/02.yaml" in ran.err and "PDB/2025-11-26/01" in ran.out


def test_reports_of_papers_change_no_byte(office: Office) -> None:
    before = office.files()
    for words in (("brief", "next"), ("overview", "PDB/2025-11-26", "--all-live")):
        office.done(*words)
    assert office.files() == before


def test_hostile_text_stays_text_in_every_format(office: Office) -> None:
    hostile = "\x1b[31m</script>\u202e| =1+1 [x](http://y) @you"
    office.hold(
        action("PDB/2025-11-26/06", hostile, owners=("Force",), due="2026-02-25", due_said=hostile, item=hostile,
               history=[event("2026-01-10", note=hostile)]),
        meeting("PDB/2026-03-01", "scheduled", venue=hostile, items=(item("1", hostile),)),
    )  # fmt: skip
    for command in (("brief", "PDB/2026-02-25"), ("overview", "PDB/2025-11-26"), ("brief", "PDB/2026-03-01", "--agenda-item", "1")):
        for form in ENDINGS:
            out = office.done(*command, "--format", form).out
            assert "\x1b" not in out and "\u202e" not in out
            assert form not in ("markdown", "html") or "</script" not in out
            assert form != "markdown" or "[x](http" not in out
        whole = office.done(*command, "--format", "json").out
        assert hostile in (line["text"] for line in json.loads(whole).get("actions", [])) or "brief" in command


def test_the_processes_themselves(office: Office) -> None:
    ran = office.process("brief", "PDB/2026-02-25", today="2026-02-20")
    assert ran.status == 0 and len(ran.lines) == 5
    assert office.process("overview", "PDB/2025-11-26").lines[0].startswith("PDB/2025-11-26/01\t2026-02-25\topen\t")
