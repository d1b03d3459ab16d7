"""The frame of every change that takes several actions: one step an action, all of them or none."""

from collections.abc import Callable, Sequence

from tracker.errors import Refused
from tracker.model.changes.draft import Change, Draft, Occasion, counted
from tracker.model.dates import long_day
from tracker.model.records import Action, Register
from tracker.model.state import State, standing

Step = Callable[[Action], tuple[Action, str]]
"""What happens to one action: what it becomes, and the sentence that says what now holds."""


def each(register: Register, actions: Sequence[Action], occasion: Occasion | None, did: str, step: Step) -> Change:
    """Take the step with every action. `did` begins the summary of several: `Discharged`, `Noted progress on`."""
    draft = Draft(register)
    for action in actions:
        changed, sentence = step(action)
        draft.put(changed)
        draft.say(sentence)
    held = draft.hold(occasion.at) if occasion else ""
    return draft.done(f"{did} {counted(len(actions), 'action')}{_where(actions)}", held)


def live_state(action: Action) -> State:
    """The standing state of a live action; Refused, with the command that reopens it, for a closed one."""
    state = standing(action)
    if not state.live:
        closed = action.history[_closing(action)].date
        raise Refused(
            f"{action.ref} has been {state.status} since {long_day(closed)}. "
            f"To open it again: tracker reopen {action.ref}"
        )
    return state


def _closing(action: Action) -> int:
    return max(i for i, event in enumerate(action.history) if event.event in ("discharged", "withdrawn"))


def _where(actions: Sequence[Action]) -> str:
    meetings = {action.ref.meeting for action in actions}
    return f" of {meetings.pop()}" if len(meetings) == 1 else ""
