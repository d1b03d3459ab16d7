"""Finding the register: the folder with `register.yaml` at its root (design: section 3)."""

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tracker.errors import NotFound
from tracker.model.references import REGISTER_PATH

if TYPE_CHECKING:
    from pathlib import Path

IN_REPOSITORY = "records"


def find_root(start: "Path", explicit: str | None = None) -> "Path":
    """The root of the register to work on, as `find_folder` finds it."""
    return type(start)(find_folder(str(start), explicit))


def find_folder(start: str, explicit: str | None = None) -> str:
    """The folder of the register to work on.

    `start` is an absolute folder. `explicit` is what the user named with `--records` or in
    `TRACKER_RECORDS`, relative to `start`: a register, or a folder that holds one in `records/`.
    Without it the nearest folder from `start` upwards counts that is either. Raises NotFound.
    """
    if explicit is not None:
        return _named(start, explicit)
    for folder in _upwards(start):
        root = register_in(folder)
        if root is not None:
            return root
    raise NotFound(
        f"There is no register in {_visible(start)} or in any folder above it. "
        "Make one here with `tracker init`, or say where it is with `--records DIR`."
    )


def register_in(folder: str) -> str | None:
    """The register that this folder is, or holds in `records/`; None if neither."""
    for root in (folder, os.path.join(folder, IN_REPOSITORY)):
        # Even a link that leads nowhere shows that a register was meant; reading it says what is wrong.
        if os.path.lexists(os.path.join(root, REGISTER_PATH)):
            return root
    return None


def _upwards(folder: str) -> Iterator[str]:
    """The folder and those above it, nearest first."""
    above = ""
    while folder != above:
        yield folder
        folder, above = os.path.dirname(folder), folder


def _named(start: str, explicit: str) -> str:
    folder = os.path.join(start, explicit)
    if not explicit or not os.path.isdir(folder):
        raise NotFound(
            f"There is no folder `{_visible(explicit)}`, where the register should be. "
            "Say where it is with `--records DIR`, or make one with `tracker init DIR`."
        )
    root = register_in(folder)
    if root is None:
        raise NotFound(
            f"`{_visible(explicit)}` is no register: it has no `{REGISTER_PATH}`. "
            "Name the folder that has one, or make a register there with `tracker init DIR`."
        )
    return root


def _visible(text: str) -> str:
    from tracker.storage.wording import visible

    return visible(text)
