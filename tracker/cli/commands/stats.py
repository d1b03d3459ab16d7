"""`tracker stats`: how actions went in a period, in figures."""

from datetime import date
from typing import TYPE_CHECKING

import click

from tracker.cli.days import past_day
from tracker.cli.globals import Command
from tracker.cli.options import option
from tracker.cli.papers import audience, paper_options
from tracker.cli.session import Session

if TYPE_CHECKING:
    from tracker.model.records import Register
    from tracker.reports.papers.stats import By, Stats


@click.command("stats", cls=Command)
@option("--since", metavar="DATE", help="The first day of the period; that of the first action unless said.")
@option("--until", metavar="DATE", help="The last day of the period; the day of the report unless said.")
@option("--year", metavar="2023/24", help="The financial and municipal year: 1 April 2023 to 31 March 2024.")
@option("--by", type=click.Choice(["owner", "quarter", "board"]), help="Also the figures of each of these.")
@paper_options
@click.pass_obj
def stats_command(
    session: Session, since: str | None, until: str | None, year: str | None, by: "By | None", public: bool | None
) -> None:
    """Count what was raised, closed and on time.

    For a period: raised, discharged, withdrawn, live and overdue at its end, done on time in per cent, median days
    and meetings to discharge, and slips. The paper says what each figure means. A period that has not ended is
    counted to the day of the report.
    """

    def make(register: "Register", day: date) -> "Stats":
        from tracker.reports.papers.stats import Asked, financial_year, stats

        _one_period(since or until, year)
        first, last = financial_year(year) if year else (_day(session, since), _day(session, until))
        return stats(register, day, audience(register, public), Asked(first, last, session.the_board(register), by))

    session.report(make)


def _day(session: Session, text: str | None) -> date | None:
    return past_day(session, text) if text else None


def _one_period(days: str | None, year: str | None) -> None:
    from tracker.errors import NotUnderstood

    if days and year:
        raise NotUnderstood("Give either --year or --since and --until, not both.")
