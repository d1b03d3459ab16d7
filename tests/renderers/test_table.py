from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.renderers.samples import (
    DAY,
    EVERY_STATUS,
    LIFE,
    MEETING,
    REGISTER,
    a_register,
    an_action,
    drawn,
    every_report,
    said_everywhere,
)
from tracker.model.records import Action, Board, Event, Meeting
from tracker.model.references import ActionRef, MeetingRef
from tracker.renderers.columns import is_reference
from tracker.reports.details import Columns, action_detail, board_detail, board_list, meeting_detail
from tracker.reports.listing import ActionList, OverdueReport, list_actions, overdue

Golden = Callable[[str, str], None]


@pytest.mark.parametrize("width", [130, 100, 80, 60, 30])
def test_the_overdue_report_looks_as_agreed(width: int, golden: Golden) -> None:
    golden(f"overdue_{width}.txt", drawn(overdue(REGISTER, DAY, "pdb"), width=width))


@pytest.mark.parametrize("width", [100, 60])
def test_a_list_looks_as_agreed(width: int, golden: Golden) -> None:
    golden(f"list_{width}.txt", drawn(list_actions(REGISTER, DAY, EVERY_STATUS), width=width))


def test_what_show_prints_looks_as_agreed(golden: Golden) -> None:
    action = action_detail(REGISTER, LIFE[1], DAY)
    assert action
    golden("show_action.txt", drawn(action))
    golden("show_meeting.txt", drawn(meeting_detail(REGISTER, REGISTER.meetings[MEETING], DAY)))
    golden("show_board.txt", drawn(board_detail(REGISTER, REGISTER.boards["pdb"], DAY)))


def test_in_ascii_and_by_owner_it_looks_as_agreed(golden: Golden) -> None:
    golden("overdue_ascii.txt", drawn(overdue(REGISTER, DAY, by_owner=True), encoding="ascii"))


@pytest.mark.parametrize("width", range(30, 210, 7))
@pytest.mark.parametrize("board", ["pdb", "a-board-with-the-longest-key-of1"])
def test_references_are_whole_on_one_line_at_every_width(width: int, board: str) -> None:
    meeting = MeetingRef(board, date(2025, 11, 26), "b")
    action = Action(
        ActionRef(meeting, 123),
        "A text that is long enough to need more than the one line that it has",
        ("Force", "OPCC"),
        date(2026, 2, 25),
        follows=ActionRef(meeting, 7),
        history=(Event(DAY, "update", meeting, note="A note that is long enough to need more than one line of it"),),
    )
    register = a_register(action, meetings={meeting: Meeting(meeting)})
    row = list_actions(register, DAY).rows[0]
    for report in (overdue(register, DAY), list_actions(register, DAY), meeting_detail(register, Meeting(meeting), DAY)):
        assert any(str(action.ref) in line for line in drawn(report, width=width).splitlines())
    boards = {board: Board(board, "A title that is long enough to need more than one line", "A chair with a long title, too")}
    listed = drawn(board_list(a_register(boards=boards), DAY), width=width)
    assert any(board.upper() in line for line in listed.splitlines())
    detail = action_detail(register, action, DAY)
    assert detail and row.overdue
    shown = drawn(detail, width=width).splitlines()
    assert all(any(str(ref) in line for line in shown) for ref in (action.ref, action.follows))
    assert any(str(meeting) in line and str(action.ref) not in line and str(action.follows) not in line for line in shown)


@pytest.mark.parametrize("width", [20, 33, 47, 60, 72, 80, 100, 120, 160])
def test_nothing_but_a_reference_goes_over_the_edge(width: int) -> None:
    for report in (*every_report(REGISTER), *every_report(said_everywhere("会議 and a longwordwithoutspace " * 9))):
        over = [line for line in drawn(report, width=width).splitlines() if cell_len(line) > width]
        assert not over or (width < 30 and all(is_reference(line.strip()) for line in over))


@given(st.lists(st.tuples(st.text(max_size=90), st.text(min_size=1, max_size=30)), min_size=1, max_size=4), st.integers(30, 180))
@settings(deadline=None, derandomize=True, max_examples=40)
def test_no_letter_of_a_text_is_lost(said: list[tuple[str, str]], width: int) -> None:
    words = [("".join(filter(str.isalnum, text)), "".join(filter(str.isalnum, owner))) for text, owner in said]
    actions = [an_action(place, text, owners=(owner,)) for place, (text, owner) in enumerate(words, start=1)]
    out = drawn(list_actions(a_register(*actions), DAY), width=width)
    for text, owner in words:
        assert all(out.count(letter) >= (text + owner).count(letter) for letter in text + owner)


def test_a_report_without_rows_says_so() -> None:
    empty = a_register()
    assert drawn(overdue(empty, date(2026, 2, 25))) == (
        "Nothing is overdue as at 25 February 2026.\nEvery live action has a due day.\n"
    )
    assert drawn(overdue(empty, DAY, "pdb")).startswith("Nothing is overdue for PDB as at 26 February 2026.\n")
    assert drawn(list_actions(empty, DAY)) == "Live actions\n\nThere are none as at 26 February 2026.\n"
    assert drawn(Columns("Owners", ("Owner", "Name"), (), ("key", "name"))) == "Owners\n\nThere are none yet.\n"


@pytest.mark.parametrize(
    ("without", "sentence"),
    [
        (0, "Every live action has a due day."),
        (1, "1 live action has no due day: see tracker list --no-due."),
        (1234, "1,234 live actions have no due day: see tracker list --no-due."),
    ],
)
def test_every_overdue_report_ends_with_what_has_no_due_day(without: int, sentence: str) -> None:
    rows = overdue(REGISTER, DAY).rows
    for held in (rows, ()):
        assert drawn(OverdueReport(DAY, None, held, without)).splitlines()[-1] == sentence


def test_a_long_list_is_drawn_bit_by_bit_and_whole() -> None:
    row = overdue(REGISTER, DAY).rows[0]
    rows = tuple(row.changed(action=row.action._replace(ref=ActionRef(MEETING, n))) for n in range(1, 452))
    out = drawn(ActionList(rows, DAY, "Live actions"))
    named = [line.split()[0] for line in out.splitlines() if line.startswith("PDB/")]
    assert named == [str(held.action.ref) for held in rows]
    assert out.count("Reference") == 1
    assert "\n\n\n" not in out


def test_nothing_is_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    report = overdue(REGISTER, DAY)
    plain, coloured = drawn(report), drawn(report, colour=True)
    settings = {name: "33" for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE")}
    for name, value in {**settings, "TERM": "dumb", "COLORTERM": "truecolor"}.items():
        with monkeypatch.context() as environment:
            environment.setenv(name, value)
            assert (drawn(report), drawn(report, colour=True)) == (plain, coloured), name
