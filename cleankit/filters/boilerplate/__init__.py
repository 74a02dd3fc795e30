"""What stands around a page's text and in its breaks, told by shape and place alone, in any language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.filters.boilerplate.outside import Bounds, dropped
from cleankit.filters.boilerplate.units import Unit
from cleankit.model import About, Finding, Safety, deletion
from cleankit.page import Page

# Cut only what is surely chrome.
CAREFUL = Bounds(outside=0.10, inside=0.005, least=4, keeps_head=True, keeps_lists=True)
# The body alone.
STRICT = Bounds(outside=0.35, inside=0.25, least=1, keeps_head=False, keeps_lists=False)

# A page with fewer lines that are no prose is a text with its head, and no model need look at it.
LEAST_LINES = 12
# Each look is at what the last one left; more than a few are seldom needed.
LOOKS = 12

AROUND = About(
    "body/surroundings",
    Safety.SAFE,
    "Lines of the page that stand around its text and in its breaks.",
    "Menus, teasers and captions of sites that no rule knows: by their shape, their neighbours and their place.",
    "",
)


class Boilerplate:
    """Takes out what the line model is sure is no part of the page's text."""

    name = "boilerplate"
    about = (AROUND,)

    def __init__(self, bounds: Bounds = CAREFUL) -> None:
        self.bounds = bounds

    def __call__(self, page: Page) -> Iterator[Finding]:
        if sum(not page.is_prose(n) for n in range(len(page.lines)) if page.line_text(n)) < LEAST_LINES:
            return
        for run in _runs(self._gone(page)):
            first, last = run[0][0], run[-1][0]
            start, stop = page.lines[first.first].start, page.lines[last.last].stop
            evidence = (("body", f"{max(body for _, body, _ in run):.3f}"), *_reasons(run))
            yield deletion(AROUND.rule, AROUND.summary, page.text, start, stop, evidence=evidence)

    def _gone(self, page: Page) -> list[tuple[Unit, float, list[float]]]:
        """The units that go, in their order, with their probability and what they showed.

        What is left is looked at again, until nothing more goes: it is what a second run would see.
        """
        from cleankit.filters.boilerplate.around import places
        from cleankit.filters.boilerplate.model import body
        from cleankit.filters.boilerplate.units import own, units

        row = units(page)
        shown_by = {unit.first: own(unit) for unit in row}
        gone: list[tuple[Unit, float, list[float]]] = []
        for _ in range(LOOKS):
            shown = [shown_by[unit.first] + place for unit, place in zip(row, places(row), strict=True)]
            probabilities = [body(features) for features in shown]
            go = set(dropped(row, probabilities, self.bounds))
            if not go:
                break
            gone += ((row[i], probabilities[i], shown[i]) for i in go)
            row = without(row, go)
        return sorted(gone, key=lambda one: one[0].first)


def without(row: Sequence[Unit], go: set[int]) -> list[Unit]:
    """The row that is left; where a blank line stood, one still does."""
    left, blank = [], False
    for i, unit in enumerate(row):
        blank = blank or unit.after_blank
        if i not in go:
            left.append(unit._replace(after_blank=blank))
            blank = False
    return left


def _runs(gone: Sequence[tuple[Unit, float, list[float]]]) -> Iterator[list[tuple[Unit, float, list[float]]]]:
    """Those of lines that follow one another, so that a menu is one finding."""
    run: list[tuple[Unit, float, list[float]]] = []
    for one in gone:
        if run and run[-1][0].last + 1 != one[0].first:
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _reasons(run: Sequence[tuple[Unit, float, list[float]]]) -> list[tuple[str, str]]:
    from cleankit.filters.boilerplate.model import reasons

    closest = max(run, key=lambda one: one[1])
    return [(name, f"{points:+.1f}") for name, points in reasons(closest[2])]
