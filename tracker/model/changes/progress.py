"""What is said and decided about an action: progress, outcomes, corrections."""

from collections.abc import Sequence
from datetime import date

from tracker.errors import NotUnderstood, Refused
from tracker.model.asking import is_asking
from tracker.model.changes.draft import Change, Occasion, first_words, with_event
from tracker.model.changes.due_days import due_again
from tracker.model.changes.steps import each, live_state
from tracker.model.dates import long_day
from tracker.model.holding import actions_of
from tracker.model.quoting import quoted
from tracker.model.records import NEXT_MEETING, ROUTES, Action, Event, Register, Route
from tracker.model.state import OUTCOME_EVENTS, standing, words

_CORRECTED = OUTCOME_EVENTS | {"update"}
_SHORT_ROUTES: dict[str, Route] = {
    "meeting": "at meeting", "out": "out of meeting", "future": "future item", "bau": "business as usual",
}  # fmt: skip


def read_route(text: str) -> Route:
    """The route that these words name, in full or in short. NotUnderstood lists them."""
    words_ = " ".join(text.split()).lower()
    found = next((route for route in ROUTES if route == words_), None) or _SHORT_ROUTES.get(words_)
    if found is None:
        routes = ", ".join(ROUTES)
        raise NotUnderstood(f"{quoted(text)} is no route. The routes are: {routes} (short: out, future, bau).")
    return found


def update(register: Register, actions: Sequence[Action], occasion: Occasion, note: str) -> Change:
    """Record progress. An action that is closed can still be reported on; the sentence says that it is closed."""

    _must_say(note, "What is the progress? Say it with --note.")

    def step(action: Action) -> tuple[Action, str]:
        state = standing(action)
        changed = with_event(action, Event(occasion.day, "update", occasion.at, note=note))
        closed = "" if state.live else f" ({state.status})"
        return changed, f"Noted progress on {action.ref}{closed}: {first_words(action.text)}"

    return each(register, actions, occasion, "Noted progress on", step)


def propose(
    register: Register, actions: Sequence[Action], occasion: Occasion, outcome: str, route: Route | None
) -> Change:
    """The owner says that it is done; the board has not agreed yet."""
    _must_say(outcome, "What came of it? Say it with --outcome.")

    def step(action: Action) -> tuple[Action, str]:
        state = live_state(action)
        if state.status == "proposed" and state.proposed_on:
            raise Refused(
                f"{action.ref} has been with the board since {long_day(state.proposed_on)}. "
                f"To mend the words: tracker correct {action.ref} --outcome TEXT"
            )
        event = Event(occasion.day, "proposed", occasion.at, route=route, note=outcome)
        changed = with_event(action, event)._replace(status="proposed")
        return changed, f"Proposed {action.ref} for discharge{_by(route)}: {first_words(action.text)}"

    return each(register, actions, occasion, "Proposed", step)


def discharge(
    register: Register, actions: Sequence[Action], occasion: Occasion, outcome: str, route: Route | None
) -> Change:
    """The board accepts that the actions are done, all with this outcome and route."""

    def step(action: Action) -> tuple[Action, str]:
        return discharged(action, occasion, outcome, route)

    return each(register, actions, occasion, "Discharged", step)


def discharge_proposed(register: Register, actions: Sequence[Action], occasion: Occasion) -> Change:
    """The board accepts what was proposed to it: each action with its own outcome and route."""

    def step(action: Action) -> tuple[Action, str]:
        state = standing(action)
        return discharged(action, occasion, state.outcome or "", state.route)

    return each(register, actions, occasion, "Discharged", step)


def proposed_to(register: Register, board: str, day: date) -> list[Action]:
    """The actions that had been proposed to this board by this day, in order. Refused if there is none."""
    states = ((action, standing(action)) for action in actions_of(register.actions, board))
    proposed = [(action, state.proposed_on) for action, state in states if state.proposed_on]
    found = [action for action, proposed_on in proposed if proposed_on <= day]
    if not proposed:
        raise Refused(f"Nothing is proposed to {board.upper()} for discharge.")
    if not found:
        action, proposed_on = proposed[0]
        raise Refused(
            f"Nothing had been proposed to {board.upper()} by {long_day(day)}; {action.ref} was on "
            f"{long_day(proposed_on)}. If the board has agreed since then, say when: --date DATE"
        )
    return found


def discharged(action: Action, occasion: Occasion, outcome: str, route: Route | None) -> tuple[Action, str]:
    """One action discharged, and its sentence. Refused without an outcome, or for a closed action."""
    live_state(action)
    ref = action.ref
    _must_say(outcome, f"{ref} has no outcome to discharge it with. Say it: tracker discharge {ref} --outcome TEXT")
    event = Event(occasion.day, "discharged", occasion.at, route=route, note=outcome)
    changed = with_event(action, event)._replace(status="discharged")
    return changed, f"Discharged {action.ref}{_by(route)}: {first_words(action.text)}"


def withdraw(register: Register, actions: Sequence[Action], occasion: Occasion, reason: str) -> Change:
    """Close the actions without their being done."""
    _must_say(reason, "Why is it withdrawn? Say it with --reason.")

    def step(action: Action) -> tuple[Action, str]:
        live_state(action)
        event = Event(occasion.day, "withdrawn", occasion.at, note=reason)
        changed = with_event(action, event)._replace(status="withdrawn")
        return changed, f"Withdrew {action.ref}: {first_words(action.text)}"

    return each(register, actions, occasion, "Withdrew", step)


def reopen(register: Register, actions: Sequence[Action], occasion: Occasion, reason: str | None) -> Change:
    """Open what was discharged, withdrawn or proposed. The due day stays, unless its meeting fell meanwhile."""

    def step(action: Action) -> tuple[Action, str]:
        if standing(action).status == "open" and action.status == "open":
            raise Refused(f"{action.ref} is open already.")
        event = Event(occasion.day, "reopened", occasion.at, note=reason)
        changed = due_again(register, with_event(action, event)._replace(status="open"), occasion)
        return changed, f"Reopened {action.ref}{_due(changed)}: {first_words(action.text)}"

    return each(register, actions, occasion, "Reopened", step)


def correct(register: Register, action: Action, occasion: Occasion, outcome: str, route: Route | None) -> Change:
    """Mend the published words of the last outcome or update, and its route if one is given."""
    _must_say(outcome, "What should it say? Say it with --outcome.")

    def step(action: Action) -> tuple[Action, str]:
        said = [w for w in words(action.history) if w.event in _CORRECTED and not is_asking(w.event, w.note)]
        if not said:
            ref = action.ref
            raise Refused(f"{ref} has no outcome or update to correct. Record one: tracker update {ref} --note NOTE")
        event = Event(occasion.day, "corrected", occasion.at, route=route, note=outcome)
        changed = with_event(action, event)
        if words(changed.history) != words((*action.history, event)):
            raise Refused(
                f"The words to correct on {action.ref} are of {long_day(said[-1].day)}; "
                "they cannot have been corrected before. Give a --date from then on."
            )
        return changed, f"Corrected the words recorded on {action.ref}: {first_words(outcome)}"

    return each(register, [action], occasion, "Corrected", step)


def _must_say(text: str, otherwise: str) -> None:
    if not text.strip():
        raise Refused(otherwise)


def _by(route: Route | None) -> str:
    return f" ({route})" if route else ""


def _due(action: Action) -> str:
    if action.due is None:
        return ", no due day"
    return ", due at the next meeting" if action.due == NEXT_MEETING else f", due {long_day(action.due)}"
