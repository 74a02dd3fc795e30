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
    "lines of that kind are asked for, and that hardly any line of the page trails off elsewhere.",
    "The ferry left at noon, and the pilots waved.\n"
    "Council wants to close the old lighthouse by the end of the...\n"
    "Nine ways to dry a net before the rain comes over the hills...\n"
    "Who stole the bell of Ellmouth? A diver has found it under a...\n"
    "Harbour master retires after forty years and three storms, an...\n"
    "The best fish soup of the coast is not where you would look f...\n",
)

_BREAKS_OFF = expression(r".*[^\s.…](?:\.{2,3}|…)$")
LEAST = 5  # of 350 articles none has five that are alike, and of those with four one is a quiz
# Short ones are what people who trail off say, too; below that are the buttons that wait (`Loading...`).
LONG, LEAST_SHORT, SHORTEST = 40, 8, 18
# Letters between the shortest and the longest: where words stay whole, it is a word's length.
SPREAD, SPREAD_SHARE = 14, 0.25
SHARE = 0.6  # of the lines that trail off


class CutOff:
    """Reads only pages on which enough lines end so."""

    name = "cut-off"
    about = (CUT_OFF,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if page.text.count("..") + page.text.count("…") < LEAST:
            return
        lines = ((page.line_text(number), number) for number in range(len(page.lines)))
        trailing = sorted((len(text), number) for text, number in lines if _BREAKS_OFF.match(text))
        trailing = [(length, number) for length, number in trailing if length >= SHORTEST]
        # a page may have lists of several lengths
        while alike := _alike(trailing):
            found = trailing[alike.start : alike.stop]
            for length, number in found:
                line = page.lines[number]
                evidence = (("letters", str(length)), ("lines", str(len(found))))
                yield deletion(CUT_OFF.rule, CUT_OFF.summary, page.text, line.start, line.stop, evidence=evidence)
            del trailing[alike.start : alike.stop]


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
