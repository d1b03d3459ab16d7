"""Making a register where there is none."""

from pathlib import Path
from typing import NamedTuple

from tracker.errors import Refused
from tracker.model.changes.draft import Change
from tracker.model.records import Settings
from tracker.model.references import REGISTER_PATH
from tracker.storage.fields import to_fields
from tracker.storage.keeping import CommitOutcome, Keeper
from tracker.storage.lock import Holder, locked
from tracker.storage.saving import Write
from tracker.storage.store import save_and_keep
from tracker.storage.yaml_scalars import write_record


class Made(NamedTuple):
    """A new register: its folder, and what became of its commit, None where none was wanted."""

    root: Path
    outcome: CommitOutcome | None


def make_register(folder: Path, title: str, holder: Holder, wait: float, keeper: Keeper | None = None) -> Made:
    """Make the folder a register, and let the keeper commit it. Refused if it is one, or lies within one."""
    place = folder.absolute()
    for outer in (place, *place.parents):
        if (outer / REGISTER_PATH).exists():
            where = "a register already" if outer == place else f"inside the register {outer}"
            raise Refused(f"{place} is {where}; nothing was changed. To see it: tracker board list --records {outer}")
    if place.exists() and not place.is_dir():
        raise Refused(f"{place} is a file; a register is a folder. Choose another name.")
    place.mkdir(parents=True, exist_ok=True)
    settings = Settings(title)
    change = Change({REGISTER_PATH: settings}, f"Made a register: {title}")
    with locked(place, holder, wait=wait):
        write = Write(REGISTER_PATH, None, write_record(to_fields(settings)).encode())
        return Made(place, save_and_keep(place, change, [write], keeper))
