from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.builders import action_ref, event, meeting_ref
from tracker.errors import Problem
from tracker.model.records import (
    EVENTS,
    MEETING_STATUSES,
    NEXT_MEETING,
    PUBLISH,
    ROUTES,
    STATUSES,
    Action,
    Board,
    Event,
    Item,
    Meeting,
    Owner,
    Person,
    Record,
    Settings,
)
from tracker.model.references import ActionRef, MeetingRef, Ref
from tracker.storage.fields import from_node, to_fields
from tracker.storage.places import ref_at
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_scalars import write_record

ACTION = action_ref("PDB/2025-11-26/01")
MEETING = meeting_ref("PDB/2025-11-26")


def read(ref: Ref, text: str) -> tuple[Record | None, list[Problem]]:
    return from_node(ref, read_tree(text))


def sound(ref: Ref, text: str) -> Any:
    record, problems = read(ref, text)
    assert problems == []
    return record


DESIGN = {
    "register.yaml": """\
title: Office of the Kent Police and Crime Commissioner
owners:
  Force:
    name: Kent Police
    aliases: [Chief Constable, CC, DCC, DCO]
    email: board-liaison@example.org     # optional
  OPCC:
    name: Office of the Kent Police and Crime Commissioner
    aliases: [PCC, CE, CFO]
commit: true                             # optional: commit every change when in a git work tree (the default)
""",
    "pdb/board.yaml": """\
title: Performance and Delivery Board
chair: Police and Crime Commissioner     # this and all below optional
members:                                 # who normally attends; a new meeting starts from them
  - name: Matthew Scott
    role: Police and Crime Commissioner
    organisation: OPCC
agenda:                                  # standing items; a new meeting starts from them
  - number: "1"
    title: Welcome and introduction
note: Taken from the published notes; where they end, our knowledge ends.    # printed on every paper of the board
""",
    "pdb/2025-11-26/meeting.yaml": """\
status: held            # scheduled | held | postponed | cancelled
time: "10:00"
ends: "12:00"
venue: Clift Room, Kent Police Headquarters, Maidstone
attendees:
  - name: Matthew Scott
    role: Police and Crime Commissioner
    organisation: OPCC
apologies: []
items:
  - number: "3i"
    title: Plan delivery and performance
    lead: Force         # optional
""",
    "pdb/2025-11-26/01.yaml": """\
text: Explore a rural crime update in context for inclusion in the report
item: "3i"              # optional
owners: [Force, OPCC]
due: 2026-06-10         # what holds now
status: discharged      # open | proposed | discharged | withdrawn
tags: [rural-crime]     # optional
history:                # absent while nothing has happened
  - date: 2026-02-25
    event: carried forward
    meeting: PDB/2026-02-25
    from: 2026-02-25
    to: 2026-06-10
    note: Draft with the OPCC for comment
  - date: 2026-06-10
    event: discharged
    meeting: PDB/2026-06-10
    route: paper
    note: Reported in the item 4 paper
""",
}


def in_design(path: str) -> Any:
    ref = ref_at(path)
    assert ref is not None
    return sound(ref, DESIGN[path])


def test_the_register_of_the_design() -> None:
    kent = "Office of the Kent Police and Crime Commissioner"
    force = Owner("Force", "Kent Police", ("Chief Constable", "CC", "DCC", "DCO"), "board-liaison@example.org")
    assert in_design("register.yaml") == Settings(kent, (force, Owner("OPCC", kent, ("PCC", "CE", "CFO"))), True)


def test_the_board_of_the_design() -> None:
    assert in_design("pdb/board.yaml") == Board(
        key="pdb",
        title="Performance and Delivery Board",
        chair="Police and Crime Commissioner",
        members=(Person("Matthew Scott", "Police and Crime Commissioner", "OPCC"),),
        agenda=(Item("1", "Welcome and introduction"),),
        note="Taken from the published notes; where they end, our knowledge ends.",
    )


