import io
import os
from contextlib import suppress

import pytest

from tests.renderers.samples import DAY, LIST_FORMATS, a_register, an_action, drawn, said
from tracker.errors import NotUnderstood
from tracker.renderers.base import write_out
from tracker.renderers.registry import ALSO, AT_A_TERMINAL, FORMATS, PIPED, format_of, formats_for
from tracker.reports.listing import list_actions


def written(encoding: str, *pieces: str) -> bytes:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, newline="\n")
    write_out(stream, pieces)
    return raw.getvalue()


def test_what_a_stream_lacks_is_written_as_an_escape() -> None:
    assert written("ascii", "Zoë\n", "– 会\n") == b"Zo\\xeb\n\\u2013 \\u4f1a\n"
    assert written("utf-8", "Zoë \udc80\n") == "Zoë \\udc80\n".encode()


def test_a_stream_without_an_encoding_takes_everything() -> None:
    stream = io.StringIO()
    write_out(stream, ["Zoë\n"])
    assert stream.getvalue() == "Zoë\n"


def test_pieces_are_written_as_they_come() -> None:
    stream = io.StringIO()
    seen = []

    def pieces() -> "object":
        for piece in "abc":
            seen.append(stream.getvalue())
            yield piece

    write_out(stream, pieces())  # type: ignore[arg-type]
    assert seen == ["", "a", "ab"]


def test_a_reader_that_went_away_is_told_to_the_caller() -> None:
    read, write = os.pipe()
    os.close(read)
    stream = os.fdopen(write, "w")
    with pytest.raises(BrokenPipeError):
        write_out(stream, ["x"])
    with suppress(BrokenPipeError):
        stream.close()


def test_the_formats() -> None:
    assert {AT_A_TERMINAL, PIPED, *ALSO.values()} <= set(FORMATS) == {*LIST_FORMATS, "ics", "eml"}
    report = list_actions(a_register(an_action()), DAY)
    assert formats_for(report) == LIST_FORMATS
    assert [form for form in LIST_FORMATS if "PDB/2025-11-26/01" not in said(report, form)] == []
    assert drawn(report, "tsv").isascii()


@pytest.mark.parametrize(
    ("name", "form"),
    [("Brief.DOCX", "docx"), ("a.b.md", "markdown"), ("x/list.csv", "csv"), ("x.HTM", "html"), ("x.txt", "table")],
)
def test_the_format_of_a_file_is_its_ending(name: str, form: str) -> None:
    assert format_of(name) == form


@pytest.mark.parametrize(
    ("name", "advice"),
    [("brief", "say one of .txt, .tsv"), ("brief.doc", ".docx"), ("brief.pdf", "save that as PDF")],
)
def test_an_ending_that_says_no_format(name: str, advice: str) -> None:
    with pytest.raises(NotUnderstood, match=advice):
        format_of(name)
