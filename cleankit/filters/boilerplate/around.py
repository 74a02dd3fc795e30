"""What a unit's place tells: its neighbours, the text's densest stretch, the headline, the words it shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from cleankit.filters.boilerplate.units import Unit

FAR = 60
WINDOWS = (1, 2, 4, 8, 16)
HEADLINE_SIZE = 30
HEADLINE_ALIKE = 0.5

PLACE = (
    *(f"prose within {n}" for n in WINDOWS),
    *(f"words within {n}" for n in WINDOWS),
    "prose above", "prose below", "gap above", "gap below",
    "block length", "block words", "block prose", "place in block", "after blank", "before blank",
    "in stretch", "from stretch", "stretch", "stretch share", "place in stretch",
    "words before", "prose before", "unit", "units left", "units",
    "like title", "words of title", "from headline", "headlines above",
    "words of stretch", "words often in stretch", "words only here", "words", "repeats",
)  # fmt: skip


class Stretch(NamedTuple):
    """The densest run of prose, `first` to `last` inclusive, with its weight in words; empty where `last` < `first`."""

    first: int
    last: int
    words: float


def stretch(row: Sequence[Unit]) -> Stretch:
    """The run of units with the most prose, a unit without it costing what it takes to read past."""
    best, current, start, found = 0.0, 0.0, 0, (0, -1)
    for i, unit in enumerate(row):
        if current <= 0:
            current, start = 0.0, i
        current += unit.size if unit.is_prose else -2 - min(4.0, 1 + unit.size * 0.2)
        if current > best:
            best, found = current, (start, i)
    return Stretch(*found, best)


def places(row: Sequence[Unit]) -> list[list[float]]:
    """For each unit what its place shows; the names are in `PLACE`."""
    if not row:
        return []
    count = len(row)
    prose = [0.0, *accumulate(unit.size if unit.is_prose else 0.0 for unit in row)]
    words = [0.0, *accumulate(unit.size for unit in row)]
    all_prose, all_words = prose[-1] or 1.0, words[-1] or 1.0
    first, last, weight = stretch(row)
    above, below = _gaps(row), _gaps(row[::-1])[::-1]
    spans = blocks(row)
    likeness = alike(row)
    headline = max(
        (i for i in range(1, count) if likeness[i] >= HEADLINE_ALIKE), key=lambda i: (likeness[i], -i), default=-1
    )
    title = row[0].words if row else frozenset()
    on_page = Counter(chain.from_iterable(unit.words for unit in row))
    only_once = {word for word, times in on_page.items() if times == 1}
    in_stretch = Counter(chain.from_iterable(unit.words for unit in row[first : last + 1]))
    # the words that stand there once at least, twice, three times; a unit's own do not speak for it
    often = [{word for word, times in in_stretch.items() if times >= least} for least in (1, 2, 3)]
    same = Counter(unit.text for unit in row)
    prose_near, words_near = _near(prose), _near(words)
    found, headlines = [], 0
    for i, unit in enumerate(row):
        inside = first <= i <= last
        begin, size = spans[i]
        vocabulary = unit.words
        known = len(vocabulary) or 1
        found.append(
            [
                *prose_near[i],
                *words_near[i],
                prose[i] - prose[max(0, i - 5)],
                prose[min(count, i + 6)] - prose[i + 1],
                above[i],
                below[i],
                size,
                (words[begin + size] - words[begin]) / size,
                (prose[begin + size] - prose[begin]) / max(words[begin + size] - words[begin], 1.0),
                i - begin,
                unit.after_blank,
                i + 1 == count or row[i + 1].after_blank,
                inside,
                0 if inside else max(-FAR, min(FAR, first - i if i < first else last - i)),
                weight,
                min(1.0, weight / all_words),
                (i - first) / max(last - first, 1) if inside else -1 if i < first else 2,
                words[i] / all_words,
                prose[i] / all_prose,
                min(i, 200),
                min(count - i, 200),
                min(count, 1000),
                likeness[i],
                len(vocabulary & title) / known,
                max(-FAR, min(FAR, i - headline)) if headline >= 0 else 99,
                headlines,
                len(vocabulary & often[inside]) / known,
                len(vocabulary & often[inside + 1]) / known,
                len(vocabulary & only_once) / known,
                len(vocabulary),
                min(same[unit.text] - 1, 5),
            ]
        )
        headlines += i > 0 and likeness[i] >= HEADLINE_ALIKE
    return found


def _near(sums: Sequence[float]) -> list[tuple[float, ...]]:
    """For each unit the sum over so many on both sides of it, for each of `WINDOWS`; `sums` are those of all before."""
    most = WINDOWS[-1]
    padded = [*[sums[0]] * most, *sums, *[sums[-1]] * most]
    one = [after - before for before, after in pairwise(sums)]
    columns = (
        [
            after - before - own
            for before, after, own in zip(padded[most - n :], padded[most + n + 1 :], one, strict=False)
        ]
        for n in WINDOWS
    )
    return list(zip(*columns, strict=True))


def _gaps(row: Sequence[Unit]) -> list[int]:
    """Units since the last prose before each."""
    found, gap = [], FAR
    for unit in row:
        found.append(gap)
        gap = 0 if unit.is_prose else min(FAR, gap + 1)
    return found


def blocks(row: Sequence[Unit]) -> list[tuple[int, int]]:
    """For each unit the first of its block, which blank lines set apart, and how many the block has."""
    starts = [i for i, unit in enumerate(row) if i == 0 or unit.after_blank]
    ends = [*starts[1:], len(row)]
    return [(start, end - start) for start, end in zip(starts, ends, strict=True) for _ in range(end - start)]


def alike(row: Sequence[Unit]) -> list[float]:
    """How far each unit has the words of the first, which in a page's text is its title."""
    title = row[0].words if row else frozenset()
    return [
        len(unit.words & title) / len(unit.words | title) if len(unit.words) >= 3 and unit.size < HEADLINE_SIZE else 0.0
        for unit in row
    ]
