"""White space that carries nothing: blanks at line ends, runs of blank lines, no-break spaces used as plain ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.model import About, Finding, Safety, deletion, replacement
from cleankit.page import Page

TRAILING = About(
    "space/trailing-blanks", Safety.SAFE, "Blanks at the end of a line.", "Nobody sees them and every comparison does."
)
BLANK_LINES = About(
    "space/blank-lines",
    Safety.SAFE,
    "More than one blank line in a row, or blank lines at an end of the page.",
    "One blank line parts two paragraphs; the others are left over from what was taken out.",
)
NO_BREAK = About(
    "space/no-break",
    Safety.SAFE,
    "A no-break space between words.",
    "Labels and searches written with a plain blank miss it.",
)

# meant: French sets it before these signs and inside guillemets, numbers keep their groups together with it
_MEANT = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d)|[\u00a0\u202f](?=[;:!?»%€])|(?<=«)[\u00a0\u202f]")
_NO_BREAK = re.compile(r"[\u00a0\u202f\u2007]+")
_TRAILING = re.compile(r"[ \t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000]+(?=[\r\n]|\Z)")


class WhiteSpace:
    """Runs last, on what the other stages left."""

    name = "white-space"
    about = (TRAILING, BLANK_LINES, NO_BREAK)

    def __call__(self, page: Page) -> Iterator[Finding]:
        yield from self._blank_lines(page)
        text = page.text
        for found in _TRAILING.finditer(text):
            yield deletion(TRAILING.rule, TRAILING.summary, text, *found.span())
        if "\u00a0" in text or "\u202f" in text or "\u2007" in text:
            meant = {found.start() for found in _MEANT.finditer(text)}
            for found in _NO_BREAK.finditer(text):
                if not meant.intersection(range(*found.span())) and not _TRAILING.match(text, found.start()):
                    yield replacement(NO_BREAK.rule, NO_BREAK.summary, text, *found.span(), new=" " * len(found[0]))

    def _blank_lines(self, page: Page) -> Iterator[Finding]:
        lines, run = page.lines, []
        for number in range(len(lines) + 1):
            if number < len(lines) and not page.line_text(number):
                run.append(number)
                continue
            if run:
                at_an_end = run[0] == 0 or number == len(lines)
                kept = 0 if at_an_end else 1
                if len(run) > kept:
                    start, end = lines[run[kept]].start, lines[run[-1]].stop
                    yield deletion(BLANK_LINES.rule, BLANK_LINES.summary, page.text, start, end)
            run = []
