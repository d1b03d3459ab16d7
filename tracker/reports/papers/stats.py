"""How a board's actions went in a period, in figures."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, Literal, NamedTuple

from tracker.errors import NotUnderstood
from tracker.model.dates import MONTHS, long_day, month_end
from tracker.model.holding import actions_of
from tracker.model.records import Board, Register
from tracker.reports.papers.audience import Audience, Withheld
from tracker.reports.papers.figures import Calendar, Figures, Period, calendar_of, figures_of, figures_of_each
from tracker.reports.papers.head import Head, head_of
from tracker.reports.papers.lives import Life, life_of

By = Literal["owner", "quarter", "board"]
GROUPINGS: Final[tuple[By, ...]] = ("owner", "quarter", "board")

_QUARTER_MONTHS: Final = 3


class Group(NamedTuple):
    """The figures of one owner, board or quarter. `key` is the owner's or the board's, `name` its full one.

    A quarter's `name` is that of its months, and `whole` says whether the period holds all of it.
    """

    key: str
    name: str
    period: Period
    figures: Figures
    whole: bool = True


class Stats(NamedTuple):
    """The figures of a period, of one board or of all, and where asked for those of each group.

    `asked` is the period as it was asked for, whose last day may be still to come; `total` counts up to
    `period.last`, which is not after the day of the report. `undated` counts the live actions at its end
    that have no due day, so that they cannot be overdue.
    """

    head: Head
    withheld: Withheld
    asked: Period
    period: Period
    total: Figures
    undated: int
    by: By | None = None
    groups: tuple[Group, ...] = ()

    @property
    def paper(self) -> str:
        return "stats"


class Asked(NamedTuple):
    """Which actions and days are asked for; None for the register's beginning, the day of the report, all boards."""

    since: date | None = None
    until: date | None = None
    board: Board | None = None
    by: By | None = None


def stats(register: Register, day: date, audience: Audience, asked: Asked = Asked()) -> Stats:
    """The figures as at the end of `day`, or of the period's last day where that is earlier.

    NotUnderstood for a period that ends before it begins, or begins after `day`.
    """
    lives, left_out = _lives(register, audience, asked.board)
    wanted = _wanted(lives, day, asked)
    period = Period(wanted.first, min(wanted.last, day))
    calendar = calendar_of(register)
    groups = _groups(register, lives, period, calendar, asked)
    return Stats(
        head_of(register, period.last, asked.board or _only_board(register, lives)),
        Withheld(_counted(left_out, period)),
        wanted,
        period,
        figures_of(lives, period, calendar),
        _undated(lives, period.last),
        asked.by,
        tuple(group for group in groups if asked.by == "quarter" or not group.figures.nothing),
    )


def financial_year(text: str) -> Period:
    """The days of a financial and municipal year, 1 April to 31 March: `2023/24`, `2023-24`, `2023/2024`.

    NotUnderstood for anything else, a single year among it, which could mean either.
    """
    first, stroke, second = text.strip().replace("-", "/").replace("–", "/").partition("/")
    year = int(first) if _is_year(first) else 0
    if not year or not stroke or second not in (f"{(year + 1) % 100:02}", str(year + 1)):
        raise NotUnderstood("Write the year as 2023/24: it runs from 1 April 2023 to 31 March 2024.")
    return Period(date(year, 4, 1), date(year + 1, 3, 31))


def quarters(period: Period) -> Iterator[Period]:
    """The quarters of the financial year, which are those of the calendar, that the period touches, in full."""
    month = (period.first.month - 1) // _QUARTER_MONTHS * _QUARTER_MONTHS + 1
    first = date(period.first.year, month, 1)
    while first <= period.last:
        last = month_end(first.year, first.month + _QUARTER_MONTHS - 1)
        yield Period(first, last)
        first = last + timedelta(days=1)


