"""What a line must hold for a term to stand in it: the literals that everything is searched for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, NamedTuple

from cleankit import page
from cleankit.filters.spam.characters import SUM, is_unspaced
from cleankit.filters.spam.gate import AFTER, ALONE, BEFORE, BUTTON, SPELLING, script_of
from cleankit.filters.spam.terms import Compound, Entry, Tier, read_terms, term_files

_LOOKED_FOR = (Tier.STRONG, Tier.TOPIC)
_COMMON = (Tier.CALL, Tier.ENTRY, Tier.FRAME, Tier.FUNCTION)
# Shorter words stand in every text, and inside others.
SHORTEST = 5


class _Anchor(NamedTuple):
    """A literal, and what stands beside it: on which side, and one of which texts."""

    literal: str
    side: str
    others: tuple[str, ...] = ()


def anchors() -> dict[str, dict[str, Any]]:
    """By script the `literals` to search for, each with the numbers of its `lists`: `casino*<3>17` must be followed by
    a text of list 17 or stand behind one of list 3."""
    entries: list[Entry] = []
    compounds: list[Compound] = []
    for path in term_files():
        some, more = read_terms(path)
        entries += some
        compounds += [part for part in more if part.tier in _LOOKED_FOR]
    words = _Words(entries)
    beside: dict[tuple[str, str], set[str]] = {}
    shared: dict[str, set[_Anchor]] = {}
    for text in sorted(words.looked_for):
        anchor = words.anchor(text)
        beside.setdefault((anchor.literal, anchor.side), set()).update(anchor.others)
    for (literal, side), others in beside.items():
        shared.setdefault(literal, set()).add(_Anchor(literal, side, tuple(sorted(others))))
    for text in sorted(words.buttons):
        shared.setdefault(text, set()).add(_Anchor(text, BUTTON))
    for part in compounds:
        for anchor in words.of_compound(part):
            shared.setdefault(anchor.literal, set()).add(anchor)
    return _tables(shared)


def _tables(shared: dict[str, set[_Anchor]]) -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = {}
    for literal, found in sorted(shared.items()):
        table = tables.setdefault(script_of(literal), {"literals": [], "lists": {}})
        row = literal
        for anchor in sorted(found):
            lists = table["lists"]
            number = lists.setdefault("|".join(anchor.others), len(lists)) if anchor.others else ""
            row += f"{anchor.side}{number}"
        table["literals"].append(row)
    return {script: {"literals": t["literals"], "lists": [*t["lists"]]} for script, t in tables.items()}


def spelt(text: str) -> str:
    """A text in the spelling that the search sees, which is less than folding: no character may be moved."""
    return " ".join(page.fold(text).translate(SPELLING).split())


class _Words:
    """The words of all terms, and which of them tell most about a line."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        texts = {tier: {entry.text for entry in entries if entry.tier is tier} for tier in Tier}
        common = set[str]().union(*(texts[tier] for tier in _COMMON))
        named = set[str]().union(*(texts[tier] for tier in _LOOKED_FOR))
        # what is milder in one language counts as that in all
        milder = set[str]().union(*(texts[tier] for tier in Tier if tier not in _LOOKED_FOR))
        self.looked_for = looked_for = set(map(spelt, named - milder))
        self.buttons = set(map(spelt, texts[Tier.ENTRY]))
        self._common = {word.replace("*", "") for text in map(spelt, common) for word in text.split()}
        self._alone = {text for text in looked_for if " " not in text}
        self._times = Counter(word for text in looked_for for word in text.split())

    def _worth(self, word: str) -> tuple[bool, bool, bool, int, int, str]:
        """What is searched for anyway tells most, then what is long and no call and no word of news."""
        bare = word.strip("*")
        is_long = len(bare) >= SHORTEST or bare[0] >= "\u0e00"
        return word in self._alone, is_long and bare not in self._common, is_long, self._times[word], len(bare), word

    def anchor(self, text: str) -> _Anchor:
        """The word of a text that tells most, and the longer part of what stands beside it."""
        words = text.split()
        if len(words) == 1:
            return _Anchor(text, ALONE)
        if SUM in words:
            return self._of_sum(words)
        literal = max(words, key=self._worth)
        alone, is_telling, *_ = self._worth(literal)
        is_plain = "*" not in text.strip("*") and not is_unspaced(text.strip("*")[0])
        if is_plain and not alone and not is_telling:
            return _Anchor(text, ALONE)
        at = words.index(literal)
        before, after = words[:at], words[at + 1 :]
        if len(after) >= len(before):
            return _Anchor(literal, AFTER, (_beginning(" ".join(after)),))
        return _Anchor(literal, BEFORE, (_end(" ".join(before)),))

    def _of_sum(self, words: list[str]) -> _Anchor:
        """The piece that is written out around a sum and tells most, with the sum or the piece before it."""
        pieces = [[*piece] for is_sum, piece in groupby(words, key=SUM.__eq__) if not is_sum]
        best = max(pieces, key=lambda piece: (max(self._worth(word)[:2] for word in piece), len("".join(piece))))
        if best is not pieces[-1] or words[-1] == SUM:
            return _Anchor(self._written(best, -1), AFTER, (SUM,))
        if len(pieces) == 1:
            return _Anchor(self._written(best, 0), BEFORE, (SUM,))
        return _Anchor(self._written(best, 0), BEFORE, (f"{_end(' '.join(pieces[-2])).strip('*')}*",))

    def of_compound(self, part: Compound) -> Iterator[_Anchor]:
        """The anchors of all its heads or of all its tails, whichever tell more."""
        heads, tails = [[*map(spelt, texts)] for texts in (filter(None, part.heads), part.tails)]
        if not heads:
            return
        others = {SUM if tail.split()[0] == SUM else _beginning(tail) for tail in tails}
        by_heads = [self._at_end(head, -1, AFTER, others) for head in heads]
        ends = {SUM if head.split()[-1] == SUM else _end(head) for head in heads}
        by_tails = [self._at_end(tail, 0, BEFORE, ends) for tail in tails]
        yield from min(by_heads, by_tails, key=lambda found: sum(self._cost(anchor.literal) for anchor in found))

    def _at_end(self, text: str, at: int, side: str, others: set[str]) -> _Anchor:
        """An anchor at one end of a text; where a sum stands there, or behind words that tell little, another."""
        words = text.split()
        if words[at] == SUM:
            return self.anchor(text)
        literal = self._written(words, at)
        if SUM in words and not any(any(self._worth(word)[:2]) for word in literal.split()):
            return self.anchor(text)
        return _Anchor(literal, side, tuple(sorted(others)))

    def _written(self, words: list[str], at: int) -> str:
        """The word at one end, or where that tells little all that is written out there."""
        alone, is_telling, *_ = self._worth(words[at])
        if alone or is_telling:
            return words[at]
        found: list[str] = []
        for word in words if at == 0 else reversed(words):
            if word == SUM or (at and word.endswith("*")):
                break
            found.append(word)
            if word.endswith("*"):
                break
        return " ".join(found if at == 0 else reversed(found)) or words[at]

    def _cost(self, text: str) -> float:
        """How often a text stands in honest ones, at a guess."""
        bare = text.strip("*")
        if text in self._alone:
            return 0
        return (0.1 if bare[0] >= "\u0e00" else 0.5) ** len(bare) * (4 if bare in self._common else 1)


def _beginning(text: str) -> str:
    """As much of a text as stands behind something as it is written."""
    return text.lstrip("*").partition("*")[0].partition(f" {SUM}")[0]


def _end(text: str) -> str:
    """As much of a text as stands before something as it is written, with a star where letters may follow."""
    return text.split()[-1] if text.endswith("*") else text.rpartition("*")[2].rpartition(f"{SUM} ")[2].strip()
