import pytest

from tests.builders import owner, settings
from tracker.errors import NotFound
from tracker.model.owners import find_owner, owner_keys, the_owner, unknown_owner
from tracker.model.records import Settings

KENT = settings(
    owner("Force", "Kent Police", aliases=("Chief Constable", "CC", "DCC")),
    owner("OPCC", "Office of the Kent Police and Crime Commissioner", aliases=("PCC",)),
    owner("Joint", "Fire, Rescue / Police"),
)


@pytest.mark.parametrize(
    "text", ["Force", "force", " FORCE ", "Kent Police", "kent  police", "cc", "Dcc", "chief constable"]
)
def test_an_owner_is_known_by_key_name_or_alias_in_any_case(text: str) -> None:
    assert the_owner(KENT, text).key == "Force"


@pytest.mark.parametrize("text", ["", " ", "Forc", "Police", "C C", "For ce"])
def test_nearly_is_not_known(text: str) -> None:
    assert find_owner(KENT, text) is None


@pytest.mark.parametrize(
    ("texts", "keys"),
    [
        (["Force / OPCC"], ("Force", "OPCC")),
        (["PCC, CC"], ("OPCC", "Force")),
        (["PCC/cc", "force"], ("OPCC", "Force")),
        (["Fire, Rescue / Police"], ("Joint",)),
        (["Force,", "/OPCC"], ("Force", "OPCC")),
        ([], ()),
    ],
)
def test_several_owners_each_once_in_the_order_given(texts: list[str], keys: tuple[str, ...]) -> None:
    assert owner_keys(KENT, texts) == keys


def test_a_near_miss_is_named() -> None:
    with pytest.raises(NotFound, match='There is no owner "Chief Constabel". Did you mean Chief Constable?'):
        owner_keys(KENT, ["Force, Chief Constabel"])


def test_a_stranger_is_told_who_there_is_and_how_to_become_known() -> None:
    assert str(unknown_owner(KENT, "Zoo")) == (
        'There is no owner "Zoo". The register has Force, OPCC, Joint. A new one: tracker owner add KEY --name NAME'
    )
    assert "has none yet" in str(unknown_owner(Settings(), "Zoo"))


@pytest.mark.parametrize("text", ["", " , / ", "\x1b[2J", "x" * 10_000])
def test_hostile_owners_are_refused_in_a_short_printable_sentence(text: str) -> None:
    with pytest.raises(NotFound) as error:
        owner_keys(KENT, [text])
    assert len(str(error.value)) < 300 and str(error.value).isprintable()
