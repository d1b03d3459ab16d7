"""Values that are written in one word or phrase on the command line: items, people, times, routes."""

import click

from tracker.cli.ask import PHRASE
from tracker.model.records import Item, Person, Route


_ALSO_DISCHARGED = dict.fromkeys(("close", "closed", "complete", "completed", "done"), "discharged")


class ItemType(click.ParamType[Item]):
    """`3i Plan delivery and performance`: the number of an agenda item, and its title."""

    name = "item"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Item:
        number, space, title = PHRASE.convert(value, param, ctx).partition(" ")
        number = number.rstrip(".:")
        if not number or not title.strip():
            self.fail('write number and title, such as "3i Plan delivery and performance".', param, ctx)
        return Item(number, title.strip())


class PersonType(click.ParamType[Person]):
    """`Name; role; organisation`, or a name alone."""

    name = "person"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Person:
        parts = [part.strip() for part in PHRASE.convert(value, param, ctx).split(";")]
        if not parts[0] or len(parts) > 3:
            self.fail('write "Name; role; organisation".', param, ctx)
        name, role, organisation = (*parts, "", "")[:3]
        return Person(name, role or None, organisation or None)


class TimeType(click.ParamType[str]):
    """`10:00`, `10am`, `10.00 am`, `1000hrs`."""

    name = "time"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from tracker.model.times import read_time

        return read_time(value)


class RouteType(click.ParamType[Route]):
    """How an outcome reached the board, in full or in short."""

    name = "route"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Route:
        from tracker.model.changes.progress import read_route

        return read_route(value)


class StatusType(click.Choice[str]):
    """A status, or `all`; what people also call a discharge is understood."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_ALSO_DISCHARGED.get(value.lower(), value), param, ctx)


ITEM = ItemType()
PERSON = PersonType()
ROUTE = RouteType()
TIME = TimeType()
