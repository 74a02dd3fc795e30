"""How a line is worded: what a small model, trained on planted and honest lines, makes of pieces of its words.

How it was made, on what, and what it is worth: docs/spam-wording.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleankit.filters.spam.characters import is_unspaced
from cleankit.known import known
from cleankit.lazy import expression

FILE = Path(__file__).parent / "wording.json"
LONGEST_PIECE = 5
# weights are kept as whole hundredths
UNIT = 100
# words shown as the reason
SHOWN = 3

# words whose weights are at hand, and how long they may be
QUICK, LONGEST_KNOWN = 1 << 14, 40
PIECES = 20  # bits

# of ASCII: digits all alike, blanks for signs
_APART = bytes(
    ord("0") if chr(code).isdigit() else code if chr(code).isalpha() or chr(code) in "_'" else ord(" ")
    for code in (*range(128), *[32] * 128)
)
_SIGNS = "%$+@!?"
_WORD = expression(r"[\w\u0300-\u036f\u0e31-\u0e4e']+|[%$€£¥+@!?]")
_DIGIT = expression(r"\d")
_EDGE = "_"
_SIZES = range(1, LONGEST_PIECE + 1)


class Word(NamedTuple):
    """A word with what its pieces weigh together, how many they are, and the heaviest."""

    weight: int
    pieces: int
    heaviest: str


class Wording(NamedTuple):
    """`odds` are the log-odds that a line worded like this is planted; `places` those of the words that say so most,
    `words` how many of them do."""

    odds: float
    places: tuple[tuple[int, int], ...]
    words: int


def wording(text: str) -> Wording:
    """What the model makes of a line in the spelling of folded lines. A word that comes again counts once."""
    text = _alike(text)
    first: dict[str, int] = {}
    for match in _WORD.finditer(text):
        first.setdefault(match[0], match.start())
    words = {word: weighed(word) for word in first}
    pieces = sum(word.pieces for word in words.values())
    odds = model().intercept + sum(word.weight for word in words.values()) / math.sqrt(max(pieces, 1))
    telling = sorted((word for word in words if words[word].weight > 0), key=lambda word: -words[word].weight)
    places = (_place(word, first[word], words[word].heaviest) for word in telling[:SHOWN])
    return Wording(odds / UNIT, tuple(sorted(places)), sum(map(_count, telling)))


def quick_odds(text: str) -> float:
    """The log-odds alone."""
    text = text.replace("’", "'")
    words: set[bytes | str]
    if text.isascii():  # as bytes they are set apart in a tenth of the time
        words = {*text.encode().translate(_APART).split(), *(sign for sign in _SIGNS if sign in text)}
    else:
        words = {*_WORD.findall(_DIGIT.sub("0", text))}
    packed = sum(map(_quick.__getitem__, words))
    return (model().intercept + (packed >> PIECES) / math.sqrt(packed & (1 << PIECES) - 1 or 1)) / UNIT


def _count(word: str) -> int:
    """How many words a word is: where nothing sets words apart, some two letters are one."""
    return max(1, len(word) // 2) if is_unspaced(word[0]) else 1


class _Quick(dict[bytes | str, int]):
    """Of words the weight, and behind it in so many bits the number of pieces: both are added up at once."""

    def __missing__(self, word: bytes | str) -> int:
        marked = f"{_EDGE}{word if isinstance(word, str) else word.decode()}{_EDGE}"
        weight, end = model().weights.get, len(marked) + 1
        # as `weighed` does, in a third of the time: nobody asks for the heaviest
        found = [weight(marked[at : at + size], 0) for size in _SIZES for at in range(end - size)]
        packed = (sum(found) << PIECES) + len(found) - 2
        if len(self) >= QUICK:
            self.clear()
        if len(word) <= LONGEST_KNOWN:
            self[word] = packed
        return packed


_quick = _Quick()


def _alike(text: str) -> str:
    """Digits and apostrophes in one spelling, each where it stands."""
    return _DIGIT.sub("0", text.replace("’", "'"))


def pieces(word: str) -> Iterator[str]:
    """The strings of one to five characters in a word, its edges marked; the words of `wording` have `0` for digits.

    >>> [*pieces("if")]
    ['i', 'f', '_i', 'if', 'f_', '_if', 'if_', '_if_']
    """
    marked = f"{_EDGE}{word}{_EDGE}"
    for size in _SIZES:
        for start in range(len(marked) - size + 1):
            if (piece := marked[start : start + size]) != _EDGE:
                yield piece


def words(text: str) -> list[str]:
    """The different words of a folded line."""
    return [*dict.fromkeys(_WORD.findall(_alike(text)))]


@known(4096, longest=LONGEST_KNOWN)
def weighed(word: str) -> Word:
    weights = model().weights
    count = total = most = 0
    heaviest = ""
    for piece in pieces(word):
        count += 1
        if weight := weights.get(piece, 0):
            total += weight
            if weight > most and len(bare := piece.strip(_EDGE)) > 1:
                most, heaviest = weight, bare
    return Word(total, count, heaviest)


def _place(word: str, start: int, heaviest: str) -> tuple[int, int]:
    """Of a word that may be a whole sentence, for nothing sets its words apart, the piece that says most."""
    if is_unspaced(word[0]) and heaviest:
        start += word.index(heaviest)
        word = heaviest
    return start, start + len(word)


class Model(NamedTuple):
    """What is added for every line, and the weights of the pieces that have one; all in hundredths."""

    intercept: int
    weights: dict[str, int]


@cache
def model() -> Model:
    return Model(**json.loads(FILE.read_text("utf-8")))