def test_the_meeting_of_the_design() -> None:
    assert in_design("pdb/2025-11-26/meeting.yaml") == Meeting(
        ref=MEETING,
        status="held",
        time="10:00",
        ends="12:00",
        venue="Clift Room, Kent Police Headquarters, Maidstone",
        attendees=(Person("Matthew Scott", "Police and Crime Commissioner", "OPCC"),),
        items=(Item("3i", "Plan delivery and performance", "Force"),),
    )


def test_the_action_of_the_design() -> None:
    assert in_design("pdb/2025-11-26/01.yaml") == Action(
        ref=ACTION,
        text="Explore a rural crime update in context for inclusion in the report",
        owners=("Force", "OPCC"),
        due=date(2026, 6, 10),
        status="discharged",
        item="3i",
        tags=("rural-crime",),
        history=(
            event("2026-02-25", "carried forward", meeting="PDB/2026-02-25", before="2026-02-25", after="2026-06-10", note="Draft with the OPCC for comment"),
            event("2026-06-10", "discharged", meeting="PDB/2026-06-10", route="paper", note="Reported in the item 4 paper"),
        ),
    )  # fmt: skip


def test_a_new_action_is_written_as_in_the_design() -> None:
    written = write_record(to_fields(in_design("pdb/2025-11-26/01.yaml")))
    bare = "".join(line.partition("  #")[0].rstrip() + "\n" for line in DESIGN["pdb/2025-11-26/01.yaml"].splitlines())
    assert written == bare


def test_a_new_board_is_written_as_in_the_design() -> None:
    bare = "".join(line.partition("  #")[0].rstrip() + "\n" for line in DESIGN["pdb/board.yaml"].splitlines())
    assert write_record(to_fields(in_design("pdb/board.yaml"))) == bare


def test_what_is_not_said() -> None:
    assert sound(ACTION, "text: Do it\n") == Action(ACTION, "Do it")
    assert sound(MEETING, "venue:\n") == Meeting(MEETING)
    assert sound("pdb", "title: Board\n") == Board("pdb", "Board")
    assert sound("register.yaml", "title:\n") == Settings()


@pytest.mark.parametrize("nothing", ["", " ~", " null", " Null", " NULL"])
def test_empty_tilde_and_null_mean_absent_everywhere(nothing: str) -> None:
    optional = [key for key in to_fields(builders.action()) if key != "text"]
    lines = "".join(f"{key}:{nothing}\n" for key in optional)
    assert sound(ACTION, "text: Do it\n" + lines) == Action(ACTION, "Do it")
    meeting = "".join(f"{key}:{nothing}\n" for key in to_fields(builders.meeting()))
    assert sound(MEETING, meeting) == Meeting(MEETING)
    event_lines = "".join(f"    {key}:{nothing}\n" for key in ("meeting", "from", "to", "from_said", "to_said", "route", "note"))
    history = f"text: Do it\nhistory:\n  - date: 2026-01-01\n    event: update\n{event_lines}"
    assert sound(ACTION, history).history == (Event(date(2026, 1, 1), "update"),)


@pytest.mark.parametrize("text, truth", [("true", True), ("True", True), ("yes", True), ("on", True), ("'Y'", True), ("false", False), ("NO", False), ("off", False)])
def test_truth_is_read_as_people_write_it(text: str, truth: bool) -> None:
    assert sound(ACTION, f"text: Do it\nrestricted: {text}\n").restricted is truth
    assert sound("register.yaml", f"commit: {text}\n").commit is truth


def test_the_due_words() -> None:
    assert sound(ACTION, "text: Do it\ndue: next meeting\n").due == NEXT_MEETING
    moved = "text: Do it\nhistory:\n  - date: 2026-01-01\n    event: re-dated\n    from: none\n    to: next meeting\n"
    assert sound(ACTION, moved).history == (Event(date(2026, 1, 1), "re-dated", None, None, NEXT_MEETING),)


def test_references_are_read_in_any_case() -> None:
    text = "text: Do it\nfollows: pdb/2023-06-07/02\nhistory:\n  - {date: 2026-01-01, event: update, meeting: pdb/2025-11-26b}\n"
    record = sound(ACTION, text)
    assert (str(record.follows), str(record.history[0].meeting)) == ("PDB/2023-06-07/02", "PDB/2025-11-26B")


