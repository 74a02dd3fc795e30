"""Which of the lines that repeat are frame, by where they stand. In doubt a line is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from cleankit.learn.evidence import Evidence, Side
from cleankit.learn.lines import NEVER, PROSE, SPOKEN, Form

# Fewer pages say nothing: what two have in common may be what both tell.
MIN_PAGES = 3
# Of many pages a line has to stand on one in fifty. So a proposal is no longer than fifty pages' frames, whatever the
# number of pages, and the headlines of a day that a hundred pages link to are not in it.
ONE_IN = 50

# On one page in so many the text may be taken for longer than it is, by the teasers behind it. Below that many pages
# a line that stands in any text is content.
SLIPS = 100
# A line stands in the frame on so many times the pages on which it stands only where title and author do.
SURE = 4


class Proposed(NamedTuple):
    """A line that is frame: its form, and where it stands on that side of the texts."""

    form: str
    side: Side

    @property
    def order(self) -> tuple[Fraction, str]:
        return Fraction(self.side.rows, self.side.pages), self.form


class Frame(NamedTuple):
    """The lines above the texts and those below, from the page's edge inwards, and the sentences on either side."""

    above: tuple[Proposed, ...]
    below: tuple[Proposed, ...]
    notices: tuple[Proposed, ...]


def needed(pages: int, least: int = MIN_PAGES) -> int:
    """On how many of a site's pages a line has to stand.

    >>> needed(9), needed(20_000)
    (3, 400)
    """
    return max(least, -(-pages // ONE_IN))


def frame(forms: Sequence[Form], found: Sequence[Evidence], pages: int, least: int) -> Frame:
    """The lines to propose of a site with so many pages; `least` is on how many of them they have to stand."""
    sides: tuple[list[Proposed], list[Proposed], list[Proposed]] = ([], [], [])
    for form, one in zip(forms, found, strict=True):
        if not is_frame(form, one, least):
            continue
        if form.traits & PROSE:
            side = max((one.above, one.below), key=lambda side: side.pages)
            # on fewer pages, or set like a headline, it may be the first of another page
            if 2 * side.pages >= pages and not _is_headline(form.text):
                sides[2].append(Proposed(form.text, side))
            continue
        for number, side in enumerate((one.above, one.below)):
            if side.pages >= least:
                sides[number].append(Proposed(form.text, side))
    above, below, notices = (tuple(sorted(side, key=lambda proposed: proposed.order)) for side in sides)
    return Frame(above, below, notices)


def is_frame(form: Form, found: Evidence, least: int) -> bool:
    """Whether a line stands where only the frame does."""
    if form.traits & NEVER or found.outside < least:
        return False
    if found.amid or found.inside * SLIPS > found.outside:
        return False
    if form.traits & (PROSE | SPOKEN):
        return not found.beside and not found.near
    return found.beside * SURE <= found.outside


def _is_headline(text: str) -> bool:
    """Whether a sentence is set like an English headline: most of its longer words have a capital.

    >>> _is_headline("He Sold the Bridge Twice. Then He Bought It."), _is_headline("We use cookies to see you.")
    (True, False)
    """
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return 2 * sum(word[0].isupper() for word in words) > len(words)
