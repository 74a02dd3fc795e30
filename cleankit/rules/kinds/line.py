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
from cleankit.rules.kinds.kind import Compiled, Held, Kind, whole_lines

NO_EDGE = "the page has no paragraph, and so no place beside its text"
TITLE = "it is the only line above the text, and so its title"
RUNS_ON = "it is the first word of a sentence that goes on in the next line"
BESIDE = "the line beside it fits `not_beside`: the two are items of one list or table"


def judge(compiled: Compiled, page: Page, numbers: Sequence[int]) -> Iterator[Finding | Held]:
    match = compiled.rule.match
    by_place = match.at != "anywhere"
    if by_place and match.needs_text and page.body[1] < 0:
        yield from (compiled.let_be(page, number, NO_EDGE) for number in numbers)
        return
    meant = []
    for number in numbers:
        if why := compiled.held(page, number):
            yield compiled.let_be(page, number, why)
        else:
            meant.append(number)
    if meant and (why := compiled.held_by_page(page)):
        yield from (compiled.let_be(page, number, why) for number in meant)
        return
    members = frozenset(meant)
    for number in meant:
        if by_place and (number == page.title or _runs_on(page, number)):
            yield compiled.let_be(page, number, TITLE if number == page.title else RUNS_ON)
        elif (other := compiled.beside(page, number, members)) >= 0:
            yield compiled.let_be(page, number, BESIDE, other)
        else:
            line = page.lines[number]
            yield compiled.report(page, line.start, line.stop)


def _runs_on(page: Page, number: int) -> bool:
    """Whether a single word is the beginning of a sentence that goes on below: a poem's line is no button."""
    below = page.line_text(number + 1) if number + 1 < len(page.lines) else ""
    return below[:1].islower() and page.line_text(number).isalpha()


KIND = Kind(
    frozenset({"any_of", "unless", "ignore_case", "at", "not_beside", "not_on", "only_on", "needs_text"}),
    whole_lines,
    judge,
)
