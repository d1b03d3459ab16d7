"""Drafts: what a mail program makes of them, whatever stands in the records."""

import email
import io
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from tests.builders import action, board, event, meeting, owner, register, settings
from tracker.errors import NotUnderstood, Refused
from tracker.model.asking import asking_note
from tracker.model.records import Owner, Record
from tracker.renderers.eml import address_of, draft, draft_names, write
from tracker.reports.papers.audience import Audience
from tracker.reports.papers.chase import Chase, chase

HOSTILE = (
    "Line one\r\nBcc: evil@example.org",
    "=?utf-8?q?Hi=0D=0ABcc:_evil=40example.org?=",
    "Ünï =?utf-8?b?SGkNCkJjYzogZXZpbEBleGFtcGxlLm9yZw==?= <evil@example.org>",
    "=?=?utf-8?q?Hi=0D=0ABcc:_evil=40example.org?=?=",
    "\x1b]8;;http://evil\x07 \u202e \u2028Bcc: evil@example.org",
    '"quoted" , <x@y> ; : (comment) \\',
    "x" * 2000,
    "é" * 2000,
)


def letters(*owners: Owner, text: str = "Explore a rural crime update", **more: str) -> Chase:
    keys = tuple(known.key for known in owners)
    office = register(
        settings(*owners, title=more.get("register", "Office of the PCC")),
        board(title=more.get("board", "Performance and Delivery Board"), note=more.get("note")),
        meeting("PDB/2026-02-25", "scheduled", time="10:00", venue="Clift Room"),
        action(text=text, owners=keys, due="2026-02-25", history=[
            event("2026-01-05", note="Draft received"), event("2026-01-15", note=asking_note(None))]),
    )  # fmt: skip
    return chase(office, date(2026, 2, 10), Audience(office))


def read(report: Chase, number: int = 0) -> EmailMessage:
    message = email.message_from_bytes(draft(report, report.letters[number]), policy=SMTP)
    assert isinstance(message, EmailMessage)
    return message


FORCE = owner("Force", "Kent Police", email="board@example.org")


def test_a_draft_opens_for_sending_and_names_no_sender() -> None:
    message = read(letters(FORCE))
    assert message["X-Unsent"] == "1"
    assert str(message["To"]) == "Kent Police <board@example.org>"
    assert message["Subject"] == "Performance and Delivery Board, 25 February 2026: request for updates by 18 February 2026"
    assert str(message["Date"]).startswith("Tue, 10 Feb 2026")
    assert message["From"] is None and message["Message-ID"] is None
    assert message.get_content_type() == "text/plain"
    assert message.get_content_charset() == "utf-8"


def test_the_letter_says_it_all_in_plain_text() -> None:
    text = read(letters(FORCE, owner("OPCC", "The Office"), note="From the published notes.")).get_content()
    lines = text.replace("\r\n", "\n").splitlines()
    assert lines[0] == "Dear Kent Police,"
    assert lines[2] == (
        "The Performance and Delivery Board meets on Wednesday 25 February 2026 at 10:00, Clift Room. "
        "Please let us have an update on the action below by Wednesday 18 February 2026."
    )
    assert "1. PDB/2025-11-26/01: Explore a rural crime update" in lines
    assert "   Due: 25 February 2026" in lines
    assert "   Latest word: Draft received (5 January 2026; last asked for on 15 January 2026)" in lines
    assert "   Shared with The Office" in lines
    assert lines[-4:] == ["Yours sincerely,", "Office of the PCC", "", "From the published notes."]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_records_becomes_a_header_or_a_line(text: str) -> None:
    report = letters(owner("Force", text, email="board@example.org"), text=text, board=text, register=text, note=text)
    message = read(report)
    assert sorted(message.keys()) == sorted(
        ["X-Unsent", "To", "Subject", "Date", "Content-Type", "Content-Transfer-Encoding", "MIME-Version"]
    )
    assert len(message["To"].addresses) == 1
    assert message["To"].addresses[0].addr_spec == "board@example.org"
    body = message.get_content().replace("\r\n", "\n")
    plain = read(letters(FORCE, note="From the notes.")).get_content().replace("\r\n", "\n")
    assert len(body.splitlines()) == len(plain.splitlines())
    assert not any(ord(c) < 32 and c != "\n" for c in body)
    assert "\u202e" not in body
    raw = draft(report, report.letters[0])
    assert all(len(line) <= 998 for line in raw.split(b"\r\n")), "RFC 5322, 2.1.1"
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()


@pytest.mark.parametrize("address", [
    "", " ", "board", "board@", "@example.org", "a@b@c", "a@b.org, evil@example.org", "a@b.org\r\nBcc: evil@example.org",
    "<a@b.org>", "Kent <a@b.org>", "é@example.org", "a@exämple.org", "=?utf-8?q?a?=@example.org", "a b@example.org",
    "a@b.org\x00", "a@[127.0.0.1]", ".a@b.org", "a..b@c.org",
])  # fmt: skip
def test_what_is_no_plain_address_is_left_out(address: str) -> None:
    report = letters(owner("Force", "Kent Police", email=address))
    message = read(report)
    found = address_of(report.letters[0])
    assert message["Bcc"] is None
    if found is None:
        assert message["To"] is None
    else:  # an address that some reader takes is still only one
        assert [a.addr_spec for a in message["To"].addresses] == [address]
    if "evil" in address or not address.isascii() or address.count("@") != 1:
        assert found is None


def names(*keys: str) -> tuple[str, ...]:
    return draft_names(letters(*(owner(key, f"The {number}") for number, key in enumerate(keys))))


def test_file_names_fit_any_system_and_no_two_are_alike() -> None:
    assert names("Force", "OPCC") == ("Force.eml", "OPCC.eml")
    assert names("../../etc/passwd", "a\\b:c*?", "...", "nul", "Kent Police") == (
        "etc-passwd.eml", "a-b-c.eml", "owner.eml", "nul-owner.eml", "Kent-Police.eml",
    )  # fmt: skip
    assert names("Force!", "force?", "FORCE") == ("Force.eml", "force-2.eml", "FORCE-3.eml")
    assert names("x" * 300) == (f"{'x' * 60}.eml",)
    assert names("Müller") == ("Müller.eml",)


def test_a_file_holds_one_letter() -> None:
    report = letters(FORCE)
    file = io.BytesIO()
    write(report, file)
    assert file.getvalue() == draft(report, report.letters[0])
    with pytest.raises(NotUnderstood, match="--out FOLDER"):
        write(letters(FORCE, owner("OPCC")), io.BytesIO())
    with pytest.raises(Refused, match="Nobody"):
        write(report._replace(letters=()), io.BytesIO())


def test_letters_about_several_boards_say_which_and_mark_the_strictest() -> None:
    records: list[Record] = [
        board("pdb", "Delivery Board", classification="OFFICIAL"),
        board("jac", "Audit Committee", classification="OFFICIAL-SENSITIVE"),
        action("PDB/2025-11-26/01", due="2026-01-20"), action("JAC/2025-12-01/01", due="2026-01-20"),
    ]  # fmt: skip
    office = register(*records)
    message = read(chase(office, date(2026, 2, 10), Audience(office)))
    text = message.get_content().replace("\r\n", "\n")
    assert message["Subject"] == "Office of the PCC: request for updates"
    assert text.startswith("OFFICIAL-SENSITIVE, OFFICIAL\n\nDear ")
    assert "DELIVERY BOARD: OVERDUE" in text and "AUDIT COMMITTEE: OVERDUE" in text
    assert "No further meeting of the Audit Committee is in the calendar yet." in text
