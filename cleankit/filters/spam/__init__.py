"""Advertising planted in pages by strangers, told from pages that are about the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cleankit.filters.spam import gate
from cleankit.filters.spam.kinds import HIJACKED, KINDS
from cleankit.model import Finding, Near
from cleankit.page import Page


class Spam:
    """Takes planted lines out, reports doubtful ones, and lets a page alone that is nothing else.

    Of the `kinds` that it does not look for it knows no word: their lines are text like any other.
    """

    name = "spam"

    def __init__(self, kinds: Iterable[str] = KINDS) -> None:
        self.kinds = frozenset(kinds)
        self.about = (*(KINDS[kind] for kind in sorted(self.kinds)), HIJACKED)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if suspicious := gate.lines(page):
            from cleankit.filters.spam.planted import planted  # seldom needed, and with it all the terms

            yield from planted(page, suspicious, self.kinds)

    def load(self) -> None:
        """Read the words, which are worked out of their lists where nobody remembers them."""
        from cleankit.filters.spam.lexicon import lexicon

        gate.load()
        lexicon(self.kinds)

    def near(self, page: Page, start: int, end: int) -> Iterator[Near]:
        """What a line adds up to that names a trade, and what keeps it."""
        if suspicious := gate.lines(page):
            from cleankit.filters.spam.planted import near

            yield from near(page, suspicious, self.kinds, range(page.line_at(start), page.line_at(end - 1) + 1))
