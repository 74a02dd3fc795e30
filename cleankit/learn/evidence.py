"""What the pages of a site say about its repeating lines: sums that come out the same in whatever order they are added."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from cleankit.learn.lines import Form, Trait
from cleankit.learn.regions import amid, regions

# So many lines of the frame, not themselves like something a text says, between a text and a sentence on all pages: what
# a text ends with stands nearer. Five is more than the title region ever reaches over (`regions.GAP`).
FAR = 5


@dataclass(slots=True)
class Side:
    """Where a line stands on one side of the texts. Rows are lines that are not blank, from the page's own edge, from 1."""

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
    return "".join(
        ("T" if traits & (Trait.PROSE | Trait.SPOKEN | Trait.NEVER) else "R")
        if number >= 0
        else "P"
        if traits & Trait.PROSE
        else "u"
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
    lone = amid(kinds)
    inside = {n for n in page.numbers[first:stop] if n >= 0}
    around = {n for n in (*page.numbers[above:first], *page.numbers[stop:below]) if n >= 0}
    tops = _places(page.numbers[:above])
    bottoms = _places(page.numbers[below:][::-1])
    between = _between(kinds, above, below)
    outside: dict[int, int] = {}
    for number, depth in zip((*page.numbers[:above], *page.numbers[below:]), between, strict=True):
        outside[number] = min(depth, outside.get(number, depth))
    for number in inside:
        found[number].inside += 1
    for number in {page.numbers[row] for row in lone}:
        found[number].amid += 1
    for number in around - inside - outside.keys():
        found[number].beside += 1
    for places, side in ((tops, "above"), (bottoms, "below")):
        for number, row in places.items():
            getattr(found[number], side).add(row)
    for number, depth in outside.items():
        if number >= 0 and depth < FAR:
            found[number].near += 1
    return True


def _places(numbers: Sequence[int]) -> Mapping[int, int]:
    """The first row in which each repeating line stands, from 1."""
    places: dict[int, int] = {}
    for row, number in enumerate(numbers, 1):
        if number >= 0:
            places.setdefault(number, row)
    return places


def _between(kinds: str, above: int, below: int) -> list[int]:
    """For each line outside, how many lines of the frame stand between it and the text."""
    head, depth = [], 0
    for line in reversed(kinds[:above]):
        head.append(depth)
        depth += line == "R"
    tail, depth = [], 0
    for line in kinds[below:]:
        tail.append(depth)
        depth += line == "R"
    return head[::-1] + tail
