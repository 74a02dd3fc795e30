"""Briefings of one event on several sites: found by the words that they share, and their turns set side by side."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, NamedTuple
from zlib import crc32

from cleankit.briefing.groups import Record, same_days
from cleankit.briefing.model import SameEvent
from cleankit.page import is_prose

# Words in a row: of three one may be changed without all being new, of five few stand by chance in two texts.
ALIGNED_WORDS, SKETCHED_WORDS = 3, 5
# One in so many stretches of words goes into a sketch, and of a short text these at least.
SAMPLE, LEAST_SAMPLE = 16, 32
HASHES, AT_ONCE = 2**64, 1_000_000
# What more documents than this have is a stock phrase.
STOCK = 32
# Of the sketch of the shorter text: worth a closer look.
LOOK, LOOK_LEAST = 0.08, 3
# Of the words of two paragraphs, in stretches: the same said once more, maybe edited.
ALIKE = 0.5
# Of the shorter text's words: the same event. Less will do where headline and day are the same.
SHARED, SHARED_TITLED, SHARED_WORDS = 0.5, 0.15, 60
_TOKEN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


class Sketch(NamedTuple):
    """A sample of the stretches of words of a text, as hashes."""

    record: Record
    hashes: array[int]


def sketch(record: Record, data: Mapping[str, Any]) -> Sketch:
    """The sketch of a briefing (as JSON values)."""
    found = {crc32(one): one for text in _units(data) for one in _stretches(text, SKETCHED_WORDS)}
    sampled = [one for one in found if one % SAMPLE == 0]
    if len(sampled) < LEAST_SAMPLE:
        sampled = sorted(found, key=lambda one: (one % SAMPLE, one))[:LEAST_SAMPLE]
    return Sketch(record, array("Q", sorted(_digest(found[one]) for one in sampled)))


def pairs(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Numbers of sketches whose texts may tell of one event, in order."""
    hits: Counter[tuple[int, int]] = Counter()
    # sorted in slices of the range of hashes, for all at once are too many to hold
    slices = 1 + sum(len(sketch.hashes) for sketch in sketches) // AT_ONCE
    for n in range(slices):
        low, high = HASHES * n // slices, HASHES * (n + 1) // slices
        found = sorted(
            (one, i)
            for i, sketch in enumerate(sketches)
            for one in sketch.hashes[bisect_left(sketch.hashes, low) : bisect_left(sketch.hashes, high)]
        )
        for _, same in groupby(found, key=itemgetter(0)):
            sharing = [i for _, i in same]
            if 1 < len(sharing) <= STOCK:
                hits.update(combinations(sharing, 2))
    for (a, b), count in sorted(hits.items()):
        shorter = min(len(sketches[a].hashes), len(sketches[b].hashes))
        if count >= max(LOOK_LEAST, LOOK * shorter) and same_days(sketches[a].record, sketches[b].record):
            yield a, b


def compare(one: Mapping[str, Any], other: Mapping[str, Any], titled: bool) -> tuple[SameEvent, SameEvent] | None:
    """How two briefings (as JSON values) share what they say: the link from the first to the second, and back.

    None where they share too little. `titled`: headline and day are the same.
    """
    turns = _aligned(_turns(one), _turns(other))
    paragraphs = _aligned(_paragraphs(one), _paragraphs(other))
    words = sum(count for *_, count in (*turns, *paragraphs))
    shorter = min(sum(len(_tokens(text)) for text in _units(data)) for data in (one, other))
    share = min(words / shorter, 1.0) if shorter else 0.0
    if share < SHARED and not (titled and share >= SHARED_TITLED and words >= SHARED_WORDS):
        return None
    there = [tuple((a, b) for a, b, _ in found) for found in (turns, paragraphs)]
    back = [tuple((b, a) for a, b, _ in found) for found in (turns, paragraphs)]
    share = round(share, 3)
    return _link(other, share, *there), _link(one, share, *back)


def _link(to: Mapping[str, Any], share: float, *paired: tuple[tuple[int, int], ...]) -> SameEvent:
    about = to["provenance"]
    return SameEvent(about["id"], about["source_sha256"], share, *paired)


def _aligned(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int, int]]:
    """Pairs of texts that say the same, in the order of both, and how many words each pair shares."""
    a, b = (
        [set(_stretches(text, ALIGNED_WORDS)) for text in one],
        [set(_stretches(text, ALIGNED_WORDS)) for text in other],
    )
    where: dict[bytes, list[int]] = {}
    for j, found in enumerate(b):
        for stretch in found:
            where.setdefault(stretch, []).append(j)
    # alike[i][j]: words shared. Only texts with a stretch in common are looked at.
    alike: list[dict[int, int]] = []
    for i, found in enumerate(a):
        common = Counter(j for stretch in found for j in where.get(stretch, ()))
        alike.append({j: _shared(len(found), len(b[j]), count, one[i], other[j]) for j, count in common.items()})
    best = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        row, below, scores = best[i], best[i + 1], alike[i]
        for j in reversed(range(len(b))):
            row[j] = max(below[j], row[j + 1], below[j + 1] + scores.get(j, 0))
    found_pairs: list[tuple[int, int, int]] = []
    i = j = 0
    while i < len(a) and j < len(b):
        words = alike[i].get(j, 0)
        if words and best[i][j] == best[i + 1][j + 1] + words:
            found_pairs.append((i, j, words))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found_pairs


def _shared(one: int, other: int, common: int, text: str, there: str) -> int:
    """The words that two texts share, by the stretches that each has; 0 where that is too little of the shorter one."""
    shorter = min(one, other)
    if common < ALIKE * shorter:
        return 0
    return max(1, round(common / shorter * min(len(_tokens(text)), len(_tokens(there)))))


def _units(data: Mapping[str, Any]) -> Iterable[str]:
    return (*_turns(data), *_paragraphs(data))


def _paragraphs(data: Mapping[str, Any]) -> list[str]:
    """The paragraphs, empty where they are no prose: two pages of a site may have menus and headlines in common."""
    return [text if is_prose(text) else "" for text in data["paragraphs"]]


def _turns(data: Mapping[str, Any]) -> list[str]:
    return [" ".join(turn["paragraphs"]) for turn in data["turns"]]


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text.casefold())


def _stretches(text: str, width: int) -> Iterator[bytes]:
    """The stretches of `width` words; a shorter text is one stretch."""
    words = _tokens(text)
    width = min(width, len(words))
    for i in range(len(words) - width + 1) if words else ():
        yield " ".join(words[i : i + width]).encode("utf-8", "surrogatepass")


def _digest(stretch: bytes) -> int:
    # of millions, some have the same 32 bits by chance
    return int.from_bytes(blake2b(stretch, digest_size=8).digest())