def test_keys_that_nobody_knows_are_passed_over() -> None:
    assert sound(ACTION, "text: Do it\nx-our-ref: [1, {a: b}]\ncategory: 3\n") == Action(ACTION, "Do it")


ENTRY = "text: Do it\nhistory:\n  - date: 2026-01-01\n    event: update\n    note: x\n  - date: 2026-01-02\n    event: %s\n    "
MOVED = ENTRY % "re-dated"
HANDED = ENTRY % "reassigned"
WORDED = ENTRY % "reworded"
PLAIN = ENTRY % "update"
PERSON = "attendees:\n  - name: A\n  - role: r\n    "
ITEM = 'items:\n  - number: "1"\n    title: t\n  - '

# Record, text, line, what the sentence must say, what the advice must say. One row or more for each field.
WRONG: list[tuple[Ref, str, int | None, str, str]] = [
    (ACTION, "item: x\n", None, "text: it is missing", "what is to be done"),
    (ACTION, "item: x\ntext:\n", None, "text: it is missing", "what is to be done"),
    (ACTION, "item: x\ntext: '  '\n", 2, "text: it is missing", "what is to be done"),
    (ACTION, "text: [a]\n", 1, "text: a list", "one value"),
    (ACTION, "text: {a: b}\n", 1, "text: a group of fields", "one value"),
    (ACTION, "text: x\nitem: [3]\n", 2, "item: a list", "one value"),
    (ACTION, "text: x\nowners: Force\n", 2, "owners: the text \"Force\"", "`owners: [Force]`"),
    (ACTION, "text: x\nowners: {a: b}\n", 2, "owners: a group", "list"),
    (ACTION, "text: x\nowners:\n  - Force\n  -\n", 4, "owners 2: the entry is empty", "Delete"),
    (ACTION, "text: x\nowners: [Force, ' ']\n", 2, "owners 2: the entry is empty", "Delete"),
    (ACTION, "text: x\nowners:\n  - Force\n  - a: b\n", 4, "owners 2: a group", "one text"),
    (ACTION, "text: x\ndue: 2025-02-30\n", 2, "due: 30 February 2025 does not exist", "`2026-02-25`"),
    (ACTION, "text: x\ndue: 2025-13-01\n", 2, "due: there is no month 13", "`2026-02-25`"),
    (ACTION, "text: x\ndue: 2025-00-01\n", 2, "due: there is no month 00", "`2026-02-25`"),
    (ACTION, "text: x\ndue: 2023-02-29\n", 2, "due: 29 February 2023 does not exist", "`2026-02-25`"),
    (ACTION, "text: x\ndue: 25.02.2026\n", 2, "due: \"25.02.2026\" is no day", "`next meeting`"),
    (ACTION, "text: x\ndue: 2026-2-5\n", 2, "due: \"2026-2-5\" is no day", "`2026-02-25`"),
    (ACTION, "text: x\ndue: none\n", 2, "due: \"none\" is no day", "`2026-02-25`"),
    (ACTION, "text: x\ndue: ''\n", 2, "due: \"\" is no day", "`2026-02-25`"),
    (ACTION, "text: x\ndue: 2026-02-25T10:00:00Z\n", 2, "due: ", "`2026-02-25`"),
    (ACTION, "text: x\ndue: ２０２６-02-25\n", 2, "due: ", "`2026-02-25`"),
    (ACTION, "text: x\ndue: [2026-02-25]\n", 2, "due: a list", "one value"),
    (ACTION, "text: x\ndue_said: {a: b}\n", 2, "due_said: a group", "one value"),
    (ACTION, "text: x\nstatus: done\n", 2, "status: \"done\" is not known", "`open`, `proposed`, `discharged`, `withdrawn`"),
    (ACTION, "text: x\nstatus: Open\n", 2, "status: \"Open\" is not known", "`open`"),
    (ACTION, "text: x\nstatus: [open]\n", 2, "status: a list", "one value"),
    (ACTION, "text: x\ntags: rural\n", 2, "tags: the text", "`tags: [rural]`"),
    (ACTION, "text: x\ntags: [[a]]\n", 2, "tags 1: a list", "one text"),
    (ACTION, "text: x\nrestricted: perhaps\n", 2, "restricted: \"perhaps\" is neither", "`true` or `false`"),
    (ACTION, "text: x\nrestricted: [true]\n", 2, "restricted: a list", "one value"),
    (ACTION, "text: x\nfollows: PDB/2025-11-26\n", 2, "follows: \"PDB/2025-11-26\" is no action", "`PDB/2025-11-26/01`"),
    (ACTION, "text: x\nfollows: PDB/2025-02-30/01\n", 2, "follows: ", "`PDB/2025-11-26/01`"),
    (ACTION, "text: x\nfollows: ../../etc/passwd\n", 2, "follows: ", "`PDB/2025-11-26/01`"),
    (ACTION, "text: x\nfollows: PDB/2025-11-26/1\n", 2, "follows: ", "`PDB/2025-11-26/01`"),
    (ACTION, "text: x\nfollows: [a]\n", 2, "follows: a list", "one value"),
    (ACTION, "text: x\nformerly: [PDB/2025-11-26/01, 3]\n", 2, "formerly: \"3\" is no action", "`PDB/2025-11-26/01`"),
    (ACTION, "text: x\nformerly: PDB/2025-11-26/01\n", 2, "formerly: the text", "`formerly: [PDB/2025-11-26/01]`"),
    (ACTION, "text: x\nhistory: none yet\n", 2, "history: the text", "list"),
    (ACTION, "text: x\nhistory:\n  date: 2026-01-01\n", 3, "history: a group", "list"),
    (ACTION, "text: x\nhistory: [discharged]\n", 2, "history 1: the text \"discharged\"", "`- date: …`"),
    (ACTION, "text: x\nhistory:\n  - date: 2026-01-01\n    event: update\n  -\n", 5, "history 2: the text \"\"", "`- date: …`"),
    (ACTION, "text: x\nhistory:\n  - event: update\n", 3, "history 1, date: it is missing", "`date:`"),
    (ACTION, "text: x\nhistory:\n  - date: 2026-01-01\n", 3, "history 1, event: it is missing", "`re-dated`"),
    (ACTION, "text: x\nhistory:\n  - date: 2026-01-01\n    event:\n", 3, "history 1, event: it is missing", "`update`"),
    (ACTION, ENTRY % "done", 7, "history 2, event: \"done\" is not known", "`carried forward`"),
    (ACTION, ENTRY % "[update]", 7, "history 2, event: a list", "one value"),
    (ACTION, PLAIN.replace("2026-01-02", "2026-04-31"), 6, "history 2, date: 31 April 2026 does not exist", "`2026-02-25`"),
    (ACTION, PLAIN.replace("2026-01-02", "yesterday"), 6, "history 2, date: \"yesterday\" is no day", "`2026-02-25`"),
    (ACTION, PLAIN + "meeting: PDB\n", 8, "history 2, meeting: \"PDB\" is no meeting", "`PDB/2025-11-26`"),
    (ACTION, PLAIN + "meeting: PDB/2025-11-31\n", 8, "history 2, meeting: ", "`PDB/2025-11-26`"),
    (ACTION, PLAIN + "meeting: {a: b}\n", 8, "history 2, meeting: a group", "one value"),
    (ACTION, PLAIN + "route: by post\n", 8, "history 2, route: \"by post\" is not known", "`out of meeting`"),
    (ACTION, PLAIN + "route: [paper]\n", 8, "history 2, route: a list", "one value"),
    (ACTION, PLAIN + "note: [a]\n", 8, "history 2, note: a list", "one value"),
    (ACTION, PLAIN + "from_said: [a]\n", 8, "history 2, from_said: a list", "one value"),
    (ACTION, PLAIN + "to_said: [a]\n", 8, "history 2, to_said: a list", "one value"),
    (ACTION, MOVED + "from: 2026-01-01\n", 6, "history 2, to: it is missing", "`none`"),
    (ACTION, MOVED + "to: 2026-01-01\n", 6, "history 2, from: it is missing", "`none`"),
    (ACTION, MOVED + "from: none\n    to: 2026-06-31\n", 9, "history 2, to: 30", "`2026-02-25`"),
    (ACTION, MOVED + "from: spring\n    to: none\n", 8, "history 2, from: \"spring\" is no day", "`next meeting`"),
    (ACTION, MOVED + "from: none\n    to: [none]\n", 9, "history 2, to: a list", "one value"),
    (ACTION, HANDED + "from: [a]\n", 6, "history 2, to: it is missing", "`[]`"),
    (ACTION, HANDED + "from: a\n    to: [b]\n", 8, "history 2, from: the text", "`from: [a]`"),
    (ACTION, WORDED + "from: a\n", 6, "history 2, to: it is missing", "text of the action"),
    (ACTION, WORDED + "from: [a]\n    to: b\n", 8, "history 2, from: a list", "one value"),
    (MEETING, "status: done\n", 1, "status: \"done\" is not known", "`scheduled`, `held`, `postponed`, `cancelled`"),
    (MEETING, "status: {a: b}\n", 1, "status: a group", "one value"),
    (MEETING, "postponed_to: 2020-02-30\n", 1, "postponed_to: 30 February 2020 does not exist", "`2026-02-25`"),
    (MEETING, "postponed_to: tbc\n", 1, "postponed_to: \"tbc\" is no day", "`2026-02-25`"),
    (MEETING, "time: 25:00\n", 1, "time: \"25:00\" is no time", '"09:30"'),
    (MEETING, "time: 10am\n", 1, "time: \"10am\" is no time", '"09:30"'),
    (MEETING, "time: [10]\n", 1, "time: a list", "one value"),
    (MEETING, "ends: 9:30\n", 1, "ends: \"9:30\" is no time", '"09:30"'),
    (MEETING, "venue: [a]\n", 1, "venue: a list", "one value"),
    (MEETING, "attendees: Matthew Scott\n", 1, "attendees: the text", "list"),
    (MEETING, "attendees: [Matthew Scott]\n", 1, "attendees 1: the text", "`- name: …`"),
    (MEETING, PERSON + "organisation: o\n", 3, "attendees 2, name: it is missing", "`name:`"),
    (MEETING, PERSON + "name: [a]\n", 4, "attendees 2, name: a list", "one value"),
    (MEETING, "apologies:\n  - name: A\n    role: {a: b}\n", 3, "apologies 1, role: a group", "one value"),
    (MEETING, "apologies:\n  - name: A\n    organisation: [a]\n", 3, "apologies 1, organisation: a list", "one value"),
    (MEETING, "items: {a: b}\n", 1, "items: a group", "list"),
    (MEETING, ITEM + "title: u\n", 4, "items 2, number: it is missing", "`number:`"),
    (MEETING, ITEM + "number: 2\n", 4, "items 2, title: it is missing", "`title:`"),
    (MEETING, ITEM + "number: [2]\n    title: u\n", 4, "items 2, number: a list", "one value"),
    (MEETING, ITEM + "number: 2\n    title: u\n    lead: [a]\n", 6, "items 2, lead: a list", "one value"),
    (MEETING, ITEM + "number: 2\n    title: u\n    restricted: often\n", 6, "items 2, restricted: \"often\" is neither", "`true` or `false`"),
    ("pdb", "chair: x\n", None, "title: it is missing", "name of the board"),
    ("pdb", "title: [a]\n", 1, "title: a list", "one value"),
    ("pdb", "title: x\nchair: [a]\n", 2, "chair: a list", "one value"),
    ("pdb", "title: x\nmembers: a\n", 2, "members: the text", "list"),
    ("pdb", "title: x\nagenda: [Welcome]\n", 2, "agenda 1: the text", "`- number: …`"),
    ("pdb", "title: x\nnote: {a: b}\n", 2, "note: a group", "one value"),
    ("pdb", "title: x\nauthor: [a]\n", 2, "author: a list", "one value"),
    ("pdb", "title: x\nclassification: {a: b}\n", 2, "classification: a group", "one value"),
    ("pdb", "title: x\npublish: everything\n", 2, "publish: \"everything\" is not known", "`public`, `internal`"),
    ("pdb", "title: x\npublish: [public]\n", 2, "publish: a list", "one value"),
    ("register.yaml", "title: [a]\n", 1, "title: a list", "one value"),
    ("register.yaml", "owners: [Force]\n", 1, "owners: a list", "below `owners:`"),
    ("register.yaml", "owners:\n  Force: Kent Police\n", 2, "owners Force: the text", "`    name: …`"),
    ("register.yaml", "owners:\n  Force:\n", 2, "owners Force, name: it is missing", "full name"),
    ("register.yaml", "owners:\n  Force:\n    email: x\n", 3, "owners Force, name: it is missing", "full name"),
    ("register.yaml", "owners:\n  Force:\n    name: x\n    aliases: CC\n", 4, "owners Force, aliases: the text", "`aliases: [CC]`"),
    ("register.yaml", "owners:\n  Force:\n    name: x\n    email: [a]\n", 4, "owners Force, email: a list", "one value"),
    ("register.yaml", "commit: sometimes\n", 1, "commit: \"sometimes\" is neither", "`true` or `false`"),
]  # fmt: skip


