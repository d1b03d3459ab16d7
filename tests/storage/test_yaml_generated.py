"""Changes of hundreds of hand-edited records, compared line by line with what stood there before."""

from collections.abc import Callable
from datetime import date
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any

import pytest
import yaml

from tests.storage.hand_edited import DAY, ORDER, Sample, hand_edited
from tracker.storage.yaml_align import plain
from tracker.storage.yaml_edit import edit_record
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_scalars import Fields, Value
from tracker.storage.yaml_text import Text, decode, encode

SEEDS = range(320)
FEW = 40
LATER = date(2027, 3, 1)
EVENT: Fields = {"date": LATER, "event": "re-dated", "from": DAY, "to": LATER, "note": "NO: it's # \"late\"\n10:00"}
Data = dict[str, Any]


# The C reader of PyYAML where it is there: the same readings, much quicker.
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@lru_cache(maxsize=1000)
def read(text: str) -> Data:
    """The texts of a record as an independent reader finds them.

    A text in block style counts without its last newline, which depends on whether the file ends behind it.
    """
    data: Data = without_last_newlines(yaml.load(text, LOADER))
    return data


def without_last_newlines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_last_newlines(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [without_last_newlines(entry) for entry in value]
    return value.removesuffix("\n")


def as_read(value: Value) -> Any:
    if isinstance(value, dict):
        return {key: as_read(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [as_read(entry) for entry in value]
    return value.isoformat() if isinstance(value, date) else {True: "true", False: "false"}.get(value, value)  # type: ignore[arg-type,call-overload]


def last_line(node: Any) -> int:
    """The last line on which anything of a node stands; a list in block style ends with its last scalar."""
    if isinstance(node, yaml.ScalarNode):
        if node.style in ("|", ">"):
            return int(node.end_mark.line) - 1 if node.end_mark.column == 0 else int(node.end_mark.line)
        return int(node.end_mark.line)
    if node.flow_style:
        return int(node.end_mark.line)
    children = [child for pair in node.value for child in (pair if isinstance(pair, tuple) else (pair,))]
    return max(map(last_line, children))


def lines_of(text: str, *keys: str) -> set[int]:
    """The lines on which these keys and their values stand."""
    found: set[int] = set()
    for key, value in yaml.compose(text, LOADER).value:
        if key.value in keys:
            found |= set(range(key.start_mark.line, last_line(value) + 1))
    return found


def split(text: str) -> list[str]:
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return [*lines[:-1], lines[-1] + "\r"] if "\r\n" in text else lines


def assert_only(before: str, after: str, allowed: set[int], most_added: int) -> None:
    """Nothing but the allowed lines is gone or changed, and not more than so many lines are new."""
    old, new = split(before), split(after)
    gone: set[int] = set()
    added: list[str] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            gone |= set(range(i1, i2))
            added += new[j1:j2]
    assert gone <= allowed, [old[line] for line in gone - allowed]
    assert len(added) <= most_added, added
    assert len({line.endswith("\r") for line in new}) == 1


def edited(sample: Sample, changes: Fields) -> str:
    """The record after the changes (None takes a key out), with every value as an independent reader should see it."""
    new = {key: value for key, value in {**sample.fields, **changes}.items() if value is not None}
    new = {key: new[key] for key in ORDER if key in new}
    result = edit_record(sample.text, sample.fields, new)
    expected = dict(read(sample.text))
    for key, value in changes.items():
        if value is None:
            expected.pop(key, None)
        elif key != "history":
            expected[key] = as_read(value)
    found = read(result)
    if "history" not in changes:
        assert found == expected
    else:
        assert {**found, "history": 0} == {**expected, "history": 0}
    before = read(sample.text)
    assert [key for key in found if key in before] == [key for key in before if key in found]
    return result


def history(sample: Sample) -> list[Value]:
    entries = sample.fields.get("history") or []
    assert isinstance(entries, list)
    return list(entries)


@cache
def every_sample() -> list[Sample]:
    return [hand_edited(seed) for seed in SEEDS]


def samples(wanted: Callable[[Sample], bool], most: int = FEW) -> list[Sample]:
    found = [sample for sample in every_sample() if wanted(sample)]
    assert len(found) > FEW
    return found[:most]


def test_the_records_say_what_the_generator_says_and_show_every_habit() -> None:
    everything = ""
    for sample in every_sample():
        tree = plain(read_tree(sample.text))
        assert isinstance(tree, dict)
        for key, value in sample.fields.items():
            if key != "history":
                assert tree[key] == as_read(value)
        everything += sample.text
    for habit in ("\r\n", "- date", "-   date", "{date:", ": |", ": >", "['", '["', "[ ]", "history:\n", "\n- ", "\n    - ", "---", "..."):
        assert habit in everything
    assert any(sample.bom for sample in every_sample()) and any(not sample.text.endswith("\n") for sample in every_sample())
    assert any(len(line) > 200 for line in everything.split("\n"))


def test_no_change_is_no_byte() -> None:
    for sample in every_sample():
        data = encode(Text(sample.text, sample.bom))
        text = decode(data)
        again = text._replace(text=edit_record(text.text, sample.fields, dict(sample.fields)))
        assert encode(again) == data


def test_one_field_and_one_event_change_only_their_lines() -> None:
    for sample in every_sample():
        changes: Fields = {"due": LATER, "history": [*history(sample), EVENT]}
        result = edited(sample, changes)
        allowed = lines_of(sample.text, "due") | (lines_of(sample.text, "history") if not history(sample) else set())
        assert_only(sample.text, result, allowed, len(EVENT) + 2)
        before = read(sample.text)["history"] if history(sample) else []
        assert read(result)["history"] == [*before, as_read(EVENT)]
        assert result.endswith("\n") == sample.text.endswith("\n")


def test_an_event_in_the_middle_moves_no_other() -> None:
    for sample in samples(lambda sample: len(history(sample)) > 1):
        entries = history(sample)
        result = edited(sample, {"history": [*entries[:-1], EVENT, entries[-1]]})
        assert_only(sample.text, result, set(), len(EVENT))
        before = read(sample.text)["history"]
        assert read(result)["history"] == [*before[:-1], as_read(EVENT), before[-1]]


def test_an_event_at_the_front_moves_no_other() -> None:
    for sample in samples(lambda sample: bool(history(sample))):
        result = edited(sample, {"history": [EVENT, *history(sample)]})
        assert_only(sample.text, result, set(), len(EVENT))
        assert read(result)["history"] == [as_read(EVENT), *read(sample.text)["history"]]


def test_the_note_of_an_event_changes_alone() -> None:
    for sample in samples(lambda sample: bool(history(sample))):
        *others, last = history(sample)
        assert isinstance(last, dict)
        result = edited(sample, {"history": [*others, {**last, "note": "mended"}]})
        assert_only(sample.text, result, lines_of(sample.text, "history"), 1)
        before = read(sample.text)["history"]
        assert read(result)["history"] == [*before[:-1], {**before[-1], "note": "mended"}]


def test_an_event_goes_with_its_lines() -> None:
    for sample in samples(lambda sample: len(history(sample)) > 1):
        result = edited(sample, {"history": history(sample)[1:]})
        assert_only(sample.text, result, lines_of(sample.text, "history"), 0)
        assert read(result)["history"] == read(sample.text)["history"][1:]


def test_the_last_event_gone_leaves_an_empty_list_or_nothing() -> None:
    for sample in samples(lambda sample: bool(history(sample))):
        emptied = edited(sample, {"history": []})
        assert read(emptied)["history"] == []
        assert_only(sample.text, emptied, lines_of(sample.text, "history"), 1)
        assert_only(sample.text, edited(sample, {"history": None}), lines_of(sample.text, "history"), 0)


@pytest.mark.parametrize("value", ["it's: \"x\" # now", "£5m\n\u202e"])
def test_a_text_and_a_status_change_only_their_lines(value: str) -> None:
    for sample in samples(lambda sample: True):
        result = edited(sample, {"text": value, "status": value})
        assert_only(sample.text, result, lines_of(sample.text, "text", "status"), 4)


@pytest.mark.parametrize("key", ["due_said", "item", "tags", "restricted", "due"])
def test_a_key_that_goes_takes_its_lines_and_no_other(key: str) -> None:
    for sample in samples(lambda sample: key in sample.fields):
        assert_only(sample.text, edited(sample, {key: None}), lines_of(sample.text, key), 0)


@pytest.mark.parametrize(("key", "value"), [("tags", ["rural crime", "NO"]), ("due_said", "spring 2024"), ("item", "3i"), ("restricted", True)])
def test_a_key_that_comes_adds_one_line(key: str, value: Value) -> None:
    for sample in samples(lambda sample: key not in sample.fields):
        result = edited(sample, {key: value})
        assert_only(sample.text, result, set(), 1)
        assert result.endswith("\n") == sample.text.endswith("\n")


@pytest.mark.parametrize(
    "change",
    [
        lambda owners: [*owners, "Kent: Police"],
        lambda owners: ["New, one", *owners],
        lambda owners: ["Other", *owners[1:]],
        lambda owners: owners[::-1],
        lambda owners: owners[:-1],
        lambda owners: owners[1:],
        lambda owners: ["a", "b", "c", "d"],
        lambda owners: [],
    ],
    ids=["append", "prepend", "replace", "turn", "drop last", "drop first", "others", "none"],
)
def test_owners_and_tags_change_only_their_lines(change: Callable[[list[str]], list[Value]]) -> None:
    for sample in samples(lambda sample: True):
        for key in ("owners", "tags"):
            old = sample.fields.get(key)
            if isinstance(old, list) and old:
                result = edited(sample, {key: change([str(entry) for entry in old])})
                assert_only(sample.text, result, lines_of(sample.text, key), 5)


def test_an_owner_added_below_another_adds_one_line() -> None:
    for sample in samples(lambda sample: "owners: [" not in sample.text):
        owners = sample.fields["owners"]
        assert isinstance(owners, list)
        assert_only(sample.text, edited(sample, {"owners": [*owners, "Kent"]}), set(), 1)
