"""Slips of the hand that the page itself proves: a word met once, beside the same word spelt right twice or more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag, replacement
from cleankit.page import Page
from cleankit.surroundings import is_bound

DOUBLED_INITIAL = About(
    "typos/doubled-initial",
    Safety.SAFE,
    "The first letter of a word stands twice.",
    "The word without it is met at least twice on the page, the word with it only here.",
    "The province agreed. The Province will pay, and the province said so.\nThe Pprovince was late.\n",
)
TRANSPOSED = About(
    "typos/transposed-letters",
    Safety.SAFE,
    "Two neighbouring letters of a word have changed places.",
    "The word with the letters in their order is met at least twice on the page, this one only here.",
    "Two conferences of the guild were held; the conferences were good.\nAll conferecnes are in May.\n",
)

# Of a word with other letters this takes a part, which does not stand alone
_WORD = expression(r"[A-Za-z]{5,}")
_TO_WORDS = bytes(byte if byte < 128 and chr(byte).isalpha() else 32 for byte in range(256))
_DOUBLED = expression(r"([^\W\d_])\1(?<![AEIOUaeiou])[^\W\d_]{4,}", re.IGNORECASE)

SUPPORT = 2  # with two there is no false hit in 505,000 words of clean text
LETTERS = 7  # below seven letters a swap makes real words of real words (trial, trail)

# Real words of seven letters and more that differ by such a swap; `unclear` and `nuclear` do in their first letter.
_BOTH_ARE_WORDS = frozenset(
    word
    for pair in (
        "martial marital", "martially maritally", "complaint compliant", "complaints compliants", "signing singing",
        "perfect prefect", "perfects prefects", "carving craving", "carvings cravings", "casually causally",
        "discreet discrete", "retired retried", "trailed trialed", "trailing trialing", "silvers slivers",
        "dairies diaries", "soldier solider", "perform preform", "performs preforms", "performed preformed",
        "performing preforming", "previous pervious", "cavalry calvary",
        "untired untried", "discreetly discretely",
    )
    for word in pair.split()
)  # fmt: skip


class Evidence:
    """English paragraphs only: other languages change letters about in their grammar (erscheinen, erschienen)."""

    name = "evidence"
    about = (DOUBLED_INITIAL, TRANSPOSED)

    def __call__(self, page: Page) -> Iterator[Finding]:
        text = page.text
        exact = _words(page)
        known = {word for word, count in exact.items() if count >= SUPPORT and len(word) >= LETTERS and word.islower()}
        suspects = [word for word, count in exact.items() if count == 1 and len(word) > 5]
        doubled = {word for word in suspects if word[0].lower() == word[1].lower() and _is_doubled(word)}
        swapped = {word: right for word in _with_the_letters_of(known, suspects) if (right := _swapped(word, known))}
        if not doubled and not swapped:
            return
        folded: Counter[str] = Counter()
        for word, count in exact.items():
            folded[word.lower()] += count
        wanted: dict[str, tuple[About, str, int]] = {}
        for word in doubled.union(swapped):
            if folded[word.lower()] > 1:
                continue
            if word in doubled and (right := _undoubled(word, exact, folded)):
                wanted[word] = (DOUBLED_INITIAL, right, folded[right.lower()])
            elif right := swapped.get(word, ""):
                wanted[word] = (TRANSPOSED, right, exact[right])
        if not wanted:
            return
        for found in _WORD.finditer(text):
            if found[0] not in wanted or is_bound(text, *found.span()):
                continue
            about, right, count = wanted[found[0]]
            if page.languages[page.line_at(found.start())] != "en":
                continue
            evidence = (("right", right), ("times", str(count)))
            if page.is_quoted(*found.span()):  # another's words are not ours to put right
                yield flag(about.rule, about.summary, *found.span(), (*evidence, ("quoted", "yes")))
            else:
                yield replacement(about.rule, about.summary, text, *found.span(), right, about.level, evidence)


def _words(page: Page) -> Counter[str]:
    """How often each word that `_WORD` finds stands on the page; read off its bytes, which takes half the time."""
    words = Counter(page.text.encode("ascii", "replace").translate(_TO_WORDS).decode().split())
    return Counter({word: count for word, count in words.items() if len(word) >= 5})


def _with_the_letters_of(known: set[str], words: Iterable[str]) -> Iterator[str]:
    """The words that are a known one with some letters, but for the first, in another order."""
    heads = {(word[0], len(word)) for word in known}  # most words fall at this glance
    letters = {"".join(sorted(word)) for word in known}
    for word in words:
        if (word[0], len(word)) in heads and word.islower() and "".join(sorted(word)) in letters:
            yield word


def _is_doubled(word: str) -> bool:
    return _DOUBLED.fullmatch(word) is not None and word[2:].islower()


def _undoubled(word: str, exact: Counter[str], folded: Counter[str]) -> str:
    """`Province` for `Pprovince`, where the page writes the word in small letters too: a name would not be."""
    right = word[0] + word[2:]
    low = right.lower()
    # a small-letter word must have the support that a swap asks for, or the repair would support one in a second run
    return right if folded[low] >= SUPPORT and exact[low] >= (SUPPORT if word.islower() else 1) else ""


def _swapped(word: str, known: set[str]) -> str:
    """The one known word that a swap inside `word` gives."""
    if word in _BOTH_ARE_WORDS:
        return ""
    found = ""
    for i in range(1, len(word) - 1):
        a, b = word[i], word[i + 1]
        if a == b or (a + b in ("er", "re") and word[i + 2 :] in ("", "s")):  # theatre and theater
            continue
        other = word[:i] + b + a + word[i + 2 :]
        if other in known:
            if found:
                return ""
            found = other
    return found
