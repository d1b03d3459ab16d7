import random
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import IN_PROPORTION, growth
from tests.storage.hand_edited import hand_edited
from tracker.storage.yaml_align import plain
from tracker.storage.yaml_nodes import ListNode, MapNode, Node, ScalarNode
from tracker.storage.yaml_read import MAX_NODES, read_tree
from tracker.storage.yaml_text import MAX_BYTES, BadText


def scalar(text: str, *path: str | int) -> ScalarNode:
    node: Node | None = read_tree(text)
    for step in path:
        node = node.items[step] if isinstance(node, ListNode) and isinstance(step, int) else (
            node.get(str(step)) if isinstance(node, MapNode) else None)
    assert isinstance(node, ScalarNode)
    return node


def test_every_scalar_is_the_text_that_stands_there() -> None:
    text = "a: NO\nb: 10:00\nc: 1.10\nd: 2025-02-30\ne: 0x1F\nf: .inf\ng: 'it''s'\nh: \"\\x41\"\ni: true\n"
    assert plain(read_tree(text)) == {
        "a": "NO", "b": "10:00", "c": "1.10", "d": "2025-02-30", "e": "0x1F", "f": ".inf", "g": "it's", "h": "A", "i": "true",
    }  # fmt: skip


@pytest.mark.parametrize("written", ["", "~", "null", "NULL", " # nothing"])
def test_nothing_is_absent(written: str) -> None:
    assert scalar(f"a: {written}\nb: c\n", "a").absent


@pytest.mark.parametrize("written", ["''", '"null"', "'~'", "none"])
def test_a_text_in_quotes_is_never_absent(written: str) -> None:
    assert not scalar(f"a: {written}\n", "a").absent


def test_nodes_know_where_they_stand() -> None:
    text = "---\n# top\nab: 'x'   # c\nlist:\n- one\n-   k: v\n# after\nlast: |\n  t\n\n\n...\n"
    tree = read_tree(text)
    assert text[tree.start : tree.end].startswith("ab: 'x'") and text[tree.start : tree.end].endswith("  t")
    entries = tree.get("list")
    assert isinstance(entries, ListNode)
    assert text[entries.start : entries.end] == "- one\n-   k: v"
    assert [text[item.start : item.end] for item in entries.items] == ["one", "k: v"]
    assert [item.line for item in entries.items] == [5, 6]
    assert scalar(text, "ab")[:2] == ("x", "'")


def test_a_value_of_which_nothing_stands_there_is_placed_behind_its_colon() -> None:
    text = "a:   # none\n\n# x\nb :\n- c:\n  # d\n- \n\n# e\nf: {g: , h: }\ni:\n# end"
    places = [scalar(text, "a"), scalar(text, "b", 0, "c"), scalar(text, "f", "g"), scalar(text, "f", "h"), scalar(text, "i")]
    assert [text[node.start - 2 : node.end] for node in places] == ["a:", "c:", "g:", "h:", "i:"]
    assert [node.line for node in places] == [1, 5, 10, 10, 11]
    assert text[: scalar(text, "b", 1).end].endswith("\n-")


def test_a_start_mark_an_end_mark_and_comments_are_fine() -> None:
    assert plain(read_tree("# one\n--- # two\na: b # three\n... # four\n")) == {"a": "b"}


