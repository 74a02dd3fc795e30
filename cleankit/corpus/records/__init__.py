"""Files of records: a text and an id in each row, among columns that are passed through."""

from __future__ import annotations

from cleankit.corpus.records.jsonl import SUFFIXES as JSONL
from cleankit.corpus.records.jsonl import JsonLines
from cleankit.corpus.records.model import Bad, Columns, Format, Part, Record, Writer

SUFFIXES = JSONL

__all__ = ["SUFFIXES", "Bad", "Columns", "Format", "Part", "Record", "Writer", "format_of", "is_records"]


def is_records(name: str) -> bool:
    """Whether a file is one of records: by its suffix."""
    return name.lower().endswith(SUFFIXES)


def format_of(name: str) -> Format:
    """How such a file is read and written."""
    return JsonLines()
