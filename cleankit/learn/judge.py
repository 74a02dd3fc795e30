"""Which of the lines that repeat are frame, by where they stand. In doubt a line is none."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from cleankit.learn.evidence import Evidence, Side
from cleankit.learn.lines import Form, Trait

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

# Fewer lines are no frame: a rule takes a line only together with others (`proposal.MIN_LINES`).
LEAST = 3


class Proposed(NamedTuple):
    """A line that is frame: its form, and where it stands on that side of the texts."""

    form: str
    side: Side

    @property
    def order(self) -> tuple[Fraction, str]:
        return Fraction(self.side.rows, self.side.pages), self.form


class Frame(NamedTuple):
    """The lines above the texts and those below, both from the page's edge inwards."""

    above: tuple[Proposed, ...]
    below: tuple[Proposed, ...]


def needed(pages: int, least: int = MIN_PAGES) -> int:
    """On how many of a site's pages a line has to stand.

    >>> needed(9), needed(20_000)
    (3, 400)
    """
    return max(least, -(-pages // ONE_IN))


def frame(forms: Sequence[Form], found: Sequence[Evidence], least: int) -> Frame:
    """The lines to propose; `least` is on how many pages they have to stand."""
    pairs = [(form, one) for form, one in zip(forms, found, strict=True) if is_frame(form, one, least)]
    above, below = (
        tuple(sorted((Proposed(form.text, side) for form, side in some if side.pages >= least), key=lambda p: p.order))
        for some in ([(f, one.above) for f, one in pairs], [(f, one.below) for f, one in pairs])
    )
    return Frame(above if len(above) >= LEAST else (), below if len(below) >= LEAST else ())


def is_frame(form: Form, found: Evidence, least: int) -> bool:
    """Whether a line stands where only the frame does."""
    if form.traits & Trait.NEVER or found.outside < least:
        return False
    if found.amid or found.inside * SLIPS > found.outside:
        return False
    if form.traits & (Trait.PROSE | Trait.SPOKEN):
        return not found.beside and not found.near
    return found.beside * SURE <= found.outside
