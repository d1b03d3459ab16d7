"""What someone typed, shown in an error without harm."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.model.quoting import quoted

SHOWN = [
    ("26/1", '"26/1"'),
    ("", '""'),
    ("caf\u00e9", '"caf\u00e9"'),
    ("a\x00b\x1b[31m\n\u202e\u200b\x9b", r'"a\x00b\x1b[31m\n\u202e\u200b\x9b"'),
    ("\udcff", r'"\udcff"'),
    ("x" * 40, '"' + "x" * 40 + '"'),
    ("x" * 41, '"' + "x" * 37 + '..."'),
    ("\x00" * 11, '"' + (r"\x00" * 10)[:37] + '..."'),
]


@pytest.mark.parametrize(("text", "shown"), SHOWN)
def test_a_quotation_is_short_and_visible(text: str, shown: str) -> None:
    assert quoted(text) == shown


@settings(deadline=None, derandomize=True, max_examples=200)
@given(text=st.text(max_size=100))
def test_a_quotation_is_one_printable_line(text: str) -> None:
    assert quoted(text).isprintable() and len(quoted(text)) <= 42
