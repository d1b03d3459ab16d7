"""A register as it would be with some files changed, without changing them."""

from collections.abc import Mapping, Sequence

from tracker.storage.trees import FILE, FOLDER, Entry, NotThere, Tree
from tracker.storage.yaml_text import check_size


class OverlaidTree:
    """A tree in which these files hold something else; None for those that are gone."""

    def __init__(self, tree: Tree, changed: Mapping[str, bytes | None]) -> None:
        self._tree = tree
        self._changed = changed

    def listed(self, folder: str) -> Sequence[Entry]:
        """What would lie in the folder, without folders that the changes leave empty."""
        start = f"{folder}/" if folder else ""
        found = {entry.name: entry for entry in self._old(folder)}
        for path, content in self._changed.items():
            if not path.startswith(start):
                continue
            name, deeper, _ = path.removeprefix(start).partition("/")
            if deeper:
                if content is not None:
                    found.setdefault(name, Entry(name, FOLDER))
            elif content is None:
                found.pop(name, None)
            else:
                found[name] = Entry(name, FILE)
        return [entry for entry in found.values() if not self._is_emptied(start + entry.name, entry)]

    def content(self, path: str) -> bytes:
        """What would stand in the file."""
        if path not in self._changed:
            return self._tree.content(path)
        content = self._changed[path]
        if content is None:
            raise NotThere()
        check_size(len(content))
        return content

    def _is_emptied(self, path: str, entry: Entry) -> bool:
        gone = any(content is None and name.startswith(f"{path}/") for name, content in self._changed.items())
        return gone and entry.kind == FOLDER and not self.listed(path)

    def _old(self, folder: str) -> Sequence[Entry]:
        try:
            return self._tree.listed(folder)
        except FileNotFoundError:
            return ()
