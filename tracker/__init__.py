"""An action tracker for the secretariat of a public board, kept as plain files in git."""

__version__ = "0.1.0"
