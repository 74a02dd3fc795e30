"""Opens the files that records are in, wherever they lie: all formats read by this alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from cleankit.corpus.read import unreadable
from cleankit.errors import ReadError


def is_remote(path: str) -> bool:
    """Whether a path is the address of something that does not lie in the file system: s3://, https:// …"""
    return "://" in path


@contextmanager
def opened(path: str) -> Iterator[BinaryIO]:
    """The bytes of a file, from any place in it. Raises ReadError, and UsageError for an extra that is not there."""
    if is_remote(path):
        from cleankit.corpus.records import remote

        with remote.opened(path) as far:
            yield far
        return
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - a path may be none
            if not file.seekable():
                raise ReadError(path, "is a pipe or a device, and records are read from files; write them into one")
            yield file
    except OSError as error:
        raise unreadable(path, error) from error
    except ValueError as error:
        if "\0" not in path:
            raise
        raise ReadError(path, f"is no path: {error}") from error
