"""Where on a page its text is, told by what repeats on other pages of the site and what does not.

A page is a string here, one letter a line that is not blank: `P` a paragraph that no other page has, `u` any other
line of its own, `R` a line that repeats, `T` one that repeats and reads like something a text says.
"""

from __future__ import annotations

from typing import NamedTuple

from cleankit.lazy import expression

# A paragraph of its own weighs as much as three lines that repeat: a teaser between menus is no text, and a box between
# two paragraphs does not end it. On pages of nine news sites 1 to 4 come out nearly the same.
PARAGRAPH = 3

# Title, place, date, speakers and share bar stand above a text, notes and authors below it: nothing is judged from the
# text to the last line that is the page's own, or reads like text, over so many repeating lines in a row at most.
GAP_ABOVE = 6
GAP_BELOW = 4
# Nor are the first lines that repeat behind that: they are as often the last of the text (`END`, a speaker's name).
EDGE = 2

_ALONE = expression("(?<=P)[RT](?=P)")


class Regions(NamedTuple):
    """Half-open numbers of lines: the text, and around it what may belong to it."""

    text: tuple[int, int]
    around: tuple[int, int]


def regions(page: str) -> Regions | None:
    """The regions of a page; None where it has no paragraph of its own.

    >>> regions("RRRRRuPPRPuRRRRRRRRPRRR")
    Regions(text=(6, 10), around=(3, 13))
    """
    text = _text(page)
    if text is None:
        return None
    first, stop = text
    above, below = _reach(page[:first][::-1], GAP_ABOVE), _reach(page[stop:], GAP_BELOW)
    return Regions(text, (first - above, stop + below))


def amid(page: str) -> set[int]:
    """The lines that repeat and stand right between two paragraphs of the page's own.

    >>> amid("RPRPRRP")
    {2}
    """
    return {found.start() for found in _ALONE.finditer(page)}


def _text(page: str) -> tuple[int, int] | None:
    """The stretch in which paragraphs outweigh what repeats by most; the first of several, ends at paragraphs."""
    best, sum_, start = 0, 0, 0
    found = None
    for number, line in enumerate(page):
        if line == "P":
            if sum_ <= 0:
                sum_, start = 0, number
            sum_ += PARAGRAPH
            if sum_ > best:
                best, found = sum_, (start, number + 1)
        elif line in "RT":
            sum_ -= 1
    return found


def _reach(lines: str, gap: int) -> int:
    """How many lines outward from the text may belong to it."""
    reach = 0
    for number, line in enumerate(lines):
        if line != "R":
            reach = number + 1
        elif number - reach >= gap:
            break
    return min(reach + EDGE, len(lines))
