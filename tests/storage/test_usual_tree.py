"""The tree of a text in the usual form is, in every field of every node, the tree that the parser makes of it."""

import random
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.cli.program import Office
from tests.growth import IN_PROPORTION, growth
from tests.storage.hand_edited import hand_edited
from tests.storage.test_fields import ACTION, DESIGN, actions, boards, meetings, registers
from tests.storage.test_usual import FORMS, HOSTILE, LEFT, REFS, SEEDS, SHIPPED, USUAL, mutated
from tests.storage.test_yaml_edit import RECORDS
from tracker.errors import TrackerError
from tracker.model.records import Action, Record
from tracker.storage import yaml_edit
from tracker.storage.fields import to_fields
from tracker.storage.fields_read import from_usual
from tracker.storage.yaml_edit import edit_record
from tracker.storage.yaml_nodes import ListNode, MapNode
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_scalars import Fields, write_record
from tracker.storage.yaml_text import MAX_KEY, BadText, decode
from tracker.storage.yaml_usual import MOST_BYTES, values_in
from tracker.storage.yaml_usual_tree import usual_tree

EVENT: Fields = {"date": "2026-06-10", "event": "discharged", "note": "It's done: £5m # 🚓"}
OWNERS = "title: Office\nowners:\n  Kent & Medway:\n    name: A\n    aliases: [CC, \"DCC\"]\n  Force:\n    name: 'B'\n"


def agree(text: str) -> bool:
    """Whether the quick reading takes the text, of which it must then make the tree that the parser makes."""
    tree = usual_tree(text)
    if tree is not None:
        # nodes of two kinds with the same fields are equal as tuples, but not as they are shown
        assert (tree, repr(tree)) == (read_tree(text), repr(read_tree(text))), text
    return tree is not None


def text_of(content: bytes) -> str | None:
    try:
        return decode(content).text
    except BadText:
        return None


def both_ends(text: str) -> Iterator[str]:
    """The text as it is, and with its last line ended the other way."""
    yield text
    yield text.removesuffix("\n") if text.endswith("\n") else text + "\n"


def test_every_shipped_record_in_either_end() -> None:
    assert [path for path in SHIPPED for text in both_ends(SHIPPED[path].decode()) if not agree(text)] == []


@pytest.mark.parametrize("text", [USUAL, "# One of ours.\n\n" + USUAL.replace("\nowners", "\n\n# who: a\n#\nowners"), OWNERS,
                                  "text: é 🚓\nitem: 'it''s'\ntags: [é, \"\", \"3i\"]\nstatus: \"a\\nb \\\" c\"\n"])  # fmt: skip
def test_the_usual_form(text: str) -> None:
    assert all(map(agree, both_ends(text)))


def test_a_value_stands_where_it_is_found() -> None:
    text = "# who\n\ntext: 'it''s'\nhistory:\n  - date: 2026-06-10\n    note: \"a\\nb\"\ntags: [a b, \"3i\"]"
    tree = usual_tree(text)
    assert tree is not None
    place = {key.text: (key.line, text[key.start : key.end], text[node.start : node.end]) for key, node in tree.pairs}
    assert place == {
        "text": (3, "text", "'it''s'"),
        "history": (4, "history", "- date: 2026-06-10\n    note: \"a\\nb\""),
        "tags": (7, "tags", '[a b, "3i"]'),
    }
    history, tags = tree.get("history"), tree.get("tags")
    assert isinstance(history, ListNode) and isinstance(tags, ListNode) and isinstance(history.items[0], MapNode)
    assert [text[item.start : item.end] for item in tags.items] == ["a b", '"3i"']
    note = history.items[0].get("note")
    assert note is not None and (note.line, text[note.start : note.end]) == (6, '"a\\nb"')


@pytest.mark.parametrize("path", DESIGN)
def test_the_records_of_the_design(path: str) -> None:
    agree(DESIGN[path])


@given(st.one_of(actions, meetings, boards, registers))
@settings(deadline=None, derandomize=True, max_examples=120)
def test_every_record_that_the_program_can_write(record: Record) -> None:
    text = write_record(to_fields(record))
    taken = [agree(ending) for ending in both_ends(text)]
    assert all(taken) or from_usual(ACTION, text.encode()) is None


