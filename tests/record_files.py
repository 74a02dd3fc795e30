"""What the tests of files of records have in common: a file read in parts, and written with some texts changed."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from cleankit.corpus import records
from cleankit.corpus.records import Bad, Columns, Part, Record

COLUMNS = Columns()
LIMIT = 1 << 20
WHOLE = 1 << 40


def parts(path: Path | str, size: int = WHOLE) -> list[Part]:
    name = str(path).rpartition("/")[2]
    return records.format_of(name).parts(name, str(path), size)


def rows(path: Path | str, size: int = WHOLE, columns: Columns = COLUMNS, limit: int = LIMIT) -> list[Record | Bad]:
    """All records and bad rows of a file, part by part."""
    how = records.format_of(str(path))
    return [row for part in parts(path, size) for row in how.read(part, columns, limit)]


def texts(path: Path | str, size: int = WHOLE, limit: int = LIMIT) -> list[str]:
    return [row.text if isinstance(row, Record) else row.problem for row in rows(path, size, limit=limit)]


def written(
    path: Path | str,
    size: int = WHOLE,
    change: Callable[[Record], str | None] = lambda record: record.text,
    columns: Columns = COLUMNS,
    limit: int = LIMIT,
) -> dict[str, bytes]:
    """The output of each part. `change` gives the text of a record, or None where the record is left out."""
    how = records.format_of(str(path))
    outputs = {}
    for part in parts(path, size):
        file = BytesIO()
        with how.writing(file, part, columns) as writer:
            for record in how.read(part, columns, limit):
                if isinstance(record, Record) and (text := change(record)) is not None:
                    writer.put(record, text)
        outputs[part.name] = file.getvalue()
    return outputs
