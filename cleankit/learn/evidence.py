"""What the pages of a site say about its repeating lines: sums that do not depend on the order of the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from cleankit.learn.lines import NEVER, PROSE, SPOKEN, Form
from cleankit.learn.regions import amid, regions

# On every page a sentence stands behind so many lines of the frame, as seen from the text: what a text begins or ends
# with stands nearer.
FAR = 5


@dataclass(slots=True)
class Side:
    """Where a line stands on one side of the texts. Rows count from the edge of the page, from 1, blank lines aside."""

    pages: int = 0
    rows: int = 0  # their sum over the pages, first row of each
    first: int = 0
    last: int = 0

    def add(self, row: int) -> None:
        self.first = min(self.first, row) if self.pages else row
        self.last = max(self.last, row)
        self.pages += 1
        self.rows += row


@dataclass(slots=True)
class Evidence:
    """Where a repeating line stands, in pages."""

    above: Side = field(default_factory=Side)
    below: Side = field(default_factory=Side)
    beside: int = 0  # only in what may belong to the text
    inside: int = 0  # in the text
    amid: int = 0  # right between two paragraphs
    near: int = 0  # outside, with few lines of the frame between it and the text

    @property
    def outside(self) -> int:
        return max(self.above.pages, self.below.pages)


class Counted(NamedTuple):
    """A page as it comes out of the store: the number of each line among the repeating ones, or -1, and its traits."""

    numbers: Sequence[int]
    traits: Sequence[int]


def letters(page: Counted) -> str:
    """The page as `regions` reads it."""
    spoken = PROSE | SPOKEN | NEVER
    return "".join(
        ("T" if traits & spoken else "R") if number >= 0 else "P" if traits & PROSE else "u"
        for number, traits in zip(page.numbers, page.traits, strict=True)
    )


def gather(pages: Iterable[Counted], forms: Sequence[Form]) -> tuple[list[Evidence], int]:
    """The evidence about each of `forms`, and how many pages have a text by which their lines could be judged."""
    found = [Evidence() for _ in forms]
    judged = 0
    for page in pages:
        judged += _add(page, found)
    return found, judged


def _add(page: Counted, found: Sequence[Evidence]) -> bool:
    kinds = letters(page)
    if (where := regions(kinds)) is None:
        return False
    (first, stop), (above, below) = where
    numbers = page.numbers
    head, tail = numbers[:above], numbers[below:]
    inside = _repeating(numbers[first:stop])
    outside = _repeating(head) | _repeating(tail)
    near = {
        number
        for part, depths in ((head[::-1], _depths(kinds[:above][::-1])), (tail, _depths(kinds[below:])))
        for number, depth in zip(part, depths, strict=True)
        if depth < FAR
    }
    for number in inside:
        found[number].inside += 1
    for number in {numbers[row] for row in amid(kinds)}:
        found[number].amid += 1
    for number in _repeating((*numbers[above:first], *numbers[stop:below])) - inside - outside:
        found[number].beside += 1
    for number in near & outside:
        found[number].near += 1
    for number, row in _rows(head).items():
        found[number].above.add(row)
    for number, row in _rows(tail[::-1]).items():
        found[number].below.add(row)
    return True


def _repeating(numbers: Iterable[int]) -> set[int]:
    return {number for number in numbers if number >= 0}


def _rows(numbers: Sequence[int]) -> Mapping[int, int]:
    """The first row in which each repeating line stands, from 1."""
    rows: dict[int, int] = {}
    for row, number in enumerate(numbers, 1):
        if number >= 0:
            rows.setdefault(number, row)
    return rows


def _depths(kinds: str) -> list[int]:
    """For each line, from the text outwards, how many lines of the frame stand before it."""
    return [0, *accumulate(line == "R" for line in kinds)][: len(kinds)]
