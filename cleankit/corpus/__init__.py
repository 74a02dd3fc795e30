"""Readers and writers of documents: files and folders of plain text."""

from cleankit.corpus.globs import expand
from cleankit.corpus.read import STDIN, Source, distinct, find, read, read_bytes
from cleankit.corpus.write import place, write_bytes

__all__ = ["STDIN", "Source", "distinct", "expand", "find", "place", "read", "read_bytes", "write_bytes"]