@pytest.mark.parametrize("ref, text, line, message, advice", WRONG)
def test_a_wrong_field_is_named_with_line_cause_and_remedy(ref: Ref, text: str, line: int | None, message: str, advice: str) -> None:
    record, problems = read(ref, text)
    problem = next(problem for problem in problems if problem.severity == "error")
    assert record is None
    if message.endswith("to: 30"):
        message = "history 2, to: 31 June 2026"
    assert message in problem.message
    assert advice in problem.advice
    assert problem.line == line
    assert str(problem).isprintable()


def test_every_field_has_a_row_of_its_own() -> None:
    """A field added to the model must be added to the table above too."""
    tried = {word.strip(",") for _, _, _, message, _ in WRONG for word in message.split(":")[0].split()}
    records = (builders.action(history=[event("2026-01-01")]), builders.meeting(attendees=(Person("a"),), items=(Item("1", "t"),)), builders.board(), builders.settings(commit=False))
    assert set().union(*(keys_of(to_fields(record)) for record in records)) - {"Force", "OPCC"} <= tried


def keys_of(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*(keys_of(inner) for inner in value.values()))
    return set().union(*(keys_of(inner) for inner in value)) if isinstance(value, list) else set()


def test_all_that_is_wrong_is_told_at_once() -> None:
    text = "owners: Force\ndue: 2025-02-30\nstatus: done\nhistory:\n  - event: gone\n  - date: 2026-01-01\n    event: re-dated\n    to: soon\n"
    record, problems = read(ACTION, text)
    assert record is None
    names = [problem.message.split(":")[0] for problem in problems]
    assert sorted(names) == sorted(["text", "owners", "due", "status", "history 1, event", "history 1, date", "history 2, from", "history 2, to"])


