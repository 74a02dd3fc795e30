"""What is told about files of records before any is read: it takes nothing to import."""

from __future__ import annotations

from typing import NamedTuple

# bytes of a record; the text of a page has a thousandth of that, and one of fifty million takes a gigabyte to clean
MOST = 8_000_000


class Columns(NamedTuple):
    """The names of the two columns that are read; all others are passed through as they are.

    Where a record has no id, its row stands for one: `NAME:ROW`.
    """

    text: str = "text"
    id: str = "id"
