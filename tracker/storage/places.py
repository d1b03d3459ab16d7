"""What each path of the register is, by its name alone.

Three levels of folders: the register holds `register.yaml` and boards, a board `board.yaml` and
meetings, a meeting `meeting.yaml` and actions. Only the canonical spelling of a path is a record; for
other names this says what they were probably meant to be.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from tracker.model.references import (
    REGISTER_PATH,
    ActionRef,
    MeetingRef,
    Ref,
    action_number,
    is_board_key,
    meeting_ref,
)

# Texts, because compiling them takes longer than many a command; Python keeps what it has compiled.
_YAML_PART = r"(?i)\.ya?ml(?![a-z0-9])"
# Of editors, of patch, and of git's merge tool (`01.yaml.orig`, `01_BASE_4711.yaml`, `01.yaml.LOCAL.4711.yaml`).
_LEFT_OVER = (
    r"(?i).*~|#.*#|.*\.(orig|rej|bak|swp|swo|tmp|temp|save|old)|.*[._](base|local|remote|backup)([._].*)?"
)
# A number with what stands behind it in copies (`01 (1).yaml`, `01_BASE_4711.yaml`); a day is no number.
_CLAIM = r"(?i)0*([1-9][0-9]{0,5})(?![0-9]|-[0-9]).*\.ya?ml(?![a-z0-9]).*"
_DAY_LIKE = r"([0-9]{4})[-_. ]?([0-9]{1,2})[-_. ]?([0-9]{1,2})[-_. ]?([a-z]?)"


class Level(NamedTuple):
    """What may lie in a folder: the record of a file of this name, of a folder of this name, and likely slips.

    `meant_file` and `meant_folder` give the canonical name that a wrong one probably stands for.
    `folder_rule` and `file_rule` say in words how names are spelt here.
    """

    file_named: Callable[[str], Ref | None]
    folder_named: Callable[[str], Ref | None]
    meant_file: Callable[[str], str | None]
    meant_folder: Callable[[str], str | None]
    file_rule: str
    folder_rule: str


def ref_at(path: str) -> Ref | None:
    """The record whose file has this path, with `/`; None if no record can lie there."""
    level, *names = _LEVEL_OF_REGISTER, *path.split("/")
    for folder in names[:-1]:
        inner = level.folder_named(folder)
        if inner is None:
            return None
        level = level_of(inner)
    return level.file_named(names[-1])


def level_of(ref: Ref) -> Level:
    """What may lie in the folder of the register, a board or a meeting."""
    if isinstance(ref, MeetingRef):
        return _meeting_level(ref)
    return _LEVEL_OF_REGISTER if ref == REGISTER_PATH else _board_level(str(ref))


def is_ignored(name: str) -> bool:
    """Whether a name says that it is none of ours: hidden files, notes for people, what desktops leave."""
    low = name.lower()
    return low.startswith((".", "readme")) or low.endswith(".md") or low in ("thumbs.db", "desktop.ini")


def is_left_over(name: str) -> bool:
    """Whether a file of this name was left by an editor, a patch or a merge."""
    return re.fullmatch(_LEFT_OVER, name) is not None


def looks_like_yaml(name: str) -> bool:
    """Whether a person may have meant a file of this name as a record (`01.YML`, `01.yaml.txt`)."""
    return re.search(_YAML_PART, name) is not None


def claimed_number(name: str) -> int | None:
    """The action's number that a file of this name takes up, rightly spelt or not; None if it names none."""
    if name.endswith(".yaml") and name.removesuffix(".yaml").isalpha():  # meeting.yaml, board.yaml
        return None
    number = action_number(name)
    if number is not None:
        return number
    match = re.fullmatch(_CLAIM, name)
    return int(match[1]) if match else None


def _board_level(key: str) -> Level:
    return Level(
        file_named=lambda name: key if name == "board.yaml" else None,
        folder_named=lambda name: meeting_ref(key, name),
        meant_file=lambda name: _one_of(name, "board.yaml"),
        meant_folder=_meant_meeting,
        file_rule="A board's folder holds `board.yaml` and the folders of its meetings",
        folder_rule="The folder of a meeting is named like `2025-11-26`, or `2025-11-26b` for a second one that day",
    )


def _meeting_level(meeting: MeetingRef) -> Level:
    def action(name: str) -> Ref | None:
        number = action_number(name)
        return ActionRef(meeting, number) if number else None

    return Level(
        file_named=lambda name: meeting if name == "meeting.yaml" else action(name),
        folder_named=lambda name: None,
        meant_file=lambda name: _one_of(name, "meeting.yaml") or _meant_action(name),
        meant_folder=lambda name: None,
        file_rule="A meeting's folder holds `meeting.yaml` and its actions `01.yaml`, `02.yaml` and so on",
        folder_rule="A meeting's folder holds no folders",
    )


def _one_of(name: str, wanted: str) -> str | None:
    stem = wanted.removesuffix(".yaml")
    found = re.fullmatch(rf"{stem}s?[\W\d]*\.ya?ml(\W.*)?", name.strip().lower())
    return wanted if found else None


def _meant_action(name: str) -> str | None:
    number = claimed_number(name)
    return f"{number:02}.yaml" if number else None


def _meant_board(name: str) -> str | None:
    key = re.sub(r"[ _.]+", "-", name.strip().lower())
    return key if is_board_key(key) else None


def _meant_meeting(name: str) -> str | None:
    match = re.fullmatch(_DAY_LIKE, name.strip().lower())
    if match is None:
        return None
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
    return f"{day.isoformat()}{'' if match[4] == 'a' else match[4]}"


_LEVEL_OF_REGISTER = Level(
    file_named=lambda name: REGISTER_PATH if name == REGISTER_PATH else None,
    folder_named=lambda name: name if is_board_key(name) else None,
    meant_file=lambda name: _one_of(name, REGISTER_PATH),
    meant_folder=_meant_board,
    file_rule="The register's folder holds `register.yaml` and the folders of the boards",
    folder_rule="A board's folder is named in small letters, figures and hyphens, like `pdb`",
)
