"""Records that are held anywhere, and what is put on top of them."""

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import action
from tracker.model.holding import LayeredActions, actions_of
from tracker.model.references import ActionRef

REFS = [f"{board}/{day}/{number:02}" for board in ("PDB", "PDB-X") for day in ("2025-11-26", "2025-11-26b", "2026-02-25") for number in (1, 2, 100)]
some = st.lists(st.sampled_from(REFS), unique=True)


@given(some, some, some)
def test_the_actions_of_a_board_as_they_will_be(held: list[str], put: list[str], gone: list[str]) -> None:
    below = {made.ref: made for made in (action(ref, "Below") for ref in held)}
    layered, plain = LayeredActions(below), dict(below)
    for ref in put:
        made = action(ref, "On top")
        layered.put(made.ref, made)
        plain[made.ref] = made
    for ref in gone:
        name: ActionRef = action(ref).ref
        layered.remove(name)
        plain.pop(name, None)
    assert dict(layered) == plain
    for board in ("pdb", "pdb-x", "pd"):
        wanted = [plain[ref] for ref in sorted(plain) if ref.meeting.board == board]
        assert [*actions_of(layered, board)] == wanted == [*actions_of(plain, board)]
