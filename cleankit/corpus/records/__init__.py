"""Files of records: a text and an id in each row, among columns that are passed through."""

from __future__ import annotations

from cleankit.corpus.columns import Columns
from cleankit.corpus.records import jsonl, parquet, warc
from cleankit.corpus.records.model import Bad, Format, Part, Record, Writer
from cleankit.corpus.records.opening import is_remote, opened

SUFFIXES = (*jsonl.SUFFIXES, *parquet.SUFFIXES, *warc.SUFFIXES)

__all__ = [
    "SUFFIXES",
    "Bad",
    "Columns",
    "Format",
    "Part",
    "Record",
    "Writer",
    "format_of",
    "is_records",
    "is_remote",
    "opened",
]


def is_records(name: str) -> bool:
    """Whether a file is one of records: by its suffix."""
    return name.lower().endswith(SUFFIXES)


def format_of(name: str) -> Format:
    """How such a file is read and written. What needs an extra asks for it when it is used."""
    if name.lower().endswith(parquet.SUFFIXES):
        return parquet.Parquet()
    if name.lower().endswith(warc.SUFFIXES):
        return warc.Warc()
    return jsonl.JsonLines()
