"""The register as it is about to be committed."""

from pathlib import Path

from tracker.git.door import text
from tracker.git.revisions import clone_of
from tracker.git.snapshot import GitTree, files_at


def staged_tree(root: Path, index: str | None) -> GitTree | None:
    """The register as the index holds it; None if there is no register in it.

    `index` is the file that git names to a hook, relative to the top of the work tree; None is the usual
    one. What this stores is the tree that the commit itself is going to store.
    """
    clone = clone_of(root)
    tree = text(clone.git.write("write-tree", env={"GIT_INDEX_FILE": index} if index else None)).strip()
    files = files_at(clone, tree)
    return None if files is None else GitTree(clone.git, files)
