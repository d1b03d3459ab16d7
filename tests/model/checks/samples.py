"""One action and the events of its life, for the tests of the checks."""

from datetime import date

from tests.builders import action, event
from tracker.model.records import Action, Event

TODAY = date(2026, 3, 1)
RAISED = "PDB/2025-11-26/01"


def due(**given: object) -> Action:
    """An action in order, due on a day when no board meets."""
    return action(RAISED, **{"due": "2026-06-10", **given})


def moved(before: str | None, after: str | None, kind: str = "re-dated", on: str = "2026-01-10", **more: object) -> Event:
    return event(on, kind, before=before, after=after, **more)


DISCHARGED = event("2026-01-10", "discharged", route="paper", note="Reported")
PROPOSED = event("2026-01-10", "proposed", note="Reported")
WITHDRAWN = event("2026-01-10", "withdrawn", note="Overtaken")
REOPENED = event("2026-01-12", "reopened")
