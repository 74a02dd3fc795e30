"""Advertising planted in pages by strangers, told from pages that are about the same things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cleankit.filters.spam import gate
from cleankit.filters.spam.kinds import HIJACKED, KINDS, WORDED
from cleankit.model import Finding, Near, Span
from cleankit.page import Page


class Spam:
    """Takes planted lines out, reports doubtful ones, and lets a page alone that is nothing else.

    Of the `kinds` that it does not look for it knows no word: their lines are text like any other.
    """

    name = "spam"

    def __init__(self, kinds: Iterable[str] = KINDS) -> None:
        self.kinds = frozenset(kinds)
        self.about = (*(KINDS[kind] for kind in sorted(self.kinds)), WORDED, HIJACKED)

    def __call__(self, page: Page) -> Iterator[Finding]:
        worth = gate.look(page)
        named = [*self._named(page, worth.named)]
        yield from named
        if worth.worded and not any(finding.rule == HIJACKED.rule for finding in named):
            from cleankit.filters.spam.worded import worded

            taken = {page.line_at(finding.at.start) for finding in named if isinstance(finding.at, Span)}
            yield from worded(page, worth.worded, taken, self.kinds)

    def _named(self, page: Page, numbers: Mapping[int, Sequence[int]]) -> Iterator[Finding]:
        if numbers:
            from cleankit.filters.spam.planted import planted  # seldom needed, and with it all the terms

            yield from planted(page, numbers, self.kinds)

    def load(self) -> None:
        """Read the words, which are worked out of their lists where nobody remembers them."""
        from cleankit.filters.spam.lexicon import lexicon

        gate.load()
        lexicon(self.kinds)

    def near(self, page: Page, start: int, end: int) -> Iterator[Near]:
        """What a line adds up to that names a trade or is worded as if it did, and what keeps it."""
        numbers = range(page.line_at(start), page.line_at(end - 1) + 1)
        from cleankit.filters.spam import planted, worded

        worth = gate.look(page)
        yield from planted.near(page, worth.named, self.kinds, numbers)
        yield from worded.near(page, worth.worded, self.kinds, numbers)
