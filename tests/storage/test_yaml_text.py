import codecs
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.growth import TIMES, growth
from tracker.storage.yaml_read import read_tree
from tracker.storage.yaml_text import MAX_BYTES, BadText, Text, decode, encode


@pytest.mark.parametrize(
    "data",
    [b"", b"a: b", b"a: b\r\nc: d\n", codecs.BOM_UTF8 + b"a: b\n", "a: Zoë 🚓\n".encode(), b"a:\tb\n"],
)
def test_a_text_comes_back_byte_for_byte(data: bytes) -> None:
    assert encode(decode(data)) == data


@settings(deadline=None, derandomize=True, max_examples=300)
@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_come_back_or_are_refused(data: bytes) -> None:
    try:
        text = decode(data)
    except BadText as refused:
        assert refused.message and refused.advice
    else:
        assert encode(text) == data


def test_the_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(codecs.BOM_UTF8 + b"a: b\n") == Text("a: b\n", bom=True)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("a: b\nc: é\n".encode("latin-1"), 2, "UTF-8"),
        ("a: b\n".encode("utf-16"), 1, "UTF-16"),
        ("a: b\n".encode("utf-16-le"), 1, "UTF-16"),
        (b"a: b\nc: \0d\n", 2, "NUL"),
        (b"a: b\nc: \x1b[31m\n", 2, "U+001B"),
        ("a: b\nc: \u2028d\n".encode(), 2, "U+2028"),
        ("a: b\nc: \x85d\n".encode(), 2, "U+0085"),
        ("a: b\n\ufeffc: d\n".encode(), 2, "U+FEFF"),
        (b"a: b\rc: d\r", 1, "U+000D"),
        (b"a: \xed\xa0\x80\n", 1, "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(BadText, match=words.replace("+", r"\+")) as refused:
        decode(data)
    assert refused.value.line == line
    assert refused.value.advice


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    def refused(content: bytes) -> None:
        with pytest.raises(BadText, match="too large"):
            decode(content)

    assert growth(lambda size: partial(refused, b"a: " + b"b" * size), 64_000_000) < TIMES / 2
    assert decode(b"a: " + b"b" * (MAX_BYTES - 3)).text


@pytest.mark.parametrize("text", ["a: \0b\nc: d\n", "a: \x85b\n", "a: \x9b31m\n", "a: \ud800\n"])
def test_the_reader_itself_refuses_control_characters(text: str) -> None:
    with pytest.raises(BadText):
        read_tree(text)
