"""The quick reading of the usual form says what the careful reading says, or leaves the file to it."""

import random
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.growth import IN_PROPORTION, growth
from tests.storage.hand_edited import hand_edited
from tests.storage.test_fields import ACTION, DESIGN, MEETING, actions, boards, meetings, registers
from tracker.errors import Problem
from tracker.model.records import Action, Record
from tracker.model.references import Ref
from tracker.storage.fields import to_fields
from tracker.storage.fields_read import from_node, from_usual
from tracker.storage.places import ref_at
from tracker.storage.yaml_read import MAX_NODES, read_tree
from tracker.storage.yaml_scalars import write_record
from tracker.storage.yaml_text import BadText, decode
from tracker.storage.yaml_usual import MOST_BYTES

RECORDS = Path(__file__).parents[2] / "records"
SHIPPED = {path.relative_to(RECORDS).as_posix(): path.read_bytes() for path in sorted(RECORDS.glob("**/*.yaml"))}
USUAL = write_record(
    to_fields(
        builders.action(
            item="3i", owners=("Force", "OPCC"), due="2026-06-10", status="discharged", tags=("rural-crime",),
            follows="PDB/2023-06-07/02", restricted=True,
            history=[
                builders.event("2026-02-25", "carried forward", meeting="PDB/2026-02-25", before=None, after="next meeting"),
                builders.event("2026-03-01", "reassigned", before=("Force",), after=(), note='Kent\'s "new" \\ team\nand: #2'),
                builders.event("2026-06-10", "discharged", meeting="PDB/2026-06-10", route="paper", note="It's done: 'yes'"),
            ],
        )
    )
)  # fmt: skip
SEEDS = range(320)


def careful(ref: Ref, content: bytes) -> tuple[Record | None, list[Problem]] | None:
    """What the careful reading finds; None for a file that it refuses."""
    try:
        return from_node(ref, read_tree(decode(content).text))
    except BadText:
        return None


def agree(ref: Ref, content: bytes) -> bool:
    """Whether the quick reading takes the file, which it must then read as the careful one does, with no problem."""
    record = from_usual(ref, content)
    if record is not None:
        expected = careful(ref, content)
        assert expected == (record, []), content
        assert repr(expected) == repr((record, []))
    return record is not None


def ref_of(path: str) -> Ref:
    ref = ref_at(path)
    assert ref is not None
    return ref


def test_every_shipped_record_but_that_of_the_owners_is_in_the_usual_form() -> None:
    assert [path for path, content in SHIPPED.items() if not agree(ref_of(path), content)] == []


def test_all_that_the_program_writes_for_an_action_is_in_the_usual_form() -> None:
    assert agree(ACTION, USUAL.encode())
    assert agree(ACTION, USUAL.encode().removesuffix(b"\n"))
    assert agree(ACTION, b"# One of ours.\n\n" + USUAL.replace("owners", "\n# who\n\nowners").encode())


@pytest.mark.parametrize("path", DESIGN)
def test_the_records_of_the_design(path: str) -> None:
    agree(ref_of(path), DESIGN[path].encode())


@given(st.one_of(actions, meetings, boards, registers))
@settings(deadline=None, derandomize=True, max_examples=250)
def test_every_record_that_the_program_can_write(record: Record) -> None:
    agree(ref_of(record.path), write_record(to_fields(record)).encode())


plain_words = st.from_regex(r"[A-Za-z][a-z0-9]*( [a-z0-9(&£–é#:'\"\\,-]{1,9})*", fullmatch=True)


@given(actions, plain_words, plain_words)
@settings(deadline=None, derandomize=True, max_examples=120)
def test_whatever_is_an_ordinary_text_is_in_the_usual_form(action: Action, text: str, note: str) -> None:
    history = tuple(event._replace(note=note, before=None, after=None, event="update", before_said=None, after_said=None)
                    for event in action.history)  # fmt: skip
    ordinary = action._replace(text=text, owners=("Force",), tags=(), due_said=None, item="3i", history=history)
    assert agree(action.ref, write_record(to_fields(ordinary)).encode())


