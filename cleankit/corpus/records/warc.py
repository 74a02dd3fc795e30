"""Texts of web archives (WET), read by fastwarc, which nothing else knows, and written as JSON Lines.

An archive has a place for a text and for little else, so what a run makes of one is a file that other tools can read.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from cleankit.corpus.columns import Columns
from cleankit.corpus.records import packed
from cleankit.corpus.records.extras import missing
from cleankit.corpus.records.model import Bad, Part, Record, Writer, tellable
from cleankit.corpus.records.opening import opened
from cleankit.errors import ReadError

SUFFIXES = tuple(f".{kind}{pack}" for kind in ("wet", "warc") for pack in ("", packed.GZIP))
_PLAIN = "text/plain"
_TEXTS = ("conversion", "resource")
_BUFFER = 1 << 20
# What stands behind every header and every record. The library does not miss it where a file ends before it, and takes
# half of a header for a record without a length
_END = b"\r\n\r\n"


class Page(NamedTuple):
    """What an archive says about a text."""

    url: str | None
    date: str | None


class Warc:
    """A record for each text of an archive."""

    def parts(self, name: str, path: str, size: int) -> list[Part]:
        pack = packed.packing(name)
        return [Part(f"{name[: len(name) - len(pack)]}.jsonl{pack}", path)]

    def extent(self, part: Part) -> tuple[int, int]:
        with opened(part.path) as file:
            return 0, file.seek(0, io.SEEK_END)

    def read(self, part: Part, columns: Columns, limit: int) -> Iterator[Record | Bad]:
        archive = _fastwarc()
        with packed.reading(part.path) as file:
            stream = _Watched(file)
            row = breaks = 0
            try:
                for row, found in enumerate(archive(stream, parse_http=False, stream_detect=False), 1):
                    if (kind := _kind(found, part, row)) is None:
                        _, breaks = _body(found, part, row, 0)
                        continue
                    data, breaks = _body(found, part, row, limit)
                    yield _record(row, found, kind, data, f"{part.name}:{row}", limit)
            except OSError as error:
                raise ReadError(part.path, f"is damaged behind its record {row} ({error}); fetch it again") from error
            if row == 0:
                raise ReadError(part.path, "holds no record of an archive; see whether it is one")
            if stream.breaks < breaks + len(_END):
                raise _cut_short(part.path, row)

    def writing(self, file: BinaryIO, part: Part, columns: Columns) -> AbstractContextManager[Writer]:
        return packed.writing_lines(file, part.name, partial(_line, columns))


def _line(columns: Columns, record: Record, text: str) -> bytes:
    row = {columns.id: record.id, columns.text: text}
    about = {key: value for key, value in record.raw._asdict().items() if key not in row}
    return json.dumps(row | about, ensure_ascii=False).encode() + b"\n"


class _Watched:
    """A stream that knows how many bytes of line breaks it has given last."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.breaks = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.breaks = _breaks(data, self.breaks)
        return data

    def tell(self) -> int:
        return self._file.tell()


def _kind(found: Any, part: Part, row: int) -> str | None:
    """The media type of a record that may hold a text; None for one about the archive. Raises ReadError for others."""
    header = found.headers
    if header.get("Content-Length") is None:
        raise _cut_short(part.path, row)
    kind = (header.get("WARC-Type") or "nameless").lower()
    media = (header.get("Content-Type") or "nothing said").partition(";")[0].strip().lower()
    if kind == "warcinfo":
        return None
    if kind not in _TEXTS:
        raise ReadError(
            part.path,
            f"holds a {kind!r} record ({media}) in its place {row}; of archives only plain text is read: give the WET "
            "file that belongs to it, or take the text out of its pages first, and give that as JSON Lines",
        )
    return media


def _body(found: Any, part: Part, row: int, limit: int) -> tuple[bytes, int]:
    """What a record holds, or nothing of one that is too long; and how many bytes of line breaks it ends in."""
    pieces = []
    size = 0
    breaks = len(_END)  # of its header
    while piece := found.reader.read(_BUFFER):
        size += len(piece)
        breaks = _breaks(piece, breaks)
        if found.content_length <= limit:
            pieces.append(piece)
    if size != found.content_length:
        raise _cut_short(part.path, row)
    return b"".join(pieces), breaks


def _breaks(data: bytes, before: int) -> int:
    """How many bytes of line breaks are at the end of a stream, of which `before` were before these."""
    rest = len(data.rstrip(b"\r\n"))
    return len(data) - rest + (0 if rest else before)


def _record(row: int, found: Any, media: str, data: bytes, name: str, limit: int) -> Record | Bad:
    if (said := found.record_id) and tellable(said):
        name = said
    if media != _PLAIN:
        return Bad(row, f"is {media}, not {_PLAIN}", name)
    if found.content_length > limit:
        return Bad(row, f"is longer than {limit:,} bytes; allow more with --max-record", name)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return Bad(row, f"byte {error.start} (0x{data[error.start]:02x}) of its text is not UTF-8", name)
    return Record(row, name, text, Page(found.headers.get("WARC-Target-URI"), found.headers.get("WARC-Date")))


def _cut_short(path: str, row: int) -> ReadError:
    return ReadError(path, f"is cut short in its record {row}; fetch it again, nothing of it was written")


def _fastwarc() -> Any:
    try:
        from fastwarc.warc import ArchiveIterator
    except ImportError as error:
        raise missing("archives (.wet, .warc)", "warc") from error
    return ArchiveIterator
