"""Files that may be compressed, read and written as streams; one that is cut short is an error, not a short text."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from cleankit.corpus.records.extras import missing
from cleankit.corpus.records.model import Record, Writer
from cleankit.corpus.records.opening import is_remote, opened
from cleankit.errors import ReadError

GZIP, ZSTD = ".gz", ".zst"
# What stands packed in so many bytes is unpacked at once: of one letter and no other, 134 megabytes
_CHUNK = 1 << 12
_BUFFER = 1 << 20
# What `zstd --long=31` asks for, in which some large dumps are packed; a reader needs as much memory
_WINDOW = 1 << 31

# The bytes of a record with another text, its line's end among them
Line = Callable[[Record, str], bytes]


def packing(name: str) -> str:
    """The suffix of the compression that a name or an address tells, or nothing."""
    name = (name.partition("?")[0] if is_remote(name) else name).lower()
    return next((suffix for suffix in (GZIP, ZSTD) if name.endswith(suffix)), "")


@contextmanager
def reading(path: str) -> Iterator[BinaryIO]:
    """A file unpacked by what its name says. Raises ReadError for one that is no such file, or not all of it."""
    with opened(path) as file:
        pack = packing(path)
        if pack and not file.read(1):
            raise ReadError(path, f"is empty, and even of no text a {pack} file has some bytes; fetch it again")
        file.seek(0)
        try:
            if pack == GZIP:
                yield cast("BinaryIO", gzip.GzipFile(fileobj=file, mode="rb"))
            elif pack == ZSTD:
                yield cast("BinaryIO", io.BufferedReader(_Frames(file), _BUFFER))
            else:
                yield file
        except (EOFError, gzip.BadGzipFile, zlib.error, _Damaged) as error:
            raise ReadError(
                path, f"is cut short or damaged ({error}); fetch it again, nothing of it was written"
            ) from error


@contextmanager
def writing(file: BinaryIO, name: str) -> Iterator[BinaryIO]:
    """The same for what is written; equal data gives equal bytes, whenever and wherever."""
    if packing(name) == GZIP:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=6, mtime=0) as packed:
            yield cast("BinaryIO", packed)
    elif packing(name) == ZSTD:
        # the checksum is what tells a damaged file from a sound one
        packer = _zstandard().ZstdCompressor(level=3, write_checksum=True)
        with packer.stream_writer(file, closefd=False) as packed:
            yield packed
    else:
        yield file


class _Lines:
    def __init__(self, file: BinaryIO, line: Line) -> None:
        self._file, self._line = file, line

    def put(self, record: Record, text: str) -> None:
        self._file.write(self._line(record, text))


@contextmanager
def writing_lines(file: BinaryIO, name: str, line: Line) -> Iterator[Writer]:
    """A writer of records that are a line each."""
    with writing(file, name) as packed:
        yield _Lines(packed, line)


class _Damaged(Exception):
    """Of a zstandard file."""


class _Frames(io.RawIOBase):
    """The text of all frames of a zstandard file. The library's own reader ends without a word where a file does."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._unpack = _zstandard().ZstdDecompressor(max_window_size=_WINDOW)
        self._frame: Any = None
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            if (data := self._file.read(_CHUNK)) == b"":
                if self._frame is not None:
                    raise _Damaged("its last frame has no end")
                return 0
            self._ready = memoryview(b"".join(self._unpacked(data)))
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _unpacked(self, data: bytes) -> Iterator[bytes]:
        while data:
            self._frame = self._frame or self._unpack.decompressobj()
            try:
                yield self._frame.decompress(data)
            except _zstandard().ZstdError as error:
                raise _Damaged(str(error)) from error
            data = self._frame.unused_data
            if self._frame.eof:
                self._frame = None


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError as error:
        raise missing("files that end in .zst", "zst") from error
    return zstandard
