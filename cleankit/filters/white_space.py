"""White space that carries nothing: blanks at line ends, runs of blank lines, no-break spaces used as plain ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, deletion, replacement
from cleankit.page import Line, Page

TRAILING = About(
    "space/trailing-blanks",
    Safety.SAFE,
    "Blanks at the end of a line.",
    "Nobody sees them and every comparison does.",
    "The floor is open.  \n",
)
BLANK_LINES = About(
    "space/blank-lines",
    Safety.SAFE,
    "More than one blank line in a row, or blank lines at an end of the page.",
    "One blank line parts two paragraphs; the others are left over from what was taken out.",
    "The floor is open.\n\n\n\nThe first question, please.\n",
)
NO_BREAK = About(
    "space/no-break",
    Safety.SAFE,
    "A no-break space between words.",
    "Labels and searches written with a plain blank miss it.",
    "The\u00a0floor is open.\n",
)

# meant: French sets it before these signs and inside guillemets, numbers keep their groups together with it
_MEANT = expression(r"[\u00a0\u202f](?:(?<=\d.)(?=\d)|(?=[;:!?»%€])|(?<=«.))")
_NO_BREAK = expression(r"[\u00a0\u202f\u2007]+")
_BLANKS = " \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"


class WhiteSpace:
    """Runs last, on what the other stages left."""

    name = "white-space"
    about = (TRAILING, BLANK_LINES, NO_BREAK)

    def __call__(self, page: Page) -> Iterator[Finding]:
        yield from self._blank_lines(page)
        text = page.text
        for line in page.lines:
            if line.start < line.end and text[line.end - 1] in _BLANKS:
                yield deletion(TRAILING.rule, TRAILING.summary, text, _end(text, line), line.end)
        if any(blank in text for blank in "\u00a0\u202f\u2007"):
            yield from self._no_break(page)

    def _no_break(self, page: Page) -> Iterator[Finding]:
        text = page.text
        meant = {found.start() for found in _MEANT.finditer(text)}
        for found in _NO_BREAK.finditer(text):
            start, end = found.span()
            # what ends a line goes as a whole
            if meant.isdisjoint(range(start, end)) and end <= _end(text, page.lines[page.line_at(start)]):
                yield replacement(NO_BREAK.rule, NO_BREAK.summary, text, start, end, new=" " * (end - start))

    def _blank_lines(self, page: Page) -> Iterator[Finding]:
        lines = page.lines
        for run in _runs([number for number in range(len(lines)) if not page.line_text(number)]):
            at_an_end = run[0] == 0 or run[-1] == len(lines) - 1
            kept = 0 if at_an_end else 1
            if len(run) > kept:
                start, end = lines[run[kept]].start, lines[run[-1]].stop
                yield deletion(BLANK_LINES.rule, BLANK_LINES.summary, page.text, start, end)


def _end(text: str, line: Line) -> int:
    """Where a line ends but for its blanks."""
    return line.start + len(text[line.start : line.end].rstrip(_BLANKS))


def _runs(numbers: Iterable[int]) -> Iterator[list[int]]:
    """Numbers that follow one another."""
    run: list[int] = []
    for number in numbers:
        if run and run[-1] != number - 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
