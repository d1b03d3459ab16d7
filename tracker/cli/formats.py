"""The name of a format on the command line."""

import click

from tracker.renderers.registry import ALSO, FORMATS


class FormatType(click.Choice[str]):
    """One of the formats; what people also call one is understood (`md`)."""

    def __init__(self) -> None:
        super().__init__(list(FORMATS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(ALSO.get(value.lower(), value), param, ctx)
