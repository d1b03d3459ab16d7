import pytest

from tests.builders import action, board, day, item, meeting, meeting_ref, person, register
from tests.model.builders import after, on, the
from tracker.errors import NotFound, Problem, Refused
from tracker.model.changes.meetings import Attendance, Details, add_item, add_meetings, hold
from tracker.model.records import Item, Meeting, Person, Record

SCOTT = person("Matthew Scott", role="Police and Crime Commissioner", organisation="OPCC")
HARPER = person("Adrian Harper", role="Chief Executive", organisation="OPCC")
PDB = board(members=(SCOTT, HARPER), agenda=(item("1", "Welcome"), item("3i", "Delivery")))
NOW = on("2026-01-10")
EARLY, JUNE = meeting_ref("PDB/2026-02-25"), meeting_ref("PDB/2026-06-10")
EXPECTED = meeting("PDB/2026-02-25", "scheduled", attendees=(SCOTT, HARPER), items=(item("1", "Welcome"),))
TODAY = day("2026-02-25")


def only(records: dict[str, Record | None]) -> Meeting:
    (found,) = records.values()
    assert isinstance(found, Meeting)
    return found


def held(details: Details = Details(), attendance: Attendance = Attendance(), before: Meeting = EXPECTED) -> Meeting:
    return only(dict(hold(register(PDB, before), before, details, attendance, TODAY).records))


def test_a_new_meeting_starts_from_the_boards_members_and_agenda() -> None:
    details = Details("10:00", "12:00", "Clift Room", [item("3I", "Delivery and performance"), item("4", "Audits")])
    change = add_meetings(register(PDB), PDB, [EARLY], details, NOW)
    assert only(dict(change.records)) == Meeting(
        EARLY, "scheduled", None, "10:00", "12:00", "Clift Room", (SCOTT, HARPER), (),
        (Item("1", "Welcome"), Item("3I", "Delivery and performance"), Item("4", "Audits")),
    )  # fmt: skip
    assert change.sentence == "Added PDB/2026-02-25, Wednesday 25 February 2026 at 10:00"


def test_several_meetings_at_once() -> None:
    change = add_meetings(register(PDB), PDB, [EARLY, JUNE], Details(), NOW)
    assert change.sentence == "Added 2 meetings of PDB"
    assert len(change.records) == 2


def test_adding_settles_what_waits_for_the_next_meeting() -> None:
    """Each gets the first meeting after it was raised, and no other board's action gets one."""
    waiting, later, other = (
        action(ref, due="next meeting") for ref in ("PDB/2025-11-26/01", "PDB/2026-03-04/01", "ABC/2025-11-26/01")
    )
    records = register(PDB, waiting, later, other)
    change = add_meetings(records, PDB, [JUNE, EARLY], Details(), NOW._replace(day=day("2026-03-10")))
    now = after(records, change)
    dues = [the(now, ref).due for ref in (waiting.ref, later.ref, other.ref)]
    assert dues == [EARLY.day, JUNE.day, "next meeting"]
    assert change.sentence == "Added 2 meetings of PDB"
    assert change.details[-1] == (
        "PDB/2026-03-04/01, which waited for the next meeting, is due 10 June 2026: Explore a rural crime update"
    )


def test_a_day_that_is_taken() -> None:
    with pytest.raises(Refused, match="already. A further sitting on that day: tracker meeting add pdb 2026-02-25b"):
        add_meetings(register(PDB, EXPECTED), PDB, [EARLY], Details(), NOW)
    with pytest.raises(Refused, match="tracker meeting add pdb 2026-02-25c"):
        add_meetings(register(PDB, meeting("PDB/2026-02-25B")), PDB, [meeting_ref("PDB/2026-02-25B")], Details(), NOW)
    with pytest.raises(Refused, match="is there, cancelled.*tracker meeting reinstate PDB/2026-02-25"):
        add_meetings(register(PDB, meeting("PDB/2026-02-25", "cancelled")), PDB, [EARLY], Details(), NOW)
    with pytest.raises(Refused, match="PDB/2026-02-25 is in the calendar already"):
        add_meetings(register(PDB), PDB, [EARLY, EARLY], Details(), NOW)
    torn = register(PDB).changed(broken={EARLY.path: Problem(EARLY.path, 1, "it is torn", "")})
    with pytest.raises(Refused, match="PDB/2026-02-25 is in the calendar already"):
        add_meetings(torn, PDB, [EARLY], Details(), NOW)
    assert add_meetings(register(PDB, EXPECTED), PDB, [meeting_ref("PDB/2026-02-25B")], Details(), NOW).records


