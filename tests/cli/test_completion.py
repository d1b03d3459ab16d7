"""What the shell offers at Tab: references with the action's text beside them."""

import pytest

from tests.builders import action, put
from tests.cli.program import Office
from tracker.cli import complete


def offered(office: Office, line: str, shell: str = "zsh") -> list[tuple[str, str]]:
    """What is offered for the last word of the line, and what stands beside it."""
    words = line.split(" ")
    fish = {"COMP_CWORD": words[-1]} if shell == "fish" else {"COMP_CWORD": str(len(words) - 1)}
    ran = office.run(TRACKER=None, _TRACKER_COMPLETE=f"{shell}_complete", COMP_WORDS=line, **fish)
    assert (ran.status, ran.err) == (0, ""), ran
    if shell == "fish":
        pairs = (entry.split(",", 1)[1] for entry in ran.lines if entry)
        return [(value, help_) for value, _, help_ in (pair.partition("\t") for pair in pairs)]
    if shell == "bash":
        return [(entry.split(",", 1)[1], "") for entry in ran.lines if entry]
    triples = zip(*[iter(ran.out.strip().splitlines())] * 3, strict=True)
    return [(value.replace("\\:", ":"), help_) for _, value, help_ in triples]


LIVE = [
    ("PDB/2025-11-26/05", "Consider a visit to the control …"),
    ("PDB/2025-11-26/03", "Share the cadet figures"),
    ("PDB/2025-11-26/02", "Report the benefits of the file …"),
    ("PDB/2025-11-26/01", "Explore a rural crime update in …"),
]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_references_with_the_text_beside_them(office: Office, shell: str) -> None:
    assert offered(office, "tracker discharge ", shell) == LIVE
    assert offered(office, "tracker discharge 26/1 PDB/2025-11-26/03", shell) == [LIVE[1]]


def test_bash_gets_the_references(office: Office) -> None:
    assert offered(office, "tracker carry ", "bash") == [(ref, "") for ref, _ in LIVE]


@pytest.mark.parametrize(("typed", "found"), [
    ("pdb/2025-11-26/02", "PDB/2025-11-26/02"), ("2025-11-26/02", "2025-11-26/02"), ("11-26/02", "11-26/02"),
    ("26/02", "26/02"), ("26/2", None),
])  # fmt: skip
def test_shortened_forms(office: Office, typed: str, found: str | None) -> None:
    assert [value for value, _ in offered(office, f"tracker update {typed}")] == ([found] if found else [])


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_through_the_process(office: Office, shell: str) -> None:
    word = "26/" if shell == "fish" else "2"
    ran = office.process(_TRACKER_COMPLETE=f"{shell}_complete", COMP_WORDS="tracker show 26/", COMP_CWORD=word)
    assert ran.status == 0 and ran.err == ""
    assert "26/01" in ran.out and ("rural" in ran.out) == (shell != "bash")


def test_meetings_boards_owners_tags_and_records(office: Office) -> None:
    meetings = ["PDB/2026-06-10", "PDB/2026-02-25", "PDB/2025-11-26"]
    assert [value for value, _ in offered(office, "tracker carry --all --at ")] == meetings
    assert offered(office, "tracker carry --all --at 2026-02")[0] == ("2026-02-25", "scheduled Clift Room")
    assert offered(office, "tracker meeting add ") == [("pdb", "Performance and Delivery Board")]
    assert offered(office, "tracker list --board p") == [("pdb", "Performance and Delivery Board")]
    assert offered(office, "tracker --board p") == [("pdb", "Performance and Delivery Board")]
    assert ("Force", "Kent Police") in offered(office, "tracker add x --owner ")
    assert [value for value, _ in offered(office, "tracker list --tag ")] == ["rural-crime"]
    assert ("PDB", "Performance and Delivery Board") in offered(office, "tracker show ")
    assert ("PDB/2025-11-26/04", "Brief the board on fees (discharged)") in offered(office, "tracker reopen ")
    assert "discharge" in [value for value, _ in offered(office, "tracker dis")]


LINES = [
    f"tracker {command} {typed}" for command in ("discharge", "show", "carry --at", "reopen")
    for typed in ("", "P", "pdb/2025", "PDB/2025-11-26/0", "2025-1", "11-2", "26/01", "2", "jat", "2026-06-10/", "9")
]  # fmt: skip


def test_the_same_is_offered_whether_files_are_read_or_the_index(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.hold(*(action(f"JAT/2025-{month:02}-1{month % 5}/0{month % 3 + 1}", f"Action {month}") for month in range(1, 12)))
    put(office.root, "jat/2025-03-13/01.yaml", "text: [torn")
    put(office.root, "jat/2025-04-14/meeting.yaml", "status: torn: [")
    files, index = [], []
    for found, few in ((files, 100), (index, -1)):
        monkeypatch.setattr(complete, "_FEW", few)
        found += [offered(office, line) for line in LINES]
    assert files == index
    assert sum(map(bool, files)) > 25


def test_with_a_board_before_the_name(office: Office) -> None:
    office.hold(action("JAT/2026-01-07/01", "Another board"))
    assert [value for value, _ in offered(office, "tracker carry --board jat ")] == ["JAT/2026-01-07/01"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_hostile_text_reaches_the_shell_as_plain_words(office: Office, shell: str) -> None:
    hostile = "a\x1b[31m\nb\t`rm -rf x` $(x) \u202e \u200b'\"; [/]:*"
    office.done("reword", "26/1", "--text", hostile)
    for line in ("tracker update ", "tracker show ", "tracker reopen "):
        ran = office.run(
            _TRACKER_COMPLETE=f"{shell}_complete", COMP_WORDS=line, COMP_CWORD="" if shell == "fish" else "2"
        )
        assert ran.status == 0
        assert not any(letter in ran.out for letter in "\x1b\u202e\u200b\r")
        found = offered(office, line, shell)
        assert [value for value, _ in found if value == "PDB/2025-11-26/01"] == ["PDB/2025-11-26/01"]


@pytest.mark.parametrize("spoil", ["register.yaml", "pdb/board.yaml", "pdb/2025-11-26/01.yaml"])
def test_a_torn_file_never_disturbs_the_line(office: Office, spoil: str) -> None:
    put(office.root, spoil, b"\xff\x00: [\n\t")
    for line in ("tracker update ", "tracker show ", "tracker carry --at ", "tracker list --owner ", "tracker --board "):
        offered(office, line)


@pytest.mark.parametrize("way", ["run", "process"])
def test_without_a_register_nothing_is_offered_and_nothing_printed(office: Office, way: str) -> None:
    ran = getattr(office, way)(
        _TRACKER_COMPLETE="zsh_complete", COMP_WORDS="tracker show ", COMP_CWORD="2", TRACKER_RECORDS="/nowhere"
    )
    assert (ran.status, ran.out.strip(), ran.err) == (0, "", "")
