"""What an action says and who owes it: reassign, reword, tag, restrict, unrestrict."""

import pytest

from tests.cli.program import Office


def test_reassign_several(office: Office) -> None:
    ran = office.process("reassign", "26/1-2", "--owner", "pcc", "--owner", "chief constable", "--reason", "Agreed")
    assert ran.status == 0
    assert ran.lines[1] == "  Reassigned PDB/2025-11-26/01 to OPCC, Force: Explore a rural crime update in …"
    assert "owners: [OPCC, Force]" in office.text("pdb/2025-11-26/02.yaml")


@pytest.mark.parametrize("written", ["Force / OPCC", "Force, OPCC", "cc/pcc", "Kent Police,pcc"])
def test_two_owners_in_one_word(office: Office, written: str) -> None:
    office.done("reassign", "26/2", "--owner", written)
    assert "owners: [Force, OPCC]" in office.text("pdb/2025-11-26/02.yaml")


def test_an_unknown_owner_gets_a_suggestion(office: Office) -> None:
    assert "Did you mean Force?" in office.refused("reassign", "26/1", "--owner", "Fource")
    sentence = office.refused("reassign", "26/1", "--owner", "Ambulance Trust")
    assert "The register has Force, OPCC." in sentence and "tracker owner add KEY --name NAME" in sentence
    assert "is Force's already" in office.refused("reassign", "26/2", "--owner", "CC")


def test_reword(office: Office) -> None:
    ran = office.process("reword", "26/2", "--text", "Report the costs too", "--reason", "Agreed at the meeting")
    assert ran.out == "Reworded PDB/2025-11-26/02: Report the costs too\n"
    text = office.text("pdb/2025-11-26/02.yaml")
    assert text.startswith("text: Report the costs too\n")
    assert "from: Report the benefits of the file build pilot" in text
    assert "says that already" in office.refused("reword", "26/2", "--text", "Report the costs too")
    assert "--text" in office.refused("reword", "26/2", status=2)


def test_tags_come_and_go(office: Office) -> None:
    ran = office.process("tag", "26/1", "26/2", "+press", "+2026")
    assert ran.lines[2] == "  Tagged PDB/2025-11-26/02 with press, 2026: Report the benefits of the file …"
    office.done("tag", "26/1", "-rural-crime", "+x")
    assert "tags: [press, \"2026\", x]" in office.text("pdb/2025-11-26/01.yaml")
    assert "has no tag rural-crime" in office.refused("tag", "26/1", "-rural-crime")
    assert "+TAG" in office.refused("tag", "26/1", status=2)
    assert "is no tag" in office.refused("tag", "26/1", "+a,b", status=2)


def test_restrict_and_unrestrict(office: Office) -> None:
    assert office.process("restrict", "26/1,5").lines[0] == "Restricted 2 actions of PDB/2025-11-26"
    assert "restricted: true" in office.text("pdb/2025-11-26/05.yaml")
    assert "restricted already" in office.refused("restrict", "26/1")
    assert office.process("unrestrict", "26/1").out.startswith("Lifted the restriction on PDB/2025-11-26/01: ")
    assert "restricted: true" not in office.text("pdb/2025-11-26/01.yaml")
