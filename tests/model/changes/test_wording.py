import pytest

from tests.builders import action, event, register
from tests.model.builders import changed, last_event, on
from tracker.errors import NotFound, NotUnderstood, Refused
from tracker.model.changes import wording

RURAL = action(tags=["rural", "crime"])
KENT = register(RURAL)
NOW = on("2026-01-10")


def test_reassign() -> None:
    change = wording.reassign(KENT, [RURAL], NOW, ["PCC / Force"], "Joint work")
    assert change.sentence == "Reassigned PDB/2025-11-26/01 to OPCC, Force: Explore a rural crime update"
    assert changed(change).owners == ("OPCC", "Force")
    assert last_event(change) == event("2026-01-10", "reassigned", before=("Force",), after=("OPCC", "Force"), note="Joint work")


def test_the_order_of_owners_counts_because_the_first_one_leads() -> None:
    both = RURAL._replace(owners=("Force", "OPCC"))
    assert changed(wording.reassign(KENT, [both], NOW, ["OPCC", "Force"], None)).owners == ("OPCC", "Force")


def test_whom_an_action_cannot_be_given_to() -> None:
    with pytest.raises(Refused, match="PDB/2025-11-26/01 is Force's already"):
        wording.reassign(KENT, [RURAL], NOW, ["cc"], None)
    with pytest.raises(Refused, match="--owner"):
        wording.reassign(KENT, [RURAL], NOW, [], None)
    with pytest.raises(NotFound, match="There is no owner"):
        wording.reassign(KENT, [RURAL], NOW, ["Zoo"], None)


def test_reword() -> None:
    change = wording.reword(KENT, RURAL, NOW, " Explore an update ", None)
    assert change.sentence == "Reworded PDB/2025-11-26/01: Explore an update"
    assert changed(change).text == "Explore an update"
    assert last_event(change) == event("2026-01-10", "reworded", before=RURAL.text, after="Explore an update")


@pytest.mark.parametrize("text", ["", " ", RURAL.text, f" {RURAL.text} "])
def test_words_that_are_none_or_no_others(text: str) -> None:
    with pytest.raises(Refused):
        wording.reword(KENT, RURAL, NOW, text, None)


def test_tags_come_and_go_without_a_history() -> None:
    change = wording.tag(KENT, [RURAL], ["+new", "-crime", "+rural"])
    assert changed(change) == RURAL._replace(tags=("rural", "new"))
    assert change.sentence == "Tagged PDB/2025-11-26/01 with rural, new: Explore a rural crime update"
    assert "with nothing" in wording.tag(KENT, [RURAL], ["-rural", "-crime"]).sentence


def test_tags_that_are_refused() -> None:
    with pytest.raises(Refused, match="has no tag bus. It has: rural, crime."):
        wording.tag(KENT, [RURAL], ["-bus"])
    with pytest.raises(Refused, match="has the tags rural, crime already"):
        wording.tag(KENT, [RURAL], ["+rural"])
    for word in ("+", "- ", "+a,b", "+[x]", "++x", "+-x"):
        with pytest.raises(NotUnderstood, match="is no tag"):
            wording.tag(KENT, [RURAL], [word])


def test_restrict_and_back() -> None:
    change = wording.restrict(KENT, [RURAL], True)
    assert changed(change) == RURAL._replace(restricted=True)
    assert change.sentence == "Restricted PDB/2025-11-26/01: Explore a rural crime update"
    back = wording.restrict(KENT, [changed(change)], False)
    assert changed(back) == RURAL
    assert back.sentence == "Lifted the restriction on PDB/2025-11-26/01: Explore a rural crime update"
    with pytest.raises(Refused, match="is restricted already"):
        wording.restrict(KENT, [changed(change)], True)
    with pytest.raises(Refused, match="is not restricted"):
        wording.restrict(KENT, [RURAL], False)
