"""Parquet, read and written by pyarrow in small batches. Of a table only its texts are written anew."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby, repeat
from typing import Any, BinaryIO, NamedTuple

from cleankit.corpus.columns import Columns
from cleankit.corpus.records.extras import missing
from cleankit.corpus.records.model import Bad, Part, Record, Writer, numbered, tellable
from cleankit.corpus.records.opening import is_remote, opened
from cleankit.errors import ReadError

SUFFIXES = (".parquet",)
_STRINGS = ("string", "large_string", "string_view")
_BUFFER = 1 << 20
# Bytes of a table, unpacked, that are read at once, and that are held until they are written as a row group. Smaller
# row groups pack worse: those of an input are kept up to this size
_BATCH = 4 << 20
_GROUP = 64 << 20
_ROWS = 1 << 10


class Raw(NamedTuple):
    """The place of a row: its batch, the row group that it is from, and its number in the batch."""

    batch: Any
    group: int
    row: int


class Parquet:
    """A record for each row of a table."""

    def parts(self, name: str, path: str, size: int) -> list[Part]:
        with _table(path) as table:
            sizes = [last - first for first, last in _groups(table.metadata)]
        ends = [0]
        held = 0
        for number, more in enumerate(sizes):
            if held and held + more > size:
                ends.append(number)
                held = 0
            held += more
        ends.append(len(sizes))
        if len(ends) == 2:
            return [Part(name, path)]
        count = len(ends) - 1
        return [Part(numbered(name, number, count), path, ends[number], ends[number + 1]) for number in range(count)]

    def extent(self, part: Part) -> tuple[int, int]:
        if part.end == 0:
            with opened(part.path) as file:
                return 0, file.seek(0, io.SEEK_END)
        with _table(part.path) as table:
            groups = _groups(table.metadata)
        if part.end > len(groups):
            raise _changed(part, len(groups))
        own = groups[part.start : part.end]
        return min(first for first, _ in own), max(last for _, last in own)

    def read(self, part: Part, columns: Columns, limit: int) -> Iterator[Record | Bad]:
        with _table(part.path) as table:
            at = _text_column(table.schema_arrow, columns, part.path)
            names = table.schema_arrow.names
            told = names.index(columns.id) if names.count(columns.id) == 1 else None
            count = table.num_row_groups
            if part.end > count:
                raise _changed(part, count)
            row = 0
            for group in range(part.start, part.end or count):
                about = table.metadata.row_group(group)
                each = max(1, about.total_byte_size // max(1, about.num_rows))
                rows = min(_ROWS, max(1, _BATCH // each))
                for batch in table.iter_batches(rows, row_groups=[group], use_threads=False):
                    ids = repeat("") if told is None else map(_id, batch.column(told))
                    for number, (value, said) in enumerate(zip(batch.column(at), ids, strict=False)):
                        row += 1
                        name = said or f"{part.name}:{row}"
                        try:
                            text = _text(value, columns, limit)
                        except _NoText as error:
                            yield Bad(row, str(error), name)
                        else:
                            yield Record(row, name, text, Raw(batch, group, number))

    @contextmanager
    def writing(self, file: BinaryIO, part: Part, columns: Columns) -> Iterator[Writer]:
        with _table(part.path) as table:
            schema, metadata = table.schema_arrow, table.metadata
            at = _text_column(schema, columns, part.path)
            options = _options(metadata)
        with _pyarrow().parquet.ParquetWriter(file, schema, **options) as writer:
            rows = _Rows(writer, schema, at)
            yield rows
            rows.end()


class _NoText(Exception):
    """Why a row has none."""


class _Rows:
    """Takes rows together again: those of a batch, then those of a row group."""

    def __init__(self, writer: Any, schema: Any, at: int) -> None:
        self._writer, self._schema, self._at = writer, schema, at
        self._batch: Any = None
        self._group = -1
        self._kept: list[int] = []
        self._texts: list[str] = []
        self._changed = False
        self._ready: list[Any] = []
        self._size = 0

    def put(self, record: Record, text: str) -> None:
        raw: Raw = record.raw
        if raw.batch is not self._batch:
            self._end_batch()
            if raw.group != self._group:
                self._end_group()
            self._batch, self._group = raw.batch, raw.group
        self._kept.append(raw.row)
        self._texts.append(text)
        self._changed = self._changed or text != record.text

    def end(self) -> None:
        """Write what is held."""
        self._end_batch()
        self._end_group()

    def _end_batch(self) -> None:
        if not self._kept:
            return
        rows = _pyarrow().Table.from_batches([self._batch], self._schema)
        if len(self._kept) != rows.num_rows:
            # for some types the library has no way to take single rows, but to slice it has
            rows = _pyarrow().concat_tables([rows.slice(first, count) for first, count in _runs(self._kept)])
        if self._changed:
            field = self._schema.field(self._at)
            rows = rows.set_column(self._at, field, _pyarrow().array(self._texts, field.type))
        self._ready.append(rows)
        self._size += rows.nbytes
        self._kept, self._texts, self._changed = [], [], False
        if self._size >= _GROUP:
            self._end_group()

    def _end_group(self) -> None:
        if self._ready:
            table = _pyarrow().concat_tables(self._ready)
            self._writer.write_table(table, row_group_size=table.num_rows)
        self._ready, self._size = [], 0


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Each run of ascending numbers: its first, and how many."""
    for _, pairs in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in pairs]
        yield run[0], len(run)