def quarter_name(quarter: Period) -> str:
    """`April to June 2023`."""
    return f"{MONTHS[quarter.first.month - 1]} to {MONTHS[quarter.last.month - 1]} {quarter.last.year}"


def _only_board(register: Register, lives: Iterable[Life]) -> Board | None:
    """The board whose paper this is where no other has any action: its note belongs on it."""
    keys = {life.action.ref.meeting.board for life in lives} or set(register.boards)
    return register.boards.get(*keys) if len(keys) == 1 else None


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and 1900 <= int(text) <= 2199


def _lives(register: Register, audience: Audience, board: Board | None) -> tuple[list[Life], list[Life]]:
    """The lives of the actions that are counted, and of those that are withheld."""
    shown: list[Life] = []
    left_out: list[Life] = []
    every = (action for _, action in sorted(register.actions.items()))
    for action in actions_of(register.actions, board.key) if board else every:
        (shown if audience.shows(action) else left_out).append(life_of(action))
    return shown, left_out


def _wanted(lives: Sequence[Life], day: date, asked: Asked) -> Period:
    last = asked.until or day
    first = asked.since or min((life.action.raised for life in lives), default=last)
    if asked.since is None and first > last:
        first = last
    if first > last:
        raise NotUnderstood(f"The period ends on {long_day(last)}, before it begins on {long_day(first)}.")
    if first > day:
        raise NotUnderstood(
            f"The period begins on {long_day(first)}, after the day of the report, {long_day(day)}. "
            "Give an earlier --since or --year."
        )
    return Period(first, last)


def _counted(lives: Iterable[Life], period: Period) -> int:
    return sum(life.action.raised <= period.last and not life.over_before(period.first) for life in lives)


def _undated(lives: Iterable[Life], day: date) -> int:
    states = (life.at(day) for life in lives)
    return sum(state is not None and state.live and state.due is None for state in states)


def _groups(
    register: Register, lives: Sequence[Life], period: Period, calendar: Calendar, asked: Asked
) -> Iterator[Group]:
    if asked.by == "quarter":
        yield from _quarters(lives, period, calendar, asked)
    elif asked.by == "board":
        for key, name, own in _boards(register, lives):
            yield Group(key.upper(), name, period, figures_of(own, period, calendar))
    elif asked.by == "owner":
        for key, name, own in _owners(register, lives):
            yield Group(key, name, period, figures_of(own, period, calendar, key))


def _quarters(lives: Iterable[Life], period: Period, calendar: Calendar, asked: Asked) -> Iterator[Group]:
    touched = list(quarters(period))
    parts = [Period(max(quarter.first, period.first), min(quarter.last, period.last)) for quarter in touched]
    each = figures_of_each(lives, parts, calendar)
    for quarter, part, figures in zip(touched, parts, each, strict=True):
        # What came before the register's first action is missing from no quarter.
        whole = quarter.last <= period.last and (asked.since is None or quarter.first >= period.first)
        yield Group(quarter.first.isoformat(), quarter_name(quarter), part, figures, whole)


def _boards(register: Register, lives: Iterable[Life]) -> Iterator[tuple[str, str, list[Life]]]:
    raised: dict[str, list[Life]] = {}
    for life in lives:
        raised.setdefault(life.action.ref.meeting.board, []).append(life)
    for key in sorted(raised):
        board = register.boards.get(key)
        yield key, board.title if board else key.upper(), raised[key]


def _owners(register: Register, lives: Iterable[Life]) -> Iterator[tuple[str, str, list[Life]]]:
    """Everyone who ever owned an action, with these: in the register's order, then the unknown, then nobody."""
    had: dict[str, list[Life]] = {}
    for life in lives:
        for owner in {owner for state in life.states for owner in state.owners or ("",)}:
            had.setdefault(owner, []).append(life)
    known = {owner.key: owner.name for owner in register.settings.owners}
    for key in [*known, *sorted(had.keys() - known.keys() - {""}), ""]:
        if key in had:
            yield key, known.get(key, key), had[key]