REFUSED = [
    ("", None, "empty"),
    ("# only a comment\n", None, "empty"),
    ("---\n", None, "empty"),
    ("- a\n- b\n", 1, "does not hold a record"),
    ("just words\n", 1, "does not hold a record"),
    ("{a: b}\n", 1, "does not hold a record"),
    ("a: b\nc: &x d\n", 2, "anchor"),
    ("a: b\nc: &x\n  d: e\n", 2, "anchor"),
    ("a: b\nc: *x\n", 2, "alias"),
    ("a: b\n<<: {c: d}\n", 2, "merge key"),
    ("a: b\nc: !!str d\n", 2, "tag"),
    ("a: b\nc: ! d\n", 2, "tag"),
    ("a: b\nc: !x [d]\n", 2, "tag"),
    ("%YAML 1.1\n---\na: b\n", 1, "directive"),
    ("# hello\n%TAG ! x\n---\na: b\n", 2, "directive"),
    ("a: b\n---\nc: d\n", 2, "second document"),
    ("a: b\n...\n---\nc: d\n", 3, "second document"),
    ("a: b\nc: d\na: e\n", 3, "stands twice .first in line 1"),
    ("a:\n  - b: c\n    b: d\n", 3, "stands twice"),
    ("a: {b: c, 'b': d}\n", 1, "stands twice"),
    ("a: b\n[c, d]: e\n", 2, "key"),
    ("a: b\n? c\n: d\n", 2, "key"),
    ("a: b\n? c: d\n: e\n", 2, "key"),
    ("a: {b, c}\n", 1, "key"),
    ("a: b\n: c\n", 2, "key"),
    ("a: b\n" + "k" * 200 + ": c\n", 2, "key"),
    ("a: " + "[" * 13 + "]" * 13 + "\n", 1, "nested"),
    ("a: b\nc:\n\td: e\n", 3, "tab"),
    ("a: b\n\tc: d\n", 2, "tab"),
    ("a: [b,\n\tc]\n", 2, "tab"),
    ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", 2, "merge was left unfinished"),
    ("a: b\nc: d\n=======\nc: e\n", 3, "merge was left unfinished"),
    ("a: b\nc: d\n>>>>>>> branch\n", 3, "merge was left unfinished"),
    ("a: b\nc: 'd\ne: f\n", None, "not closed"),
    ("a: b\nc: [d\ne: f\n", None, "bracket|colon"),
    ("a: b\nc\nd: e\n", None, "colon"),
    ("a: b\nc: d: e\n", 2, "colon"),
    ("a: b\n  c: d\n", 2, "colon"),
    ("a:\n    b: c\n  d: e\n", 3, "does not fit"),
    ("a: b\nc: @d\n", 2, "may not start"),
    ("a: b\nc: `d`\n", 2, "may not start"),
    ("a: b\nc: %d\n", 2, "may not start"),
    ("a: b\nc: ], d\n", 2, "may not start"),
    ('a: b\nc: "\\q"\n', 2, "backslash"),
    ('a: b\nc: "\\ud83d"\n', 2, "escape"),
    ('a: b\nc: "\\U00110000"\n', 2, "backslash"),
    ('a: b\nc: "\\UFFFFFFFF"\n', 2, "backslash"),
    ('a: b\nc: "\\xg0"\n', 2, "backslash"),
    ("a: b\nc: |9x\n  d\n", 2, r"\|"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_what_no_record_may_hold_is_refused_with_line_cause_and_advice(
    text: str, line: int | None, words: str, newline: str
) -> None:
    with pytest.raises(BadText, match=words) as refused:
        read_tree(text.replace("\n", newline))
    if line is not None:
        assert refused.value.line == line
    assert refused.value.advice[0].isupper()
    assert not refused.value.message.endswith(".")


@pytest.mark.parametrize(
    "text",
    [
        "text: |\n  a\n  \tb\n",
        "text: 'a\n\n\tb'\n",
        "a: b\nnote: |\n  =======\n  <<<<<<< x\n",
        "a: '<<'\n\"<<\": c\n",
        "a%: b\n",
        "a: b=======\n",
    ],
)  # fmt: skip
def test_what_only_looks_forbidden_is_read(text: str) -> None:
    assert read_tree(text).pairs


def nested(levels: int) -> str:
    names = [f"k{level}" for level in range(levels)]
    return "k: &k [x, x]\n" + "".join(f"{this}: &{this} [*{last}, *{last}]\n" for last, this in zip(["k", *names], names))


BOMBS: dict[str, tuple[Callable[[int], str], int]] = {
    "aliases": (nested, 240),
    "merge keys": (lambda n: "a: b\nc:\n" + "  <<: {d: e}\n" * n, 8_000),
    "open brackets": (lambda n: "a: " + "[" * n, 100_000),
    "open braces": (lambda n: "a: " + "{" * n, 100_000),
    "dashes": (lambda n: "a:\n  " + "- " * n, 50_000),
    "indentation": (lambda n: "".join(" " * level + "a:\n" for level in range(round(n**0.5))), 160_000),
}
HEAVY: dict[str, tuple[Callable[[int], str], int]] = {
    "keys": (lambda n: "".join(f"k{number}: v\n" for number in range(n)), MAX_BYTES // 10),
    "entries": (lambda n: "a: [" + "b," * n + "]\n", MAX_BYTES // 2 - 4),
    "nulls": (lambda n: "a:\n" + "-\n" * n, MAX_BYTES // 2 - 2),
    "comments": (lambda n: "a: b\n" + "#\n" * n, MAX_BYTES // 2 - 4),
    "words": (lambda n: "a: b" + " c" * n, MAX_BYTES // 2 - 4),
    "lines": (lambda n: "a: b\n" + " c\n" * n, MAX_BYTES // 3 - 4),
    "escapes": (lambda n: 'a: "' + "\\n" * n + '"\n', MAX_BYTES // 2 - 4),
    "tabs": (lambda n: "a: |\n" + " \tb\n" * n, MAX_BYTES // 4 - 4),
}
"""Texts of any size, and how many times what they are made of may stand in a file of a legal size."""


def reading(make: Callable[[int], str]) -> Callable[[int], Callable[[], object]]:
    def read(text: str) -> None:
        with suppress(BadText):
            read_tree(text)

    return lambda number: partial(read, make(number))


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_are_refused_in_proportion_to_their_size(name: str) -> None:
    make, number = BOMBS[name]
    with pytest.raises(BadText):
        read_tree(make(number))
    assert growth(reading(make), number) < IN_PROPORTION


@pytest.mark.parametrize("name", HEAVY)
def test_the_worst_file_of_a_legal_size_is_read_or_refused_in_proportion_to_its_size(name: str) -> None:
    make, number = HEAVY[name]
    assert len(make(number)) <= MAX_BYTES
    assert growth(reading(make), number) < IN_PROPORTION


def test_a_long_lived_record_is_within_the_limits() -> None:
    history = "".join(f"- date: 2026-01-01\n  event: update\n  note: n{n}\n" for n in range(1000))
    assert read_tree("text: a\nhistory:\n" + history).pairs
    with pytest.raises(BadText, match="too many"):
        read_tree("a: [" + "b, " * MAX_NODES + "]\n")


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.text(alphabet="ab:-# \n\t'\"[]{},&*!|>%@`<?\\x0u=~.é🚓", max_size=40))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        read_tree(text)
    except BadText as refused:
        assert refused.message and refused.advice
        assert refused.line is None or 1 <= refused.line <= text.count("\n") + 1


def torn_and_garbled(seed: int) -> tuple[str, str]:
    chance = random.Random(seed)
    text = hand_edited(seed).text
    at = chance.randrange(len(text))
    garbled = text[:at] + chance.choice("\"'[]{}:&*!\t|>-#%") + text[at + chance.randrange(3) :]
    return text[: chance.randrange(len(text))], garbled


def said_of(text: str) -> object:
    """The tree of the text, or the words in which it is refused."""
    try:
        return read_tree(text)
    except BadText as refused:
        assert refused.message and refused.advice
        return str(refused)


def test_torn_and_garbled_records_are_read_or_refused_in_words() -> None:
    for seed in range(60):
        for broken in torn_and_garbled(seed):
            said_of(broken)


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text for seed in range(150) for text in (hand_edited(seed).text, *torn_and_garbled(seed))]
    quick = [said_of(text) for text in texts]
    monkeypatch.setitem(sys.modules, "_ruamel_yaml", None)
    for text, said in zip(texts, map(said_of, texts), strict=True):
        found = quick.pop(0)  # of several mistakes, the two may name different ones
        assert said == found or (isinstance(said, str) and isinstance(found, str)), text
