"""The notes of a meeting and the figures of a period, through the real command line."""

import csv
import io
import json
from collections.abc import Callable

import pytest

from tests.builders import action, board, meeting, put
from tests.cli.program import Office

Golden = Callable[[str, str], None]
MEETINGS = ("2019-09-25", "2023-09-13", "2023-11-29", "2025-11-26")
ENDINGS = {"table": "txt", "markdown": "md", "tsv": "tsv", "csv": "csv", "json": "json", "html": "html"}


def as_json(office: Office, *words: object, **how: str) -> dict:  # type: ignore[type-arg]
    return json.loads(office.done(*words, "--format", "json", **how).out)  # type: ignore[no-any-return]


@pytest.mark.parametrize("form", ENDINGS)
def test_the_notes_of_the_kent_board_are_as_agreed(kent: Office, golden: Golden, form: str) -> None:
    for day in MEETINGS:
        golden(f"papers/notes_{day}.{ENDINGS[form]}", kent.done("notes", f"PDB/{day}", "--format", form).out)


@pytest.mark.parametrize("form", ENDINGS)
def test_the_figures_of_the_kent_board_are_as_agreed(kent: Office, golden: Golden, form: str) -> None:
    golden(f"papers/stats_all.{ENDINGS[form]}", kent.done("stats", "--format", form).out)
    year = kent.done("stats", "--year", "2023/24", "--by", "quarter", "--format", form).out
    golden(f"papers/stats_2023-24_by_quarter.{ENDINGS[form]}", year)
    owners = kent.done("stats", "--by", "owner", "--format", form).out
    golden(f"papers/stats_by_owner.{ENDINGS[form]}", owners)


def test_notes_are_as_at_the_meetings_own_day(office: Office) -> None:
    found = as_json(office, "notes", "26/11/2025")
    assert found["as_of"] == "2025-11-26"
    assert {line["status"] for line in found["overview"]} == {"open"}
    later = as_json(office, "notes", "PDB/2025-11-26", "--as-of", "today")
    assert [line["status"] for line in later["overview"]] == ["open", "open", "proposed", "discharged", "open"]
    assert as_json(office, "notes", "next")["as_of"] == "2026-02-26"


def test_what_the_secretary_records_at_a_meeting_stands_in_its_notes(office: Office) -> None:
    office.done("carry", "26/1", "--at", "PDB/2026-02-25", "--reason", "Draft with the OPCC")
    office.done("discharge", "26/2", "--at", "PDB/2026-02-25", "--outcome", "Reported in the item 4 paper", "--route", "paper")
    office.done("discharge", "--proposed", "--at", "PDB/2026-02-25")
    office.done("add", "Visit the control room", "--meeting", "PDB/2026-02-25", "--owner", "Force")
    found = as_json(office, "notes", "PDB/2026-02-25")
    assert [(line["ref"], line["outcome_words"]) for line in found["previous_actions"]] == [
        ("PDB/2025-11-26/01", "carried forward to 2026-06-10: Draft with the OPCC"),
        ("PDB/2025-11-26/02", "discharged, reported in the item 4 paper"),
        ("PDB/2025-11-26/03", "discharged, in the item 4 paper"),
        ("PDB/2025-11-26/04", "discharged on 2026-01-10, brief sent (out of meeting)"),
    ]
    assert [line["text"] for line in found["other_actions"]] == ["Visit the control room"]
    markdown = office.done("notes", "PDB/2026-02-25", "--format", "md").out
    assert "carried forward to 10 June 2026: Draft with the OPCC" in markdown
    assert "has not been held" not in markdown


def test_notes_can_be_written_to_a_file(office: Office) -> None:
    target = office.folder / "notes.md"
    office.done("notes", "PDB/2025-11-26", "--out", target)
    assert target.read_text("utf-8").startswith("# Performance and Delivery Board, 26 November 2025: notes")


