"""JSON Lines, plain or compressed. Of a record only its text is written anew; all else stays byte for byte."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from itertools import pairwise
from json import decoder
from typing import Any, BinaryIO, NamedTuple

from cleankit.corpus.columns import Columns
from cleankit.corpus.records import packed
from cleankit.corpus.records.model import Bad, Part, Record, Writer, numbered, tellable
from cleankit.corpus.records.opening import opened
from cleankit.errors import ReadError

SUFFIXES = tuple(f"{kind}{pack}" for kind in (".jsonl", ".ndjson") for pack in ("", packed.GZIP, packed.ZSTD))
# dolma and C4 call their lines so; a file of this name without compression is one document
SUFFIXES = (*SUFFIXES, ".json.gz", ".json.zst")
_MARK = b"\xef\xbb\xbf"
_BUFFER = 1 << 20

# letters that nobody escapes: a key that is spelt so could be another one of the name
_ESCAPED_KEY = re.compile(r"\\u00[0-7]")
_space = re.compile(r"[ \t\r\n]*").match
# numbers stay as they are spelt: nobody calculates with them, and Python refuses those of more than 4,300 digits
_value = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_string: Callable[[str, int, bool], tuple[str, int]] = vars(decoder)["scanstring"]


class Raw(NamedTuple):
    """A line as it is, and without its end."""

    data: bytes
    line: str


class JsonLines:
    """A line for each record; those without anything in them are passed over."""

    def parts(self, name: str, path: str, size: int) -> list[Part]:
        if packed.packing(name):
            return [Part(name, path)]
        with opened(path) as file:
            whole = file.seek(0, io.SEEK_END)
        count = -(-whole // size)
        if count <= 1:
            return [Part(name, path)]
        # equal parts, so that processes that share them end together
        ends = [whole * number // count for number in range(count + 1)]
        return [
            Part(numbered(name, number, count), path, start, end) for number, (start, end) in enumerate(pairwise(ends))
        ]

    def extent(self, part: Part) -> tuple[int, int]:
        with opened(part.path) as file:
            return _extent(file, part)

    def read(self, part: Part, columns: Columns, limit: int) -> Iterator[Record | Bad]:
        with packed.reading(part.path) as file:
            left = None
            if part.end:
                start, end = _extent(file, part)
                file.seek(start)
                left = end - start
            for row, line in enumerate(_lines(file, left, limit), 1):
                name = f"{part.name}:{row}"
                if line is None:
                    yield Bad(row, f"is longer than {limit:,} bytes; split it, or allow more with --max-record", name)
                    continue
                if row == 1 and part.start == 0:
                    line = line.removeprefix(_MARK)
                if line.strip():
                    yield _record(row, line, columns, name)

    def writing(self, file: BinaryIO, part: Part, columns: Columns) -> AbstractContextManager[Writer]:
        return packed.writing_lines(file, part.name, partial(_line, columns))


def _line(columns: Columns, record: Record, text: str) -> bytes:
    raw: Raw = record.raw
    data = raw.data
    if text != record.text:
        # as its writer wrote it: some keep to ASCII by escapes
        new = json.dumps(text, ensure_ascii="\\u" in raw.line and raw.line.isascii())
        start, end = _place(raw.line, columns, record.text)
        line_end = data[len(data.rstrip(b"\r\n")) :]
        data = f"{raw.line[:start]}{new}{raw.line[end:]}".encode() + line_end
    return data if data.endswith(b"\n") else data + b"\n"


def _place(line: str, columns: Columns, text: str) -> tuple[int, int]:
    """Where the value of the text stands, in its quotation marks. Where its key stands once, that is seen at once."""
    key = f'"{columns.text}"'
    if line.count(key) == 1 and not _ESCAPED_KEY.search(line):
        at = _skip(line, line.index(key) + len(key))
        start = _skip(line, at + 1)
        if line[at : at + 1] == ":" and line[start : start + 1] == '"':
            value, end = _string(line, start + 1, True)
            if value == text:
                return start, end
    _, start, end = _fields(line, columns)[columns.text]
    return start, end


def _lines(file: BinaryIO, left: int | None, limit: int) -> Iterator[bytes | None]:
    """The lines of so many bytes, or to the end, with their ends; None for one that is too long without its own."""
    while left is None or left > 0:
        line = file.readline(limit + 2)
        if not line:
            return
        size = len(line)
        too_long = len(line.rstrip(b"\r\n")) > limit
        piece = line
        while not piece.endswith(b"\n") and (piece := file.readline(_BUFFER)):
            too_long = True
            size += len(piece)
        left = None if left is None else left - size
        yield None if too_long else line


def _extent(file: BinaryIO, part: Part) -> tuple[int, int]:
    whole = file.seek(0, io.SEEK_END)
    if part.end == 0:
        return 0, whole
    if part.end > whole:
        raise ReadError(part.path, f"has {whole:,} bytes, fewer than when it was divided; run again")
    return _line_from(file, part.start, whole), _line_from(file, part.end, whole)


def _line_from(file: BinaryIO, offset: int, whole: int) -> int:
    """Where the first line begins that does not begin before the offset."""
    if offset in (0, whole):
        return offset
    file.seek(offset - 1)
    while (piece := file.readline(_BUFFER)) and not piece.endswith(b"\n"):
        pass
    return file.tell()


def _record(row: int, data: bytes, columns: Columns, name: str) -> Record | Bad:
    try:
        line = data.decode().rstrip("\r\n")
        if plain := _plain(line, columns):
            return Record(row, plain[1], plain[0], Raw(data, line))
        fields = _fields(line, columns)
    except UnicodeDecodeError as error:
        return Bad(row, f"byte {error.start} (0x{data[error.start]:02x}) is not UTF-8", name)
    except RecursionError:
        return Bad(row, "is nested too deeply", name)
    except ValueError as error:
        return Bad(row, f"is not a JSON object: {error}", name)
    said = fields.get(columns.id)
    named = name
    if said is not None and line[said[1]] in '"-0123456789' and tellable(said[0]):
        named = said[0]
    found = fields.get(columns.text)
    if found is None:
        return Bad(row, f"has no {columns.text!r}; say with --text-key what its text is called", named)
    value, start, _ = found
    if line[start] != '"':
        return Bad(row, f"has something else than a text under {columns.text!r}", named)
    try:
        value.encode()
    except UnicodeEncodeError:
        return Bad(row, f"has half a surrogate pair in {columns.text!r}, which is no text in any encoding", named)
    return Record(row, named, value, Raw(data, line))


def _plain(line: str, columns: Columns) -> tuple[str, str] | None:
    """The text and the id of a line that has each once, as most do, in a tenth of the time that `_fields` takes."""
    if line.count(f'"{columns.text}"') != 1 or line.count(f'"{columns.id}"') != 1:
        return None
    try:
        found = json.loads(line)
        text, name = found[columns.text], found[columns.id]
        if type(text) is str and (type(name) is int or (type(name) is str and tellable(name))):
            text.encode()
            return text, str(name)
    except (ValueError, KeyError, TypeError):  # `_fields` tells what is wrong with it
        pass
    return None


def _fields(line: str, columns: Columns) -> dict[str, tuple[Any, int, int]]:
    """The values of the columns that are asked for, with their places; numbers as they are spelt. Raises ValueError."""
    fields: dict[str, tuple[Any, int, int]] = {}
    at = _skip(line, 0)
    if line[at : at + 1] != "{":
        raise ValueError("it does not begin with {")
    at = _skip(line, at + 1)
    if line[at : at + 1] == "}":
        at = _skip(line, at + 1)
    else:
        while True:
            if line[at : at + 1] != '"':
                raise ValueError(f"a name is wanted at column {at + 1}")
            key, at = _string(line, at + 1, True)
            at = _skip(line, at)
            if line[at : at + 1] != ":":
                raise ValueError(f"a colon is wanted at column {at + 1}")
            start = _skip(line, at + 1)
            value, end = _value(line, start)
            if key in columns:
                if key in fields:
                    raise ValueError(f"it has {key!r} twice")
                fields[key] = value, start, end
            at = _skip(line, end)
            if line[at : at + 1] == "}":
                at = _skip(line, at + 1)
                break
            if line[at : at + 1] != ",":
                raise ValueError(f"a comma is wanted at column {at + 1}")
            at = _skip(line, at + 1)
    if at != len(line):
        raise ValueError(f"something stands behind it at column {at + 1}")
    return fields


def _skip(line: str, at: int) -> int:
    found = _space(line, at)
    return found.end() if found else at
