"""Teasers of other pages that the site cuts at a number of letters, wherever their sentence stands then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, deletion
from cleankit.page import Page

CUT_OFF = About(
    "widgets/cut-off-teasers",
    Safety.SAFE,
    "Lines that all break off with an ellipsis at nearly the same length.",
    "Writers trail off where they like; a program that shortens the headlines of other pages does so at a limit. Five "
    "different lines of that kind are asked for, that hardly any line of the page trails off elsewhere, and a text "
    "that they stand beside.",
    "The port opened again on Monday after nine days of storm, and the first of the ferries left at noon.\n"
    "Nobody was hurt on the quays, the harbour master said, but two of the cranes will have to be taken down.\n"
    "The fishing fleet had been told to stay in the outer basin until the divers have looked at the lock.\n"
    "Council wants to close the old lighthouse by the end of the...\n"
    "Nine ways to dry a net before the rain comes over the hills...\n"
    "Who stole the bell of Ellmouth? A diver has found it under a...\n"
    "Harbour master retires after forty years and three storms, an...\n"
    "The best fish soup of the coast is not where you would look f...\n",
)

_DIGITS = expression(r"\d+")
_CJK = expression(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BREAKS_OFF = expression(r".*[^\s.…](?:\.{2,3}|…)$")
LEAST = 5  # of 350 articles none has five that are alike, and of those with four one is a quiz
# Short ones are what people who trail off say, too. Where a word is a sign, fewer make a headline.
LONG, LEAST_SHORT, SHORTEST, SHORTEST_CJK = 40, 8, 30, 18
# Letters between the shortest and the longest: where words stay whole, it is a word's length.
SPREAD, SPREAD_SHARE = 14, 0.25
SHARE = 0.6  # of the lines that trail off
TEXT = 3  # paragraphs that do not: what a page of nothing else says in such lines is its own, verse or a conversation


class CutOff:
    """Reads only pages on which enough lines end so."""

    name = "cut-off"
    about = (CUT_OFF,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if page.text.count("..") + page.text.count("…") < LEAST:
            return
        lines = {number: page.line_text(number) for number in range(len(page.lines))}
        texts = {number: text for number, text in lines.items() if _BREAKS_OFF.match(text)}
        if sum(page.is_prose(number) for number in lines if number not in texts) < TEXT:
            return
        trailing = sorted((len(text), number) for number, text in texts.items() if len(text) >= _shortest(text))
        # a page may have lists of several lengths
        while alike := _alike(trailing):
            found = trailing[alike.start : alike.stop]
            if len({_DIGITS.sub("", texts[number]) for _, number in found}) < LEAST:
                return
            for length, number in found:
                line = page.lines[number]
                evidence = (("letters", str(length)), ("lines", str(len(found))))
                yield deletion(CUT_OFF.rule, CUT_OFF.summary, page.text, line.start, line.stop, evidence=evidence)
            del trailing[alike.start : alike.stop]


def _shortest(text: str) -> int:
    return SHORTEST_CJK if _CJK.search(text) else SHORTEST


def _alike(trailing: Sequence[tuple[int, int]]) -> range:
    """Where in a sorted list of (length, number) the most lines lie close together; empty where they are few."""
    best = range(0)
    first = 0
    for last, (length, _) in enumerate(trailing):
        while length - trailing[first][0] > min(SPREAD, SPREAD_SHARE * length):
            first += 1
        best = max(best, range(first, last + 1), key=len)
    if not best:
        return best
    least = LEAST if trailing[best.start][0] >= LONG else LEAST_SHORT
    return range(0) if len(best) < least or len(best) < SHARE * len(trailing) else best
