"""References as people type them, and which records they mean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, board, day, meeting, register
from tracker.errors import Ambiguous, NotFound, NotUnderstood, Problem, TrackerError
from tracker.model.records import Register
from tracker.model.references import ActionRef, MeetingRef, canonical_action
from tracker.model.calendar import only_board
from tracker.model.resolve import find_actions, find_board, find_meeting, find_record

TODAY = day("2026-03-01")
KENT = register(
    *(action(f"PDB/2025-11-26/0{number}") for number in range(1, 6)),
    action("PDB/2025-11-26/12"),
    action("PDB/2025-11-26B/01"),
    action("PDB/2026-02-25/01"),
    action("PDB/2023-09-13/01"),
    action("AUDIT-2/2026-01-26/02"),
    action("AUDIT-2/2026-01-26/01"),
    meeting("PDB/2026-06-10", "scheduled"),
)
BROKEN_ACTION = Problem("pdb/2026-02-25/02.yaml", 3, "a tab stands where spaces should be", "Use spaces")
BROKEN_MEETING = Problem("pdb/2026-04-15/meeting.yaml", 1, "the file is empty", "Restore it")
TORN = KENT.changed(broken={problem.path: problem for problem in (BROKEN_ACTION, BROKEN_MEETING)})


def refs(*texts: str, records: Register = KENT, board: str | None = None, at: str | None = None) -> list[str]:
    return [str(found.ref) for found in find_actions(records, texts, today=TODAY, board=board, meeting=at)]


@pytest.mark.parametrize(
    "text",
    [
        "PDB/2025-11-26/01", "pdb/2025-11-26/1", "Pdb/2025-11-26/001", "pdb-2025-11-26-1", "PDB-2025-11-26-01",
        "pdb-2025-11-26/1", "pdb/2025-11-26-1", "pdb/26.11.25/1", "PDB/26 November 2025/1", "pdb/11-26/1",
        "2025-11-26/1", "26.11.25/1", "26/11/2025/1", "26 Nov/1", "26/11/1", "11-26/01", " pdb/2025-11-26 /1 ",
        "Wednesday 26 November 2025/1",
    ],
)  # fmt: skip
def test_every_way_to_write_an_action(text: str) -> None:
    assert refs(text) == ["PDB/2025-11-26/01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13.09.23/1", "PDB/2023-09-13/01"),
        ("13/1", "PDB/2023-09-13/01"),
        ("pdb/26/2", "PDB/2025-11-26/02"),
        ("pdb/2025-11-26b/1", "PDB/2025-11-26B/01"),
        ("PDB-2025-11-26B-1", "PDB/2025-11-26B/01"),
        ("26B/1", "PDB/2025-11-26B/01"),
        ("audit-2/2026-01-26/2", "AUDIT-2/2026-01-26/02"),
        ("audit-2-2026-01-26-2", "AUDIT-2/2026-01-26/02"),
        ("01-26/2", "AUDIT-2/2026-01-26/02"),
        ("26/12", "PDB/2025-11-26/12"),
    ],
)
def test_other_meetings_boards_and_sittings(text: str, expected: str) -> None:
    assert refs(text) == [expected]


def test_only_the_records_that_there_are_count_as_candidates() -> None:
    """`26/3` fits two meetings, but only one of them has such an action."""
    assert refs("26/3") == ["PDB/2025-11-26/03"]


def test_an_ambiguous_reference_lists_what_it_could_mean() -> None:
    with pytest.raises(Ambiguous) as error:
        refs("26/1")
    assert str(error.value) == (
        '"26/01" could be AUDIT-2/2026-01-26/01, PDB/2025-11-26/01. Write more of it; nothing was changed.'
    )
    assert refs("26/1", board="pdb") == ["PDB/2025-11-26/01"]
    assert refs("audit-2/26/1", board="pdb") == ["AUDIT-2/2026-01-26/01"]


def test_many_candidates_are_not_all_listed() -> None:
    many = register(*(action(f"PDB/20{year}-11-26/01") for year in range(10, 30)))
    with pytest.raises(Ambiguous, match="and 12 more"):
        refs("26/1", records=many)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["11-26/1,3-5"], "01 03 04 05"),
        (["11-26/1, 3"], "01 03"),
        (["11-26/1", "11-26/2"], "01 02"),
        (["11-26/2,11-26/1"], "02 01"),
        (["pdb-2025-11-26-1,3-4"], "01 03 04"),
        (["pdb-2025-11-26-1,pdb-2025-11-26-2"], "01 02"),
        (["pdb-2025-11-26-3-5"], "03 04 05"),
        (["11-26/1,1-2", "11-26/2"], "01 02"),
    ],
)
def test_lists_and_ranges_in_the_order_given_each_once(texts: list[str], expected: str) -> None:
    assert refs(*texts) == [f"PDB/2025-11-26/{number}" for number in expected.split()]


def test_numbers_in_a_list_count_at_the_meeting_named_last() -> None:
    found = refs("11-26/1,2,2026-02-25/1,11-26b/1")
    assert found == ["PDB/2025-11-26/01", "PDB/2025-11-26/02", "PDB/2026-02-25/01", "PDB/2025-11-26B/01"]
    assert refs("11-26/1,2", at="pdb/2026-02-25") == ["PDB/2025-11-26/01", "PDB/2025-11-26/02"]


def test_a_range_with_a_gap_takes_nothing() -> None:
    with pytest.raises(NotFound, match="There is no action PDB/2025-11-26/06. PDB/2025-11-26 has 01, 02, 03, 04, 05, 12."):
        refs("11-26/4-7")


@pytest.mark.parametrize("text", ["11-26/5-3", "11-26/0", "11-26/0-2", "11-26/1-2000", "11-26/1-999999"])
def test_senseless_ranges_are_refused(text: str) -> None:
    with pytest.raises(NotUnderstood, match="no sensible range"):
        refs(text)


def test_a_bare_number_needs_its_meeting() -> None:
    assert refs("2", "4-5", at="11-26") == ["PDB/2025-11-26/02", "PDB/2025-11-26/04", "PDB/2025-11-26/05"]
    with pytest.raises(NotUnderstood, match="The bare number 2 needs its meeting: say 26/2, or --meeting REF."):
        refs("2")


WRONG = [
    "../../x", "/etc/passwd", "-rf", "CON", "con/2025-11-26/1", "", " ", "/", "//", "///", "1/", "/1", "26/", "x" * 10_000,
    "9" * 10_000, "26/٣", "26/1٣", "pdb/２０２５-11-26/1", "²⁶/1", "26/1;2", "26/a", "26/-1", "26/1-", "26/1--2", "26/,", ",", "26/1,,2",
    "pdb/2025-02-30/1", "pdb/2025-13-01/1", "pdb/2025-11-26/01.yaml", "pdb/2025-11-26/../x", "pdb\\2025-11-26\\01", "26/1\x00",
    "26/1\x1b[2J", "C:/26/1", "~/1", "*", "26/*", "pdb/2025-11-26a/1", "pdb/2025-11-26bb/1", "10/26/2025/1", "may/1",
    "26/1234567", "pdb/2025-11-26/1/2",
]  # fmt: skip


@pytest.mark.parametrize("text", WRONG, ids=[ascii(text)[:20] for text in WRONG])
def test_what_is_no_reference_is_refused(text: str) -> None:
    for attempt in (lambda: refs(text), lambda: find_record(KENT, text, today=TODAY)):
        with pytest.raises((NotUnderstood, NotFound)) as error:
            attempt()
        assert len(str(error.value)) < 400 and str(error.value).isprintable()


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.one_of(st.text(max_size=30), st.text("pdb/-,0123456789. next", max_size=24)))
def test_nothing_that_is_typed_is_a_crash_or_a_path(text: str) -> None:
    for attempt in (refs, lambda typed: [find_meeting(KENT, typed, today=TODAY).ref], lambda typed: [find_record(KENT, typed, today=TODAY)]):
        try:
            assert attempt(text) is not None
        except TrackerError as error:
            assert str(error).isprintable()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.from_regex("[a-z][a-z0-9-]{0,12}", fullmatch=True).filter(lambda key: key != "con"),
    st.dates(day("1990-01-01"), day("2100-01-01")), st.sampled_from(["", "b", "z"]), st.integers(1, 1500),
)  # fmt: skip
def test_every_printed_reference_is_understood(key: str, on: object, sitting: str, number: int) -> None:
    ref = ActionRef(MeetingRef(key, on, sitting), number)  # type: ignore[arg-type]
    records = register(action(ref))
    assert canonical_action(str(ref)) == ref
    for text in (str(ref), str(ref).lower(), str(ref).replace("/", "-"), str(ref).partition("/")[2]):
        assert find_actions(records, [text], today=TODAY)[0].ref == ref
        assert find_record(records, text, today=TODAY) == records.actions[ref]
    assert find_meeting(records, str(ref.meeting), today=TODAY).ref == ref.meeting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PDB/2025-11-26", "PDB/2025-11-26"),
        ("pdb-2025-11-26", "PDB/2025-11-26"),
        ("pdb/26.11.25", "PDB/2025-11-26"),
        ("2025-11-26", "PDB/2025-11-26"),
        ("11-26", "PDB/2025-11-26"),
        ("11-26b", "PDB/2025-11-26B"),
        ("26 November", "PDB/2025-11-26"),
        ("25/02", "PDB/2026-02-25"),
        ("13", "PDB/2023-09-13"),
        ("audit-2/26", "AUDIT-2/2026-01-26"),
        ("pdb/next", "PDB/2026-06-10"),
        ("pdb/next meeting", "PDB/2026-06-10"),
        ("pdb/June 2026 meeting", "PDB/2026-06-10"),
    ],
)
def test_meetings(text: str, expected: str) -> None:
    assert str(find_meeting(KENT, text, today=TODAY).ref) == expected


def test_next_and_a_months_meeting_are_of_one_board() -> None:
    assert str(find_meeting(KENT, "next", today=TODAY, board="pdb").ref) == "PDB/2026-06-10"
    with pytest.raises(Ambiguous, match="--board KEY"):
        find_meeting(KENT, "June 2026 meeting", today=TODAY)
    with pytest.raises(NotFound, match="tracker meeting add audit-2 DATE"):
        find_meeting(KENT, "audit-2/next", today=TODAY)
    with pytest.raises(NotFound, match='There is no board "zoo". The register has AUDIT-2, PDB.'):
        find_meeting(KENT, "zoo/next", today=TODAY)


def test_an_action_of_a_meeting_in_words() -> None:
    """The words name one meeting; without it, another meeting's action of that number is not the one."""
    assert refs("pdb/February 2026 meeting/1") == ["PDB/2026-02-25/01"]
    assert refs("February 2026 meeting/1", board="pdb") == ["PDB/2026-02-25/01"]
    with pytest.raises(NotFound, match="There is no action PDB/2026-06-10/01. PDB/2026-06-10 has no actions."):
        refs("next/1", board="pdb")
    with pytest.raises(NotFound, match="There is no action PDB/2026-06-10/12"):
        find_record(KENT, "next/12", today=TODAY, board="pdb")


