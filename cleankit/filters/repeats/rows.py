"""The lines of a page that are not blank, which of them are its text, and what stands among them more than once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from cleankit.page import Page

# What the text weighs, in bytes, before anything counts as beside it: three paragraphs of forty words. A line that is
# no prose takes some of it, so that the lone teaser behind a footer's twenty lines does not count as text.
TEXT = 600
COST = 24
SHINGLE = 3  # rows: the shortest stretch that is asked for
PARAGRAPH = 80  # bytes in the mean: lines of verse and captions that end like sentences are shorter
SENTENCE = 60  # bytes of a line that ends like a sentence
SURE = 240  # … and of any line: Thai ends no sentence with a mark
_ENDS = frozenset(".!?…。！？؟۔།।։።")
_CLOSING = "\"'”’»)]」』）*_"


class Block(NamedTuple):
    """A stretch of rows: `rows[first:stop]`."""

    first: int
    stop: int

    def is_beside(self, other: Block) -> bool:
        return self.stop <= other.first or self.first >= other.stop


class Rows:
    """Lines by their place among those that are looked at, each with the key by which it is compared."""

    def __init__(self, page: Page, numbers: Iterable[int] | None = None) -> None:
        self.page = page
        keys = [line.strip() for line in page.lowered.split("\n")]
        self.numbers = [number for number in (range(len(keys)) if numbers is None else numbers) if keys[number]]
        self.keys = [keys[number] for number in self.numbers]
        if "  " in page.lowered:
            self.keys = [" ".join(key.split()) if "  " in key else key for key in self.keys]
        self.counts = Counter(self.keys)

    @cached_property
    def texts(self) -> list[str]:
        return list(map(self.page.line_text, self.numbers))

    @cached_property
    def runs(self) -> list[Block]:
        """Stretches of at least `SHINGLE` rows in which each row stands in a stretch of that many that is repeated."""
        counts, keys = self.counts, self.keys
        if len(counts) == len(keys):
            return []
        repeated = [row for row, key in enumerate(keys) if counts[key] > 1]
        ends = range(SHINGLE - 1, len(repeated))
        starts = [repeated[end - SHINGLE + 1] for end in ends if repeated[end] - repeated[end - SHINGLE + 1] < SHINGLE]
        shingles = [tuple(keys[row : row + SHINGLE]) for row in starts]
        times = Counter(shingles)
        runs: list[Block] = []
        for row, shingle in zip(starts, shingles, strict=True):
            if times[shingle] > 1:
                first = runs.pop().first if runs and row <= runs[-1].stop else row
                runs.append(Block(first, row + SHINGLE))
        return runs

    def is_labelled(self, block: Block) -> bool:
        """Whether the line above it announces it, or names who says it."""
        return block.first > 0 and self.texts[block.first - 1].endswith((":", "："))

    @cached_property
    def text(self) -> Block | None:
        """The stretch with the most prose: the largest sum in which a paragraph counts its bytes and other lines cost.

        None where that is too little to tell what stands beside it, or verse.
        """
        best = total = start = 0
        text = Block(0, 0)
        weights = [-COST if len(line) < SENTENCE // 3 else _weight(line) for line in self.texts]
        for row, weight in enumerate(weights):
            if total <= 0:
                total, start = 0, row
            total += weight
            if total > best:
                best, text = total, Block(start, row + 1)
        prose = [weight for weight in weights[text.first : text.stop] if weight > 0]
        return text if best >= TEXT and sum(prose) >= PARAGRAPH * len(prose) else None

    def shingles(self, size: int, fits: Callable[[str], bool]) -> list[list[Block]]:
        """The places of each stretch of `size` rows that stands more than once.

        The rows differ from one another and all of them fit; `size` is `SHINGLE` or more.
        """
        places: dict[tuple[str, ...], list[Block]] = defaultdict(list)
        for run in self.runs:
            fitting = 0
            for stop, line in enumerate(self.texts[run.first : run.stop], start=run.first + 1):
                fitting = fitting + 1 if fits(line) else 0
                if fitting >= size:
                    shingle = tuple(self.keys[stop - size : stop])
                    if len(set(shingle)) == size:
                        places[shingle].append(Block(stop - size, stop))
        return [blocks for blocks in places.values() if len(blocks) > 1]


def _weight(line: str) -> int:
    """The bytes of a paragraph; what another line costs.

    Not `Page.is_prose`, which counts words: for a sum over all lines their length is enough, and it costs a tenth.
    """
    if len(line) < SENTENCE and line.isascii():
        return -COST
    size = len(line.encode("utf-8", "surrogatepass"))
    return size if size >= SURE or (size >= SENTENCE and line.rstrip(_CLOSING)[-1:] in _ENDS) else -COST


def blocks_of(rows: Iterable[int]) -> dict[int, Block]:
    """For each row the stretch of neighbouring ones that it belongs to."""
    block_of: dict[int, Block] = {}
    # a row less its place among all of them is the same for neighbours
    for _, run in groupby(enumerate(sorted(set(rows))), lambda placed: placed[1] - placed[0]):
        stretch = [row for _, row in run]
        block_of.update(dict.fromkeys(stretch, Block(stretch[0], stretch[-1] + 1)))
    return block_of
