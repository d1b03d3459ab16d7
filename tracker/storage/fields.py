"""Between the fields of a file and the records of the model, both ways."""

from tracker.storage.fields_read import from_node
from tracker.storage.fields_write import to_fields

__all__ = ["from_node", "to_fields"]
