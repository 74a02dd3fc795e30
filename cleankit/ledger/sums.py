"""Short check sums of the blocks of a text, by which a place that was changed is found without the text as it was."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import NamedTuple

# Bytes for each sum, and on to the end of the line: four digits are 0.2 % of that, and it is some twenty lines to read
BLOCK = 2048
DIGITS = 4
# Bytes below which a text in which nothing was changed has none: they would be a fifth of its ledger
_LONG = 8192


class Changed(NamedTuple):
    """Lines of a text, from 1 and both included, among which something is not as it was."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"line {self.first}" if self.first == self.last else f"lines {self.first} to {self.last}"


def sums(data: bytes, *, unchanged: bool = False) -> str:
    """Four hexadecimal digits for each block; nothing for a single one, whose sum would tell no more than a hash.

    Nothing either for a text in which nothing was changed, if it is a short one.
    """
    if unchanged and len(data) < _LONG:
        return ""
    found = [f"{_sum(data[start:end]):0{DIGITS}x}" for start, end in _blocks(data)]
    return "".join(found) if len(found) > 1 else ""


def changed(data: bytes, wanted: str) -> Changed | None:
    """Where a text is not the one that the sums were taken of; None where they tell nothing.

    >>> text = b"".join(b"%d\\n" % n for n in range(2000))
    >>> changed(text.replace(b"\\n1000\\n", b"\\n10O0\\n"), sums(text))
    Changed(first=541, last=1042)
    """
    if not wanted:
        return None
    expected = [int(wanted[i : i + DIGITS], 16) for i in range(0, len(wanted), DIGITS)]
    at = 0
    for number, one in enumerate(expected):
        end = _end(data, at)
        if at >= len(data) or _sum(data[at:end]) != one:
            stop = _taken_up(data, at, expected[number + 1 :])
            first = data.count(b"\n", 0, at) + 1
            return Changed(first, max(first, data.count(b"\n", 0, stop)))
        at = end
    if at < len(data):
        return Changed(data.count(b"\n", 0, at) + 1, data.count(b"\n") + 1)
    return None


def _taken_up(data: bytes, at: int, rest: list[int]) -> int:
    """Where the blocks that follow a changed one begin: the first line from which on all of them fit."""
    while rest and 0 < (at := data.find(b"\n", at) + 1) < len(data):
        if _sum(data[at : _end(data, at)]) == rest[0] and _fits(data, at, rest):
            return at
    return len(data)


def _fits(data: bytes, at: int, expected: list[int]) -> bool:
    for one in expected:
        end = _end(data, at)
        if at >= len(data) or _sum(data[at:end]) != one:
            return False
        at = end
    return at == len(data)


def _blocks(data: bytes) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(data):
        end = _end(data, at)
        yield at, end
        at = end


def _end(data: bytes, at: int) -> int:
    return data.find(b"\n", at + BLOCK - 1) + 1 or len(data)


def _sum(data: bytes) -> int:
    return zlib.crc32(data) & 0xFFFF
