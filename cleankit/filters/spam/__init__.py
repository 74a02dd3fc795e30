"""Gambling spam planted in pages by strangers, told from pages that are about gambling."""

from __future__ import annotations

from collections.abc import Iterator

from cleankit.filters.spam import gate
from cleankit.filters.spam.abouts import GAMBLING, HIJACKED
from cleankit.model import Finding
from cleankit.page import Page


class GamblingSpam:
    """Takes planted lines out whole, reports doubtful ones, and lets a page alone that is nothing else."""

    name = "gambling-spam"
    about = (GAMBLING, HIJACKED)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if numbers := gate.lines(page):
            from cleankit.filters.spam.planted import planted  # seldom needed, and with it all the terms

            yield from planted(page, numbers)
