import pytest

from tests.builders import board, register, settings
from tests.model.builders import after
from tracker.errors import NotFound, NotUnderstood, Problem, Refused
from tracker.model.changes.setting_up import add_aliases, add_board, add_owner
from tracker.model.records import Owner

KENT = register(board("pdb"))


def test_a_board() -> None:
    change = add_board(KENT, board("abc", "Audit Board"))
    assert after(KENT, change).boards["abc"].title == "Audit Board"
    assert change.sentence == "Added the board ABC, Audit Board"
    assert change.notes == ("Next, its first meeting: tracker meeting add abc DATE",)


@pytest.mark.parametrize("key", ["", "PDB", "con", "com1", "1pdb", "-pdb", "p_db", "../x", "p" * 33, "pdé", "a/b"])
def test_keys_that_cannot_be_a_folder_everywhere(key: str) -> None:
    with pytest.raises(NotUnderstood, match="cannot be a board's key"):
        add_board(KENT, board(key))


def test_a_board_is_made_once_even_if_its_file_is_broken() -> None:
    with pytest.raises(Refused, match="There is a board PDB already"):
        add_board(KENT, board("pdb"))
    torn = KENT.changed(broken={"abc/board.yaml": Problem("abc/board.yaml", 1, "it is torn", "")})
    with pytest.raises(Refused, match="There is a board ABC already"):
        add_board(torn, board("abc"))


def test_an_owner() -> None:
    change = add_owner(KENT, Owner("NHS", "NHS Kent", ("ICB", "Health")))
    assert after(KENT, change).settings.owners == (*settings().owners, Owner("NHS", "NHS Kent", ("ICB", "Health")))
    assert change.sentence == "Added the owner NHS, NHS Kent, also written ICB and Health"


@pytest.mark.parametrize("owner", [Owner("force", "X"), Owner("X", "kent police"), Owner("X", "Y", ("CC",))])
def test_every_spelling_is_one_owners_only(owner: Owner) -> None:
    with pytest.raises(Refused, match="is Force already"):
        add_owner(KENT, owner)


@pytest.mark.parametrize("key", ["", "a,b", "a/b", "-x", "[x]", "a;b"])
def test_keys_that_no_list_of_owners_could_name(key: str) -> None:
    with pytest.raises(NotUnderstood, match="cannot be an owner's key"):
        add_owner(KENT, Owner(key, "X"))


def test_aliases() -> None:
    change = add_aliases(KENT, "kent police", ["DCC", "DCO", "DCC"])
    assert after(KENT, change).settings.owners[0].aliases == ("CC", "DCC", "DCO")
    assert change.sentence == "Force is also known as DCC and DCO now"
    with pytest.raises(Refused, match='"pcc" is OPCC already'):
        add_aliases(KENT, "Force", ["pcc"])
    with pytest.raises(NotFound, match="Did you mean Force"):
        add_aliases(KENT, "Farce", ["x"])
