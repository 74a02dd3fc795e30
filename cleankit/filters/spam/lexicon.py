"""The words of the trade, read from `packs/spam/terms`, and where they stand in a folded line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cleankit.errors import RuleError
from cleankit.filters.spam.fold import is_unspaced, term_form

TERMS = Path(__file__).parents[2] / "packs" / "spam" / "terms"

# A call or a topic of fewer letters means too many other things once its accents are off.
SHORTEST_BARE = 6
# Two words may be run into one (`slotgacor`) where the result is too long to be a third word by chance.
SHORTEST_GLUED = 7
_SEPARATORS = frozenset(" -_.·/\u2013|+")


class Tier(StrEnum):
    """What a term says about the line it stands in."""

    STRONG = "strong"  # only the trade itself writes so
    TOPIC = "topic"  # the subject, named by trade and news alike
    WEAK = "weak"  # lotteries, card games, hotels, words with other meanings: counts beside the tiers above only
    CALL = "call"  # asks the reader to come in; counts beside a term only
    FRAME = "frame"  # how news, law and medicine speak about the subject
    HONEST = "honest"  # a phrase in which a topic word means something else
    FUNCTION = "function"  # runs through all prose of the language


_LISTS = tuple(Tier)
_MILDEST = (Tier.HONEST, Tier.FRAME, Tier.CALL, Tier.WEAK, Tier.TOPIC, Tier.STRONG, Tier.FUNCTION)
_CASES = ("spam", "clean")


class Entry(NamedTuple):
    """A term as it is written in its file: words with `*` where endings may follow (or, in front, a beginning)."""

    text: str
    tier: Tier
    lang: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is looked for: its folded words, and whether each may go on."""

    tier: Tier
    words: tuple[tuple[str, bool], ...]
    inside: bool
    glued: bool

    @property
    def text(self) -> str:
        return " ".join(word for word, _ in self.words)

    @property
    def size(self) -> int:
        return sum(len(word) for word, _ in self.words)

    def end(self, text: str, at: int) -> int:
        """Where the term ends if it starts at `at`, else -1."""
        for i, (word, may_go_on) in enumerate(self.words):
            if i:
                gap = at
                while gap < len(text) and gap - at < 2 and text[gap] in _SEPARATORS:
                    gap += 1
                if gap == at and not self.glued:
                    return -1
                at = gap
            if not text.startswith(word, at):
                return -1
            at += len(word)
            if may_go_on:
                while at < len(text) and _continues(text[at - 1], text[at]):
                    at += 1
            elif (i + 1 == len(self.words) or not self.glued) and at < len(text) and _continues(text[at - 1], text[at]):
                return -1
        return at


class Hit(NamedTuple):
    """A term at `text[start:end]` of a folded line; several languages may share it."""

    start: int
    end: int
    text: str
    tier: Tier
    langs: frozenset[str]


class Lexicon:
    """All terms, found leftmost and longest, none inside another."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.function_words: dict[str, set[str]] = {}
        langs: dict[Term, set[str]] = {}
        for entry in entries:
            if entry.tier is Tier.FUNCTION:
                self.function_words.setdefault(entry.lang, set()).add(term_form(entry.text))
            else:
                langs.setdefault(_term(entry), set()).add(entry.lang)
        self._langs = {term: frozenset(codes) for term, codes in langs.items()}
        self._by_head: dict[str, list[Term]] = {}
        # the longest first; of two languages that differ about a term, the one that thinks less of it
        for term in sorted(langs, key=lambda term: (-term.size, _MILDEST.index(term.tier), term.words)):
            self._by_head.setdefault(term.words[0][0][:2], []).append(term)

    def find(self, text: str) -> Iterator[Hit]:
        """The hits in a folded line, from its start."""
        at, stop, heads = 0, len(text) - 1, self._by_head
        while at < stop:
            end = -1
            if terms := heads.get(text[at : at + 2]):
                within = at > 0 and _continues(text[at - 1], text[at])
                for term in terms:
                    if term.inside or not within:
                        end = term.end(text, at)
                        if end > 0:
                            yield Hit(at, end, term.text, term.tier, self._langs[term])
                            break
            at = end if end > 0 else at + 1


@cache
def entries() -> tuple[Entry, ...]:
    """The entries of the files that ship with cleankit."""
    return tuple(entry for path in term_files() for entry in read_entries(path))


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with cleankit, put in order when the first suspicious line is met."""
    return Lexicon(entries())


def term_files() -> list[Path]:
    return sorted(TERMS.glob("*.toml"))


def read_cases(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The lines a file gives as proof: `spam` and `clean`."""
    table = _toml(path)
    return {key: tuple(table.get(key, ())) for key in _CASES}


def read_entries(path: Path) -> Iterator[Entry]:
    """The entries of one file, each once. Raises RuleError naming file and key."""
    yield from dict.fromkeys(_read(path, _toml(path)))


def _read(path: Path, table: dict[str, Any]) -> Iterator[Entry]:
    lang = path.stem
    bare = table.get("bare", False)
    for key, value in table.items():
        if key not in (*_LISTS, *_CASES, "compound", "bare"):
            raise RuleError(path, key, f"is not a known key; known are {', '.join((*_LISTS, *_CASES))}, compound, bare")
        if key in (*_LISTS, *_CASES) and not (isinstance(value, list) and all(isinstance(x, str) for x in value)):
            raise RuleError(path, key, "must be a list of strings")
    for tier in _LISTS:
        for text in table.get(tier, ()):
            if len(text.strip(" *")) < 2 and tier is not Tier.FUNCTION:
                raise RuleError(path, tier, f"{text!r} is too short to be looked for")
            yield Entry(text, tier, lang)
            plain = _without_accents(text)
            if (
                bare
                and tier in (Tier.STRONG, Tier.TOPIC, Tier.WEAK, Tier.CALL)
                and plain != text
                and len(plain) >= SHORTEST_BARE
            ):
                yield Entry(plain, tier, lang)
    for i, part in enumerate(table.get("compound", ())):
        if set(part) != {"tier", "heads", "tails"} or part["tier"] not in _LISTS:
            raise RuleError(path, f"compound[{i}]", "must have a tier, heads and tails")
        for head in part["heads"]:
            yield from (Entry(head + tail, Tier(part["tier"]), lang) for tail in part["tails"])


def _toml(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(path, "", f"cannot be read: {error}") from error


def _without_accents(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("ı", "i").replace("đ", "d").replace("ø", "o")


def _term(entry: Entry) -> Term:
    text = entry.text
    words = tuple((term_form(word.strip("*")), word.endswith("*")) for word in text.split())
    size = sum(len(word) for word, _ in words)
    glued = is_unspaced(words[0][0][-1]) or (size >= SHORTEST_GLUED and entry.tier is not Tier.HONEST)
    return Term(entry.tier, words, text.startswith("*"), glued)


def _continues(before: str, char: str) -> bool:
    """Whether a letter goes on with the word before it."""
    return char.isalpha() and before.isalpha() and not is_unspaced(char) and not is_unspaced(before)