@pytest.mark.parametrize("seed", SEEDS)
def test_hand_edited_records(seed: int) -> None:
    sample = hand_edited(seed)
    agree(ACTION, sample.text.encode())
    agree(ACTION, b"\xef\xbb\xbf" + sample.text.encode())
    agree(ACTION, sample.text.replace("\r\n", "\n").encode())


PIECES = (
    b"\t", b" ", b"  ", b"    ", b"\n", b"\n\n", b"\r\n", b"\r", b"\0", b"\xef\xbb\xbf", b"\xff", b"\xc2\xa0", b"\xc2\x85",
    b"\xe2\x80\xa8", b"#", b" #", b"# c\n", b":", b": ", b",", b", ", b"-", b"- ", b"\n  - ", b"\n- ", b"[", b"]", b"{", b"}",
    b"&a ", b"*a", b"!t ", b"! ", b"%", b"@", b"`", b"|", b"|\n", b">\n", b"?", b"? ", b"'", b"''", b'"', b'""', b"\\", b"\\n",
    b"\\x41", b"~", b"null", b"<<: ", b"---\n", b"...\n", b"=======\n", b"text: a\n", b"note: b\n", b"\n    note: c", b"\n      d",
    b"\n  e", b"due:\n", b"due: 2025-02-30\n", b"history: []\n", b"tags: [a, null]\n", b"1", b"x", "\u00e9".encode(), "\u200b".encode(),
)  # fmt: skip
FORMS = [USUAL.encode(), *(SHIPPED[path] for path in sorted(SHIPPED, key=lambda path: -len(SHIPPED[path]))[:3])]
REFS = [ACTION, *(ref_of(path) for path in sorted(SHIPPED, key=lambda path: -len(SHIPPED[path]))[:3])]


def mutated(chance: random.Random, content: bytes) -> bytes:
    """The bytes with one to three of them replaced, taken out or put in, often at the edge of a line or a value."""
    for _ in range(chance.choice((1, 1, 2, 3))):
        edges = [at + 1 for at in range(len(content)) if content[at : at + 1] in b"\n :[,\"'"] or [0]
        at = chance.choice((chance.choice(edges), chance.choice(edges), chance.randint(0, len(content))))
        out = chance.choice((0, 0, 0, 1, 2, 4))
        content = content[:at] + chance.choice((*PIECES, b"")) + content[at + out :]
    return content


@pytest.mark.parametrize("form", range(len(FORMS)))
def test_mutations_of_records_in_the_usual_form(form: int) -> None:
    chance = random.Random(form)
    taken = sum(agree(REFS[form], mutated(chance, FORMS[form])) for _ in range(1000))
    assert 40 < taken < 960


def test_lines_left_out_put_in_or_in_another_order() -> None:
    chance = random.Random(7)
    taken = 0
    for _ in range(1000):
        lines = USUAL.splitlines(keepends=True)
        for _ in range(chance.randint(1, 2)):
            line = lines.pop(chance.randrange(len(lines)))
            if chance.random() < 0.6:
                lines.insert(chance.randint(0, len(lines)), line)
        taken += agree(ACTION, "".join(lines).encode())
    assert taken > 100


@given(st.text(alphabet="ab:-# \n'\"[],&*!|>%\\0~.é", max_size=30), st.sampled_from(("text: {}\n", "text: a\n{}", "tags: [{}]\n",
       "text: a\nhistory:\n  - date: 2026-02-25\n    event: update\n    note: {}\n", 'text: "{}"\n', "text: '{}'\nitem: b\n")))  # fmt: skip
@settings(deadline=None, derandomize=True, max_examples=1000)
def test_any_value_in_any_place(value: str, form: str) -> None:
    agree(ACTION, form.replace("{}", value).encode())


