"""What a secretary asks of `tracker`: each task a command with its words, another record or another text each time."""

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import takewhile
from typing import NamedTuple

from tests.bench.make_register import AS_AT, actions, records
from tests.bench.offices import Office, next_untouched
from tests.bench.processes import Failed, Step, output
from tests.bench.words import OWNERS
from tracker.model.records import Action, Meeting
from tracker.model.references import MeetingRef


class Round(NamedTuple):
    """One run of each task, and what it is about: nothing that another round has touched.

    `action` is open, not overdue and not restricted, of a board that left something undone at its latest meeting;
    `coming` is a meeting to come, at which actions are due.
    """

    number: int
    office: Office
    action: Action
    coming: MeetingRef

    @property
    def ref(self) -> str:
        return str(self.action.ref)

    @property
    def latest(self) -> MeetingRef:
        """The meeting that the action's board held last."""
        return max(held for held in self.office.held if held.board == self.action.ref.meeting.board)

    @property
    def other_owner(self) -> str:
        """Somebody who does not owe the action yet."""
        return next(owner for owner in OWNERS if owner not in self.action.owners)

    def later(self, weeks: int) -> str:
        """A day so many weeks after the one that the action is due on."""
        assert isinstance(self.action.due, date)
        return str(self.action.due + timedelta(weeks=weeks))

    def days_on(self, days: int) -> date:
        """The day so many days after the coming meeting."""
        return self.coming.day + timedelta(days)

    def text(self, about: str) -> str:
        """A text that no other round has."""
        return f"{about}, as member {self.number + 1} of the board asked"

    def run(self, *words: str) -> None:
        """Let `tracker` do something that is not measured. Raises Failed if it fails."""
        output(self.office.desk, [self.office.tracker, *words])


class Task(NamedTuple):
    """A command, what stands behind it on the page, and its words in a round.

    `note` says what words do not show. `prepare` comes before it and is not measured. `commits` is how many commits both
    make, so that what finds nothing to do is noticed. `more` is added to the environment.
    """

    command: str
    told: str
    words: Callable[[Round], Sequence[str]] = lambda round: ()
    prepare: Callable[[Round], object] = lambda round: None
    commits: int = 0
    more: Mapping[str, str] = {}
    note: str = ""

    @property
    def what(self) -> str:
        """The task as the page shows it."""
        return f"`{f'{self.command} {self.told}'.strip()}`{self.note}"

    def step(self, rounds: Sequence[Round]) -> Step:
        """The task as it is measured, a round for each run."""
        return Step(
            lambda run: [rounds[run].office.tracker, *self.command.split(), *self.words(rounds[run])],
            prepare=lambda run: self.prepare(rounds[run]),
            more=self.more,
        )


def open_rounds(office: Office, number: int) -> list[Round]:
    """So many rounds, each with its own action and its own meeting to come. Raises Failed if there are too few."""
    coming = sorted(_coming(office.number), key=lambda ref: ref.day)
    if len(coming) < number:
        raise Failed("The register has too few meetings to come for so many runs; measure a larger one.")
    boards = _behind(office)
    return [Round(place, office, _plain(office, boards), coming[place]) for place in range(number)]


def _coming(number: int) -> list[MeetingRef]:
    before = takewhile(lambda record: not isinstance(record, Action), records(number))
    return [meeting.ref for meeting in before if isinstance(meeting, Meeting) and meeting.ref.day > AS_AT]


def _behind(office: Office) -> set[str]:
    """The boards of which an open action is due by the meeting that they held last."""
    held = {ref.board: ref.day for ref in office.held}
    due = ((action.ref.meeting.board, action.due) for action in actions(office.number) if action.status == "open")
    return {board for board, day in due if isinstance(day, date) and day <= held[board]}


def _plain(office: Office, boards: Set[str]) -> Action:
    action = next_untouched(office)
    while action.restricted or action.ref.meeting.board not in boards:
        action = next_untouched(office)
    return action
