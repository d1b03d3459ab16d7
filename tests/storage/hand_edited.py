"""Records as people leave them: every habit of hand editing, by a seed, with what each record says.

`record` holds the values of the known keys as a layer of fields would hand them over, with None for what
is absent; `unknown` the keys that the program does not know.
"""

import random
from datetime import date, timedelta
from typing import NamedTuple

from tracker.storage.yaml_scalars import Fields, Value

ORDER = ("text", "item", "owners", "due", "due_said", "status", "tags", "restricted", "history")
WORDS = "Explore rural crime update in context for the report, Kent's victims; draft (with OPCC) & Zoë – £5m 🚓".split()
COMMENTS = ("# see the minutes", "# due: 2020-01-01", "#", "# - date: not an entry", "# 'quoted' \"text\": [x", "#   history:")
DAY = date(2025, 11, 26)


class Sample(NamedTuple):
    """A hand-edited record: its text without byte order mark, and the values of its known keys."""

    text: str
    fields: Fields
    bom: bool


def hand_edited(seed: int) -> Sample:
    """The record of this seed; the same for ever."""
    return _Hand(random.Random(seed)).record()


class _Hand:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.fields: Fields = {}
        self.lines: list[str] = []
        self.order = list(ORDER)
        if self.likely(0.4):
            chance.shuffle(self.order)

    def likely(self, share: float) -> bool:
        return self.chance.random() < share

    def record(self) -> Sample:
        if self.likely(0.3):
            self.lines += ["# A file of the secretary", ""] * self.chance.randint(1, 2)
        if self.likely(0.2):
            self.lines.append("---")
        for key in self.order:
            self.key(key)
            self.pause(0.25)
        if self.likely(0.3):
            self.lines += ["", "# The end. Nothing below.", "# due: never"][self.chance.randint(0, 1) :]
        if self.likely(0.1):
            self.lines.append("...")
        newline = "\r\n" if self.likely(0.3) else "\n"
        text = newline.join(self.lines) + (newline if self.likely(0.75) else "")
        ordered = {key: self.fields[key] for key in ORDER if key in self.fields}
        return Sample(text, ordered, bom=self.likely(0.2))

    def pause(self, share: float, indent: int = 0) -> None:
        while self.likely(share):
            self.lines.append("" if self.likely(0.4) else " " * self.chance.choice((0, indent)) + self.chance.choice(COMMENTS))

    def behind(self) -> str:
        return " " * self.chance.randint(1, 9) + self.chance.choice(COMMENTS) if self.likely(0.3) else " " * self.chance.choice((0, 0, 0, 2))

    def words(self, most: int = 12) -> str:
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, most)))

    def key(self, key: str) -> None:
        if self.likely(0.15):
            self.unknown()
        match key:
            case "text":
                self.text(key, 0, self.chance.choice((6, 12, 60)))
            case "item" | "due_said":
                if self.likely(0.5):
                    self.text(key, 0, 2)
            case "owners":
                self.short_list(key, ["Force", "OPCC", "NO"][: self.chance.randint(1, 3)])
            case "tags":
                if self.likely(0.4):
                    self.short_list(key, self.chance.sample(["rural", "10:00", "a b", "NO"], self.chance.randint(0, 3)))
            case "due":
                self.day(key, 0)
            case "status":
                self.word(key, 0, self.chance.choice(("open", "proposed", "discharged")))
            case "restricted":
                if self.likely(0.2):
                    self.put(self.fields, key, True)
                    self.lines.append("restricted: true" + self.behind())
            case _:
                self.history()

    def put(self, fields: Fields, key: str, value: Value) -> None:
        fields[key] = value

    def unknown(self) -> None:
        name = f"x_{len(self.lines)}"
        self.lines += self.chance.choice((
            [f"{name}: 'kept' # mine"],
            [f"{name}:", "  deep:", "    - er: [1, {a: b}]", "      # inside", "  more: |", "    kept", "", "    too"],
            [f"'{name}' : [one,", "    two ,  # why", "  three]"],
            [f"{name}:"],
            [f"{name}: >-", "   folded", "   text"],
        ))  # fmt: skip

    def word(self, key: str, indent: int, value: str, fields: Fields | None = None) -> None:
        self.put(self.fields if fields is None else fields, key, value)
        written = self.chance.choice((value, value, f'"{value}"', f"'{value}'"))
        gap = " " * self.chance.choice((1, 1, 1, 4))
        self.lines.append(f"{' ' * indent}{key}:{gap}{written}{self.behind()}")

    def day(self, key: str, indent: int, fields: Fields | None = None, day: date = DAY) -> None:
        self.put(self.fields if fields is None else fields, key, day)
        written = self.chance.choice((day.isoformat(), day.isoformat(), f"'{day}'"))
        self.lines.append(f"{' ' * indent}{key}: {written}{self.behind()}")

    def text(self, key: str, indent: int, most: int, fields: Fields | None = None) -> None:
        words = self.words(most)
        lead = " " * indent
        parts = words.split(" ")
        middle = self.chance.randrange(len(parts)) if len(parts) > 1 else 0
        head, tail = " ".join(parts[:middle]), " ".join(parts[middle:])
        style = self.chance.choice(("plain", "'", '"', "|", ">", "plain2", '"2', "below"))
        single = words.replace("'", "''")
        if words[0] in "&–£(" and style in ("plain", "plain2", "below"):
            style = "'"
        if not head and style in ("plain2", '"2'):
            style = '"'
        if style == "plain2" and (tail[0] in "&–" or head[-1] in "&–"):
            style = "'"
        value = words
        match style:
            case "plain":
                self.lines.append(f"{lead}{key}: {words}{self.behind()}")
            case "'":
                self.lines.append(f"{lead}{key}: '{single}'{self.behind()}")
            case '"':
                self.lines.append(f'{lead}{key}: "{words}"{self.behind()}')
            case "plain2":
                self.lines += [f"{lead}{key}: {head}", f"{lead}     {tail}{self.behind()}"]
            case '"2':
                self.lines += [f'{lead}{key}: "{head}', f'{lead}   {tail}"{self.behind()}']
            case "below":
                self.lines += [f"{lead}{key}:{self.behind()}", f"{lead}    {words}{self.behind()}"]
            case _:
                mark = self.chance.choice(("", "-"))
                self.lines.append(f"{lead}{key}: {style}{mark}{self.chance.choice(('', '  # a comment'))}")
                self.lines += [f"{lead}   {head or 'Also'}", "", f"{lead}   {tail}"]
                gap = "\n\n" if style == "|" else "\n"
                value = f"{head or 'Also'}{gap}{tail}"
        self.put(self.fields if fields is None else fields, key, value)

    def short_list(self, key: str, values: list[str]) -> None:
        self.put(self.fields, key, list(values))
        quoted = [self.chance.choice((f'"{value}"', f"'{value}'", value)) for value in values]
        if not values:
            self.lines.append(f"{key}: [ ]{self.behind()}")
        elif self.likely(0.4):
            comma = self.chance.choice((", ", ",  "))
            edge = self.chance.choice(("", " "))
            self.lines.append(f"{key}: [{edge}{comma.join(quoted)}{edge}]{self.behind()}")
        elif self.likely(0.3):
            comma = "," if self.likely(0.5) else ""
            inner = [f"  {value},  # {n}" for n, value in enumerate(quoted[:-1])]
            self.lines += [f"{key}: [", *inner, f"  {quoted[-1]}{comma}", "  ]"]
        else:
            indent = " " * self.chance.choice((0, 2, 4))
            self.lines.append(f"{key}:{self.behind()}")
            for value in quoted:
                self.pause(0.15, 2)
                self.lines.append(f"{indent}-{' ' * self.chance.choice((1, 1, 3))}{value}{self.behind()}")

    def history(self) -> None:
        count = self.chance.choice((0, 0, 1, 2, 3))
        if not count:
            self.no_history()
            return
        self.lines.append(f"history:{self.behind()}")
        indent, gap = self.chance.choice((0, 2, 2, 4)), self.chance.choice((1, 1, 1, 3))
        entries: list[Value] = []
        for number in range(count):
            self.pause(0.2, indent)
            entries.append(self.event(indent, gap, DAY + timedelta(days=30 * (number + 1))))
        self.fields["history"] = entries

    def no_history(self) -> None:
        if self.likely(0.5):
            written = self.chance.choice(("history:", "history: []", "history: ~", "history: [  ]"))
            self.lines.append(written + self.behind())
            if "[" in written:
                self.fields["history"] = []

    def event(self, indent: int, gap: int, day: date) -> Fields:
        fields: Fields = {}
        lead = " " * indent + "-" + " " * gap
        if self.likely(0.2):
            self.lines.append(f"{lead}{{date: {day}, event: update, x_seen: [1, 2], note: 'no, not yet'}}{self.behind()}")
            return {"date": day, "event": "update", "note": "no, not yet"}
        start = len(self.lines)
        if self.likely(0.15):
            self.lines.append(" " * indent + "-" + "  # an event")
        self.day("date", indent + 1 + gap, fields, day)
        at = start if len(self.lines) == start + 1 else None
        if at is not None:
            self.lines[at] = lead + self.lines[at].lstrip(" ")
        self.pause(0.1, indent + 1 + gap)
        self.word("event", indent + 1 + gap, "update", fields)
        if self.likely(0.3):
            self.lines.append(" " * (indent + 1 + gap) + "x_minute: 12  # unknown")
        if self.likely(0.8):
            self.text("note", indent + 1 + gap, self.chance.choice((5, 40)), fields)
        return fields
