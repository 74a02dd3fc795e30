"""Where in the source the values of a briefing's head stand: sought in its paragraphs, then in what was taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from cleankit.briefing import dates, names
from cleankit.briefing.blocks import Block
from cleankit.briefing.material import Home
from cleankit.model import Span

# a headline is broken over so many lines at most; a line with a date is no longer than that
TITLE_LINES, STAMP = 4, 300
MOST_WORDS = 60
_BLANKS = re.compile(r"\s+")


class Places:
    """Finds values from the top. What stands in no one place, or not in these words, has no place."""

    def __init__(self, blocks: Sequence[Block], source: str, home: Home) -> None:
        self._blocks = blocks
        self._source = source
        self._home = home

    def title(self, value: str | None) -> Span | None:
        """Of a headline, over all its lines."""
        if not value:
            return None
        for first, block in enumerate(self._blocks):
            if not value.startswith(block.text):
                continue
            for last in range(first, min(first + TITLE_LINES, len(self._blocks))):
                if " ".join(one.text for one in self._blocks[first : last + 1]) == value:
                    return self._home(Span(block.start, self._blocks[last].end))
        return self.words(value)

    def words(self, value: str | None) -> Span | None:
        """Of words that stand as they are in a paragraph, or in the source."""
        if not value:
            return None
        for block in self._blocks:
            at = block.text.find(value)
            if at >= 0:
                # blanks may have been joined: then it is the whole paragraph
                exact = block.end - block.start == len(block.text)
                start = block.start + at if exact else block.start
                return self._home(Span(start, start + len(value) if exact else block.end))
        # taken out, or joined from two lines: the words are there, with other blanks and marks between them
        words = re.split(r"[\s,|:]+", value)[:MOST_WORDS]
        found = re.search(r"[\s,|:]{1,8}".join(map(re.escape, words)), self._source, re.IGNORECASE)
        return Span(*found.span()) if found else None

    def name(self, value: str) -> Span | None:
        """Of a person, also where the name stands in another order or in capitals."""
        if found := self.words(value):
            return found
        wanted = names.key(value)
        for block in self._blocks:
            at = block.text.casefold().find(value.casefold())
            if at >= 0 or names.key(block.text.rstrip(" :：")) == wanted:
                return self._home(Span(block.start, block.end))
        return None

    def day(self, value: date | None) -> Span | None:
        """Of a date, however it is written: the line that it stands in."""
        if value is None:
            return None
        for block in self._blocks:
            if len(block.text) <= STAMP and dates.first(block.text) == value:
                return self._home(Span(block.start, block.end))
        year = str(value.year)
        for found in re.finditer(r"[^\n]+", self._source):
            line = found[0]
            if year in line and len(line) <= STAMP and dates.first(_BLANKS.sub(" ", line)) == value:
                return Span(*found.span())
        return None
