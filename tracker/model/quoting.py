"""Quoting what someone typed, so that an error can show it without harm."""

_LONGEST = 40


def quoted(text: str) -> str:
    """The text in double quotes, for a sentence on the screen.

    At most 40 characters of it are shown. Control, bidirectional and invisible characters appear as
    backslash escapes, so the result is a single line that a terminal obeys nowhere.
    """
    shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text[: _LONGEST + 1])
    if len(text) > _LONGEST or len(shown) > _LONGEST:
        shown = shown[: _LONGEST - 3] + "..."
    return f'"{shown}"'
