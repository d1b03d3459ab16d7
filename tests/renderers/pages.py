"""Documents to lay out: one with every kind of block, one of a hostile text in every place that holds any."""

from datetime import date

from tracker.renderers.papers.document import (
    Bar,
    Bars,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Heading,
    Paragraph,
    Table,
)

COLUMNS = (
    Column("ref", "Reference", "reference"),
    Column("text", "Action"),
    Column("owner", "Owner", "short"),
    Column("raised", "Raised", "short"),
    Column("due", "Due", "day"),
    Column("days", "Days overdue", "number"),
    Column("latest", "Latest word"),
)


def row(number: int, text: str = "Explore a rural crime update in context for inclusion in the report") -> tuple[Cell, ...]:
    return (
        Cell(f"PDB/2025-11-26/{number:02}", ("carried a third time",)),
        Cell(text),
        Cell(("Force", "OPCC")),
        Cell("26 Nov 2025", ("item 3i",)),
        Cell(date(2026, 2, 25), ("first due 26 November 2025",)),
        Cell(1105, strong=True),
        Cell("no update received" if number % 2 else None),
    )


def table(rows: int = 3, caption: str = "Overdue at this meeting, longest first") -> Table:
    return Table(caption, COLUMNS, [row(number) for number in range(1, rows + 1)])


PAPER = Document(
    "Actions: Performance and Delivery Board, 25 February 2026",
    (
        ("Board", "Performance and Delivery Board"),
        ("Day", date(2026, 2, 25)),
        ("Attendees", ("Matthew Scott, Police and Crime Commissioner", "Tim Smith, Chief Constable")),
        ("Agenda item", None),
    ),
    (
        Paragraph("9 actions are overdue, 2 are with the board.", "lead"),
        Heading("Overdue"),
        table(),
        Heading("With the board"),
        Paragraph("The Board is asked to discharge these."),
        Table("With the board", COLUMNS[:4], [row(7)[:4]]),
        Heading("Notes of the previous meeting", 3),
        Facts((("Venue", "Clift Room"), ("Time", "10:00"))),
        Bullets(("Welcome", "Apologies from Peter Ayling")),
        Heading("On time"),
        Bars("Discharged on time", (Bar("Force", 62, "62 per cent, 21 of 34"), Bar("OPCC", 100, "100 per cent, 4 of 4"))),
        Heading("Without a day"),
        Table("Without a day", COLUMNS[:4], ()),
        Paragraph("No record since 25 March 2020 means that we know nothing.", "small"),
    ),
    ("Taken from the published notes; where they end, our knowledge ends.",),
    "OFFICIAL \N{EN DASH} SENSITIVE",
)


def hostile(text: str) -> Document:
    """A document with this text in every place."""
    columns = tuple(column._replace(heading=text) for column in COLUMNS)
    cells = tuple(Cell(text, (text, text), strong=True) for _ in columns)
    return Document(
        text,
        ((text, text), (text, (text, text))),
        (
            Heading(text),
            Paragraph(text),
            Paragraph(text, "lead"),
            Facts(((text, text),)),
            Bullets((text, text)),
            Table(text, columns, [cells, cells]),
            Table(text, columns, ()),
            Bars(text, (Bar(text, 3.5, text), Bar(text, 0, text))),
        ),
        (text,),
        text,
    )
