"""Registers of actions with any lives, for what must hold whatever happened."""

from datetime import date, timedelta

from hypothesis import strategies

from tests.builders import action, event, register
from tracker.model.records import Action, Register

KINDS = ("update", "carried forward", "re-dated", "proposed", "discharged", "withdrawn", "reopened", "reassigned")
STATUS = {"proposed": "proposed", "discharged": "discharged", "withdrawn": "withdrawn", "reopened": "open", "carried forward": "open"}
OWNERS = strategies.sampled_from([("Force",), ("OPCC", "Force"), (), ("Unknown",)])
FIRST = date(2024, 1, 8)


@strategies.composite
def lived(draw: strategies.DrawFn, number: int) -> Action:
    """An action with any history in order of days, and the fields that it leads to."""
    raised_on = FIRST + timedelta(days=draw(strategies.integers(0, 500)))
    day, due, status, history = raised_on, draw(due_days(raised_on)), "open", []
    owners = draw(OWNERS)
    for kind in draw(strategies.lists(strategies.sampled_from(KINDS), max_size=6)):
        day += timedelta(days=draw(strategies.integers(0, 90)))
        fields: dict[str, object] = {"note": "Said"}
        if kind in ("carried forward", "re-dated"):
            fields |= {"before": due, "after": day + timedelta(days=40)}
            due = day + timedelta(days=40)
        if kind == "reassigned":
            fields |= {"before": owners, "after": draw(OWNERS)}
            owners = fields["after"]
        history.append(event(day, kind, **fields))
        status = STATUS.get(kind, status)
    key = draw(strategies.sampled_from(["PDB", "FIN"]))
    return action(f"{key}/{raised_on}/{number:02}", due=due, status=status, history=history, owners=owners)


def due_days(after: date) -> strategies.SearchStrategy[date | str | None]:
    return strategies.sampled_from([None, "next meeting", after, after + timedelta(days=91)])


@strategies.composite
def registers(draw: strategies.DrawFn) -> Register:
    return register(*(draw(lived(number)) for number in range(1, draw(strategies.integers(1, 6)) + 1)))
