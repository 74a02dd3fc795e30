"""Where the words of the trades stand in a folded line."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple

from cleankit.cache import remembered
from cleankit.filters.spam.characters import continues
from cleankit.filters.spam.rows import ANY, FIELD, KEY, LINE, MILDEST, SIZES, Row, files, first_letters, worked_out
from cleankit.filters.spam.terms import COMMON, Tier
from cleankit.filters.spam.words import Term, Words, gap_at, words_of

LONGEST_TERM = 60


class Hit(NamedTuple):
    """A term at `text[start:end]` of a folded line; `text` are its words."""

    start: int
    end: int
    term: Term
    text: str

    @property
    def tier(self) -> Tier:
        return self.term.tier


_NONE: dict[str, str] = {}


class _FirstWord:
    """The terms that begin with a word, by the letter that comes next: of the hundreds that begin with `best` most are
    passed over with one look, and never made."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}
        self._terms: dict[str, list[Term]] = {}

    def add(self, line: str) -> None:
        for letter in line[: line.index(FIELD)] or (ANY,):
            self._lines.setdefault(letter, []).append(line)

    def terms(self, letter: str, make: Callable[[list[str]], list[Term]]) -> list[Term]:
        if letter not in self._terms:
            self._terms[letter] = make(self._lines.get(letter, []))
        return self._terms[letter]


# First words that begin alike: all of them, and those that may begin inside a word.
_FirstWords = tuple[dict[str, _FirstWord], dict[str, _FirstWord]]


class Lexicon:
    """The terms of some kinds, found leftmost and longest, none inside another."""

    def __init__(self, data: Mapping[str, Any], kinds: frozenset[str]) -> None:
        self._data = data
        self._kinds = kinds
        self.function_words = {lang: set(words) for lang, words in data["function"].items()}
        self._beginnings: dict[str, Mapping[str, str]] = {}
        self._first: dict[str, _FirstWords] = {}
        self._inside = frozenset(data["inside"].split(LINE))
        self._tails: dict[str, Mapping[str, Sequence[Words]]] = {}

    def knows(self, word: str) -> bool:
        """Whether a word is part of a term that names a thing or calls."""
        return word in self._words

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._data["words"].split(" "))

    def find(self, text: str, glue: Container[int] = ()) -> Iterator[Hit]:
        """The hits in a folded line, from its start. At the offsets in `glue` words may run together."""
        at, stop = 0, len(text) - 1
        while at < stop:
            hit = self._at(text, at, glue)
            if hit:
                yield hit
            at = hit.end if hit else at + 1

    def names(self, text: str, places: Iterable[int]) -> bool:
        """Whether a term that names a trade stands at one of some offsets of a folded line, or a little before."""
        looked = -1
        for at in sorted(places):
            for start in range(at, max(looked, at - LONGEST_TERM), -1):
                hit = self._at(text, start, ())
                if hit and hit.tier in (Tier.STRONG, Tier.TOPIC):
                    return True
            looked = at
        return False

    def _at(self, text: str, at: int, glue: Container[int]) -> Hit | None:
        """The longest term that starts at an offset."""
        key = text[at : at + KEY]
        within = at > 0 and continues(text[at - 1], text[at]) and at not in glue
        if within and key not in self._inside:  # where most offsets are, and few terms begin
            return None
        try:
            beginnings = self._beginnings[key]
        except KeyError:
            terms = self._data["terms"]
            # a first word of one letter may run into what follows it
            beginnings = self._beginnings[key] = terms.get(key, _NONE) | terms.get(key[0], _NONE)
        if not beginnings:
            return None
        end, best = -1, list[Term]()
        for size in SIZES:
            if (beginning := text[at : at + size]) in beginnings:
                for term in self._that_begin(self._first_words(beginning)[within], text, at):
                    stop = term.end(text, at, glue)
                    if stop > end:
                        end, best = stop, [term]
                    elif stop == end > 0:
                        best.append(term)
        if not best:
            return None
        term = _agreed(best)
        return Hit(at, end, term, text[at:end] if term.tails else term.text)

    def _first_words(self, beginning: str) -> _FirstWords:
        if beginning not in self._first:
            found: _FirstWords = {}, {}
            for line in self._data["terms"][beginning[:KEY]][beginning].split(LINE):
                text = line.split(FIELD, 2)[1]
                first = text.split(" ", 1)[0].strip("*")
                for words in found if text[0] == "*" else found[:1]:
                    words.setdefault(first, _FirstWord()).add(line)
            self._first[beginning] = found
        return self._first[beginning]

    def _that_begin(self, words: Mapping[str, _FirstWord], text: str, at: int) -> Iterator[Term]:
        """The terms whose first word stands at an offset, with the right letter behind it."""
        for first, word in words.items():
            if text.startswith(first, at):
                yield from word.terms(ANY, self._terms)
                gap = gap_at(text, at + len(first))
                if gap < len(text):
                    yield from word.terms(text[gap], self._terms)

    def _terms(self, lines: list[str]) -> list[Term]:
        rows = map(Row.read, lines)
        return [self._term(row) for row in rows if COMMON in row.kinds or not self._kinds.isdisjoint(row.kinds)]

    def _term(self, row: Row) -> Term:
        words = words_of(row.text, row.tier)
        return Term(
            row.text.replace("*", ""),
            row.tier,
            words,
            frozenset(row.langs),
            frozenset() if COMMON in row.kinds else self._kinds.intersection(row.kinds),
            words.size,
            self._tails_of(row.tails) if row.tails else None,
            row.is_apart,
        )

    def _tails_of(self, number: str) -> Mapping[str, Sequence[Words]]:
        if number not in self._tails:
            by_key: dict[str, list[Words]] = {}
            for text in self._data["tails"][int(number)].split(LINE):
                words = words_of(text, Tier.STRONG)
                for letter in first_letters(text):
                    by_key.setdefault(letter, []).append(words)
            self._tails[number] = by_key
        return self._tails[number]


@cache
def lexicon(kinds: frozenset[str]) -> Lexicon:
    """The terms of some kinds that ship with cleankit, read when the first suspicious line is met."""
    return Lexicon(remembered("spam-terms", files(), worked_out), kinds)


def _agreed(terms: list[Term]) -> Term:
    """Of terms that end together the longest as it is written, the mildest of those, with the languages of all that
    think so: `casino*` of one language must not hide `casino` of another."""
    longest = max(term.size for term in terms)
    same = [term for term in terms if term.size == longest or term.tails]
    first = min(same, key=lambda term: MILDEST.index(term.tier))
    alike = [term for term in terms if term.tier is first.tier]
    if len(alike) == 1:
        return first
    kinds = frozenset[str]() if any(not term.kinds for term in alike) else _union(term.kinds for term in alike)
    return first._replace(langs=_union(term.langs for term in alike), kinds=kinds)


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