@pytest.mark.parametrize("seed", SEEDS)
def test_hand_edited_records(seed: int) -> None:
    text = hand_edited(seed).text
    agree(text)
    agree(text.replace("\r\n", "\n"))


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_mutations_of_records_in_the_usual_form(form: int) -> None:
    chance = random.Random(form + 100)
    texts = (text_of(mutated(chance, FORMS[form])) for _ in range(600))
    taken = sum(agree(text) for text in texts if text is not None)
    assert 25 < taken < 575


@pytest.mark.parametrize("form", (USUAL, OWNERS))
def test_lines_left_out_put_in_or_in_another_order(form: str) -> None:
    chance = random.Random(11)
    taken = 0
    for _ in range(600):
        lines = form.splitlines(keepends=True)
        for _ in range(chance.randint(1, 2)):
            line = lines.pop(chance.randrange(len(lines)))
            if chance.random() < 0.6:
                lines.insert(chance.randint(0, len(lines)), chance.choice((line, line, "# c: d\n" + line, "\n" + line)))
        taken += agree("".join(lines))
    assert 60 < taken < 540


@given(st.text(alphabet="ab:-# \n'\"[],&*!|>%\\0~.é🚓", max_size=30), st.sampled_from(("text: {}\n", "text: a\n{}", "tags: [{}]\n",
       "h:\n  - date: a\n    {}: b\n", "h:\n  - {}\n", "o:\n  {}:\n    a: b\n", "{}: a\n", 'text: "{}"\n', "text: '{}'\nitem: b\n")))  # fmt: skip
@settings(deadline=None, derandomize=True, max_examples=1000)
def test_any_value_and_any_key_in_any_place(value: str, form: str) -> None:
    agree(form.replace("{}", value))


KEYS = ("{}: a\n", "h:\n  - {}: a\n", "h:\n  - a: b\n    {}: a\n", "o:\n  {}:\n    a: b\n", "o:\n  A:\n    {}: b\n")


@pytest.mark.parametrize("form", KEYS)
def test_a_key_is_as_long_as_the_parser_lets_it_be(form: str) -> None:
    assert agree(form.replace("{}", "a" * MAX_KEY))
    assert usual_tree(form.replace("{}", "a" * (MAX_KEY + 1))) is None
    with pytest.raises(BadText):
        read_tree(form.replace("{}", "a" * (MAX_KEY + 1)))


@pytest.mark.parametrize("key", ("<<", "'a'", '"a"', "? a", "- a", "&a b", "!t a", "*a", "[a]", "{a", " a", "a ", "a b", "a#", "A", "é", "", "a: b"))
@pytest.mark.parametrize("form", KEYS)
def test_a_key_in_another_form_is_left_to_the_parser(form: str, key: str) -> None:
    taken = agree(form.replace("{}", key))
    assert not taken or (key in ("A", "a b") and "{}:\n" in form) or key == "a: b"


@pytest.mark.parametrize("name", LEFT)
def test_what_the_quick_reading_of_values_leaves_is_left(name: str) -> None:
    text = LEFT[name].encode(errors="surrogateescape").decode(errors="surrogateescape")
    assert values_in(text) is not None or usual_tree(text) is None
    agree(text)


