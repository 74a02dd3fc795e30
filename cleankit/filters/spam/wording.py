"""How a line is worded: what a small model, trained on planted and honest lines, makes of pieces of its words.

How it was made, on what, and what it is worth: docs/spam-wording.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from cleankit.filters.spam.characters import is_unspaced
from cleankit.known import known
from cleankit.lazy import expression

FILE = files("cleankit.filters.spam").joinpath("wording.json")
LONGEST_PIECE = 5
# weights are kept as whole hundredths
UNIT = 100
# words shown as the reason
SHOWN = 3

_WORD = expression(r"[\w\u0300-\u036f\u0e31-\u0e4e'’]+|[%$€£¥+@!?]")
_DIGIT = expression(r"\d")
_EDGE = "_"


class Word(NamedTuple):
    """A word with what its pieces weigh together, how many they are, and the heaviest."""

    weight: int
    pieces: int
    heaviest: str


class Wording(NamedTuple):
    """`odds` are the log-odds that a line worded like this is planted; `places` those of the words that say so most."""

    odds: float
    places: tuple[tuple[int, int], ...]


def wording(text: str) -> Wording:
    """What the model makes of a line in the spelling of folded lines. A word that comes again counts once."""
    text = _DIGIT.sub("0", text)
    first: dict[str, int] = {}
    for match in _WORD.finditer(text):
        first.setdefault(match[0], match.start())
    words = {word: weighed(word) for word in first}
    pieces = sum(word.pieces for word in words.values())
    odds = model().intercept + sum(word.weight for word in words.values()) / math.sqrt(max(pieces, 1))
    telling = sorted((word for word in words if words[word].weight > 0), key=lambda word: -words[word].weight)[:SHOWN]
    places = (_place(word, first[word], words[word].heaviest) for word in telling)
    return Wording(odds / UNIT, tuple(sorted(places)))


def pieces(word: str) -> Iterator[str]:
    """The strings of one to five characters in a word, its edges marked; the words of `wording` have `0` for digits.

    >>> [*pieces("if")]
    ['i', 'f', '_i', 'if', 'f_', '_if', 'if_', '_if_']
    """
    marked = f"{_EDGE}{word}{_EDGE}"
    for size in range(1, LONGEST_PIECE + 1):
        for start in range(len(marked) - size + 1):
            if (piece := marked[start : start + size]) != _EDGE:
                yield piece


def words(text: str) -> list[str]:
    """The different words of a folded line."""
    return [*dict.fromkeys(_WORD.findall(_DIGIT.sub("0", text)))]


@known(4096, longest=40)
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