def test_held() -> None:
    change = hold(register(PDB, EXPECTED), EXPECTED, Details(venue="Online"), Attendance(), TODAY)
    assert only(dict(change.records)) == EXPECTED._replace(status="held", venue="Online")
    assert change.sentence == "PDB/2026-02-25 was held on 25 February 2026, 2 attendees"


def test_apologies_move_a_member() -> None:
    found = held(attendance=Attendance(apologies=[Person("adrian  harper")]))
    assert (found.attendees, found.apologies) == ((SCOTT,), (HARPER,))
    again = held(attendance=Attendance(attendees=[Person("Adrian Harper")]), before=EXPECTED._replace(attendees=(SCOTT,), apologies=(HARPER,)))
    assert again.apologies == ()


def test_whoever_came_besides_is_added_with_the_owners_key() -> None:
    found = held(attendance=Attendance(attendees=[Person("Tim Smith", "Chief Constable", "kent police"), Person("A guest", "Observer", "HMICFRS")]))
    assert found.attendees[2:] == (Person("Tim Smith", "Chief Constable", "Force"), Person("A guest", "Observer", "HMICFRS"))


def test_apologies_of_a_stranger_need_their_role() -> None:
    with pytest.raises(NotFound, match='Tim Smith was not expected at PDB/2026-02-25 .expected: Matthew Scott, Adrian Harper.. Say who it is: --apologies "Name; role; organisation"'):
        held(attendance=Attendance(apologies=[Person("Tim Smith")]))
    assert held(attendance=Attendance(apologies=[Person("Tim Smith", "Chief Constable")])).apologies[0].name == "Tim Smith"


def test_what_cannot_be_marked_as_held() -> None:
    with pytest.raises(Refused, match="on 25 February 2026 or later it can be marked as held"):
        hold(register(EXPECTED), EXPECTED, Details(), Attendance(), day("2026-02-24"))
    fallen = EXPECTED._replace(status="postponed")
    with pytest.raises(Refused, match="was postponed. If it met after all: tracker meeting reinstate PDB/2026-02-25"):
        held(before=fallen)
    with pytest.raises(Refused, match="is marked as held already, and nothing else was said of it"):
        held(before=EXPECTED._replace(status="held"))


def test_a_held_meeting_can_be_written_up_further() -> None:
    found = held(Details(items=[item("1", "Welcome and introduction"), item("2")]), before=EXPECTED._replace(status="held"))
    assert [entry.title for entry in found.items] == ["Welcome and introduction", "Plan delivery"]


def test_agenda_items() -> None:
    change = add_item(register(EXPECTED), EXPECTED, " People ", "5", "cc")
    assert only(dict(change.records)).items[-1] == Item("5", "People", "Force")
    assert change.sentence == "Added item 5 to PDB/2026-02-25: People"


@pytest.mark.parametrize(("numbers", "following"), [([], "1"), (["1", "2"], "3"), (["2", "3i", "3ii"], "4"), (["B1"], "1"), (["9", "10"], "11")])
def test_an_item_without_a_number_takes_the_one_after_the_highest(numbers: list[str], following: str) -> None:
    before = EXPECTED._replace(items=tuple(item(number) for number in numbers))
    assert only(dict(add_item(register(before), before, "People", None, None).records)).items[-1].number == following


def test_items_that_are_refused() -> None:
    with pytest.raises(Refused, match="has an item 1 already"):
        add_item(register(EXPECTED), EXPECTED, "Again", "1", None)
    with pytest.raises(Refused, match="needs a title"):
        add_item(register(EXPECTED), EXPECTED, " ", None, None)
    with pytest.raises(NotFound, match="Did you mean Force"):
        add_item(register(EXPECTED), EXPECTED, "People", None, "Farce")
