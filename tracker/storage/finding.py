"""Finding the register: the folder with `register.yaml` at its root (design: section 3)."""

import os
from pathlib import Path

from tracker.errors import NotFound
from tracker.model.references import REGISTER_PATH
from tracker.storage.wording import visible

IN_REPOSITORY = "records"


def find_root(start: Path, explicit: str | None = None) -> Path:
    """The root of the register to work on.

    `start` is an absolute folder. `explicit` is what the user named with `--records` or in
    `TRACKER_RECORDS`, relative to `start`: a register, or a folder that holds one in `records/`.
    Without it the nearest folder from `start` upwards counts that is either. Raises NotFound.
    """
    if explicit is not None:
        return _named(start, explicit)
    for folder in (start, *start.parents):
        root = register_in(folder)
        if root is not None:
            return root
    raise NotFound(
        f"There is no register in {visible(str(start))} or in any folder above it. "
        "Make one here with `tracker init`, or say where it is with `--records DIR`."
    )


def register_in(folder: Path) -> Path | None:
    """The register that this folder is, or holds in `records/`; None if neither."""
    for root in (folder, folder / IN_REPOSITORY):
        # Even a link that leads nowhere shows that a register was meant; reading it says what is wrong.
        if os.path.lexists(root / REGISTER_PATH):
            return root
    return None


def _named(start: Path, explicit: str) -> Path:
    folder = start / explicit
    if not explicit or not os.path.isdir(folder):
        raise NotFound(
            f"There is no folder `{visible(explicit)}`, where the register should be. "
            "Say where it is with `--records DIR`, or make one with `tracker init DIR`."
        )
    root = register_in(folder)
    if root is None:
        raise NotFound(
            f"`{visible(explicit)}` is no register: it has no `{REGISTER_PATH}`. "
            "Name the folder that has one, or make a register there with `tracker init DIR`."
        )
    return root
