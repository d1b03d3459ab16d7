"""Changing a record's text so that nothing else in it moves.

The text is edited at the positions of its nodes; it is never loaded and dumped. The result is read again
and must hold what was meant, with everything that the change does not name as it was.
"""

from tracker.storage.yaml_align import meant, plain
from tracker.storage.yaml_draft import CannotEdit, Draft
from tracker.storage.yaml_edit_block import edit_map
from tracker.storage.yaml_nodes import MapNode
from tracker.storage.yaml_scalars import Fields
from tracker.storage.yaml_text import BadText, check_size
from tracker.storage.yaml_usual_tree import usual_tree

__all__ = ["CannotEdit", "edit_record"]


def edit_record(text: str, old: Fields, new: Fields) -> str:
    """The text (without byte order mark) with the change from `old` to `new` made in it.

    `old` is what was read from the text, without the keys that the program does not know; `new` is what
    should stand there, in the order in which new keys are to be written. Only values that differ between
    the two are touched; without a difference the text comes back as it is.

    Raises BadText if the text is no record; BadValue for a value that no file can hold; CannotEdit if the
    change cannot be made without disturbing something else, or if the record would become too large.
    """
    if old == new:
        return text
    tree = _tree(text)
    draft = Draft(text)
    edit_map(draft, tree, old, new)
    result = draft.result()
    _check_result(result, meant(tree, old, new))
    return result


def _tree(text: str) -> MapNode:
    tree = usual_tree(text)
    if tree is not None:
        return tree
    # only what is not in the usual form needs a YAML parser
    from tracker.storage.yaml_read import read_tree

    return read_tree(text)


def _check_result(result: str, expected: object) -> None:
    try:
        check_size(len(result.encode("utf-8")))
        found = plain(_tree(result))
    except BadText as error:
        raise _not_as_meant(error.line, error.message) from None
    if found != expected:
        raise _not_as_meant(None, "the way in which the file is written would change what it says elsewhere")


def _not_as_meant(line: int | None, cause: str) -> CannotEdit:
    message = f"the change cannot be made in this file as it is written: {cause}"
    return CannotEdit(line, message, "Make the change in an editor, or write the lines in the usual form and try again")
