"""What a secretary asks the register: lists, records and papers, as they come through a pipe. Nothing is changed."""

from tests.bench.tasks import Round, Task


def _board(round: Round) -> str:
    return round.latest.board


def _shortened(round: Round) -> list[str]:
    """The first action of the latest meeting, named by month, day and number as one does who has said the board."""
    return [f"{round.latest.day:%m-%d}/1", "--board", _board(round)]


REPORTS = (
    Task("list", ""),
    Task("list", "--status all", lambda round: ["--status", "all"]),
    Task("list", "--text WORDS", lambda round: ["--text", "rural crime"]),
    Task("list", "--owner O", lambda round: ["--owner", round.action.owners[0]]),
    Task("list", "--board KEY", lambda round: ["--board", _board(round)]),
    Task("list", "--rev HEAD", lambda round: ["--rev", "HEAD"]),
    Task("show", "REF", lambda round: [round.ref]),
    Task("show", "REF", _shortened, note=", shortened to month, day and number"),
    Task("show", "MEETING", lambda round: [str(round.latest)]),
    Task("show", "BOARD", lambda round: [_board(round)]),
    Task("overdue", ""),
    Task("overdue", "--by owner", lambda round: ["--by", "owner"]),
    Task("brief", "MEETING", lambda round: [str(round.coming)]),
    Task("brief", "MEETING --format html", lambda round: [str(round.coming), "--format", "html"]),
    Task("brief", "next --board KEY", lambda round: ["next", "--board", _board(round)]),
    Task("overview", "MEETING", lambda round: [str(round.latest)]),
    Task("overview", "MEETING --all-live", lambda round: [str(round.latest), "--all-live"]),
    Task("notes", "MEETING", lambda round: [str(round.latest)]),
    Task("chase", ""),
    Task("chase", "--for MEETING", lambda round: ["--for", str(round.coming)]),
    Task("stats", ""),
    Task("stats", "--by quarter", lambda round: ["--by", "quarter"]),
    Task("stats", "--by board", lambda round: ["--by", "board"]),
    Task("calendar", ""),
    Task("calendar", "--board KEY", lambda round: ["--board", _board(round)]),
    Task("board list", ""),
    Task("owner list", ""),
    Task("meeting list", ""),
    Task("meeting list", "--board KEY", lambda round: ["--board", _board(round)]),
    Task("check", ""),
)
"""What changes nothing, and finds the register as it was committed."""
