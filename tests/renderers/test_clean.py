from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.renderers.clean import clean, encodable, unsafe

EVERY_CHARACTER = [chr(code) for code in range(0x110000)]
HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u180b\u2800\u3164\uffa0\ufe00\ufe0f"


def test_every_control_and_every_hidden_character_becomes_visible() -> None:
    left = [hex(ord(c)) for c in EVERY_CHARACTER if category(c) in HIDDEN and c in clean(f"a{c}b")]
    assert left == []
    assert [hex(ord(c)) for c in BLANK if c in clean(f"a{c}b")] == []
    assert [hex(code) for code in range(0xE0000, 0xE1000) if chr(code) in clean(f"a{chr(code)}b")] == []


def test_every_letter_mark_sign_and_space_stays() -> None:
    ordinary = ("Ll", "Lu", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Mc", "Me", "Mn")
    changed = [c for c in EVERY_CHARACTER if category(c) in ordinary and clean(f"a{c}b") != f"a{c}b"]
    assert set(changed) - set(map(chr, range(0xFE00, 0xFE10))) - set(map(chr, range(0xE0100, 0xE01F0))) <= set(BLANK) | set("\u180c\u180d\u180f")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\r\nand\ta tab", "two lines and a tab"),
        ("next\x85line\u2028and\u2029more\x0b\x0c", "next line and more  "),
        ("\x1b[2J\x1b]8;;http://x\x07", "\\x1b[2J\\x1b]8;;http://x\\x07"),
        ("\x9b31m \x7f \x00", "\\x9b31m \\x7f \\x00"),
        ("pay \u202eeerht\u202c", "pay \\u202eeerht\\u202c"),
        ("zero\u200bwidth \U000e0041", "zero\\u200bwidth \\U000e0041"),
        ("\udc80", "\\udc80"),
        ("[bold]x[/] :smile: \\[", "[bold]x[/] :smile: \\["),
        ("Zoë, naïve – 会議 👮 ❤\ufe0f", "Zoë, naïve – 会議 👮 ❤\ufe0f"),
        ("a\ufe0f", "a\\ufe0f"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f\\ufe0f"),
        ("👩\u200d🚒", "👩\\u200d🚒"),
        ("", ""),
    ],
)
def test_what_it_shows(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_a_pile_of_marks_is_cut_to_eight_and_the_rest_shown() -> None:
    assert clean("e" + "\u0301" * 10) == "e" + "\u0301" * 8 + "\\u0301" * 2
    assert clean("e\u0301" * 100) == "e\u0301" * 100
    assert clean("ก" + "\u0e47" * 9) == "ก" + "\u0e47" * 8 + "\\u0e47"


@given(st.text())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_what_was_cleaned_is_clean(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert not unsafe(once)
    assert "\n" not in once


def test_what_an_encoding_lacks_is_shown() -> None:
    assert encodable("Zoë – 会", "ascii") == "Zo\\xeb \\u2013 \\u4f1a"
    assert encodable("Zoë – 会", "cp1252") == "Zoë – \\u4f1a"
    assert encodable("Zoë – 会", "utf-8") == "Zoë – 会"
    assert encodable("\udc80", "utf-8") == "\\udc80"
