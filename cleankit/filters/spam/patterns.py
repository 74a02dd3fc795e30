"""The terms of the subject as patterns, in all the spellings that folding makes one."""

from __future__ import annotations

from collections.abc import Sequence

import re2

from cleankit.filters.spam.fold import is_unspaced, spellings
from cleankit.filters.spam.lexicon import Entry, Tier, entries

_LETTER = r"[A-Za-z\x{c0}-\x{24f}\x{370}-\x{52f}\x{1e00}-\x{1eff}]"
_NO_LETTER = _LETTER.replace("[", "[^", 1)


def patterns() -> list[str]:
    """One of them stands in every line with a term."""
    return sorted({_pattern(text) for text in _least(entries())})


def _least(words: Sequence[Entry]) -> set[str]:
    """The terms without which no other could stand in a line: `casino bonus` needs no pattern beside `casino*`."""
    terms = {entry.text for entry in words if entry.tier in (Tier.STRONG, Tier.TOPIC)}
    topics = {entry.text for entry in words if entry.tier is Tier.TOPIC and " " not in entry.text}
    whole = {text for text in topics if "*" not in text}
    parts = tuple(text for text in topics if is_unspaced(text.strip("*")[-1]))
    stems = tuple(text[:-1] for text in topics if text.endswith("*") and not text.startswith("*"))
    least = set(topics)
    for text in terms - topics:
        first = text.split()[0]
        if first in whole:
            least.add(first + "*")  # the words of a long term may be run together
        elif not (stems and first.startswith(stems)) and not any(part in text for part in parts):
            least.add(text)
    return least


def _pattern(term: str) -> str:
    if is_unspaced(term.strip("*")[0]):
        return _body(term)
    left = "" if term.startswith("*") else f"(?:^|{_NO_LETTER})"
    right = "" if term.endswith("*") else f"(?:$|{_NO_LETTER})"
    return f"(?i:{left}{_body(term)}{right})"


def _body(term: str) -> str:
    gap = "" if is_unspaced(term.strip("*")[0]) else "[ ._/|+·–-]{0,2}"
    return gap.join(
        "".join(map(_char, word.strip("*"))) + (f"{_LETTER}*" if word.endswith("*") else "") for word in term.split()
    )


def _char(char: str) -> str:
    """A character in the spellings that folding makes one."""
    if char in "iıİ":
        return "[iIıİ]"
    same = spellings(char) if "\u3400" <= char <= "\u9fff" else char
    return re2.escape(char) if len(same) < 2 else f"[{same}]"
