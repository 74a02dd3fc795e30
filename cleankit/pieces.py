"""Where each stretch of an edited text comes from, through any number of rounds of edits; no text is needed for it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from cleankit.model import Edit

SOURCE = 0


class Piece(NamedTuple):
    """Characters `start` to `end` of the source, or of what the edit with the number `origin` put in.

    Where it is `gone`, the edit with that number took it out: it has no width any more.
    """

    origin: int
    start: int
    end: int
    gone: int = 0

    @property
    def width(self) -> int:
        return 0 if self.gone else self.end - self.start


class Pieces:
    """A text as a row of pieces: at first the source alone, `length` characters long."""

    def __init__(self, length: int, row: Iterable[Piece] | None = None) -> None:
        self.row = [Piece(SOURCE, 0, length)] if row is None else list(row)
        self._there = [piece for piece in self.row if piece.width]
        self._ats = [0, *accumulate(piece.width for piece in self._there)]
        self._by_origin: dict[int, list[tuple[int, int, int]]] = {}
        for at, piece in zip(self._ats, self._there, strict=False):
            self._by_origin.setdefault(piece.origin, []).append((piece.start, piece.end, at))

    @property
    def length(self) -> int:
        return self._ats[-1]

    def edited(self, edits: Sequence[tuple[int, Edit]]) -> Pieces:
        """After edits with their numbers (from 1), which are sorted and do not overlap."""
        return Pieces(0, _joined(self._edited(edits)))

    def _edited(self, edits: Sequence[tuple[int, Edit]]) -> Iterator[Piece]:
        todo = iter((*edits, (0, Edit(self.length + 1, self.length + 1, "", ""))))
        number, edit = next(todo)
        at = 0
        for piece in self.row:
            if piece.gone:
                yield piece
                continue
            start = piece.start
            while start < piece.end:
                if at < edit.start:
                    stop = min(piece.end, start + edit.start - at)
                    yield Piece(piece.origin, start, stop)
                else:
                    stop = min(piece.end, start + edit.end - at)
                    # what an edit put in and another took out again was never there
                    if piece.origin == SOURCE and stop > start:
                        yield Piece(SOURCE, start, stop, number)
                at, start = at + stop - start, stop
                if number and at == edit.end:
                    yield Piece(number, 0, len(edit.new))
                    number, edit = next(todo)
        while number:  # insertions at the end
            yield Piece(number, 0, len(edit.new))
            number, edit = next(todo)

    def between(self, start: int, end: int) -> list[Piece]:
        """The pieces that make up a stretch of the text, none of them gone."""
        found = []
        for i in range(bisect_right(self._ats, start) - 1, len(self._there)):
            at, piece = self._ats[i], self._there[i]
            if at >= end:
                break
            found.append(
                Piece(piece.origin, piece.start + max(0, start - at), piece.start + min(piece.width, end - at))
            )
        return list(_joined(found))

    def at(self, offset: int) -> tuple[int, int] | None:
        """Where the character at an offset comes from: its origin and its place there; None beyond the text."""
        if not 0 <= offset < self.length:
            return None
        i = bisect_right(self._ats, offset) - 1
        piece = self._there[i]
        return piece.origin, piece.start + offset - self._ats[i]

    def find(self, origin: int, place: int) -> int | None:
        """The offset of a character, or None where it is gone."""
        return next((at for _, _, at in self.stretches(origin, place, place + 1)), None)

    def stretches(self, origin: int, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """What is there of the characters `start` to `end` of an origin: start, end and offset of each stretch."""
        there = self._by_origin.get(origin, [])
        # of those that begin before, only the last can reach that far: they do not overlap
        for i in range(max(0, bisect_right(there, (start, start)) - 1), len(there)):
            first, last, at = there[i]
            if first >= end:
                return
            if (begin := max(first, start)) < (stop := min(last, end)):
                yield begin, stop, at + begin - first


def moved(start: int, end: int, old: Pieces, new: Pieces) -> int | None:
    """Where a stretch of the old text begins in the new one; None where it is not there as a whole and by itself."""
    if start == end:
        before = old.at(start - 1)
        to = 0 if before is None else new.find(*before)
        if to is None:
            return None
        to += before is not None
        return to if new.at(to) == old.at(start) else None
    first = old.at(start)
    to = new.find(*first) if first else None
    if to is None or new.between(to, to + end - start) != old.between(start, end):
        return None
    return to


def left_of(start: int, end: int, old: Pieces, new: Pieces) -> list[tuple[int, int, int]]:
    """What is left in the new text of a stretch of the old one: (offset in the stretch, offset there, length) each."""
    found: list[tuple[int, int, int]] = []
    offset = 0
    for piece in old.between(start, end):
        for first, last, at in new.stretches(piece.origin, piece.start, piece.end):
            here, size = offset + first - piece.start, last - first
            if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (here, at):
                here, at, size = found[-1][0], found[-1][1], found[-1][2] + size
                found.pop()
            found.append((here, at, size))
        offset += piece.width
    return found


def stands_alike(start: int, end: int, old: Pieces, new: Pieces, to: int) -> bool:
    """Whether what has moved to `to` has the same characters beside it as before."""
    return old.at(start - 1) == new.at(to - 1) and old.at(end) == new.at(to + end - start)


def _joined(row: Iterable[Piece]) -> Iterator[Piece]:
    last: Piece | None = None
    for piece in row:
        if piece.start == piece.end:
            continue
        if last and (last.origin, last.end, last.gone) == (piece.origin, piece.start, piece.gone):
            last = last._replace(end=piece.end)
            continue
        if last:
            yield last
        last = piece
    if last:
        yield last
