"""Many patterns, one pass: which patterns hit which lines of a page.

One joined RE2 expression runs over the page's bytes without captures; only the lines it stops at are shown to an
RE2 set, which names the patterns. A page with no hit costs that single scan, however many rules there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

import re2

from cleankit.page import Page

# Room for the automata of some thousand patterns with Unicode classes; RE2's own 8 MB make it fall back to slow paths.
MAX_MEM = 1 << 28


def regex(pattern: str) -> Any:
    """A compiled pattern on UTF-8 bytes. Raises re2.error for what RE2 refuses (look-around, back-references)."""
    return re2.compile(pattern.encode(), _options())


class LineScan:
    """Finds the lines of a page that any of `patterns` occurs in, and which ones. A match never spans lines."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = tuple(patterns)
        joined = _options()
        joined.never_capture = True
        self._any = re2.compile("|".join(f"(?m:{p})" for p in self._patterns).encode() or b"\\z\\A.", joined)
        self._which = re2.Set.SearchSet(_options())
        for pattern in self._patterns:
            self._which.Add(f"(?m:{pattern})".encode())
        self._which.Compile()

    def on(self, line: bytes) -> list[int]:
        """Sorted numbers of the patterns that occur in one line."""
        found: Any = self._which.Match(line)  # a list or None, whatever the stubs say
        return sorted(found or ())

    def hits(self, page: Page) -> Iterator[tuple[int, list[int]]]:
        """(line number, sorted pattern numbers) for each line with a hit, from the top."""
        data = page.data
        found = self._any.search(data)
        if found is None:
            return
        starts, count = page.line_bytes, len(page.lines)
        while found is not None:
            number = bisect_right(starts, found.start()) - 1
            if number >= count:
                return
            stop = starts[number + 1] if number + 1 < count else len(data)
            which = self.on(data[starts[number] : stop].rstrip(b" \n"))
            if which:
                yield number, which
            if stop >= len(data):
                return
            found = self._any.search(data, stop)


def _options() -> Any:
    options = re2.Options()
    options.max_mem = MAX_MEM
    options.log_errors = False
    options.never_nl = True
    return options
