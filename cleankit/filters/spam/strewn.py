"""Planted lines whose names are strewn with characters that nobody sees, told before those are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cleankit.filters.spam.kinds import HIDDEN_NAME, KINDS
from cleankit.lazy import expression
from cleankit.model import Finding
from cleankit.page import Page

_STREWN = expression(r"[^\W_](?:[\u200b-\u200d\u2060\ufeff][^\W_]){2}")


class Strewn:
    """The same sum as of all planted lines, of the few in which two letters in a row have such a character before them.

    It stands before the repair that takes those characters out: without them nothing in the line is hidden.
    """

    name = "strewn"
    about = (HIDDEN_NAME,)

    def __init__(self, kinds: Iterable[str] = KINDS) -> None:
        # chosen by itself it has no trade to look for, and means them all
        self.kinds = frozenset(kinds) or frozenset(KINDS)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if page.text.isascii():
            return
        numbers = {page.line_at(found.start()): () for found in _STREWN.finditer(page.text)}
        if not numbers:
            return
        from cleankit.filters.spam.planted import planted  # seldom needed, and with it all the terms

        for finding in planted(page, numbers, self.kinds):
            if finding.fix is not None:
                yield replace(finding, rule=HIDDEN_NAME.rule, message=HIDDEN_NAME.summary)
