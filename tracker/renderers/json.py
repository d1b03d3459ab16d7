"""Reports as JSON for other programs. Keys may be added at the end, never removed or renamed.

Everything outside ASCII, and every control, is escaped: what a reader loads is equal to the record,
and nothing in it can reach a terminal raw.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, cast

from tracker.model.records import NEXT_MEETING, Board, Event, Item, Meeting, Person
from tracker.renderers.base import Json, Screen
from tracker.renderers.papers.making import is_paper
from tracker.reports.changes import Changes, Log
from tracker.reports.details import ActionDetail, BoardDetail, Columns, MeetingDetail
from tracker.reports.findings import Findings, as_columns
from tracker.reports.listing import ActionList, OverdueReport
from tracker.reports.rows import ActionRow

if TYPE_CHECKING:
    from tracker.renderers.base import Report


def render(report: "Report", screen: Screen = Screen()) -> Iterator[str]:
    """An array for a list, an object for a report or for what `show` prints."""
    if is_paper(report):
        from tracker.renderers.papers.making import object_of

        yield _dump(object_of(report)) + "\n"
    elif isinstance(report, ActionList):
        yield from _array(map(action_object, report.rows))
    elif isinstance(report, Findings):
        yield from _array(columns_objects(as_columns(report)))
    elif isinstance(report, Columns):
        yield from _array(columns_objects(report))
    elif isinstance(report, Changes | Log):
        # only `diff` and `log` need the words for all that can change
        from tracker.renderers.change_objects import changes_object, log_lines

        yield from [_dump(changes_object(report)) + "\n"] if isinstance(report, Changes) else _array(log_lines(report))
    else:
        yield _dump(_object(cast("_Single", report))) + "\n"


_Single = OverdueReport | ActionDetail | MeetingDetail | BoardDetail


def action_object(row: ActionRow) -> dict[str, Json]:
    """An action as at the day of the report; days are ISO, what is absent is null."""
    action, state = row.action, row.state
    return {
        "ref": str(action.ref),
        "board": action.ref.meeting.board.upper(),
        "meeting": str(action.ref.meeting),
        "number": action.ref.number,
        "text": state.text,
        "item": action.item,
        "owners": list(state.owners),
        "raised": json_value(action.raised),
        "due": json_value(state.due) if isinstance(state.due, date) else None,
        "due_said": state.due_said,
        "due_at_next_meeting": state.due == NEXT_MEETING,
        "original_due": json_value(state.original_due),
        "status": state.status,
        "overdue": row.overdue,
        "days_overdue": row.days_overdue,
        "times_carried": state.times_carried,
        "proposed_on": json_value(state.proposed_on),
        "discharged_on": json_value(state.discharged_on),
        "route": state.route,
        "outcome": state.outcome,
        "tags": list(action.tags),
        "restricted": action.restricted,
        "follows": str(action.follows) if action.follows else None,
        "path": action.path,
        "closed_by_hand": state.by_hand,
        "formerly": [str(ref) for ref in action.formerly],
    }


def columns_objects(report: Columns) -> Iterator[dict[str, Json]]:
    """A row each."""
    for row in report.rows:
        yield {key: json_value(cell) for key, cell in zip(report.keys, row, strict=True)}


def _object(report: "_Single") -> dict[str, Json]:
    if isinstance(report, OverdueReport):
        return _overdue(report)
    if isinstance(report, ActionDetail):
        return action_object(report.row) | {"history": [event_object(event) for event in report.row.action.history]}
    return _meeting(report) if isinstance(report, MeetingDetail) else _board(report)


def _overdue(report: OverdueReport) -> dict[str, Json]:
    return {
        "as_of": json_value(report.as_of),
        "board": report.board,
        "count": len(report.rows),
        "without_due": report.without_due,
        "actions": [action_object(row) for row in report.rows],
    }


def event_object(event: Event) -> dict[str, Json]:
    """An entry of a history."""
    return {
        "date": json_value(event.date),
        "event": event.event,
        "meeting": str(event.meeting) if event.meeting else None,
        "from": json_value(event.before),
        "to": json_value(event.after),
        "from_said": event.before_said,
        "to_said": event.after_said,
        "route": event.route,
        "note": event.note,
    }


def _meeting(report: MeetingDetail) -> dict[str, Json]:
    meeting = report.meeting
    return _meeting_head(meeting) | {
        "board_title": report.board_title,
        "time": meeting.time,
        "ends": meeting.ends,
        "venue": meeting.venue,
        "attendees": _people(meeting.attendees),
        "apologies": _people(meeting.apologies),
        "items": _items(meeting.items),
        "actions": [action_object(row) for row in report.rows],
        "path": meeting.path,
    }


def _meeting_head(meeting: Meeting) -> dict[str, Json]:
    return {
        "ref": str(meeting.ref),
        "board": meeting.ref.board.upper(),
        "date": json_value(meeting.ref.day),
        "status": meeting.status,
        "postponed_to": json_value(meeting.postponed_to),
    }


def _board(report: BoardDetail) -> dict[str, Json]:
    board: Board = report.board
    return {
        "ref": board.key.upper(),
        "title": board.title,
        "chair": board.chair,
        "members": _people(board.members),
        "agenda": _items(board.agenda),
        "note": board.note,
        "author": board.author,
        "classification": board.classification,
        "publish": board.publish,
        "meetings": [
            _meeting_head(line.meeting) | {"raised": line.raised, "live": line.live} for line in report.meetings
        ],
        "path": board.path,
    }


def _people(people: Iterable[Person]) -> list[Json]:
    return [{"name": person.name, "role": person.role, "organisation": person.organisation} for person in people]


def _items(items: Iterable[Item]) -> list[Json]:
    return [
        {"number": item.number, "title": item.title, "lead": item.lead, "restricted": item.restricted}
        for item in items
    ]


def json_value(value: str | int | float | date | tuple[str, ...] | None) -> Json:
    """A value as JSON has it: days are ISO, several are an array."""
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _array(objects: Iterable[dict[str, Json]]) -> Iterator[str]:
    """The objects one at a time, laid out as the whole array would be."""
    start = "[\n  "
    for element in objects:
        yield start + _dump(element).replace("\n", "\n  ")
        start = ",\n  "
    yield "[]\n" if start.startswith("[") else "\n]\n"


def _dump(value: Json) -> str:
    import json

    return json.dumps(value, indent=2, ensure_ascii=True)