@pytest.mark.parametrize(
    "ref, text, line, like",
    [
        (ACTION, "text: x\nower: [Force]\n", 2, "`owners:`"),
        (ACTION, "text: x\nDue: 2026-01-01\n", 2, "`due:`"),
        (ACTION, "text: x\nowner: Force\n", 2, "`owners:`"),
        (ACTION, "text: x\nhistory:\n  - date: 2026-01-01\n    event: update\n    notes: y\n", 5, "`note:`"),
        (MEETING, "Status: held\n", 1, "`status:`"),
        (MEETING, "attendes: []\n", 1, "`attendees:`"),
        ("pdb", "title: x\nmember: []\n", 2, "`members:`"),
        ("register.yaml", "title: x\nowners:\n  Force:\n    name: y\n    alias: [z]\n", 5, "`aliases:`"),
    ],
)
def test_a_key_that_is_nearly_one_of_ours_is_a_warning(ref: Ref, text: str, line: int, like: str) -> None:
    record, problems = read(ref, text)
    assert record is not None
    (problem,) = problems
    assert (problem.severity, problem.line) == ("warning", line)
    assert like in problem.advice


def test_from_and_to_of_an_event_that_has_none_are_a_warning() -> None:
    record, problems = read(ACTION, PLAIN + "to: 2026-01-01\n")
    assert record is not None
    assert [(problem.severity, problem.line) for problem in problems] == [("warning", 8)]


