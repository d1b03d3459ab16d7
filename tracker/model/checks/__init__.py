"""What `tracker check` finds in records that can be read: what contradicts itself, its history or the calendar.

A check is a function of the evidence that yields findings. A new one goes into the module of the record
it looks at, and into the list below.
"""

from datetime import date
from typing import Final

from tracker.model.checks import actions, events, fields, meetings, settings
from tracker.model.checks.evidence import Check, Evidence, Finding, gather
from tracker.model.records import Register

__all__ = ["CHECKS", "Check", "Evidence", "Finding", "check"]

CHECKS: Final[tuple[Check, ...]] = (
    settings.shared_spellings,
    fields.status_by_hand,
    fields.fields_against_history,
    fields.broken_chains,
    actions.no_owner,
    actions.unknown_owners,
    actions.owners_twice,
    actions.unknown_items,
    actions.no_due_day,
    actions.due_before_raised,
    actions.due_without_meeting,
    actions.waiting_in_vain,
    actions.follows_nothing,
    actions.follows_in_a_circle,
    actions.doubled_text,
    events.wrong_days,
    events.meetings_unknown,
    events.no_outcome,
    events.no_route,
    events.after_closing,
    events.carried_to_no_later_day,
    events.changed_nothing,
    meetings.past_but_scheduled,
    meetings.held_before_its_day,
    meetings.business_without_meeting,
    meetings.postponed_to_no_meeting,
    meetings.ends_before_it_begins,
    meetings.items_twice,
    meetings.people_twice,
    meetings.gaps_in_numbers,
)


def check(register: Register, today: date) -> list[Finding]:
    """All that is wrong or doubtful in the register on this day, in the order of the paths.

    What could not be read is not judged here, and nothing is called missing that may only be unread.
    """
    evidence = gather(register, today)
    found = [finding for one in CHECKS for finding in one(evidence)]
    return sorted(found, key=lambda finding: finding.path)
