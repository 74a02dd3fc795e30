"""line: a whole line that is chrome, taken out with its line end.

`not_beside` are lines that make a row of it: where the nearest line above or below that the rule does not mean itself
matches one of them, the line is an item of a table or a list and stays.

Three lines are not judged by their place: the only line above the text, which is its title, a word whose sentence
goes on in the next line, and any line of a page without prose, on which a poem's, a list's or a table's lines stand
nowhere but at the edge. A rule whose lines tell enough by themselves takes the last kind all the same
(`needs_text = false`). On a page with a line that matches `not_on`, or without one that matches `only_on`, the rule
says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cleankit.model import Finding
from cleankit.page import Page
from cleankit.rules.kinds.kind import Compiled, Kind, whole_lines


def find(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding]:
    match = compiled.rule.match
    by_place = match.at != "anywhere"
    if by_place and match.needs_text and page.body[1] < 0:
        return
    meant = [number for number in numbers if compiled.applies(page, number)]
    if meant and (compiled.is_subject(page) or not compiled.is_at_home(page)):
        return
    members = frozenset(meant)
    for number in meant:
        if by_place and (number == page.title or _runs_on(page, number)):
            continue
        if compiled.is_beside(page, number, members):
            continue
        line = page.lines[number]
        yield compiled.report(page, line.start, line.stop)


def _runs_on(page: Page, number: int) -> bool:
    """Whether a single word is the beginning of a sentence that goes on below: a poem's line is no button."""
    below = page.line_text(number + 1) if number + 1 < len(page.lines) else ""
    return below[:1].islower() and page.line_text(number).isalpha()


KIND = Kind(
    frozenset({"any_of", "unless", "ignore_case", "at", "not_beside", "not_on", "only_on", "needs_text"}),
    whole_lines,
    find,
)
