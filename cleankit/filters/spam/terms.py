"""The words of the trades, as they are written in `packs/spam/terms/KIND/LANGUAGE.toml`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from cleankit.errors import RuleError
from cleankit.filters.spam.characters import SUM

FOLDER = Path(__file__).parents[2] / "packs" / "spam" / "terms"
# the folder of what all kinds share: function words, the words of news, the ways to ask a reader in
COMMON = "common"

# A call or a topic of fewer letters means too many other things once its accents are off.
SHORTEST_BARE = 6


class Tier(StrEnum):
    """What a term says about the line it stands in."""

    STRONG = "strong"  # only the trade itself writes so
    TOPIC = "topic"  # the subject, named by trade and news alike
    WEAK = "weak"  # lotteries, card games, hotels, words with other meanings: counts beside the tiers above only
    CALL = "call"  # asks the reader to come in; counts beside a term only
    ENTRY = "entry"  # a call that every site has a button for: log in, register, download
    FRAME = "frame"  # how news, law and medicine speak about the subject
    HONEST = "honest"  # a phrase in which a topic word means something else
    FUNCTION = "function"  # runs through all prose of the language


NAMING = frozenset({Tier.STRONG, Tier.TOPIC, Tier.WEAK})
CALLING = frozenset({Tier.CALL, Tier.ENTRY})
_LISTS = tuple(Tier)
_CASES = ("spam", "clean")


class Entry(NamedTuple):
    """A term as it is written in its file: words with `*` where endings may follow (or, in front, a beginning), and
    `#` where a sum stands."""

    text: str
    tier: Tier
    lang: str
    kind: str


class Compound(NamedTuple):
    """Each of the heads with each of the tails behind it; a head that ends in a blank is a word of its own."""

    heads: tuple[str, ...]
    tails: tuple[str, ...]
    tier: Tier
    lang: str
    kind: str


def term_files() -> list[Path]:
    return sorted(FOLDER.glob("*/*.toml"))


def read_cases(path: Path) -> Mapping[str, tuple[str, ...]]:
    """The lines a file gives as proof: `spam` and `clean`."""
    table = _read(path)[0]
    return {key: tuple(table.get(key, ())) for key in _CASES}


def read_terms(path: Path) -> tuple[tuple[Entry, ...], tuple[Compound, ...]]:
    """The terms of one file, each once. Raises RuleError naming file, line and key."""
    table, text = _read(path)
    if problem := next(_problems(table), None):
        from cleankit import toml

        where, said = problem
        raise RuleError(path, toml.dotted(where), said, toml.row(text, where))
    lang, kind = path.stem, path.parent.name
    spelt = _also_bare if table.get("bare", False) else list[str]
    compounds = (
        Compound(tuple(filter(None, spelt(part["heads"]))), tuple(spelt(part["tails"])), Tier(part["tier"]), lang, kind)
        for part in table.get("compound", ())
    )
    return tuple(dict.fromkeys(_entries(table, lang, kind))), tuple(compounds)


def _problems(table: dict[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    known = (*_LISTS, *_CASES, "compound", "bare")
    for key, value in table.items():
        if key not in known:
            yield (key,), f"is not a known key; known are {', '.join(known)}"
        if key not in (*_LISTS, *_CASES):
            continue
        if not (isinstance(value, list) and all(isinstance(x, str) for x in value)):
            yield (key,), "must be a list of strings"
        elif key in _LISTS and key != Tier.FUNCTION:
            yield from (
                ((key, i), f"{text!r} is too short to be looked for")
                for i, text in enumerate(value)
                if len("".join(word for word in text.split() if word != SUM).strip("*")) < 2
            )
            yield from (
                ((key, i), f"{text!r} begins with a sum; begin with the word before it")
                for i, text in enumerate(value)
                if text.split()[:1] == [SUM]
            )
    if not isinstance(table.get("bare", False), bool):
        yield ("bare",), "must be true or false"
    for i, part in enumerate(table.get("compound", ())):
        if set(part) != {"tier", "heads", "tails"} or part["tier"] not in _LISTS:
            yield ("compound", i), "must have a tier, heads and tails"
        elif not all(text.strip(" *") for text in part["tails"]):
            yield ("compound", i), "has an empty tail"
        elif any(text.split()[:1] == [SUM] for text in part["heads"]):
            yield ("compound", i), "has a head that begins with a sum"


def _entries(table: dict[str, Any], lang: str, kind: str) -> Iterator[Entry]:
    for tier in _LISTS:
        for text in table.get(tier, ()):
            yield Entry(text, tier, lang, kind)
            plain = _without_accents(text) if table.get("bare", False) else text
            if (tier in NAMING or tier in CALLING) and plain != text and len(plain) >= SHORTEST_BARE:
                yield Entry(plain, tier, lang, kind)
    for part in table.get("compound", ()):
        if "" in part["heads"]:
            yield from (Entry(tail, Tier(part["tier"]), lang, kind) for tail in part["tails"])


def _read(path: Path) -> tuple[dict[str, Any], str]:
    from cleankit import toml

    try:
        text = path.read_text(encoding="utf-8")
        return toml.parse(text), text
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(path, "", f"cannot be read: {error}") from error
    except toml.TomlError as error:
        raise RuleError(path, "", error.problem, error.row) from error


def _also_bare(texts: list[str]) -> list[str]:
    """Texts, and without their accents those that are long enough."""
    bare = (plain for text in texts if len(plain := _without_accents(text)) >= SHORTEST_BARE)
    return [*dict.fromkeys((*texts, *bare))]


def _without_accents(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("ı", "i").replace("đ", "d").replace("ø", "o")
