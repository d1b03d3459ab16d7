"""The folder of the register that the program keeps for itself, as far as every command needs to know it."""

import os
from typing import Final

OWN_FOLDER: Final = ".tracker"
UNFINISHED: Final = "unfinished"
TAKING_BACK: Final = "taking-back"

Place = str | os.PathLike[str]
"""A folder of the disk. Reports get along with its name, because Python's paths take long to import."""


def own_place(root: Place, *names: str) -> str:
    """A place in the own folder of the register at `root`."""
    return os.path.join(root, OWN_FOLDER, *names)


def is_waiting(root: Place) -> bool:
    """Whether a change of several files is under way: of a command that runs, or of one that was cut off."""
    return any(os.path.lexists(own_place(root, name)) for name in (UNFINISHED, TAKING_BACK))