def test_values_in_sentences_are_short_and_visible() -> None:
    _, problems = read(ACTION, 'text: x\nstatus: "\\e[31m\\u202e' + "x" * 10_000 + '"\n')
    assert len(str(problems[0])) < 300
    assert str(problems[0]).isprintable()
    assert "\\x1b[31m\\u202e" in str(problems[0])


# Any text that a file can hold; surrogates cannot stand in UTF-8.
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30),
    st.sampled_from(["NO", "yes", "10:00", "#3", ": ", "'", '"', "''", "- x", "---", "~", "null", "3.10", "010", "0x1F", "1e3",
                     ".inf", "=", "<<", "a\nb", "\n", "\t", " x ", "a: b", "[a", "{a", "&a", "*a", "!a", "%a", "@a", "`a", "🚓",
                     "\x85", "\u2028", "\ufeff", "\x00", "\x1b[0m", "none", "next meeting", "2026-02-25", "x" * 10_000]),
)  # fmt: skip
said = texts.filter(lambda text: bool(text.strip()))
maybe = st.none() | texts
days = st.dates(date(1000, 1, 1), date(9999, 12, 31))
keys = st.from_regex(r"[a-z][a-z0-9-]{0,10}", fullmatch=True).filter(lambda key: ref_at(f"{key}/board.yaml") is not None)
meeting_refs = st.builds(MeetingRef, keys, days, st.sampled_from(["", "b", "z"]))
action_refs = st.builds(ActionRef, meeting_refs, st.integers(1, 999_999))
dues = st.none() | days | st.just(NEXT_MEETING)
times = st.none() | st.times().map(lambda time: time.strftime("%H:%M"))


