"""What stands around a page's text and in its breaks, told by shape and place alone, in any language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from cleankit.edits import apply
from cleankit.filters.boilerplate.examples import DUMP, MENUS, TEASERS
from cleankit.filters.boilerplate.outside import SURE, Bounds
from cleankit.model import About, Bound, Finding, Near, Safety, Span, deletion, flag
from cleankit.page import Page

if TYPE_CHECKING:
    from cleankit.filters.boilerplate.looks import Seen
    from cleankit.filters.boilerplate.units import Unit

# Cut only what is surely chrome. It stands in rows: of 600 looks at real pages none that found something was at a page
# without six lines in a row that are no prose.
CAREFUL = Bounds(outside=0.35, inside=0.005, least=4, row=5, budget=0.75, is_careful=True)
# The body alone.
STRICT = Bounds(outside=0.35, inside=0.25, least=1, row=1, budget=0.85, is_careful=False)

# A page with fewer lines that are no prose is a text with its head, and no model need look at it.
LEAST_LINES = 12
# A page with that many units and less prose than a paragraph, of which the model gives no unit and no share of its
# words to a text, has none: so it is with 20 of 350 pages whose text was taken out, with none of them as they are, and
# with none of 855 of our own, poems and tables among them, in the frames of sites.
MISSING_UNITS, MISSING_PROSE, MISSING_BODY, MISSING_SHARE = 80, 40, 0.2, 0.05

# What may be left of a page that had nothing else: a longer line could be its headline.
BUTTONS, BUTTON_BYTES = 3, 18

AROUND = About(
    "body/surroundings",
    Safety.SAFE,
    "Lines of the page that stand around its text and in its breaks.",
    "Menus, teasers and captions of sites that no rule knows: by their shape, their neighbours and their place.",
    DUMP,
)
MISSING = About(
    "body/missing",
    Safety.FLAG,
    "Nothing on this page looks like its text; what is there are menus and teasers.",
    "The text was lost, or the page never had one: it is put aside, for nothing of it is worth keeping unseen.",
    MENUS,
)
TOO_MUCH = About(
    "body/too-much",
    Safety.FLAG,
    "Most of what this page says in sentences looks like chrome; somebody should look at it first.",
    "A page is never cut past its budget: it is put aside as it was, with what would have been done.",
    TEASERS,
)


class Boilerplate:
    """Takes out what the line model is sure is no part of the page's text, and says where a page has none."""

    name = "boilerplate"

    def __init__(self, bounds: Bounds = CAREFUL) -> None:
        self.bounds = bounds
        held_against = (
            Bound("body", bounds.outside, "taken out before and behind the text below"),
            Bound("body", bounds.inside, "within it below"),
        )
        self.about = (replace(AROUND, bounds=held_against), MISSING, TOO_MUCH)
        self._left = ""  # of the last page: nothing more goes of it, so that a later stage need not look again

    def __call__(self, page: Page) -> Iterator[Finding]:
        if page.text == self._left:
            return
        if _is_text(page, self.bounds.row):
            return
        from cleankit.filters.boilerplate import looks  # seldom needed, and with it the model

        row = looks.units(page)
        seen = looks.look(row)
        if _has_no_text(row, seen):
            yield flag(MISSING.rule, MISSING.summary, 0, len(page.text), (("lines", str(len(row))),))
            return
        gone = looks.left(row, seen, self.bounds).gone
        found = []
        for run in looks.runs(gone):
            start, stop = page.lines[run[0].unit.first].start, page.lines[run[-1].unit.last].stop
            evidence = looks.evidence(run)
            found.append(deletion(AROUND.rule, AROUND.summary, page.text, start, stop, evidence=evidence))
        yield from found
        self._left = apply(page.text, [finding.fix for finding in found if finding.fix])
        prose = {i: unit.size for i, unit in enumerate(row) if unit.is_prose}
        cut, of = sum(size for i, size in prose.items() if i in gone), sum(prose.values())
        if cut > self.bounds.budget * of:
            evidence = (("words", f"{cut:.0f} of {of:.0f}"),)
            yield flag(TOO_MUCH.rule, TOO_MUCH.summary, 0, len(page.text), evidence)

    def near(self, page: Page, start: int, end: int) -> Iterator[Near]:
        """The lines that the model would rather take for chrome, and what keeps them."""
        if _is_text(page):
            return
        from cleankit.filters.boilerplate import looks

        row = looks.units(page)
        seen = looks.look(row)
        if _has_no_text(row, seen):
            return
        left = looks.left(row, seen, self.bounds)
        for i, one in enumerate(left.seen):
            first, last = page.lines[one.unit.first], page.lines[one.unit.last]
            if one.body < SURE and first.start < end and start < last.end:
                yield Near(AROUND.rule, Span(first.start, last.end), looks.weight(one), left.judged.held(i))


def _is_text(page: Page, row: int = 1) -> bool:
    """Whether so few lines are no prose, or so few of them stand in a row, that they are the text's own."""
    is_other = [not page.is_prose(n) for n in range(len(page.lines)) if page.line_text(n)]
    rows = (sum(1 for _ in some) for other, some in groupby(is_other) if other)
    return sum(is_other) < LEAST_LINES or max(rows) < row


def emptied(source: str, result: str) -> Finding | None:
    """What is to be said of a page of which nothing is left but a button or two; of a page of few lines, nothing."""
    left = [line for line in result.split("\n") if line.strip()]
    if len(left) > BUTTONS or any(len(line.strip().encode(errors="replace")) > BUTTON_BYTES for line in left):
        return None
    lines = sum(1 for line in source.split("\n") if line.strip())
    if lines < MISSING_UNITS:
        return None
    return flag(MISSING.rule, MISSING.summary, 0, len(source), (("lines", str(lines)),))


def _has_no_text(row: Sequence[Unit], seen: Sequence[Seen]) -> bool:
    prose = sum(unit.size for unit in row if unit.is_prose)
    if len(row) < MISSING_UNITS or prose >= MISSING_PROSE or max(one.body for one in seen) > MISSING_BODY:
        return False
    return sum(one.body * one.unit.size for one in seen) < MISSING_SHARE * sum(unit.size for unit in row)