def test_notes_want_a_meeting_that_is_there(office: Office) -> None:
    assert "There is no meeting" in office.refused("notes", "PDB/2020-01-01")
    assert office.run("notes").status == 2


def test_figures_as_at_a_day_and_of_one_board(office: Office) -> None:
    office.hold(board("fin", "Finance"), meeting("FIN/2025-12-02"), action("FIN/2025-12-02/01", due="2026-01-05"))
    everything = as_json(office, "stats")
    assert (everything["board"], everything["total"]["raised"], everything["total"]["overdue"]) == (None, 6, 3)
    assert as_json(office, "--board", "fin", "stats")["total"]["raised"] == 1
    assert as_json(office, "stats", "--board", "pdb", "--as-of", "25.02.26")["total"]["overdue"] == 0
    # the figures by hand: three are live and due before the 26th, one of them with the board since January
    assert as_json(office, "stats", "--board", "pdb")["total"] == {
        "live_at_start": 0, "raised": 5, "reopened": 0, "discharged": 1, "withdrawn": 0, "live": 4, "overdue": 2,
        "on_time": 1, "measured": 1, "on_time_per_cent": 100.0, "median_days": 45.0, "median_meetings": 0.0, "slips": 0,
    }  # fmt: skip


def test_a_carrying_forward_shows_as_a_slip(office: Office) -> None:
    office.done("carry", "26/1,2", "--at", "PDB/2026-02-25")
    office.done("discharge", "26/1", "--outcome", "Done", "--date", "today")
    total = as_json(office, "stats", "--since", "1 Feb 2026")["total"]
    assert (total["slips"], total["discharged"], total["on_time"], total["raised"]) == (2, 1, 0, 0)


def test_days_of_the_period_are_read_as_everywhere(office: Office) -> None:
    ran = office.done("stats", "--since", "1 April", "--until", "yesterday", "--format", "json")
    found = json.loads(ran.out)
    assert (found["since"], found["until"]) == ("2025-04-01", "2026-02-25")
    assert "Taken as 1 April 2025" in ran.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--year", "2023"), "Write the year as 2023/24"),
        (("--year", "2023/24", "--since", "1.4.23"), "not both"),
        (("--year", "2026/27"), "Give an earlier --since or --year"),
        (("--since", "26.02.26", "--until", "25.02.26"), "before it begins"),
        (("--by", "month"), "month"),
        (("--since", "soon"), "soon"),
    ],
)
def test_a_period_that_cannot_be_read_is_refused(office: Office, words: tuple[str, ...], says: str) -> None:
    assert says in office.refused("stats", *words, status=2)


def test_the_lines_for_a_spreadsheet_are_named_and_end_with_the_total(office: Office) -> None:
    out = office.done("stats", "--by", "quarter", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert [row["group"] for row in rows] == ["October to December 2025", "January to March 2026", "All actions"]
    assert [row["raised"] for row in rows] == ["5", "0", "5"]


def test_restricted_actions_are_left_out_of_a_public_paper_and_counted(office: Office) -> None:
    office.done("restrict", "26/1")
    public = office.done("stats", "--public", "--format", "md").out
    assert "4 actions were raised" in public
    assert "1 action is left out of this public paper because it is restricted." in public
    assert "5 actions were raised" in office.done("stats", "--format", "md").out
    notes = office.done("notes", "PDB/2025-11-26", "--public", "--format", "md").out
    assert "rural crime" not in notes
    assert "1 action is left out of this public paper" in notes


def test_what_could_not_be_read_is_named_and_the_rest_is_reported(office: Office) -> None:
    put(office.root, "pdb/2025-11-26/02.yaml", "text: [unclosed\n")
    for words in (("stats",), ("notes", "PDB/2025-11-26")):
        ran = office.run(*words, "--format", "md")
        assert ran.status == 1
        assert "02.yaml" in ran.err
        assert ran.out.startswith("# Performance and Delivery Board")