LEFT = {
    "nothing at all": "",
    "only a comment": "# none\n",
    "an anchor": "text: &a b\n",
    "an alias": "text: *a\n",
    "a tag": "text: !x b\n",
    "a directive": "%YAML 1.1\n---\ntext: a\n",
    "a second document": "text: a\n---\ntext: b\n",
    "a merge key": "<<: {text: a}\n",
    "a doubled key": "text: a\ntext: a\n",
    "a doubled key of an event": "text: a\nhistory:\n  - date: 2026-02-25\n    date: 2026-02-25\n    event: update\n",
    "a tab": "text: a\tb\n",
    "a carriage return": "text: a\r\n",
    "a text on two lines": "text: a\n  b\n",
    "a text below its key": "text:\n  a\n",
    "a comment behind a value": "text: a # b\n",
    "a colon in a plain text": "text: a: b\n",
    "a conflict": "text: a\n<<<<<<< ours\nitem: b\n",
    "an unknown key": "text: a\nower: Force\n",
    "an absent value": "text: a\ndue: null\n",
    "an absent owner": "text: a\nowners: [null]\n",
    "an empty owner": 'text: a\nowners: [" "]\n',
    "no text": "owners: [Force]\n",
    "a blank text": 'text: " "\n',
    "a day that does not exist": "text: a\ndue: 2026-02-30\n",
    "an unknown status": "text: a\nstatus: shut\n",
    "a list for a text": "text: [a]\n",
    "a text for a list": "text: a\nowners: Force\n",
    "texts for events": "text: a\nhistory: [a]\n",
    "an event without a day": "text: a\nhistory:\n  - event: update\n",
    "an event of no kind": "text: a\nhistory:\n  - date: 2026-02-25\n",
    "a move without its days": "text: a\nhistory:\n  - date: 2026-02-25\n    event: re-dated\n",
    "a day that an event has no use for": "text: a\nhistory:\n  - date: 2026-02-25\n    event: update\n    to: b\n",
    "a meeting that cannot be": "text: a\nhistory:\n  - date: 2026-02-25\n    event: update\n    meeting: PDB\n",
    "an action that cannot be": "text: a\nfollows: PDB/2023-06-07\n",
    "actions that cannot be": "text: a\nformerly: [PDB/2023-06-07]\n",
    "neither true nor false": "text: a\nrestricted: maybe\n",
    "half an escape": 'text: "a\\"\n',
    "an escape of a number": 'text: "\\x41"\n',
    "a text that is too long": f"text: {'a' * MOST_BYTES}\n",
    "letters that are not UTF-8": "text: \udcff\n",
}  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_is_left_to_the_careful_reading(name: str) -> None:
    assert not agree(ACTION, LEFT[name].encode(errors="surrogateescape"))


def test_a_wrong_time_of_a_meeting_is_left_to_the_careful_reading() -> None:
    assert agree(MEETING, b'status: held\ntime: "10:00"\n')
    assert not agree(MEETING, b'status: held\ntime: "10:60"\n')


def test_no_file_of_the_usual_size_holds_more_than_a_record_may() -> None:
    assert agree(ACTION, b"text: a\ntags: [" + b"a, " * ((MOST_BYTES - 30) // 3) + b"a]\n")
    assert MOST_BYTES // 2 < MAX_NODES


HOSTILE = {
    "newlines": b"\n",
    "comments": b"#\n",
    "entries": b"\n  - ",
    "fields": b"\n    a: b",
    "backslashes": b"\\",
    "quotes": b"'",
    "brackets": b"[",
    "commas": b"a, ",
    "names": b"a",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("start", (b"", b'text: "', b'text: "\\n', b"text: [", b"text: a\nhistory:\n  - date: "))
def test_the_time_grows_with_the_file(name: str, start: bytes) -> None:
    for end in (b"", b'"\n', b'"b"\n', b"]\n", b"\n"):

        def read(size: int) -> partial[object]:
            content = start + HOSTILE[name] * ((size - len(start) - len(end)) // len(HOSTILE[name])) + end
            return partial(from_usual, ACTION, content)

        assert growth(read, MOST_BYTES) < IN_PROPORTION, end


def test_equal_days_and_references_are_one_value() -> None:
    first, second = from_usual(ACTION, USUAL.encode()), from_usual(ACTION, USUAL.encode())
    assert isinstance(first, Action) and isinstance(second, Action)
    assert first.due is second.due and first.owners is second.owners
    assert first.history[0].meeting is second.history[0].meeting
