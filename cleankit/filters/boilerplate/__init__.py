"""What stands around a page's text and in its breaks, told by shape and place alone, in any language."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from cleankit.filters.boilerplate.outside import Bounds, dropped
from cleankit.filters.boilerplate.units import Unit
from cleankit.model import About, Finding, Safety, deletion, flag
from cleankit.page import Page

# Cut only what is surely chrome.
CAREFUL = Bounds(outside=0.35, inside=0.005, least=4, budget=0.75, is_careful=True)
# The body alone.
STRICT = Bounds(outside=0.35, inside=0.25, least=1, budget=0.85, is_careful=False)

# A page with fewer lines that are no prose is a text with its head, and no model need look at it.
LEAST_LINES = 12
# Each look is at what the last one left; more than a few are seldom needed.
LOOKS = 12
# A page with that many units and less prose than a paragraph, of whose words the model gives so few to the text, has
# none: of 90 pages whose text was taken out 24 are as empty, of 350 whole ones none.
MISSING_UNITS, MISSING_PROSE, MISSING_BODY = 50, 40, 0.10

AROUND = About(
    "body/surroundings",
    Safety.SAFE,
    "Lines of the page that stand around its text and in its breaks.",
    "Menus, teasers and captions of sites that no rule knows: by their shape, their neighbours and their place.",
    "",
)
MISSING = About(
    "body/missing",
    Safety.FLAG,
    "Nothing on this page looks like its text; what is there are menus and teasers.",
    "The text was lost, or the page never had one: it is put aside, for nothing of it is worth keeping unseen.",
    "",
)
TOO_MUCH = About(
    "body/too-much",
    Safety.FLAG,
    "Most of what this page says in sentences looks like chrome; somebody should look at it first.",
    "A page is never cut past its budget: it is put aside as it was, with what would have been done.",
    "",
)


class Boilerplate:
    """Takes out what the line model is sure is no part of the page's text, and says where a page has none."""

    name = "boilerplate"
    about = (AROUND, MISSING, TOO_MUCH)

    def __init__(self, bounds: Bounds = CAREFUL) -> None:
        self.bounds = bounds

    def __call__(self, page: Page) -> Iterator[Finding]:
        if sum(not page.is_prose(n) for n in range(len(page.lines)) if page.line_text(n)) < LEAST_LINES:
            return
        from cleankit.filters.boilerplate.around import stretch
        from cleankit.filters.boilerplate.units import units

        row = units(page)
        gone, share = self._gone(row)
        dense = stretch(row)
        if len(row) >= MISSING_UNITS and dense.words < MISSING_PROSE and share < MISSING_BODY:
            yield flag(MISSING.rule, MISSING.summary, 0, len(page.text), (("lines", str(len(row))),))
            return
        for run in _runs(gone):
            first, last = run[0].unit, run[-1].unit
            start, stop = page.lines[first.first].start, page.lines[last.last].stop
            yield deletion(AROUND.rule, AROUND.summary, page.text, start, stop, evidence=_evidence(run))
        prose = {i: unit.size for i, unit in enumerate(row) if unit.is_prose}
        cut, of = sum(size for i, size in prose.items() if i in gone), sum(prose.values())
        if cut > self.bounds.budget * of:
            evidence = (("words", f"{cut:.0f} of {of:.0f}"),)
            yield flag(TOO_MUCH.rule, TOO_MUCH.summary, 0, len(page.text), evidence)

    def _gone(self, row: list[Unit]) -> tuple[dict[int, Gone], float]:
        """The units that go, by their number, and the share of the page's words that the model gives to its text.

        What is left is looked at again, until nothing more goes: it is what a second run would see.
        """
        from cleankit.filters.boilerplate.around import places
        from cleankit.filters.boilerplate.model import body
        from cleankit.filters.boilerplate.units import own

        alone = [own(unit) for unit in row]
        gone: dict[int, Gone] = {}
        share = None
        for _ in range(LOOKS):
            numbers = [i for i in range(len(row)) if i not in gone]
            left = without(row, gone)
            shown = [alone[i] + place for i, place in zip(numbers, places(left), strict=True)]
            probabilities = [body(features) for features in shown]
            if share is None:
                words = zip(probabilities, row, strict=True)
                share = sum(p * unit.size for p, unit in words) / max(1.0, sum(unit.size for unit in row))
            go = dropped(left, probabilities, self.bounds)
            if not go:
                break
            gone |= {numbers[i]: Gone(left[i], probabilities[i], shown[i]) for i in go}
        return gone, share or 0.0


class Gone(NamedTuple):
    """A unit that goes: what the model thought of it, and what it showed."""

    unit: Unit
    body: float
    shown: list[float]


def without(row: Sequence[Unit], gone: Container[int]) -> list[Unit]:
    """The row that is left. What goes, goes with the blank lines in it; one before it or behind it stays."""
    left = []
    blank = was_gone = False
    for i, unit in enumerate(row):
        if i in gone:
            blank = blank if was_gone else unit.after_blank
            was_gone = True
        else:
            left.append(unit._replace(after_blank=True) if was_gone and blank else unit)
            was_gone = False
    return left


def _runs(gone: Mapping[int, Gone]) -> Iterator[list[Gone]]:
    """Those that follow one another, so that a menu is one finding."""
    run: list[Gone] = []
    for i in sorted(gone):
        if run and i - 1 not in gone:
            yield run
            run = []
        run.append(gone[i])
    if run:
        yield run


def _evidence(run: Sequence[Gone]) -> tuple[tuple[str, str], ...]:
    """The probability of the line that came nearest to the text, and what spoke most against it (log-odds)."""
    from cleankit.filters.boilerplate.model import reasons

    nearest = max(run, key=lambda one: one.body)
    found = ((name, f"{points:+.1f}") for name, points in reasons(nearest.shown))
    return (("lines", str(len(run))), ("body", f"{nearest.body:.3f}"), *found)