def _text(value: Any, columns: Columns, limit: int) -> str:
    """The text of a row. Raises _NoText."""
    if not value.is_valid:
        raise _NoText(f"has nothing under {columns.text!r}")
    data = value.as_buffer()
    if data.size > limit:
        raise _NoText(f"has a text of more than {limit:,} bytes; split it, or allow more with --max-record")
    try:
        return str(data, "utf-8")
    except UnicodeDecodeError as error:
        raise _NoText(f"byte {error.start} (0x{data[error.start]:02x}) of its text is not UTF-8") from error


def _id(value: Any) -> str:
    """What a value says as an id, or nothing: texts and whole numbers do."""
    try:
        said = value.as_py()
    except UnicodeDecodeError:
        return ""
    if not isinstance(said, str | int) or isinstance(said, bool):
        return ""
    return str(said) if tellable(str(said)) else ""


def _text_column(schema: Any, columns: Columns, path: str) -> int:
    """The number of the column that holds the texts. Raises ReadError."""
    count = schema.names.count(columns.text)
    if count == 0:
        there = ", ".join(schema.names) or "none"
        raise ReadError(path, f"has no column {columns.text!r}, but {there}; say which one with --text-key")
    if count > 1:
        raise ReadError(path, f"has {count} columns {columns.text!r}; rename all but one")
    at: int = schema.names.index(columns.text)
    kind = schema.field(at).type
    if str(kind) not in _STRINGS:
        raise ReadError(path, f"has {kind} in its column {columns.text!r}, not string; cast it, or see to --text-key")
    return at


def _groups(metadata: Any) -> list[tuple[int, int]]:
    """The first byte and the last, exclusive, of each row group."""
    groups = []
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        chunks = [group.column(column) for column in range(group.num_columns)]
        starts = [
            min(chunk.data_page_offset, chunk.dictionary_page_offset or chunk.data_page_offset) for chunk in chunks
        ]
        ends = [start + chunk.total_compressed_size for start, chunk in zip(starts, chunks, strict=True)]
        groups.append((min(starts, default=0), max(ends, default=0)))
    return groups


def _options(metadata: Any) -> dict[str, Any]:
    """How a table like this one is written."""
    if metadata.num_row_groups == 0:
        return {}
    group = metadata.row_group(0)
    chunks = [group.column(number) for number in range(group.num_columns)]
    packs = {chunk.path_in_schema: chunk.compression.replace("UNCOMPRESSED", "NONE") for chunk in chunks}
    return {
        # one for all where it is one: within lists of other writers the columns are called otherwise than in ours
        "compression": packs if len(set(packs.values())) > 1 else next(iter(packs.values()), "NONE"),
        "use_compliant_nested_type": False,  # which would rename what is called otherwise
        # Spark's times: other readers of its tables may know no newer ones
        "use_deprecated_int96_timestamps": any(chunk.physical_type == "INT96" for chunk in chunks),
    }


@contextmanager
def _table(path: str) -> Iterator[Any]:
    """A table that is open. Raises ReadError for what is none, or not all of it."""
    arrow = _pyarrow()
    with opened(path) as file:
        try:
            yield arrow.parquet.ParquetFile(
                file,
                buffer_size=_BUFFER,
                # of a row group of a gigabyte a piece at a time; but from elsewhere many small pieces take too long
                pre_buffer=is_remote(path),
                page_checksum_verification=True,
            )
        except (arrow.ArrowException, OSError) as error:
            raise ReadError(path, f"is no Parquet file, or not all of it ({error}); fetch it again") from error


def _changed(part: Part, count: int) -> ReadError:
    return ReadError(part.path, f"has {count} row groups, fewer than when it was divided; run again")


def _pyarrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise missing("Parquet files", "parquet") from error
    return pyarrow
