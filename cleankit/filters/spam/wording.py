"""How a line is worded: what a small model, trained on planted and honest lines, makes of pieces of its words and of
pairs of them.

How it was made, on what, and what it is worth: docs/spam-wording.md.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from cleankit.filters.spam.characters import is_unspaced
from cleankit.known import known
from cleankit.lazy import expression

FILE = Path(__file__).parent / "wording.weights"
# The weight of a piece has a place by the piece's checksum, which others may share: so nothing is read piece by piece,
# and 100,000 pieces by name, which would take 60 ms to read and 15 MB, catch no more.
SLOTS = 1 << 19
_MASK = SLOTS - 1
# Weights are whole tenths. Hundredths are worth no more, and as bytes could not be as heavy as the heaviest.
UNIT = 10
SIZES, SIZES_UNSPACED = (3, 4, 5), (1, 2, 3, 4)
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
    """What the model makes of a line in the spelling of folded lines. A word or pair that comes again counts once."""
    text = _alike(text)
    first: dict[str, int] = {}
    found: list[str] = []
    for match in _WORD.finditer(text):
        found.append(match[0])
        first.setdefault(match[0], match.start())
    words = {word: weighed(word) for word in first}
    weights = model().weights
    both = [weights[slot(pair)] for pair in pairs(found)]
    total = sum(word.weight for word in words.values()) + sum(both)
    odds = _odds(total, sum(word.pieces for word in words.values()) + len(both))
    telling = sorted((word for word in words if words[word].weight > 0), key=lambda word: -words[word].weight)
    places = (_place(word, first[word], words[word].heaviest) for word in telling[:SHOWN])
    return Wording(odds, tuple(sorted(places)), sum(map(_count, telling)))


def quick_odds(text: str) -> float:
    """The log-odds that the words have without their pairs."""
    text = text.replace("’", "'")
    words: set[bytes | str]
    if text.isascii():  # as bytes they are set apart in a tenth of the time
        words = {*text.encode().translate(_APART).split(), *(sign for sign in _SIGNS if sign in text)}
    else:
        words = {*_WORD.findall(_DIGIT.sub("0", text))}
    packed = sum(map(_quick.__getitem__, words))
    return _odds(packed >> PIECES, packed & (1 << PIECES) - 1)


def _odds(weight: int, pieces: int) -> float:
    return (model().intercept + weight / math.sqrt(pieces or 1)) / UNIT


def _count(word: str) -> int:
    """How many words a word is: where nothing sets words apart, some two letters are one."""
    return max(1, len(word) // 2) if is_unspaced(word[0]) else 1


class _Quick(dict[bytes | str, int]):
    """Of words the weight, and behind it in so many bits the number of pieces: both are added up at once."""

    def __missing__(self, word: bytes | str) -> int:
        # nobody asks for the heaviest here
        found = _weights(word if isinstance(word, str) else word.decode())
        packed = (sum(found) << PIECES) + len(found)
        if len(self) >= QUICK:
            self.clear()
        if len(word) <= LONGEST_KNOWN:
            self[word] = packed
        return packed


_quick = _Quick()


def _alike(text: str) -> str:
    """Digits and apostrophes in one spelling, each where it stands."""
    return _DIGIT.sub("0", text.replace("’", "'"))


def pieces(word: str) -> list[str]:
    """The strings of three to five characters in a word, its edges marked, and the word as a whole; of one to four
    where nothing sets words apart. The words of `wording` have `0` for digits.

    >>> pieces("slots")
    ['_sl', 'slo', 'lot', 'ots', 'ts_', '_slo', 'slot', 'lots', 'ots_', '_slot', 'slots', 'lots_', '_slots_']
    """
    marked, sizes = f"{_EDGE}{word}{_EDGE}", _sizes(word)
    found = [marked[at : at + size] for size in sizes for at in range(len(marked) - size + 1)]
    return [*found, marked] if len(marked) > sizes[-1] else found


def _sizes(word: str) -> tuple[int, ...]:
    return SIZES_UNSPACED if is_unspaced(word[0]) else SIZES


def pairs(words: Sequence[str]) -> set[str]:
    """The different pairs of words that stand side by side."""
    return set(map(" ".join, pairwise(words)))


def words(text: str) -> list[str]:
    """The words of a folded line, in their order."""
    return _WORD.findall(_alike(text))


def slot(piece: str) -> int:
    """The place of a piece's or pair's weight."""
    return crc32(piece.encode("utf-32-le", "surrogatepass")) & _MASK


def slots(text: str) -> list[int]:
    """The places of all that counts in a folded line."""
    found = words(text)
    return [slot(piece) for word in dict.fromkeys(found) for piece in pieces(word)] + [*map(slot, pairs(found))]


def _weights(word: str) -> list[int]:
    """The weights of a word's pieces, as `pieces` and `slot` would find them, in half the time."""
    weights, marked = model().weights, f"{_EDGE}{word}{_EDGE}".encode("utf-32-le", "surrogatepass")
    sizes, end = _sizes(word), len(marked) + 1
    found = [
        weights[crc32(marked[at : at + size]) & _MASK]
        for size in [4 * size for size in sizes]
        for at in range(0, end - size, 4)
    ]
    return [*found, weights[crc32(marked) & _MASK]] if end > 4 * sizes[-1] + 1 else found


@known(4096, longest=LONGEST_KNOWN)
def weighed(word: str) -> Word:
    weights = _weights(word)
    most, heaviest = 0, ""
    for piece, weight in zip(pieces(word), weights, strict=True):
        if weight > most and len(bare := piece.strip(_EDGE)) > 1:
            most, heaviest = weight, bare
    return Word(sum(weights), len(weights), heaviest)


def _place(word: str, start: int, heaviest: str) -> tuple[int, int]:
    """Of a word that may be a whole sentence, for nothing sets its words apart, the piece that says most."""
    if is_unspaced(word[0]) and heaviest:
        start += word.index(heaviest)
        word = heaviest
    return start, start + len(word)


class Model(NamedTuple):
    """What is added for every line, and the weights by their places; all in tenths."""

    intercept: int
    weights: Sequence[int]


@cache
def model() -> Model:
    numbers = memoryview(FILE.read_bytes()).cast("b")
    return Model(numbers[0], numbers[1:])


def written(model: Model) -> bytes:
    """A model as its file has it: a signed byte for each number."""
    return struct.pack(f"{1 + SLOTS}b", model.intercept, *model.weights)
