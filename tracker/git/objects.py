"""What git has stored: the contents of objects, several for one process, and what a commit is."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Final, NamedTuple

from tracker.git.door import Git, text
from tracker.storage.yaml_text import BadText, check_size

_PERSON: Final = re.compile(rb"(?P<name>[^\n<]*?) *<[^\n>]*> (?P<seconds>-?\d{1,12}) (?P<zone>[+-]\d{4})")
_SHORT: Final = 10


class Commit(NamedTuple):
    """A commit: its full hash, who wrote it and who committed it, and on which day by the author's clock.

    `trailers` are the records that it names as touched, `undoes` the commit that it takes back.
    """

    hash: str
    author: str
    committer: str
    day: date
    trailers: tuple[str, ...] = ()
    undoes: str | None = None

    @property
    def short(self) -> str:
        return self.hash[:_SHORT]


class Stored(NamedTuple):
    """An object as it is stored: its hash, its kind (`blob`, `commit`), its content."""

    hash: str
    kind: str
    content: bytes


def stored(git: Git, names: Iterable[str]) -> Iterator[Stored | None]:
    """The objects of these names (hashes or revisions, a line each), in their order; None for what is not there."""
    asked = [name.encode("utf-8", "surrogateescape") for name in names]
    if not asked:
        return
    output = git.read("cat-file", "--batch", stdin=b"".join(name + b"\n" for name in asked))
    place = 0
    for _ in asked:
        end = output.index(b"\n", place)
        head = output[place:end].rsplit(b" ", 2)
        place = end + 1
        # `HASH missing`, `NAME ambiguous`: the name itself may end in anything, a size never does
        if len(head) < 3 or not head[2].isdigit() or head[1] not in (b"blob", b"commit", b"tree", b"tag"):
            yield None
            continue
        size = int(head[2])
        yield Stored(head[0].decode(), head[1].decode(), output[place : place + size])
        place += size + 1


def contents(git: Git, hashes: Iterable[str]) -> Mapping[str, bytes | BadText]:
    """The contents of these blobs by hash; for one that is too large for a record or not there, what is wrong.

    What is too large is never read.
    """
    wanted = list(dict.fromkeys(hashes))
    found: dict[str, bytes | BadText] = {hash_: _lacking() for hash_ in wanted}
    small = []
    for hash_, size in zip(wanted, _sizes(git, wanted), strict=True):
        try:
            check_size(size or 0)
        except BadText as error:
            found[hash_] = error
        else:
            small += [] if size is None else [hash_]
    found.update({blob.hash: blob.content for blob in stored(git, small) if blob})
    return found


def _sizes(git: Git, hashes: Sequence[str]) -> list[int | None]:
    """The size of each of these blobs; None for what is not there, or is no blob."""
    if not hashes:
        return []
    output = git.read("cat-file", "--batch-check", stdin="".join(f"{hash_}\n" for hash_ in hashes).encode())
    told = (line.split() for line in text(output).splitlines())
    return [int(words[2]) if len(words) == 3 and words[1] == "blob" else None for words in told]


def _lacking() -> BadText:
    return BadText(None, "this clone lacks the file's content", "Fetch it: git fetch --refetch")


def commit_of(found: Stored) -> Commit:
    """The commit that is stored here. What in it cannot be read is empty, its day the first of 1970."""
    head = found.content.partition(b"\n\n")[0]
    author, day = _person(head, b"author ")
    committer, _ = _person(head, b"committer ")
    return Commit(found.hash, author, committer, day)


def _person(head: bytes, role: bytes) -> tuple[str, date]:
    line = next((line for line in head.split(b"\n") if line.startswith(role)), b"")
    match = _PERSON.fullmatch(line.removeprefix(role))
    if match is None:
        return "", date(1970, 1, 1)
    return text(match["name"]), _day(int(match["seconds"]), match["zone"].decode())


def _day(seconds: int, zone: str) -> date:
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[3:]))
    try:
        moment = datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=seconds)
        return (moment - ahead if zone[0] == "-" else moment + ahead).date()
    except OverflowError:
        return date(1970, 1, 1)