def test_absent_meetings_say_how_to_make_them() -> None:
    with pytest.raises(NotFound, match="There is no meeting PDB/2026-03-04. Make it with: tracker meeting add pdb 2026-03-04"):
        find_meeting(KENT, "pdb/4.3.26", today=TODAY)
    with pytest.raises(NotFound, match='No meeting fits "2026-03-04". To see them: tracker meeting list'):
        find_meeting(KENT, "2026-03-04", today=TODAY)
    with pytest.raises(NotFound, match='There is no board "zoo"'):
        find_meeting(KENT, "zoo/2026-03-04", today=TODAY)


def test_absent_actions_say_what_there_is() -> None:
    with pytest.raises(NotFound, match="There is no action PDB/2026-02-25/09. PDB/2026-02-25 has 01."):
        refs("25/9")
    with pytest.raises(NotFound, match="PDB/2026-06-10 has no actions"):
        refs("pdb/2026-06-10/1")
    with pytest.raises(NotFound, match='No action fits "2026-03-04/01"'):
        refs("2026-03-04/1")


def test_a_broken_record_is_named_with_its_cause_and_never_passed_over() -> None:
    with pytest.raises(NotFound, match="PDB/2026-02-25/02 cannot be used until its file is mended. pdb/2026-02-25/02.yaml:3: a tab"):
        refs("25/2", records=TORN)
    with pytest.raises(NotFound, match="PDB/2026-04-15 cannot be used until its file is mended"):
        find_meeting(TORN, "15", today=TODAY)
    assert refs("02-25/1", records=TORN) == ["PDB/2026-02-25/01"]


