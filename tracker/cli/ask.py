"""What a command needs and was not given: asked of a person at the terminal, an error elsewhere."""

import sys
from collections.abc import Callable, Sequence

import click

from tracker.cli.screen import person_present, say_error
from tracker.errors import NotUnderstood, TrackerError


class Phrase(click.ParamType[str]):
    """A name or title that goes into a record: UTF-8, and not empty, since an empty one would read as absent."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text = value.strip()
        if not text:
            self.fail("there are no words in it.", param, ctx)
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            self.fail("it is not UTF-8 text. Set the terminal to UTF-8 and type it again.", param, ctx)
        return text


class Words(Phrase):
    """A text of a record; `-` reads it from standard input."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return super().convert(_standard_input() if value == "-" else value, param, ctx)


PHRASE = Phrase()
WORDS = Words()


def _standard_input() -> str:
    """All of it, with the line ends of Windows made plain ones."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise NotUnderstood("What came on standard input is not UTF-8 text.") from None


def needed(value: str | None, label: str, flag: str) -> str:
    """The value; asked for as `label` if it is missing and somebody is there, else an error that names `flag`."""
    if value is not None:
        return value
    if not person_present():
        raise click.UsageError(f"Missing {flag}.")
    answer: str = click.prompt(label, type=WORDS, err=True)
    return answer


def needed_some(
    values: Sequence[str], label: str, flag: str, check: Callable[[str], object] = str
) -> Sequence[str]:
    """The values; one is asked for, as `needed` does, if there are none.

    What `check` raises about an answer is said, and the question asked again: a slip there must not cost
    what was typed before it.
    """
    while not values:
        answer = needed(None, label, flag)
        try:
            check(answer)
        except TrackerError as error:
            say_error(str(error))
        else:
            values = [answer]
    return values
