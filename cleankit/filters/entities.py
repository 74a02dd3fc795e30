"""HTML entities that were escaped once too often and stand in the text as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, replacement
from cleankit.page import Page

ENTITY = About(
    "encoding/entity",
    Safety.SAFE,
    "An HTML entity in place of its character.",
    "The page was escaped twice and read once; a reader of the page would have seen the character.",
    "The port &amp; the harbour fee rose by 4&nbsp;%.\n",
)

# any number of `amp;` first: text that is escaped at every stop of its way
_ENTITY = expression(
    r"&(?P<amps>(?:(?:amp|AMP|#0*38|#[xX]0*26);)*)"
    r"(?P<name>(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)?"
)
# characters that may be meant although nobody sees them
_UNSEEN = "\u00a0\u00ad\u200b\u200c\u200d\ufeff"
# what could make an entity of its neighbours, or spells a word letter by letter: that is no slip of a template
_REFUSED = expression(r"[&;#A-Za-z0-9]")
# a line that teaches them, and a block of code between fences, in which they are what an author has to type
_LESSON = expression(
    r"\b(?:X?HTML5?|XML|ampersands?|(?:less|greater)-than|character entit(?:y|ies))\b"
    r"|\b(?:codes?|entity|strings?|type[ds]?|writes?|wrote|enter(?:ed)?) &[#\w]+;",
    re.IGNORECASE,
)
_FENCED = expression(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
# marks of ASCII only: what the repair of mojibake brings up later must not change a verdict
_QUOTING = frozenset("\"'`")


class Entities:
    """Takes only what ends in a semicolon. One in quotation marks of its own, on a line about mark-up or in a block of
    code is being talked about, and stays."""

    name = "entities"
    about = (ENTITY,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        text = page.text
        if "&" not in text:
            return
        fenced = [found.span() for found in _FENCED.finditer(page.folded)]
        for found in _ENTITY.finditer(text):
            start, end = found.span()
            new = _decoded(found["amps"], found["name"] or "")
            if new == found[0] or (start and text[start - 1] in _QUOTING and text[end : end + 1] in _QUOTING):
                continue
            line = page.lines[page.line_at(start)]
            if any(a <= start < b for a, b in fenced) or _LESSON.search(text, line.start, line.end):
                continue
            yield replacement(ENTITY.rule, ENTITY.summary, text, start, end, new, evidence=(("entity", found[0]),))


def _decoded(amps: str, name: str) -> str:
    from html import unescape
    from html.entities import html5

    if name.startswith("#") or name in html5:
        new = unescape("&" + name)
        if len(new) <= 2 and not _REFUSED.search(new) and all(c.isprintable() or c in _UNSEEN for c in new):
            return new
    return "&" + name
