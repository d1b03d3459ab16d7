"""The note that an update was asked for: told from what owners say, and never the latest word."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import action, event
from tracker.model.asking import asking_note, is_asking, last_asked
from tracker.model.state import standing, words


@pytest.mark.parametrize("reply_by", [None, date(2026, 2, 18), date(2026, 10, 1)])
@pytest.mark.parametrize("only", [(), ("OPCC",), ("Force", "OPCC"), ("A (B) C",)])
def test_its_own_notes_are_known(reply_by: date | None, only: tuple[str, ...]) -> None:
    note = asking_note(reply_by, only)
    assert note.startswith("Asked for an update")
    assert is_asking("update", note)
    assert is_asking("update", f"{note}.")
    assert not is_asking("discharged", note)


@pytest.mark.parametrize("note", [
    None, "", "Asked for an update", "Asked for an update by 18 February 2026 and was told that it is done",
    "Asked for an update as soon as possible; nothing heard", "asked for an update by 18 February 2026",
    "Asked for an update by Friday", "Asked for an update by 18 February 2026 (they said it is nearly done)",
    "Draft received. Asked for an update by 18 February 2026",
])  # fmt: skip
def test_what_a_person_adds_is_a_word_of_its_own(note: str | None) -> None:
    assert not is_asking("update", note)


@given(st.dates(date(1900, 1, 1)), st.lists(st.text("Ab (),.é", min_size=1, max_size=20), max_size=3))
@settings(deadline=None, derandomize=True, max_examples=60)
def test_any_day_and_any_owners(reply_by: date, only: list[str]) -> None:
    assert is_asking("update", asking_note(reply_by, only))


def asked_after_an_update(*more: object) -> object:
    return action(due="2026-02-25", history=[
        event("2026-01-20", note="Draft with the OPCC"),
        event("2026-02-10", note=asking_note(date(2026, 2, 18))), *more,
    ])  # fmt: skip


def test_the_latest_word_stays_that_of_the_owner() -> None:
    word = standing(asked_after_an_update()).word  # type: ignore[arg-type]
    assert word is not None
    assert word.note == "Draft with the OPCC"
    assert standing(action(history=[event("2026-02-10", note=asking_note(None))])).word is None


def test_a_correction_mends_what_was_said_and_not_that_it_was_asked_for() -> None:
    mended = asked_after_an_update(event("2026-02-11", "corrected", note="Draft with the Force"))
    assert [word.note for word in words(mended.history)] == [  # type: ignore[attr-defined]
        "Draft with the Force", "Asked for an update by 18 February 2026",
    ]  # fmt: skip


def test_the_last_day_of_asking_before_a_day() -> None:
    asked = action(history=[event(on, note=asking_note(None)) for on in ("2026-01-05", "2026-02-10")])
    assert last_asked(asked, date(2026, 2, 11)) == date(2026, 2, 10)
    assert last_asked(asked, date(2026, 2, 10)) == date(2026, 1, 5)
    assert last_asked(action(history=[event("2026-01-05", note="Done soon")]), date(2026, 2, 10)) is None
