"""The names of records. The path of a record in the register is its reference, and nothing else is.

`pdb/2025-11-26b/07.yaml` is `PDB/2025-11-26B/07`: board, day and sitting of the meeting, number.
References sort by board, day, sitting and number. They are named tuples because a register holds
tens of thousands of them: cheap to make, to hash and to sort.
"""

import re
from datetime import date
from typing import NamedTuple

REGISTER_PATH = "register.yaml"

# A folder of one of these names cannot exist on Windows, where colleagues may keep a clone.
# Source: Microsoft, "Naming Files, Paths, and Namespaces".
_WINDOWS_DEVICES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789"]
)
# Texts, because compiling them takes as long as a report takes to read ten records, and it needs none of them.
_BOARD_KEY = r"[a-z][a-z0-9-]{0,31}"
_MEETING_FOLDER = r"([0-9]{4})-([0-9]{2})-([0-9]{2})([b-z]?)"
_ACTION_FILE = r"(0[1-9]|[1-9][0-9]{1,5})\.yaml"


class MeetingRef(NamedTuple):
    """A sitting of a board: `sitting` is empty, or `b`, `c` … for a further one on the same day."""

    board: str
    day: date
    sitting: str = ""

    def __str__(self) -> str:
        return self.folder.upper()

    @property
    def folder(self) -> str:
        """The meeting's folder, relative to the register."""
        return f"{self.board}/{self.day.isoformat()}{self.sitting}"

    @property
    def path(self) -> str:
        """The meeting's own file, relative to the register."""
        return f"{self.folder}/meeting.yaml"


class ActionRef(NamedTuple):
    """An action: the meeting that raised it and its number there, from 1."""

    meeting: MeetingRef
    number: int

    def __str__(self) -> str:
        return f"{self.meeting}/{self.number:02}"

    @property
    def path(self) -> str:
        """The action's file, relative to the register."""
        return f"{self.meeting.folder}/{self.number:02}.yaml"


Ref = str | MeetingRef | ActionRef
"""Any record that has a reference: a board by its key, a meeting, an action."""


def board_path(key: str) -> str:
    """The file of the board with this key, relative to the register."""
    return f"{key}/board.yaml"


def path_of(ref: Ref) -> str:
    """The file of a record, relative to the register; `register.yaml` stands for itself."""
    if isinstance(ref, str):
        return ref if ref == REGISTER_PATH else board_path(ref)
    return ref.path


def folder_of(ref: Ref) -> str:
    """The folder of the register (empty), of a board or of a meeting, relative to the register."""
    return path_of(ref).rpartition("/")[0]


def ref_of_folder(path: str) -> Ref:
    """The register (empty path), the board or the meeting whose folder this is; it must be the folder of one."""
    board, slash, day = path.partition("/")
    if not slash:
        return board or REGISTER_PATH
    return MeetingRef(board, date.fromisoformat(day[:10]), day[10:])


def is_board_key(text: str) -> bool:
    """Whether the text can be a board's key: `[a-z][a-z0-9-]*`, at most 32 characters, no Windows device."""
    return re.fullmatch(_BOARD_KEY, text) is not None and not is_windows_device(text)


def is_windows_device(text: str) -> bool:
    """Whether no file can have this name on Windows, whatever its ending."""
    return text.lower() in _WINDOWS_DEVICES


def meeting_ref(board: str, folder: str) -> MeetingRef | None:
    """The meeting that a folder of this name holds; None if the name is not the canonical one of any."""
    match = re.fullmatch(_MEETING_FOLDER, folder)
    if match is None or not is_board_key(board):
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return MeetingRef(board, day, match[4])


def action_number(file_name: str) -> int | None:
    """The number of the action that a file of this name holds; None if the name is not canonical."""
    match = re.fullmatch(_ACTION_FILE, file_name)
    return int(match[1]) if match else None


def canonical_meeting(text: str) -> MeetingRef | None:
    """Read `PDB/2025-11-26` as it is written inside records; None if it is anything else."""
    board, slash, folder = text.lower().partition("/")
    return meeting_ref(board, folder) if slash else None


def canonical_action(text: str) -> ActionRef | None:
    """Read `PDB/2025-11-26/01` as it is written inside records; None if it is anything else."""
    folder, slash, number = text.rpartition("/")
    meeting = canonical_meeting(folder) if slash else None
    found = action_number(f"{number}.yaml")
    return ActionRef(meeting, found) if meeting and found else None