def tuples(values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, max_size=3).map(tuple)


CHANGED = {"carried forward": dues, "re-dated": dues, "reassigned": tuples(said), "reworded": said}


@st.composite
def events(draw: st.DrawFn) -> Event:
    kind = draw(st.sampled_from(EVENTS))
    changed = CHANGED.get(kind, st.none())
    return Event(
        date=draw(days),
        event=kind,
        meeting=draw(st.none() | meeting_refs),
        before=draw(changed),
        after=draw(changed),
        before_said=draw(maybe),
        after_said=draw(maybe),
        route=draw(st.none() | st.sampled_from(ROUTES)),
        note=draw(maybe),
    )


people = tuples(st.builds(Person, said, maybe, maybe))
items = tuples(st.builds(Item, said, said, maybe, st.booleans()))
actions = st.builds(
    Action, action_refs, said, tuples(said), dues, maybe, st.sampled_from(STATUSES), maybe, tuples(said),
    st.booleans(), st.none() | action_refs, tuples(events()), tuples(action_refs),
)  # fmt: skip
meetings = st.builds(
    Meeting, meeting_refs, st.sampled_from(MEETING_STATUSES), st.none() | days, times, times, maybe, people, people, items
)
boards = st.builds(
    Board, keys, said, maybe, people, items, maybe, maybe, maybe, st.none() | st.sampled_from(PUBLISH),
)  # fmt: skip
# Keys of mappings are held to be short and plain by the reader of the text, values are not.
owner_keys = st.from_regex(r"[A-Za-z][A-Za-z0-9 &-]{0,20}[A-Za-z0-9]", fullmatch=True)
owners = st.builds(Owner, owner_keys, said, tuples(said), maybe)
registers = st.builds(Settings, texts, st.lists(owners, max_size=3, unique_by=lambda owner: owner.key).map(tuple), st.booleans())


@given(st.one_of(actions, meetings, boards, registers))
@settings(deadline=None, derandomize=True, max_examples=400)
def test_every_record_comes_back_from_its_file(record: Record) -> None:
    text = write_record(to_fields(record)) or "title:\n"
    ref = ref_at(record.path)
    assert ref is not None
    assert from_node(ref, read_tree(text)) == (record, [])


def test_the_line_end_of_a_block_text_is_no_part_of_it() -> None:
    tree = read_tree("text: |\n  Explore a rural crime update\nowners: [Force]\n")
    found, problems = from_node(ACTION, tree)
    assert isinstance(found, Action) and found.text == "Explore a rural crime update" and problems == []
