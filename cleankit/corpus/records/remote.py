"""Files that lie elsewhere, opened by fsspec, which nothing else knows. They are read in ranges and never written."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from cleankit.corpus.records.extras import missing
from cleankit.errors import ReadError

_BUFFER = 1 << 20


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a remote file, from any place in it. Raises ReadError for all that goes wrong there."""
    fsspec = _fsspec()
    try:
        files, name = fsspec.core.url_to_fs(path)
        size = files.size(name)
        file = files.open(name, "rb")
    except Exception as error:  # each driver has errors of its own
        raise _unreadable(path, error) from error
    with file:
        if size is None:
            raise ReadError(path, "is of a size that its server does not tell; fetch it, and give the file")
        yield cast("BinaryIO", io.BufferedReader(_Ranges(path, file, size), _BUFFER))


class _Ranges(io.RawIOBase):
    """What a driver reads, with its errors in our words; an end before the file's own is one of them."""

    def __init__(self, path: str, file: Any, size: int) -> None:
        self._path, self._file, self._size = path, file, size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        self._at = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = max(0, min(len(buffer), self._size - self._at))
        if wanted == 0:
            return 0
        try:
            self._file.seek(self._at)
            data = self._file.read(wanted)
        except Exception as error:  # each driver has errors of its own
            raise _unreadable(self._path, error) from error
        if not data:
            raise ReadError(self._path, f"ended at byte {self._at:,} of {self._size:,}; run again")
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)


def _unreadable(path: str, error: Exception) -> ReadError:
    if isinstance(error, FileNotFoundError):
        return ReadError(path, "does not exist; check the address")
    if isinstance(error, IsADirectoryError):
        return ReadError(path, "is a folder; give its files")
    if isinstance(error, PermissionError):
        return ReadError(path, f"may not be read ({error}); see to the credentials of this place")
    if isinstance(error, ImportError):
        return ReadError(path, f"needs one more package for this kind of address: {error}")
    if isinstance(error, ValueError) and "rotocol" in str(error):
        return ReadError(path, f"has an address of no kind that is known ({error}); try s3://, gs:// or https://")
    return ReadError(
        path, f"cannot be read: {str(error) or type(error).__name__}; see to the connection, or fetch it first"
    )


def _fsspec() -> Any:
    try:
        import fsspec
    except ImportError as error:
        raise missing("addresses with ://", "remote") from error
    return fsspec
