"""Records as the index keeps them come back as they were read."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.storage.test_fields import actions, boards, meetings, registers
from tracker.model.records import Action, Record
from tracker.model.state import standing
from tracker.storage.index.cards import pack, pack_state, unpack, unpack_state
from tracker.storage.places import ref_at


@given(st.one_of(actions, meetings, boards, registers))
@settings(deadline=None, derandomize=True, max_examples=250)
def test_every_record_comes_back_from_its_card(record: Record) -> None:
    ref = ref_at(record.path)
    assert ref is not None
    again = unpack(ref, pack(record))
    assert again == record
    # equal tuples may be of another kind
    assert repr(again) == repr(record)


@given(actions)
@settings(deadline=None, derandomize=True, max_examples=250)
def test_every_state_comes_back(action: Action) -> None:
    state = standing(action)
    assert repr(unpack_state(pack_state(state))) == repr(state)


@given(st.one_of(actions, meetings, boards, registers))
@settings(deadline=None, derandomize=True, max_examples=50)
def test_the_same_record_has_the_same_card(record: Record) -> None:
    ref = ref_at(record.path)
    assert ref is not None
    assert pack(unpack(ref, pack(record))) == pack(record)