def test_a_broken_record_makes_a_reference_ambiguous_like_any_other() -> None:
    torn = KENT.changed(broken={"audit-2/2026-02-25/01.yaml": BROKEN_ACTION})
    with pytest.raises(Ambiguous, match="AUDIT-2/2026-02-25/01, PDB/2026-02-25/01"):
        refs("02-25/1", records=torn)


def test_boards() -> None:
    assert find_board(KENT, " PDB ").key == "pdb"
    with pytest.raises(NotFound, match='There is no board "zoo". The register has AUDIT-2, PDB.'):
        find_board(KENT, "zoo")
    with pytest.raises(NotFound, match="Make it with: tracker board add zoo --title TITLE"):
        find_board(register(), "zoo")
    with pytest.raises(NotFound, match="Make it with: tracker board add KEY --title TITLE"):
        find_board(register(), "../zoo")
    torn = KENT.changed(broken={"abc/board.yaml": Problem("abc/board.yaml", None, "it is empty", "")})
    with pytest.raises(NotFound, match="ABC cannot be used until its file is mended. abc/board.yaml: it is empty."):
        find_board(torn, "abc")
    assert (only_board(KENT), only_board(register(board("abc")))) == (None, "abc")


def shown(text: str, records: Register = KENT) -> str:
    return find_record(records, text, today=TODAY).path


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("pdb", "pdb/board.yaml"),
        ("AUDIT-2", "audit-2/board.yaml"),
        ("pdb/2026-02-25", "pdb/2026-02-25/meeting.yaml"),
        ("pdb-2026-02-25", "pdb/2026-02-25/meeting.yaml"),
        ("pdb-2026-02-25-1", "pdb/2026-02-25/01.yaml"),
        ("25/1", "pdb/2026-02-25/01.yaml"),
        ("25/2", "pdb/2026-02-25/meeting.yaml"),
        ("pdb/next", "pdb/2026-06-10/meeting.yaml"),
    ],
)
def test_show_takes_any_record(text: str, path: str) -> None:
    assert shown(text) == path


def test_show_does_not_choose_between_a_meeting_and_an_action() -> None:
    both = register(action("PDB/2026-02-25/02"), meeting("PDB/2026-02-25"))
    with pytest.raises(Ambiguous, match="PDB/2026-02-25, PDB/2026-02-25/02"):
        shown("25/2", both)


def test_show_says_what_is_missing() -> None:
    with pytest.raises(NotFound, match="There is no action PDB/2026-02-25/09. PDB/2026-02-25 has 01."):
        shown("pdb/25/9")
    with pytest.raises(Ambiguous, match="names several actions"):
        shown("11-26/1,2")
    with pytest.raises(NotUnderstood, match="is not a reference"):
        shown("what?")
