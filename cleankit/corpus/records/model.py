"""What a file of records holds, whatever its format: texts with an id, and columns that nobody looks at."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any, BinaryIO, NamedTuple, Protocol

from cleankit.corpus.columns import Columns


class Part(NamedTuple):
    """A piece of a file that is done by itself: it can be lost and done again without the others.

    `start` and `end` count what the format divides a file by: bytes of JSON Lines, row groups of Parquet. An `end` of
    0 is that of the file.
    """

    name: str  # of its outputs, with the suffix of its format
    path: str
    start: int = 0
    end: int = 0


class Record(NamedTuple):
    """A text with its id. `row` counts from 1 in the part; `raw` is what its format writes it again from."""

    row: int
    id: str
    text: str
    raw: Any


class Bad(NamedTuple):
    """A row that is no record, and why."""

    row: int
    problem: str
    id: str = ""


class Writer(Protocol):
    """Takes the records of a part in their order."""

    def put(self, record: Record, text: str) -> None:
        """Write a record with this text in the place of its own, and all else as it was."""


class Format(Protocol):
    """How one kind of file is divided, read and written. Raises ReadError for a file that is not of its kind."""

    def parts(self, name: str, path: str, size: int) -> list[Part]:
        """The pieces of a file, of about `size` bytes each where it can be divided."""

    def extent(self, part: Part) -> tuple[int, int]:
        """The first and the last byte of the file, exclusive, on which the part depends."""

    def read(self, part: Part, columns: Columns, limit: int) -> Iterator[Record | Bad]:
        """The records of a part; one of more than `limit` bytes is a bad one."""

    def writing(self, file: BinaryIO, part: Part, columns: Columns) -> AbstractContextManager[Writer]:
        """A writer of the part's format; when it is left all is in `file`."""


def numbered(name: str, number: int, count: int) -> str:
    """The name of one of the parts of a file, which keeps its suffix: `a-00003-of-00016.jsonl`."""
    stem, suffix = os.path.splitext(name)  # noqa: PTH122 - a name, not a path
    return f"{stem}-{number:05}-of-{count:05}{suffix}"


def tellable(said: str) -> bool:
    """Whether an id can be told by: some are empty, some cannot be written in any encoding."""
    try:
        return bool(said.encode())
    except UnicodeEncodeError:
        return False
