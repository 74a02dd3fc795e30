"""Readers and writers of documents: files and folders of plain text, and pages of HTML."""

from cleankit.corpus.globs import expand
from cleankit.corpus.read import MARKUP, STDIN, SUFFIX, Source, distinct, document, find, is_markup, read, read_bytes
from cleankit.corpus.write import UNFINISHED, append_bytes, place, write_bytes, writing

__all__ = [
    "MARKUP",
    "STDIN",
    "SUFFIX",
    "UNFINISHED",
    "Source",
    "append_bytes",
    "distinct",
    "document",
    "expand",
    "find",
    "is_markup",
    "place",
    "read",
    "read_bytes",
    "write_bytes",
    "writing",
]
