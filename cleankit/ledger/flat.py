"""The edits of all stages as one row over the original text: arithmetic, without a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cleankit.ledger.made import made
from cleankit.ledger.model import Ledger
from cleankit.model import Edit
from cleankit.pieces import SOURCE, Piece, Pieces


class Flat(NamedTuple):
    """An edit of the original text, and the numbers of the edits that it is made of: one, or several that fell on one
    another, in the order in which they were made."""

    edit: Edit
    numbers: tuple[int, ...]


def flat(ledger: Ledger, source: str) -> tuple[Flat, ...]:
    """What was done to the text of the original, with the numbers (from 0) of the ledger's entries.

    The ledger keeps its old texts (`filled`). `cleankit.edits.apply` makes the clean text of it.
    """
    stages = made(ledger)
    rounds = [[(number + 1, entry.edit) for number, entry in pairs if entry.edit] for _, pairs in stages]
    return tuple(Flat(edit, tuple(number - 1 for number in numbers)) for edit, numbers in flattened(source, rounds))


def flattened(source: str, rounds: Iterable[Sequence[tuple[int, Edit]]]) -> Iterator[Flat]:
    """Rounds of edits as edits of the source, sorted and without overlaps; those that change nothing are left out.

    The edits of a round have numbers (from 1, each once) and offsets of the text that the round before has left.
    Deletions side by side stay apart; an edit that took what another had put in is one with it.

    >>> one, two = Edit(4, 7, "teh", "the"), Edit(4, 8, "the ", "")
    >>> list(flattened("See teh sea", [[(1, one)], [(2, two)]]))
    [Flat(edit=Edit(start=4, end=8, old='teh ', new=''), numbers=(1, 2))]
    """
    pieces = Pieces(len(source))
    new: dict[int, str] = {}
    groups = _Groups()
    for edits in rounds:
        for number, edit in edits:
            new[number] = edit.new
            for piece in pieces.between(edit.start, edit.end):
                if piece.origin != SOURCE:
                    groups.join(number, piece.origin)
        pieces = pieces.edited(edits)
    at = 0
    for stretch in _stretches(pieces.row):
        for some in _parts(stretch, groups):
            end = at + sum(piece.end - piece.start for piece in some if piece.origin == SOURCE)
            put = "".join(new[piece.origin][piece.start : piece.end] for piece in some if piece.origin != SOURCE)
            old, start, at = source[at:end], at, end
            if some[0].gone or some[0].origin != SOURCE:
                numbers = sorted({one for piece in some for one in groups.of(_number(piece))})
                if old != put:
                    yield Flat(Edit(start, end, old, put), tuple(numbers))


class _Groups:
    """Which edits belong together, for one took what the other had put in."""

    def __init__(self) -> None:
        self._members: dict[int, set[int]] = {}

    def of(self, number: int) -> set[int]:
        return self._members.get(number) or {number}

    def join(self, one: int, other: int) -> None:
        both = self.of(one) | self.of(other)
        for number in both:
            self._members[number] = both

    def name(self, number: int) -> int:
        return min(self.of(number))


def _number(piece: Piece) -> int:
    return piece.gone or piece.origin


def _stretches(row: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Runs of pieces that are gone or were put in, each whole, and each kept piece of the source by itself."""
    run: list[Piece] = []
    for piece in row:
        if piece.gone or piece.origin != SOURCE:
            run.append(piece)
            continue
        if run:
            yield run
        run = []
        yield [piece]
    if run:
        yield run


def _parts(stretch: Sequence[Piece], groups: _Groups) -> Iterator[list[Piece]]:
    """A stretch cut where one edit ends and the next begins."""
    last: dict[int, int] = {}  # where the pieces of a group end that must not be torn apart
    for i, piece in enumerate(stretch):
        name = groups.name(_number(piece))
        if piece.origin != SOURCE or len(groups.of(name)) > 1:
            last[name] = i
    part: list[Piece] = []
    until = -1
    for i, piece in enumerate(stretch):
        part.append(piece)
        # what a replacement took stands before what it put in, so a group that is whole is known at its first piece
        until = max(until, last.get(groups.name(_number(piece)), i))
        if i >= until:
            yield part
            part = []
    if part:
        yield part
