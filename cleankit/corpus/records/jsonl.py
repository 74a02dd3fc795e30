"""JSON Lines, plain or compressed. Of a record only its text is written anew; all else stays byte for byte."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from json import decoder
from pathlib import Path
from typing import BinaryIO

from cleankit.corpus.records import packed
from cleankit.corpus.records.model import Bad, Columns, Part, Record, Writer
from cleankit.errors import ReadError

SUFFIXES = tuple(f"{kind}{pack}" for kind in (".jsonl", ".ndjson") for pack in ("", packed.GZIP, packed.ZSTD))
# dolma and C4 call their lines so; a file of this name without compression is one document
SUFFIXES = (*SUFFIXES, ".json.gz", ".json.zst")
_MARK = b"\xef\xbb\xbf"
_BUFFER = 1 << 20

_space = re.compile(r"[ \t\r\n]*").match
_value = json.JSONDecoder().raw_decode
_string: Callable[[str, int, bool], tuple[str, int]] = vars(decoder)["scanstring"]


class JsonLines:
    """A line for each record."""

    def parts(self, name: str, path: str, size: int) -> list[Part]:
        if name.endswith((packed.GZIP, packed.ZSTD)):
            return [Part(name, path)]
        try:
            whole = Path(path).stat().st_size
        except OSError as error:
            raise ReadError(path, f"cannot be read: {error.strerror}; see to its permissions") from error
        count = -(-whole // size)
        if count <= 1:
            return [Part(name, path)]
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
        # equal parts, so that processes that share them end together
        ends = [whole * number // count for number in range(count + 1)]
        return [
            Part(f"{stem}-{number:05}-of-{count:05}{suffix}", path, start, end)
            for number, (start, end) in enumerate(pairwise(ends))
        ]

    def extent(self, part: Part) -> tuple[int, int]:
        with open(part.path, "rb") as file:  # noqa: PTH123 - as above
            whole = os.fstat(file.fileno()).st_size
            if part.end == 0:
                return 0, whole
            return _line_from(file, part.start, whole), _line_from(file, part.end, whole)

    def read(self, part: Part, columns: Columns, limit: int) -> Iterator[Record | Bad]:
        with packed.reading(part.path) as file:
            left = None
            if part.end:
                start, end = self.extent(part)
                file.seek(start)
                left = end - start
            for row, line in enumerate(_lines(file, left, limit), 1):
                name = f"{part.name}:{row}"
                if line is None:
                    yield Bad(row, f"is longer than {limit:,} bytes; split it, or allow more with --max-record", name)
                elif line.strip():
                    yield _record(row, line.removeprefix(_MARK) if row == 1 else line, columns, name)

    @contextmanager
    def writing(self, file: BinaryIO, part: Part, columns: Columns) -> Iterator[Writer]:
        with packed.writing(file, part.name) as lines:
            yield _Lines(lines, columns.text)


class _Lines:
    def __init__(self, file: BinaryIO, key: str) -> None:
        self._file, self._key = file, key

    def put(self, record: Record, text: str) -> None:
        line: bytes = record.raw
        if text != record.text:
            said = line.decode()
            start, end = _place(said, self._key)
            # as its writer wrote it: some keep to ASCII by escapes
            new = json.dumps(text, ensure_ascii="\\u" in said and said.isascii())
            line = f"{said[:start]}{new}{said[end:]}".encode()
        self._file.write(line + b"\n")


def _lines(file: BinaryIO, left: int | None, limit: int) -> Iterator[bytes | None]:
    """The lines of so many bytes, or to the end, without their ends; None for one that is too long."""
    while left is None or left > 0:
        line = file.readline(limit + 2)
        if not line:
            return
        size = len(line)
        too_long = False
        while not line.endswith(b"\n") and (more := file.readline(_BUFFER)):
            too_long = True
            size += len(more)
            line = more
        left = None if left is None else left - size
        stripped = line.rstrip(b"\r\n")
        yield None if too_long or len(stripped) > limit else stripped


def _line_from(file: BinaryIO, offset: int, whole: int) -> int:
    """Where the first line begins that does not begin before the offset."""
    if offset in (0, whole):
        return offset
    file.seek(offset - 1)
    while (piece := file.readline(_BUFFER)) and not piece.endswith(b"\n"):
        pass
    return file.tell()


def _record(row: int, line: bytes, columns: Columns, name: str) -> Record | Bad:
    try:
        text = line.decode()
        fields = json.loads(text)
    except UnicodeDecodeError as error:
        return Bad(row, f"byte {error.start} (0x{line[error.start]:02x}) is not UTF-8", name)
    except RecursionError:
        return Bad(row, "is nested too deeply", name)
    except ValueError as error:
        return Bad(row, f"is not JSON: {error}", name)
    if not isinstance(fields, dict):
        return Bad(row, "is not an object of JSON", name)
    said = fields.get(columns.id)
    named = str(said) if isinstance(said, str | int) and said != "" else name
    if columns.text not in fields:
        return Bad(row, f"has no {columns.text!r}; say with --text-key what its text is called", named)
    # JSON lets a name stand twice, and readers take the one or the other
    if text.count(f'"{columns.text}"') > 1 and sum(key == columns.text for key, _, _ in _fields(text)) > 1:
        return Bad(row, f"has {columns.text!r} twice", named)
    value = fields[columns.text]
    if not isinstance(value, str):
        return Bad(row, f"has something else than a text under {columns.text!r}", named)
    try:
        value.encode()
    except UnicodeEncodeError:
        return Bad(row, f"has half a surrogate pair in {columns.text!r}, which is no text in any encoding", named)
    return Record(row, named, value, line)


def _place(line: str, key: str) -> tuple[int, int]:
    """Where a value stands in a line that is known to hold it, in code points."""
    return next((start, end) for name, start, end in _fields(line) if name == key)


def _fields(line: str) -> Iterator[tuple[str, int, int]]:
    """The names of an object with the places of their values."""
    at = _skip(line, 0)
    while line[at] != "}":
        name, at = _string(line, _skip(line, at + 1) + 1, True)
        start = _skip(line, _skip(line, at) + 1)
        _, end = _value(line, start)
        yield name, start, end
        at = _skip(line, end)


def _skip(line: str, at: int) -> int:
    found = _space(line, at)
    return found.end() if found else at
