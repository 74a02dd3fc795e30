"""What a line must hold for a term to stand in it: the literals that everything is searched for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import ahocorasick_rs

from cleankit import page
from cleankit.filters.spam.fold import is_unspaced
from cleankit.filters.spam.gate import SPELLING, is_part, script_of
from cleankit.filters.spam.terms import Compound, Entry, Tier, read_terms, term_files

_LOOKED_FOR = (Tier.STRONG, Tier.TOPIC)
_COMMON = (Tier.CALL, Tier.ENTRY, Tier.WEAK, Tier.FRAME, Tier.FUNCTION)

# A literal with the others of which one has to stand in the same line; none where it is enough by itself.
Anchors = dict[str, set[str]]


def anchors() -> dict[str, list[str]]:
    """The literals by script, each in a row: the literal, and behind a tab the others that it needs, `|` between."""
    entries: list[Entry] = []
    compounds: list[Compound] = []
    for path in term_files():
        some, more = read_terms(path)
        entries += some
        compounds += [part for part in more if part.tier in _LOOKED_FOR]
    common = {word for entry in entries if entry.tier in _COMMON for word in spelt(entry.text.replace("*", "")).split()}
    looked_for = {spelt(entry.text) for entry in entries if entry.tier in _LOOKED_FOR}
    # one after the other: a phrase with a word in it that is enough by itself is not searched for
    covers = _Covers({text for text in looked_for if " " not in text})
    covers = _Covers(covers.words | {text for text in looked_for if _is_phrase(text)})
    found: Anchors = {text: set() for text in covers.least()}
    pairs: Anchors = {}
    for text in sorted(looked_for - covers.words):
        if not covers.any_in(text):
            literal, others = _parted(text, common)
            pairs.setdefault(literal, set()).update(others)
    for part in compounds:
        for literal, others in _of_compound(part, covers, common):
            pairs.setdefault(literal, set()).update(others)
    found |= {literal: others for literal, others in pairs.items() if literal not in found}
    rows: dict[str, list[str]] = {}
    for literal, others in sorted(found.items()):
        # a word that needs nothing in one term needs nothing
        needs = "" if "" in others else "|".join(sorted(others))
        rows.setdefault(script_of(literal), []).append(f"{literal}\t{needs}")
    return rows


def spelt(text: str) -> str:
    """A text in the spelling that the search sees, which is less than folding: no character may be moved."""
    return " ".join(page.fold(text).translate(SPELLING).split())


def _is_phrase(text: str) -> bool:
    """Whether its words stand as they are written: with a blank between them, and no endings before it."""
    return "*" not in text.strip("*") and not is_unspaced(text.strip("*")[0])


def _parted(text: str, common: set[str]) -> tuple[str, set[str]]:
    """Of words that may have endings between them the rarest, which needs another."""
    first, second, *_ = sorted(text.split(), key=lambda word: _rarity(word, common))
    return first, {second}


def _of_compound(part: Compound, covers: _Covers, common: set[str]) -> Iterator[tuple[str, set[str]]]:
    heads = [head for head in map(spelt, part.heads) if not covers.any_in(head)]
    tails = [tail for tail in map(spelt, part.tails) if not covers.any_in(tail)]
    if not heads or not tails:
        return
    # the side is searched for whose words are rarer
    if sum(_is_common(head, common) for head in heads) * len(tails) > sum(_is_common(t, common) for t in tails) * len(
        heads
    ):
        heads, tails = tails, heads
    others = {_rarest(tail, common) for tail in tails}
    for head in heads:
        words = head.split()
        yield (" ".join(words) if "*" not in head.rstrip("*") else _rarest(head, common)), others


class _Covers:
    """The words that are enough by themselves, and what can be left to them."""

    def __init__(self, words: set[str]) -> None:
        self.words = words
        self._whole = {word for word in words if "*" not in word}
        self._parts = ahocorasick_rs.AhoCorasick(sorted({word.strip("*") for word in words if is_part(word)}))

    def any_in(self, text: str) -> bool:
        """Whether one of the words stands in every line that a text stands in."""
        return any(word in self._whole for word in text.split()) or bool(self._parts.find_matches_as_indexes(text))

    def least(self) -> Iterator[str]:
        """Those of the words in which no other one stands."""
        for word in self.words:
            bare = word.strip("*")
            found = self._parts.find_matches_as_strings(bare, overlapping=True)
            if all(part == bare for part in found):
                yield word


def _is_common(text: str, common: set[str]) -> bool:
    return all(word.strip("*") in common or len(word) < 4 for word in text.split())


def _rarest(text: str, common: set[str]) -> str:
    """The word of a text that least of honest text holds: a long one that is no call and no word of news."""
    return min(text.split(), key=lambda word: _rarity(word, common))


def _rarity(word: str, common: Iterable[str]) -> tuple[bool, int, str]:
    return word.strip("*") in common, -len(word), word
