"""Characters that nobody sees and that split words for every search: zero-width ones, controls, soft hyphens."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import name as name_of

from cleankit.invisible import INVISIBLE, stray
from cleankit.model import About, Finding, Safety, deletion, replacement
from cleankit.page import Page

STRAY = About(
    "encoding/invisible",
    Safety.SAFE,
    "A character that nobody sees: zero-width, a control, a soft hyphen, a direction mark.",
    "It splits a word or a label for every search; where a script or an emoji needs it, it stays.",
    "The har\u200bbour is open.\n",
)


class Invisible:
    """Runs behind the repair of mojibake, in which control characters and soft hyphens are evidence."""

    name = "invisible"
    about = (STRAY,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        text = page.text
        if not INVISIBLE.search(text):
            return
        for line in page.lines:
            for start, end, new in stray(text[line.start : line.end]):
                start, end = line.start + start, line.start + end
                code = text[start]
                evidence = (("character", f"U+{ord(code):04X} {name_of(code, 'CONTROL')}"),)
                if new:
                    yield replacement(STRAY.rule, STRAY.summary, text, start, end, new, evidence=evidence)
                else:
                    yield deletion(STRAY.rule, STRAY.summary, text, start, end, evidence=evidence)