def test_half_a_character_is_left_to_the_parser() -> None:
    assert usual_tree("text: \ud800\n") is None


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("start", ("", 'text: "', "text: [", "text: a\nhistory:\n  - date: "))
def test_the_time_grows_with_the_text(name: str, start: str) -> None:
    piece = HOSTILE[name].decode()
    for end in ("", '"\n', "]\n", "\n"):

        def read(size: int) -> partial[object]:
            return partial(usual_tree, start + piece * ((size - len(start) - len(end)) // len(piece)) + end)

        assert growth(read, MOST_BYTES) < IN_PROPORTION, end


def outcome(text: str, old: Fields, new: Fields) -> str:
    """The text after a change, or the sentence of its refusal."""
    try:
        return edit_record(text, old, new)
    except TrackerError as refused:
        return f"{type(refused).__name__}: {refused}"


def same_bytes(text: str, old: Fields, new: Fields) -> bool:
    """Whether the quick reading has a part in a change, which must then be the one that the parser's tree gives."""
    quick = outcome(text, old, new)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_edit, "usual_tree", lambda text: None)
        assert outcome(text, old, new) == quick, text
    return usual_tree(text) is not None


def changes(old: Fields) -> Iterator[Fields]:
    """The record after each of the usual changes, and after some that are not."""
    history = old.get("history")
    events = history if isinstance(history, list) else []
    yield {**old, "status": "discharged", "history": [*events, EVENT]}
    yield {**old, "history": events[1:] or None, "due": "2026-06-10", "due_said": None}
    yield {**old, "text": "NO: it's\n", "owners": ["OPCC", "A, b"], "tags": None, "item": None}
    yield {**old, "history": [*events[:-1], EVENT, *events[-1:]], "owners": [], "formerly": ["PDB/2026-02-25/01"]}


@given(RECORDS, RECORDS)
@settings(deadline=None, derandomize=True, max_examples=150)
def test_any_record_becomes_any_other_as_with_the_parser(old: Fields, new: Fields) -> None:
    for text in both_ends(write_record(old)):
        same_bytes(text, old, new)


@given(actions, actions)
@settings(deadline=None, derandomize=True, max_examples=50)
def test_any_action_becomes_any_other_as_with_the_parser(old: Action, new: Action) -> None:
    same_bytes(write_record(to_fields(old)), to_fields(old), to_fields(new))


def test_changes_of_hand_edited_records_are_those_made_with_the_parser() -> None:
    for seed in SEEDS[::4]:
        sample = hand_edited(seed)
        for new in changes(sample.fields):
            same_bytes(sample.text, sample.fields, new)


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_changes_of_mutated_records_are_those_made_with_the_parser(form: int) -> None:
    chance = random.Random(form)
    contents = [FORMS[form], *(mutated(chance, FORMS[form]) for _ in range(300))]
    records = [(content.decode(), record) for content in contents if (record := from_usual(REFS[form], content))]
    fields = [(text, to_fields(record)) for text, record in records]
    assert sum(same_bytes(text, old, new) for text, old in fields for new in changes(old)) > 16


def test_changes_below_comments_and_blank_lines_are_those_made_with_the_parser() -> None:
    chance = random.Random(3)
    record = from_usual(ACTION, USUAL.encode())
    assert record is not None
    old = to_fields(record)
    for _ in range(40):
        keys = re.split(r"\n(?=[a-z])", USUAL.removesuffix("\n"))
        chance.shuffle(keys)
        lead = ("", "", "# due: never\n", "\n", "\n# who\n#\n\n")
        text = "\n".join(chance.choice(lead) + key for key in keys)
        assert all(same_bytes(ending, old, new) for ending in both_ends(text) for new in changes(old))


def office(folder: Path, text: str) -> Office:
    root = builders.on_disk(folder / "office", builders.meeting("PDB/2025-11-26"), builders.action("PDB/2025-11-26/01"))
    (root / "pdb/2025-11-26/01.yaml").write_text(text)
    return Office(folder, root)


def discharged(desk: Office) -> str:
    """What a discharge in a process of its own imports, line by line."""
    said = ("discharge", "PDB/2025-11-26/01", "--outcome", "It's done: #1", "--no-commit")
    ran = desk.process(*said, PYTHONPROFILEIMPORTTIME="1")
    assert ran.status == 0, ran
    assert "status: discharged" in desk.text("pdb/2025-11-26/01.yaml")
    return ran.err


def test_a_discharge_of_a_record_in_the_usual_form_needs_no_parser(tmp_path: Path) -> None:
    imported = discharged(office(tmp_path, "text: Explore\nowners: [Force]\nstatus: open\n"))
    assert "tracker.storage.yaml_edit" in imported
    assert "ruamel" not in imported


def test_a_discharge_of_a_record_in_another_form_asks_the_parser(tmp_path: Path) -> None:
    desk = office(tmp_path, "text: Explore   # mine\nowners: [Force]\nstatus: open\n")
    assert "ruamel" in discharged(desk)
    assert desk.text("pdb/2025-11-26/01.yaml").startswith("text: Explore   # mine\n")
